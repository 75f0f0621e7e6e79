//! Job scripts for Slurm: run by a shell in Slurm's place here, by Slurm itself in `on_slurm.rs`.

use std::fs;

use super::determinism::{assert_equal, results};
use super::{MARKET, Outcome, Place};

/// A folder whose name has blanks and a quote, with the small market in it.
fn awkward() -> Place {
    let place = Place::empty();
    place.write("it's a place/market.toml", MARKET);
    place
}

fn shell(place: &Place, script: &str) -> Outcome {
    let mut command = assert_cmd::Command::new("bash");
    command.current_dir(place.path("."));
    command.env("FLYWHEEL", env!("CARGO_BIN_EXE_flywheel"));
    Outcome::of(command.args(["-c", script]), script)
}

#[test]
#[cfg(unix)]
fn the_scripts_do_the_whole_run() {
    let place = awkward();
    let outcome = shell(
        &place,
        "cd \"it's a place\" && \"$FLYWHEEL\" slurm market.toml --tasks 3 --replicates 5 --set 'title=\"It is my own\"' --format csv,parquet --charts svg",
    )
    .ends(0);
    assert_eq!(
        outcome.stdout,
        "wrote slurm-market for 3 tasks and a merge; submit them with: sh 'slurm-market/submit.sh'\n"
    );
    // what Slurm does with an array, without what it needs beforehand
    shell(
        &place,
        "cd / && for task in 2 3 1; do SLURM_ARRAY_TASK_ID=$task bash \"$OLDPWD/it's a place/slurm-market/task.sh\" || exit; done",
    )
    .ends(0);
    shell(&place, "bash \"it's a place/slurm-market/merge.sh\"").ends(0);
    shell(
        &place,
        "cd \"it's a place\" && \"$FLYWHEEL\" run market.toml -o whole -q --replicates 5 --set 'title=\"It is my own\"' --format csv,parquet --charts svg",
    )
    .ends(0);
    assert_equal(
        &results(&place, "it's a place/whole/market"),
        &results(&place, "it's a place/output/market"),
        "the scripts",
    );
}

#[test]
fn the_scripts_ask_for_what_was_asked() {
    let place = Place::with_market();
    place.write("other.toml", MARKET);
    place
        .flywheel("slurm market.toml other.toml --tasks 40 --replicates 40 --time 01:30:00 --memory 2G --cpus 4 --partition short --account lab-7 --scripts jobs -o results")
        .ends(0);
    assert!(place.path("jobs/log").is_dir());
    let task = place.read("jobs/task.sh");
    for line in [
        "#!/bin/bash",
        "#SBATCH --job-name=jobs",
        "#SBATCH --array=1-40",
        "#SBATCH --output=log/part-%a.txt",
        "#SBATCH --open-mode=append",
        "#SBATCH --time=01:30:00",
        "#SBATCH --mem=2G",
        "#SBATCH --partition=short",
        "#SBATCH --account=lab-7",
        "#SBATCH --cpus-per-task=4",
    ] {
        assert!(task.lines().any(|found| found == line), "{line}\n{task}");
    }
    assert!(
        task.contains("--shard \"$SLURM_ARRAY_TASK_ID/40\""),
        "{task}"
    );
    let merge = place.read("jobs/merge.sh");
    for part in ["market'.part-*-of-40", "other'.part-*-of-40"] {
        assert!(merge.contains(part), "{merge}");
    }
    assert!(!merge.contains("--array"), "{merge}");
    let submit = place.read("jobs/submit.sh");
    assert!(submit.contains("--dependency=\"afterok:"), "{submit}");
}

#[test]
fn mistakes_are_told_before_anything_is_written() {
    let place = Place::with_market();
    let cases: [(&str, &[&str]); 5] = [
        ("slurm market.toml", &["--tasks <N>"]),
        ("slurm market.toml --tasks 0", &["'0'", "1.."]),
        (
            "slurm markt.toml --tasks 2",
            &["did you mean", "market.toml"],
        ),
        (
            "slurm market.toml --tasks 2 --time 1;2",
            &["'1;2'", "--time", "letters, digits"],
        ),
        (
            "slurm market.toml --tasks 2 --charts none,svg",
            &["leave out `none`"],
        ),
    ];
    for (command, words) in cases {
        place.flywheel(command).ends(2).says(words);
    }
    assert_eq!(place.names("."), ["market.toml"]);
    fs::create_dir(place.path("slurm-market")).expect("a folder");
    place
        .flywheel("slurm market.toml --tasks 2")
        .ends(2)
        .says(&["slurm-market exists already", "--scripts"]);
}

#[test]
fn no_more_tasks_are_written_than_there_are_cells() {
    let place = Place::with_market();
    let outcome = place
        .flywheel("slurm market.toml --tasks 2000 --replicates 12")
        .ends(0)
        .says(&["there are 12 cells", "12 tasks do one each"]);
    assert!(outcome.stdout.contains("for 12 tasks and a merge"));
    let task = place.read("slurm-market/task.sh");
    assert!(task.contains("--array=1-12\n") && task.contains("$SLURM_ARRAY_TASK_ID/12"));
    assert!(
        place
            .read("slurm-market/merge.sh")
            .contains(".part-*-of-12")
    );
    place
        .flywheel("slurm market.toml --tasks 2000 --replicates 5000 --scripts many")
        .ends(0)
        .says(&["many clusters allow at most 1000 tasks", "MaxArraySize"]);
}
