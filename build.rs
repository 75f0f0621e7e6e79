//! Tells the program what it was built from, for the manifests of its results.
//!
//! Features and target always; the commit in release builds, where it is known: from the checkout's own
//! repository, or from the note that `cargo package` adds. Debug builds do not name it, for they would have to
//! be compiled anew at every commit.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// Where the engine for pages is, if it was made.
const MODULE: &str = "src/lab/flywheel.wasm.lzma";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo:rustc-env=FLYWHEEL_TARGET={target}");
    println!("cargo:rustc-env=FLYWHEEL_FEATURES={}", features());
    println!("cargo:rustc-check-cfg=cfg(web_module)");
    // where the engine for pages appears; release builds watch all sources
    println!("cargo:rerun-if-changed=src/lab");
    #[cfg(feature = "web")]
    metrics::write();
    if has_module() {
        println!("cargo:rustc-cfg=web_module");
    }
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

/// Whether the engine for pages is there (`.ci/web` makes it) and no older than what it was made of: else pages could give
/// other figures than the program.
fn has_module() -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    let Some(made) = time(Path::new(MODULE)) else {
        return false;
    };
    let sources = [
        Path::new("src"),
        Path::new("Cargo.toml"),
        Path::new("Cargo.lock"),
    ];
    sources.into_iter().all(|path| latest(path) <= Some(made))
}

/// When a file, or one in a folder, was last changed.
#[expect(
    clippy::disallowed_methods,
    reason = "the latest is the same in any order"
)]
fn latest(path: &Path) -> Option<SystemTime> {
    if path.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        return entries.filter_map(|entry| latest(&entry.path())).max();
    }
    fs::metadata(path).and_then(|file| file.modified()).ok()
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

/// Of the embedded fonts what measures text, which is a twentieth of them.
#[cfg(feature = "web")]
mod metrics {
    use std::path::Path;
    use std::{env, fs};

    /// The tables that are kept.
    const KEPT: [&[u8]; 7] = [
        b"OS/2", b"cmap", b"head", b"hhea", b"hmtx", b"kern", b"maxp",
    ];

    /// Writes them to where the compiler finds them.
    pub fn write() {
        let folder = env::var("OUT_DIR").unwrap_or_default();
        for (name, font) in [
            ("regular.ttf", dejavu::sans::regular()),
            ("bold.ttf", dejavu::sans::bold()),
        ] {
            let written = fs::write(Path::new(&folder).join(name), reduced(font));
            written.expect("there is room for it");
        }
    }

    /// A font with those tables alone: a directory with an entry for each, of sixteen bytes, then the tables.
    fn reduced(font: &[u8]) -> Vec<u8> {
        let number =
            |at: usize| u32::from_be_bytes([0, 1, 2, 3].map(|place| font[at + place])) as usize;
        let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
        let entries = (0..tables).map(|place| 12 + 16 * place);
        let entries: Vec<usize> = entries
            .filter(|&at| KEPT.contains(&&font[at..at + 4]))
            .collect();
        let mut directory = font[..4].to_vec();
        directory.extend((entries.len() as u16).to_be_bytes());
        directory.extend([0; 6]);
        let start = 12 + 16 * entries.len();
        let mut body = Vec::new();
        for at in entries {
            let (offset, length) = (number(at + 8), number(at + 12));
            directory.extend(&font[at..at + 8]);
            directory.extend(((start + body.len()) as u32).to_be_bytes());
            directory.extend(&font[at + 12..at + 16]);
            body.extend(&font[offset..offset + length]);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        directory.extend(body);
        directory
    }
}
