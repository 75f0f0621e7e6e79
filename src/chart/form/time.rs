//! A chart over time, or over what else runs from left to right: one panel or several, one above the other, on one axis.

use super::across::Across;
use super::event::{self, Event};
use super::panel::Panel;
use crate::chart::kit::ticks::{self, draw_grid, draw_numbers, left_edge};
use crate::chart::kit::{
    Axis, Canvas, Data, Figure, Frame, Heading, Label, Setting, Style, Told, theme,
};

/// Space between two panels.
const BETWEEN: f64 = 14.0;
/// How far labels may reach beyond the plot, above and below.
const OVERHANG: f64 = 9.0;
/// Least height of a panel.
const LEAST: f64 = 72.0;
/// The height to which a panel grows at most for its labels.
const TALLEST: f64 = 300.0;

/// A chart of panels over time.
#[derive(Debug)]
pub struct TimeChart<'a> {
    /// How it is drawn.
    pub style: &'a Style,
    /// Its words; without numbers, those of its lines.
    pub told: Told,
    /// What runs from left to right.
    pub across: Across,
    /// Its panels from top to bottom.
    pub panels: Vec<Panel<'a>>,
    /// What to mark.
    pub events: Vec<Event>,
    /// Height of the figure as a multiple of the usual, unless labels need more.
    pub height: f64,
}

/// Where everything on a chart over time stands.
struct TimeLayout {
    frame: Frame,
    height: f64,
    /// Heights of the panels.
    panels: Vec<f64>,
    event_row: f64,
    x: Axis,
    /// The axes of values, without pixels.
    axes: Vec<Axis>,
    labels: Setting,
}

impl<'a> TimeChart<'a> {
    /// What a head start in period `from` does from then until before period `to`.
    #[must_use]
    pub fn after_head_start(
        style: &'a Style,
        name: String,
        heading: Heading,
        (from, to): (u32, u32),
        panels: Vec<Panel<'a>>,
    ) -> Self {
        Self {
            style,
            told: Told {
                name,
                description: format!("{}. {}", heading.title, heading.caption.join(" ")),
                heading,
                data: Data::default(),
            },
            across: Across::Periods {
                first: from,
                count: to - from,
            },
            panels,
            events: Vec::new(),
            height: 1.12,
        }
    }

    /// Draws it.
    #[must_use]
    pub fn draw(self) -> Figure {
        let layout = TimeLayout::new(&self);
        let told = Told {
            data: if self.told.data.is_empty() {
                self.data()
            } else {
                self.told.data.clone()
            },
            ..self.told.clone()
        };
        told.figure(self.style, &layout.frame, layout.height, |canvas| {
            self.draw_panels(canvas, &layout);
        })
    }

    fn draw_panels(&self, canvas: &mut Canvas, layout: &TimeLayout) {
        let style = self.style;
        let mut top = layout.frame.above();
        for (number, panel) in self.panels.iter().enumerate() {
            top += panel.title_height();
            panel.draw_title(canvas, top);
            if number == 0 {
                top += layout.event_row;
                event::draw_words(canvas, &self.events, &layout.x, top - 7.0);
            }
            let bottom = top + layout.panels[number];
            let y = layout.axes[number].between((bottom, top));
            self.draw_panel(canvas, layout, panel, &y);
            let is_last = number + 1 == self.panels.len();
            let title = is_last.then_some(self.across.title(style));
            draw_numbers(canvas, &layout.x, style.number(), bottom, title);
            top = bottom + ticks::NUMBERS + BETWEEN;
        }
    }

    /// A row for every value of every line.
    fn data(&self) -> Data {
        let mut data = Data::new(&[
            "panel",
            "series",
            self.across.column(),
            "mean",
            "low",
            "high",
        ]);
        for panel in &self.panels {
            for curve in &panel.curves {
                for (entry, estimate) in curve.series.iter().enumerate() {
                    let place = curve.place(entry, &self.across);
                    data.push_estimate(&[&panel.title, &curve.name, &place], estimate);
                }
            }
        }
        data
    }

    fn draw_panel(&self, canvas: &mut Canvas, layout: &TimeLayout, panel: &Panel<'_>, y: &Axis) {
        let (x, (bottom, top)) = (&layout.x, y.pixels);
        draw_grid(canvas, x.pixels, y, panel.format);
        event::draw_lines(canvas, &self.events, x, (top, bottom));
        panel.draw_curves(canvas, x, y, &self.across);
        let labels = panel.labels(self.style, x, y, &self.across);
        let bounds = (top - OVERHANG, bottom + OVERHANG);
        layout.labels.draw(canvas, &labels, x.pixels.1, bounds);
    }
}

impl TimeLayout {
    /// Panels share the height that is left, or take more where labels need it; labels take their
    /// width from the panels.
    fn new(chart: &TimeChart<'_>) -> Self {
        let usual = if chart.events.is_empty() {
            0.0
        } else {
            event::ROW
        };
        let layout = Self::with_events(chart, usual);
        let height = event::height(chart.style, &chart.events, &layout.x);
        if height > usual {
            return Self::with_events(chart, height);
        }
        layout
    }

    fn with_events(chart: &TimeChart<'_>, event_row: f64) -> Self {
        let style = chart.style;
        let frame = Frame::new(style, &chart.told.heading);
        let count = chart.panels.len() as f64;
        let titles: f64 = chart.panels.iter().map(Panel::title_height).sum();
        let between = ticks::NUMBERS * count + BETWEEN * (count - 1.0);
        let around = frame.above() + titles + event_row + between + ticks::TITLE + frame.below();
        let parts: f64 = chart.panels.iter().map(|panel| panel.height).sum();
        let natural = |panel: &Panel<'_>| {
            ((style.tall(chart.height) - around) / parts * panel.height).max(LEAST)
        };

        let axes: Vec<Axis> = chart
            .panels
            .iter()
            .map(|panel| panel.axis(natural(panel)))
            .collect();
        let x = chart.across.axis((0.0, 1.0));
        let unplaced = |(panel, y): (&Panel<'_>, &Axis)| -> (Vec<Label>, f64) {
            let most = if count > 1.0 {
                natural(panel).max(TALLEST)
            } else {
                natural(panel)
            };
            (
                panel.labels(style, &x, y, &chart.across),
                most + 2.0 * OVERHANG,
            )
        };
        let labels: Vec<_> = chart.panels.iter().zip(&axes).map(unplaced).collect();
        let setting = Setting::that_fits(style, &labels);
        let growth = chart
            .panels
            .iter()
            .zip(&labels)
            .map(|(panel, (labels, _))| (setting.height(labels) - 2.0 * OVERHANG) / natural(panel));
        let growth = growth.fold(1.0, f64::max);
        let panels: Vec<f64> = chart
            .panels
            .iter()
            .map(|panel| natural(panel) * growth)
            .collect();

        let formats = chart.panels.iter().map(|panel| panel.format);
        let left = left_edge(axes.iter().zip(formats));
        let right = style.width - theme::RIGHT - setting.margin(&labels).max(20.0);
        Self {
            height: (around + panels.iter().sum::<f64>()).ceil(),
            x: chart.across.axis((left, right)),
            labels: setting,
            frame,
            panels,
            event_row,
            axes,
        }
    }
}
