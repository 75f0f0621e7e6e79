//! `flywheel calibrate`: from a log to a posterior, and what goes wrong on the way.

use std::collections::BTreeMap;

use super::{Place, town};

/// What is asked, of few points.
pub(super) const ASKED: &str = r#"
[calibrate]
log = "log.csv"
customers = 120
samples = 256
[[calibrate.parameters]]
key = "populations.*.awareness"
range = { from = 0.1, to = 0.95 }
[[calibrate.parameters]]
key = "populations.*.taste.drift"
range = { from = 0.0, to = 0.2 }
"#;

/// A small market with a log that another made, in which customers notice 40 % of their needs.
pub(super) fn place(asked: &str) -> Place {
    let place = Place::empty();
    let maker = town("maker", [120, 40, 1], "").replacen(
        "[simulation]",
        "[simulation]\nseed = 5\nrecord.tables = [\"interactions\"]",
        1,
    );
    let maker = maker.replacen("customers = 120", "customers = 120\nawareness = 0.4", 1);
    place.write("maker.toml", &maker);
    place.flywheel("run maker.toml -q --charts none").ends(0);
    place.write("log.csv", &place.read("output/maker/interactions.csv"));
    place.write("town.toml", &town("town", [120, 40, 2], asked));
    place
}

/// The rows of a table by their columns.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = table.lines().map(|line| line.split(',').map(str::to_owned));
    let header: Vec<String> = lines.next().expect("a header").collect();
    lines
        .map(|fields| header.iter().cloned().zip(fields).collect())
        .collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column}: {}", row[column]))
}

#[test]
fn what_made_a_log_is_found_and_goes_on_from() {
    let place = place(ASKED);
    let outcome = place.flywheel("calibrate town.toml --charts svg").ends(0);
    outcome.says(&[
        "populations.*.awareness is 0.",
        "populations.*.taste.drift is",
        "not identified",
    ]);
    let folder = "output/town-calibration";
    let posterior = rows(&place.read(&format!("{folder}/posterior.csv")));
    let awareness = &posterior[0];
    assert!(
        number(awareness, "low90") < 0.4 && number(awareness, "high90") > 0.4,
        "{awareness:?}"
    );
    assert!(
        number(awareness, "high90") - number(awareness, "low90") < 0.3,
        "{awareness:?}"
    );
    assert_eq!(
        (
            awareness["verdict"].as_str(),
            awareness["possible"].as_str()
        ),
        ("identified", "true")
    );
    assert!(
        (0.8..=0.98).contains(&number(awareness, "coverage")),
        "{awareness:?}"
    );
    assert_eq!(posterior[1]["verdict"], "not_identified");
    // every point of so few is recovered, once for each parameter
    assert_eq!(
        rows(&place.read(&format!("{folder}/recovery.csv"))).len(),
        2 * 256
    );
    assert_eq!(rows(&place.read(&format!("{folder}/pairs.csv"))).len(), 1);
    let fit = rows(&place.read(&format!("{folder}/fit.csv")));
    let held = fit
        .iter()
        .filter(|row| {
            (number(row, "low90")..=number(row, "high90")).contains(&number(row, "observed"))
        })
        .count();
    assert!(held * 10 >= fit.len() * 7, "{held} of {}", fit.len());
    for row in &fit {
        let is_part = !["frequency", "dispersion"].contains(&row["statistic"].as_str());
        let most = if is_part { 1.0 } else { f64::INFINITY };
        let possible = 0.0 <= number(row, "low90") && number(row, "high90") <= most;
        assert!(possible, "no market gives {row:?}");
    }
    for chart in ["posterior", "fit", "pairs"] {
        assert!(
            place
                .names(&format!("{folder}/charts"))
                .contains(&format!("calibration-{chart}.svg"))
        );
    }
    // nothing of single customers is stored
    let stored = place.read(&format!("{folder}/scenario.toml"));
    assert!(stored.contains("[[calibrate.observed]]") && !stored.contains("log.csv"));
    // draws are points of a sweep, and the calibrated scenario says where its values come from
    let draws = place.read(&format!("{folder}/draws.csv"));
    let weights: f64 = rows(&draws).iter().map(|row| number(row, "weight")).sum();
    assert!((weights - 1.0).abs() < 1e-9, "{weights}");
    place.write("draws.csv", &draws);
    let sweep = "[sweep]\ndesign = \"file\"\nfile = \"draws.csv\"\n";
    place.write("drawn.toml", &town("drawn", [20, 2, 1], sweep));
    place.flywheel("run drawn.toml -q --charts none").ends(0);
    assert_eq!(
        place.read("output/drawn/points.csv").lines().count(),
        draws.lines().count()
    );
    let calibrated = place.read(&format!("{folder}/calibrated.toml"));
    assert!(
        calibrated.contains("90 % interval") && calibrated.contains("256 markets"),
        "{calibrated}"
    );
    place.write("calibrated.toml", &calibrated);
    place.flywheel("check calibrated.toml").ends(0);
    place
        .flywheel(&format!("verify --rerun 2 {folder}"))
        .ends(0);
    place
        .flywheel(&format!("chart {folder} --charts svg"))
        .ends(0);
}

/// What a calibration writes beside its tables is not taken for the points of a sweep.
#[test]
fn a_sweep_with_a_calibration_is_as_its_manifest_says() {
    let sweep = "[[analyses]]\nkind = \"calibration\"\n[[sweep.axes]]\nkey = \"populations.*.inertia\"\nvalues = [0.0, 0.1]\n";
    let place = place(&format!("{ASKED}{sweep}"));
    place.flywheel("run town.toml -q --charts none").ends(0);
    assert!(place.names("output/town").contains(&"draws.csv".to_owned()));
    place.flywheel("verify output/town").ends(0);
}

#[test]
fn parts_and_threads_give_the_same_bytes() {
    let place = place(ASKED);
    place
        .flywheel("calibrate town.toml -q --charts none --threads 1 -o whole")
        .ends(0);
    for part in ["1/2", "2/2"] {
        place
            .flywheel(&format!(
                "calibrate town.toml -q --charts none --threads 2 -o parts --shard {part}"
            ))
            .ends(0);
    }
    place
        .flywheel("merge merged parts/town-calibration.part-1-of-2 parts/town-calibration.part-2-of-2 -q --charts none")
        .ends(0);
    for file in [
        "posterior.csv",
        "fit.csv",
        "pairs.csv",
        "recovery.csv",
        "draws.csv",
        "calibrated.toml",
    ] {
        let (whole, merged) = (
            format!("whole/town-calibration/{file}"),
            format!("merged/town-calibration/{file}"),
        );
        assert_eq!(place.read(&whole), place.read(&merged), "{file}");
    }
}

#[test]
fn data_that_the_model_cannot_make_are_told() {
    // the market of the log has no needs to be noticed but these
    let asked = ASKED.replace("from = 0.1, to = 0.95", "from = 0.9, to = 0.95");
    let place = place(&asked);
    place
        .flywheel("calibrate town.toml --charts none")
        .ends(0)
        .says(&[
            "the model cannot make these data: frequency",
            "no point gives less than",
        ]);
    let posterior = rows(&place.read("output/town-calibration/posterior.csv"));
    assert!(
        posterior.iter().all(|row| row["possible"] == "false"),
        "{posterior:?}"
    );
    assert!(
        place
            .read("output/town-calibration/calibrated.toml")
            .contains("WARNING: the model cannot make these data")
    );
}

#[test]
fn targets_take_the_place_of_a_log() {
    let targets = ASKED.replace(
        "log = \"log.csv\"",
        "targets = \"targets.csv\"\nperiods = 40",
    );
    let place = place(&targets);
    place
        .flywheel("describe log.csv -q --charts none -o said")
        .ends(0);
    let said = place.read("said/statistics.csv");
    let kept: String = (said.lines().enumerate())
        .filter(|(number, line)| *number == 0 || line.starts_with("frequency"))
        .map(|(number, line)| {
            format!(
                "{line},{}\n",
                if number == 0 {
                    "standard_error"
                } else {
                    "0.05"
                }
            )
        })
        .collect();
    place.write("targets.csv", &kept);
    place
        .flywheel("calibrate town.toml -q --charts none")
        .ends(0);
    let wide = rows(&place.read("output/town-calibration/posterior.csv"));
    place.write("targets.csv", &kept.replace(",0.05\n", ",0\n"));
    place
        .flywheel("calibrate town.toml -q --charts none")
        .ends(0);
    let narrow = rows(&place.read("output/town-calibration/posterior.csv"));
    // the larger the error of what is aimed at, the less it says
    let width =
        |all: &[BTreeMap<String, String>]| number(&all[0], "high90") - number(&all[0], "low90");
    assert!(
        width(&wide) > 1.3 * width(&narrow),
        "{} {}",
        width(&wide),
        width(&narrow)
    );
}
