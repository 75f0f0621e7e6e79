//! Differences between two runs: a dot with its interval for each figure, on either side of no difference.

use super::canvas::{Anchor, Canvas, Ink};
use super::frame::{Frame, Heading};
use super::style::Style;
use super::text::Font;
use super::{Figure, theme, words};
use crate::analysis::{Compared, ComparedFirm, Comparison, Estimate, Quantity};

/// Height of a row, and of the words above a group of rows.
const ROW: f64 = 23.0;
const GROUP: f64 = 34.0;
/// Space for what the columns are.
const KEY: f64 = 26.0;
/// Widest name.
const NAME: f64 = 200.0;
/// Width of the column of the first run, the second, and the difference.
const COLUMNS: [f64; 3] = [110.0, 110.0, 196.0];
/// Most firms shown for each quantity, and most points of a sweep.
const MOST: (usize, usize) = (8, 12);

/// Two runs as they are drawn.
#[derive(Debug, Clone, Copy)]
pub struct ComparisonChart<'a> {
    /// How it looks.
    pub style: &'a Style,
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
struct Group<'a> {
    title: String,
    quantity: Quantity,
    rows: Vec<(&'a str, Compared)>,
}

/// Draws the chart: every figure of every firm, or, of a sweep, the shares at every point.
#[must_use]
pub fn draw_comparison(chart: &ComparisonChart<'_>) -> Figure {
    let groups = groups(chart);
    let heading = heading(chart);
    let frame = Frame::new(chart.style, &heading);
    let rows: usize = groups.iter().map(|group| group.rows.len()).sum();
    let top = frame.above() + KEY;
    let bottom = top + GROUP * groups.len() as f64 + ROW * rows as f64;
    let height = (bottom + 20.0 + frame.below()).ceil();
    let right = chart.style.width - theme::RIGHT - COLUMNS.iter().sum::<f64>();
    let middle = f64::midpoint(theme::LEFT + NAME + 10.0, right);
    let half = (right - middle) - 12.0;

    let mut canvas = Canvas::new(chart.style, height);
    frame.draw(&mut canvas, height);
    draw_key(&mut canvas, chart, top, middle);
    let mut y = top;
    // the same quantity at all points is on one scale
    let common =
        (!chart.points.is_empty()).then(|| widest(groups.iter().flat_map(|group| &group.rows)));
    for group in &groups {
        let reach = common.unwrap_or_else(|| widest(group.rows.iter()));
        let font = Font::bold(theme::TICK);
        let title = font.shorten(&group.title, middle - half - theme::LEFT + half);
        canvas.text(
            &title,
            font,
            theme::INK,
            (theme::LEFT, y + GROUP - 9.0),
            Anchor::Start,
        );
        y += GROUP;
        let ink = Ink::stroke(theme::AXIS, theme::HAIRLINE);
        canvas.line(
            (middle, y - 2.0),
            (middle, y + ROW * group.rows.len() as f64),
            ink,
        );
        for (name, compared) in &group.rows {
            let at = |value: f64| middle + (value / reach).clamp(-1.0, 1.0) * half;
            draw_row(
                &mut canvas,
                (name, compared, group.quantity),
                y + ROW / 2.0,
                at,
            );
            y += ROW;
        }
    }
    canvas.finish("comparison", &heading.title, &description(chart, &groups))
}

fn groups<'a>(chart: &ComparisonChart<'a>) -> Vec<Group<'a>> {
    let firms = &chart.comparison.firms;
    let row =
        |place: usize| move |firm: &'a ComparedFirm| (firm.name.as_str(), firm.figures[place]);
    if chart.points.is_empty() {
        let group = |(place, quantity): (usize, Quantity)| Group {
            title: words_of(quantity).to_owned(),
            quantity,
            rows: firms.iter().take(MOST.0).map(row(place)).collect(),
        };
        return Quantity::SUMMARY
            .into_iter()
            .enumerate()
            .map(group)
            .collect();
    }
    let group = |point: u32| Group {
        title: chart
            .points
            .get(point as usize)
            .cloned()
            .unwrap_or_default(),
        quantity: Quantity::Share,
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

fn words_of(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Share => "Share of transactions, percent",
        Quantity::ValueCreated => "Value created per transaction",
        Quantity::CompetitiveAdvantage => "Competitive advantage",
        Quantity::Knowledge => "Knowledge, 0 to 1",
        Quantity::Fit => "Fit, 0 to 1",
        Quantity::Price => "Price",
        Quantity::Customers => "Customers",
        _ => "Discounted cumulative profit",
    }
}

fn heading(chart: &ComparisonChart<'_>) -> Heading {
    let Comparison {
        only_base,
        only_other,
        replicates,
        ..
    } = chart.comparison;
    let only = |names: &[String], run: &str| match names {
        [] => String::new(),
        names => format!("Only in {run}: {}.", chart.style.list(names)),
    };
    let firms = chart
        .comparison
        .firms
        .iter()
        .filter(|firm| firm.point == 0)
        .count();
    let points = chart.comparison.points().len();
    let what = if chart.points.is_empty() {
        "Figures of the last tenth of the periods, profit at the end; every group has a scale of its own"
    } else {
        "Share of transactions in the last tenth of the periods, in percent, at every point of the sweep"
    };
    Heading {
        title: format!("What differs in {} from {}", chart.other, chart.base),
        subtitle: what.to_owned(),
        caption: vec![
            format!(
                "{} Dots and lines: mean and 95 % interval of the paired differences; filled where the interval leaves out zero.",
                pairs(*replicates)
            ),
            if firms > MOST.0 {
                format!(
                    "The first {} of {firms} firms.",
                    chart.style.texts.number_in_words(MOST.0 as u64)
                )
            } else {
                String::new()
            },
            if !chart.points.is_empty() && points > MOST.1 {
                format!(
                    "The first {} of {points} points; the table has all.",
                    chart.style.texts.number_in_words(MOST.1 as u64)
                )
            } else {
                String::new()
            },
            only(only_base, chart.base),
            only(only_other, chart.other),
        ],
    }
}

fn pairs(replicates: u32) -> String {
    match replicates {
        1 => "One pair of replicates with common random numbers.".to_owned(),
        many => format!("{many} pairs of replicates with common random numbers."),
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

fn draw_key(canvas: &mut Canvas, chart: &ComparisonChart<'_>, top: f64, middle: f64) {
    let font = Font::bold(theme::TICK);
    let baseline = top - 4.0;
    let mut right = canvas.width() - theme::RIGHT;
    let heads = [
        "Difference".to_owned(),
        font.shorten(chart.other, COLUMNS[1] - 14.0),
        font.shorten(chart.base, COLUMNS[0] - 14.0),
    ];
    for (word, width) in heads.iter().zip(COLUMNS.iter().rev()) {
        canvas.text(word, font, theme::TEXT, (right, baseline), Anchor::End);
        right -= width;
    }
    let font = Font::regular(theme::CAPTION);
    canvas.text(
        "← less\u{a0}\u{a0}\u{a0}\u{a0}more →",
        font,
        theme::QUIET,
        (middle, baseline),
        Anchor::Middle,
    );
}

fn draw_row(
    canvas: &mut Canvas,
    (name, compared, quantity): (&str, &Compared, Quantity),
    y: f64,
    at: impl Fn(f64) -> f64,
) {
    let font = Font::regular(theme::TICK);
    let baseline = y + 0.36 * font.size;
    let shown = font.shorten(name, NAME - 16.0);
    canvas.text(
        &shown,
        font,
        theme::TEXT,
        (theme::LEFT + 12.0, baseline),
        Anchor::Start,
    );
    let Estimate {
        mean, low, high, ..
    } = compared.difference;
    let mut right = canvas.width() - theme::RIGHT;
    if mean.is_nan() {
        canvas.text(
            "no value in both",
            font,
            theme::QUIET,
            (right, baseline),
            Anchor::End,
        );
        return;
    }
    let known = low.is_finite() && high.is_finite();
    let (clear, decimals) = (
        known && (low > 0.0 || high < 0.0),
        decimals(compared, quantity),
    );
    let color = if clear { theme::SURPLUS } else { theme::QUIET };
    if known {
        canvas.line((at(low), y), (at(high), y), Ink::stroke(color, 1.8));
    }
    canvas.dot((at(mean), y), 4.6, Ink::fill(color, 1.0));
    if !clear {
        canvas.dot((at(mean), y), 2.8, Ink::fill(theme::PAPER, 1.0));
    }
    let number = |value: f64, signed| written(value * factor(quantity), decimals, signed);
    let difference = match known && high > mean {
        true => format!("{} ± {}", number(mean, true), number(high - mean, false)),
        false => number(mean, true),
    };
    let texts = [
        difference,
        number(compared.other, false),
        number(compared.base, false),
    ];
    for (place, (text, width)) in texts.iter().zip(COLUMNS.iter().rev()).enumerate() {
        let font = Font {
            bold: place == 0 && clear,
            ..font
        };
        canvas.text(text, font, theme::INK, (right, baseline), Anchor::End);
        right -= width;
    }
}

/// Shares are written in percent.
fn factor(quantity: Quantity) -> f64 {
    if quantity == Quantity::Share {
        100.0
    } else {
        1.0
    }
}

/// Decimals that suit the difference and its interval.
fn decimals(compared: &Compared, quantity: Quantity) -> usize {
    let Estimate { mean, high, .. } = compared.difference;
    words::decimals(mean * factor(quantity), (high - mean) * factor(quantity))
}

fn written(value: f64, decimals: usize, signed: bool) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    let zero = digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
    let sign = match (zero, value < 0.0) {
        (true, _) => "",
        (_, true) => "−",
        (_, false) if signed => "+",
        _ => "",
    };
    format!("{sign}{digits}")
}

fn description(chart: &ComparisonChart<'_>, groups: &[Group<'_>]) -> String {
    let sentence = |group: &Group<'_>| {
        let row = |(name, compared): &(&str, Compared)| {
            let mean = compared.difference.mean;
            match mean.is_nan() {
                true => format!("{name} without values"),
                false => format!(
                    "{name} {}",
                    written(
                        mean * factor(group.quantity),
                        decimals(compared, group.quantity),
                        true
                    )
                ),
            }
        };
        let rows: Vec<String> = group.rows.iter().map(row).collect();
        format!("{}: {}.", group.title, rows.join(", "))
    };
    let sentences: Vec<String> = groups.iter().map(sentence).collect();
    format!(
        "{} less {}. {}",
        chart.other,
        chart.base,
        sentences.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::tests::check_texts;

    fn comparison(names: &[String], points: u32, size: f64) -> Comparison {
        let firm = |point: u32, place: usize| {
            let figure = |quantity: usize| {
                let mean = size * (place as f64 - 1.0) * (1.0 + quantity as f64 + f64::from(point));
                let half = 0.3 * size;
                Compared {
                    base: 2.0 * size,
                    other: 2.0 * size + mean,
                    difference: Estimate {
                        mean,
                        standard_deviation: half,
                        low: mean - half,
                        high: mean + half,
                        count: 9,
                    },
                    variance_reduction: 3.0,
                }
            };
            let mut figures: Vec<Compared> = (0..8).map(figure).collect();
            figures[2].difference = Estimate::EMPTY;
            ComparedFirm {
                point,
                name: names[place].clone(),
                figures,
            }
        };
        let firms =
            (0..points).flat_map(|point| (0..names.len()).map(move |place| firm(point, place)));
        Comparison {
            firms: firms.collect(),
            replicates: 9,
            only_base: vec!["gone".to_owned()],
            only_other: Vec::new(),
        }
    }

    #[test]
    fn figures_are_written_with_the_digits_that_count() {
        let names = ["a", "b", "c"].map(str::to_owned);
        let comparison = comparison(&names, 1, 0.01);
        let chart = ComparisonChart {
            style: &Style::default(),
            base: "before",
            other: "after",
            comparison: &comparison,
            points: &[],
        };
        let figure = draw_comparison(&chart);
        let texts: Vec<&str> = figure
            .texts()
            .iter()
            .map(|text| text.text.as_str())
            .collect();
        for text in [
            "−1.00 ± 0.30",
            "no value in both",
            "What differs in after from before",
        ] {
            assert!(texts.contains(&text), "{text} is not among {texts:?}");
        }
        assert!(
            texts
                .iter()
                .any(|text| text.contains("Only in before: gone."))
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn texts_of_any_comparison_are_legible(
            names in prop::collection::vec("[A-Za-z -]{1,60}", 1..12),
            runs in ("[a-z-]{1,60}", "[a-z-]{1,60}"),
            points in 0u32..20,
            power in -4i32..6,
        ) {
            let comparison = comparison(&names, points.max(1), 10f64.powi(power));
            let points: Vec<String> = (0..points).map(|point| format!("rate of needs of a population 0.{point}")).collect();
            let chart = ComparisonChart { style: &Style::default(), base: &runs.0, other: &runs.1, comparison: &comparison, points: &points };
            let checked = check_texts("any", &draw_comparison(&chart));
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
    }
}
