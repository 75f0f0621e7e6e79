//! A series as it is drawn: its name, colour and part among the lines of a panel.

use std::borrow::Cow;

use plotters::style::RGBColor;

use super::across::Across;
use crate::analysis::Estimate;

/// One line of a panel.
#[derive(Debug, Clone)]
pub struct Curve<'a> {
    /// What stands at its end, if it is [`Role::Main`].
    pub name: String,
    /// Its values, by period where the chart runs over periods.
    pub series: Cow<'a, [Estimate]>,
    /// Where its values stand across, if not one step after the other.
    pub places: Option<&'a [f64]>,
    /// Its colour.
    pub color: RGBColor,
    /// Its dashes.
    pub dashes: &'static [f64],
    /// What it is among the lines.
    pub role: Role,
    /// What stands behind its name; if none, the figure of its end.
    pub value: Option<String>,
    /// The figure of its end: what was found in the closing window, if it reaches that far. Its last value if none.
    pub end: Option<f64>,
    /// Whether every value has a mark.
    pub is_marked: bool,
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

/// What lies between two lines of values, from the first entry on; NaN where there is nothing.
#[derive(Debug, Clone)]
pub struct Area {
    /// What stands at its end.
    pub name: String,
    /// What stands behind its name.
    pub value: String,
    /// Its two edges at every entry.
    pub edges: Vec<(f64, f64)>,
    /// Its colour.
    pub color: RGBColor,
}

impl<'a> Curve<'a> {
    /// A solid line with a label.
    #[must_use]
    pub fn plain(name: &str, series: &'a [Estimate], color: RGBColor) -> Self {
        Self {
            name: name.to_owned(),
            series: Cow::Borrowed(series),
            places: None,
            color,
            dashes: &[],
            role: Role::Main,
            value: None,
            end: None,
            is_marked: false,
        }
    }

    /// Where a value of its series stands across.
    pub fn place(&self, entry: usize, across: &Across) -> f64 {
        let own = self.places.and_then(|places| places.get(entry));
        own.copied().unwrap_or_else(|| across.step(entry))
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
