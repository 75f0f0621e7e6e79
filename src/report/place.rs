//! The place of an interactive chart on the page.

use super::words::Words;

/// The place of a chart, which the script fills; all texts are HTML.
pub struct Place<'a> {
    /// The name of the chart.
    pub id: &'a str,
    /// The element of its heading.
    pub heading: &'a str,
    /// Its heading.
    pub title: &'a str,
    /// How to read it; may be empty.
    pub reading: &'a str,
    /// What its numbers are of.
    pub of: &'a str,
}

impl Place<'_> {
    /// The place as HTML.
    pub fn to_html(&self, words: Words) -> String {
        let Self {
            id,
            heading,
            title,
            reading,
            of,
        } = self;
        let numbers = words.say("page.numbers");
        let label = words.fill("page.numbers_of", &[("title", of)]);
        let reading = if reading.is_empty() {
            String::new()
        } else {
            format!("<p>{reading}</p>")
        };
        format!(
            r#"<figure class="chart" data-chart="{id}">
<figcaption><{heading} id="title-{id}">{title}</{heading}>{reading}</figcaption>
<div class="plot"></div>
<details class="numbers" hidden><summary>{numbers}</summary><div class="scroll" tabindex="0" role="region" aria-label="{label}"></div></details>
</figure>
"#
        )
    }
}
