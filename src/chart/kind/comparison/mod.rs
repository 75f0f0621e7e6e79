//! Differences between two runs: a dot with its interval for each figure, on either side of no difference.
//!
//! `telling` has the words around the figures.

mod telling;

#[cfg(test)]
mod tests;

use crate::analysis::{Compared, ComparedFirm, Comparison, Estimate, Quantity};
use crate::chart::form::rows::{Cell, Column, Row, RowChart, RowMarks, Sizes, Slot};
use crate::chart::kit::{Axis, Canvas, Data, Figure, Ink, Style, Told, theme};
use crate::scenario::MarketQuantity;
use telling::{decimals, description, factor, heading, title, written};

/// Height of a row.
const ROW: f64 = 23.0;
/// Width of the column of the first run, the second, and the difference.
const COLUMNS: [f64; 3] = [110.0, 110.0, 196.0];
/// Most firms shown for each quantity, and most points of a sweep.
const MOST: (usize, usize) = (8, 12);

/// Two runs as they are drawn.
#[derive(Debug, Clone, Copy)]
pub struct ComparisonChart<'a> {
    /// How it looks.
    pub style: &'a Style,
    /// Name of its files.
    pub name: &'a str,
    /// What the first run is called.
    pub base: &'a str,
    /// What the second run is called.
    pub other: &'a str,
    /// The differences.
    pub comparison: &'a Comparison,
    /// What each point of a sweep is called, by its number; empty without a sweep.
    pub points: &'a [String],
}

/// Rows that share a scale.
struct ComparedGroup<'a> {
    title: String,
    /// 100 where it is written in percent.
    factor: f64,
    rows: Vec<(&'a str, Compared)>,
}

/// Differences as dots: each row with how far its scale reaches.
struct Dots<'a> {
    rows: Vec<(&'a Compared, f64)>,
}

/// Draws the chart: every figure of every firm, or, of a sweep, the shares at every point.
#[must_use]
pub fn draw_comparison(chart: &ComparisonChart<'_>) -> Figure {
    let style = chart.style;
    let groups = groups(chart);
    // the same quantity at all points is on one scale
    let common = widest(groups.iter().flat_map(|group| &group.rows));
    let (mut rows, mut dots) = (Vec::new(), Dots { rows: Vec::new() });
    for group in &groups {
        let is_common = !chart.points.is_empty();
        let reach = if is_common {
            common
        } else {
            widest(group.rows.iter())
        };
        for (number, (name, compared)) in group.rows.iter().enumerate() {
            let first = if number == 0 {
                group.title.as_str()
            } else {
                ""
            };
            rows.push(row(style, first, name, compared, group.factor));
            dots.rows.push((compared, reach));
        }
    }
    let [less, more] = ["comparison.less", "comparison.more"].map(|key| style.say(key));
    let heads = [chart.base, chart.other, style.say("comparison.difference")];
    let column = |(head, width)| Column {
        head,
        color: theme::TEXT,
        width,
        swatch: None,
    };
    RowChart {
        style,
        told: Told {
            name: chart.name.to_owned(),
            heading: heading(chart),
            description: description(chart, &groups),
            data: Data::default(),
        },
        rows,
        columns: heads.into_iter().zip(COLUMNS).map(column).collect(),
        sizes: Sizes {
            pitch: (ROW, ROW),
            ..Sizes::default()
        },
        heads: (
            String::new(),
            format!("← {less}\u{a0}\u{a0}\u{a0}\u{a0}{more} →"),
        ),
        scale: None,
    }
    .draw(&dots)
}

/// A figure of one firm: its name, both runs and the difference.
fn row(style: &Style, group: &str, name: &str, compared: &Compared, factor: f64) -> Row {
    let (mean, reach) = (compared.difference.mean, compared.difference.reach());
    let decimals = decimals(compared, factor);
    let number = |value: f64, signed| written(style, value * factor, decimals, signed);
    let difference = match has_interval(compared) && reach > 0.0 {
        true => format!("{} ± {}", number(mean, true), number(reach, false)),
        false => number(mean, true),
    };
    Row {
        name: name.to_owned(),
        color: Some(theme::TEXT),
        group: group.to_owned(),
        note: match mean.is_nan() {
            true => style.say("comparison.missing").to_owned(),
            false => String::new(),
        },
        cells: vec![
            Cell::plain(number(compared.base, false)),
            Cell::plain(number(compared.other, false)),
            Cell {
                bold: is_clear(compared),
                ..Cell::plain(difference)
            },
        ],
    }
}

fn has_interval(compared: &Compared) -> bool {
    compared.difference.low.is_finite() && compared.difference.high.is_finite()
}

/// Whether the interval leaves out zero.
fn is_clear(compared: &Compared) -> bool {
    let Estimate { low, high, .. } = compared.difference;
    has_interval(compared) && (low > 0.0 || high < 0.0)
}

impl RowMarks for Dots<'_> {
    fn axis(&self, (left, right): (f64, f64)) -> Axis {
        Axis::exact(-1.0, 1.0, 2, (left + 12.0, right - 12.0))
    }

    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let (compared, reach) = self.rows[slot.row];
        let Estimate {
            mean, low, high, ..
        } = compared.difference;
        let at = |value: f64| (x.at(value / reach), slot.middle());
        let is_clear = is_clear(compared);
        let color = if is_clear {
            theme::SURPLUS
        } else {
            theme::QUIET
        };
        if has_interval(compared) {
            canvas.line(at(low), at(high), Ink::stroke(color, 1.8));
        }
        canvas.dot(at(mean), 4.6, Ink::fill(color, 1.0));
        if !is_clear {
            canvas.dot(at(mean), 2.8, Ink::fill(theme::PAPER, 1.0));
        }
    }
}

/// The farthest that a mean or an interval reaches.
fn widest<'a>(rows: impl Iterator<Item = &'a (&'a str, Compared)>) -> f64 {
    let ends = rows.flat_map(|(_, compared)| {
        let Estimate {
            mean, low, high, ..
        } = compared.difference;
        [mean.abs(), low.abs(), high.abs()]
    });
    let reach = ends.filter(|end| end.is_finite()).fold(0.0, f64::max);
    if reach > 0.0 { reach } else { 1.0 }
}

/// The market as a whole, as far as it is known.
fn of_market<'a>(chart: &ComparisonChart<'a>) -> Vec<ComparedGroup<'a>> {
    const SHOWN: [(MarketQuantity, &str, f64); 3] = [
        (MarketQuantity::Coverage, "comparison.coverage", 100.0),
        (MarketQuantity::Concentration, "comparison.hhi", 1.0),
        (
            MarketQuantity::ConsumerSurplus,
            "comparison.consumer_surplus",
            1.0,
        ),
    ];
    let style = chart.style;
    let group = |(quantity, key, factor): (MarketQuantity, &str, f64)| {
        let found = chart.comparison.market.first()?;
        let compared = *found.figures.get(quantity as usize)?;
        (compared.difference.count > 0).then(|| ComparedGroup {
            title: style.say(key).to_owned(),
            factor,
            rows: vec![(style.say("comparison.market"), compared)],
        })
    };
    SHOWN.into_iter().filter_map(group).collect()
}

fn groups<'a>(chart: &ComparisonChart<'a>) -> Vec<ComparedGroup<'a>> {
    let firms = &chart.comparison.firms;
    let row =
        |place: usize| move |firm: &'a ComparedFirm| (firm.name.as_str(), firm.figures[place]);
    if chart.points.is_empty() {
        let group = |(place, quantity): (usize, Quantity)| ComparedGroup {
            title: chart.style.say(title(quantity)).to_owned(),
            factor: factor(quantity),
            rows: firms.iter().take(MOST.0).map(row(place)).collect(),
        };
        let of_firms = Quantity::SUMMARY.into_iter().enumerate().map(group);
        return of_firms.chain(of_market(chart)).collect();
    }
    let group = |point: u32| ComparedGroup {
        title: chart
            .points
            .get(point as usize)
            .cloned()
            .unwrap_or_default(),
        factor: factor(Quantity::Share),
        rows: firms
            .iter()
            .filter(|firm| firm.point == point)
            .take(MOST.0)
            .map(row(0))
            .collect(),
    };
    chart
        .comparison
        .points()
        .into_iter()
        .take(MOST.1)
        .map(group)
        .collect()
}
