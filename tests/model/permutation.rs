//! The order in which firms and populations are listed does not matter.

use flywheel::scenario::Scenario;

use crate::everything::{EVERYTHING, load};
use crate::run::{assert_close, run};

const PERIODS: usize = 45;

/// Sums over firms are taken in another order, which moves their last digits.
const TOLERANCE: f64 = 1e-4;

fn everything() -> Scenario {
    let mut scenario = load(EVERYTHING);
    scenario.simulation.periods = PERIODS as u32;
    scenario
}

#[test]
fn firms_in_another_order_fare_the_same() {
    let scenario = everything();
    let before = run(&scenario, 0);
    for shift in 1..scenario.firms.len() {
        let mut shifted = scenario.clone();
        shifted.firms.rotate_left(shift);
        let after = run(&shifted, 0);
        for t in 0..PERIODS {
            for j in 0..before.firms {
                let now = (j + before.firms - shift) % before.firms;
                for column in [
                    "customers",
                    "transactions",
                    "share",
                    "wtp",
                    "profit",
                    "knowledge",
                ] {
                    let (one, other) = (before.firm(column, t, j), after.firm(column, t, now));
                    assert_close(
                        other,
                        one,
                        TOLERANCE,
                        &format!("period {t}, firm {j}: {column}"),
                    );
                }
            }
        }
    }
}

#[test]
fn populations_in_another_order_fare_the_same() {
    // the order decides which numbers products have, and so their draws; with a single product, of
    // the larger population, it cannot
    let mut scenario = everything();
    scenario.populations[1].customers = scenario.populations[0].customers / 100;
    for firm in &mut scenario.firms {
        firm.assortment = 1;
    }
    let before = run(&scenario, 0);
    scenario.populations.reverse();
    let after = run(&scenario, 0);
    for t in 0..PERIODS {
        for s in 0..2 {
            for column in [
                "needs",
                "recognized",
                "fulfilled",
                "consumer_surplus",
                "hhi",
            ] {
                let (one, other) = (before.market(column, t, s), after.market(column, t, 1 - s));
                assert_close(
                    other,
                    one,
                    TOLERANCE,
                    &format!("period {t}, population {s}: {column}"),
                );
            }
        }
    }
}
