//! Wrong usage and bad scenarios: status 2, a message that names place and remedy, nothing written.

use assert_cmd::Command;

use super::{MARKET, Outcome, Place};

/// Holds what is said about a mistake, and that nothing was written.
fn assert_refused(place: &Place, arguments: &str, words: &[&str]) {
    let before = place.files(".");
    let outcome = place.flywheel(arguments).ends(2).says(words);
    assert_eq!(outcome.stdout, "", "flywheel {arguments}");
    assert!(
        before == place.files(".") && !place.path("output").exists(),
        "flywheel {arguments} wrote something"
    );
}

#[test]
fn wrong_usage_is_refused() {
    let place = Place::with_market();
    let cases: [(&str, &[&str]); 20] = [
        ("", &["First:", "flywheel course 1", "flywheel help"]),
        ("walk", &["'walk'", "Usage: flywheel", "--help"]),
        ("run", &["<PATH>...", "Usage: flywheel run", "--help"]),
        ("run market.toml --walk", &["'--walk'", "--help"]),
        (
            "run market.toml --replicate 3",
            &["'--replicate'", "'--replicates'"],
        ),
        (
            "run market.toml --replicates 0",
            &["'0'", "--replicates <N>", "1.."],
        ),
        ("run market.toml --replicates -1", &["-1"]),
        (
            "run market.toml --replicates many",
            &["'many'", "--replicates <N>"],
        ),
        ("run market.toml --seed -1", &["-1"]),
        ("run market.toml --seed x", &["'x'", "--seed <N>"]),
        (
            "run market.toml --threads 0",
            &["'0'", "--threads <N>", "1.."],
        ),
        (
            "run market.toml --format xlsx",
            &["'xlsx'", "csv, excel, parquet"],
        ),
        ("run market.toml --charts pdf", &["'pdf'", "svg, png, none"]),
        ("run market.toml --charts none,svg", &["none", "leave out"]),
        (
            "run market.toml -q -v",
            &["--quiet", "--verbose", "cannot be used with"],
        ),
        ("check", &["<PATH>...", "Usage: flywheel check"]),
        ("chart", &["<RUN_DIR>...", "Usage: flywheel chart"]),
        (
            "chart output/market --charts svg,none",
            &["none", "leave out"],
        ),
        ("new", &["<NAME>", "Usage: flywheel new"]),
        ("completions csh", &["'csh'", "bash", "fish", "zsh"]),
    ];
    for (arguments, words) in cases {
        assert_refused(&place, arguments, words);
    }
}

#[test]
fn paths_and_overrides_that_are_wrong_are_refused() {
    let place = Place::with_market();
    place.write("empty/notes.txt", "no scenario here");
    let cases: [(&str, &[&str]); 9] = [
        (
            "run elsewhere.toml",
            &["this folder holds `market.toml`", "flywheel new NAME"],
        ),
        (
            "run markt.toml",
            &[
                "no file or folder markt.toml",
                "did you mean",
                "market.toml",
            ],
        ),
        ("run nowhere/market.toml", &["nowhere", "does not exist"]),
        ("run empty", &["empty has no scenarios", ".toml"]),
        (
            "run market.toml --set firms.shop.price",
            &["PATH=VALUE", "for example"],
        ),
        (
            "run market.toml --set firms.shop.pirce=1",
            &["pirce", "did you mean `price`?"],
        ),
        (
            "run market.toml --set firms.shp.price=1",
            &["shp", "did you mean `shop`?"],
        ),
        (
            "run market.toml --set firms.shop.price=cheap",
            &["--set", "cheap"],
        ),
        (
            "run market.toml market.toml",
            &["market.toml is given twice", "once"],
        ),
    ];
    for (arguments, words) in cases {
        assert_refused(&place, arguments, words);
        assert_refused(&place, &arguments.replace("run", "check"), words);
    }
}

/// The memory that is free is known on Linux only.
#[cfg(target_os = "linux")]
#[test]
fn what_does_not_fit_into_memory_is_refused_with_the_figure() {
    let place = Place::with_market();
    let axis =
        "[[sweep.axes]]\nkey = \"populations.everyone.customers\"\nvalues = [10, 4000000000]\n";
    place.write("grows.toml", &format!("{MARKET}{axis}"));
    let sampled = "[sweep]\ndesign = \"sobol\"\nsamples = 4\n[[sweep.axes]]\nkey = \"firms.shop.price\"\nrange = { from = 0.1, to = 0.2 }\n[[analyses]]\nkind = \"sensitivity\"\nfirm = \"shop\"\nsamples = 65536\n";
    place.write("sampled.toml", &format!("{MARKET}{sampled}"));
    let refused: [(&str, &[&str]); 4] = [
        (
            "run grows.toml",
            &["grows: ", "GB, but", "GB are free", "lower customers"],
        ),
        (
            "run market.toml --set populations.*.customers=4000000000",
            &["GB are free"],
        ),
        (
            "run sampled.toml --replicates 1000000",
            &["what is kept of all replicates", "GB are free", "samples"],
        ),
        ("run grows.toml --shard 1/2", &["GB are free"]),
    ];
    for (arguments, words) in refused {
        assert_refused(&place, arguments, words);
    }
}

#[test]
fn two_scenarios_of_one_name_are_refused() {
    let place = Place::with_market();
    place.write("other/market.toml", MARKET);
    let words = [
        "market.toml and other/market.toml",
        "named `market`",
        "another `name`",
    ];
    assert_refused(&place, "run market.toml other", &words);
}

#[test]
fn all_problems_of_all_scenarios_are_printed_and_none_is_run() {
    let place = Place::with_market();
    let wrong = MARKET.replace("customers", "customer");
    place.write(
        "wrong.toml",
        &wrong.replace("coach-behavior", "coach-behaviour"),
    );
    place.write("broken.toml", "title = \"no end");
    for command in ["run", "check"] {
        assert_refused(
            &place,
            &format!("{command} market.toml wrong.toml missing.toml broken.toml"),
            &[
                "`customer`",
                "did you mean `customers`?",
                "coach-behaviour",
                "did you mean `coach-behavior`?",
                "wrong.toml:10:1",
                "no file or folder missing.toml",
                "broken.toml:1:",
            ],
        );
    }
}

#[test]
fn an_output_folder_that_cannot_be_made_is_refused_before_any_work() {
    let place = Place::with_market();
    place.write("file", "not a folder");
    for output in ["file", "file/below"] {
        assert_refused(
            &place,
            &format!("run market.toml -o {output}"),
            &["cannot write", output, "--output"],
        );
    }
    // where only the second scenario's folder cannot be made, the first's is not left behind
    place.write("set/a.toml", MARKET);
    place.write("set/b.toml", MARKET);
    place.write("results/b", "in the way");
    place
        .flywheel("run set -o results")
        .ends(2)
        .says(&["results/b", "--output"]);
    assert!(!place.path("results/a").exists());
}

#[test]
fn charts_need_the_folder_of_a_run() {
    let place = Place::with_market();
    for folder in [".", "nowhere"] {
        assert_refused(
            &place,
            &format!("chart {folder}"),
            &[folder, "not the folder of a finished run", "output/"],
        );
    }
}

#[test]
fn a_new_scenario_replaces_nothing_and_needs_a_name() {
    let place = Place::with_market();
    assert_refused(
        &place,
        "new market",
        &["market.toml exists already", "another name"],
    );
    assert_refused(&place, "new market.toml", &["exists already"]);
    for name in ["../escape", "a/b", ".toml", "späti"] {
        assert_refused(
            &place,
            &format!("new {name}"),
            &["no name for a scenario", "letters"],
        );
    }
}

#[test]
fn an_instruction_set_that_the_machine_lacks_is_refused() {
    let place = Place::with_market();
    let run = |set: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flywheel"));
        command
            .current_dir(place.path("."))
            .env("FLYWHEEL_ISA", set);
        Outcome::of(command.args(["run", "market.toml", "-q"]), set)
    };
    // a name that no machine has, and one that is misspelt
    for set in ["avx1024", "AVX2 "] {
        let asked = format!("`{set}`");
        let words = ["FLYWHEEL_ISA", &asked, "does not have", "baseline"];
        let outcome = run(set).ends(2).says(&words);
        assert_eq!(outcome.stdout, "");
        assert!(!place.path("output").exists());
    }
    for set in ["", "baseline"] {
        run(set).ends(0);
    }
}
