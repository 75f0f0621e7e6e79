//! A sheet to draw on, in layout units with fractions; it becomes an SVG document ([`svg`]).
//!
//! Colours are those of a screen; the sheet replaces them, and scales lines, as its theme says.

use plotters::style::RGBColor;

use super::data::Data;
use super::figure::Figure;
use super::shape::{Ink, Point, Shape, dashes};
use super::style::Style;
use super::svg;
use super::text::{ASCENT, DESCENT, Font, TextBox};
use super::theme::{PAPER, Pen};

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

    /// Draws the edges of a rectangle, in dashes unless the pattern is empty.
    pub fn outline(
        &mut self,
        (left, top): Point,
        (right, bottom): Point,
        pattern: &[f64],
        ink: Ink,
    ) {
        let start = (left, top);
        let corners = vec![start, (right, top), (right, bottom), (left, bottom), start];
        self.dashed(corners, pattern, ink);
    }

    /// Draws a filled circle.
    pub fn dot(&mut self, centre: Point, radius: f64, ink: Ink) {
        self.shapes
            .push(Shape::Dot(centre, radius, self.themed(ink)));
    }

    /// Draws the mark of a series: a dot of its colour, or what stands for it where there are no colours.
    pub fn mark(&mut self, centre: Point, radius: f64, color: RGBColor) {
        let pen = self.pen(color);
        let Some(marker) = pen.marker else {
            self.dot(centre, radius, Ink::fill(color, 1.0));
            return;
        };
        for (size, color) in [(1.0, pen.color), (marker.hole(), PAPER)] {
            let (size, ink) = (radius * size, Ink::fill(color, 1.0));
            let corner = |(x, y): &Point| (centre.0 + x * size, centre.1 + y * size);
            match marker.corners() {
                _ if size == 0.0 => {}
                [] => self.dot(centre, size, ink),
                corners => self.area(corners.iter().map(corner).collect(), ink),
            }
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
        let (style, pixels) = (&self.style, self.style.unit);
        let svg = svg::document(&self.shapes, style, self.height, title, description);
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
                svg::shown(style.width * pixels),
                svg::shown(self.height * pixels),
            ),
            texts,
            data: Data::default(),
            animation: None,
            subject: None,
        }
    }
}
