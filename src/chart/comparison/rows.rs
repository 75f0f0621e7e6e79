//! The rows of a comparison: a figure's name, its difference as a dot with its interval, and the numbers.

use super::{ComparisonChart, theme};
use crate::analysis::{Compared, Estimate, Quantity};
use crate::chart::canvas::{Anchor, Canvas, Ink};
use crate::chart::style::Style;
use crate::chart::text::Font;
use crate::chart::words;

/// Widest name.
pub const NAME: f64 = 200.0;
/// Width of the column of the first run, the second, and the difference.
pub const COLUMNS: [f64; 3] = [110.0, 110.0, 196.0];

/// The farthest that a mean or an interval reaches.
pub fn widest<'a>(rows: impl Iterator<Item = &'a (&'a str, Compared)>) -> f64 {
    let ends = rows.flat_map(|(_, compared)| {
        let Estimate {
            mean, low, high, ..
        } = compared.difference;
        [mean.abs(), low.abs(), high.abs()]
    });
    let reach = ends.filter(|end| end.is_finite()).fold(0.0, f64::max);
    if reach > 0.0 { reach } else { 1.0 }
}

/// What the columns are, and which side is more.
pub fn draw_key(canvas: &mut Canvas, chart: &ComparisonChart<'_>, top: f64, middle: f64) {
    let font = Font::bold(theme::TICK);
    let baseline = top - 4.0;
    let mut right = canvas.width() - theme::RIGHT;
    let heads = [
        chart.style.say("comparison.difference").to_owned(),
        font.shorten(chart.other, COLUMNS[1] - 14.0),
        font.shorten(chart.base, COLUMNS[0] - 14.0),
    ];
    for (word, width) in heads.iter().zip(COLUMNS.iter().rev()) {
        canvas.text(word, font, theme::TEXT, (right, baseline), Anchor::End);
        right -= width;
    }
    let font = Font::regular(theme::CAPTION);
    let [less, more] = ["comparison.less", "comparison.more"].map(|key| chart.style.say(key));
    canvas.text(
        &format!("← {less}\u{a0}\u{a0}\u{a0}\u{a0}{more} →"),
        font,
        theme::QUIET,
        (middle, baseline),
        Anchor::Middle,
    );
}

/// A figure of one firm, on a scale of pixels.
pub fn draw_row(
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
        let missing = canvas.style().say("comparison.missing").to_owned();
        canvas.text(&missing, font, theme::QUIET, (right, baseline), Anchor::End);
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
    let style = canvas.style().clone();
    let number = |value: f64, signed| written(&style, value * factor(quantity), decimals, signed);
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
pub fn factor(quantity: Quantity) -> f64 {
    if quantity == Quantity::Share {
        100.0
    } else {
        1.0
    }
}

/// Decimals that suit the difference and its interval.
pub fn decimals(compared: &Compared, quantity: Quantity) -> usize {
    let Estimate { mean, high, .. } = compared.difference;
    words::decimals(mean * factor(quantity), (high - mean) * factor(quantity))
}

/// A number with so many decimals, with its sign or not.
pub fn written(style: &Style, value: f64, decimals: usize, signed: bool) -> String {
    let format = if signed {
        style.signed()
    } else {
        style.number()
    };
    format.write(value, decimals)
}
