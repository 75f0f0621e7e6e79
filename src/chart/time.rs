//! A chart over time: one panel or several, one above the other, on one axis of periods.

use super::axis::{Axis, Format};
use super::canvas::{Anchor, Canvas, Ink};
use super::events::{self, Event};
use super::frame::{Frame, Heading};
use super::labels::{Label, Setting};
use super::panel::{Panel, draw_grid};
use super::text::Font;
use super::{ChartKind, Figure, theme};

/// Space below a panel for the numbers along its axis.
const TICK_ROW: f64 = 25.0;
/// Space below the last panel for the word "Period".
const AXIS_TITLE: f64 = 20.0;
/// Space between two panels.
const BETWEEN: f64 = 14.0;
/// Space for the words of events.
const EVENT_ROW: f64 = 18.0;
/// How far labels may reach beyond the plot, above and below.
const OVERHANG: f64 = 9.0;
/// The height to which a panel grows at most for its labels.
const TALLEST: f64 = 300.0;

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
