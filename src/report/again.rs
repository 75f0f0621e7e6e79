//! What it takes to do the run again: its settings, and its facts.

use std::fmt::Write as _;

use super::html::{escape, scrolling};
use super::words::Words;
use super::{Report, settings};
use crate::experiment::scenario_hash;
use crate::scenario::Scenario;

/// The settings that differ from their defaults, and what changes meanwhile.
pub fn differing(words: Words, scenario: &Scenario) -> String {
    let settings = settings::changed(words, scenario);
    let heading = |key: &str| format!("<th scope=\"col\">{}</th>", words.say(key));
    let mut body = String::new();
    if settings.is_empty() {
        body.push_str(&words.paragraph("settings.none"));
    } else {
        let heads = ["setting", "here", "default"].map(|key| heading(&format!("settings.{key}")));
        let mut table = format!(
            "<table><thead><tr>{}<th scope=\"col\" class=\"words\">{}</th></tr></thead><tbody>\n",
            heads.concat(),
            words.say("settings.meaning")
        );
        for setting in settings {
            let _ = writeln!(
                table,
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td class=\"words\">{}</td></tr>",
                escape(&setting.path),
                escape(&setting.value),
                if setting.default.is_empty() {
                    "–".to_owned()
                } else {
                    escape(&setting.default)
                },
                code(&setting.meaning)
            );
        }
        table.push_str("</tbody></table>");
        let _ = writeln!(body, "{}", scrolling(words.say("settings.table"), &table));
    }
    let interventions = settings::interventions(scenario);
    if !interventions.is_empty() {
        let heads = ["from_period", "setting", "new_value"];
        let heads = heads
            .map(|key| heading(&format!("settings.{key}")))
            .concat();
        let table = format!(
            "<table><thead><tr>{heads}</tr></thead><tbody>\n{interventions}</tbody></table>"
        );
        let changes = words.say("settings.changes");
        let _ = writeln!(body, "<h3>{changes}</h3>\n{}", scrolling(changes, &table));
    }
    body
}

/// How the run is done again.
pub fn again(report: &Report<'_>) -> String {
    let (words, scenario) = (report.words(), report.scenario);
    let fact =
        |key: &str, value: &str| format!("<div><dt>{}</dt><dd>{value}</dd></div>", words.say(key));
    let facts = [
        fact(
            "again.program",
            concat!("flywheel ", env!("CARGO_PKG_VERSION")),
        ),
        fact("again.seed", &scenario.simulation.seed.to_string()),
        fact(
            "again.replicates",
            &report.findings.replicates().to_string(),
        ),
        fact(
            "again.hash",
            &format!("<code class=\"hash\">{}</code>", scenario_hash(scenario)),
        ),
    ];
    format!(
        "{}<pre class=\"scroll\" tabindex=\"0\"><code>flywheel run scenario.toml</code></pre>\n\
         <dl class=\"facts\">{}</dl>\n\
         <details><summary>{}</summary><pre class=\"scroll\" tabindex=\"0\"><code>{}</code></pre></details>\n",
        words.paragraph("again.same"),
        facts.concat(),
        words.say("again.complete"),
        escape(&scenario.to_toml())
    )
}

/// Text in which backticks enclose what is code, as HTML.
fn code(text: &str) -> String {
    let part = |(number, part): (usize, &str)| match number % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    };
    text.split('`').enumerate().map(part).collect()
}
