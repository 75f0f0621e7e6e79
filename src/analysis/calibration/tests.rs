//! Posteriors of made-up points whose answer is known, and what is said of them.

use super::inference::{Points, Weighted, infer};
use super::*;

/// A number in (0, 1) that looks random, the same every time.
fn uniform(number: u64) -> f64 {
    let source = crate::random::Source::new(7, 0);
    let key = source
        .family(crate::random::Purpose::DesignPlace, &["test"])
        .key(0, 0);
    (f64::from(key.word(u32::try_from(number).expect("few"))) + 0.5) / 4_294_967_296.0
}

/// A normal deviate.
fn normal(number: u64) -> f64 {
    let (radius, angle) = (uniform(2 * number), uniform(2 * number + 1));
    (-2.0 * libm::log(radius)).sqrt() * libm::cos(std::f64::consts::TAU * angle)
}

/// Points of three parameters. The first makes the first statistic with an error of 0.05; the second and the third make the other only
/// together; a fourth makes none.
fn points(count: u64) -> Points {
    let place = |point: u64| -> Vec<f64> {
        (0..4)
            .map(|axis| uniform(50_000 + 4 * point + axis))
            .collect()
    };
    let places: Vec<Vec<f64>> = (0..count).map(place).collect();
    let statistics = (0..).zip(&places).map(|(point, own)| {
        let noise = |place: u64| normal(200_000 + 4 * point + place);
        vec![
            own[0] + 0.05 * noise(0),
            own[1] + own[2] + 0.05 * noise(1),
            noise(2),
        ]
    });
    Points {
        statistics: statistics.collect(),
        places,
    }
}

#[test]
fn a_posterior_is_that_of_bayes() {
    // of the first parameter: a normal about what was observed, with the standard deviation of the error
    let inferred = infer(&points(4096), &[0.4, 1.0, 0.0]);
    let first = inferred.posterior.of(0);
    let quantiles = [0.05, 0.5, 0.95].map(|part| first.quantile(part));
    for (found, expected) in quantiles.iter().zip([0.4 - 0.0822, 0.4, 0.4 + 0.0822]) {
        assert!((found - expected).abs() < 0.015, "{quantiles:?}");
    }
    // of the fourth: its range
    let fourth = inferred.posterior.of(3);
    assert!((fourth.quantile(0.5) - 0.5).abs() < 0.08);
    assert!(fourth.quantile(0.95) - fourth.quantile(0.05) > 0.8);
    assert!(
        inferred.predictivity[0] > 0.8,
        "{:?}",
        inferred.predictivity
    );
    assert!(
        inferred.predictivity[3].abs() < 0.05,
        "{:?}",
        inferred.predictivity
    );
    // the sum of the others is known, and neither is
    let sums: Vec<f64> = inferred
        .posterior
        .places
        .iter()
        .map(|row| row[1] + row[2])
        .collect();
    let mean = sums.iter().sum::<f64>() / sums.len() as f64;
    assert!((mean - 1.0).abs() < 0.02, "{mean}");
    assert!(!inferred.is_far);
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let inferred = infer(&points(2048), &[0.4, 1.0, 0.0]);
    for parameter in 0..4 {
        let is_held = |one: &&super::inference::Recovery| {
            let [low, .., high] = one.quantiles[parameter];
            (low..=high).contains(&one.truth[parameter])
        };
        let held = inferred.recoveries.iter().filter(is_held).count();
        let part = held as f64 / inferred.recoveries.len() as f64;
        assert!(
            (0.85..0.95).contains(&part),
            "parameter {parameter}: {part}"
        );
    }
}

#[test]
fn what_no_point_gives_is_far() {
    assert!(infer(&points(1024), &[3.0, 1.0, 0.0]).is_far);
}

#[test]
fn quantiles_with_weights_are_those_without_where_weights_are_equal() {
    let values = [4.0, 1.0, 3.0, 2.0, 5.0];
    let inferred = Weighted::new(values.into_iter(), &[0.2; 5]);
    assert_eq!(inferred.quantile(0.5), 3.0);
    assert!((inferred.quantile(0.3) - 2.0).abs() < 1e-12);
    assert_eq!((inferred.quantile(0.0), inferred.quantile(1.0)), (1.0, 5.0));
}

/// A statistic that was observed at 0.9, while points give 0.2 to 0.6.
fn outside() -> FittedStatistic {
    FittedStatistic {
        kind: StatisticKind::Share,
        firm: "coach".to_owned(),
        over: (0, 20),
        observed: (0.9, 0.0),
        predictive: Interval {
            quantiles: [0.5, 0.55, 0.56, 0.57, 0.6],
        },
        range: (0.2, 0.6),
    }
}

#[test]
fn what_the_model_cannot_make_is_said_first() {
    let parameter = CalibratedParameter {
        path: "populations.*.awareness".to_owned(),
        prior: (0.2, 0.9),
        is_log: false,
        posterior: Interval {
            quantiles: [0.3, 0.4, 0.5, 0.6, 0.7],
        },
        predictivity: 0.1,
        coverage: 0.9,
    };
    assert_eq!(parameter.told(), Told::NotIdentified);
    let found = Calibrated {
        number: 1,
        samples: 128,
        is_possible: false,
        parameters: vec![parameter],
        fit: vec![outside()],
        pairs: Vec::new(),
        recoveries: Vec::new(),
        files: Vec::new(),
    };
    let told = found.sentences();
    assert_eq!(
        told[0],
        "calibration: the model cannot make these data: share of coach from 0 to 19 is 0.900, and no point gives more than 0.600"
    );
    assert!(told[1].contains("not identified"), "{told:?}");
    // within a twentieth of the range beyond its end, chance may do it
    let nearly = FittedStatistic {
        observed: (0.615, 0.0),
        ..outside()
    };
    assert!(nearly.is_possible() && !outside().is_possible());
}
