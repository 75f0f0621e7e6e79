//! The sections of the page, in the order of the story.

use std::fmt::Write as _;

use super::charts::{Chapter, places};
use super::html::{Numbers, escape};
use super::{Findings, Picture, Report, cast, markdown, settings, story, tables};
use crate::chart::ChartKind;
use crate::experiment::Manifest;
use crate::scenario::Scenario;

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

/// The sections that this report has.
pub fn all(report: &Report<'_>) -> Vec<Section> {
    let mut sections = vec![
        section("question", "The question", question(report.scenario)),
        section("who", "Who competes", who(report)),
    ];
    match report.findings {
        Findings::Series(_) => {
            sections.push(section("happened", "What happened", happened(report)));
            sections.push(section("why", "Why it happened", why(report)));
        }
        Findings::Points(results) if results.axes.is_empty() => {
            sections.push(section("happened", "What happened", happened(report)));
        }
        Findings::Points(_) => {}
    }
    sections.push(section("change", "What would change it", change(report)));
    sections.push(section(
        "settings",
        "Settings that differ from the defaults",
        differing(report.scenario),
    ));
    sections.push(section("again", "How to run it again", again(report)));
    sections
}

fn section(id: &'static str, title: &'static str, body: String) -> Section {
    Section { id, title, body }
}

/// The run in one line: who, how long, how often.
pub fn facts(report: &Report<'_>) -> String {
    let scenario = report.scenario;
    let count = |number: u64, noun: &str| {
        let number_words = Numbers::Decimals(0).write(number as f64);
        let plural = if number == 1 { "" } else { "s" };
        format!("{number_words} {noun}{plural}")
    };
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

fn question(scenario: &Scenario) -> String {
    if scenario.description.trim().is_empty() {
        return "<p>This scenario does not say what it asks: its key <code>description</code> is empty.</p>\n".to_owned();
    }
    markdown::to_html(&scenario.description)
}

fn who(report: &Report<'_>) -> String {
    let results = match report.findings {
        Findings::Series(results) => Some(results),
        Findings::Points(_) => None,
    };
    format!(
        "<p>Customers have needs, and tastes of their own. From need to satisfaction each goes through a <dfn>journey</dfn> of three \
         phases: to <dfn>recognize</dfn> the need, to <dfn>request</dfn> a product for it, and the firm’s <dfn>response</dfn>: \
         ordering, paying, receiving. What is tiresome on the way is its <dfn>friction</dfn>. How a firm connects to its customers \
         along the way is its <dfn>experience</dfn>. The bars say how much of each phase the firm takes over: for recognize, of \
         the needs of a customer whom it knows completely; for the others, of the friction.</p>\n\
         <h3 class=\"group\">Firms</h3>\n<div class=\"cards\">\n{}</div>\n<h3 class=\"group\">Customers</h3>\n<div class=\"cards wide\">\n{}</div>\n",
        cast::firm_cards(report.scenario, &report.actors(), results),
        cast::population_cards(report.scenario),
    )
}

fn happened(report: &Report<'_>) -> String {
    let actors = report.actors();
    let color = |name: &str| cast::color(&actors, name);
    let mut body = partial(report);
    let table = match report.findings {
        Findings::Series(results) => {
            body.push_str(story::TERMS);
            body.push_str(&story::story(results));
            body.push_str(&story::basis(results.replicates, results.closing));
            body.push_str(story::TABLE_TERMS);
            let firms = results.firms.iter();
            tables::outcome(firms.map(|firm| (&*firm.name, &*firm.summary)), color)
        }
        Findings::Points(results) => {
            let periods = report.scenario.simulation.periods;
            let closing = (periods - periods.div_ceil(10), periods.saturating_sub(1));
            body.push_str(story::TERMS);
            body.push_str(&story::basis(results.replicates, closing));
            body.push_str(story::TABLE_TERMS);
            body.push_str("<p>The tables of this run hold only some of its periods, so there are no charts over time.</p>\n");
            let firms = results.points.iter().flat_map(|point| &point.firms);
            tables::outcome(firms.map(|firm| (&*firm.name, &*firm.summary)), color)
        }
    };
    let _ = writeln!(body, "{}", scrolling("The outcome at the end", &table));
    if let Findings::Series(results) = report.findings {
        body.push_str("<div id=\"standing\" class=\"script\" hidden></div>\n");
        let _ = write!(
            body,
            "<div class=\"charts\">\n{}</div>\n",
            places(results.firms.len(), Chapter::Happened)
        );
        let fallback = report
            .pictures
            .iter()
            .filter(|picture| is_interactive(picture));
        let fallback: String = fallback.map(drawn).collect();
        let _ = write!(
            body,
            "<noscript><p>Without scripts the charts are shown as they are in the folder <code>charts</code>.</p>\n{fallback}</noscript>\n"
        );
    }
    body
}

/// The sections as HTML. Those with interactive charts share a bar of controls, which the script fills and which stays in
/// view between them.
pub fn to_html(sections: &[Section]) -> String {
    let is_explored = |section: &Section| ["happened", "why"].contains(&section.id);
    let first = sections.iter().position(is_explored).unwrap_or(0);
    let last = sections
        .iter()
        .rposition(is_explored)
        .map_or(first, |last| last + 1);
    let html = |sections: &[Section]| -> String { sections.iter().map(Section::to_html).collect() };
    let (before, explored, after) = (
        &sections[..first],
        &sections[first..last],
        &sections[last..],
    );
    format!(
        "{}<div class=\"explore\">\n<div id=\"controls\" class=\"script\" role=\"group\" aria-label=\"Controls of all charts\" \
         hidden></div>\n{}</div>\n{}",
        html(before),
        html(explored),
        html(after)
    )
}

fn why(report: &Report<'_>) -> String {
    let firms = report.actors().len();
    let mut body = String::from(
        "<p>The loop to look for: transactions teach a firm what its customers like; what it knows improves the fit; better fit is worth more and \
         costs less; more value keeps customers and brings others, hence more transactions. If the loop gains from turn to turn, \
         a lead grows by itself. The bar of controls moves these charts too.</p>\n",
    );
    let _ = write!(
        body,
        "<div class=\"charts\">\n{}</div>\n",
        places(firms, Chapter::Why)
    );
    let pictures = report.pictures.iter();
    let pictures = pictures.filter(|picture| !is_interactive(picture) && !is_change(picture));
    body.extend(pictures.map(drawn));
    body
}

fn change(report: &Report<'_>) -> String {
    let mut body = String::new();
    let pictures: String = report
        .pictures
        .iter()
        .filter(|picture| is_change(picture))
        .map(drawn)
        .collect();
    match report.findings {
        Findings::Points(results) if !results.axes.is_empty() => {
            body.push_str(&partial(report));
            body.push_str(
                "<p>This is a <dfn>sweep</dfn>: the same market at several <dfn>points</dfn>, which differ in the settings named below, with the same \
                 customers and the same luck at each. What differs between points is therefore due to the settings. \
                 <dfn>Share</dfn> is a firm’s part of all transactions over the last tenth of the periods; after ± stands the \
                 half-width of the <dfn>95&nbsp;% interval</dfn> of its mean over the <dfn>replicates</dfn>, repetitions with \
                 other customers and other luck.</p>\n",
            );
            body.push_str(&pictures);
            let _ = writeln!(
                body,
                "{}",
                scrolling("Shares at the points of the sweep", &tables::sweep(results))
            );
        }
        _ if pictures.is_empty() => body.push_str(&try_this(report.scenario)),
        _ => body.push_str(&pictures),
    }
    body
}

/// Commands that change one thing.
fn try_this(scenario: &Scenario) -> String {
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
            "customers notice more or fewer needs by themselves",
            format!("populations.*.awareness={}", other(population.awareness)),
        ),
        (
            "customers want to decide less or more",
            format!(
                "populations.*.agency.mean={}",
                other(population.agency.mean)
            ),
        ),
        (
            "customers take their history with them to another firm, or no longer",
            format!("market.data_portability={portable}"),
        ),
    ];
    let mut body = String::from(
        "<p>This run varies nothing, so it cannot say. Predict what happens if one thing changes, then run it with that change, \
         into another folder:</p>\n<ul>\n",
    );
    for (what, set) in changes {
        let _ = writeln!(
            body,
            "<li>{what}: <code>flywheel run scenario.toml --set '{set}' -o changed</code></li>"
        );
    }
    body.push_str("</ul>\n<p>A <dfn>sweep</dfn> does so for many values at once, and its report shows here what they change.</p>\n");
    body
}

fn differing(scenario: &Scenario) -> String {
    let settings = settings::changed(scenario);
    let mut body = String::new();
    if settings.is_empty() {
        body.push_str("<p>None: every setting of this scenario has its default value.</p>\n");
    } else {
        let mut table = String::from(
            "<table><thead><tr><th scope=\"col\">Setting</th><th scope=\"col\">Here</th><th scope=\"col\">Default</th>\
             <th scope=\"col\" class=\"words\">Meaning</th></tr></thead><tbody>\n",
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
        let _ = writeln!(body, "{}", scrolling("Settings", &table));
    }
    let interventions = settings::interventions(scenario);
    if !interventions.is_empty() {
        let table = format!(
            "<table><thead><tr><th scope=\"col\">From period</th><th scope=\"col\">Setting</th><th scope=\"col\">New value</th>\
             </tr></thead><tbody>\n{interventions}</tbody></table>"
        );
        let _ = writeln!(
            body,
            "<h3>What changes while the market runs</h3>\n{}",
            scrolling("Changes while the market runs", &table)
        );
    }
    body
}

fn again(report: &Report<'_>) -> String {
    let scenario = report.scenario;
    format!(
        "<p>The file <code>scenario.toml</code> beside this page holds the complete scenario. The same version of the program \
         makes the same tables of it, to the last byte, on any machine:</p>\n\
         <pre class=\"scroll\" tabindex=\"0\"><code>flywheel run scenario.toml</code></pre>\n\
         <dl class=\"facts\"><div><dt>Program</dt><dd>flywheel {}</dd></div>\
         <div><dt>Seed of all random draws</dt><dd>{}</dd></div>\
         <div><dt>Replicates</dt><dd>{}</dd></div>\
         <div><dt>SHA-256 of scenario.toml</dt><dd><code class=\"hash\">{}</code></dd></div></dl>\n\
         <details><summary>The complete scenario</summary><pre class=\"scroll\" tabindex=\"0\"><code>{}</code></pre></details>\n",
        env!("CARGO_PKG_VERSION"),
        scenario.simulation.seed,
        report.findings.replicates(),
        Manifest::hash(scenario),
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

/// Says so where replicates are missing.
fn partial(report: &Report<'_>) -> String {
    let (done, asked) = (
        report.findings.replicates(),
        report.scenario.simulation.replicates,
    );
    if done >= asked {
        return String::new();
    }
    format!(
        "<p class=\"note\">Not finished: {done} of {asked} replicates are in these results. The same command finishes the others.</p>\n"
    )
}

/// Whether the page shows the same with an interactive chart.
fn is_interactive(picture: &Picture<'_>) -> bool {
    ChartKind::ALL
        .iter()
        .filter(|kind| {
            !matches!(
                kind,
                ChartKind::Journey | ChartKind::Wheel | ChartKind::Learning | ChartKind::Newcomers
            )
        })
        .any(|kind| kind.name() == picture.name)
}

/// Whether a chart says what would change the outcome.
fn is_change(picture: &Picture<'_>) -> bool {
    ["sweep", "sensitivity", "game"]
        .iter()
        .any(|kind| picture.name.starts_with(kind))
}

/// A chart as it is in `charts`.
fn drawn(picture: &Picture<'_>) -> String {
    format!(
        "<figure class=\"drawn\" data-figure=\"{}\"><div class=\"scroll\" tabindex=\"0\">{}</div></figure>\n",
        escape(picture.name),
        picture.svg
    )
}

/// What is wider than a phone scrolls by itself.
fn scrolling(label: &str, content: &str) -> String {
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">{content}</div>"
    )
}
