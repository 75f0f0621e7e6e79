//! A mean over replicates and its 95 % interval.

use std::cell::Cell;

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Count, mean and sum of squared deviations of a sample, one value at a time.
///
/// Source: B. P. Welford (1962), Technometrics 4(3), 419-420.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    count: u32,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Takes in one value; NaN (empty) is passed over.
    pub fn add(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / f64::from(self.count);
        self.squares += before * (value - self.mean);
    }

    /// Those of all these values.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut moments = Self::default();
        values.into_iter().for_each(|value| moments.add(value));
        moments
    }

    /// Number of values.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Mean of the values; NaN without any.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.count == 0 { f64::NAN } else { self.mean }
    }

    /// Standard deviation of the sample (n - 1); NaN with fewer than two values.
    #[must_use]
    pub fn standard_deviation(&self) -> f64 {
        if self.count < 2 {
            f64::NAN
        } else {
            (self.squares / f64::from(self.count - 1)).max(0.0).sqrt()
        }
    }

    /// The mean with its 95 % interval by Student's t.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let standard_deviation = self.standard_deviation();
        let half_width = t_quantile(self.count) * standard_deviation / f64::from(self.count).sqrt();
        Estimate {
            mean: self.mean(),
            standard_deviation,
            low: self.mean() - half_width,
            high: self.mean() + half_width,
            count: self.count,
        }
    }
}

/// A mean over replicates with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean; NaN where no replicate has a value.
    pub mean: f64,
    /// Standard deviation over replicates; NaN with fewer than two values.
    pub standard_deviation: f64,
    /// Lower end of the 95 % interval of the mean; NaN with fewer than two values.
    pub low: f64,
    /// Upper end of the 95 % interval of the mean; NaN with fewer than two values.
    pub high: f64,
    /// Replicates that have a value.
    pub count: u32,
}

impl Estimate {
    /// A mean and the ends of its interval as tables hold them; the standard deviation is empty.
    #[must_use]
    pub fn stored([mean, low, high]: [f64; 3], replicates: i64) -> Self {
        Self {
            mean,
            standard_deviation: f64::NAN,
            low,
            high,
            count: u32::try_from(replicates).unwrap_or(0),
        }
    }

    /// No value at all.
    pub const EMPTY: Self = Self {
        mean: f64::NAN,
        standard_deviation: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
        count: 0,
    };
}

/// The 97.5 % quantile of Student's t for a sample of that size; NaN below two.
///
/// A run asks for the same one thousands of times, so the last is remembered.
pub(super) fn t_quantile(count: u32) -> f64 {
    thread_local! {
        static LAST: Cell<(u32, f64)> = const { Cell::new((0, f64::NAN)) };
    }
    if count < 2 {
        return f64::NAN;
    }
    LAST.with(|last| {
        if last.get().0 != count {
            let quantile = StudentsT::new(0.0, 1.0, f64::from(count - 1))
                .map_or(f64::NAN, |distribution| distribution.inverse_cdf(0.975));
            last.set((count, quantile));
        }
        last.get().1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(values: &[f64]) -> Moments {
        Moments::of(values.iter().copied())
    }

    #[test]
    fn interval_is_that_of_student() {
        // mean 3, standard deviation sqrt(2.5), t(4) = 2.776445105
        let estimate = moments(&[1.0, 2.0, f64::NAN, 3.0, 4.0, 5.0]).estimate();
        let half = 2.776_445_105 * (2.5_f64 / 5.0).sqrt();
        assert_eq!((estimate.mean, estimate.count), (3.0, 5));
        assert!((estimate.standard_deviation - 2.5_f64.sqrt()).abs() < 1e-15);
        assert!((estimate.low - (3.0 - half)).abs() < 1e-8);
        assert!((estimate.high - (3.0 + half)).abs() < 1e-8);
    }

    #[test]
    fn few_values_have_no_interval() {
        let one = moments(&[0.5]).estimate();
        assert_eq!((one.mean, one.count), (0.5, 1));
        assert!(one.low.is_nan() && one.standard_deviation.is_nan());
        assert!(moments(&[]).estimate().mean.is_nan());
    }
}
