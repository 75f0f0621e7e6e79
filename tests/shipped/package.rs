//! The package can be published: it holds what it needs, is small, and builds with the oldest Rust that it names.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The most that crates.io takes, compressed; uncompressed files are held to it.
const MOST_BYTES: u64 = 10 << 20;

/// What cargo prints, without asking the network.
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
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
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let size = |file: &&str| project.join(file).metadata().map_or(0, |found| found.len());
    let bytes: u64 = files.iter().map(size).sum();
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
