//! Labels where lines end: wrapped to fit, and spread so that none covers another.

use plotters::style::RGBColor;

use crate::chart::kit::canvas::{Anchor, Canvas};
use crate::chart::kit::shape::{Ink, Point};
use crate::chart::kit::style::Style;
use crate::chart::kit::text::{ASCENT, DESCENT, Font};
use crate::chart::kit::theme;
use crate::statistics::order::smallest_first;

/// Space between two labels of one line.
const GAP: f64 = 3.0;
/// Space about a label of several lines, which shows that these belong together.
const WIDE_GAP: f64 = 8.0;
/// Space between a line's end and its label when the label need not move.
const NEAR: f64 = 11.0;
/// The same when a leader line is needed.
const FAR: f64 = 26.0;

/// What a label says and where it would like to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Name of the series.
    pub name: String,
    /// Its last value in words.
    pub value: String,
    /// Colour of the series.
    pub color: RGBColor,
    /// Where the series ends.
    pub end: Point,
    /// Whether a line leads to the label when it has to move.
    pub leader: bool,
}

/// How all labels of a figure are set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    font: Font,
    width: f64,
    lines: usize,
}

/// From roomy to tight; the last always fits, if need be by shortening names.
fn settings(style: &Style) -> impl Iterator<Item = Setting> {
    let roomy = [
        (theme::LABEL, 262.0),
        (theme::LABEL, 300.0),
        (15.0, 300.0),
        (14.0, 300.0),
        (theme::LABEL_LEAST, 300.0),
        (theme::LABEL_LEAST, 330.0),
    ];
    let setting = move |(size, width), lines| Setting {
        font: Font::bold(size),
        width: style.part(width),
        lines,
    };
    let whole = roomy.map(|sizes| setting(sizes, usize::MAX));
    let cut = [2, 1].map(|lines| setting((theme::LABEL_LEAST, 330.0), lines));
    whole.into_iter().chain(cut)
}

impl Setting {
    /// The roomiest setting in which the labels of every panel, each with its height, fit.
    #[must_use]
    pub fn that_fits(style: &Style, panels: &[(Vec<Label>, f64)]) -> Self {
        let fits = |setting: &Self| {
            let mut panels = panels.iter();
            panels.all(|(labels, height)| setting.height(labels) <= *height)
        };
        let tightest = Self {
            font: Font::bold(theme::LABEL_LEAST),
            width: style.part(330.0),
            lines: 1,
        };
        settings(style).find(fits).unwrap_or(tightest)
    }

    /// Height that labels take, one below the other.
    #[must_use]
    pub fn height(&self, labels: &[Label]) -> f64 {
        labels
            .iter()
            .map(|label| self.room(&self.lines(label)))
            .sum()
    }

    /// Width that labels take, with the space before them.
    #[must_use]
    pub fn margin(&self, panels: &[(Vec<Label>, f64)]) -> f64 {
        let labels = panels.iter().flat_map(|(labels, _)| labels);
        let widest = labels
            .map(|label| self.font.widest(&self.lines(label)))
            .fold(0.0, f64::max);
        if widest > 0.0 { widest + FAR } else { 0.0 }
    }

    /// Height of a label with the space about it.
    fn room(&self, lines: &[String]) -> f64 {
        self.block(lines) + if lines.len() > 1 { WIDE_GAP } else { GAP }
    }

    fn block(&self, lines: &[String]) -> f64 {
        (lines.len() as f64 - 1.0) * self.font.pitch() + self.font.size
    }

    /// Name and value, the value behind the last word where there is room.
    fn lines(&self, label: &Label) -> Vec<String> {
        let mut lines = self.font.wrap_evenly(&label.name, self.width);
        let most = self.lines;
        if !label.value.is_empty() {
            // Blanks that do not break and are not collapsed.
            let tail = format!("\u{a0}\u{a0}{}", label.value);
            match lines.last_mut() {
                Some(last) if self.font.width(&format!("{last}{tail}")) <= self.width => {
                    last.push_str(&tail);
                }
                _ => lines.push(label.value.clone()),
            }
            if lines.len() > most {
                lines = self.cut(label, most, &tail);
            }
        } else if lines.len() > most {
            lines = self.cut(label, most, "");
        }
        lines
    }

    /// Name shortened in its middle until it takes at most so many lines together with the value.
    fn cut(&self, label: &Label, most: usize, tail: &str) -> Vec<String> {
        let room = self.width * most as f64 * 0.85 - self.font.width(tail);
        let short = self.font.shorten(&label.name, room);
        let mut lines = self.font.wrap(&format!("{short}{tail}"), self.width);
        if lines.len() > most {
            let shorter = self
                .font
                .shorten(&label.name, self.width - self.font.width(tail));
            lines = vec![format!("{shorter}{tail}")];
        }
        lines
    }

    /// Writes labels to the right of `right`, between `top` and `bottom`, with leader lines to those that moved.
    pub fn draw(&self, canvas: &mut Canvas, labels: &[Label], right: f64, bounds: (f64, f64)) {
        let mut order: Vec<&Label> = labels.iter().collect();
        smallest_first(&mut order, |label| label.end.1);
        let lines: Vec<_> = order.iter().map(|label| self.lines(label)).collect();
        let heights: Vec<_> = lines.iter().map(|lines| self.room(lines)).collect();
        let wanted: Vec<_> = order.iter().map(|label| label.end.1).collect();
        let centres = spread(&wanted, &heights, bounds);
        let moved = |label: &Label, centre: f64| {
            (label.end.1 - centre).abs() > 3.0 || label.end.0 < right - 1.0
        };
        let any = order
            .iter()
            .zip(&centres)
            .any(|(label, &centre)| label.leader && moved(label, centre));
        let x = right + if any { FAR } else { NEAR };
        for ((label, lines), &centre) in order.iter().zip(&lines).zip(&centres) {
            if label.leader && moved(label, centre) {
                lead(canvas, label, right, (x - 4.0, centre));
            }
            let block = self.block(lines);
            let first = centre - block / 2.0 + ASCENT / (ASCENT + DESCENT) * self.font.size;
            canvas.lines(lines, self.font, label.color, (x, first), Anchor::Start);
        }
    }
}

/// A thin line from the end of a series to its label, dotted where it crosses the plot.
fn lead(canvas: &mut Canvas, label: &Label, right: f64, to: Point) {
    let ink = Ink::stroke(label.color, theme::HAIRLINE);
    let hook = (to.0 - 5.0, to.1);
    if label.end.0 < right - 1.0 {
        let (along, up) = (hook.0 - label.end.0, hook.1 - label.end.1);
        // Clear of the dot in which the series may end.
        let part = 10.0 / libm::hypot(along, up).max(10.0);
        let start = (label.end.0 + part * along, label.end.1 + part * up);
        canvas.dashed(vec![start, hook], &[1.0, 4.0], ink);
        canvas.line(hook, to, ink);
    } else {
        canvas.path(vec![(right + 4.0, label.end.1), hook, to], ink);
    }
}

/// Centres nearest to the wanted ones (least squares) that keep their order, do not overlap and stay
/// within the bounds; `wanted` ascends. Where not all fit, they start at the lower bound.
#[must_use]
pub fn spread(wanted: &[f64], heights: &[f64], (low, high): (f64, f64)) -> Vec<f64> {
    // With the space taken by those before subtracted, "no overlap" becomes "not descending", and
    // the nearest such sequence comes from pooling adjacent violators.
    let mut before = 0.0;
    let mut offsets = Vec::with_capacity(wanted.len());
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (&centre, &height) in wanted.iter().zip(heights) {
        offsets.push(before + height / 2.0);
        let mut pool = (centre - before - height / 2.0, 1);
        while let Some(&(mean, count)) = pools.last() {
            if mean <= pool.0 {
                break;
            }
            pools.pop();
            let both = count + pool.1;
            pool.0 = (mean * count as f64 + pool.0 * pool.1 as f64) / both as f64;
            pool.1 = both;
        }
        pools.push(pool);
        before += height;
    }
    let last = (high - before).max(low);
    pools
        .iter()
        .flat_map(|&(mean, count)| std::iter::repeat_n(mean.clamp(low, last), count))
        .zip(offsets)
        .map(|(start, offset)| start + offset)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_with_room_stay() {
        let centres = spread(&[10.0, 50.0, 90.0], &[20.0; 3], (0.0, 100.0));
        assert_eq!(centres, [10.0, 50.0, 90.0]);
    }

    #[test]
    fn labels_that_collide_part_evenly() {
        let centres = spread(&[50.0, 52.0], &[20.0; 2], (0.0, 100.0));
        assert_eq!(centres, [41.0, 61.0]);
        let centres = spread(&[98.0, 98.0], &[20.0; 2], (0.0, 100.0));
        assert_eq!(centres, [70.0, 90.0]);
    }

    proptest! {
        #[test]
        fn spread_labels_never_overlap(
            items in prop::collection::vec((-50.0f64..150.0, 1.0f64..20.0), 1..9),
        ) {
            let mut items = items;
            smallest_first(&mut items, |item| item.0);
            let (wanted, heights): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            let high = 160.0;
            let centres = spread(&wanted, &heights, (0.0, high));
            prop_assert_eq!(centres.len(), wanted.len());
            prop_assert!(centres[0] - heights[0] / 2.0 >= -1e-9);
            let last = centres.len() - 1;
            prop_assert!(centres[last] + heights[last] / 2.0 <= high + 1e-9);
            for next in 1..centres.len() {
                let apart = centres[next] - centres[next - 1];
                prop_assert!(apart >= f64::midpoint(heights[next], heights[next - 1]) - 1e-9);
            }
        }

        #[test]
        fn no_single_label_would_rather_move(
            items in prop::collection::vec((0.0f64..100.0, 4.0f64..10.0), 2..9), shift in -5.0f64..5.0,
        ) {
            let mut items = items;
            smallest_first(&mut items, |item| item.0);
            let (wanted, heights): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            let centres = spread(&wanted, &heights, (0.0, 100.0));
            let cost = |centres: &[f64]| -> f64 {
                centres.iter().zip(&wanted).map(|(a, b)| (a - b).powi(2)).sum()
            };
            let allowed = |centres: &[f64]| {
                let inside = (0..centres.len()).all(|i| {
                    centres[i] - heights[i] / 2.0 >= 0.0 && centres[i] + heights[i] / 2.0 <= 100.0
                });
                inside && (1..centres.len()).all(|i| {
                    centres[i] - centres[i - 1] >= f64::midpoint(heights[i], heights[i - 1])
                })
            };
            for label in 0..centres.len() {
                let mut other = centres.clone();
                other[label] += shift;
                prop_assert!(!allowed(&other) || cost(&other) >= cost(&centres) - 1e-9);
            }
        }
    }
}
