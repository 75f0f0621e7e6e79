//! Keys that nobody can guess.

/// Random bytes of the system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A new key, of 192 bits.
pub(super) fn new_key() -> Result<String, getrandom::Error> {
    let bytes = random::<24>()?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
