//! What a scenario is known by.

use sha2::{Digest, Sha256};

use crate::scenario::Scenario;

/// SHA-256 of a resolved scenario as in `scenario.toml`, in hexadecimal.
#[must_use]
pub fn scenario_hash(scenario: &Scenario) -> String {
    hex(&Sha256::digest(scenario.to_file()))
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
