//! The claims of the theory, in its order.

mod advantage;
mod demand;
mod journey;
mod learning;
mod stakes;

use crate::claims::claim::{Claim, Unit};

/// All claims, a to l.
pub fn all() -> Vec<Claim> {
    let mut claims = Vec::new();
    claims.extend(journey::claims());
    claims.extend(learning::claims());
    claims.extend(demand::claims());
    claims.extend(advantage::claims());
    claims.extend(stakes::claims());
    claims
}

/// Parts of a whole, in hundredths.
const POINTS: Unit = Unit {
    factor: 100.0,
    decimals: 1,
    name: "percentage points",
};

/// Willingness to pay, cost and friction: 1 is what a perfect solution without friction is worth.
const VALUE: Unit = Unit {
    factor: 1.0,
    decimals: 3,
    name: "in value per transaction",
};
