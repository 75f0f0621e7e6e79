//! Disks that are full and folders that may no longer be written to: a clear error, finished cells intact, and the
//! same command goes on when there is room again.
#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use super::determinism::{assert_equal, results};
use super::{MARKET, Outcome, Place};

const SWEEP: &str = r#"
[[sweep.axes]]
key = "populations.everyone.agency.mean"
range = { from = 0.1, to = 0.9, steps = 5 }
"#;

/// 200 cells of some 20 kilobytes each.
const RUN: &str = "run sweep.toml --charts none --replicates 40 --set simulation.periods=100";

fn place() -> Place {
    let place = Place::empty();
    place.write("sweep.toml", &format!("{MARKET}{SWEEP}"));
    place
}

/// How many cells a run found finished.
fn kept(outcome: &Outcome) -> u32 {
    let before = outcome.stderr.split(" of 200 cells were finished").next();
    let word = before.and_then(|text| text.rsplit(' ').next());
    word.and_then(|word| word.parse().ok()).unwrap_or(0)
}

/// A small file system in a folder, until the end of the test.
pub(super) struct Small(std::path::PathBuf);

impl Small {
    /// None, with the reason, where the test may not mount one.
    pub(super) fn mount(place: &Place, folder: &str, size: &str) -> Option<Self> {
        let path = place.path(folder);
        fs::create_dir(&path).expect("a folder");
        let output = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(&path)
            .output();
        match output {
            Ok(output) if output.status.success() => Some(Self(path)),
            Ok(output) => {
                let reason = String::from_utf8_lossy(&output.stderr).into_owned();
                eprintln!("skipped, for no file system can be mounted: {reason}");
                None
            }
            Err(error) => {
                eprintln!("skipped, for there is no mount: {error}");
                None
            }
        }
    }

    fn grow(&self, size: &str) {
        let status = Command::new("mount")
            .args(["-o", &format!("remount,size={size}")])
            .arg(&self.0)
            .status();
        assert!(status.is_ok_and(|status| status.success()), "more room");
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // lazily: nothing of the test may stay behind, even if it failed
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_file_system_keeps_finished_cells_and_the_same_command_goes_on() {
    let place = place();
    let Some(small) = Small::mount(&place, "small", "1500k") else {
        return;
    };
    place.flywheel(&format!("{RUN} -o small")).ends(1).says(&[
        "sweep: the run failed",
        "cannot write small/sweep/",
        "No space left on device",
        "the same command goes on where it was",
    ]);
    assert_eq!(place.names("small/sweep"), [""; 0], "nothing half done");
    small.grow("200m");
    let resumed = place.flywheel(&format!("{RUN} -o small")).ends(0);
    let kept = kept(&resumed);
    assert!((5..200).contains(&kept), "{}", resumed.stderr);
    place.flywheel(&format!("{RUN} -q -o whole")).ends(0);
    let whole = results(&place, "whole/sweep");
    assert_equal(&whole, &results(&place, "small/sweep"), "a full disk");
}

/// A user who is not root, whom permissions concern.
const NOBODY: u32 = 65_534;

/// A run as somebody whom permissions concern; the program is taken along, for its own place may not be open to all.
fn as_nobody(place: &Place, arguments: &str) -> Command {
    let mut command = Command::new(place.path("flywheel"));
    command
        .current_dir(place.path("."))
        .args(arguments.split(' '))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if is_root() {
        command.uid(NOBODY);
    }
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

#[test]
fn a_folder_that_turns_read_only_keeps_finished_cells_and_the_same_command_goes_on() {
    const LONG: &str = "run sweep.toml --charts none --replicates 200 --set simulation.periods=100";
    let place = place();
    fs::copy(env!("CARGO_BIN_EXE_flywheel"), place.path("flywheel")).expect("space");
    if is_root() {
        chown(place.path("."), Some(NOBODY), None).expect("root may");
    }
    let permit = |mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(place.path("output/sweep"), permissions).expect("permitted");
    };
    let child = as_nobody(&place, LONG).spawn().expect("the program starts");
    let aside = place.path("output/sweep/.flywheel-new/periods.csv");
    while !fs::metadata(&aside).is_ok_and(|file| file.len() > 100_000) {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    permit(0o555);
    let ended = child.wait_with_output().expect("an end");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{said}");
    for words in [
        "sweep: the run failed",
        "Permission denied",
        "the same command goes on where it was",
    ] {
        assert!(said.contains(words), "{said}");
    }
    permit(0o755);
    let resumed = as_nobody(&place, LONG)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&resumed.stderr);
    assert!(resumed.status.success(), "{said}");
    assert!(said.contains("1000 of 1000 cells were finished"), "{said}");
    place.flywheel(&format!("{LONG} -q -o whole")).ends(0);
    let whole = results(&place, "whole/sweep");
    assert_equal(
        &whole,
        &results(&place, "output/sweep"),
        "a read-only folder",
    );
}
