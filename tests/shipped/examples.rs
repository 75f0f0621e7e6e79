//! The programs in `examples/` run, and find what their first lines promise.

#[path = "../../examples/analysis.rs"]
#[expect(dead_code, reason = "its main writes to the folder in which it runs")]
mod analysis;
#[path = "../../examples/market.rs"]
mod market;
#[path = "../../examples/own_outcome.rs"]
mod own_outcome;
#[path = "../../examples/sweep.rs"]
mod sweep;

use flywheel::analysis::sources::Part;

#[test]
fn a_market_in_code() {
    market::main().expect("the example runs");
    let shares = market::shares().expect("a sound scenario");
    assert_eq!(shares.len(), 200);
    let coach = |period: usize| shares[period][1];
    assert!(
        coach(40) < coach(0) && coach(40) < coach(199),
        "lost, and won back"
    );
}

#[test]
fn an_outcome_of_ones_own() {
    own_outcome::main().expect("the example runs");
    let found = own_outcome::outcome(10).expect("a sound scenario");
    assert_eq!(found.count, 10);
    assert!(
        0.0 < found.low && found.high < 149.0,
        "neither at once nor at the end: {found:?}"
    );
}

#[test]
fn a_sweep_in_code() {
    sweep::main().expect("the example runs");
    let shares = sweep::shares(5).expect("a sound scenario");
    let means: Vec<f64> = shares.iter().map(|(_, share)| share.mean).collect();
    assert!(means.is_sorted_by(|a, b| a > b), "{means:?}");
}

#[test]
fn an_analysis_in_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = analysis::sources(folder.path()).expect("an answer");
    let [own] = &sources.candidates[..] else {
        panic!("its own experience alone: {:?}", sources.candidates);
    };
    let part = |part| own.closing.part(part).estimate.mean;
    let sum = part(Part::Individual) + part(Part::Population);
    assert!((sum - part(Part::Total)).abs() < 1e-12, "the parts add up");
}
