//! A chart over time, or over what else runs from left to right: one panel or several, one above the other, on one axis.

use super::across::Across;
use super::axis::Axis;
use super::canvas::Canvas;
use super::events::{self, Event};
use super::frame::{Frame, Heading};
use super::labels::{Label, Setting};
use super::panel::Panel;
use super::style::Style;
use super::ticks::{self, draw_grid, draw_numbers, left_edge};
use super::{Data, Figure, theme};

/// Space between two panels.
const BETWEEN: f64 = 14.0;
/// Space for the words of events.
const EVENT_ROW: f64 = 18.0;
/// How far labels may reach beyond the plot, above and below.
const OVERHANG: f64 = 9.0;
/// Least height of a panel.
const LEAST: f64 = 72.0;
/// The height to which a panel grows at most for its labels.
const TALLEST: f64 = 300.0;

/// A chart of panels over time.
#[derive(Debug)]
pub struct TimeChart<'a> {
    /// What it is drawn on.
    pub sheet: Sheet<'a>,
    /// Words around it.
    pub heading: Heading,
    /// Its text alternative.
    pub description: String,
    /// Its panels from top to bottom.
    pub panels: Vec<Panel<'a>>,
    /// What to mark.
    pub events: Vec<Event>,
    /// Height of the figure as a multiple of the usual, unless labels need more.
    pub height: f64,
}

/// What a chart over time is drawn on.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// How it is drawn.
    pub style: &'a Style,
    /// Name of the figure.
    pub name: &'a str,
    /// What runs from left to right.
    pub across: Across,
}

/// Where everything on a chart over time stands.
struct Layout {
    frame: Frame,
    height: f64,
    /// Height of every panel.
    panel: f64,
    event_row: f64,
    x: Axis,
    /// The axes of values, without pixels.
    axes: Vec<Axis>,
    labels: Setting,
}

impl TimeChart<'_> {
    /// Draws it.
    #[must_use]
    pub fn draw(self) -> Figure {
        let layout = Layout::new(&self);
        let style = self.sheet.style;
        let mut canvas = Canvas::new(style, layout.height);
        layout.frame.draw(&mut canvas, layout.height);
        let mut top = layout.frame.above();
        for (number, panel) in self.panels.iter().enumerate() {
            top += panel.title_height();
            panel.draw_title(&mut canvas, top);
            if number == 0 {
                top += layout.event_row;
                events::draw_words(&mut canvas, &self.events, &layout.x, top - 7.0);
            }
            let mut y = layout.axes[number].clone();
            y.pixels = (top + layout.panel, top);
            self.draw_panel(&mut canvas, &layout, panel, &y);
            let is_last = number + 1 == self.panels.len();
            let title = is_last.then_some(style.say(self.sheet.across.title()));
            draw_numbers(
                &mut canvas,
                &layout.x,
                style.number(),
                top + layout.panel,
                title,
            );
            top += layout.panel + ticks::NUMBERS + BETWEEN;
        }
        let figure = canvas.finish(self.sheet.name, &self.heading.title, &self.description);
        figure.with_data(self.data())
    }

    /// A row for every value of every line.
    fn data(&self) -> Data {
        let mut data = Data::new(&[
            "panel",
            "series",
            self.sheet.across.column(),
            "mean",
            "low",
            "high",
        ]);
        for panel in &self.panels {
            for curve in &panel.curves {
                for (entry, estimate) in curve.series.iter().enumerate() {
                    let place = curve.place(entry, &self.sheet.across);
                    data.push_estimate(&[&panel.title, &curve.name, &place], estimate);
                }
            }
        }
        data
    }

    fn draw_panel(&self, canvas: &mut Canvas, layout: &Layout, panel: &Panel<'_>, y: &Axis) {
        let (x, (bottom, top)) = (&layout.x, y.pixels);
        draw_grid(canvas, x.pixels, y, panel.format);
        events::draw_lines(canvas, &self.events, x, (top, bottom));
        panel.draw_curves(canvas, x, y, &self.sheet.across);
        let labels = panel.labels(self.sheet.style, x, y, &self.sheet.across);
        let bounds = (top - OVERHANG, bottom + OVERHANG);
        layout.labels.draw(canvas, &labels, x.pixels.1, bounds);
    }
}

impl Layout {
    /// Panels share the height that is left, or take more where labels need it; labels take their
    /// width from the panels.
    fn new(chart: &TimeChart<'_>) -> Self {
        let style = chart.sheet.style;
        let frame = Frame::new(style, &chart.heading);
        let event_row = if chart.events.is_empty() {
            0.0
        } else {
            EVENT_ROW
        };
        let count = chart.panels.len() as f64;
        let titles: f64 = chart.panels.iter().map(Panel::title_height).sum();
        let between = ticks::NUMBERS * count + BETWEEN * (count - 1.0);
        let around = frame.above() + titles + event_row + between + ticks::TITLE + frame.below();
        let natural = ((chart.height * style.height - around) / count).max(LEAST);

        let axes: Vec<Axis> = chart.panels.iter().map(|p| p.axis(natural)).collect();
        let labels = unplaced_labels(chart, &axes);
        let most = if chart.panels.len() > 1 {
            natural.max(TALLEST)
        } else {
            natural
        };
        let setting = Setting::that_fits(style, &labels, most + 2.0 * OVERHANG);
        let panel = labels
            .iter()
            .map(|labels| setting.height(labels) - 2.0 * OVERHANG)
            .fold(natural, f64::max);

        let left = left_edge(
            axes.iter()
                .zip(&chart.panels)
                .map(|(axis, p)| (axis, p.format)),
        );
        let right = style.width - theme::RIGHT - setting.margin(&labels).max(20.0);
        Self {
            height: (around + panel * count).ceil(),
            x: chart.sheet.across.axis((left, right)),
            labels: setting,
            frame,
            panel,
            event_row,
            axes,
        }
    }
}

/// The labels of every panel, to be measured.
fn unplaced_labels(chart: &TimeChart<'_>, axes: &[Axis]) -> Vec<Vec<Label>> {
    let x = chart.sheet.across.axis((0.0, 1.0));
    let sheet = chart.sheet;
    let panels = chart.panels.iter().zip(axes);
    panels
        .map(|(panel, y)| panel.labels(sheet.style, &x, y, &sheet.across))
        .collect()
}
