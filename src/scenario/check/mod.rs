//! What no schema can say: names, sums, lengths, rules, interventions, sweeps, analyses and charts.
//!
//! The checks work on the complete tree ([`super::merge`]), pass over values already reported
//! ([`super::tree::Value::Invalid`]), and repeat after every period with interventions.

mod analyses;
mod calibrate;
mod charts;
mod game;
mod hypotheses;
mod interventions;
mod lab;
mod learning_loop;
mod limits;
mod names;
mod outcome;
mod play;
mod rules;
mod simulation;
mod sources;
mod state;
mod sweep;
mod target;
mod variants;

use super::diagnostics::Problem;
use super::merge::Groups;
use super::tree::Node;

pub(super) use analyses::firm_names;
pub(super) use game::check as games;
pub(super) use sweep::{Axis as VariedAxis, Varied};

/// Reports every problem, and resolves the interventions to concrete paths; gives what the sweep varies.
pub(super) fn check(root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) -> Varied {
    names::check(root, problems);
    state::check_complete(root, problems);
    state::check_total(root, problems);
    state::check(root, problems);
    simulation::check(root, problems);
    interventions::resolve(root, groups, problems);
    let mut varied = sweep::resolve(root, groups, problems);
    varied.variants = variants::resolve(root, groups, &varied, problems);
    hypotheses::check(root, problems);
    limits::resolve(root, groups, &varied, problems);
    analyses::check(root, problems);
    calibrate::check(root, groups, problems);
    lab::check(root, groups, problems);
    play::resolve(root, groups, problems);
    charts::resolve(root, groups, problems);
    game::resolve(root, groups, problems);
    varied
}
