//! One plot of series over time: its axis of values, its lines, and a label where each ends.

use super::across::Across;
use super::curve::{Area, Curve, Role, last_value};
use super::lines::{draw_area, draw_band, draw_line};
use crate::chart::kit::{Anchor, Axis, Canvas, Font, Format, Label, Range, Style, theme};

/// Space for the title of a panel.
const TITLE: f64 = 27.0;

/// A plot of several lines.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// What it shows; empty where the chart's title says it.
    pub title: String,
    /// Its lines.
    pub curves: Vec<Curve<'a>>,
    /// How its numbers are written.
    pub format: Format,
    /// What the axis of values spans.
    pub range: Range,
    /// What is filled below its lines.
    pub areas: Vec<Area>,
    /// Its height among several, as a multiple of the usual.
    pub height: f64,
}

impl<'a> Panel<'a> {
    /// A panel of lines.
    #[must_use]
    pub fn new(title: &str, curves: Vec<Curve<'a>>, format: Format, range: Range) -> Self {
        Self {
            title: title.to_owned(),
            curves,
            format,
            range,
            areas: Vec::new(),
            height: 1.0,
        }
    }
}

impl Panel<'_> {
    pub fn title_height(&self) -> f64 {
        if self.title.is_empty() { 0.0 } else { TITLE }
    }

    pub fn draw_title(&self, canvas: &mut Canvas, top: f64) {
        let at = (theme::LEFT, top - 12.0);
        let font = Font::bold(theme::TICK);
        let title = font.shorten(&self.title, canvas.width() - theme::LEFT - theme::RIGHT);
        canvas.text(&title, font, theme::TEXT, at, Anchor::Start);
    }

    /// The axis of values.
    pub fn axis(&self, height: f64) -> Axis {
        let estimates = |curve: &Curve<'_>| curve.series.to_vec();
        let all = self.curves.iter().flat_map(estimates);
        let leaders = self.leaders().flat_map(estimates);
        let count = (height / 38.0).round().clamp(3.0, 6.0) as usize;
        let edges = self.areas.iter().flat_map(|area| &area.edges);
        let means = all.map(|estimate| estimate.mean);
        let means = means.chain(edges.flat_map(|&(from, to)| [from, to]));
        self.range.axis(means, leaders, count, (0.0, 1.0))
    }

    fn leaders(&self) -> impl Iterator<Item = &Curve<'_>> {
        let curves = self.curves.iter();
        curves.filter(|curve| curve.role == Role::Main)
    }

    /// A label for every line that has a value, and one for all others.
    pub fn labels(&self, style: &Style, x: &Axis, y: &Axis, across: &Across) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut others = Vec::new();
        for curve in &self.curves {
            let Some((entry, value)) = last_value(&curve.series) else {
                continue;
            };
            match curve.role {
                Role::Main => {}
                Role::Other => {
                    others.push(value);
                    continue;
                }
                Role::Expected => continue,
            }
            let place = curve.place(entry, across);
            let reaches_end = entry + 1 == curve.series.len();
            let figure = curve.end.filter(|_| reaches_end).unwrap_or(value);
            let own = curve.value.clone();
            let mut shown = own.unwrap_or_else(|| y.value(figure, self.format));
            if !reaches_end {
                shown.push_str(&across.ended(style, place));
            }
            labels.push(Label {
                name: curve.name.clone(),
                value: shown,
                color: curve.color,
                // at the figure's height, so that labels stand in the order of their figures
                end: (x.at(place), y.at(figure)),
                leader: true,
            });
        }
        labels.extend(self.areas.iter().filter_map(|area| {
            let known = |(from, to): &(f64, f64)| (from + to).is_finite();
            let last = area.edges.iter().rposition(known)?;
            let (from, to) = area.edges[last];
            Some(Label {
                name: area.name.clone(),
                value: area.value.clone(),
                color: area.color,
                end: (x.at(across.step(last)), y.at(f64::midpoint(from, to))),
                leader: true,
            })
        }));
        if !others.is_empty() {
            others.sort_by(f64::total_cmp);
            let middle = others[others.len() / 2];
            labels.push(Label {
                name: style.count("other_firm", others.len() as u64),
                value: String::new(),
                color: theme::QUIET,
                end: (x.pixels.1, y.at(middle)),
                leader: false,
            });
        }
        labels
    }

    pub fn draw_curves(&self, canvas: &mut Canvas, x: &Axis, y: &Axis, across: &Across) {
        for area in &self.areas {
            draw_area(canvas, area, |entry| x.at(across.step(entry)), y);
        }
        // Many bands, one above the other, must not become darker than a few.
        let opacity = theme::BAND * (4.0 / self.leaders().count().max(1) as f64).min(1.0);
        for curve in self.leaders() {
            let at = |entry| x.at(curve.place(entry, across));
            draw_band(canvas, curve, at, y, opacity);
        }
        for curve in &self.curves {
            let at = |entry| x.at(curve.place(entry, across));
            draw_line(canvas, curve, at, y);
        }
    }
}
