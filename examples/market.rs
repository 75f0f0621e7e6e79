//! A market in code: a shop that waits for orders and a coach who tells customers what they need. Who serves whom?
//!
//! The coach is in the way until it knows its customers: it loses most of them, and wins many back as it learns.
//!
//! Run with `cargo run --release --example market`.

use flywheel::prelude::*;

/// Shares of the shop and the coach in every period of one replicate.
///
/// # Errors
/// If the scenario has errors.
pub fn shares() -> Result<Vec<[f64; 2]>, Diagnostics> {
    let mut scenario = Scenario::new("shop-and-coach")
        .population(Population {
            customers: 2_000,
            ..Population::named("everyone")
        })
        .firm(Firm::new("shop", "respond-to-desire"))
        .firm(Firm::new("coach", "coach-behavior"));
    scenario.simulation.periods = 200;
    scenario.check()?;

    let mut market = Market::new(&scenario, 0)?;
    while !market.is_done() {
        market.step();
    }
    // one row per period and firm, in that order
    let firms = market.into_records().firms;
    let shares = firms.numbers("share").chunks_exact(2);
    Ok(shares.map(|pair| [pair[0], pair[1]]).collect())
}

/// Prints what was found.
pub fn main() -> Result<(), Diagnostics> {
    println!("period   shop  coach");
    for (period, [shop, coach]) in shares()?.iter().enumerate().step_by(20) {
        println!("{period:6} {shop:6.2} {coach:6.2}");
    }
    Ok(())
}
