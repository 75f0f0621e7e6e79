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

/// What `docs/library.md` shows, on the README's scenario.
#[test]
fn the_example_of_the_document() {
    fn shares(file: &std::path::Path) -> Result<Vec<f64>, Box<dyn std::error::Error>> {
        // the document, but for the name of the file
        use flywheel::prelude::*;

        let scenario = Scenario::load(file, &[])?;
        let mut market = Market::new(&scenario, 0)?; // replicate 0
        while !market.is_done() {
            market.step();
        }
        let shares = market.into_records().firms.numbers("share").to_vec();
        Ok(shares)
    }
    let own = include_str!("examples.rs").replace("(file, ", "(\"coach.toml\".as_ref(), ");
    let document = include_str!("../../docs/library.md");
    let shown = document
        .split("```rust\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    for line in shown
        .expect("an example")
        .lines()
        .filter(|line| !line.is_empty())
    {
        assert!(own.contains(line), "docs/library.md: {line}");
    }
    let readme = include_str!("../../README.md");
    let coach = readme
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("coach.toml");
    std::fs::write(&file, coach.expect("a scenario")).expect("space");
    let shares = shares(&file).expect("a sound scenario");
    assert_eq!(shares.len(), 300 * 2);
    assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
}
