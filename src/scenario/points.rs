//! From a scenario with a sweep to the scenario of one of its points.
//!
//! A point is made as a file is loaded: values are set in the tree of the complete scenario, which is
//! then merged and checked again. So a point may change how many firms a group has, or how many
//! dimensions tastes have.

use super::Scenario;
use super::check;
use super::diagnostics::{Diagnostics, Problem};
use super::load::deserialize;
use super::merge;
use super::paths::set_path;
use super::tree::{Node, Value};

/// A scenario to whose parameters points give values.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    root: Node,
    name: String,
    subject: String,
}

impl Scenario {
    /// What the points of the sweep have in common.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub(crate) fn base(&self) -> Result<Base, Diagnostics> {
        let scenario = self.resolve()?;
        let mut root = scenario.to_tree();
        drop_sweep(&mut root);
        Ok(Base {
            root,
            subject: scenario.subject(),
            name: scenario.name,
        })
    }
}

impl Base {
    /// The scenario in which parameters take these values, and with another seed if there is one.
    ///
    /// # Errors
    /// The values do not go together.
    pub(crate) fn scenario(
        &self,
        values: &[(&str, toml::Value)],
        seed: Option<u64>,
    ) -> Result<Scenario, Diagnostics> {
        let values: Vec<(Vec<String>, Node)> = values
            .iter()
            .map(|(path, value)| (parts(path), Node::from(value)))
            .collect();
        let mut problems = Vec::new();
        let mut root = at_point(&self.root, &values, &self.name, &mut problems);
        if let (Some(seed), Some(simulation)) = (seed, root.get_mut("simulation"))
            && let Some(table) = simulation.table_mut()
        {
            let seed = Node::plain(Value::Integer(i128::from(seed)));
            table.insert("seed".to_owned(), seed);
        }
        if problems.is_empty() {
            deserialize(&root).map_err(|problem| Diagnostics::one(&self.subject, problem))
        } else {
            Err(Diagnostics::new(&self.subject, problems))
        }
    }
}

/// The parts of a path.
fn parts(path: &str) -> Vec<String> {
    path.split('.').map(|part| part.trim().to_owned()).collect()
}

/// Takes out what is about points rather than about the market.
fn drop_sweep(root: &mut Node) {
    if let Some(table) = root.table_mut() {
        table.shift_remove("sweep");
        table.shift_remove("analyses");
        table.shift_remove("lesson");
        table.shift_remove("charts");
    }
}

/// The tree in which parameters take these values, with groups as firms, checked.
pub(super) fn at_point(
    root: &Node,
    values: &[(Vec<String>, Node)],
    name: &str,
    problems: &mut Vec<Problem>,
) -> Node {
    let mut root = root.clone();
    drop_sweep(&mut root);
    for (path, value) in values {
        if path.join(".") == "market.taste_dimensions" {
            forget_zero_means(&mut root);
        }
        set_all(&mut root, path, value);
    }
    let groups = merge::merge(&mut root, name, problems);
    check::check(&mut root, &groups, problems);
    root
}

/// Sets a value at a path in which `*` stands for all names.
fn set_all(root: &mut Node, path: &[String], value: &Node) {
    let [top, name, rest @ ..] = path else {
        return;
    };
    if name != "*" {
        return set_path(root, path, value.clone());
    }
    match root.get_mut(top).map(|node| &mut node.value) {
        Some(Value::Array(items)) => {
            for item in items {
                set_path(item, rest, value.clone());
            }
        }
        Some(Value::Table(table)) => {
            for item in table.values_mut() {
                set_path(item, rest, value.clone());
            }
        }
        _ => {}
    }
}

/// A mean at the origin was perhaps never given: it follows the number of dimensions.
fn forget_zero_means(root: &mut Node) {
    let Some(Value::Array(populations)) = root.get_mut("populations").map(|node| &mut node.value)
    else {
        return;
    };
    for population in populations {
        let mean = population
            .get_mut("taste")
            .and_then(|taste| taste.get_mut("mean"));
        if let Some(Value::Array(mean)) = mean.map(|node| &mut node.value)
            && mean.iter().all(|number| number.number() == Some(0.0))
        {
            mean.clear();
        }
    }
}
