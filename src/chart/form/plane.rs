//! A plane of two quantities: both axes with their grid, numbers and titles, and names beside points, or in a column where
//! there is no room beside them.

use plotters::style::RGBColor;

use crate::chart::kit::ticks::{self, draw_grid, draw_numbers, left_edge};
use crate::chart::kit::{
    Anchor, Axis, Canvas, Figure, Font, Frame, Ink, Label, Point, Setting, Style, Told, places,
    theme,
};

/// Space for the title of the upright axis.
const UPRIGHT_TITLE: f64 = 24.0;
/// Least height of the plane.
const LEAST: f64 = 160.0;
/// Space to the right of the plane, into which names may reach.
const MARGIN: f64 = 60.0;
/// Font of names beside points.
const NAME: Font = Font::bold(theme::LABEL);

/// Font of remarks.
const NOTE: Font = Font::regular(theme::CAPTION);

/// A chart of two quantities.
pub struct PlaneChart<'a> {
    /// How it is drawn.
    pub style: &'a Style,
    /// Its words and numbers.
    pub told: Told,
    /// What runs from left to right and from below upwards.
    pub titles: (&'a str, &'a str),
    /// Whether the level axis falls to the right.
    pub is_falling: bool,
    /// What has a name.
    pub names: Vec<PlaneName>,
    /// Lines and points that no name may cover.
    pub lines: Vec<Vec<(f64, f64)>>,
    /// Small remarks to the left of and below points; one that has no room is left out.
    pub notes: Vec<(String, (f64, f64))>,
}

/// A name in the plane.
#[derive(Debug, Clone)]
pub struct PlaneName {
    /// What it says.
    pub name: String,
    /// Its colour.
    pub color: RGBColor,
    /// The values to which it belongs.
    pub at: (f64, f64),
    /// Whether a line leads to it where it stands in a column.
    pub leader: bool,
}

/// The axes of a plane, with their pixels.
#[derive(Debug, Clone)]
pub struct Plane {
    /// From left to right.
    pub x: Axis,
    /// From below upwards.
    pub y: Axis,
}

impl Plane {
    /// The place of two values.
    pub fn at(&self, (x, y): (f64, f64)) -> Point {
        (self.x.at(x), self.y.at(y))
    }

    /// The pixels of a line of values.
    pub fn line(&self, values: &[(f64, f64)]) -> Vec<Point> {
        values.iter().map(|&value| self.at(value)).collect()
    }
}

/// Where names stand.
enum Names {
    /// Beside their points: starts of the baselines.
    Beside(Vec<Point>),
    /// In a column to the right of the plane.
    Column(Setting),
}

impl PlaneChart<'_> {
    /// Draws it: axes that span what they must, then on these what lies below the grid, and what lies on it.
    #[must_use]
    pub fn draw(
        self,
        (x, y): (Axis, Axis),
        below: impl FnOnce(&mut Canvas, &Plane),
        marks: impl FnOnce(&mut Canvas, &Plane),
    ) -> Figure {
        let style = self.style;
        let frame = Frame::new(style, &self.told.heading);
        let top = frame.above() + UPRIGHT_TITLE;
        let under = frame.below() + ticks::NUMBERS + ticks::TITLE;
        let height = style.height.max(top + LEAST + under).ceil();
        let y = y.between((height - under, top));
        let left = left_edge([(&y, style.number())]);
        let mut plane = Plane { x, y };
        let names = self.place_names(&mut plane, left);
        let told = self.told.clone();
        told.figure(style, &frame, height, |canvas| {
            below(canvas, &plane);
            self.draw_axes(canvas, &plane);
            marks(canvas, &plane);
            self.draw_names(canvas, &plane, &names);
        })
    }

    fn set_level(&self, plane: &mut Plane, left: f64, right: f64) {
        plane.x.pixels = if self.is_falling {
            (right, left)
        } else {
            (left, right)
        };
    }

    /// Names beside the points where there is room for all of them, else in a column.
    fn place_names(&self, plane: &mut Plane, left: f64) -> Names {
        let edge = self.style.width - theme::RIGHT;
        let (bottom, top) = plane.y.pixels;
        self.set_level(plane, left, edge - MARGIN);
        let named: Vec<(&str, Point)> = self
            .names
            .iter()
            .map(|name| (name.name.as_str(), plane.at(name.at)))
            .collect();
        let obstacles: Vec<Point> = self
            .lines
            .iter()
            .flat_map(|line| dense(plane.line(line)))
            .collect();
        let notes = self.placed_notes(plane);
        let obstacles = [obstacles, notes.iter().flat_map(covered).collect()].concat();
        let bounds = (left + 4.0, top - 6.0, edge, bottom - 4.0);
        if let Some(starts) = places::beside(&named, NAME, &obstacles, bounds) {
            return Names::Beside(starts);
        }
        let labels = [(self.labels(plane), bottom - top)];
        let setting = Setting::that_fits(self.style, &labels);
        let margin = setting.margin(&labels).max(MARGIN);
        self.set_level(plane, left, edge - margin);
        Names::Column(setting)
    }

    /// Remarks with the starts of their baselines: those that are within the plane and cover no other.
    fn placed_notes(&self, plane: &Plane) -> Vec<(&str, Point)> {
        let (left, bottom) = (plane.x.pixels.0.min(plane.x.pixels.1), plane.y.pixels.0);
        let mut placed: Vec<(&str, Point)> = Vec::new();
        for (note, at) in &self.notes {
            let (right, top) = plane.at(*at);
            let start = (right - 7.0 - NOTE.width(note), top + NOTE.size);
            let is_clear = placed.iter().all(|(other, (x, y))| {
                (start.1 - y).abs() > NOTE.pitch()
                    || start.0 + NOTE.width(note) + 6.0 < *x
                    || x + NOTE.width(other) + 6.0 < start.0
            });
            if start.0 > left + 4.0 && start.1 < bottom - 4.0 && is_clear {
                placed.push((note, start));
            }
        }
        placed
    }

    fn labels(&self, plane: &Plane) -> Vec<Label> {
        let label = |name: &PlaneName| Label {
            name: name.name.clone(),
            value: String::new(),
            color: name.color,
            end: plane.at(name.at),
            leader: name.leader,
        };
        self.names.iter().map(label).collect()
    }

    /// The grid and the axes with what they are.
    fn draw_axes(&self, canvas: &mut Canvas, plane: &Plane) {
        let (left, right) = (
            plane.x.pixels.0.min(plane.x.pixels.1),
            plane.x.pixels.0.max(plane.x.pixels.1),
        );
        let (bottom, top) = plane.y.pixels;
        let format = self.style.number();
        draw_grid(canvas, (left, right), &plane.y, format);
        let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line((left, bottom), (right, bottom), ink);
        draw_numbers(canvas, &plane.x, format, bottom, Some(self.titles.0));
        let font = Font::regular(theme::TICK);
        let at = (left, top - 13.0);
        canvas.text(self.titles.1, font, theme::TEXT, at, Anchor::Start);
    }

    fn draw_names(&self, canvas: &mut Canvas, plane: &Plane, names: &Names) {
        for (note, at) in self.placed_notes(plane) {
            canvas.text(note, NOTE, theme::QUIET, at, Anchor::Start);
        }
        match names {
            Names::Beside(starts) => {
                for (name, &start) in self.names.iter().zip(starts) {
                    canvas.text(&name.name, NAME, name.color, start, Anchor::Start);
                }
            }
            Names::Column(setting) => {
                let right = plane.x.pixels.0.max(plane.x.pixels.1);
                let bounds = (plane.y.pixels.1, plane.y.pixels.0);
                setting.draw(canvas, &self.labels(plane), right, bounds);
            }
        }
    }
}

/// Points over the letters of a remark.
fn covered((note, (x, y)): &(&str, Point)) -> Vec<Point> {
    let across = (NOTE.width(note) / 5.0).ceil() as u32;
    let columns = (0..=across).map(|step| x + 5.0 * f64::from(step));
    columns
        .flat_map(|x| [(x, y - 9.0), (x, y - 4.0), (x, *y)])
        .collect()
}

/// Points along a line, close enough together that no label slips between them.
fn dense(line: Vec<Point>) -> Vec<Point> {
    let mut all: Vec<Point> = Vec::new();
    for (x, y) in line {
        if let Some(&(from_x, from_y)) = all.last() {
            let steps = (libm::hypot(x - from_x, y - from_y) / 5.0).ceil();
            for step in 1..steps as u32 {
                let part = f64::from(step) / steps;
                all.push((from_x + part * (x - from_x), from_y + part * (y - from_y)));
            }
        }
        all.push((x, y));
    }
    all
}
