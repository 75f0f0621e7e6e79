//! The whole file as a type, only to describe it: the JSON Schema of scenario files.
//!
//! A new top-level table is a new field of [`ScenarioFile`] and its type; the structural checks
//! follow the schema, so they know the table at once.

use indexmap::IndexMap;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::limits::{LARGEST_SEED, LONGEST_PROSE, LONGEST_TEXT};
use super::{
    Analysis, Calibrate, Chart, ChartStyle, Experience, Firm, Hypothesis, Intervention, Lab,
    Lesson, Market, Play, Population, Simulation, Sweep, Variant, presets,
};

/// A market of connected customer experiences: who competes for which customers, for how long, and what changes meanwhile.
#[derive(JsonSchema)]
#[schemars(title = "Flywheel scenario", deny_unknown_fields)]
#[expect(dead_code, reason = "described, never built")]
struct ScenarioFile {
    /// Place of this JSON Schema, for editors.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// Name: letters, digits, `-` and `_`; the name of the output folder. Left out: the file's name.
    name: Option<String>,
    /// Title, in words for an audience.
    #[schemars(default)]
    title: String,
    /// The question that the scenario answers, in Markdown.
    #[schemars(default, length(max = LONGEST_PROSE))]
    description: String,
    /// Length, repetition and seed of the simulation.
    #[schemars(default)]
    simulation: Simulation,
    /// What all firms and customers share: the space of tastes, frictions, reputation, rules on data.
    #[schemars(default)]
    market: Market,
    /// The customers, one table per population.
    #[schemars(length(min = 1))]
    populations: Vec<Population>,
    /// Experiences by name: changed keys of a preset (respond-to-desire, curated-offering, coach-behavior, automatic-execution), or all keys of a new one.
    #[schemars(default)]
    experiences: IndexMap<String, Experience>,
    /// What firms have in common: fills, key by key, what a firm leaves out.
    firm_defaults: Option<Firm>,
    /// The firms, one table per firm or group of identical firms.
    #[schemars(length(min = 1))]
    firms: Vec<Firm>,
    /// What changes while the market runs.
    #[schemars(default)]
    interventions: Vec<Intervention>,
    /// Points of the parameter space to simulate in place of this one scenario.
    sweep: Option<Sweep>,
    /// Worlds to compare with the scenario, simulated with the same random draws.
    #[schemars(default)]
    variants: Vec<Variant>,
    /// What is claimed of the figures, stated before they are known.
    #[schemars(default)]
    hypotheses: Vec<Hypothesis>,
    /// Questions that need runs of their own.
    #[schemars(default)]
    analyses: Vec<Analysis>,
    /// Which parameters could have made a log of purchases; see `flywheel calibrate`.
    calibrate: Option<Calibrate>,
    /// The scenario as a lesson for a class; see `flywheel course`.
    lesson: Option<Lesson>,
    /// What the lab offers to change; see `flywheel lab`.
    lab: Option<Lab>,
    /// The rules by which teams play the market; see `flywheel lab`.
    play: Option<Play>,
    /// How charts look.
    #[schemars(default)]
    chart_style: ChartStyle,
    /// The charts to draw. Left out: those of every kind that suits the scenario.
    #[schemars(default)]
    charts: Vec<Chart>,
}

/// The JSON Schema (draft 2020-12) of scenario files, generated from the types that hold a scenario.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = full_schema();
    drop_key(&mut schema, "x-change");
    schema
}

/// The same, with what only this program reads: `x-change` says when a key can take another value. Strict validators
/// refuse keywords that they do not know.
pub(crate) fn full_schema() -> Value {
    let mut schema = SchemaGenerator::default()
        .into_root_schema_for::<ScenarioFile>()
        .to_value();
    drop_nulls(&mut schema);
    if let Some(definitions) = schema["$defs"].as_object_mut() {
        loosen_experiences(definitions);
        describe_firms(definitions);
        drop_empty_defaults(definitions);
    }
    schema["properties"]["firm_defaults"]["$ref"] = json!("#/$defs/FirmDefaults");
    drop_table_defaults(&mut schema);
    drop_formats(&mut schema);
    name_experiences(&mut schema);
    limit_texts(&mut schema);
    schema
}

/// Takes a keyword out of every part.
fn drop_key(schema: &mut Value, key: &str) {
    match schema {
        Value::Object(object) => {
            object.shift_remove(key);
            object.values_mut().for_each(|part| drop_key(part, key));
        }
        Value::Array(items) => items.iter_mut().for_each(|part| drop_key(part, key)),
        _ => {}
    }
}

/// Formats such as `uint32` are schemars' own, and validators refuse them: bounds say the same.
fn drop_formats(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let most = match object
                .shift_remove("format")
                .as_ref()
                .and_then(Value::as_str)
            {
                Some("uint32") => Some(u64::from(u32::MAX)),
                Some("uint64") => Some(LARGEST_SEED),
                _ => None,
            };
            if let Some(most) = most {
                object.entry("maximum").or_insert_with(|| most.into());
            }
            object.values_mut().for_each(drop_formats);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_formats),
        _ => {}
    }
}

/// Texts whose length nothing else limits.
fn limit_texts(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let is_text = object.get("type").is_some_and(|kind| kind == "string");
            if is_text && !object.contains_key("const") {
                object
                    .entry("maxLength")
                    .or_insert_with(|| LONGEST_TEXT.into());
            }
            object.values_mut().for_each(limit_texts);
        }
        Value::Array(items) => items.iter_mut().for_each(limit_texts),
        _ => {}
    }
}

/// Where an experience is named, editors offer the presets.
fn name_experiences(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let keys = object.get_mut("properties").and_then(Value::as_object_mut);
            for (key, part) in keys.into_iter().flatten() {
                let text = match key.as_str() {
                    "experience" | "otherwise" | "start" => Some(part),
                    "candidates" | "experiences" => part.get_mut("items"),
                    "by_population" => part.get_mut("additionalProperties"),
                    _ => None,
                };
                if let Some(text) = text.filter(|text| text["type"] == "string") {
                    text["examples"] = json!(presets().map(|(name, _)| name));
                }
            }
            object.values_mut().for_each(name_experiences);
        }
        Value::Array(items) => items.iter_mut().for_each(name_experiences),
        _ => {}
    }
}

/// An experience may leave keys out when it changes a preset, which no schema can know from the name.
fn loosen_experiences(definitions: &mut Map<String, Value>) {
    for name in ["Experience", "Support"] {
        if let Some(definition) = definitions.get_mut(name).and_then(Value::as_object_mut) {
            definition.remove("required");
        }
    }
}

/// Adds the defaults of firms (a firm without name and count), and names the presets.
fn describe_firms(definitions: &mut Map<String, Value>) {
    let Some(firm) = definitions.get_mut("Firm") else {
        return;
    };
    let names: Vec<&str> = presets().iter().map(|(name, _)| *name).collect();
    firm["properties"]["experience"]["description"] = json!(format!(
        "The experience that the firm offers: {}, an own one of [experiences], or a rule.",
        names.join(", ")
    ));
    let mut defaults = firm.clone();
    defaults["description"] = json!("What firms have in common.");
    if let Some(table) = defaults.as_object_mut() {
        table.remove("required");
    }
    if let Some(properties) = defaults["properties"].as_object_mut() {
        properties.shift_remove("name");
        properties.shift_remove("count");
    }
    definitions.insert("FirmDefaults".to_owned(), defaults);
}

/// A required key has no default, whatever Rust needs to build the type.
fn drop_empty_defaults(definitions: &mut Map<String, Value>) {
    for (table, key) in [
        ("Population", "name"),
        ("Firm", "name"),
        ("Firm", "experience"),
        ("FirmDefaults", "experience"),
    ] {
        if let Some(property) = definitions
            .get_mut(table)
            .and_then(|t| t["properties"][key].as_object_mut())
        {
            property.remove("default");
        }
    }
}

/// What is optional may be left out, but is never null: TOML has no null.
fn drop_nulls(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some([one, null]) = object
                .get("type")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                && null == "null"
            {
                let one = one.clone();
                object.insert("type".to_owned(), one);
            }
            let alternatives = object.get("anyOf").and_then(Value::as_array);
            if let Some([one, null]) = alternatives.map(Vec::as_slice)
                && null["type"] == "null"
                && !one["$ref"].is_null()
            {
                let reference = one["$ref"].clone();
                object.remove("anyOf");
                object.insert("$ref".to_owned(), reference);
            }
            object.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// Tables repeat the defaults of their keys; the keys say it better.
fn drop_table_defaults(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("default").is_some_and(Value::is_object) {
                object.remove("default");
            }
            object.values_mut().for_each(drop_table_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_table_defaults),
        _ => {}
    }
}
