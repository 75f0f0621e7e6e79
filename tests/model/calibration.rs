//! A log that the engine did not make: that of the reference, an independent implementation in double precision, is calibrated as well.

use flywheel::analysis::calibration::{Calibrated, Told};
use flywheel::analysis::kind::{Asked, Kind};
use flywheel::experiment::{Cell, Finished};
use flywheel::scenario::Scenario;
use rayon::prelude::*;

use crate::reference::{Fate, simulate};

/// Two firms and customers who stay; what is asked stands in braces.
const MARKET: &str = r#"
[simulation]
periods = 40
replicates = 1
seed = 31
[[populations]]
name = "people"
customers = 200
turnover = 0.0
{truth}
[[firms]]
name = "shop"
experience = "respond-to-desire"
[[firms]]
name = "coach"
experience = "coach-behavior"
{asked}
"#;

const ASKED: &str = r#"
[calibrate]
log = "log.csv"
customers = 200
samples = 384
[[calibrate.parameters]]
key = "populations.*.awareness"
range = { from = 0.2, to = 0.95 }
[[calibrate.parameters]]
key = "populations.*.choice_noise"
range = { from = 0.02, to = 0.4, scale = "log" }
[[analyses]]
kind = "calibration"
"#;

/// The purchases of a market as the reference has it.
fn log(truth: &str) -> String {
    let text = MARKET
        .replace("{truth}", truth)
        .replace("{asked}", "")
        .replace("seed = 31", "seed = 7");
    let scenario = Scenario::from_toml(&text).expect("a valid scenario");
    let mut rows = String::from("customer,period,firm,kind\n");
    for (period, happened) in simulate(&scenario, 0).iter().enumerate() {
        for (customer, fate) in happened.fates.iter().enumerate() {
            if let Fate::Need {
                detected,
                accepted,
                server: Some(firm),
                ..
            } = fate
            {
                let kind = if *detected && *accepted {
                    "detected"
                } else {
                    "requested"
                };
                rows += &format!(
                    "{customer},{period},{},{kind}\n",
                    scenario.firms[*firm].name
                );
            }
        }
    }
    rows
}

/// What its calibration says.
fn calibrated(truth: &str) -> Calibrated {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("log.csv"), log(truth)).expect("space");
    let file = folder.path().join("market.toml");
    std::fs::write(
        &file,
        MARKET.replace("{truth}", "").replace("{asked}", ASKED),
    )
    .expect("space");
    let scenario = Scenario::load(&file, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let asked = Asked {
        scenario: &scenario,
        number: 1,
        analysis: &scenario.analyses[0],
    };
    let question = Calibrated::ask(&asked)
        .expect("valid")
        .expect("of this kind");
    let mut taken = Calibrated::start(&question);
    let simulated =
        |point: u32| Finished::simulated(&Calibrated::plan(&question, point).expect("valid"), 0);
    let cells: Vec<Finished> = (0..384).into_par_iter().map(simulated).collect();
    for (point, finished) in (0..).zip(&cells) {
        Calibrated::take(
            &question,
            &mut taken,
            Cell {
                replicate: 0,
                point,
            },
            finished,
        );
    }
    Calibrated::answer(question, taken).expect("an answer")
}

/// Of eight intervals at 90 %, four or more miss with a probability of 0.005.
#[test]
fn logs_of_the_reference_give_back_what_made_them() {
    let mut missed = Vec::new();
    for truth in [[0.5, 0.08], [0.75, 0.2], [0.35, 0.05], [0.6, 0.12]] {
        let [awareness, choice_noise] = truth;
        let found = calibrated(&format!(
            "awareness = {awareness}\nchoice_noise = {choice_noise}"
        ));
        assert!(found.is_possible, "{:?}", found.impossible());
        for (one, truth) in found.parameters.iter().zip(truth) {
            let (low, high) = one.posterior.wide();
            if truth < low || high < truth {
                missed.push((one.path.clone(), truth, low, high));
            }
            let told = one.told();
            assert_eq!(told, Told::Identified, "{}: {}", one.path, one.predictivity);
        }
    }
    assert!(missed.len() < 4, "{missed:?}");
}
