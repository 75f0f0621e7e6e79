//! The page that leads to all reports of a folder of results.

use std::fmt::Write as _;

use super::html::escape;
use super::words::Words;
use super::{STYLE, fill, markdown};
use crate::scenario::Language;

const PAGE: &str = include_str!("index.html");

/// A report that the page leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The folder of its run, beside the page.
    pub folder: String,
    /// Its title, or the name of its scenario.
    pub title: String,
    /// What its scenario asks, in Markdown; may be empty.
    pub description: String,
    /// What it is.
    pub kind: ListedKind,
    /// How many firms, periods and replicates there are.
    pub counts: [u64; 3],
    /// Whether the run came to its end.
    pub is_complete: bool,
}

/// What a run is, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListedKind {
    /// A market.
    Scenario,
    /// A lesson for a class.
    Lesson,
    /// A market with hypotheses.
    Claim,
    /// Many points.
    Sweep,
}

impl ListedKind {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Scenario, "scenarios"),
        (Self::Lesson, "lessons"),
        (Self::Claim, "claims"),
        (Self::Sweep, "sweeps"),
    ];
}

/// The page, which loads nothing; `report` is the file name of a report in its folder.
#[must_use]
pub fn index(reports: &[Listed], report: &str, language: Language) -> String {
    let words = Words::of(language);
    let groups = ListedKind::ALL.map(|(kind, name)| {
        let own = reports.iter().filter(|one| one.kind == kind);
        let cards: String = own.map(|one| card(words, one, report)).collect();
        if cards.is_empty() {
            return cards;
        }
        let heading = words.say(&format!("index.{name}"));
        format!("<section id=\"{name}\">\n<h2>{heading}</h2>\n<div class=\"cards wide\">\n{cards}</div>\n</section>\n")
    });
    let groups = groups.concat();
    fill(PAGE, |name| match name {
        "language" => words.code().to_owned(),
        "version" => env!("CARGO_PKG_VERSION").to_owned(),
        "title" => words.say("index.title").to_owned(),
        "style" => STYLE.to_owned(),
        "about" => words.fill("index.about", &[("count", &reports.len())]),
        "groups" => groups.clone(),
        "made" => words.fill("index.made", &[("version", &env!("CARGO_PKG_VERSION"))]),
        _ => String::new(),
    })
}

fn card(words: Words, one: &Listed, report: &str) -> String {
    let things = ["firm", "period", "replicate"].into_iter().zip(one.counts);
    let mut facts: Vec<String> = things
        .map(|(noun, count)| words.things(noun, count))
        .collect();
    if !one.is_complete {
        facts.push(format!(
            "<strong>{}</strong>",
            words.say("index.unfinished")
        ));
    }
    // the first paragraph says what it is about
    let about = one
        .description
        .trim()
        .split("\n\n")
        .next()
        .unwrap_or_default();
    let mut card = format!(
        "<article class=\"card\"><h3><a href=\"{}/{report}\">{}</a></h3>\n{}",
        escape(&one.folder),
        escape(&one.title),
        markdown::to_html(about)
    );
    let _ = writeln!(
        card,
        "<p class=\"facts-line\">{}</p></article>",
        facts.join(" · ")
    );
    card
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(folder: &str, kind: ListedKind) -> Listed {
        Listed {
            folder: folder.to_owned(),
            title: format!("<{folder}>"),
            description: "Who **wins**?\n\nMore of it.".to_owned(),
            kind,
            counts: [1, 300, 20],
            is_complete: kind != ListedKind::Sweep,
        }
    }

    #[test]
    fn the_page_leads_to_every_report_in_its_group() {
        let all = [
            listed("grid", ListedKind::Sweep),
            listed("town", ListedKind::Scenario),
        ];
        let page = index(&all, "report.html", Language::En);
        let places = [
            "2 runs",
            "id=\"scenarios\"",
            "<a href=\"town/report.html\">&lt;town&gt;</a>",
            "Who <strong>wins</strong>?",
            "1 firm · 300 periods · 20 replicates",
            "id=\"sweeps\"",
            "href=\"grid/report.html\"",
            "not finished",
        ]
        .map(|part| page.find(part));
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "{places:?}"
        );
        assert!(!page.contains("id=\"lessons\"") && !page.contains("More of it"));
        assert!(!page.contains("{{") && !page.contains("<script"));
        assert!(page.len() < 40_000, "{} bytes", page.len());
    }
}
