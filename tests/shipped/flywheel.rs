//! The flagship: a small, early lead that grows by itself, and its twin in which nobody learns and it does not.
//!
//! To hold the shipped file to all that it says, with its analyses and the time that they take:
//! `cargo test --release --test shipped flywheel -- --ignored`.

use std::path::Path;
use std::process::Command;

use flywheel::experiment::Manifest;
use flywheel::model::Plan;
use flywheel::scenario::Scenario;
use flywheel::table::FirmRow;

/// Replicates of the short test; the shipped files have 20.
const REPLICATES: u32 = 8;

fn shipped(name: &str) -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
    Scenario::load(&file, &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The lead in share of `early` over `late`, by period.
fn lead(scenario: &Scenario, replicate: u32) -> Vec<f64> {
    let plan = Plan::new(scenario).unwrap_or_else(|problems| panic!("{problems}"));
    let mut market = plan.market(replicate);
    while !market.is_done() {
        market.step();
    }
    let records = market.into_records();
    let mut lead = vec![0.0; scenario.simulation.periods as usize];
    for row in FirmRow::all(&records.firms) {
        let sign = if row.firm == "early" { 1.0 } else { -1.0 };
        // before it opens, a firm has no share
        let share = if row.share.is_nan() { 0.0 } else { row.share };
        lead[usize::try_from(row.period).expect("a period")] += sign * share;
    }
    lead
}

/// The leads of all replicates, on two threads.
fn leads(scenario: &Scenario, replicates: u32) -> Vec<Vec<f64>> {
    std::thread::scope(|scope| {
        let half = |odd: u32| {
            let own = (0..replicates).filter(move |replicate| replicate % 2 == odd);
            scope.spawn(move || -> Vec<Vec<f64>> {
                own.map(|replicate| lead(scenario, replicate)).collect()
            })
        };
        let halves = [half(0), half(1)];
        let halves = halves.map(|half| half.join().expect("markets"));
        halves.concat()
    })
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.into_iter().collect();
    values.iter().sum::<f64>() / values.len() as f64
}

/// The mean lead over replicates in a stretch of periods.
fn between(leads: &[Vec<f64>], from: usize, to: usize) -> f64 {
    mean(
        leads
            .iter()
            .map(|lead| mean(lead[from..to].iter().copied())),
    )
}

/// What the description of the flagship says of its lead, of so many replicates.
fn hold(replicates: u32) {
    let (with, without) = (shipped("flywheel"), shipped("no-flywheel"));
    let periods = with.simulation.periods as usize;
    let closing = periods - periods / 10;
    let leads_with = leads(&with, replicates);
    let ahead = leads_with
        .iter()
        .filter(|lead| mean(lead[closing..].iter().copied()) > 0.0);
    let ahead = ahead.count() as f64 / f64::from(replicates);
    assert!(ahead >= 0.95, "early ends ahead in {ahead} of all markets");
    // from the entry of the late shop on
    let entry = with.firms[1].entry as usize;
    let fifth = (periods - entry) / 5;
    let fifths: Vec<f64> = (0..5)
        .map(|number| entry + number * fifth)
        .map(|from| between(&leads_with, from, from + fifth))
        .collect();
    assert!(
        fifths.is_sorted_by(|a, b| a < b),
        "the lead grows in every fifth of the run: {fifths:?}"
    );
    let tenth = periods / 10;
    let (early, end) = (
        between(&leads_with, tenth - 5, tenth + 6),
        between(&leads_with, closing, periods),
    );
    assert!(early > 0.0 && end > 3.0 * early, "{end} after {early}");
    // the same customers, needs and chances, but nobody learns
    let twin = between(&leads(&without, replicates), closing, periods);
    assert!(
        twin < end / 3.0,
        "{twin} without learning, {end} with learning"
    );
}

#[test]
fn a_small_early_lead_grows_by_itself_and_not_where_nobody_learns() {
    hold(REPLICATES);
}

/// The same market elsewhere: but for the names, the lengths and what is asked of it, only learning differs.
fn market(scenario: &Scenario) -> (String, String, String) {
    let firms: Vec<_> = scenario
        .firms
        .iter()
        .cloned()
        .map(|mut firm| {
            firm.learning.individual = true;
            firm.learning.population = true;
            firm
        })
        .collect();
    (
        format!("{:?}", scenario.market),
        format!("{:?}", scenario.populations),
        format!("{firms:?}"),
    )
}

#[test]
fn twin_lesson_and_sweep_are_of_the_same_market() {
    let flagship = market(&shipped("flywheel"));
    for other in [
        "no-flywheel",
        "course/06-the-loop-and-the-latecomer",
        "experiments/around-the-flywheel",
    ] {
        assert_eq!(flagship, market(&shipped(other)), "{other}");
    }
    let sweep = shipped("experiments/around-the-flywheel").sweep;
    let sweep = sweep.expect("a sweep");
    let text = format!("{sweep:?}");
    assert!(text.contains("0.025") && text.contains("0.014"), "{text}");
}

#[test]
#[ignore = "runs the whole flagship with its analyses, which takes some seconds of an optimized program"]
fn the_whole_flagship_holds_what_it_says_in_ten_seconds_on_two_cores() {
    hold(20);
    let folder = tempfile::tempdir().expect("a folder");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/flywheel.toml");
    let status = Command::new(env!("CARGO_BIN_EXE_flywheel"))
        .arg("run")
        .arg(file)
        .current_dir(folder.path())
        .status();
    assert!(status.expect("a run").success());
    let output = folder.path().join("output/flywheel");
    let read = |name: &str| std::fs::read_to_string(output.join(name)).expect(name);
    let table = read("feedback.csv");
    let mut lines = table.lines();
    let columns: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    let last: Vec<&str> = lines.next_back().expect("rows").split(',').collect();
    let value = |name: &str| -> f64 {
        let place = columns.iter().position(|column| *column == name);
        last[place.expect(name)].parse().expect("a number")
    };
    assert!(value("factor_low") > 3.0, "{last:?}");
    assert!(read("feedback_verdict.csv").contains("compounds"));
    assert!(output.join("charts/loop-3.svg").is_file());
    let seconds = Manifest::read(&output).expect("a manifest").cpu_seconds;
    // a program that is not optimized takes longer
    if !cfg!(debug_assertions) {
        assert!(seconds < 20.0, "{seconds} seconds of two cores together");
    }
}
