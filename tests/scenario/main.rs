//! Scenario files: how they are read, written and refused, and which points their sweeps have.

#![expect(
    clippy::disallowed_methods,
    reason = "tests hold results against the standard library's functions, and look into folders"
)]

mod design;
mod errors;
mod fuzz;
mod generator;
mod kinds;
mod properties;
mod reading;
