//! The variants of a scenario side by side: what each changes, what differs at the end, and the charts that the script fills.

use std::fmt::Write as _;

use super::charts;
use super::html::escape;
use super::words::Words;
use crate::analysis::{Compared, Results, VariantResults, Variants};
use crate::scenario::Variant;

/// The section, without its pictures; results are those of the scenario itself.
#[must_use]
pub fn section(words: Words, variants: &Variants, results: Option<&Results>) -> String {
    let mut body = words.paragraph("variants.about");
    body.push_str(&settings(words, variants));
    let Some((_, others)) = variants.all.split_first() else {
        return body;
    };
    if let Some(results) = results {
        let told = (1..=others.len()).map(|place| difference(words, variants, place));
        let told = told.filter(|told| !told.is_empty());
        let told: String = told.map(|told| format!("<li>{told}</li>\n")).collect();
        let _ = writeln!(body, "<ul>\n{told}</ul>");
        let names: Vec<&str> = variants.all.iter().map(|one| one.variant.label()).collect();
        body.push_str(&charts::side_by_side(words, results, &names));
    }
    body
}

/// What a variant changes, as HTML.
pub fn changes(words: Words, variant: &Variant) -> Vec<String> {
    let code = |one: String| format!("<code>{}</code>", escape(&one));
    let mut changes: Vec<String> = variant.settings().map(code).collect();
    if !variant.interventions {
        changes.push(words.say("variants.without").to_owned());
    }
    changes.extend(variant.head_start.as_ref().map(|given| {
        let firm = escape(&given.firm);
        words.fill(
            "variants.given",
            &[
                ("firm", &firm),
                ("period", &given.period),
                ("observations", &given.observations),
            ],
        )
    }));
    changes
}

/// What each variant changes.
fn settings(words: Words, variants: &Variants) -> String {
    let row = |one: &VariantResults| {
        let variant = &one.variant;
        let mut changes = changes(words, variant);
        if variant.is_base() {
            changes.push(words.say("variants.nothing").to_owned());
        }
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"words\">{}</td></tr>\n",
            escape(variant.label()),
            changes.join("<br>")
        )
    };
    let rows: String = variants.all.iter().map(row).collect();
    let [variant, change, label] =
        ["variants.variant", "variants.change", "variants.sets"].map(|key| words.say(key));
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table><thead><tr><th scope=\"col\">{variant}</th>\
         <th scope=\"col\" class=\"words\">{change}</th></tr></thead><tbody>\n{rows}</tbody></table></div>\n"
    )
}

/// Which shares differ at the end from those of the scenario itself, where an interval bears it out: of the variant at a place, of which the scenario itself is
/// the first. Nothing where that is not known.
pub fn difference(words: Words, variants: &Variants, place: usize) -> String {
    let comparison = variants.comparisons.get(place.wrapping_sub(1));
    let (Some(base), Some(other), Some(comparison)) =
        (variants.all.first(), variants.all.get(place), comparison)
    else {
        return String::new();
    };
    let base = &base.variant;
    let is_clear = |one: &Compared| one.difference.low > 0.0 || one.difference.high < 0.0;
    let firms = comparison
        .firms
        .iter()
        .map(|firm| (&firm.name, firm.figures[0]));
    let (variant, base) = (escape(other.variant.label()), escape(base.label()));
    let sentence = |(firm, one): (&String, Compared)| {
        let points = |value: f64| words.digits(&format!("{:.1}", value * 100.0));
        let difference = one.difference;
        let (key, count) = match difference.mean > 0.0 {
            true => ("variants.more", one.directions[0]),
            false => ("variants.less", one.directions[1]),
        };
        let [low, high] = match difference.mean > 0.0 {
            true => [difference.low, difference.high],
            false => [-difference.high, -difference.low],
        };
        words.fill(
            key,
            &[
                ("variant", &variant),
                ("base", &base),
                ("firm", &escape(firm)),
                ("points", &points(difference.mean.abs())),
                ("low", &points(low)),
                ("high", &points(high)),
                ("count", &count),
                ("all", &difference.count),
            ],
        )
    };
    let clear: Vec<String> = firms
        .filter(|(_, one)| is_clear(one))
        .map(sentence)
        .collect();
    match clear.is_empty() {
        true => words.fill("variants.alike", &[("variant", &variant), ("base", &base)]),
        false => clear.join(" "),
    }
}
