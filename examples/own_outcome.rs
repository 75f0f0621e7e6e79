//! An outcome of one's own, over many replicates: from which period on is the coach ahead for good?
//!
//! Run with `cargo run --release --example own_outcome`.

use flywheel::prelude::*;
use rayon::prelude::*;

const MARKET: &str = r#"
[simulation]
periods = 100

[[populations]]
name = "everyone"
customers = 1_000

[[firms]]
name = "shop"
experience = "respond-to-desire"

[[firms]]
name = "coach"
experience = "coach-behavior"
"#;

/// The first period from which on the second of two firms has the larger share; none if it is not ahead in the end.
fn ahead_from(records: &Records) -> Option<usize> {
    let ahead: Vec<bool> = (records.firms.numbers("share").chunks_exact(2))
        .map(|shares| shares[1] > shares[0])
        .collect();
    let behind = ahead.iter().rposition(|&ahead| !ahead);
    let from = behind.map_or(0, |last| last + 1);
    (from < ahead.len()).then_some(from)
}

/// Its mean with the interval, over the replicates in which the coach is ahead in the end.
pub fn outcome(replicates: u32) -> Result<Estimate, Diagnostics> {
    let scenario = Scenario::from_toml(MARKET)?;
    // what all replicates share is worked out once
    let plan = Plan::new(&scenario)?;
    let found: Vec<Option<usize>> = (0..replicates)
        .into_par_iter()
        .map(|replicate| {
            let mut market = plan.market(replicate);
            while !market.is_done() {
                market.step();
            }
            ahead_from(&market.into_records())
        })
        .collect();
    // in the order of the replicates, so that the result does not depend on the threads
    let mut moments = Moments::default();
    for period in found.into_iter().flatten() {
        moments.add(period as f64);
    }
    Ok(moments.estimate())
}

/// Prints what was found.
pub fn main() -> Result<(), Diagnostics> {
    let replicates = 20;
    let Estimate {
        mean,
        low,
        high,
        count,
        ..
    } = outcome(replicates)?;
    println!("In {count} of {replicates} replicates the coach is ahead in the end,");
    println!("from period {mean:.1} on (95 % interval {low:.1} to {high:.1}).");
    Ok(())
}
