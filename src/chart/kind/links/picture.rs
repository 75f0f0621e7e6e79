//! One wheel: four quantities on a circle, and the strength of every link on its arc.

use std::f64::consts::PI;

use plotters::style::RGBColor;

use super::RADIUS;
use crate::analysis::Estimate;
use crate::analysis::wheel::{Level, Link, Wheel};
use crate::chart::kit::{Anchor, Canvas, Font, Ink, Point, Style, fill, theme};

/// Widest arc, and the elasticity that it stands for.
const WIDEST: (f64, f64) = (15.0, 2.0);
/// Widest arc of what cannot be told from zero: its dots stay apart.
const DOTTED: f64 = 3.0;
/// Space between a disc and the arcs that touch it, as an angle.
const GAP: f64 = 0.07;

/// The quantities in the order of the loop, from the upper left clockwise, with the keys of their names.
const NODES: [(Level, &str); 4] = [
    (Level::Knowledge, "links.knowledge"),
    (Level::Fit, "links.fit"),
    (Level::Value, "links.value"),
    (Level::Interactions, "links.interactions"),
];

/// The parts of the link from value to interactions, with the keys of their names.
const PARTS: [(Link, &str); 3] = [
    (Link::ValueToNewcomers, "links.newcomers"),
    (Link::ValueToRetention, "links.retention"),
    (Link::ValueToFrequency, "links.frequency"),
];

/// One wheel on the sheet.
pub struct Picture<'a> {
    pub wheel: &'a Wheel,
    /// What a unit of value from knowing better becomes; none where it was not measured.
    pub factor: Option<Estimate>,
    pub color: RGBColor,
    pub centre: Point,
    pub radius: f64,
    /// Room across.
    pub width: f64,
}

impl Picture<'_> {
    /// Draws it, with its words from `top` on.
    pub fn draw(&self, canvas: &mut Canvas, top: f64) {
        let style = &canvas.style().clone();
        self.draw_when(canvas, style, top);
        for (place, link) in Link::PUSHED.into_iter().enumerate() {
            self.draw_link(canvas, style, place, link);
        }
        for (place, (level, key)) in NODES.into_iter().enumerate() {
            self.draw_node(canvas, style, place, level, style.say(key));
        }
        self.draw_factor(canvas, style);
        self.draw_parts(canvas, style);
    }

    /// Where a quantity stands: at the corners of a square, from the upper left clockwise.
    fn angle(place: usize) -> f64 {
        (place as f64).mul_add(PI / 2.0, -0.75 * PI)
    }

    fn at(&self, angle: f64, radius: f64) -> Point {
        let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
        (
            self.centre.0 + radius * cosine,
            self.centre.1 + radius * sine,
        )
    }

    fn disc(&self) -> f64 {
        (self.radius * 0.29).min(RADIUS.1)
    }

    fn draw_when(&self, canvas: &mut Canvas, style: &Style, top: f64) {
        let asked = &self.wheel.question;
        let words = fill!(
            style,
            "links.periods",
            first = asked.period,
            last = (asked.period + asked.window - 1)
        );
        let font = Font::bold(theme::TICK);
        let at = (self.centre.0, top + font.size);
        canvas.text(&words, font, theme::TEXT, at, Anchor::Middle);
    }

    /// The arc from one quantity to the next, as wide as the link is strong, and its figures inside.
    fn draw_link(&self, canvas: &mut Canvas, style: &Style, place: usize, link: Link) {
        let answer = self.wheel.link(link);
        let size = answer.elasticity.mean;
        let shown = if size.is_finite() { size.abs() } else { 0.0 };
        let most = if answer.is_told() { WIDEST.0 } else { DOTTED };
        let wide = (WIDEST.0 * (shown / WIDEST.1).min(1.0)).clamp(1.2, most);
        let (color, dashes): (RGBColor, &[f64]) = if !answer.is_told() {
            (theme::QUIET, &[2.0, 6.0])
        } else if size < 0.0 {
            (theme::CONTROL, &[9.0, 6.0])
        } else {
            (self.color, &[])
        };
        let clear = self.disc() / self.radius + GAP;
        let head = (wide * 0.9 + 9.0) / self.radius;
        let from = Self::angle(place) + clear;
        let to = Self::angle(place + 1) - clear;
        let steps = 40;
        let arc = |to: f64| -> Vec<Point> {
            let along = |step: i32| from + (to - from) * f64::from(step) / f64::from(steps);
            (0..=steps)
                .map(|step| self.at(along(step), self.radius))
                .collect()
        };
        canvas.dashed(arc(to - head), dashes, Ink::stroke(color, wide));
        let half = wide * 0.5 + 6.0;
        let tip = vec![
            self.at(to, self.radius),
            self.at(to - head, self.radius + half),
            self.at(to - head, self.radius - half),
        ];
        canvas.area(tip, Ink::fill(color, 1.0));
        self.draw_figures(canvas, style, place, link);
    }

    /// The elasticity and its interval, inside the arc.
    fn draw_figures(&self, canvas: &mut Canvas, style: &Style, place: usize, link: Link) {
        let answer = self.wheel.link(link);
        let mark = if answer.is_linear == Some(false) {
            "*"
        } else {
            ""
        };
        let number = format!("{}{mark}", written(style, answer.elasticity.mean));
        let fonts = (Font::bold(theme::LABEL), Font::regular(theme::CAPTION));
        let interval = interval(style, &answer.elasticity);
        // the figures of the sides stand above the middle, what the loop gives back below it
        let inset = WIDEST.0 / 2.0 + 6.0;
        // the right one stands higher where both do not fit beside each other
        let (raised, lowered) = if self.side_figures(style) > 2.0 * (self.radius - inset) {
            (fonts.0.size + fonts.1.size * 1.25 - 7.0, 7.0)
        } else {
            (0.0, 0.0)
        };
        let (x, y, anchor) = match place {
            0 => (
                0.0,
                -self.radius + inset + fonts.0.size * 0.76,
                Anchor::Middle,
            ),
            1 => (self.radius - inset, -22.0 - raised, Anchor::End),
            2 => (
                0.0,
                self.radius - 2.0 * inset - fonts.1.size * 1.3,
                Anchor::Middle,
            ),
            _ => (-self.radius + inset, -22.0 + lowered, Anchor::Start),
        };
        let at = (self.centre.0 + x, self.centre.1 + y);
        canvas.text(&number, fonts.0, theme::INK, at, anchor);
        let below = (at.0, at.1 + fonts.1.size * 1.25);
        canvas.text(&interval, fonts.1, theme::QUIET, below, anchor);
    }

    /// Width of the figures of both sides, with a space between.
    fn side_figures(&self, style: &Style) -> f64 {
        let width = |link: Link| {
            let elasticity = &self.wheel.link(link).elasticity;
            let number = format!("{}*", written(style, elasticity.mean));
            let interval = Font::regular(theme::CAPTION).width(&interval(style, elasticity));
            interval.max(Font::bold(theme::LABEL).width(&number))
        };
        width(Link::PUSHED[1]) + width(Link::PUSHED[3]) + 10.0
    }

    /// A disc with the level in it, and the name above or below.
    fn draw_node(
        &self,
        canvas: &mut Canvas,
        style: &Style,
        place: usize,
        level: Level,
        name: &str,
    ) {
        let disc = self.disc();
        let at = self.at(Self::angle(place), self.radius);
        canvas.dot(at, disc, Ink::fill(self.color, 1.0));
        canvas.dot(at, disc - 2.4, Ink::fill(theme::PAPER, 1.0));
        let value = self.wheel.level(level).mean;
        let number = match level {
            Level::Interactions if value.abs() >= 100.0 => {
                style.texts.grouped(value.round() as u64)
            }
            Level::Interactions => style.number().write(value, 0),
            _ => style.number().write(value, 2),
        };
        let font = Font::bold(theme::TICK);
        let number = if value.is_finite() {
            number
        } else {
            "–".to_owned()
        };
        let middle = (at.0, at.1 + 0.36 * font.size);
        canvas.text(&number, font, theme::INK, middle, Anchor::Middle);
        let font = Font::bold(theme::LABEL_LEAST);
        let lines = font.wrap_evenly(name, self.width / 2.0 - 10.0);
        let extra = (lines.len() as f64 - 1.0) * font.pitch();
        // not beyond the middle, where the neighbour's name begins, nor beyond the edge
        let half = font.widest(&lines) / 2.0;
        let is_left = place == 0 || place == 3;
        let x = if is_left {
            at.0.min(self.centre.0 - half - 5.0)
                .max(self.centre.0 - self.width / 2.0 + half + 2.0)
        } else {
            at.0.max(self.centre.0 + half + 5.0)
                .min(self.centre.0 + self.width / 2.0 - half - 2.0)
        };
        let y = if place < 2 {
            at.1 - disc - 8.0 - extra
        } else {
            // below the widest arc, which reaches under the disc's edge
            at.1 + disc + 14.0 + 0.76 * font.size
        };
        canvas.lines(&lines, font, theme::TEXT, (x, y), Anchor::Middle);
    }

    /// What the loop gives back, in the middle.
    fn draw_factor(&self, canvas: &mut Canvas, style: &Style) {
        let Some(factor) = &self.factor else {
            return;
        };
        let fonts = (
            Font::bold(theme::LABEL * 1.3),
            Font::regular(theme::CAPTION),
        );
        let (x, y) = self.centre;
        let name = style.say("links.factor");
        canvas.text(name, fonts.1, theme::TEXT, (x, y + 13.0), Anchor::Middle);
        let write = |value| style.number().write(value, 1);
        let number = format!("×{}", write(factor.mean));
        canvas.text(&number, fonts.0, self.color, (x, y + 35.0), Anchor::Middle);
        let interval = [factor.low, factor.high].map(write).join(" … ");
        canvas.text(
            &interval,
            fonts.1,
            theme::QUIET,
            (x, y + 51.0),
            Anchor::Middle,
        );
    }

    /// Where more interactions come from, below the wheel.
    fn draw_parts(&self, canvas: &mut Canvas, style: &Style) {
        let font = Font::regular(theme::CAPTION);
        let name_height = 2.0 * Font::bold(theme::LABEL_LEAST).pitch();
        let corner = self.at(Self::angle(2), self.radius).1 + self.disc() + name_height;
        let mut baseline = corner + 28.0;
        for (link, key) in PARTS {
            let size = written(style, self.wheel.link(link).elasticity.mean);
            let words = fill!(style, key, size);
            let words = font.shorten(&words, self.width - 8.0);
            canvas.text(
                &words,
                font,
                theme::TEXT,
                (self.centre.0, baseline),
                Anchor::Middle,
            );
            baseline += font.pitch();
        }
    }
}

/// A number with two decimals; a dash for none.
pub fn written(style: &Style, value: f64) -> String {
    if value.is_finite() {
        style.number().write(value, 2)
    } else {
        "–".to_owned()
    }
}

/// "0.21 … 0.35", or nothing.
fn interval(style: &Style, estimate: &Estimate) -> String {
    if !(estimate.low.is_finite() && estimate.high.is_finite()) {
        return String::new();
    }
    let write = |end: f64| {
        // what is hardly known needs no decimals, which have no room
        let decimals = if end.abs() < 10.0 { 2 } else { 0 };
        style.number().write(end, decimals)
    };
    [estimate.low, estimate.high].map(write).join(" … ")
}
