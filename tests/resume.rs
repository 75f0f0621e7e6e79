//! Interrupted work goes on where it was, and ends with the bytes of an undisturbed run.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const TABLES: [&str; 4] = ["periods.csv", "firms.csv", "market.csv", "summary.csv"];

/// A market whose replicates take some milliseconds each.
const SCENARIO: &str = r#"
name = "market"
[simulation]
periods = 40
replicates = 24
[[populations]]
name = "town"
customers = 1500
[[firms]]
name = "shop"
experience = "respond-to-desire"
[[firms]]
name = "coach"
experience = "coach-behavior"
"#;

/// `flywheel run` on the scenario in `folder`, with results below it.
fn command(folder: &Path, output: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flywheel"));
    command
        .current_dir(folder)
        .args(["run", "market.toml", "--charts", "none", "--output", output])
        .args(more)
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, output: &str, more: &[&str]) -> Output {
    command(folder, output, more)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("market.toml"), SCENARIO).expect("space");
    folder
}

/// Asserts that two runs left the same tables.
fn assert_same_tables(folder: &Path, one: &str, other: &str) {
    for table in TABLES {
        let read = |output: &str| fs::read(folder.join(output).join("market").join(table));
        assert_eq!(
            read(one).expect("a table"),
            read(other).expect("a table"),
            "{table}"
        );
    }
}

#[test]
fn a_run_killed_at_thirty_moments_ends_with_the_same_bytes() {
    let folder = folder();
    let folder = folder.path();
    let start = Instant::now();
    assert!(run(folder, "whole", &[]).status.success());
    let whole = start.elapsed();
    let mut kept = 0;
    for kill in 0..30_u32 {
        // moments spread over the run in no regular order
        let part = f64::from(kill * 11 % 30) / 30.0;
        let mut child = command(folder, "killed", &["--threads", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(whole.mul_f64(0.05 + 0.5 * part).min(Duration::from_secs(2)));
        // SIGKILL; a run that is already over stays over
        child.kill().expect("a signal");
        let ended = child.wait_with_output().expect("an end");
        kept += usize::from(text(&ended.stderr).contains("were finished earlier and are kept"));
    }
    assert!(kept > 10, "only {kept} of 30 runs found finished work");
    let last = run(folder, "killed", &[]);
    assert!(last.status.success(), "{}", text(&last.stderr));
    assert_same_tables(folder, "whole", "killed");
}

#[test]
fn more_replicates_are_added_to_those_that_are_there() {
    let folder = folder();
    let folder = folder.path();
    assert!(run(folder, "whole", &[]).status.success());
    assert!(
        run(folder, "grown", &["--replicates", "9"])
            .status
            .success()
    );
    let grown = run(folder, "grown", &[]);
    assert!(text(&grown.stderr).contains("9 of 24 replicates were finished earlier and are kept"));
    assert_same_tables(folder, "whole", "grown");
    let fewer = run(folder, "grown", &["--replicates", "9"]);
    assert!(text(&fewer.stderr).contains("9 of 9 replicates were finished earlier"));
    assert!(run(folder, "few", &["--replicates", "9"]).status.success());
    assert_same_tables(folder, "few", "grown");
}

#[test]
fn another_scenario_or_fresh_start_over() {
    let folder = folder();
    let folder = folder.path();
    assert!(
        run(folder, "output", &["--replicates", "2"])
            .status
            .success()
    );
    let changed = run(
        folder,
        "output",
        &["--replicates", "2", "--set", "firms.shop.price=0.4"],
    );
    assert!(
        text(&changed.stderr).contains("starting over"),
        "{}",
        text(&changed.stderr)
    );
    assert!(
        run(
            folder,
            "new",
            &["--replicates", "2", "--set", "firms.shop.price=0.4"]
        )
        .status
        .success()
    );
    assert_same_tables(folder, "output", "new");
    let fresh = run(folder, "new", &["--replicates", "2", "--fresh"]);
    let said = text(&fresh.stderr);
    assert!(
        !said.contains("finished earlier") && !said.contains("starting over"),
        "{said}"
    );
}

#[test]
fn a_second_process_on_the_same_folder_is_told() {
    let folder = folder();
    let folder = folder.path();
    let mut first = command(folder, "output", &["--replicates", "100000", "-q"])
        .spawn()
        .expect("the program starts");
    let lock = folder.join("output/market/.cells");
    while !lock.exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = run(folder, "output", &[]);
    first.kill().expect("a signal");
    first.wait().expect("an end");
    assert_eq!(second.status.code(), Some(2));
    assert!(text(&second.stderr).contains("another flywheel is writing to this folder"));
}
