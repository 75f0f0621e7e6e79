//! `[lab]`: whether its controls are of parameters that the lab can change, and whether their sliders have two ends.

use super::names;
use super::target::{self, Use};
use crate::scenario::diagnostics::Problem;
use crate::scenario::merge::Groups;
use crate::scenario::paths::{split, text};
use crate::scenario::structure;
use crate::scenario::tree::{Node, Value};

pub(super) fn check(root: &Node, groups: &Groups, problems: &mut Vec<Problem>) {
    for (index, control) in root.list("lab.controls").iter().enumerate() {
        let path = format!("lab.controls[{}]", index + 1);
        if let Some(label) = control
            .get("label")
            .filter(|label| label.text() != Some(""))
        {
            names::check_label(label, &format!("{path}.label"), problems);
        }
        let Some(key) = control.get("key") else {
            continue; // reported as missing
        };
        let Some(written) = key.text() else { continue };
        let parts = split(written, key.span.as_ref());
        match target::resolve(&parts, Use::Lab, root, groups) {
            Err(problem) => problems.push(problem),
            Ok(target) => {
                for end in ["from", "to"] {
                    let Some(part) = target.part else { continue };
                    let mut value = control.get(end).cloned();
                    if let Some(value) = &mut value {
                        structure::check(value, part, &text(&parts), problems);
                    }
                }
                check_ends(control, &path, problems);
            }
        }
    }
}

/// A slider goes upwards.
fn check_ends(control: &Node, path: &str, problems: &mut Vec<Problem>) {
    let number = |key: &str| match control.get(key)?.value {
        Value::Float(number) => Some(number),
        _ => None,
    };
    if let (Some(from), Some(to)) = (number("from"), number("to"))
        && from >= to
    {
        problems.push(
            Problem::new(format!("`{path}` goes from {from} to {to}"))
                .at(control.get("to").and_then(Node::place), path)
                .label("should be above `from`"),
        );
    }
}
