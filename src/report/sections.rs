//! The sections of the page, in the order of the story.

use std::fmt::Write as _;

use super::again::{again, differing};
use super::charts::{Chapter, places};
use super::html::{drawn, escape, scrolling, set_option};
use super::lesson::question::untold;
use super::words::Words;
use super::{Report, cast, hypotheses, markdown, story, tables, variants};
use crate::analysis::{Findings, Results};
use crate::chart::{Figure, Subject};
use crate::scenario::{ChartKind, Scenario, closing};

/// A section of the page.
pub struct Section {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading, as HTML.
    pub title: &'static str,
    body: String,
}

impl Section {
    /// The section as HTML.
    fn to_html(&self) -> String {
        let Self { id, title, body } = self;
        format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>\n{body}</section>\n"
        )
    }
}

/// The sections that this report has; of one whose lesson is told, those after it.
pub fn all(report: &Report<'_>, is_told: bool) -> Vec<Section> {
    let words = report.words();
    let scenario = report.scenario;
    let results = match report.findings {
        Findings::Series(results) => Some(&**results),
        Findings::Points(_) => None,
    };
    let mut sections = Vec::new();
    if !is_told {
        sections.push(("question", question(words, scenario)));
        if let Some(lesson) = &scenario.lesson {
            sections.push(("lesson", untold(words, lesson)));
        }
    }
    sections.push(("who", who(report)));
    match report.findings {
        Findings::Series(results) => {
            sections.push(("happened", happened(report)));
            sections.push(("why", why(report, results)));
        }
        Findings::Points(results) if results.axes.is_empty() => {
            sections.push(("happened", happened(report)));
        }
        Findings::Points(_) => {}
    }
    if let Some(found) = report.hypotheses {
        sections.push(("hypotheses", hypotheses::section(report, found)));
    }
    if let Some(found) = report.variants {
        let body = variants::section(words, found, results);
        sections.push(("variants", body + &compared(report)));
    }
    sections.push(("change", change(report)));
    sections.push(("settings", differing(words, scenario)));
    sections.push(("again", again(report)));
    let section = |(id, body)| Section {
        id,
        title: words.say(&format!("sections.{id}")),
        body,
    };
    sections.into_iter().map(section).collect()
}

/// The run in one line: who, how long, how often.
pub fn facts(report: &Report<'_>) -> String {
    let (words, scenario) = (report.words(), report.scenario);
    let count = |number: u64, noun: &str| words.things(noun, number);
    let customers = scenario
        .populations
        .iter()
        .map(|population| u64::from(population.customers))
        .sum();
    let mut facts = vec![
        count(report.actors().len() as u64, "firm"),
        count(customers, "customer"),
        count(u64::from(scenario.simulation.periods), "period"),
    ];
    if let Findings::Points(results) = report.findings
        && !results.axes.is_empty()
    {
        facts.push(count(results.points.len() as u64, "point"));
    }
    facts.push(count(u64::from(report.findings.replicates()), "replicate"));
    facts.join(" · ")
}

fn question(words: Words, scenario: &Scenario) -> String {
    if scenario.description.trim().is_empty() {
        return words.paragraph("question.none");
    }
    markdown::to_html(&scenario.description)
}

fn who(report: &Report<'_>) -> String {
    let results = match report.findings {
        Findings::Series(results) => Some(&**results),
        Findings::Points(_) => None,
    };
    let words = report.words();
    format!(
        "{}<h3 class=\"group\">{}</h3>\n<div class=\"cards\">\n{}</div>\n<h3 class=\"group\">{}</h3>\n<div class=\"cards wide\">\n{}</div>\n",
        words.paragraph("who.journey"),
        words.say("who.firms"),
        cast::firm_cards(words, report.scenario, &report.actors(), results),
        words.say("who.customers"),
        cast::population_cards(words, report.scenario),
    )
}

fn happened(report: &Report<'_>) -> String {
    let (words, actors) = (report.words(), report.actors());
    let color = |name: &str| cast::color(&actors, name);
    let mut body = partial(report);
    let table = match report.findings {
        Findings::Series(results) => {
            body.push_str(&words.paragraph("story.terms"));
            body.push_str(&story::story(words, results));
            body.push_str(&story::basis(words, results.replicates, results.closing));
            body.push_str(&words.paragraph("story.table_terms"));
            let firms = results.firms.iter();
            tables::outcome(
                words,
                firms.map(|firm| (&*firm.name, &*firm.summary)),
                results.replicates,
                color,
            )
        }
        Findings::Points(results) => {
            let periods = report.scenario.simulation.periods;
            let closing = closing(periods);
            let closing = (closing.start, closing.end.saturating_sub(1));
            body.push_str(&words.paragraph("story.terms"));
            body.push_str(&story::basis(words, results.replicates, closing));
            body.push_str(&words.paragraph("story.table_terms"));
            body.push_str(&words.paragraph("story.thinned"));
            let firms = results.points.iter().flat_map(|point| &point.firms);
            tables::outcome(
                words,
                firms.map(|firm| (&*firm.name, &*firm.summary)),
                results.replicates,
                color,
            )
        }
    };
    let _ = writeln!(
        body,
        "{}",
        scrolling(words.say("story.outcome_table"), &table)
    );
    if let Findings::Series(results) = report.findings {
        body.push_str("<div id=\"standing\" class=\"script\" hidden></div>\n");
        let _ = write!(
            body,
            "<div class=\"charts\">\n{}</div>\n",
            places(words, results, Chapter::Happened)
        );
        let fallback = pictures(report, None);
        let told = words.paragraph("page.no_scripts");
        let _ = writeln!(body, "<noscript>{told}{fallback}</noscript>");
    }
    body
}

/// The bar of controls, which the script fills and which stays in view among what it moves.
pub fn controls(words: Words) -> String {
    format!(
        "<div id=\"controls\" class=\"script\" role=\"group\" aria-label=\"{}\" hidden></div>\n",
        words.say("page.controls")
    )
}

/// The sections as HTML. Those with interactive charts share a bar of controls.
pub fn to_html(words: Words, sections: &[Section]) -> String {
    let is_explored =
        |section: &Section| ["happened", "why", "hypotheses", "variants"].contains(&section.id);
    let first = sections.iter().position(is_explored).unwrap_or(0);
    let last = sections
        .iter()
        .rposition(is_explored)
        .map_or(first, |last| last + 1);
    let (before, explored, after) = (
        &sections[..first],
        &sections[first..last],
        &sections[last..],
    );
    format!(
        "{}<div class=\"explore\">\n{}{}</div>\n{}",
        plain(before),
        controls(words),
        plain(explored),
        plain(after)
    )
}

/// Sections as HTML, without a bar of controls.
pub fn plain(sections: &[Section]) -> String {
    sections.iter().map(Section::to_html).collect()
}

/// Whether a chart has no interactive version on the page.
pub fn stands_still(figure: &Figure) -> bool {
    chapter(figure).is_some()
}

fn why(report: &Report<'_>, results: &Results) -> String {
    let words = report.words();
    let mut body = words.paragraph("why.loop");
    let _ = write!(
        body,
        "<div class=\"charts\">\n{}</div>\n",
        places(words, results, Chapter::Why)
    );
    body + &pictures(report, Some(Chapter::Why))
}

fn change(report: &Report<'_>) -> String {
    let words = report.words();
    let mut body = String::new();
    let pictures = pictures(report, Some(Chapter::Change));
    match report.findings {
        Findings::Points(results) if !results.axes.is_empty() => {
            body.push_str(&partial(report));
            body.push_str(&about_sweep(report, results.replicates));
            body.push_str(&pictures);
            let _ = writeln!(
                body,
                "{}",
                scrolling(
                    words.say("change.sweep_table"),
                    &tables::sweep(words, results)
                )
            );
        }
        _ if pictures.is_empty() => body.push_str(&try_this(words, report.scenario)),
        _ => body.push_str(&pictures),
    }
    body
}

/// What a sweep is, and what its numbers rest on.
fn about_sweep(report: &Report<'_>, replicates: u32) -> String {
    let words = report.words();
    let sweep = report.scenario.sweep.as_ref();
    let luck = if sweep.is_some_and(|sweep| sweep.common_random_numbers) {
        "change.sweep_common"
    } else {
        "change.sweep_apart"
    };
    let basis = if replicates < 2 {
        "change.sweep_once"
    } else {
        "change.sweep_often"
    };
    let told = ["change.sweep", luck, basis].map(|key| words.say(key));
    format!("<p>{}</p>\n", told.concat())
}

/// Commands that change one thing.
fn try_this(words: Words, scenario: &Scenario) -> String {
    let Some(population) = scenario.populations.first() else {
        return String::new();
    };
    let other = |value: f64| if value < 0.5 { 0.9 } else { 0.2 };
    let portable = if scenario.market.data_portability < 0.5 {
        1.0
    } else {
        0.0
    };
    let changes = [
        (
            "change.awareness",
            format!("populations.*.awareness={}", other(population.awareness)),
        ),
        (
            "change.agency",
            format!(
                "populations.*.agency.mean={}",
                other(population.agency.mean)
            ),
        ),
        (
            "change.portability",
            format!("market.data_portability={portable}"),
        ),
    ];
    let mut body = words.paragraph("change.try") + "<ul>\n";
    for (what, set) in changes {
        let what = words.say(what);
        let _ = writeln!(
            body,
            "<li>{what}: <code>flywheel run scenario.toml {} -o changed</code></li>",
            escape(&set_option(&set))
        );
    }
    body.push_str("</ul>\n");
    body.push_str(&words.paragraph("change.sweeps"));
    body
}

/// Says so where replicates are missing.
fn partial(report: &Report<'_>) -> String {
    let (done, asked) = (
        report.findings.replicates(),
        report.scenario.simulation.replicates,
    );
    if done >= asked {
        return String::new();
    }
    let told = report
        .words()
        .fill("story.not_finished", &[("done", &done), ("asked", &asked)]);
    format!("<p class=\"note\">{told}</p>\n")
}

/// Where a chart stands; none if the page shows the same with an interactive chart of its own.
fn chapter(figure: &Figure) -> Option<Chapter> {
    use ChartKind as Of;
    match figure.subject() {
        Some(Subject::Chart { named, kind }) => match kind {
            Of::Sweep | Of::SweepLeader => Some(Chapter::Change),
            Of::Share
            | Of::Advantage
            | Of::Fit
            | Of::Value
            | Of::Frontier
            | Of::Market
            | Of::Map
                if !named =>
            {
                None
            }
            _ => Some(Chapter::Why),
        },
        Some(Subject::Analysis { kind, .. }) => Some(if kind.tells_change() {
            Chapter::Change
        } else {
            Chapter::Why
        }),
        Some(Subject::Comparison) | None => Some(Chapter::Variants),
    }
}

/// The charts of variants.
fn compared(report: &Report<'_>) -> String {
    let figures = report.pictures.iter();
    figures
        .filter(|figure| {
            chapter(figure) == Some(Chapter::Variants) && figure.name() != hypotheses::CHART
        })
        .map(drawn)
        .collect()
}

/// The charts of a chapter, or those that the page has interactive versions of.
fn pictures(report: &Report<'_>, of: Option<Chapter>) -> String {
    let figures = report.pictures.iter();
    figures
        .filter(|figure| chapter(figure) == of)
        .map(drawn)
        .collect()
}
