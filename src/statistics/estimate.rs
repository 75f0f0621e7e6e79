//! A mean over replicates and its 95 % interval.
//!
//! What markets come to is often skewed: a firm that does well in most of them and collapses in a few. Student's t, of 20
//! replicates, then covers the true mean in 83 to 92 % of cases only, missing it on the side of the tail. So each end
//! of an interval lies where Student's t puts it or where Hall's transformed t does, whichever is farther from the
//! mean: `benches/coverage` shows what that covers.
//!
//! Source: P. Hall (1992), Journal of the Royal Statistical Society B 54, 221-228.

use std::cell::Cell;

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Count, mean and sums of squared and cubed deviations of a sample, one value at a time.
///
/// Sources: B. P. Welford (1962), Technometrics 4(3), 419-420; T. B. Terriberry (2007), for the cubes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    count: u32,
    mean: f64,
    squares: f64,
    cubes: f64,
}

impl Moments {
    /// Takes in one value; NaN (empty) is passed over.
    pub fn add(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        self.count += 1;
        let before = value - self.mean;
        let step = before / f64::from(self.count);
        self.mean += step;
        let square = before * (value - self.mean);
        self.cubes += step * (square * (f64::from(self.count) - 2.0) - 3.0 * self.squares);
        self.squares += square;
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

    /// Skewness of the sample, as for an estimate of the population's (G1); 0 with fewer than three values, and where they are
    /// equal.
    #[must_use]
    pub fn skewness(&self) -> f64 {
        let n = f64::from(self.count);
        let spread = self.squares / n;
        if self.count < 3 || spread <= 0.0 {
            return 0.0;
        }
        self.cubes / n / (spread * spread.sqrt()) * (n * (n - 1.0)).sqrt() / (n - 2.0)
    }

    /// The mean of values of which each says whether something is so, 0 or 1, with Wilson's 95 % interval of a proportion: it is not
    /// empty where all are alike.
    ///
    /// Source: E. B. Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    #[must_use]
    pub fn proportion(&self) -> Estimate {
        let estimate = self.estimate();
        if self.count < 2 {
            return estimate;
        }
        let n = f64::from(self.count);
        let part = NORMAL * NORMAL / n;
        let middle = (self.mean + part / 2.0) / (1.0 + part);
        let inner = self.mean * (1.0 - self.mean) / n + part / (4.0 * n);
        let half = NORMAL / (1.0 + part) * inner.max(0.0).sqrt();
        Estimate {
            low: middle - half,
            high: middle + half,
            ..estimate
        }
        .within(UNIT)
    }

    /// The mean in standard errors: as Student's t has it, and as Hall's transformed t, in which the skewness of the mean
    /// is gone. NaN with fewer than two values.
    #[must_use]
    pub fn scores(&self) -> (f64, f64) {
        let n = f64::from(self.count);
        let (x, skewness) = (self.mean() / self.standard_deviation(), self.skewness());
        let bent = skewness * x;
        let hall = x * (1.0 + bent / 3.0 + bent * bent / 27.0) + skewness / (6.0 * n);
        (x * n.sqrt(), hall * n.sqrt())
    }

    /// The mean with its 95 % interval, allowing for skewness.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        self.estimate_by(t_quantile(self.count))
    }

    /// The mean with its interval at another confidence than 95 %, 0 to 1.
    #[must_use]
    pub fn estimate_at(&self, confidence: f64) -> Estimate {
        let degrees = f64::from(self.count) - 1.0;
        let student = StudentsT::new(0.0, 1.0, degrees);
        let quantile = student.map(|student| student.inverse_cdf(0.5 + confidence / 2.0));
        self.estimate_by(quantile.unwrap_or(f64::NAN))
    }

    /// The mean with the interval that this quantile of Student's t gives.
    fn estimate_by(&self, quantile: f64) -> Estimate {
        let standard_deviation = self.standard_deviation();
        let (below, above) = ends(self.count, self.skewness(), quantile);
        Estimate {
            mean: self.mean(),
            standard_deviation,
            low: self.mean() - below * standard_deviation,
            high: self.mean() + above * standard_deviation,
            count: self.count,
        }
    }
}

/// The 97.5 % quantile of the standard normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// More replicates than this are not worth a guess.
const MANY: f64 = 1e6;

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

    /// How far the interval reaches from the mean, to the side on which it reaches farther: what stands after ±. NaN without
    /// an interval.
    #[must_use]
    pub fn reach(&self) -> f64 {
        let (below, above) = (self.mean - self.low, self.high - self.mean);
        if below > above { below } else { above }
    }

    /// About how many replicates it takes until the interval does not hold a number, if mean and spread stay as they are; none
    /// where there is no interval, or the mean is that number.
    #[must_use]
    pub fn replicates_to_tell_from(&self, number: f64) -> Option<u64> {
        let apart = number - self.mean;
        let reach = if apart > 0.0 {
            self.high - self.mean
        } else {
            self.mean - self.low
        };
        let needed = f64::from(self.count) * (reach / apart).powi(2);
        if !needed.is_finite() || needed > MANY {
            return None;
        }
        // two digits: it is a guess
        let unit = libm::pow(10.0, (libm::log10(needed.max(1.0)).floor() - 1.0).max(0.0));
        Some(((needed / unit).ceil() * unit) as u64)
    }

    /// The same, with an interval that does not leave the range of the quantity.
    #[must_use]
    pub fn within(self, (least, most): (f64, f64)) -> Self {
        // NaN, an empty end, stays what it is
        let clamp = |end: f64| {
            if end < least {
                least
            } else if end > most {
                most
            } else {
                end
            }
        };
        Self {
            low: clamp(self.low),
            high: clamp(self.high),
            ..self
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

/// The quantile of sorted values, linear between neighbours (type 7 of R); NaN without values.
#[must_use]
pub fn quantile(sorted: &[f64], part: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = part * last as f64;
    let (below, above) = (place.floor(), place.ceil());
    let (low, high) = (sorted[below as usize], sorted[above as usize]);
    low + (place - below) * (high - low)
}

/// The range of shares, fits and knowledge.
pub(crate) const UNIT: (f64, f64) = (0.0, 1.0);

/// That of differences of these.
pub(crate) const DIFFERENCE: (f64, f64) = (-1.0, 1.0);

/// How far the interval of a mean reaches below and above it, in standard deviations of the sample, by a quantile of Student's t.
fn ends(count: u32, skewness: f64, quantile: f64) -> (f64, f64) {
    let n = f64::from(count);
    let student = quantile / n.sqrt();
    // of values that are next to symmetric the transformation is the identity
    if skewness.abs() < 1e-6 {
        return (student, student);
    }
    // the inverse of x + g x^2 / 3 + g^2 x^3 / 27 + g / 6n, in which the skewness of the mean is gone
    let hall = |x: f64| {
        let inner = 1.0 + skewness * (x - skewness / (6.0 * n));
        3.0 / skewness * (libm::cbrt(inner) - 1.0)
    };
    (student.max(hall(student)), student.max(-hall(-student)))
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
    fn an_interval_of_another_confidence_is_that_of_student() {
        let moments = moments(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        // t(4) = 4.604094871 at 99 %
        let half = 4.604_094_871 * (2.5_f64 / 5.0).sqrt();
        let estimate = moments.estimate_at(0.99);
        assert!((estimate.high - (3.0 + half)).abs() < 1e-7);
        assert!((moments.estimate_at(0.95).low - moments.estimate().low).abs() < 1e-12);
        assert!(self::moments(&[1.0]).estimate_at(0.99).low.is_nan());
    }

    /// Made with scipy 1.17: `stats.skew(x, bias=False)`, and the transformation solved for x by brentq.
    #[test]
    fn an_interval_reaches_farther_on_the_side_of_the_tail() {
        let values = [0.30, 0.31, 0.29, 0.32, 0.30, 0.28, 0.31, 0.33, 0.05, 0.30];
        let moments = moments(&values);
        let estimate = moments.estimate();
        let (below, above) = (estimate.mean - estimate.low, estimate.high - estimate.mean);
        assert!((moments.skewness() + 2.983_377_014_138_212_3).abs() < 1e-9);
        assert!((below / estimate.standard_deviation - 2.098_105_172_949_458).abs() < 1e-9);
        assert!((above / estimate.standard_deviation - 0.715_356_905_970_664_7).abs() < 1e-9);
        let mirrored: Vec<f64> = values.iter().map(|value| -value).collect();
        let mirrored = self::moments(&mirrored).estimate();
        assert!((mirrored.high + estimate.low).abs() < 1e-12);
    }

    /// Where an interval ends, the score of the farther of the two is the quantile of Student's t.
    #[test]
    fn scores_and_intervals_say_the_same() {
        for values in [[0.3, 0.31, 0.29, 0.05, 0.3], [0.1, 0.12, 0.5, 0.11, 0.09]] {
            let estimate = moments(&values).estimate();
            let at = |end: f64| moments(&values.map(|value| value - end)).scores();
            let (student, hall) = at(estimate.low);
            assert!((student.min(hall) - t_quantile(5)).abs() < 1e-9);
            let (student, hall) = at(estimate.high);
            assert!((student.max(hall) + t_quantile(5)).abs() < 1e-9);
        }
    }

    #[test]
    fn quantiles_are_those_of_type_7() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0];
        let quantiles = [0.0, 0.05, 0.5, 0.95, 1.0].map(|part| quantile(&sorted, part));
        // R: quantile(c(1, 2, 4, 8, 16), c(0, .05, .5, .95, 1))
        for (found, expected) in quantiles.into_iter().zip([1.0, 1.2, 4.0, 14.4, 16.0]) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn a_guess_says_how_many_replicates_would_tell() {
        let estimate = Estimate {
            mean: 1.2,
            standard_deviation: 1.0,
            low: 0.7,
            high: 1.6,
            count: 20,
        };
        // the lower end is two and a half times as far as 1: 20 times 6.25
        assert_eq!(estimate.replicates_to_tell_from(1.0), Some(130));
        assert_eq!(estimate.replicates_to_tell_from(1.5), Some(36));
        assert_eq!(estimate.replicates_to_tell_from(1.2), None);
        assert_eq!(Estimate::EMPTY.replicates_to_tell_from(1.0), None);
    }

    #[test]
    fn an_interval_stays_in_its_range() {
        let estimate = moments(&[0.0, 0.0, 0.1, 0.0, 1.0]).estimate();
        assert!(estimate.low < 0.0);
        let within = estimate.within((0.0, 1.0));
        assert_eq!((within.low, within.mean), (0.0, estimate.mean));
        assert!(Estimate::EMPTY.within((0.0, 1.0)).low.is_nan());
    }

    #[test]
    fn few_values_have_no_interval() {
        let one = moments(&[0.5]).estimate();
        assert_eq!((one.mean, one.count), (0.5, 1));
        assert!(one.low.is_nan() && one.standard_deviation.is_nan());
        assert!(moments(&[]).estimate().mean.is_nan());
    }
}
