//! Scenario files: how they are read, written and refused, and which points their sweeps have.

mod design;
mod errors;
mod fuzz;
mod kinds;
mod properties;
mod reading;
