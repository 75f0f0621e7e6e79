//! Why the finished cells of an earlier run are of no use to this one.

use std::collections::BTreeMap;
use std::path::Path;

use super::Manifest;
use super::names::{SCENARIO, VERSION};
use crate::scenario::{DesignKind, Scenario};

/// What an earlier run into a folder left there.
#[derive(Debug)]
pub struct Earlier {
    /// Version of the program; none if there is no manifest.
    version: Option<String>,
    /// Its scenario; none if it did not come that far.
    scenario: Option<toml::Table>,
}

impl Earlier {
    /// Reads it, as far as it is there.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join(SCENARIO)).ok();
        Self {
            version: Manifest::read(folder).ok().map(|manifest| manifest.version),
            scenario: text.and_then(|text| text.parse().ok()),
        }
    }

    /// Why none of its cells is one of this scenario's, in words.
    #[must_use]
    pub fn why_not(&self, scenario: &Scenario) -> String {
        if let Some(version) = self.version.as_ref().filter(|version| *version != VERSION) {
            return format!("it was made by version {version} of the program, which is {VERSION}");
        }
        let changes = self.changes(scenario);
        if let Some(reason) = self.why_other_points(scenario, &changes) {
            return reason;
        }
        match &changes[..] {
            [] => "the scenario, its seed or the program has changed".to_owned(),
            [one] => one.clone(),
            [one, two] => format!("{one}, and {two}"),
            [one, two, more @ ..] => format!("{one}, {two}, and {} more have changed", more.len()),
        }
    }

    /// Why points that are like those of the earlier run have other cells, in words; none where they do not.
    #[must_use]
    pub fn why_not_all(&self, scenario: &Scenario) -> Option<String> {
        let changes = self.changes(scenario);
        self.why_other_points(scenario, &changes)
    }

    fn why_other_points(&self, scenario: &Scenario, changes: &[String]) -> Option<String> {
        let sweep = scenario.sweep.as_ref()?;
        let moved = changes.iter().any(|change| change.starts_with("sweep."));
        if !moved || self.scenario.as_ref()?.get("sweep").is_none() {
            return None;
        }
        if sweep.design == DesignKind::LatinHypercube {
            return Some("a Latin hypercube has other points when its samples or axes change (a Sobol design keeps those that it has)".to_owned());
        }
        if !sweep.common_random_numbers {
            return Some("points with random numbers of their own (common_random_numbers = false) take them from their place among all points, which has changed".to_owned());
        }
        None
    }

    /// The parameters that are not as they were, each with its values.
    fn changes(&self, scenario: &Scenario) -> Vec<String> {
        let Some(before) = &self.scenario else {
            return Vec::new();
        };
        let now: toml::Table = scenario.to_toml().parse().unwrap_or_default();
        let (before, now) = (parameters(before), parameters(&now));
        let mut changes = Vec::new();
        for (path, value) in &now {
            match before.get(path) {
                Some(old) if old == value => {}
                Some(old) => changes.push(format!("{path} was {old} and is {value}")),
                None => changes.push(format!("{path} is new")),
            }
        }
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        changes.extend(gone.map(|path| format!("{path} is gone")));
        changes
    }
}

/// Keys of the file that no cell depends on.
const WORDS: [&str; 12] = [
    "name",
    "title",
    "description",
    "analyses",
    "hypotheses",
    "lesson",
    "lab",
    "chart_style",
    "charts",
    "simulation.replicates",
    "simulation.precision",
    "simulation.until_decided",
];

/// All parameters by their paths, with their values as TOML.
fn parameters(table: &toml::Table) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (key, value) in table {
        flatten(key, value, &mut found);
    }
    found
}

fn flatten(path: &str, value: &toml::Value, found: &mut BTreeMap<String, String>) {
    if WORDS.contains(&path) {
        return;
    }
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                flatten(&format!("{path}.{key}"), value, found);
            }
        }
        // the tables of a list have names, or are counted
        toml::Value::Array(list) if list.iter().any(toml::Value::is_table) => {
            for (number, value) in (1..).zip(list) {
                let name = value.get("name").and_then(toml::Value::as_str);
                let name = name.map_or_else(|| number.to_string(), str::to_owned);
                flatten(&format!("{path}.{name}"), value, found);
            }
        }
        _ => {
            found.insert(path.to_owned(), value.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Firm, Population};

    fn scenario() -> Scenario {
        Scenario::new("small")
            .population(Population::named("town"))
            .firm(Firm::new("shop", "respond-to-desire"))
    }

    fn why(change: impl Fn(&mut Scenario)) -> String {
        let earlier = Earlier {
            version: Some(VERSION.to_owned()),
            scenario: scenario().to_toml().parse().ok(),
        };
        let mut scenario = scenario();
        change(&mut scenario);
        earlier.why_not(&scenario)
    }

    #[test]
    fn changed_parameters_are_named_with_their_values() {
        let text = why(|scenario| scenario.simulation.seed = 7);
        assert_eq!(text, "simulation.seed was 1 and is 7");
        let text = why(|scenario| {
            scenario.simulation.replicates = 99;
            scenario.title = "Other words".to_owned();
            scenario.populations[0].awareness = 0.25;
        });
        assert_eq!(text, "populations.town.awareness was 0.6 and is 0.25");
        let text = why(|scenario| {
            scenario.simulation.seed = 7;
            scenario.simulation.periods = 7;
            scenario.market.fit_tolerance = 2.0;
        });
        assert!(text.ends_with(", and 1 more have changed"), "{text}");
    }

    #[test]
    fn what_is_not_known_is_not_made_up() {
        let earlier = Earlier {
            version: None,
            scenario: None,
        };
        let words = "the scenario, its seed or the program has changed";
        assert_eq!(earlier.why_not(&scenario()), words);
        let earlier = Earlier {
            version: Some("0.0.7".to_owned()),
            scenario: None,
        };
        assert!(earlier.why_not(&scenario()).contains("version 0.0.7"));
    }
}
