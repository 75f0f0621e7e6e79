//! Markdown of a scenario becomes HTML that holds text, emphasis, lists, tables and links, and nothing that runs or loads.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The HTML of a Markdown text. Raw HTML shows as text; pictures become their alternative text; links lead
/// to web pages, mail addresses or places on the page, and other ones become text.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    // what became of each open link: whether it is kept
    let mut links = Vec::new();
    let events = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            let kept = is_harmless(dest_url);
            links.push(kept);
            kept.then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(true).then_some(event),
        // the page has the first three levels of headings for itself
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: below(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below(level)))),
        other => Some(other),
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

fn is_harmless(url: &CowStr<'_>) -> bool {
    let url = url.trim().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "#"]
        .iter()
        .any(|start| url.starts_with(start))
}

fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn emphasis_lists_and_tables_show() {
        let html = to_html("**Who wins?**\n\n- a\n- b\n\n| x |\n|---|\n| 1 |\n");
        for part in ["<strong>Who wins?</strong>", "<li>a</li>", "<td>1</td>"] {
            assert!(html.contains(part), "{html}");
        }
    }

    #[test]
    fn nothing_runs_and_nothing_loads() {
        let html = to_html(concat!(
            "<script>alert(1)</script>\n\ntext <img src=x onerror=alert(1)> text\n\n",
            "![a picture](https://example.org/p.png) [run](javascript:alert(1)) ",
            "[data](data:text/html,x) [page](https://example.org \"a \\\"title\\\"\")\n\n",
            "<div>\n\n# Heading {#id onclick=x}\n",
        ));
        for part in ["<script", "<img", "<div", "javascript:", "data:"] {
            assert!(!html.contains(part), "{part} in {html}");
        }
        assert!(html.contains("&lt;script&gt;"), "{html}");
        assert!(html.contains("a picture run data"), "{html}");
        assert!(html.contains("<a href=\"https://example.org\""), "{html}");
        assert!(html.contains("<h3>Heading"), "{html}");
    }
}
