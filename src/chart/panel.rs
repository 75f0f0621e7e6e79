//! One plot of series over time: its axis of values, its lines, and a label where each ends.

use plotters::style::RGBColor;

use super::across::Across;
use super::axis::{Axis, Format};
use super::canvas::{Anchor, Canvas};
use super::cast::Actor;
use super::labels::Label;
use super::lines::{draw_band, draw_line};
use super::style::Style;
use super::text::Font;
use super::theme;
use super::view::View;
use crate::analysis::{Estimate, Quantity};

/// Space for the title of a panel.
const TITLE: f64 = 27.0;

/// One line of a panel.
#[derive(Debug, Clone)]
pub struct Curve<'a> {
    /// What stands at its end, if it is [`Role::Main`].
    pub name: String,
    /// Its values, by period where the chart runs over periods.
    pub series: &'a [Estimate],
    /// Where its values stand across, if not one step after the other.
    pub places: Option<&'a [f64]>,
    /// Its colour.
    pub color: RGBColor,
    /// Its dashes.
    pub dashes: &'static [f64],
    /// What it is among the lines.
    pub role: Role,
}

/// What a line is among the lines of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It has a label of its own.
    Main,
    /// One of the "others", which share a label.
    Other,
    /// What another line is expected to be: drawn thin above all, without a label.
    Expected,
}

impl Curve<'_> {
    /// Where a value of its series stands across.
    pub fn place(&self, entry: usize, across: &Across) -> f64 {
        let own = self.places.and_then(|places| places.get(entry));
        own.copied().unwrap_or_else(|| across.step(entry))
    }
}

/// A plot of several lines.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// What it shows; empty where the chart's title says it.
    pub title: String,
    /// Its lines.
    pub curves: Vec<Curve<'a>>,
    /// How its numbers are written.
    pub format: Format,
    /// Least and greatest value that can be.
    pub limits: (f64, f64),
    /// Whether the axis includes zero in any case.
    pub from_zero: bool,
}

/// The firms' lines of a quantity: the others first, so that they lie below.
#[must_use]
pub fn firm_curves<'a>(view: &'a View<'_>, quantity: Quantity) -> Vec<Curve<'a>> {
    let cast = &view.cast;
    let curve = |actor: &Actor| Curve {
        name: actor.name.clone(),
        series: view.series(actor, quantity),
        color: actor.color,
        dashes: actor.dashes,
        places: None,
        role: Role::of(actor),
    };
    let others = cast.iter().filter(|actor| !actor.leads);
    let leaders = cast.iter().filter(|actor| actor.leads);
    others.chain(leaders).map(curve).collect()
}

impl Role {
    /// What the line of a firm is.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        if actor.leads { Self::Main } else { Self::Other }
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

    /// The axis of values: it spans all means, and of the intervals as much as leaves the means legible.
    pub fn axis(&self, height: f64) -> Axis {
        let all = || self.curves.iter().flat_map(|curve| curve.series);
        let bounds = |values: &mut dyn Iterator<Item = f64>| {
            values
                .filter(|value| value.is_finite())
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        };
        let (mut low, mut high) = bounds(&mut all().map(|estimate| estimate.mean));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if self.from_zero || (low > 0.0 && low < 0.4 * high) {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        let reach = (high - low).max(0.25 * low.abs().max(high.abs()));
        let leaders = || {
            self.curves
                .iter()
                .filter(|curve| curve.role == Role::Main)
                .flat_map(|curve| curve.series)
        };
        let (lowest, _) = bounds(&mut leaders().map(|estimate| estimate.low));
        let (_, highest) = bounds(&mut leaders().map(|estimate| estimate.high));
        let (least, greatest) = self.limits;
        low = low.min(lowest.max(low - reach)).max(least);
        high = high.max(highest.min(high + reach)).min(greatest);
        let count = (height / 38.0).round().clamp(3.0, 6.0) as usize;
        let mut axis = Axis::rounded(low, high, count, (0.0, 1.0));
        axis.clip(least, greatest);
        axis
    }

    /// A label for every line that has a value, and one for all others.
    pub fn labels(&self, style: &Style, x: &Axis, y: &Axis, across: &Across) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut others = Vec::new();
        for curve in &self.curves {
            let Some((entry, value)) = last_value(curve.series) else {
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
            let mut shown = y.value(value, self.format);
            if entry + 1 < curve.series.len() {
                shown.push_str(&across.ended(style, entry));
            }
            labels.push(Label {
                name: curve.name.clone(),
                value: shown,
                color: curve.color,
                end: (x.at(curve.place(entry, across)), y.at(value)),
                leader: true,
            });
        }
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
        // Many bands, one above the other, must not become darker than a few.
        let leaders = || {
            let curves = self.curves.iter();
            curves.filter(|curve| curve.role == Role::Main)
        };
        let opacity = theme::BAND * (4.0 / leaders().count().max(1) as f64).min(1.0);
        for curve in leaders() {
            let at = |entry| x.at(curve.place(entry, across));
            draw_band(canvas, curve, at, y, opacity);
        }
        for curve in &self.curves {
            let at = |entry| x.at(curve.place(entry, across));
            draw_line(canvas, curve, at, y);
        }
    }
}

/// The last value of a series and its period.
#[must_use]
pub fn last_value(series: &[Estimate]) -> Option<(usize, f64)> {
    let mut backwards = series.iter().enumerate().rev();
    backwards
        .find(|(_, estimate)| estimate.mean.is_finite())
        .map(|(period, estimate)| (period, estimate.mean))
}
