//! What a checked scenario remembers: the tree that it was made from, so that nothing is read twice.

use std::fmt;
use std::sync::Arc;

use super::Scenario;
use super::diagnostics::Problem;
use super::merge::Groups;
use super::tree::{Node, Value};

/// The checked tree behind a scenario. A scenario built in code has none, and that of one which was changed since no
/// longer counts.
#[derive(Clone, Default)]
pub struct Checked(Option<Arc<Kept>>);

/// A complete tree, and the scenario that it gives.
#[derive(Debug)]
pub(super) struct Kept {
    pub root: Node,
    /// The firms behind the name of each group.
    pub groups: Groups,
    scenario: Scenario,
}

impl Kept {
    /// Builds the types, which the checks before have made safe.
    pub fn new(root: Node, groups: Groups) -> Result<Arc<Self>, Problem> {
        Ok(Arc::new(Self {
            scenario: root.read()?,
            root,
            groups,
        }))
    }

    /// The parameters that change while the market runs.
    pub fn state(&self) -> Node {
        let keys = ["market", "populations", "experiences", "firms"];
        let own = |key: &str| Some((key.to_owned(), self.root.get(key)?.clone()));
        Node::plain(Value::Table(keys.into_iter().filter_map(own).collect()))
    }

    /// The scenario, which remembers this tree.
    pub fn scenario(self: &Arc<Self>) -> Scenario {
        Scenario {
            checked: Checked(Some(Arc::clone(self))),
            ..self.scenario.clone()
        }
    }
}

impl Scenario {
    /// The tree that the scenario was made from, if there is one that still says the same.
    pub(super) fn kept(&self) -> Option<&Arc<Kept>> {
        let kept = self.checked.0.as_ref();
        kept.filter(|kept| kept.scenario == *self)
    }

    /// The firms behind the name of each group, as far as that is known.
    pub(super) fn groups(&self) -> Groups {
        let kept = self.checked.0.as_ref();
        kept.map(|kept| kept.groups.clone()).unwrap_or_default()
    }
}

/// How a scenario came about is no part of what it says.
impl PartialEq for Checked {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "checked"
        } else {
            "unchecked"
        })
    }
}
