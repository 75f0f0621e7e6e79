//! What surrounds a plot: title and subtitle above it, caption below.

use crate::chart::kit::canvas::{Anchor, Canvas};
use crate::chart::kit::data::Data;
use crate::chart::kit::figure::Figure;
use crate::chart::kit::style::Style;
use crate::chart::kit::text::{ASCENT, DESCENT, Font};
use crate::chart::kit::theme;

/// Least size of a long title, as a part of the usual.
const TITLE_LEAST: f64 = 0.75;

/// The words around a plot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heading {
    /// What is seen.
    pub title: String,
    /// What is measured, and in which unit.
    pub subtitle: String,
    /// How it came about: sentences, of which some may be empty.
    pub caption: Vec<String>,
}

/// What a figure says beside what is drawn.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its name: the stem of its files.
    pub name: String,
    /// The words around its plot.
    pub heading: Heading,
    /// Its text alternative.
    pub description: String,
    /// The numbers behind it.
    pub data: Data,
}

impl Told {
    /// The figure of a height, with its words and what is drawn between them.
    pub fn figure(
        self,
        style: &Style,
        frame: &Frame,
        height: f64,
        draw: impl FnOnce(&mut Canvas),
    ) -> Figure {
        let height = if style.theme.keeps_shape {
            height.max(style.height.ceil())
        } else {
            height
        };
        let mut canvas = Canvas::new(style, height);
        frame.draw(&mut canvas, height);
        draw(&mut canvas);
        let figure = canvas.finish(&self.name, &self.heading.title, &self.description);
        figure.with_data(self.data)
    }
}

/// The words around a plot, broken into lines.
#[derive(Debug)]
pub struct Frame {
    title: (Font, Vec<String>),
    subtitle: (Font, Vec<String>),
    caption: (Font, Vec<String>),
}

impl Frame {
    /// Breaks the words into lines: at most two of title, shrunk if it must be, and then cut.
    #[must_use]
    pub fn new(style: &Style, heading: &Heading) -> Self {
        let width = style.width - theme::LEFT - theme::RIGHT;
        let sentences: Vec<&str> = heading
            .caption
            .iter()
            .map(|sentence| sentence.trim())
            .filter(|sentence| !sentence.is_empty())
            .collect();
        let subtitle = Font::regular(theme::SUBTITLE);
        let caption = Font::regular(theme::CAPTION);
        Self {
            title: title_lines(&heading.title, style.theme.title, width),
            subtitle: (subtitle, subtitle_lines(subtitle, &heading.subtitle, width)),
            caption: (
                caption,
                at_most(caption, &sentences.join(" "), caption_lines(style), width),
            ),
        }
    }

    /// Height taken at the upper edge.
    #[must_use]
    pub fn above(&self) -> f64 {
        theme::TOP + block(&self.title) + 4.0 + block(&self.subtitle) + 16.0
    }

    /// Height taken at the lower edge.
    #[must_use]
    pub fn below(&self) -> f64 {
        theme::BOTTOM + block(&self.caption) + 6.0
    }

    /// Writes the words on a sheet of that height.
    pub fn draw(&self, canvas: &mut Canvas, height: f64) {
        let (font, lines) = &self.title;
        let baseline = theme::TOP + ASCENT * font.size;
        let at = (theme::LEFT, baseline);
        canvas.lines(lines, *font, theme::INK, at, Anchor::Start);
        let (font, lines) = &self.subtitle;
        let top = theme::TOP + block(&self.title) + 4.0;
        let at = (theme::LEFT, top + ASCENT * font.size);
        canvas.lines(lines, *font, theme::TEXT, at, Anchor::Start);
        let (font, lines) = &self.caption;
        let last = height - theme::BOTTOM - DESCENT * font.size;
        let above = (lines.len() as f64 - 1.0).max(0.0) * font.pitch();
        let at = (theme::LEFT, last - above);
        canvas.lines(lines, *font, theme::QUIET, at, Anchor::Start);
    }
}

fn block((font, lines): &(Font, Vec<String>)) -> f64 {
    lines.len() as f64 * font.pitch()
}

fn title_lines(title: &str, usual: f64, width: f64) -> (Font, Vec<String>) {
    let mut size = usual;
    loop {
        let font = Font::bold(size);
        let lines = font.wrap_evenly(title, width);
        if lines.len() <= 2 {
            return (font, lines);
        }
        if size <= TITLE_LEAST * usual {
            return (font, at_most(font, title, 2, width));
        }
        size -= 1.0;
    }
}

fn subtitle_lines(font: Font, subtitle: &str, width: f64) -> Vec<String> {
    let lines = font.wrap_evenly(subtitle, width);
    if lines.len() <= 3 {
        lines
    } else {
        at_most(font, subtitle, 3, width)
    }
}

/// Most lines of a caption: narrow figures need more.
fn caption_lines(style: &Style) -> usize {
    (3000.0 / style.width).ceil().clamp(3.0, 5.0) as usize
}

/// At most so many lines; the end of a longer text is cut off with an ellipsis.
fn at_most(font: Font, text: &str, most: usize, width: f64) -> Vec<String> {
    let mut lines = font.wrap(text, width);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while font.width(&format!("{last}…")) > width && last.pop().is_some() {}
            *last = format!("{}…", last.trim_end());
        }
    }
    lines
}
