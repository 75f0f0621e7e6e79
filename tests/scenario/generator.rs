//! Scenarios from a seeded generator: over all that the schema allows, at its limits and beyond, and broken as texts.

use flywheel::scenario::json_schema;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::Value as Json;

/// What no scenario in these tests exceeds, so that all of them run in no time.
const SMALL: [(&str, u64); 6] = [
    ("periods", 5),
    ("replicates", 2),
    ("customers", 25),
    ("assortment", 20),
    ("count", 3),
    ("taste_dimensions", 8),
];

/// Writes scenarios.
pub struct Generator {
    random: StdRng,
    schema: Json,
    /// How often a value is wrong.
    wrong: f64,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let wrong = *[0.0, 0.0, 0.02, 0.2].choose(&mut random).expect("some");
        Self {
            random,
            schema: json_schema(),
            wrong,
        }
    }

    pub fn scenario(&mut self) -> String {
        let mut text = String::new();
        for (header, table, number) in [
            ("[simulation]", "Simulation", 1),
            ("[market]", "Market", 1),
            (
                "[firm_defaults]",
                "FirmDefaults",
                self.random.random_range(0..2),
            ),
            (
                "[[populations]]",
                "Population",
                self.random.random_range(1..3),
            ),
            ("[[firms]]", "Firm", self.random.random_range(1..4)),
            (
                "[experiences.coach-behavior]",
                "Experience",
                self.random.random_range(0..2),
            ),
        ] {
            for index in 0..number {
                text += &format!("{header}\n");
                if header.starts_with("[[") {
                    text += &format!("name = \"{} {index}\"\n", table.to_lowercase());
                }
                if table == "Firm" {
                    text += &format!("experience = {}\n", self.experience());
                }
                text += &self.keys(table);
            }
        }
        text += &self.interventions();
        match self.random.random_range(0..4) {
            0 => self.broken(&text),
            _ => text,
        }
    }

    fn experience(&mut self) -> &'static str {
        let rules = [
            "\"respond-to-desire\"",
            "\"curated-offering\"",
            "\"coach-behavior\"",
            "\"automatic-execution\"",
            "{ rule = \"portfolio\", by_population = {}, otherwise = \"coach-behavior\" }",
            "{ rule = \"graduated\", steps = [{ experience = \"curated-offering\" }, { experience = \"coach-behavior\", knowledge = 0.5 }] }",
            "{ rule = \"adaptive\", candidates = [\"coach-behavior\", \"curated-offering\"], review_every = 2 }",
            "{ rule = \"imitate\", start = \"coach-behavior\", review_every = 2 }",
            "\"coach\"",
        ];
        let known = if self.random.random_bool(self.wrong) {
            rules.len()
        } else {
            rules.len() - 1
        };
        rules[..known].choose(&mut self.random).expect("some")
    }

    /// Some keys of a table of the schema, with values of all kinds.
    fn keys(&mut self, table: &str) -> String {
        let mut lines = String::new();
        for (key, part) in self.numbers(table) {
            // what depends on other keys: tables of their own, and a drift that is at most the spread
            let depends = key.starts_with("record.") || key.starts_with("precision.");
            if (depends || key == "taste.drift") && !self.random.random_bool(self.wrong) {
                continue;
            }
            let small = SMALL.iter().find(|(name, _)| *name == key);
            if self.random.random_bool(0.6) && small.is_none() {
                continue;
            }
            let value = match small {
                _ if self.random.random_bool(self.wrong) => self.wrong_value(&part),
                Some((_, most)) => self.random.random_range(1..=*most).to_string(),
                None => self.value(&part),
            };
            lines += &format!("{key} = {value}\n");
        }
        lines
    }

    /// The keys of a table, those of subtables with dots, that take numbers or truth values.
    fn numbers(&self, table: &str) -> Vec<(String, Json)> {
        let resolve = |part: &Json| match part["$ref"].as_str() {
            Some(place) => self
                .schema
                .pointer(&place[1..])
                .cloned()
                .unwrap_or_default(),
            None => part.clone(),
        };
        let is_plain = |part: &Json| {
            ["number", "integer", "boolean"]
                .iter()
                .any(|kind| part["type"] == *kind)
        };
        let mut found = Vec::new();
        for (key, part) in self.schema["$defs"][table]["properties"]
            .as_object()
            .into_iter()
            .flatten()
        {
            let part = resolve(part);
            if is_plain(&part) {
                found.push((key.clone(), part.clone()));
            }
            for (inner, part) in part["properties"].as_object().into_iter().flatten() {
                if is_plain(part) {
                    found.push((format!("{key}.{inner}"), part.clone()));
                }
            }
            // a price, a funding
            let plain = part["anyOf"]
                .as_array()
                .into_iter()
                .flatten()
                .find(|part| part["type"] == "number");
            found.extend(plain.map(|part| (key.clone(), part.clone())));
        }
        found
    }

    /// A value that a part of the schema allows: often one of its limits.
    fn value(&mut self, part: &Json) -> String {
        if part["type"] == "boolean" {
            return self.random.random_bool(0.5).to_string();
        }
        let bound = |keys: [&str; 2]| keys.iter().find_map(|key| part[key].as_f64());
        let low = bound(["minimum", "exclusiveMinimum"]).unwrap_or(-1e6);
        let high = bound(["maximum", "exclusiveMaximum"]).unwrap_or(1e6);
        let inside = |number: f64| {
            part["exclusiveMinimum"].as_f64() != Some(number)
                && part["exclusiveMaximum"].as_f64() != Some(number)
        };
        if part["type"] == "integer" {
            let high = high.min(1000.0) as i64;
            return self.random.random_range(low as i64..=high).to_string();
        }
        let number = match self.random.random_range(0..5) {
            0 => low,
            1 => high,
            2 => low + (high - low) * self.random.random_range(0.0..1.0),
            // many sizes
            _ => (low.max(1e-9) * (high / low.max(1e-9)).powf(self.random.random_range(0.0..1.0)))
                .clamp(low, high),
        };
        let number = if inside(number) {
            number
        } else {
            f64::midpoint(low, high)
        };
        format!("{number:?}")
    }

    /// A value that no part of the schema allows, or few.
    fn wrong_value(&mut self, part: &Json) -> String {
        let values = [
            "-1",
            "-1e39",
            "1e39",
            "1e-39",
            "1e308",
            "nan",
            "-inf",
            "inf",
            "18446744073709551616",
            "\"0.5\"",
            "\"\"",
            "[]",
            "{}",
            "[0.1, 0.2]",
            "true",
            "2026-11-29",
            ".5",
            "5.",
            "0,5",
            "1,000",
            "40%",
            "“0.5”",
            "30;",
            "\"\\u0000\"",
            "\"\\uFFFF\"",
        ];
        let wrong = (*values.choose(&mut self.random).expect("some")).to_owned();
        if self.random.random_bool(0.1) {
            self.value(part)
        } else {
            wrong
        }
    }

    fn interventions(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.random.random_range(0..3) {
            let (path, value) = *[
                ("market.friction.request", "0.5"),
                ("market.data_pooling", "true"),
                ("populations.*.need.rate", "1.0"),
                ("populations.*.data_sharing", "0.0"),
                ("populations.*.taste.spread", "1000000.0"),
                ("populations.*.taste.drift", "0.0"),
                ("experiences.*.control", "1.0"),
                ("firms.*.price", "0.0"),
                ("firms.*.learning.individual", "false"),
                ("firms.firm 0.experience", "\"curated-offering\""),
                ("firms.nobody.price", "1.0"),
                ("market.taste_dimensions", "3"),
            ][..if self.random.random_bool(self.wrong) {
                12
            } else {
                10
            }]
                .choose(&mut self.random)
                .expect("some");
            let last = if self.random.random_bool(self.wrong) {
                6
            } else {
                0
            };
            let period = self.random.random_range(0..=last);
            text += &format!("[[interventions]]\nperiod = {period}\nset.\"{path}\" = {value}\n");
        }
        text
    }

    /// The text with a few slips of the keyboard.
    fn broken(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        for _ in 0..self.random.random_range(1..4) {
            let at = self.random.random_range(0..letters.len());
            let other = *[
                '=', '"', '[', ']', '\n', '.', ',', '#', 'x', '0', '-', '\'', '{', 'é', '\u{0}',
                '“', '\t',
            ]
            .choose(&mut self.random)
            .expect("some");
            match self.random.random_range(0..3) {
                0 => letters[at] = other,
                1 => letters.insert(at, other),
                _ => drop(letters.remove(at)),
            }
        }
        letters.into_iter().collect()
    }
}
