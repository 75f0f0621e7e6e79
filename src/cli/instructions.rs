//! Whether the instruction set that the environment asks for is one that this machine has.

use flywheel::model::InstructionSet;

/// Says what is wrong with the value of `FLYWHEEL_ISA`, if anything is; an empty one asks for nothing.
pub fn check() -> Result<(), String> {
    let variable = InstructionSet::VARIABLE;
    let asked = std::env::var_os(variable).unwrap_or_default();
    let available = InstructionSet::available();
    if asked.is_empty() || available.iter().any(|set| asked == set.name()) {
        return Ok(());
    }
    let names: Vec<_> = available.iter().map(|set| set.name()).collect();
    Err(format!(
        "the environment variable {variable} asks for the instruction set `{}`, which this machine does not have; \
         it has {} (results are the same on all; without the variable the fastest is used)",
        asked.to_string_lossy(),
        names.join(", "),
    ))
}
