//! One self-contained HTML page per run, which tells a class what was asked, who competed, what happened and why.
//!
//! # Architecture
//!
//! - [`Report`] holds what is told; [`Report::to_html`] fills `page.html` with the sections in the order of the story.
//! - `words` are those of the page's language. `markdown` sets the question, `cast` and `experience` the cards, `story` says in sentences what happened,
//!   `tables` lists figures, `settings` what differs from the defaults.
//! - `charts` describes the interactive charts, `data` packs their numbers as JSON; the files in `script/` draw them in the
//!   browser, `style.css` sets them. Where there is no interactive version, and where scripts do not run, the page
//!   shows the figures of [`chart`](crate::chart) as they are.
//! - `lesson` tells a lesson step by step, before all else; `index` leads to all reports of a folder.
//! - `html` writes text and numbers. Everything that comes from a scenario goes through it: no name and no
//!   description can add an element or a script, and the page forbids itself to load anything.
//!
//! The page holds no time and no place, so equal results give equal bytes.

mod again;
mod cast;
mod charts;
mod data;
mod experience;
mod html;
mod hypotheses;
mod index;
mod lesson;
mod map;
mod markdown;
mod place;
mod sections;
mod settings;
mod story;
mod tables;
mod variants;
mod words;

#[cfg(test)]
mod tests;

use crate::analysis::hypotheses::Hypotheses;
use crate::analysis::{Findings, Variants};
use crate::chart::{Actor, Figure, Style, View, cast_of, experiences_of};
use crate::scenario::{Language, Scenario};
use html::{escape, escape_json};
pub use index::{Listed, ListedKind, index};
use lesson::Class;
use sections::Section;
use words::Words;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
/// The script: modules in the order in which they build on each other, without that which starts a page.
const MODULES: [(&str, &str); 9] = [
    ("base.js", include_str!("script/base.js")),
    ("axis.js", include_str!("script/axis.js")),
    ("chart.js", include_str!("script/chart.js")),
    ("lines.js", include_str!("script/lines.js")),
    ("value.js", include_str!("script/value.js")),
    ("plane.js", include_str!("script/plane.js")),
    ("map.js", include_str!("script/map.js")),
    ("charts.js", include_str!("script/charts.js")),
    ("controls.js", include_str!("script/controls.js")),
];
/// Goes through a lesson step by step.
const LESSON: &str = include_str!("script/lesson.js");
/// Starts a page that stands still.
const START: &str = include_str!("script/start.js");

/// The modules as one script, for a page that loads nothing: what one takes from another is above it.
fn bundled() -> String {
    let modules = MODULES.into_iter().map(|(_, module)| module);
    let lines = modules.chain([LESSON, START]).flat_map(str::lines);
    let kept = lines.filter(|line| !line.starts_with("import "));
    kept.fold(String::new(), |script, line| {
        script + line.strip_prefix("export ").unwrap_or(line) + "\n"
    })
}

/// The parts of a page that the lab fills anew with every answer.
#[cfg(any(feature = "lab", feature = "web"))]
pub(crate) mod live {
    use std::collections::BTreeMap;

    use super::{Scenario, View, Words, charts, colors, data, markdown, named};
    use crate::analysis::Results;
    use crate::scenario::Language;

    /// The modules of the script.
    pub const SCRIPT: [(&str, &str); 9] = super::MODULES;
    /// How a page looks.
    pub const STYLE: &str = super::STYLE;
    #[cfg(feature = "lab")]
    pub use super::html::{escape, escape_json};

    /// Puts texts in the places `{{name}}` of a template.
    pub fn fill(template: &str, text: impl Fn(&str) -> String) -> String {
        super::fill(template, text)
    }

    /// What the script says.
    pub fn script_words(language: Language) -> BTreeMap<String, &'static str> {
        Words::of(language).of_script()
    }

    /// Name, title and place of every chart of a market of so many firms.
    pub fn chart_places(language: Language, firms: usize, has_map: bool) -> Vec<[String; 3]> {
        charts::all_places(Words::of(language), firms, has_map)
    }

    /// The numbers behind the charts, as the script reads them.
    pub fn chart_data(language: Language, scenario: &Scenario, results: &Results) -> String {
        let words = Words::of(language);
        let charts = charts::charts(words, results, 0);
        let data = data::Data::new(scenario, results, None, charts);
        serde_json::to_string(&data).unwrap_or_default()
    }

    /// The firms' colours, as a sheet of style.
    pub fn chart_colors(scenario: &Scenario, results: &Results) -> String {
        colors(&named(View::whole("", scenario, results)))
    }

    /// A scenario's Markdown as harmless HTML.
    pub fn description(markdown: &str) -> String {
        markdown::to_html(markdown)
    }
}

/// What a page tells.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The complete scenario.
    pub scenario: &'a Scenario,
    /// The language of all words but the scenario's own.
    pub language: Language,
    /// What was found.
    pub findings: &'a Findings,
    /// What its variants found, if there are any.
    pub variants: Option<&'a Variants>,
    /// What became of its hypotheses, if there are any.
    pub hypotheses: Option<&'a Hypotheses>,
    /// Every chart of the run, those of its analyses included.
    pub pictures: &'a [Figure],
}

impl Report<'_> {
    /// The page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let class = Class::of(self);
        let sections = sections::all(self, class.is_some());
        let words = self.words();
        let made = || {
            let name = format!("<code>{}</code>", escape(&self.scenario.name));
            let version = env!("CARGO_PKG_VERSION");
            words.fill("page.made", &[("version", &version), ("name", &name)])
        };
        let contents = |section: &Section| {
            format!("<li><a href=\"#{}\">{}</a></li>", section.id, section.title)
        };
        let contents: String = sections.iter().map(contents).collect();
        let bodies = match &class {
            Some(class) => format!(
                "<div class=\"explore\">\n{}<div class=\"rest\">\n{}</div>\n</div>\n",
                class.to_html(),
                sections::plain(&sections)
            ),
            None => sections::to_html(words, &sections),
        };
        let data = self.data(class.as_ref());
        fill(PAGE, |name| match name {
            "title" => escape(self.title()),
            "name" => escape(&self.scenario.name),
            "language" => words.code().to_owned(),
            "body" if class.is_some() => " class=\"lesson\"".to_owned(),
            "steps" => class.as_ref().map_or_else(String::new, Class::bar),
            "kicker" => words.say("page.kicker").to_owned(),
            "skip" => words.say("page.skip").to_owned(),
            "navigation" => words.say("page.sections").to_owned(),
            "dark" => words.say("script.dark").to_owned(),
            "made" => made(),
            "version" => env!("CARGO_PKG_VERSION").to_owned(),
            "style" => STYLE.to_owned(),
            "colors" => colors(&self.actors()),
            "facts" => sections::facts(self),
            "contents" => contents.clone(),
            "sections" => bodies.clone(),
            "data" => data.clone(),
            _ => String::new(),
        })
    }

    /// The words of the page.
    fn words(&self) -> Words {
        Words::of(self.language)
    }

    /// The title of the scenario, or its name.
    fn title(&self) -> &str {
        let title = self.scenario.title.trim();
        if title.is_empty() {
            &self.scenario.name
        } else {
            title
        }
    }

    /// The firms under their own names, with the colours of the charts.
    fn actors(&self) -> Vec<Actor> {
        match self.findings {
            Findings::Series(results) => named(View::whole("", self.scenario, results)),
            Findings::Points(results) => {
                let names = results.firms();
                let experiences = experiences_of(self.scenario, &names);
                cast_of(
                    &Style::default(),
                    &names,
                    &vec![0.0; names.len()],
                    &experiences,
                )
            }
        }
    }

    /// The numbers and the script of the interactive charts.
    fn data(&self, class: Option<&Class<'_>>) -> String {
        let words = self.words();
        let json = match self.findings {
            Findings::Series(results) => {
                let worlds = self.variants.map_or(0, |variants| variants.all.len());
                let mut charts = charts::charts(words, results, worlds);
                charts.extend(class.into_iter().flat_map(Class::charts));
                let data = data::Data::new(self.scenario, results, self.variants, charts);
                serde_json::to_string(&data).unwrap_or_default()
            }
            Findings::Points(_) => "null".to_owned(),
        };
        let words = serde_json::to_string(&words.of_script()).unwrap_or_default();
        format!(
            "<script type=\"application/json\" id=\"words\">{}</script>\n\
             <script type=\"application/json\" id=\"data\">{}</script>\n<script>\n\"use strict\";\n(() => {{\n{}}})();\n</script>",
            escape_json(&words),
            escape_json(&json),
            bundled()
        )
    }
}

/// The firms of a view under their own names: the page is not a chart, and its tables and cards name them likewise.
fn named(view: View<'_>) -> Vec<Actor> {
    let results = view.results;
    let own = |actor: Actor| Actor {
        name: results.firms[actor.firm].name.clone(),
        ..actor
    };
    view.cast.into_iter().map(own).collect()
}

/// The firms' colours on light and on dark ground.
fn colors(actors: &[Actor]) -> String {
    let colors = |lightened: f64| -> String {
        let leading = actors.iter().enumerate().filter(|(_, actor)| actor.leads);
        let color = |(number, actor): (usize, &Actor)| {
            let mix = |part: u8| {
                let part = f64::from(part);
                (part + lightened * (255.0 - part)).round() as u8
            };
            let [red, green, blue] = [actor.color.0, actor.color.1, actor.color.2].map(mix);
            format!("--firm-{number}:#{red:02x}{green:02x}{blue:02x};")
        };
        leading.map(color).collect()
    };
    let (light, dark) = (colors(0.0), colors(0.42));
    format!(
        ":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
         @media screen{{:root[data-theme=dark]{{{dark}}}}}"
    )
}

/// Puts texts in the places `{{name}}` of a template; what is put in is not looked at again.
fn fill(template: &str, text: impl Fn(&str) -> String) -> String {
    let mut page = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        page.push_str(&text(name));
        rest = after;
    }
    page + rest
}
