//! The parameters of a scenario one by one, with what each means and takes: for those who change them by hand.

use serde_json::Value as Json;

use super::Scenario;
use super::diagnostics::Diagnostics;
use super::merge::Groups;
use super::schema::limits;
use super::structure::{Change, KINDS, Kind, NAME, alternatives, explain, resolve};

/// A parameter of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its path, such as `firms.coach.price`; firms of a group are one, under the group's name.
    pub path: String,
    /// The first part of the path: whose parameter it is.
    pub top: &'static str,
    /// The name of the population, experience or firm; empty for the simulation and the market.
    pub owner: String,
    /// The key below its owner, such as `need.rate`.
    pub key: String,
    /// What it means, in English.
    pub about: String,
    /// The values that it can take.
    pub takes: Takes,
    /// Its value where a scenario says nothing; null where every scenario has to say it.
    pub default: Json,
    /// Its value; an object where it is a rule.
    pub value: Json,
}

/// The values that a parameter can take.
#[derive(Debug, Clone, PartialEq)]
pub enum Takes {
    /// Numbers between two ends, either of which may be missing.
    Number {
        /// The least, or what all are above.
        low: Option<f64>,
        /// The largest, or what all are below.
        high: Option<f64>,
        /// Whether only whole ones.
        whole: bool,
    },
    /// Yes or no.
    Switch,
    /// One of these words.
    Words(Vec<String>),
}

impl Scenario {
    /// The market without its sweep, and with groups that the sweep names as firms.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub fn single_market(&self) -> Result<Self, Diagnostics> {
        let mut market = self.market()?.scenario();
        if self.sweep.is_some() {
            // a point of a sweep has no words of its own
            market.name.clone_from(&self.name);
            market.lesson.clone_from(&self.lesson);
            market.lab.clone_from(&self.lab);
            market.play.clone_from(&self.play);
        }
        Ok(market)
    }

    /// Every parameter that can be changed by a single value, in the order of the schema.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let whole = serde_json::to_value(self).unwrap_or_default();
        let groups = self.groups();
        let mut all = Vec::new();
        for kind in &KINDS {
            let keys = kind.keys();
            // the number of replicates is the same at all points of a sweep, but not the same for ever; groups are firms already
            let single = |(key, change): &&(String, Change)| {
                let can_change = *change != Change::Never || key == "replicates";
                can_change && !key.contains(NAME) && key != "count"
            };
            for (name, present) in owners(&whole[kind.top], kind, &groups) {
                let keys = keys.iter().filter(single);
                all.extend(keys.filter_map(|(key, _)| self.parameter(kind, &name, key, present)));
            }
        }
        all
    }

    fn parameter(&self, kind: &Kind, name: &str, key: &str, present: &Json) -> Option<Parameter> {
        let part = kind.part(key.split('.'));
        // what is as if nothing were said is not always written down
        let value = match key.split('.').fold(present, |at, key| &at[key]) {
            Json::Null => &part["default"],
            value => value,
        };
        // a menu that is none has no size
        if value.is_null() {
            return None;
        }
        let owner = if name.is_empty() {
            String::new()
        } else {
            format!(".{name}")
        };
        let about = part["description"].as_str().unwrap_or_default();
        Some(Parameter {
            path: format!("{}{owner}.{key}", kind.top),
            top: kind.top,
            owner: name.to_owned(),
            key: key.to_owned(),
            about: explain("", about).trim_start_matches("``: ").to_owned(),
            takes: self.takes(key, part)?,
            default: part["default"].clone(),
            value: value.clone(),
        })
    }

    /// What a part of the schema takes; none where that is no single value.
    fn takes(&self, key: &str, part: &Json) -> Option<Takes> {
        let part = resolve(part);
        if key == "experience" {
            return Some(Takes::Words(self.experiences.keys().cloned().collect()));
        }
        if let Some(choices) = alternatives(part) {
            let number = choices.iter().find(|choice| choice["type"] == "number");
            if let Some(number) = number {
                return Some(number_of(number));
            }
            let words = choices.iter().filter_map(|choice| choice["const"].as_str());
            let words: Vec<String> = words.map(str::to_owned).collect();
            return (!words.is_empty()).then_some(Takes::Words(words));
        }
        match part["type"].as_str()? {
            "boolean" => Some(Takes::Switch),
            "number" | "integer" => Some(number_of(part)),
            _ => None,
        }
    }
}

/// The things of a kind that have parameters, with their names and values: of a group, its first firm.
fn owners<'a>(present: &'a Json, kind: &Kind, groups: &Groups) -> Vec<(String, &'a Json)> {
    if kind.depth == 1 {
        return vec![(String::new(), present)];
    }
    if let Some(table) = present.as_object() {
        return table
            .iter()
            .map(|(name, one)| (name.clone(), one))
            .collect();
    }
    let mut found: Vec<(String, &Json)> = Vec::new();
    for one in present.as_array().into_iter().flatten() {
        let name = one["name"].as_str().unwrap_or_default();
        let mut of = groups.iter().filter(|_| kind.top == "firms");
        let group = of.find(|(_, members)| members.iter().any(|member| member == name));
        let name = group.map_or(name, |(group, _)| group);
        if !found.iter().any(|(known, _)| known == name) {
            found.push((name.to_owned(), one));
        }
    }
    found
}

fn number_of(part: &Json) -> Takes {
    let bound = |keys: [&str; 2]| keys.iter().find_map(|key| part[*key].as_f64());
    Takes::Number {
        low: bound(["minimum", "exclusiveMinimum"]).filter(|low| *low > -limits::MOST),
        high: bound(["maximum", "exclusiveMaximum"]).filter(|high| *high < limits::MOST),
        whole: part["type"] == "integer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn market() -> Scenario {
        Scenario::from_toml(
            "[[populations]]\nname = \"all\"\nawareness = 0.4\n[[firms]]\nname = \"shop\"\ncount = 3\n\
             experience = \"coach-behavior\"\n[[firms]]\nname = \"late\"\nentry = 3\nexperience = \"respond-to-desire\"\n\
             price = { rule = \"value-share\" }\n[sweep]\n[[sweep.axes]]\nkey = \"market.data_pooling\"\nvalues = [true, false]\n",
        )
        .unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn every_parameter_has_its_value_range_and_meaning() {
        let market = market().single_market().expect("valid");
        assert!(market.sweep.is_none());
        let all = market.parameters();
        let of = |path: &str| {
            all.iter()
                .find(|one| one.path == path)
                .expect("it is there")
        };
        let awareness = of("populations.all.awareness");
        let unit = Takes::Number {
            low: Some(0.0),
            high: Some(1.0),
            whole: false,
        };
        assert_eq!(
            (&awareness.takes, &awareness.value),
            (&unit, &Json::from(0.4))
        );
        assert_eq!(awareness.default, Json::from(0.6));
        assert!(
            awareness
                .about
                .starts_with("probability that a customer notices")
        );
        assert_eq!(of("market.data_pooling").takes, Takes::Switch);
        let Takes::Words(words) = &of("firms.late.experience").takes else {
            panic!("words")
        };
        assert!(words.contains(&"automatic-execution".to_owned()));
        assert!(of("firms.late.price").value.is_object(), "a rule");
        assert_eq!(of("firms.shop.price").value, Json::from(0.3));
        assert!(all.iter().all(|one| one.path != "firms.shop-1.price"));
        assert!(all.iter().all(|one| one.key != "name" && one.key != "seed"));
    }

    #[test]
    fn every_parameter_takes_its_present_value() {
        let market = market().single_market().expect("valid");
        for one in market.parameters() {
            let value: toml::Value = serde_json::from_value(one.value.clone()).expect("a value");
            let change = super::super::Override::new(&one.path, value);
            let same = market
                .with_overrides(&[change])
                .map_err(|it| it.to_string());
            assert_eq!(same.as_ref(), Ok(&market), "{}", one.path);
        }
    }
}
