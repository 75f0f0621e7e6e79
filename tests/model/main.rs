//! The model is right: closed forms, independent references, common random numbers, properties, pinned results,
//! random draws, and a kernel that gives the bytes of the readable form.

#![expect(
    clippy::disallowed_methods,
    reason = "tests hold results against the standard library's functions, and look into folders"
)]

mod accounts;
mod any_scenario;
mod calibration;
mod closed_forms;
mod common_random_numbers;
mod customers;
mod decisions;
mod everything;
mod feedback;
mod interactions;
mod interventions;
mod kernel;
mod kinds;
mod learning;
mod learning_table;
mod map;
mod map_table;
mod market;
mod patterns;
mod permutation;
mod perturbation;
mod pinned;
mod plain_loop;
mod properties;
mod random;
mod reference;
mod rules;
mod run;
mod same_as_reference;
mod theory;
mod worlds;
