//! Tells the program what it was built from, for the manifests of its results.
//!
//! Features and target always; the commit in release builds, where it is known: from the checkout's own
//! repository, or from the note that `cargo package` adds. Debug builds do not name it, for they would have to
//! be compiled anew at every commit.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo:rustc-env=FLYWHEEL_TARGET={target}");
    println!("cargo:rustc-env=FLYWHEEL_FEATURES={}", features());
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        let commit = packaged().or_else(checked_out).unwrap_or_default();
        println!("cargo:rustc-env=FLYWHEEL_COMMIT={commit}");
    }
}

/// The features that are on, in order, with commas between them.
fn features() -> String {
    let feature = |(name, _): (String, String)| {
        let name = name.strip_prefix("CARGO_FEATURE_")?;
        Some(name.to_lowercase().replace('_', "-"))
    };
    let mut names: Vec<String> = env::vars().filter_map(feature).collect();
    names.retain(|name| name != "default");
    names.sort();
    names.join(",")
}

/// The commit of a package from a registry.
fn packaged() -> Option<String> {
    let note = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let hash = note.split("\"sha1\":").nth(1)?.split('"').nth(1)?;
    Some(hash.to_owned())
}

/// The commit of the checkout that this is; with `+` behind it where sources differ from it.
fn checked_out() -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    // a copy inside somebody else's repository has no commit of its own
    git(&["ls-files", "--error-unmatch", "build.rs", "src/lib.rs"])?;
    let sources = ["src", "schema", "build.rs", "Cargo.toml", "Cargo.lock"];
    let mut watched: Vec<String> = sources.map(str::to_owned).to_vec();
    watched.extend(git(&["rev-parse", "--git-path", "logs/HEAD"]));
    watched.extend(git(&["rev-parse", "--git-path", "HEAD"]));
    for path in watched.iter().filter(|path| Path::new(path).exists()) {
        println!("cargo:rerun-if-changed={path}");
    }
    let commit = git(&["rev-parse", "HEAD"])?;
    let mut status = vec!["status", "--porcelain", "--"];
    status.extend(sources);
    let changed = git(&status)?;
    Some(if changed.is_empty() {
        commit
    } else {
        format!("{commit}+")
    })
}
