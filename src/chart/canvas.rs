//! A sheet to draw on, in layout units with fractions; it becomes an SVG document.
//!
//! Colours are those of a screen; the sheet replaces them, and scales lines, as its theme says.
//! plotters draws on whole units, so the sheet is [`theme::SCALE`] times finer than shown.

use std::fmt::Write as _;

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, IntoTextStyle, RGBColor, ShapeStyle};

use super::style::Style;
use super::text::{ASCENT, DESCENT, Font, TextBox};
use super::theme::{FONT_FAMILY, PAPER, Pen, SCALE};
use super::{Data, Figure};

/// A point in layout units, y downwards.
pub type Point = (f64, f64);

/// Where the given x lies in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At its start.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// Colour, opacity and width of a stroke or area.
#[derive(Debug, Clone, Copy)]
pub struct Ink {
    color: RGBColor,
    opacity: f64,
    width: f64,
}

impl Ink {
    /// An opaque stroke.
    pub const fn stroke(color: RGBColor, width: f64) -> Self {
        Self {
            color,
            opacity: 1.0,
            width,
        }
    }

    /// An area, or a dot.
    pub const fn fill(color: RGBColor, opacity: f64) -> Self {
        Self {
            color,
            opacity,
            width: 0.0,
        }
    }

    /// The same, of that opacity.
    pub const fn with_opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    fn style(self, filled: bool) -> ShapeStyle {
        ShapeStyle {
            color: self.color.mix(self.opacity),
            filled,
            stroke_width: (self.width * SCALE).round() as u32,
        }
    }
}

#[derive(Debug)]
enum Shape {
    Path(Vec<Point>, Ink),
    Area(Vec<Point>, Ink),
    Dot(Point, f64, Ink),
    Text {
        text: String,
        font: Font,
        color: RGBColor,
        left: f64,
        baseline: f64,
    },
}

/// A sheet under work.
#[derive(Debug)]
pub struct Canvas {
    style: Style,
    height: f64,
    shapes: Vec<Shape>,
    texts: Vec<TextBox>,
}

impl Canvas {
    /// An empty sheet of that height, as wide as the style says.
    pub fn new(style: &Style, height: f64) -> Self {
        Self {
            style: style.clone(),
            height,
            shapes: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Width of the sheet.
    pub fn width(&self) -> f64 {
        self.style.width
    }

    /// The style in which it is drawn.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// How the series of a colour is drawn.
    pub fn pen(&self, color: RGBColor) -> Pen {
        self.style.theme.pen(color)
    }

    /// The ink as the theme has it.
    fn themed(&self, ink: Ink) -> Ink {
        Ink {
            color: self.style.theme.color(ink.color),
            width: ink.width * self.style.theme.stroke,
            ..ink
        }
    }

    /// Draws a line through points.
    pub fn path(&mut self, points: Vec<Point>, ink: Ink) {
        if points.len() > 1 {
            self.shapes.push(Shape::Path(points, self.themed(ink)));
        }
    }

    /// Draws a straight line.
    pub fn line(&mut self, from: Point, to: Point, ink: Ink) {
        self.path(vec![from, to], ink);
    }

    /// Draws a line of dashes: `pattern` alternates between lengths of dashes and of gaps; empty is solid.
    pub fn dashed(&mut self, points: Vec<Point>, pattern: &[f64], ink: Ink) {
        if pattern.is_empty() {
            self.path(points, ink);
            return;
        }
        for dash in dashes(&points, pattern) {
            self.path(dash, ink);
        }
    }

    /// Fills the area within points.
    pub fn area(&mut self, points: Vec<Point>, ink: Ink) {
        if points.len() > 2 {
            self.shapes.push(Shape::Area(points, self.themed(ink)));
        }
    }

    /// Fills a rectangle.
    pub fn rectangle(&mut self, (left, top): Point, (right, bottom): Point, ink: Ink) {
        let corners = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
        self.area(corners, ink);
    }

    /// Draws a filled circle.
    pub fn dot(&mut self, centre: Point, radius: f64, ink: Ink) {
        self.shapes
            .push(Shape::Dot(centre, radius, self.themed(ink)));
    }

    /// Draws the mark of a series: a dot of its colour, or what stands for it where there are no colours.
    pub fn mark(&mut self, centre: Point, radius: f64, color: RGBColor) {
        let pen = self.pen(color);
        match pen.marker {
            Some(marker) => marker.draw(self, centre, radius, pen.color),
            None => self.dot(centre, radius, Ink::fill(color, 1.0)),
        }
    }

    /// Writes one line of text on a baseline.
    pub fn text(
        &mut self,
        text: &str,
        font: Font,
        color: RGBColor,
        (x, baseline): Point,
        anchor: Anchor,
    ) {
        let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
        if text.is_empty() {
            return;
        }
        let width = font.width(&text);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        self.texts.push(TextBox {
            text: text.clone(),
            left,
            top: baseline - ASCENT * font.size,
            right: left + width,
            bottom: baseline + DESCENT * font.size,
        });
        self.shapes.push(Shape::Text {
            text,
            font,
            color: self.style.theme.letters(color),
            left,
            baseline,
        });
    }

    /// Writes several lines, the first on the given baseline; returns the baseline after the last.
    pub fn lines(
        &mut self,
        lines: &[String],
        font: Font,
        color: RGBColor,
        (x, first): Point,
        anchor: Anchor,
    ) -> f64 {
        let mut baseline = first;
        for line in lines {
            self.text(line, font, color, (x, baseline), anchor);
            baseline += font.pitch();
        }
        baseline
    }

    /// The finished figure of that name, with the words that stand for it where it cannot be seen.
    pub fn finish(self, name: &str, title: &str, description: &str) -> Figure {
        let mut drawn = String::new();
        let size = (unit(self.style.width) as u32, unit(self.height) as u32);
        {
            let mut backend = SVGBackend::with_string(&mut drawn, size);
            for shape in &self.shapes {
                draw(&mut backend, shape);
            }
            let _ = backend.present();
        }
        let svg = self.with_head(&drawn, title, description);
        let pixels = self.style.unit;
        let mut texts = self.texts;
        for text in &mut texts {
            for edge in [
                &mut text.left,
                &mut text.top,
                &mut text.right,
                &mut text.bottom,
            ] {
                *edge *= pixels;
            }
        }
        Figure {
            name: name.to_owned(),
            svg,
            size: (
                shown(self.style.width * pixels),
                shown(self.height * pixels),
            ),
            texts,
            data: Data::default(),
            animation: None,
            subject: None,
        }
    }

    /// Replaces the document's first tag: the size shown, joins without spikes, white paper, and words for a reader.
    fn with_head(&self, drawn: &str, title: &str, description: &str) -> String {
        let body = drawn.split_once('>').map_or(drawn, |(_, body)| body);
        let (wide, high) = (unit(self.style.width), unit(self.height));
        let mut svg = String::with_capacity(drawn.len() + 1000);
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" xml:lang=\"{}\" width=\"{}\" height=\"{}\" \
             viewBox=\"0 0 {wide} {high}\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n\
             <title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{wide}\" height=\"{high}\" fill=\"#{:02X}{:02X}{:02X}\"/>",
            self.style.texts.code,
            shown(self.style.width * self.style.unit),
            shown(self.height * self.style.unit),
            escaped(title),
            escaped(description),
            PAPER.0,
            PAPER.1,
            PAPER.2,
        );
        svg.push_str(body);
        svg
    }
}

/// A length in pixels, to the hundredth.
fn shown(pixels: f64) -> f64 {
    (pixels * 100.0).round() / 100.0
}

/// A length in canvas units.
fn unit(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

fn units(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().map(|&(x, y)| (unit(x), unit(y))).collect()
}

/// Draws one shape; writing into a string cannot fail.
fn draw(backend: &mut SVGBackend<'_>, shape: &Shape) {
    let _ = match shape {
        Shape::Path(points, ink) => backend.draw_path(units(points), &ink.style(false)),
        Shape::Area(points, ink) => backend.fill_polygon(units(points), &ink.style(true)),
        Shape::Dot((x, y), radius, ink) => backend.draw_circle(
            (unit(*x), unit(*y)),
            unit(*radius) as u32,
            &ink.style(true),
            true,
        ),
        Shape::Text {
            text,
            font,
            color,
            left,
            baseline,
        } => {
            // The backend sets size / 1.24 and, for `Top`, the baseline 0.76 font sizes below y.
            let size = font.size * SCALE;
            let style = if font.bold {
                FontStyle::Bold
            } else {
                FontStyle::Normal
            };
            let text_style = (FontFamily::Name(FONT_FAMILY), size * 1.24, style)
                .into_text_style(&(1u32, 1u32))
                .color(color)
                .pos(Pos::new(HPos::Left, VPos::Top));
            let top = (baseline * SCALE - 0.76 * size).round() as i32;
            backend.draw_text(text, &text_style, (unit(*left), top))
        }
    };
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// Cuts a line into dashes.
fn dashes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let mut done = Vec::new();
    let mut current: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut step, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            if length < left {
                left -= length;
                break;
            }
            let part = if length > 0.0 { left / length } else { 1.0 };
            from = (
                from.0 + part * (to.0 - from.0),
                from.1 + part * (to.1 - from.1),
            );
            if step % 2 == 0 {
                current.push(from);
                done.push(std::mem::take(&mut current));
            } else {
                current = vec![from];
            }
            step += 1;
            left = pattern[step % pattern.len()].max(0.5);
        }
        if step % 2 == 0 {
            current.push(to);
        }
    }
    if step % 2 == 0 {
        done.push(current);
    }
    done
}
