//! What no schema can say: names, sums, lengths, rules and interventions.
//!
//! The checks work on the complete tree ([`super::merge`]), pass over values already reported
//! ([`super::tree::Value::Invalid`]), and repeat after every period with interventions.

mod interventions;
mod names;
mod rules;
mod state;
mod target;

use super::diagnostics::Problem;
use super::merge::Groups;
use super::tree::Node;

pub(crate) use interventions::set_path;

/// Reports every problem, and resolves the interventions to concrete paths.
pub(crate) fn check(root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) {
    names::check(root, problems);
    state::check_complete(root, problems);
    state::check_total(root, problems);
    state::check(root, problems);
    interventions::resolve(root, groups, problems);
}
