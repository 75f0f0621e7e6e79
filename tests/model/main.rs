//! The model is right: closed forms, an independent reference, common random numbers, properties, pinned results.

mod accounts;
mod any_scenario;
mod closed_forms;
mod common_random_numbers;
mod customers;
mod everything;
mod interventions;
mod learning;
mod learning_table;
mod map;
mod map_table;
mod market;
mod permutation;
mod perturbation;
mod pinned;
mod properties;
mod reference;
mod rules;
mod run;
mod same_as_reference;
