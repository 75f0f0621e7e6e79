//! Diagnostics as text: each problem with its line, as rustc shows it.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostics, Place, Problem};

/// Most problems that are shown: whoever has mended these sees the next.
const SHOWN: usize = 20;

/// The first problems, and at the end how many there are.
pub(super) fn render(diagnostics: &Diagnostics, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for problem in diagnostics.problems.iter().take(SHOWN) {
        text.push_str(&render_problem(problem, &renderer));
        text.push_str("\n\n");
    }
    let count = diagnostics.problems.len();
    let noun = if count == 1 { "problem" } else { "problems" };
    let _ = write!(text, "{count} {noun}");
    if !diagnostics.subject.is_empty() {
        let _ = write!(text, " in {}", diagnostics.subject);
    }
    if count > SHOWN {
        let _ = write!(
            text,
            ": the first {SHOWN} are shown, {} more follow",
            count - SHOWN
        );
    }
    text
}

fn render_problem(problem: &Problem, renderer: &Renderer) -> String {
    let title = Level::ERROR.primary_title(&problem.message);
    let mut group = match &problem.place {
        Some(place) => title.element(snippet(place, &problem.label)),
        None => title.elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new()),
    };
    for help in &problem.help {
        group = group.element(Level::NOTE.message(help));
    }
    if let Some(known) = &problem.suggestion {
        group = group.element(Level::HELP.message(format!("did you mean `{known}`?")));
    }
    renderer.render(&[group])
}

fn snippet<'a>(place: &'a Place, label: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = place.span.source.text.as_str();
    let mut annotation = AnnotationKind::Primary.span(first_line(text, &place.span.range));
    if !label.is_empty() {
        annotation = annotation.label(label);
    }
    Snippet::source(text)
        .path(place.file.as_str())
        .annotation(annotation)
}

/// The part of a span on its first line: a mark over many lines hides more than it shows.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = floor(text, span.start.min(text.len()));
    let end = floor(text, span.end.min(text.len())).max(start);
    let line_end = text[start..end].find('\n').map_or(end, |at| start + at);
    start..text[start..line_end].trim_end().len() + start
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
