//! The settings of a scenario that differ from the defaults, with what they mean.

use serde::Serialize;
use serde_json::Value;

use super::html::escape;
use super::words::Words;
use crate::scenario::{
    Experience, Firm, Intervention, Language, Market, Population, Scenario, Simulation,
    json_schema, preset,
};

/// A setting as the page lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Path, as `--set` takes it.
    pub path: String,
    /// The value of this scenario.
    pub value: String,
    /// The default; empty where there is none.
    pub default: String,
    /// What it means.
    pub meaning: String,
}

/// Every setting that differs from its default, in the order of the scenario; name, title and description left out,
/// and which experience a firm has, since there is no default for it.
#[must_use]
pub fn changed(words: Words, scenario: &Scenario) -> Vec<Setting> {
    let mut list = List {
        words,
        schema: json_schema(),
        settings: Vec::new(),
    };
    list.compare(
        "simulation",
        "Simulation",
        &scenario.simulation,
        &Simulation::default(),
    );
    list.compare("market", "Market", &scenario.market, &Market::default());
    for population in &scenario.populations {
        let mut default = Population::named(&population.name);
        default.taste.mean = vec![0.0; scenario.market.taste_dimensions.min(64)];
        let prefix = format!("populations.{}", population.name);
        list.compare(&prefix, "Population", population, &default);
    }
    for (name, experience) in &scenario.experiences {
        let prefix = format!("experiences.{name}");
        match preset(name) {
            Some(preset) => list.compare(&prefix, "Experience", experience, &preset),
            None => list.compare::<Experience>(&prefix, "Experience", experience, None),
        }
    }
    for firm in &scenario.firms {
        let default = Firm {
            experience: firm.experience.clone(),
            ..Firm::new(&firm.name, "")
        };
        list.compare(&format!("firms.{}", firm.name), "Firm", firm, &default);
    }
    list.settings
}

/// What changes while the market runs, a row for each parameter.
#[must_use]
pub fn interventions(scenario: &Scenario) -> String {
    let row = |intervention: &Intervention| -> String {
        let cells = intervention.set.iter().map(|(path, value)| {
            format!(
                "<tr><td>{}</td><td>{}<code>{}</code></td><td>{}</td></tr>\n",
                intervention.period,
                match intervention.label.trim() {
                    "" => String::new(),
                    label => format!("{}: ", escape(label)),
                },
                escape(path),
                escape(&value.to_string())
            )
        });
        cells.collect()
    };
    scenario.interventions.iter().map(row).collect()
}

struct List {
    words: Words,
    schema: Value,
    settings: Vec<Setting>,
}

impl List {
    fn compare<'a, T: Serialize + 'a>(
        &mut self,
        prefix: &str,
        definition: &str,
        value: &T,
        default: impl Into<Option<&'a T>>,
    ) {
        let json = |value: &T| serde_json::to_value(value).unwrap_or_default();
        let default = default.into().map_or(Value::Null, json);
        let part = self.schema["$defs"][definition].clone();
        self.walk(prefix, &part, &json(value), &default);
    }

    /// Lists the leaves of a value that differ from the default.
    fn walk(&mut self, path: &str, part: &Value, value: &Value, default: &Value) {
        if value == default {
            return;
        }
        let reference = part["$ref"].as_str().unwrap_or_default();
        let definition = self.schema["$defs"][reference.trim_start_matches("#/$defs/")].clone();
        let inner = if definition.is_null() {
            part
        } else {
            &definition
        };
        match value {
            // a rule is one thing
            Value::Object(keys) if inner["properties"].is_object() => {
                for (key, value) in keys {
                    let path = format!("{path}.{key}");
                    self.walk(&path, &inner["properties"][key], value, &default[key]);
                }
            }
            _ => self.settings.push(Setting {
                path: path.to_owned(),
                value: self.written(value),
                default: self.written(default),
                meaning: self.meaning(path, part),
            }),
        }
    }

    /// A value in the language's digits; what is no number as the file has it.
    fn written(&self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Number(number) => self.words.digits(&number.to_string()),
            other => other.to_string(),
        }
    }

    /// What a key means: as the schema says in English, by the name that charts have for it in other languages.
    fn meaning(&self, path: &str, part: &Value) -> String {
        if self.words.language == Language::En {
            return described(part);
        }
        let parts: Vec<&str> = path.split('.').collect();
        if let ["simulation", key, ..] = parts[..] {
            return self.words.say(&format!("settings.{key}")).to_owned();
        }
        // below the name of the owner, which may hold dots; the market has none
        let names = (1..parts.len()).map(|from| self.words.parameter(&parts[from..].join(".")));
        names
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default()
            .to_owned()
    }
}

/// What the schema says of a key, without the symbol of the model in front.
fn described(part: &Value) -> String {
    let about = part["description"].as_str().unwrap_or_default();
    let words = match about.split_once("`: ") {
        Some((symbol, words)) if symbol.starts_with('`') => words,
        _ => about,
    };
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Words {
        Words::of(Language::En)
    }

    fn scenario() -> Scenario {
        Scenario::new("test")
            .population(Population::named("everyone"))
            .firm(Firm::new("shop", "respond-to-desire"))
    }

    #[test]
    fn defaults_are_not_listed() {
        let resolved = scenario().resolve().expect("it is valid");
        assert_eq!(changed(english(), &resolved), []);
    }

    #[test]
    fn what_differs_is_listed_with_its_default_and_meaning() {
        let mut scenario = scenario();
        scenario.simulation.seed = i64::MAX.unsigned_abs();
        scenario.populations[0].agency.mean = 0.2;
        scenario.firms[0].learning.individual = false;
        scenario.experiences["respond-to-desire"].support.respond = 1.0;
        let resolved = scenario.resolve().expect("it is valid");
        let all = changed(english(), &resolved);
        let paths: Vec<(&str, &str, &str)> = all
            .iter()
            .map(|setting| (&*setting.path, &*setting.value, &*setting.default))
            .collect();
        assert_eq!(
            paths,
            [
                ("simulation.seed", "9223372036854775807", "1"),
                ("populations.everyone.agency.mean", "0.2", "0.5"),
                (
                    "experiences.respond-to-desire.support.respond",
                    "1.0",
                    "0.9"
                ),
                ("firms.shop.learning.individual", "false", "true"),
            ]
        );
        for language in Language::ALL {
            let all = changed(Words::of(language), &resolved);
            assert!(
                all.iter().all(|setting| !setting.meaning.is_empty()),
                "{language:?}: {all:?}"
            );
        }
    }
}
