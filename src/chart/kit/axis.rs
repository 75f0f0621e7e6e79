//! Axes: round numbers along them, and the map from values to pixels.

use super::format::{Format, Kind};
use super::round::{log_ticks, multiples, nice_step, widened};

/// An axis from values to pixels: linear, with round numbers at equal steps, or logarithmic, perhaps from zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Values at the two ends.
    pub domain: (f64, f64),
    /// Pixels at the two ends.
    pub pixels: (f64, f64),
    /// Round numbers within the domain.
    pub ticks: Vec<f64>,
    step: f64,
    scale: Spacing,
}

/// What is equally far apart on an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Spacing {
    /// Equal differences.
    Linear,
    /// Equal ratios.
    Ratios,
    /// Equal ratios of what is this much more than the value: from zero, and of the values themselves where these are large.
    RatiosFrom(f64),
}

impl Axis {
    /// An axis that spans the values with about `count` steps; it ends on a tick or half-way between two.
    #[must_use]
    pub fn rounded(low: f64, high: f64, count: usize, pixels: (f64, f64)) -> Self {
        let (low, high) = widened(low, high);
        let step = nice_step((high - low) / count.max(1) as f64);
        let half = step / 2.0;
        // A hair of tolerance: 0.3 / 0.1 is a little below 3.
        let first = (low / half + 1e-9).floor();
        let last = (high / half - 1e-9).ceil().max(first + 1.0);
        let domain = (first * half, last * half);
        Self {
            domain,
            pixels,
            ticks: multiples(step, domain),
            step,
            scale: Spacing::Linear,
        }
    }

    /// An axis that spans exactly these values, with round numbers inside.
    #[must_use]
    pub fn exact(low: f64, high: f64, count: usize, pixels: (f64, f64)) -> Self {
        let domain = widened(low, high);
        let step = nice_step((domain.1 - domain.0) / count.max(1) as f64);
        Self {
            domain,
            pixels,
            ticks: multiples(step, domain),
            step,
            scale: Spacing::Linear,
        }
    }

    /// The axis of so many periods, from the first on.
    #[must_use]
    pub fn of_periods(first: u32, periods: u32, pixels: (f64, f64)) -> Self {
        let first = f64::from(first);
        let last = first + f64::from(periods.max(1) - 1);
        if last - first < 0.5 {
            // One period stands in the middle.
            return Self {
                domain: (first - 1.0, first + 1.0),
                pixels,
                ticks: vec![first],
                step: 1.0,
                scale: Spacing::Linear,
            };
        }
        let step = nice_step((last - first) / 6.0).max(1.0).round();
        Self {
            domain: (first, last),
            pixels,
            ticks: multiples(step, (first, last)),
            step,
            scale: Spacing::Linear,
        }
    }

    /// An axis on which equal ratios are equally far apart; both ends are positive and differ.
    #[must_use]
    pub fn logarithmic(low: f64, high: f64, count: usize, pixels: (f64, f64)) -> Self {
        Self {
            domain: (low, high),
            pixels,
            ticks: log_ticks(low, high, count),
            step: 1.0,
            scale: Spacing::Ratios,
        }
    }

    /// A logarithmic axis that begins with zero: a value stands at log(1 + value / unit). All are positive but the first end.
    #[must_use]
    pub fn logarithmic_from_zero(high: f64, unit: f64, count: usize, pixels: (f64, f64)) -> Self {
        let high = high.max(unit);
        let mut axis = Self {
            domain: (0.0, high),
            pixels,
            ticks: Vec::new(),
            step: 1.0,
            scale: Spacing::RatiosFrom(unit),
        };
        // numbers closer to each other than half of an even share would not be read
        let room = (pixels.1 - pixels.0).abs() / (2 * count.max(1)) as f64;
        axis.ticks.push(0.0);
        for tick in log_ticks(unit / 2.0, high, count) {
            let clear = axis
                .ticks
                .last()
                .is_none_or(|last| (axis.at(tick) - axis.at(*last)).abs() >= room);
            if clear {
                axis.ticks.push(tick);
            }
        }
        axis
    }

    /// An axis of one value, which stands in the middle.
    #[must_use]
    pub fn of_one(value: f64, pixels: (f64, f64)) -> Self {
        let is_whole = |scaled: f64| (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs();
        let decimals = (0..9).find(|&decimals| is_whole(value * 10f64.powi(decimals)));
        let margin = value.abs().max(1.0);
        Self {
            domain: (value - margin, value + margin),
            pixels,
            ticks: vec![value],
            step: 10f64.powi(-decimals.unwrap_or(9)),
            scale: Spacing::Linear,
        }
    }

    /// The same axis between other pixels.
    #[must_use]
    pub fn between(&self, pixels: (f64, f64)) -> Self {
        Self {
            pixels,
            ..self.clone()
        }
    }

    /// Whether its marks are at uneven distances.
    #[must_use]
    pub fn is_uneven(&self) -> bool {
        matches!(self.scale, Spacing::RatiosFrom(_))
    }

    /// Takes away what lies beyond the values that can be.
    pub fn clip(&mut self, least: f64, greatest: f64) {
        let (low, high) = self.domain;
        let clipped = (low.max(least), high.min(greatest));
        if clipped.0 < clipped.1 {
            self.domain = clipped;
            let slack = 1e-9 * (clipped.1 - clipped.0);
            self.ticks
                .retain(|&tick| clipped.0 - slack <= tick && tick <= clipped.1 + slack);
        }
    }

    /// The pixel of a value; values beyond the ends are drawn at the ends.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.domain;
        let part = match self.scale {
            Spacing::Linear => (value - low) / (high - low),
            Spacing::Ratios => libm::log(value.max(low) / low) / libm::log(high / low),
            Spacing::RatiosFrom(unit) => {
                libm::log1p(value.max(low) / unit) / libm::log1p(high / unit)
            }
        };
        let part = part.clamp(0.0, 1.0);
        self.pixels.0 + part * (self.pixels.1 - self.pixels.0)
    }

    /// Decimals that tell neighbouring ticks apart.
    #[must_use]
    pub fn decimals(&self, format: Format) -> usize {
        let step = if format.is_percent() {
            self.step * 100.0
        } else {
            self.step
        };
        (0..12)
            .find(|&decimals| {
                let scaled = step * 10f64.powi(decimals);
                (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1.0) && scaled > 0.5
            })
            .unwrap_or(12) as usize
    }

    /// A tick in words.
    #[must_use]
    pub fn tick(&self, value: f64, format: Format) -> String {
        if self.scale != Spacing::Linear {
            if value == 0.0 {
                return format.write(value, 0);
            }
            if (1000.0..1e15).contains(&value) {
                return format.grouped(value as u64);
            }
            // One digit that counts is enough for 1, 2 and 5 times a power of ten.
            let decimals = (-libm::log10(value) - 1e-9).ceil().clamp(0.0, 12.0);
            return format.write(value, decimals as usize);
        }
        format.write(value, self.decimals(format))
    }

    /// A value of a series in words: about ten times as fine as the ticks, shares about four times.
    #[must_use]
    pub fn value(&self, value: f64, format: Format) -> String {
        let (finest, least) = match format.kind() {
            Kind::Percent => (self.step * 100.0 / 4.0, 0),
            _ if self.step >= 10.0 => (self.step / 10.0, 0),
            _ => (self.step / 10.0, 2),
        };
        let needed = (-libm::log10(finest) - 1e-9).ceil().clamp(0.0, 12.0) as usize;
        let is_small = format.is_percent() && value != 0.0 && value.abs() < 0.00995;
        format.write(value, needed.max(least).max(usize::from(is_small)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Part, Texts};
    use crate::scenario::Language;
    use proptest::prelude::*;

    fn english(kind: Kind) -> Format {
        Format::new(kind, Texts::of(Part::Chart, Language::En))
    }

    #[test]
    fn steps_are_round() {
        for (rough, expected) in [
            (0.07, 0.1),
            (0.1, 0.1),
            (0.12, 0.2),
            (0.21, 0.25),
            (0.3, 0.5),
            (70.0, 100.0),
            (3e-9, 5e-9),
        ] {
            let step = nice_step(rough);
            assert!((step / expected - 1.0).abs() < 1e-9, "{rough}: {step}");
        }
    }

    #[test]
    fn ticks_read_as_people_write_them() {
        let share = Axis::rounded(0.0, 0.62, 6, (0.0, 1.0));
        let words: Vec<_> = share
            .ticks
            .iter()
            .map(|&tick| share.tick(tick, english(Kind::Percent)))
            .collect();
        assert_eq!(words, ["0%", "20%", "40%", "60%"]);
        assert!((share.domain.1 - 0.7).abs() < 1e-12);
        let gap = Axis::rounded(-0.12, 0.08, 4, (0.0, 1.0));
        let words: Vec<_> = gap
            .ticks
            .iter()
            .map(|&tick| gap.tick(tick, english(Kind::Signed)))
            .collect();
        assert_eq!(words, ["−0.10", "−0.05", "0.00", "+0.05", "+0.10"]);
        assert_eq!(gap.value(-0.0321, english(Kind::Signed)), "−0.032");
        let narrow = Axis::rounded(0.0, 0.06, 4, (0.0, 1.0));
        assert_eq!(narrow.value(0.0613, english(Kind::Percent)), "6.1%");
        assert_eq!(share.value(0.6149, english(Kind::Percent)), "61%");
        assert_eq!(share.value(0.004, english(Kind::Percent)), "0.4%");
        assert_eq!(share.value(0.0, english(Kind::Percent)), "0%");
        assert_eq!(share.value(-0.0, english(Kind::Percent)), "0%");
    }

    /// What stands at the ticks.
    fn words(axis: &Axis) -> Vec<String> {
        let word = |&tick| axis.tick(tick, english(Kind::Number));
        axis.ticks.iter().map(word).collect()
    }

    #[test]
    fn ratios_are_equally_far_apart_on_a_logarithmic_axis() {
        let axis = Axis::logarithmic(0.001, 1000.0, 6, (0.0, 600.0));
        for (place, &tick) in axis.ticks.iter().enumerate() {
            assert!(
                (axis.at(tick) - 100.0 * place as f64).abs() < 1e-9,
                "{tick}"
            );
        }
        let words = words(&axis);
        assert_eq!(words, ["0.001", "0.01", "0.1", "1", "10", "100", "1,000"]);
        assert_eq!(axis.at(0.0), 0.0);
        let short = Axis::logarithmic(3.0, 400.0, 6, (0.0, 1.0));
        assert_eq!(short.ticks, [5.0, 10.0, 20.0, 50.0, 100.0, 200.0]);
        let long = Axis::logarithmic(1e-9, 1e9, 6, (0.0, 1.0));
        assert!(
            long.ticks.len() >= 4 && long.ticks.len() <= 9,
            "{:?}",
            long.ticks
        );
    }

    #[test]
    fn a_logarithmic_axis_can_begin_with_zero() {
        let axis = Axis::logarithmic_from_zero(63.0 * 400.0, 400.0, 6, (0.0, 600.0));
        // 1 + value / unit doubles
        for (place, value) in [0.0, 400.0, 1200.0, 2800.0, 6000.0].into_iter().enumerate() {
            assert!(
                (axis.at(value) - 100.0 * place as f64).abs() < 1e-9,
                "{value}"
            );
        }
        let words = words(&axis);
        assert_eq!(
            (words[0].as_str(), words.last().unwrap().as_str()),
            ("0", "20,000")
        );
        let far = axis
            .ticks
            .windows(2)
            .all(|pair| axis.at(pair[1]) - axis.at(pair[0]) >= 50.0);
        assert!(far && words.len() >= 5, "{words:?}");
        let least = Axis::logarithmic_from_zero(0.0, 1.0, 6, (0.0, 1.0));
        assert!(least.at(0.0) == 0.0 && least.at(1.0) == 1.0);
    }

    #[test]
    fn one_value_stands_in_the_middle() {
        for (value, expected) in [(0.0, "0"), (0.25, "0.25"), (5000.0, "5000"), (-1.5, "−1.5")] {
            let axis = Axis::of_one(value, (0.0, 100.0));
            assert_eq!(axis.at(value), 50.0);
            assert_eq!(axis.tick(axis.ticks[0], english(Kind::Number)), expected);
        }
    }

    #[test]
    fn periods_have_whole_ticks() {
        assert_eq!(Axis::of_periods(0, 1, (0.0, 1.0)).ticks, [0.0]);
        assert_eq!(Axis::of_periods(0, 2, (0.0, 1.0)).ticks, [0.0, 1.0]);
        assert_eq!(
            Axis::of_periods(0, 300, (0.0, 1.0)).ticks,
            [0.0, 50.0, 100.0, 150.0, 200.0, 250.0]
        );
        for periods in 1..400 {
            let axis = Axis::of_periods(0, periods, (0.0, 1.0));
            assert!(
                axis.ticks.iter().all(|tick| tick.fract() == 0.0),
                "{periods}"
            );
            assert!(axis.ticks.len() <= 8);
        }
    }

    proptest! {
        #[test]
        fn rounded_axes_hold_their_values(low in -1e6f64..1e6, span in 0.0f64..1e6, count in 2usize..8) {
            let axis = Axis::rounded(low, low + span, count, (0.0, 100.0));
            let slack = 1e-6 * (low.abs() + span + 1.0);
            prop_assert!(axis.domain.0 <= low + slack && low + span <= axis.domain.1 + slack);
            prop_assert!(axis.ticks.len() >= 2 && axis.ticks.len() <= count + 3, "{:?}", axis.ticks);
            prop_assert!(axis.at(low) >= 0.0 && axis.at(low + span) <= 100.0);
            let mut words: Vec<_> = axis.ticks.iter().map(|&tick| axis.tick(tick, english(Kind::Number))).collect();
            let number = words.len();
            words.dedup();
            prop_assert_eq!(words.len(), number, "neighbouring ticks read alike");
        }

        #[test]
        fn odd_ranges_still_make_an_axis(low in prop::num::f64::ANY, high in prop::num::f64::ANY) {
            prop_assume!(low.abs() < 1e100 || !low.is_finite());
            prop_assume!(high.abs() < 1e100 || !high.is_finite());
            let axis = Axis::rounded(low, high, 5, (0.0, 1.0));
            prop_assert!(axis.domain.0 < axis.domain.1);
            prop_assert!(!axis.ticks.is_empty() && axis.ticks.len() < 20);
        }
    }
}
