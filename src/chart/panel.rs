//! One plot of series over time: its axis of values, its lines, and a label where each ends.

use plotters::style::RGBColor;

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
    /// What stands at its end; a pale curve has no label of its own.
    pub name: String,
    /// Its values by period.
    pub series: &'a [Estimate],
    /// Its colour.
    pub color: RGBColor,
    /// Its dashes.
    pub dashes: &'static [f64],
    /// Whether it is one of the "others".
    pub pale: bool,
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
        pale: !actor.leads,
    };
    let others = cast.iter().filter(|actor| !actor.leads);
    let leaders = cast.iter().filter(|actor| actor.leads);
    others.chain(leaders).map(curve).collect()
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
                .filter(|curve| !curve.pale)
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
    pub fn labels(&self, style: &Style, x: &Axis, y: &Axis, first: u32) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut others = Vec::new();
        for curve in &self.curves {
            let Some((period, value)) = last_value(curve.series) else {
                continue;
            };
            if curve.pale {
                others.push(value);
                continue;
            }
            let mut shown = y.value(value, self.format);
            if period + 1 < curve.series.len() {
                let period = first as usize + period;
                shown.push_str(&style.fill("words.in_period_bracketed", &[("period", &period)]));
            }
            labels.push(Label {
                name: curve.name.clone(),
                value: shown,
                color: curve.color,
                end: (x.at(f64::from(first) + period as f64), y.at(value)),
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

    pub fn draw_curves(&self, canvas: &mut Canvas, x: &Axis, y: &Axis, first: u32) {
        let at = |period: usize| x.at(f64::from(first) + period as f64);
        // Many bands, one above the other, must not become darker than a few.
        let leaders = || self.curves.iter().filter(|curve| !curve.pale);
        let opacity = theme::BAND * (4.0 / leaders().count().max(1) as f64).min(1.0);
        for curve in leaders() {
            draw_band(canvas, curve, at, y, opacity);
        }
        for curve in &self.curves {
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
