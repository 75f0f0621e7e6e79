//! Ctrl-C and SIGTERM: status 130, and what is finished is kept whole.
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use flywheel::experiment::{Manifest, Status};

use super::Place;

/// A run that goes on while the test does; it ends with the test at the latest.
pub(super) struct Running(Child);

impl Running {
    pub(super) fn start(place: &Place, arguments: &str) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_flywheel"))
            .current_dir(place.path("."))
            .args(arguments.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        Self(child.expect("the program starts"))
    }

    /// Waits until a file has some bytes.
    pub(super) fn wait_for(&mut self, place: &Place, file: &str, bytes: u64) {
        let start = Instant::now();
        while fs::metadata(place.path(file)).map_or(true, |file| file.len() < bytes) {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "{file} is not there"
            );
            assert!(matches!(self.0.try_wait(), Ok(None)), "the run has ended");
            sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal and returns the exit status and what was printed on stdout and stderr.
    pub(super) fn stop(mut self, signal: &str) -> (Option<i32>, String, String) {
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &self.0.id().to_string()])
            .status();
        assert!(
            sent.is_ok_and(|status| status.success()),
            "the signal is sent"
        );
        let (mut stdout, mut stderr) = (String::new(), String::new());
        let pipes = (self.0.stdout.take(), self.0.stderr.take());
        pipes
            .0
            .expect("a pipe")
            .read_to_string(&mut stdout)
            .expect("UTF-8");
        pipes
            .1
            .expect("a pipe")
            .read_to_string(&mut stderr)
            .expect("UTF-8");
        let status = self.0.wait().expect("the program ends");
        (status.code(), stdout, stderr)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// More than can be done in the time of a test; some replicates are done before long.
const LONG: &str = "--replicates 1000000 --set simulation.periods=400";

/// A single replicate that cannot be done in the time of a test.
const ENDLESS: &str =
    "--replicates 1 --set simulation.periods=10000 --set populations.*.customers=50000";

/// Where rows are seen to arrive, a replicate of 150 kilobytes at a time.
const ASIDE: &str = "output/market/.flywheel-new/periods.csv";

#[test]
fn finished_replicates_are_kept() {
    for signal in ["INT", "TERM"] {
        let place = Place::with_market();
        let mut run = Running::start(&place, &format!("run market.toml --charts svg {LONG}"));
        run.wait_for(&place, ASIDE, 100_000);
        let (status, stdout, stderr) = run.stop(signal);
        assert_eq!(status, Some(130), "SIG{signal}: {stderr}");
        let manifest: Manifest =
            serde_json::from_str(&place.read("output/market/manifest.json")).expect("a manifest");
        assert_eq!(manifest.status, Status::Interrupted);
        let done = manifest.cells_done as usize;
        assert!(done > 0);
        assert!(
            stderr.contains(&format!(
                "the {done} of 1000000 replicates that had finished"
            )),
            "{stderr}"
        );
        assert!(stdout.contains("shop"), "the results so far are printed");
        // whole replicates: rows for every period of both firms
        let rows = place.read("output/market/periods.csv").lines().count() - 1;
        assert_eq!(rows, done * 400 * 2);
        assert!(place.path("output/market/charts/share.svg").is_file());
        place.flywheel("chart output/market --charts svg").ends(0);
        let names = place.names("output/market");
        assert!(
            !names.iter().any(|name| name.contains("partial")),
            "{names:?}"
        );
    }
}

#[test]
fn without_a_finished_replicate_earlier_results_stay() {
    let place = Place::with_market();
    place.flywheel("run market.toml -q").ends(0);
    let before = place.files("output");
    let mut run = Running::start(&place, &format!("run market.toml {ENDLESS}"));
    run.wait_for(&place, ASIDE, 0);
    let (status, stdout, stderr) = run.stop("INT");
    assert_eq!(status, Some(130), "{stderr}");
    assert_eq!(stdout, "");
    assert!(
        stderr.contains("before a replicate had finished; nothing was written"),
        "{stderr}"
    );
    assert!(before == place.files("output"), "earlier results changed");
}

#[test]
fn scenarios_that_had_not_begun_are_named_and_leave_nothing() {
    let place = Place::with_market();
    place.write("next.toml", super::MARKET);
    let mut run = Running::start(&place, &format!("run market.toml next.toml {ENDLESS}"));
    run.wait_for(&place, ASIDE, 0);
    let (status, _, stderr) = run.stop("INT");
    assert_eq!(status, Some(130), "{stderr}");
    assert!(stderr.contains("next: not started"), "{stderr}");
    assert!(!place.path("output/next").exists() && !place.path("output/market").exists());
}

#[test]
fn quiet_holds_for_interruptions_too() {
    let place = Place::with_market();
    let mut run = Running::start(&place, &format!("run market.toml -q --charts none {LONG}"));
    run.wait_for(&place, ASIDE, 100_000);
    let (status, stdout, stderr) = run.stop("INT");
    assert_eq!(
        (status, stdout.as_str(), stderr.as_str()),
        (Some(130), "", "")
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_closed_terminal_stops_a_run_unless_it_is_told_to_go_on() {
    let place = Place::with_market();
    // without nohup, as by Ctrl-C; where the tests themselves run under nohup, so does whatever they start
    if !ignores_hangups() {
        let mut run = Running::start(&place, &format!("run market.toml --charts none {LONG}"));
        run.wait_for(&place, ASIDE, 100_000);
        let (status, _, stderr) = run.stop("HUP");
        assert_eq!(status, Some(130), "{stderr}");
        assert!(place.path("output/market/manifest.json").is_file());
    }
    // with nohup, a hangup is ignored, and so it stays
    let child = Command::new("nohup")
        .arg(env!("CARGO_BIN_EXE_flywheel"))
        .current_dir(place.path("."))
        .args(format!("run market.toml -o nohup --charts none {LONG}").split(' '))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut run = Running(child.expect("nohup starts"));
    let aside = ASIDE.replace("output", "nohup");
    run.wait_for(&place, &aside, 100_000);
    let hang_up = || {
        Command::new("kill")
            .args(["-HUP", &run.0.id().to_string()])
            .status()
    };
    assert!(hang_up().is_ok_and(|status| status.success()));
    let length = fs::metadata(place.path(&aside)).expect("the table").len();
    run.wait_for(&place, &aside, length + 1_000_000);
    let (status, _, stderr) = run.stop("TERM");
    assert_eq!(status, Some(130), "{stderr}");
}

/// Whether this process ignores SIGHUP, the first of the signals.
#[cfg(target_os = "linux")]
fn ignores_hangups() -> bool {
    let status = fs::read_to_string("/proc/self/status").expect("the process's own status");
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = u64::from_str_radix(ignored.expect("a mask of signals").trim(), 16);
    ignored.expect("a number") & 1 == 1
}
