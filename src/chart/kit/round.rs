//! Round numbers: the steps of axes, and the numbers along them.

/// The least round number (1, 2, 2.5 or 5 times a power of ten) that is not below a step.
#[must_use]
pub fn nice_step(rough: f64) -> f64 {
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powi(libm::log10(rough).floor() as i32);
    for factor in [1.0, 2.0, 2.5, 5.0] {
        if rough <= factor * power * (1.0 + 1e-9) {
            return factor * power;
        }
    }
    10.0 * power
}

/// A range that is not empty.
pub fn widened(low: f64, high: f64) -> (f64, f64) {
    let (low, high) = if low.is_finite() && high.is_finite() {
        (low.min(high), low.max(high))
    } else {
        (0.0, 1.0)
    };
    let least = 1e-6 * low.abs().max(high.abs()).max(1e-3);
    if high - low > least {
        (low, high)
    } else {
        let margin = (0.1 * low.abs()).max(0.05);
        (low - margin, high + margin)
    }
}

/// Powers of ten, with 2 and 5 times these where that gives no more than about `count` numbers.
pub fn log_ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    let first = libm::log10(low).floor() as i32;
    let last = libm::log10(high).ceil() as i32;
    let within = |&tick: &f64| low * (1.0 - 1e-9) <= tick && tick <= high * (1.0 + 1e-9);
    let times = |factors: &[f64], every: i32| -> Vec<f64> {
        (first..=last)
            .filter(|power| power.rem_euclid(every) == 0)
            .flat_map(|power| {
                factors
                    .iter()
                    .map(move |factor| factor * power_of_ten(power))
            })
            .filter(within)
            .collect()
    };
    let fine = times(&[1.0, 2.0, 5.0], 1);
    if fine.len() <= count + 3 {
        return fine;
    }
    times(&[1.0], (last - first) / (count.max(1) as i32 + 1) + 1)
}

/// As the nearest number to the decimal one: 0.001 rather than a product near it.
pub fn power_of_ten(power: i32) -> f64 {
    format!("1e{power}").parse().unwrap_or(f64::NAN)
}

pub fn multiples(step: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|number| number as f64 * step).collect()
}
