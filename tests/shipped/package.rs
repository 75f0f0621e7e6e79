//! The package can be published: it holds what it needs, is small, and builds with the oldest Rust that it names.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Compressed; crates.io takes twice as much.
const MOST_BYTES: u64 = 5 << 20;

/// What cargo prints. The network is asked only for what the Python package alone needs, if that was never fetched.
fn cargo(arguments: &[&str]) -> String {
    let run = |more: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(more)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output();
        output.expect("cargo runs")
    };
    let mut output = run(&["--offline", "--locked"]);
    if !output.status.success() {
        output = run(&["--locked"]);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_package_holds_what_it_needs_and_is_small() {
    let list = cargo(&["package", "--list", "--allow-dirty"]);
    let files: Vec<&str> = list.lines().collect();
    for needed in [
        "Cargo.lock",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "build.rs",
        "schema/flywheel.schema.json",
        "scenarios/four-experiences.toml",
        "src/lib.rs",
        "src/main.rs",
    ] {
        assert!(files.contains(&needed), "the package lacks {needed}");
    }
    let made = |file: &&&str| file.starts_with("target/") || file.starts_with("output/");
    assert_eq!(files.iter().find(made), None, "results are no sources");
    let own = |file: &&&str| file.starts_with("python/");
    assert_eq!(
        files.iter().find(own),
        None,
        "the Python package is another"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().to_str().expect("UTF-8");
    cargo(&[
        "package",
        "--no-verify",
        "--allow-dirty",
        "--quiet",
        "--target-dir",
        target,
    ]);
    let name = concat!("flywheel-sim-", env!("CARGO_PKG_VERSION"), ".crate");
    let bytes = folder.path().join("package").join(name).metadata();
    let bytes = bytes.expect("the package").len();
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
}

#[test]
fn no_dependency_asks_for_a_newer_rust_than_the_package() {
    let platform = "x86_64-unknown-linux-gnu";
    let metadata = [
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        platform,
    ];
    let metadata: Value = serde_json::from_str(&cargo(&metadata)).expect("JSON");
    let version = |package: &Value| -> Vec<u32> {
        let text = package["rust_version"].as_str().unwrap_or("1.0");
        text.split('.')
            .filter_map(|part| part.parse().ok())
            .collect()
    };
    let packages = metadata["packages"].as_array().expect("packages");
    let own = packages
        .iter()
        .find(|package| package["name"] == env!("CARGO_PKG_NAME"));
    let own = version(own.expect("this package"));
    for package in packages {
        let other = version(package);
        assert!(
            other[..2] <= own[..2],
            "{} needs Rust {other:?}; rust-version in Cargo.toml is {own:?}",
            package["name"]
        );
    }
}

/// Version and date of a release stand in Cargo.toml and CHANGELOG.md; what else says them says the same.
#[test]
fn all_that_names_the_release_names_the_same() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |name: &str| std::fs::read_to_string(project.join(name)).expect(name);
    let version = env!("CARGO_PKG_VERSION");
    let (citation, zenodo) = (text("CITATION.cff"), text(".zenodo.json"));
    let line = |name: &str| citation.lines().find_map(|line| line.strip_prefix(name));
    assert_eq!(line("version: "), Some(version));
    let zenodo: Value = serde_json::from_str(&zenodo).expect(".zenodo.json is JSON");
    assert_eq!(zenodo["version"], version);
    // "## [0.1.0] - 2026-12-01" in the changelog, once it is released
    let heading = format!("## [{version}] - ");
    let changelog = text("CHANGELOG.md");
    let released = changelog
        .lines()
        .find_map(|line| line.strip_prefix(&heading));
    assert_eq!(
        line("date-released: "),
        released,
        "CITATION.cff against CHANGELOG.md"
    );
    assert_eq!(zenodo["publication_date"].as_str(), released);
    let title = line("title: ").expect("a title").trim_matches('"');
    assert_eq!(zenodo["title"], title);
}
