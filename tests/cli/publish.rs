//! Results are put in place as one: whatever goes wrong on the way, the folder holds what it held before.

use std::fs;

use super::{MARKET, Place};

/// The small market, run with charts as SVG.
fn place() -> Place {
    let place = Place::with_market();
    place.flywheel("run market.toml -q --charts svg").ends(0);
    place
}

#[test]
fn charts_that_are_not_made_any_more_go_and_what_is_the_users_stays() {
    let place = place();
    let own = [
        "charts/game-plan.png",
        "charts/loopholes.csv",
        "charts/share.csv",
        "notes.txt",
    ];
    for name in own {
        place.write(&format!("output/market/{name}"), "mine");
    }
    // a chart that somebody worked on is theirs
    place.write("output/market/charts/fit.svg", "improved");
    let before = place.names("output/market");
    assert!(before.iter().any(|name| name == "charts/share.svg"));
    place.flywheel("run market.toml -q --charts none").ends(0);
    let left = place.names("output/market");
    let charts = left.iter().filter(|name| name.starts_with("charts/"));
    assert_eq!(
        charts.collect::<Vec<_>>(),
        [
            "charts/fit.svg",
            "charts/game-plan.png",
            "charts/loopholes.csv",
            "charts/share.csv"
        ]
    );
    for name in own {
        assert_eq!(place.read(&format!("output/market/{name}")), "mine");
    }
    let manifest = place.read("output/market/manifest.json");
    assert!(
        !manifest.contains("charts/") && !manifest.contains("notes.txt"),
        "{manifest}"
    );
    // drawn again, they are the run's, and the user's still are not
    place
        .flywheel("chart output/market -q --charts svg")
        .ends(0);
    let manifest = place.read("output/market/manifest.json");
    assert!(manifest.contains("charts/share.svg") && !manifest.contains("loopholes"));
    place
        .flywheel("run market.toml -q --charts none --format parquet")
        .ends(0);
    let left = place.names("output/market");
    assert!(
        !left
            .iter()
            .any(|name| name == "firms.csv" || name == "charts/share.svg")
    );
    for name in own {
        assert_eq!(place.read(&format!("output/market/{name}")), "mine");
    }
}

#[test]
fn a_folder_of_charts_without_any_goes_too() {
    let place = place();
    place.flywheel("run market.toml -q --charts none").ends(0);
    assert!(!place.path("output/market/charts").exists());
    place.flywheel("verify output/market").ends(0);
}

#[test]
fn what_stands_in_the_way_of_a_file_leaves_all_as_it_was() {
    for (obstacle, is_folder) in [
        ("charts/share.svg", true),
        ("charts", false),
        ("report.html", true),
        ("firms.csv", true),
        ("scenario.toml", true),
        ("manifest.json", true),
    ] {
        let place = place();
        let at = place.path(&format!("output/market/{obstacle}"));
        if at.is_dir() {
            fs::remove_dir_all(&at).expect("there");
        } else {
            fs::remove_file(&at).expect("there");
        }
        if is_folder {
            fs::create_dir(&at).expect("space");
        } else {
            fs::write(&at, "mine").expect("space");
        }
        let before = place.files("output");
        place
            .flywheel("run market.toml -q --charts svg --seed 7")
            .ends(1)
            .says(&[obstacle, "move it away", "is still there"]);
        assert!(before == place.files("output"), "{obstacle}");
        assert!(at.exists());
    }
}

#[test]
fn charts_are_not_drawn_of_tables_that_are_not_the_runs() {
    let place = place();
    let table = place.read("output/market/summary.csv");
    place.write("output/market/summary.csv", &table.replacen("0.", "1.", 1));
    let before = place.files("output");
    place.flywheel("chart output/market").ends(1).says(&[
        "output/market: summary.csv has changed since it was written",
        "flywheel verify",
    ]);
    assert!(before == place.files("output"), "nothing is written");
    place.write("output/market/summary.csv", &table);
    place.flywheel("chart output/market -q").ends(0);
    // a run without a manifest is none
    fs::remove_file(place.path("output/market/manifest.json")).expect("there");
    place
        .flywheel("chart output/market")
        .ends(2)
        .says(&["output/market is not the folder of a finished run"]);
    place
        .flywheel("chart nowhere")
        .ends(2)
        .says(&["nowhere is not the folder"]);
    assert!(!place.path("nowhere").exists());
}

#[test]
fn tables_that_are_not_the_runs_are_not_compared() {
    let place = place();
    place
        .flywheel("run market.toml -q --charts none --set firms.shop.price=0.4 -o other")
        .ends(0);
    place
        .flywheel("compare output/market other/market -q")
        .ends(0);
    let table = place.read("other/market/firms.csv");
    place.write("other/market/firms.csv", &table.replacen("0.", "1.", 1));
    place
        .flywheel("compare output/market other/market -q -o compared")
        .ends(1)
        .says(&["other/market", "firms.csv has changed since it was written"]);
    assert!(!place.path("compared").exists());
}

#[test]
#[cfg(unix)]
fn charts_are_not_drawn_while_a_run_writes_to_the_folder() {
    let place = place();
    let mut run = super::interruption::Running::start(
        &place,
        "run market.toml -q --charts none --replicates 1000000 --set simulation.periods=400",
    );
    run.wait_for(&place, "output/market/.flywheel-new/periods.csv", 0);
    place
        .flywheel("chart output/market -q")
        .ends(1)
        .says(&["another flywheel is writing to this folder"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_is_full_at_any_step_leaves_all_as_it_was() {
    let place = place();
    let analysis = "\n[[analyses]]\nkind = \"sources\"\nfirm = \"coach\"\nexperiences = [\"curated-offering\"]\n";
    place.write(
        "next.toml",
        &format!("name = \"market\"\n{MARKET}{analysis}"),
    );
    let (mut full, mut done) = (0, 0);
    for kilobytes in (400..2200).step_by(60) {
        let size = format!("{kilobytes}k");
        let Some(_small) = super::disk::Small::mount(&place, &format!("small-{size}"), &size)
        else {
            return;
        };
        let folder = format!("small-{size}/market");
        if !copy(&place, "output/market", &folder) {
            continue;
        }
        let before = place.files(&folder);
        let outcome = place.flywheel(&format!("run next.toml -q --charts svg -o small-{size}"));
        let after = place.files(&folder);
        if outcome.status == Some(0) {
            done += 1;
            place.flywheel(&format!("verify {folder}")).ends(0);
            continue;
        }
        full += 1;
        let outcome = outcome
            .ends(1)
            .says(&["No space left on device", "is still there"]);
        assert!(before == after, "{size}: {}", outcome.stderr);
        place.flywheel(&format!("verify {folder}")).ends(0);
    }
    assert!(
        full > 5 && done > 0,
        "{full} full disks, {done} that were not"
    );
}

/// Copies a folder of results; whether there was room.
#[cfg(target_os = "linux")]
fn copy(place: &Place, from: &str, to: &str) -> bool {
    place.files(from).into_iter().all(|(name, bytes)| {
        let target = place.path(&format!("{to}/{name}"));
        let parent = target.parent().expect("a folder");
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&target, bytes))
            .is_ok()
    })
}
