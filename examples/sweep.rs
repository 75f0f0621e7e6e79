//! A sweep in code: what does it take from a coach if customers do not let things be decided for them?
//!
//! Run with `cargo run --release --example sweep`.

use flywheel::prelude::*;

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

[[sweep.axes]]
key = "populations.everyone.agency.mean"
values = [0.1, 0.5, 0.9]
"#;

/// The coach's share in the last period at each value of the axis, over the same replicates at each.
///
/// # Errors
/// If the scenario has errors.
pub fn shares(replicates: u32) -> Result<Vec<(f64, Estimate)>, Diagnostics> {
    let scenario = Scenario::from_toml(MARKET)?;
    let design = Design::new(&scenario)?;
    let at = |point: u32| {
        let plan = Plan::new(&design.scenario(point)?)?;
        let mut share = Moments::default();
        for replicate in 0..replicates {
            let mut market = plan.market(replicate);
            while !market.is_done() {
                market.step();
            }
            let firms = market.into_records().firms;
            share.add(*firms.numbers("share").last().expect("there are periods"));
        }
        let agency = design.values(point)[0].as_float().expect("a number");
        Ok((agency, share.estimate()))
    };
    (0..design.len()).map(at).collect()
}

/// Prints what was found.
pub fn main() -> Result<(), Diagnostics> {
    println!("agency   share of the coach, 95 % interval");
    for (agency, share) in shares(10)? {
        println!(
            "{agency:6.1}   {:.2}, {:.2} to {:.2}",
            share.mean, share.low, share.high
        );
    }
    Ok(())
}
