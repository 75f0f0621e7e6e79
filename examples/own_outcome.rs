//! An outcome of one's own, over many replicates: when does the coach's share turn, from falling to rising?
//!
//! Run with `cargo run --release --example own_outcome`.

use flywheel::prelude::*;
use rayon::prelude::*;

const MARKET: &str = r#"
[simulation]
periods = 150

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

/// The period in which the second of two firms has its smallest share.
fn turn(records: &Records) -> usize {
    let shares: Vec<f64> = (records.firms.numbers("share").iter())
        .copied()
        .skip(1)
        .step_by(2)
        .collect();
    let smaller = |a: &usize, b: &usize| shares[*a].total_cmp(&shares[*b]);
    (0..shares.len()).min_by(smaller).unwrap_or_default()
}

/// Its mean over replicates, with the interval.
///
/// # Errors
/// If the scenario has errors.
pub fn outcome(replicates: u32) -> Result<Estimate, Diagnostics> {
    let scenario = Scenario::from_toml(MARKET)?;
    // what all replicates share is worked out once
    let plan = Plan::new(&scenario)?;
    let turns: Vec<usize> = (0..replicates)
        .into_par_iter()
        .map(|replicate| {
            let mut market = plan.market(replicate);
            while !market.is_done() {
                market.step();
            }
            turn(&market.into_records())
        })
        .collect();
    // in the order of the replicates, so that the result does not depend on the threads
    let mut moments = Moments::default();
    for period in turns {
        moments.add(period as f64);
    }
    Ok(moments.estimate())
}

/// Prints what was found.
pub fn main() -> Result<(), Diagnostics> {
    let Estimate {
        mean,
        low,
        high,
        count,
        ..
    } = outcome(20)?;
    println!(
        "The coach's share is smallest in period {mean:.1}, 95 % interval {low:.1} to {high:.1};"
    );
    println!("mean of {count} replicates.");
    Ok(())
}
