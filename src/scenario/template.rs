//! The commented scenario that `flywheel new` writes.
//!
//! The comments come from the JSON Schema (description, range, default), so they cannot go stale;
//! only the market in the middle is written by hand.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::SCHEMA_LINE;
use super::structure::{definition, describe, resolve};

/// A scenario to start from: valid as it is, each section with all its keys as comments.
///
/// `name` should be the stem of the file, since the text mentions it.
#[must_use]
pub fn template(name: &str) -> String {
    let mut text = head(name);
    section(
        &mut text,
        "[simulation]",
        "Simulation",
        &["precision", "until_decided"],
    );
    text.push_str(PRECISION);
    section(&mut text, "[market]", "Market", &[]);
    text.push_str(CUSTOMERS);
    keys(&mut text, "Population", "", &["name"]);
    text.push_str(KINDS);
    text.push_str(FIRM_DEFAULTS);
    keys(&mut text, "FirmDefaults", "", &["experience"]);
    text.push_str(FIRMS);
    text.push_str(EXPERIENCES);
    keys(&mut text, "Experience", "", &[]);
    text.push_str(INTERVENTIONS);
    text.push_str(VARIANTS);
    text.push_str(SWEEP);
    text
}

/// A lesson to start from: two firms, a question, and a change that is a variant; valid as it is.
///
/// `name` should be the stem of the file, since the text mentions it.
#[must_use]
pub fn lesson_template(name: &str) -> String {
    format!("{SCHEMA_LINE}\n{}", LESSON.replace("NAME", name))
}

const LESSON: &str = include_str!("lesson.toml");

fn head(name: &str) -> String {
    format!(
        "\
{SCHEMA_LINE}
# A market of connected customer experiences. `flywheel check {name}.toml` finds mistakes, `flywheel run {name}.toml` runs it.
# Value is in units of the willingness to pay for a perfectly fitting solution (= 1); time is in periods, counted from 0.
# Every key that is left out has its default. A line such as `#periods = 300`, without a blank, shows a key at its default:
# take the `#` away and change the value. The line above it says what the key means and what it may be.

title = \"Four connected experiences\"
description = \"Which experience wins when customers differ in taste and firms learn from every transaction?\"
"
    )
}

const CUSTOMERS: &str = "
# Who buys. Write [[populations]] again, with another name, for customers who differ from these.
[[populations]]
name = \"customers\"
";

const KINDS: &str = "\
# Needs that differ in what is at stake: need.kinds = [{ name = \"refill\", share = 3, mistake_cost = 0.05 }, { name = \"gift\", share = 1, mistake_cost = 1.0 }]
";

const FIRM_DEFAULTS: &str = "
# What all firms have in common; a firm below may differ, key by key.
# Other prices: price = { rule = \"value-share\", share = 0.5, start = 0.3, speed = 0.1 }
[firm_defaults]
";

const FIRMS: &str = "
# Who competes: one [[firms]] for each firm, with a name and the experience that it offers.
# Other experiences than a name, each a rule:
#   experience = { rule = \"portfolio\", by_population = { customers = \"coach-behavior\" }, otherwise = \"curated-offering\" }
#   experience = { rule = \"portfolio\", by_need = { gift = \"curated-offering\" }, otherwise = \"automatic-execution\" }
#   experience = { rule = \"graduated\", steps = [{ experience = \"curated-offering\" }, { experience = \"automatic-execution\", knowledge = 0.8, max_agency = 0.5, max_stakes = 0.2 }] }
#   experience = { rule = \"adaptive\", candidates = [\"curated-offering\", \"coach-behavior\"], review_every = 20, explore = 0.1, memory = 0.5 }
#   experience = { rule = \"imitate\", start = \"curated-offering\", review_every = 20, explore = 0.05 }
# `count = 5` makes five identical firms: NAME-1 to NAME-5.
[[firms]]
name = \"responder\"
experience = \"respond-to-desire\"

[[firms]]
name = \"curator\"
experience = \"curated-offering\"

[[firms]]
name = \"coach\"
experience = \"coach-behavior\"

[[firms]]
name = \"automat\"
experience = \"automatic-execution\"
";

const EXPERIENCES: &str = "
# Experiences: change keys of a preset, or define one of your own under a new name, giving every key.
#[experiences.coach-behavior]
";

const INTERVENTIONS: &str = "
# What changes while the market runs, from the start of a period on; `*` in place of a name means all.
#[[interventions]]
#period = 150
#set = { \"populations.*.data_sharing\" = 0.5, \"firms.coach.price\" = 0.35 }
";

const VARIANTS: &str = "
# The same market with something changed, and the same draws: what differs is due to the change. `set` takes what a sweep can vary;
# `interventions = false` and head_start = { firm = \"coach\", period = 20, observations = 1.0 } are other things that can differ.
#[[variants]]
#name = \"aware\"
#title = \"Customers notice nearly all needs\"
#set = { \"populations.*.awareness\" = 0.95 }

# What you expect, said before the run, which says whether it is supported, refuted or undecided. until_decided = { at_most = 200 } under
# [simulation] adds replicates until all are decided.
#[[hypotheses]]
#claim = \"The coach gains where customers notice less\"
#holds_if = \"share of coach > share of coach in aware\"
";

const PRECISION: &str = "\
# More replicates until every firm's 95 % interval is narrow enough: precision = { of = \"share\", half_width = 0.005, at_most = 1000 }
";

const SWEEP: &str = "
# Many points of the parameter space in one run: here every combination of the axes' values. `keys` moves several parameters together.
# design = \"latin-hypercube\" or \"sobol\", with `samples = 256`, draws from range = { from = 0.2, to = 0.4 }, or with scale = \"log\" by ratios;
# design = \"list\" takes [[sweep.points]] instead, each with paths and values.
#[sweep]
#design = \"grid\"
#[[sweep.axes]]
#key = \"populations.*.need.rate\"
#label = \"Needs per period\"
#values = [0.1, 0.3]
#[[sweep.axes]]
#key = \"firms.*.price\"
#range = { from = 0.2, to = 0.4, steps = 5 }

# Which parameters an outcome depends on, over the ranges of a sampled sweep:
# [[analyses]] with kind = \"sensitivity\", method = \"sobol\" (or \"morris\"), outcome = \"share\", firm = \"automat\" and samples = 1024
";

fn section(text: &mut String, header: &str, table: &str, skip: &[&str]) {
    let about = definition(table)["description"]
        .as_str()
        .unwrap_or_default();
    let _ = writeln!(text, "\n# {about}\n{header}");
    keys(text, table, "", skip);
}

/// Every key of a table as a comment, keys of subtables with dots.
fn keys(text: &mut String, table: &str, before: &str, skip: &[&str]) {
    let Some(properties) = definition(table)["properties"].as_object() else {
        return;
    };
    for (key, part) in properties {
        if skip.contains(&key.as_str()) {
            continue;
        }
        match resolve(part)["properties"].as_object() {
            Some(inner) => {
                for (inner_key, inner_part) in inner {
                    entry(text, &format!("{before}{key}.{inner_key}"), inner_part);
                }
            }
            None => entry(text, &format!("{before}{key}"), part),
        }
    }
}

fn entry(text: &mut String, key: &str, part: &Json) {
    let about = part["description"].as_str().unwrap_or_default();
    let allowed = describe(part);
    let _ = writeln!(text, "# {about} ({allowed})");
    let _ = writeln!(text, "#{key} = {}", example(key, part));
}

/// The default; keys of experiences, which have none, show what the preset in the comment has.
fn example(key: &str, part: &Json) -> String {
    match &part["default"] {
        Json::Null => preset_value(key),
        default => default.to_string(),
    }
}

fn preset_value(key: &str) -> String {
    let coach = super::preset("coach-behavior").map(|coach| super::merge::to_node(&coach));
    let path: Vec<&str> = key.split('.').collect();
    coach
        .as_ref()
        .and_then(|coach| coach.at(&path))
        .map_or_else(String::new, |node| node.to_json().to_string())
}
