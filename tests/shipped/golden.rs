//! Results are versioned: values that tests pin to the bit stay as they are through all patches of a minor version.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The pinned values of whole markets, which every change of a draw or an equation moves.
const PINNED: [&str; 2] = [
    "tests/model/snapshots/model__pinned__a_small_market_with_everything_is_pinned.snap",
    "tests/model/snapshots/model__pinned__every_number_of_dimensions_is_pinned.snap",
];

/// What git prints in a folder; nothing where it fails, as it does outside of a repository.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output();
    let output = output.ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// What a snapshot holds, without its header.
fn values(snapshot: &str) -> &str {
    snapshot.splitn(3, "---\n").nth(2).unwrap_or_default()
}

/// The pinned files that hold other values than a release of the same minor version does, each with the release's tag.
fn moved(project: &Path, version: &str) -> Vec<String> {
    let minor = version
        .rsplit_once('.')
        .expect("a version has three numbers")
        .0;
    let releases = git(project, &["tag", "--list", &format!("v{minor}.*")]);
    let mut moved = Vec::new();
    for release in releases.unwrap_or_default().lines() {
        for path in PINNED {
            let now = fs::read_to_string(project.join(path)).expect(path);
            // a release that did not pin this
            let Some(then) = git(project, &["show", &format!("{release}:{path}")]) else {
                continue;
            };
            if values(&now) != values(&then) {
                moved.push(format!("{path} since {release}"));
            }
        }
    }
    moved
}

#[test]
fn results_move_with_a_minor_version_only() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in PINNED {
        let text = fs::read_to_string(project.join(path)).expect(path);
        assert!(values(&text).len() > 100, "{path} pins nothing");
    }
    let moved = moved(project, env!("CARGO_PKG_VERSION"));
    assert!(
        moved.is_empty(),
        "results differ from those of a release: {}; raise the minor version in Cargo.toml (docs/releasing.md)",
        moved.join(", ")
    );
}

#[test]
fn a_patch_that_moves_results_is_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let project = folder.path();
    let pin = |values: &str| {
        for path in PINNED {
            let file = project.join(path);
            fs::create_dir_all(file.parent().expect("it is in a folder")).expect("space");
            fs::write(file, format!("---\nsource: here\n---\n{values}\n")).expect("space");
        }
    };
    pin("K = 1: 0123");
    for arguments in [
        "init --quiet",
        "add .",
        "-c user.name=Somebody -c user.email=somebody@example.org commit --quiet --message release",
        "tag v1.2.0",
    ] {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        assert!(git(project, &arguments).is_some(), "git {arguments:?}");
    }
    assert_eq!(moved(project, "1.2.1"), [""; 0]);
    pin("K = 1: 4567");
    let both = PINNED.map(|path| format!("{path} since v1.2.0"));
    assert_eq!(moved(project, "1.2.1"), both);
    assert_eq!(moved(project, "1.3.0"), [""; 0]);
}
