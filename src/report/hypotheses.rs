//! What was claimed, and what became of it.

use std::fmt::Write as _;

use super::Report;
use super::html::{drawn, escape};
use crate::analysis::hypotheses::Hypotheses;
use crate::chart::{Style, hypothesis_in_words};
use crate::scenario::ChartStyle;

/// Name of the chart of hypotheses.
pub const CHART: &str = "hypotheses";

/// What was claimed, and what became of it.
pub fn section(report: &Report<'_>, found: &Hypotheses) -> String {
    let words = report.words();
    let style = Style::new(&ChartStyle {
        language: report.language,
        ..ChartStyle::default()
    });
    let mut body = words.paragraph("hypotheses.about");
    let own = &report.scenario.hypotheses;
    body.push_str("<ul>\n");
    for one in found.all.iter().take(100) {
        let asked = own.get((one.number as usize).saturating_sub(1));
        let mut told = escape(&hypothesis_in_words(&style, one));
        if report.scenario.sweep.is_some() {
            told = format!(
                "{}: {told}",
                words.fill("hypotheses.point", &[("point", &one.point)])
            );
        }
        let _ = write!(body, "<li>{told} <code>{}</code>", escape(&one.holds_if));
        if let Some(refuted) = asked
            .map(|asked| asked.refuted_by.trim())
            .filter(|text| !text.is_empty())
        {
            let told = words.fill("hypotheses.refuted_by", &[("what", &escape(refuted))]);
            let _ = write!(body, "<br>{told}");
        }
        if asked.is_some_and(|asked| asked.by_construction) {
            let _ = write!(body, "<br>{}", words.say("hypotheses.by_construction"));
        }
        body.push_str("</li>\n");
    }
    body.push_str("</ul>\n");
    let figures = report
        .pictures
        .iter()
        .filter(|figure| figure.name() == CHART);
    body + &figures.map(drawn).collect::<String>()
}
