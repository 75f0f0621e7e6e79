//! What a kept cell is known by: the market that was simulated, whatever its number in a design.

use sha2::{Digest, Sha256};

use crate::experiment::VERSION;
use crate::model::Plan;

/// Stands for a market: two plans have the same one exactly if they simulate the same, in the same version of
/// the program, and store the same rows of it.
///
/// It says nothing of where a market stands in a sweep or an analysis, so a cell is found again when points are
/// added, or when another analysis asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MarketKey([u8; MarketKey::BYTES]);

impl MarketKey {
    /// Length of a key: long enough that no two markets share one by chance.
    pub(super) const BYTES: usize = 16;

    /// The key of the market that a plan simulates.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let hash = Sha256::digest(format!("{VERSION}\n{}", plan.identity()));
        let mut key = [0; Self::BYTES];
        key.copy_from_slice(&hash[..Self::BYTES]);
        Self(key)
    }
}

/// A kept cell: a replicate of a market. Equal replicates stand together, as cells are simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellKey {
    /// Replicate.
    pub replicate: u32,
    /// Its market.
    pub market: MarketKey,
}

impl CellKey {
    pub(super) const BYTES: usize = MarketKey::BYTES + 4;

    pub(super) fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..MarketKey::BYTES].copy_from_slice(&self.market.0);
        bytes[MarketKey::BYTES..].copy_from_slice(&self.replicate.to_le_bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let (market, replicate) = bytes.split_at(MarketKey::BYTES);
        Self {
            replicate: replicate
                .iter()
                .rev()
                .fold(0, |n, &byte| n << 8 | u32::from(byte)),
            market: MarketKey(std::array::from_fn(|place| market[place])),
        }
    }
}
