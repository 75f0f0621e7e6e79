//! Folders that are damaged at random, in many ways: `verify` tells every one, and no other command makes it look sound.

use std::fs;
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::Place;

/// How many folders are damaged; more where the environment says so.
fn turns() -> u64 {
    let asked = std::env::var("FLYWHEEL_DAMAGES").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(120)
}

const ANALYSIS: &str = "
[[analyses]]
kind = \"sources\"
firm = \"coach\"
experiences = [\"curated-offering\"]
";

/// Every file of a run, from its folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with(".lock") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("space");
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).expect("below"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("space");
        fs::copy(file, target).expect("space");
    }
}

/// Damages one file, and says how.
fn damage(folder: &Path, random: &mut StdRng) -> String {
    let all = files(folder);
    let file = &all[random.random_range(0..all.len())];
    let mut bytes = fs::read(file).expect("a file");
    let place = random.random_range(0..bytes.len());
    let how = match random.random_range(0..8) {
        0 => {
            bytes[place] ^= 1 << random.random_range(0..8);
            "a flipped bit"
        }
        1 => {
            bytes.truncate(place);
            "cut off"
        }
        2 => {
            bytes.insert(place, b'7');
            "a byte more"
        }
        3 => {
            bytes.remove(place);
            "a byte less"
        }
        4 => {
            bytes.extend_from_within(place..);
            "its end twice"
        }
        5 => {
            let end = (place + 64).min(bytes.len());
            if bytes[place..end].iter().all(|&byte| byte == 0) {
                bytes[place] = 1;
            } else {
                bytes[place..end].fill(0);
            }
            "zeros"
        }
        6 => {
            let more = folder.join(format!("charts/extra-{place}.csv"));
            fs::create_dir_all(folder.join("charts")).expect("space");
            fs::write(&more, &bytes).expect("space");
            return format!("{} is extra", more.display());
        }
        _ => {
            // the cells of a whole run may be deleted; then nothing is wrong
            let other = all
                .iter()
                .find(|path| !path.ends_with(".cells"))
                .expect("more");
            let file = if file.ends_with(".cells") {
                other
            } else {
                file
            };
            fs::remove_file(file).expect("there");
            return format!("{} is gone", file.display());
        }
    };
    fs::write(file, bytes).expect("space");
    format!("{}: {how} at {place}", file.display())
}

#[test]
fn verify_tells_every_damage_and_nothing_launders_one() {
    let place = Place::with_market();
    place.write("plain.toml", &format!("{}{ANALYSIS}", super::MARKET));
    place
        .flywheel("run plain.toml -q --format csv,parquet --charts svg --data")
        .ends(0);
    let whole = place.path("output/plain");
    place.flywheel("verify output/plain").ends(0);
    for turn in 0..turns() {
        let mut random = StdRng::seed_from_u64(turn);
        let folder = place.path("damaged/plain");
        copy(&whole, &folder);
        let how = damage(&folder, &mut random);
        let outcome = place.flywheel("verify damaged/plain");
        let told = matches!(outcome.status, Some(1 | 2));
        assert!(told, "{how}\n{}{}", outcome.stdout, outcome.stderr);
        // charts may be drawn again, and report and charts mended by that; no table becomes sound
        if turn % 8 == 0 {
            let before = place.flywheel("verify damaged/plain").stderr;
            let drawn = place.flywheel("chart damaged/plain -q --charts svg --data");
            let after = place.flywheel("verify damaged/plain");
            let picture = ["charts/", "report.html"]
                .iter()
                .any(|name| how.contains(name));
            let sound = after.status == Some(0);
            assert!(!sound || picture, "{how}\n{before}\n{}", drawn.stderr);
        }
        fs::remove_dir_all(&folder).expect("there");
    }
}
