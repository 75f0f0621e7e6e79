//! The command line end to end: what is printed, what is written, and how the program ends.
//!
//! Every test works in a folder of its own, on markets small enough to be simulated at once.

#![expect(
    clippy::disallowed_methods,
    reason = "tests hold results against the standard library's functions, and look into folders"
)]

mod calibrate;
mod calibrate_mistakes;
mod claims;
mod compare;
mod damage;
mod describe;
mod determinism;
mod disk;
mod doctor;
#[cfg(unix)]
mod documents;
mod formats;
mod fuzz;
mod game;
mod hypotheses;
#[cfg(target_os = "linux")]
mod image;
mod index;
mod interruption;
mod kinds;
#[cfg(feature = "lab")]
mod lab;
#[cfg(feature = "lab")]
mod lab_in_a_browser;
#[cfg(feature = "lab")]
mod lab_in_a_file;
mod learning_loop;
mod lesson;
mod letters;
mod log;
mod map;
mod mistakes;
#[cfg(target_os = "linux")]
mod on_slurm;
mod paths;
mod publish;
mod readers;
mod redraw;
mod refine;
mod report;
mod resume;
mod run;
mod sensitivity;
mod shards;
mod shipped;
mod single;
mod slurm;
mod snakemake;
mod sources;
mod sweep;
mod terminal;
mod told_apart;
mod trouble;
mod variants;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use flywheel::experiment::{FileEntry, Manifest};
use tempfile::TempDir;

/// A market of 200 customers and two firms over 20 periods, 4 times.
const MARKET: &str = r#"
title = "A shop and a coach"

[simulation]
periods = 20
replicates = 4

[[populations]]
name = "everyone"
customers = 200

[[firms]]
name = "shop"
experience = "respond-to-desire"

[[firms]]
name = "coach"
experience = "coach-behavior"
"#;

/// A scenario of this name: a shop and a coach in a town of so many customers, over so many periods and replicates,
/// with lines at the end.
fn town(name: &str, [customers, periods, replicates]: [u32; 3], more: &str) -> String {
    format!(
        r#"
name = "{name}"
[simulation]
periods = {periods}
replicates = {replicates}
[[populations]]
name = "town"
customers = {customers}
[[firms]]
name = "shop"
experience = "respond-to-desire"
[[firms]]
name = "coach"
experience = "coach-behavior"
{more}"#
    )
}

/// Whether a file is where the program keeps finished work, or its lock: no results, and not for readers.
fn is_own(name: &str) -> bool {
    name.starts_with(".cells") || name == ".lock"
}

/// A folder in which the program is started.
struct Place(TempDir);

impl Place {
    /// An empty folder.
    fn empty() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    /// A folder with the small market as `market.toml`.
    fn with_market() -> Self {
        let place = Self::empty();
        place.write("market.toml", MARKET);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder");
        fs::write(path, text).expect("a file of the test");
    }

    fn read(&self, name: &str) -> String {
        let path = self.path(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Runs the program with arguments that are divided by blanks.
    fn flywheel(&self, arguments: &str) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flywheel"));
        let command = command.current_dir(self.0.path());
        Outcome::of(command.args(arguments.split_whitespace()), arguments)
    }

    /// Every file below a folder with its bytes, the program's notes to itself left out; an empty list if
    /// there is no such folder.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), "", &mut files);
        files
    }

    /// Brings the manifest of a folder up to date with what it holds, so that damage is not seen by hashes.
    fn hide(&self, folder: &str, change: impl Fn(&mut Manifest)) {
        let folder = self.path(folder);
        let mut manifest = Manifest::read(&folder).expect("a manifest");
        for entry in &mut manifest.files {
            let now = FileEntry::of(&folder, entry.path.clone(), entry.kind);
            *entry = now.unwrap_or_else(|_| entry.clone());
        }
        change(&mut manifest);
        fs::write(folder.join("manifest.json"), manifest.to_json()).expect("space");
    }

    fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_keys().collect()
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry of the folder").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_own(&name) {
            continue;
        }
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).expect("a file of the program"));
        }
    }
}

/// How the program ended and what it said.
struct Outcome {
    arguments: String,
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Outcome {
    fn of(command: &mut Command, arguments: &str) -> Self {
        let output = command.output().expect("the program starts");
        Self {
            arguments: arguments.to_owned(),
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// Holds the exit status.
    fn ends(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "flywheel {}\n{}{}",
            self.arguments,
            self.stdout,
            self.stderr
        );
        self
    }

    /// Holds that stderr has all of these words.
    fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.stderr.contains(word),
                "flywheel {} does not say `{word}`:\n{}",
                self.arguments,
                self.stderr
            );
        }
        self
    }

    /// Holds that nothing was printed.
    fn silent(self) -> Self {
        assert_eq!((self.stdout.as_str(), self.stderr.as_str()), ("", ""));
        self
    }
}
