//! The image for containers runs where there is nothing else, to the same bytes.
//!
//! Needs root and Debian's `umoci`, so it is ignored by default; `.ci/run` installs it where it may, and runs it by name.

use std::path::Path;
use std::process::Command;

use super::Place;

/// More than the program, compressed, and the C library take.
const MOST_BYTES: u64 = 20 << 20;

fn succeeds(command: &mut Command) {
    let output = command.output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{complaint}");
}

#[test]
#[ignore = "needs root and umoci"]
fn the_image_runs_alone() {
    let place = Place::with_market();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let archive = place.path("flywheel.oci.tar");
    succeeds(
        Command::new(root.join(".ci/image"))
            .arg(env!("CARGO_BIN_EXE_flywheel"))
            .arg(&archive),
    );
    let bytes = archive.metadata().expect("the archive").len();
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
    let [image, bundle] = ["image", "bundle"].map(|name| place.path(name));
    std::fs::create_dir(&image).expect("space");
    succeeds(
        Command::new("tar")
            .arg("-xf")
            .arg(&archive)
            .arg("-C")
            .arg(&image),
    );
    let mut named = image.into_os_string();
    named.push(concat!(":", env!("CARGO_PKG_VERSION")));
    succeeds(
        Command::new("umoci")
            .arg("unpack")
            .arg("--image")
            .arg(named)
            .arg(&bundle),
    );
    let alone = bundle.join("rootfs");
    std::fs::copy(place.path("market.toml"), alone.join("work/market.toml")).expect("space");
    succeeds(Command::new("chroot").arg(&alone).args([
        "/usr/bin/flywheel",
        "run",
        "work/market.toml",
        "--quiet",
        "--output",
        "work/output",
    ]));
    place.flywheel("run market.toml --quiet").ends(0);
    let [inside, outside] = ["bundle/rootfs/work/output", "output"].map(|folder| {
        let mut files = place.files(folder);
        // it has times
        files.remove("market/manifest.json").expect("a manifest");
        files
    });
    assert!(inside.contains_key("market/charts/share.png"));
    assert!(inside == outside, "other bytes");
}
