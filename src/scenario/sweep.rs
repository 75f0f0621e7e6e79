//! What the axes of a sweep mean: the values of a grid, and the values that a sampled design picks.

use super::schema::{Axis, AxisRange, Scale, Sweep};
use super::structure::takes_whole_numbers;

impl Sweep {
    /// Paths of everything that varies, in the order of the file: one column of `points.csv` each.
    #[must_use]
    pub fn paths(&self) -> Vec<&str> {
        let rows = self.points.first().into_iter();
        let listed = rows.flat_map(|row| row.keys()).map(String::as_str);
        self.axes
            .iter()
            .flat_map(Axis::paths)
            .chain(listed)
            .collect()
    }
}

impl Axis {
    /// An axis along which one parameter takes these values.
    #[must_use]
    pub fn of_values(key: &str, values: impl IntoIterator<Item = impl Into<toml::Value>>) -> Self {
        Self {
            key: Some(key.to_owned()),
            values: values.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// An axis along which one parameter takes numbers from one to another.
    #[must_use]
    pub fn of_range(key: &str, range: AxisRange) -> Self {
        Self {
            key: Some(key.to_owned()),
            range: Some(range),
            ..Self::default()
        }
    }

    /// Paths of the parameters that vary together.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.key.iter().chain(&self.keys).map(String::as_str)
    }

    /// Name for charts: the label, or else the first path.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.label.as_str() {
            "" => self.paths().next().unwrap_or_default(),
            label => label,
        }
    }

    /// Number of values in a grid.
    #[must_use]
    pub fn levels(&self) -> u32 {
        match &self.range {
            Some(range) => range.steps.unwrap_or(0),
            None => u32::try_from(self.values.len()).unwrap_or(u32::MAX),
        }
    }

    /// The value of a parameter of this axis at a level of the grid, counted from 0.
    ///
    /// `None` beyond the last level.
    #[must_use]
    pub fn level(&self, path: &str, level: u32) -> Option<toml::Value> {
        match &self.range {
            Some(range) if level < self.levels() => Some(range.value(path, level)),
            Some(_) => None,
            None => self.values.get(level as usize).cloned(),
        }
    }

    /// The value of a parameter of this axis at a place in [0, 1): numbers of the range on its scale
    /// (whole numbers are equally likely, ends included), or one of the values, each as likely.
    ///
    /// `None` for an axis without values and range.
    #[must_use]
    pub fn value_at(&self, path: &str, place: f64) -> Option<toml::Value> {
        let place = place.clamp(0.0, 1.0);
        match &self.range {
            Some(range) if takes_whole_numbers(path) => Some(number(range.whole_at(place), true)),
            Some(range) => Some(toml::Value::Float(range.number_at(place))),
            None => {
                let last = self.values.len().checked_sub(1)?;
                let index = floor_index(place * self.values.len() as f64);
                self.values.get(index.min(last)).cloned()
            }
        }
    }
}

// an index: the place is in [0, 1] and lists are short
fn floor_index(place: f64) -> usize {
    place as usize
}

/// A number as TOML, whole where the parameter takes nothing else.
// whole numbers of parameters are far below 2^53
fn number(number: f64, whole: bool) -> toml::Value {
    if whole && number.fract() == 0.0 {
        toml::Value::Integer(number as i64)
    } else {
        toml::Value::Float(number)
    }
}

impl AxisRange {
    /// Numbers from one to another in equal steps, for a grid.
    #[must_use]
    pub const fn steps(from: f64, to: f64, steps: u32) -> Self {
        Self {
            from,
            to,
            steps: Some(steps),
            scale: Scale::Linear,
        }
    }

    /// Numbers from one to another, for a sampled design.
    #[must_use]
    pub const fn sampled(from: f64, to: f64, scale: Scale) -> Self {
        Self {
            from,
            to,
            steps: None,
            scale,
        }
    }

    /// The number at a step of a grid, counted from 0: as in decimal arithmetic, so that 0 to 1 in 11
    /// steps is 0, 0.1, ..., 1 and not 0.30000000000000004.
    #[must_use]
    pub fn step(&self, step: u32) -> f64 {
        let last = self.steps.unwrap_or(2).max(2) - 1;
        if step == 0 {
            return self.from;
        }
        if step >= last {
            return self.to;
        }
        let part = f64::from(step) / f64::from(last);
        if self.scale == Scale::Log {
            let (from, to) = (libm::log(self.from), libm::log(self.to));
            return short(libm::exp(from * (1.0 - part) + to * part)).clamp(self.from, self.to);
        }
        exact_step(self.from, self.to, step, last)
            .unwrap_or(self.from * (1.0 - part) + self.to * part)
    }

    /// What a parameter takes at a step of a grid.
    #[must_use]
    pub fn value(&self, path: &str, step: u32) -> toml::Value {
        let (step, whole) = (self.step(step), takes_whole_numbers(path));
        let is_rounded = whole && self.scale == Scale::Log;
        number(if is_rounded { step.round() } else { step }, whole)
    }

    /// The number at a place in [0, 1].
    fn number_at(&self, place: f64) -> f64 {
        let number = match self.scale {
            Scale::Linear if (self.to - self.from).is_finite() => {
                self.from + place * (self.to - self.from)
            }
            Scale::Linear => self.from * (1.0 - place) + self.to * place,
            Scale::Log if (self.to / self.from).is_finite() => {
                self.from * libm::exp(place * libm::log(self.to / self.from))
            }
            Scale::Log => {
                let (from, to) = (libm::log(self.from), libm::log(self.to));
                libm::exp(from * (1.0 - place) + to * place)
            }
        };
        number.clamp(self.from, self.to)
    }

    /// The whole number at a place in [0, 1]: each has the interval up to the next to itself.
    fn whole_at(&self, place: f64) -> f64 {
        let wider = Self {
            to: self.to + 1.0,
            ..self.clone()
        };
        wider.number_at(place).floor().clamp(self.from, self.to)
    }
}

/// A number to 14 digits, for roots are hardly ever exact: 10 and not 9.999999999999998.
fn short(number: f64) -> f64 {
    format!("{number:.13e}").parse().unwrap_or(number)
}

/// The float nearest to `from + (to - from) * step / last`, if both ends are decimals short enough
/// to compute it exactly.
fn exact_step(from: f64, to: f64, step: u32, last: u32) -> Option<f64> {
    let (from, to) = (Decimal::of(from)?, Decimal::of(to)?);
    let places = from.places.max(to.places);
    let (from, to) = (from.with_places(places)?, to.with_places(places)?);
    let (step, last) = (i128::from(step), i128::from(last));
    let numerator = from
        .checked_mul(last - step)?
        .checked_add(to.checked_mul(step)?)?;
    let denominator = 10_i128.checked_pow(places)?.checked_mul(last)?;
    let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
    let divisor = i128::try_from(divisor).ok()?;
    let (numerator, denominator) = (numerator / divisor, denominator / divisor);
    // floats hold both exactly, so that their quotient is the nearest float to the true one
    let exact = |n: i128| n.unsigned_abs() <= 1 << 53;
    (exact(numerator) && exact(denominator)).then_some(numerator as f64 / denominator as f64)
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 {
        a.max(1)
    } else {
        greatest_common_divisor(b, a % b)
    }
}

/// A decimal number: `digits` / 10^`places`.
struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    /// The shortest decimal that reads as this float, as people write it.
    fn of(number: f64) -> Option<Self> {
        // Display writes no exponents
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction}").parse().ok()?;
        let places = u32::try_from(fraction.len()).ok()?;
        Some(Self { digits, places })
    }

    /// The digits with this many decimal places.
    fn with_places(&self, places: u32) -> Option<i128> {
        let factor = 10_i128.checked_pow(places - self.places)?;
        self.digits.checked_mul(factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(from: f64, to: f64, steps: u32) -> Vec<String> {
        let range = AxisRange::steps(from, to, steps);
        (0..steps)
            .map(|step| range.step(step).to_string())
            .collect()
    }

    #[test]
    fn steps_are_decimals() {
        let tenths = [
            "0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1",
        ];
        assert_eq!(steps(0.0, 1.0, 11), tenths);
        assert_eq!(
            steps(-0.3, 0.3, 7),
            ["-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3"]
        );
        assert_eq!(steps(0.05, 0.35, 3), ["0.05", "0.2", "0.35"]);
        assert_eq!(
            steps(1e-7, 3e-7, 3),
            ["0.0000001", "0.0000002", "0.0000003"]
        );
    }

    #[test]
    fn steps_that_are_no_decimals_are_the_nearest_floats() {
        assert_eq!(AxisRange::steps(0.0, 1.0, 4).step(1), 1.0 / 3.0);
        assert_eq!(AxisRange::steps(0.0, 1.0, 4).step(2), 2.0 / 3.0);
    }

    #[test]
    fn steps_of_any_numbers_begin_and_end_at_the_ends() {
        for (from, to) in [(1e-300, 1e300), (0.1, 0.1 + f64::EPSILON), (-1e22, 1e-22)] {
            let range = AxisRange::steps(from, to, 5);
            assert_eq!((range.step(0), range.step(4)), (from, to));
            assert!((1..5).all(|step| range.step(step) >= range.step(step - 1)));
        }
    }

    #[test]
    fn whole_numbers_are_equally_likely() {
        let axis = Axis::of_range(
            "populations.p.customers",
            AxisRange::sampled(1.0, 4.0, Scale::Linear),
        );
        let mut counts = [0; 4];
        for i in 0..1000 {
            let value = axis.value_at("populations.p.customers", f64::from(i) / 1000.0);
            let value = value.and_then(|v| v.as_integer()).expect("a whole number");
            counts[usize::try_from(value).expect("positive") - 1] += 1;
        }
        assert_eq!(counts, [250; 4]);
    }

    #[test]
    fn a_log_scale_goes_by_ratios() {
        let range = AxisRange::sampled(1.0, 10_000.0, Scale::Log);
        let middle = range.number_at(0.5);
        assert!((middle - 100.0).abs() < 1e-9, "{middle}");
        assert_eq!(
            (range.number_at(0.0), range.number_at(1.0)),
            (1.0, 10_000.0)
        );
    }

    #[test]
    fn steps_of_a_log_scale_go_by_ratios() {
        let range = |from, to, steps| AxisRange {
            scale: Scale::Log,
            ..AxisRange::steps(from, to, steps)
        };
        let steps = |range: AxisRange| {
            let steps = range.steps.unwrap_or(0);
            (0..steps).map(|step| range.step(step)).collect::<Vec<_>>()
        };
        assert_eq!(steps(range(1.0, 1000.0, 4)), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!(steps(range(0.01, 0.08, 4)), [0.01, 0.02, 0.04, 0.08]);
        let axis = Axis::of_range("populations.p.customers", range(10.0, 100.0, 3));
        assert_eq!(axis.level("populations.p.customers", 1), Some(32.into()));
    }

    #[test]
    fn places_in_any_range_are_finite_numbers_of_it() {
        for scale in Scale::ALL {
            for (from, to) in [(1e-300, 1e300), (-1.7e308, 1.7e308), (0.5, 0.500_000_1)] {
                if scale == Scale::Log && from <= 0.0 {
                    continue;
                }
                let grid = AxisRange {
                    scale,
                    ..AxisRange::steps(from, to, 9)
                };
                let drawn = (0..=8).map(|eighth| grid.number_at(f64::from(eighth) / 8.0));
                let steps = (0..9).map(|step| grid.step(step));
                for numbers in [drawn.collect::<Vec<_>>(), steps.collect()] {
                    let is_in = |number: &f64| (from..=to).contains(number);
                    assert!(
                        numbers.iter().all(is_in) && numbers.is_sorted(),
                        "{numbers:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn values_are_equally_likely() {
        let axis = Axis::of_values("market.data_pooling", [false, true]);
        let at = |place| axis.value_at("market.data_pooling", place);
        assert_eq!(at(0.0), Some(false.into()));
        assert_eq!(at(0.499), Some(false.into()));
        assert_eq!(at(0.5), Some(true.into()));
        assert_eq!(at(1.0), Some(true.into()));
    }
}
