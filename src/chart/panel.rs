//! Series over time: one panel or several, one above the other, with a label where each line ends.

use plotters::style::RGBColor;

use super::axis::{Axis, Format};
use super::canvas::{Anchor, Canvas, Ink, Point};
use super::cast::Actor;
use super::events::{self, Event};
use super::frame::{Frame, Heading};
use super::labels::{Label, Setting};
use super::text::Font;
use super::{ChartKind, Figure, theme, words};
use crate::analysis::{Estimate, Quantity, Results};

/// Space below a panel for the numbers along its axis.
const TICK_ROW: f64 = 25.0;
/// Space below the last panel for the word "Period".
const AXIS_TITLE: f64 = 20.0;
/// Space between two panels.
const BETWEEN: f64 = 14.0;
/// Space for the title of a panel.
const PANEL_TITLE: f64 = 27.0;
/// Space for the words of events.
const EVENT_ROW: f64 = 18.0;
/// How far labels may reach beyond the plot, above and below.
const OVERHANG: f64 = 9.0;
/// The height to which a panel grows at most for its labels.
const TALLEST: f64 = 300.0;
/// Fewer periods than this are marked by dots.
const FEW: u32 = 13;

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

/// A chart of panels over time.
#[derive(Debug)]
pub struct TimeChart<'a> {
    /// Which chart it is.
    pub kind: ChartKind,
    /// Words around it.
    pub heading: Heading,
    /// Its text alternative.
    pub description: String,
    /// Its panels from top to bottom.
    pub panels: Vec<Panel<'a>>,
    /// What to mark.
    pub events: Vec<Event>,
    /// Number of periods.
    pub periods: u32,
    /// Height of the figure, unless labels need more.
    pub height: f64,
}

/// The firms' lines of a quantity: the others first, so that they lie below.
#[must_use]
pub fn firm_curves<'a>(results: &'a Results, cast: &[Actor], quantity: Quantity) -> Vec<Curve<'a>> {
    let curve = |actor: &Actor| Curve {
        name: actor.name.clone(),
        series: results.firms[actor.firm].series(quantity),
        color: actor.color,
        dashes: actor.dashes,
        pale: !actor.leads,
    };
    let others = cast.iter().filter(|actor| !actor.leads);
    let leaders = cast.iter().filter(|actor| actor.leads);
    others.chain(leaders).map(curve).collect()
}

impl TimeChart<'_> {
    /// Draws it.
    #[must_use]
    pub fn draw(self) -> Figure {
        let frame = Frame::new(&self.heading);
        let event_row = if self.events.is_empty() {
            0.0
        } else {
            EVENT_ROW
        };
        let around: f64 = frame.above() + event_row + AXIS_TITLE + frame.below() + self.spaces();
        let count = self.panels.len() as f64;
        let natural = (self.height - around) / count;

        let axes: Vec<Axis> = self
            .panels
            .iter()
            .map(|panel| panel.axis(natural))
            .collect();
        let unplaced = Axis::of_periods(self.periods, (0.0, 1.0));
        let labels: Vec<Vec<Label>> = self
            .panels
            .iter()
            .zip(&axes)
            .map(|(panel, axis)| panel.labels(&unplaced, axis))
            .collect();
        let most = if self.panels.len() > 1 {
            natural.max(TALLEST)
        } else {
            natural
        };
        let setting = Setting::that_fits(&labels, most + 2.0 * OVERHANG);
        let needed = labels
            .iter()
            .map(|labels| setting.height(labels) - 2.0 * OVERHANG)
            .fold(natural, f64::max);
        let height = (around + needed * count).ceil();

        let margin = setting.margin(&labels).max(20.0);
        let right = theme::WIDTH - theme::RIGHT - margin;
        let x = Axis::of_periods(self.periods, (theme::LEFT, right));
        let mut canvas = Canvas::new(height);
        frame.draw(&mut canvas, height);
        let mut top = frame.above() + event_row;
        for (number, (panel, mut y)) in self.panels.iter().zip(axes).enumerate() {
            top += panel.title_height();
            y.pixels = (top + needed, top);
            panel.draw_title(&mut canvas, top - event_row_of(number, event_row));
            if number == 0 && event_row > 0.0 {
                events::draw_words(&mut canvas, &self.events, &x, top - 7.0);
            }
            draw_grid(&mut canvas, x.pixels, &y, panel.format);
            events::draw_lines(&mut canvas, &self.events, &x, (top, top + needed));
            panel.draw_curves(&mut canvas, &x, &y);
            let labels = panel.labels(&x, &y);
            let bounds = (top - OVERHANG, top + needed + OVERHANG);
            setting.draw(&mut canvas, &labels, right, bounds);
            top += needed;
            let is_last = number + 1 == self.panels.len();
            draw_periods(&mut canvas, &x, top, is_last);
            top += if is_last { 0.0 } else { TICK_ROW + BETWEEN };
        }
        canvas.finish(self.kind, &self.heading.title, &self.description)
    }

    /// Height between and below the panels, and of their titles.
    fn spaces(&self) -> f64 {
        let titles: f64 = self.panels.iter().map(Panel::title_height).sum();
        let count = self.panels.len() as f64;
        titles + TICK_ROW * count + BETWEEN * (count - 1.0)
    }
}

/// The words of events stand between the first panel and its title.
fn event_row_of(number: usize, event_row: f64) -> f64 {
    if number == 0 { event_row } else { 0.0 }
}

impl Panel<'_> {
    fn title_height(&self) -> f64 {
        if self.title.is_empty() {
            0.0
        } else {
            PANEL_TITLE
        }
    }

    fn draw_title(&self, canvas: &mut Canvas, top: f64) {
        let at = (theme::LEFT, top - 12.0);
        let font = Font::bold(theme::TICK);
        canvas.text(&self.title, font, theme::TEXT, at, Anchor::Start);
    }

    /// The axis of values: it spans all means, and of the intervals as much as leaves the means legible.
    fn axis(&self, height: f64) -> Axis {
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
        let reach = 0.3 * (high - low);
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
        let count = (height / 50.0).round().clamp(2.0, 6.0) as usize;
        let mut axis = Axis::rounded(low, high, count, (0.0, 1.0));
        axis.clip(least, greatest);
        axis
    }

    /// A label for every line that has a value, and one for all others.
    fn labels(&self, x: &Axis, y: &Axis) -> Vec<Label> {
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
                shown.push_str(&format!(" (period {period})"));
            }
            labels.push(Label {
                name: curve.name.clone(),
                value: shown,
                color: curve.color,
                end: (x.at(period as f64), y.at(value)),
                leader: true,
            });
        }
        if !others.is_empty() {
            others.sort_by(f64::total_cmp);
            let middle = others[others.len() / 2];
            labels.push(Label {
                name: words::counted(others.len() as u64, "other firm"),
                value: String::new(),
                color: theme::QUIET,
                end: (x.pixels.1, y.at(middle)),
                leader: false,
            });
        }
        labels
    }

    fn draw_curves(&self, canvas: &mut Canvas, x: &Axis, y: &Axis) {
        // Many bands, one above the other, must not become darker than a few.
        let leaders = || self.curves.iter().filter(|curve| !curve.pale);
        let opacity = theme::BAND * (4.0 / leaders().count().max(1) as f64).min(1.0);
        for curve in leaders() {
            draw_band(canvas, curve, x, y, opacity);
        }
        for curve in &self.curves {
            draw_line(canvas, curve, x, y);
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

/// Stretches of periods for which a point exists.
fn runs(series: &[Estimate], point: impl Fn(usize, &Estimate) -> Option<Point>) -> Vec<Vec<Point>> {
    let mut runs = vec![Vec::new()];
    for (period, estimate) in series.iter().enumerate() {
        match (point(period, estimate), runs.last_mut()) {
            (Some(point), Some(run)) => run.push(point),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn draw_band(canvas: &mut Canvas, curve: &Curve<'_>, x: &Axis, y: &Axis, opacity: f64) {
    let edge = |value: fn(&Estimate) -> f64| {
        runs(curve.series, |period, estimate| {
            let known = estimate.low.is_finite() && estimate.high.is_finite();
            known.then(|| (x.at(period as f64), y.at(value(estimate))))
        })
    };
    for (upper, lower) in edge(|e| e.high).into_iter().zip(edge(|e| e.low)) {
        let mut outline = thinned(&upper);
        outline.extend(thinned(&lower).into_iter().rev());
        canvas.area(outline, Ink::fill(curve.color, opacity));
    }
}

fn draw_line(canvas: &mut Canvas, curve: &Curve<'_>, x: &Axis, y: &Axis) {
    let ink = if curve.pale {
        Ink::stroke(curve.color, 1.2)
    } else {
        Ink::stroke(curve.color, theme::STROKE)
    };
    let few = curve.series.len() < FEW as usize;
    for run in runs(curve.series, |period, estimate| {
        let known = estimate.mean.is_finite();
        known.then(|| (x.at(period as f64), y.at(estimate.mean)))
    }) {
        if (few && !curve.pale) || run.len() == 1 {
            for &point in &run {
                canvas.dot(point, 4.0, Ink::fill(curve.color, 1.0));
            }
        }
        canvas.dashed(thinned(&run), curve.dashes, ink);
    }
}

/// At most some points per pixel: of the points in a pixel the first, lowest, highest and last.
fn thinned(points: &[Point]) -> Vec<Point> {
    const PER_PIXEL: f64 = 2.0;
    let span = points.last().map_or(0.0, |last| last.0 - points[0].0);
    if (points.len() as f64) <= 2.0 * PER_PIXEL * span.max(1.0) {
        return points.to_vec();
    }
    points
        .chunk_by(|a, b| a.0.floor() == b.0.floor())
        .flat_map(|pixel| {
            let by_height = |a: &&Point, b: &&Point| a.1.total_cmp(&b.1);
            let low = pixel.iter().min_by(by_height);
            let high = pixel.iter().max_by(by_height);
            let mut kept: Vec<Point> = [pixel.first(), low, high, pixel.last()]
                .into_iter()
                .flatten()
                .copied()
                .collect();
            kept.sort_by(|a, b| a.0.total_cmp(&b.0));
            kept.dedup();
            kept
        })
        .collect()
}

/// Horizontal grid lines with their numbers; zero is darker.
pub fn draw_grid(canvas: &mut Canvas, (left, right): (f64, f64), y: &Axis, format: Format) {
    let font = Font::regular(theme::TICK);
    // The floor of the plot, should no grid line lie there.
    let floor = y.at(y.domain.0);
    let pale = Ink::stroke(theme::GRID, theme::HAIRLINE);
    canvas.line((left, floor), (right, floor), pale);
    for &tick in &y.ticks {
        let at = y.at(tick);
        let color = if tick == 0.0 {
            theme::AXIS
        } else {
            theme::GRID
        };
        canvas.line((left, at), (right, at), Ink::stroke(color, theme::HAIRLINE));
        let words = y.tick(tick, format);
        let at = (left - 8.0, at + 0.36 * font.size);
        canvas.text(&words, font, theme::TEXT, at, Anchor::End);
    }
}

/// The numbers of periods below a panel, and for the last one what they are.
fn draw_periods(canvas: &mut Canvas, x: &Axis, bottom: f64, with_title: bool) {
    let font = Font::regular(theme::TICK);
    let baseline = bottom + 10.0 + 0.76 * font.size;
    for &tick in &x.ticks {
        let at = x.at(tick);
        let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line((at, bottom), (at, bottom + 4.0), ink);
        let words = x.tick(tick, Format::Number);
        canvas.text(&words, font, theme::TEXT, (at, baseline), Anchor::Middle);
    }
    if with_title {
        let middle = f64::midpoint(x.pixels.0, x.pixels.1);
        let at = (middle, baseline + 1.25 * font.size);
        canvas.text("Period", font, theme::TEXT, at, Anchor::Middle);
    }
}
