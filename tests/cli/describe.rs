//! `check`, `new`, `schema`, `completions`, `man` and the help texts.

use std::fs;
use std::path::Path;

use flywheel::scenario::scenario_files;

use super::{MARKET, Place};

#[test]
fn check_says_what_is_fine_and_what_is_perhaps_not_meant() {
    let place = Place::with_market();
    let outcome = place.flywheel("check market.toml").ends(0);
    assert_eq!(
        outcome.stdout,
        "market: fine; 2 firms, 1 population, 20 periods, 4 replicates\n"
    );
    assert_eq!(outcome.stderr, "");
    let outcome = place
        .flywheel("check market.toml --set firms.coach.entry=50 --set simulation.replicates=2")
        .ends(0)
        .says(&[
            "warning: market: the firm `coach` never competes",
            "simulation.periods",
        ]);
    assert!(outcome.stdout.contains("2 replicates"));
    assert_eq!(place.names("."), ["market.toml"], "check writes nothing");
}

#[test]
fn a_new_scenario_is_fine_and_runs() {
    let place = Place::empty();
    let outcome = place.flywheel("new my-market").ends(0);
    assert_eq!(
        outcome.stdout,
        "wrote my-market.toml, and flywheel.schema.json by which editors check it; run it with: flywheel run my-market.toml\n"
    );
    let outcome = place.flywheel("check my-market.toml").ends(0);
    assert_eq!(outcome.stderr, "", "no warnings");
    place
        .flywheel(
            "run my-market.toml -q --charts none --replicates 2 --set populations.*.customers=100",
        )
        .ends(0)
        .silent();
    assert!(place.path("output/my-market/summary.csv").is_file());
    // with or without its ending
    let outcome = place.flywheel("new other.toml").ends(0);
    assert!(outcome.stdout.starts_with("wrote other.toml; run it"));
    assert!(place.path("other.toml").is_file());
}

/// What is shipped and what is written begins with the line that editors read, and names a schema that is there.
#[test]
fn scenarios_name_their_schema_in_the_first_line() {
    let place = Place::with_market();
    place.flywheel("new fresh").ends(0);
    place
        .flywheel("run market.toml -q --charts none --replicates 1")
        .ends(0);
    place
        .flywheel("run market.toml -q --replicates 1 --shard 1/1")
        .ends(0);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = [
        "fresh",
        "output/market/scenario",
        "output/market.part-1-of-1/scenario",
    ]
    .map(|name| place.path(&format!("{name}.toml")))
    .to_vec();
    for folder in ["", "claims", "course", "experiments", "markets"] {
        files.extend(scenario_files(&[root.join("scenarios").join(folder)]).expect("scenarios"));
    }
    files.extend(scenario_files(&[root.join("docs/gallery")]).expect("scenarios"));
    assert!(files.len() > 30);
    let schema = fs::read(root.join("schema/flywheel.schema.json")).expect("the schema");
    for file in files {
        let text = fs::read_to_string(&file).expect("a scenario");
        let named = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("#:schema "));
        let named = named.unwrap_or_else(|| panic!("{} names no schema", file.display()));
        let beside = file.parent().expect("a folder").join(named);
        assert!(
            fs::read(&beside).ok() == Some(schema.clone()),
            "{}",
            file.display()
        );
    }
}

#[test]
fn the_schema_is_the_one_that_is_checked_in() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/flywheel.schema.json");
    let outcome = Place::empty().flywheel("schema").ends(0);
    assert_eq!(
        outcome.stdout,
        fs::read_to_string(file).expect("the schema"),
        "write it again with `flywheel schema > schema/flywheel.schema.json`"
    );
}

#[test]
fn completions_and_the_man_page_know_the_commands() {
    let place = Place::empty();
    for (arguments, mark) in [
        ("completions bash", "complete -F _flywheel"),
        ("completions zsh", "#compdef flywheel"),
        ("completions fish", "complete -c flywheel"),
        ("man", ".TH FLYWHEEL 1 2026-"),
    ] {
        let outcome = place.flywheel(arguments).ends(0);
        assert_eq!(outcome.stderr, "");
        assert!(outcome.stdout.contains(mark), "{arguments} lacks {mark}");
        for command in ["run", "check", "chart", "new", "schema"] {
            assert!(outcome.stdout.contains(command), "{arguments}: {command}");
        }
    }
}

/// The commands as the help lists them.
fn commands(place: &Place) -> Vec<String> {
    let help = place.flywheel("--help").ends(0).stdout;
    let list = help.split("Commands:\n").nth(1).expect("a list");
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_command_has_a_manual_page_with_all_its_options() {
    let place = Place::empty();
    place.flywheel("man -o pages/man1").ends(0).silent();
    let commands = commands(&place);
    for command in commands.iter().filter(|name| *name != "help") {
        let page = place.flywheel(&format!("man {command}")).ends(0).stdout;
        assert_eq!(
            page,
            place.read(&format!("pages/man1/flywheel-{command}.1"))
        );
        let help = place.flywheel(&format!("{command} --help")).ends(0).stdout;
        let words = help.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        for option in words.filter(|word| word.starts_with("--") && word.len() > 2) {
            let escaped = option.replace('-', "\\-");
            assert!(page.contains(&escaped), "{command}: {option}");
        }
        assert!(page.starts_with(".ie"), "{command}: {page}");
    }
    // the pages of all commands, and that of the program
    assert_eq!(place.names("pages/man1").len(), commands.len());
    place
        .flywheel("man rn")
        .ends(2)
        .says(&["there is no command `rn`: did you mean `run`?"]);
}

#[test]
fn mandoc_finds_nothing_to_complain_of() {
    let place = Place::empty();
    place.flywheel("man -o pages").ends(0).silent();
    for (name, page) in place.files("pages") {
        let text = String::from_utf8(page).expect("UTF-8");
        let long = text.lines().find(|line| {
            let text = !line.starts_with(['.', '\\']);
            text && line.len() > 80 && line.contains(' ')
        });
        assert_eq!(long, None, "{name}");
        assert!(
            !text.contains(" \n"),
            "{name}: a blank at the end of a line"
        );
        let checked = std::process::Command::new("mandoc")
            .args(["-T", "lint", "-W", "all"])
            .arg(place.path("pages").join(&name))
            .output();
        // where there is no mandoc, what it complained of first is looked for above
        if let Ok(checked) = checked {
            assert_eq!(String::from_utf8_lossy(&checked.stdout), "", "{name}");
        }
    }
}

#[test]
fn a_misspelt_word_is_told_the_nearest() {
    let place = Place::empty();
    for (arguments, advice) in [
        ("rn", "'run'"),
        ("mna", "'man'"),
        ("vefify", "'verify'"),
        ("completions bsh", "'bash'"),
        ("run a.toml --charts sgv", "'svg'"),
        ("run a.toml --formt csv", "'--format'"),
    ] {
        let told = place.flywheel(arguments).ends(2);
        assert!(told.stdout.is_empty());
        told.says(&["similar", advice]);
    }
    let told = place.flywheel("dance").ends(2);
    assert!(!told.stderr.contains("similar"), "{}", told.stderr);
}

#[test]
fn more_threads_than_can_be_started_are_refused() {
    let place = Place::with_market();
    for command in [
        "run market.toml",
        "verify output/market",
        "slurm market.toml --tasks 2",
    ] {
        let option = if command.starts_with("slurm") {
            "cpus"
        } else {
            "threads"
        };
        let told = place
            .flywheel(&format!("{command} --{option} 65535"))
            .ends(2);
        told.says(&["65535 is not in 1..=1024"]);
    }
}

#[test]
fn help_shows_every_command_and_how_the_program_ends() {
    let place = Place::empty();
    let help = place.flywheel("--help").ends(0).stdout;
    for word in [
        "run",
        "check",
        "chart",
        "new",
        "schema",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("\n  {word} ")), "{word}");
        place.flywheel(&format!("{word} --help")).ends(0);
    }
    assert!(help.contains("Examples:\n  flywheel new my-market"));
    assert!(help.contains("130"));
    let version = place.flywheel("--version").ends(0).stdout;
    assert_eq!(
        version,
        concat!("flywheel ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn colours_are_for_terminals_only() {
    let place = Place::empty();
    place.write("wrong.toml", &MARKET.replace("title", "titel"));
    let outcome = place.flywheel("check wrong.toml").ends(2);
    assert!(!outcome.stderr.contains('\u{1b}'), "{}", outcome.stderr);
}
