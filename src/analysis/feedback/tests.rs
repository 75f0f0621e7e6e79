//! Effects that are known.

use super::*;

fn question(periods: u32) -> FeedbackQuestion {
    FeedbackQuestion {
        analysis: 2,
        firm: "one".to_owned(),
        outcome: FeedbackOutcome::ValueCreated,
        period: 20,
        observations: 1.0,
        periods,
    }
}

/// What follows from twelve replicates in which the head start adds `direct(t)` and, when everything answers, `total(t)`,
/// and moves the share by `lead(t)`, with some noise that all worlds share and some that they do not.
fn feedback(
    periods: u32,
    direct: impl Fn(f64) -> f64,
    total: impl Fn(f64) -> f64,
    lead: impl Fn(f64) -> f64,
) -> Feedback {
    let noise = |replicate: u32, period: u32| {
        let mixed = (replicate * 7_919 + period * 104_729).wrapping_mul(2_654_435_761);
        f64::from(mixed >> 8) / f64::from(1 << 24) - 0.5
    };
    let mut worlds = FeedbackWorlds::new(question(periods));
    for replicate in 0..12 {
        let mut rows = Vec::new();
        for period in 20..periods {
            let t = f64::from(period - 20);
            let shared = noise(replicate, period);
            for (place, world) in (0..).zip(["base", "closed", "open"]) {
                let own = 0.01 * noise(100 * (place + 1) + replicate, period);
                let (value, share) = match world {
                    "closed" => (total(t), lead(t)),
                    "open" => (direct(t), 0.0),
                    _ => (0.0, 0.0),
                };
                rows.push(WorldRow {
                    replicate: i64::from(replicate),
                    period: i64::from(period),
                    world,
                    value_created: 100.0 + 5.0 * shared + own + value,
                    value_created_at_home: 40.0 + 0.25 * value,
                    profit: -7.0,
                    profit_at_home: 0.0,
                    share: 0.5 + 0.1 * shared + 0.001 * own + share,
                });
            }
        }
        worlds.add(&WorldRow::batch(rows));
    }
    worlds.finish()
}

#[test]
fn the_factor_is_total_over_direct_effect() {
    let found = feedback(120, |_| 1.0, |t| 1.0 + 0.04 * t, |_| 0.02);
    assert_eq!(found.course.len(), 100);
    for step in &found.course {
        let length = f64::from(step.length);
        let expected = 1.0 + 0.04 * (length - 1.0) / 2.0;
        assert!((step.factor.mean - expected).abs() < 0.02, "{step:?}");
        assert!(
            step.factor.low < expected && expected < step.factor.high,
            "{step:?}"
        );
        assert!(
            (step.direct.mean - length).abs() < 0.02 * length.sqrt(),
            "{step:?}"
        );
    }
    // a quarter of what is added comes from those who were there
    let whole = found.at_home.mean + found.others.mean;
    assert!((found.at_home.mean / whole - 0.25).abs() < 0.01);
    let total = found.course.last().expect("a course").total.mean;
    assert!((whole - total).abs() < 1e-9 * total);
}

#[test]
fn leads_compound_keep_or_fade() {
    let verdict = |lead: fn(f64) -> f64| feedback(220, |_| 1.0, |_| 2.0, lead).lead;
    assert_eq!(verdict(|t| 0.01 + 0.0005 * t).verdict, Verdict::Compounds);
    assert_eq!(verdict(|_| 0.02).verdict, Verdict::Keeps);
    let fading = verdict(|t| 0.05 * libm::exp(-0.01 * t));
    assert_eq!(fading.verdict, Verdict::Dissipates);
    assert!((fading.growth.mean + 0.01).abs() < 0.001, "{fading:?}");
    assert!((fading.time.mean - 69.3).abs() < 5.0, "{fading:?}");
    assert_eq!(verdict(|_| 0.0).verdict, Verdict::NoEffect);
}

#[test]
fn without_a_direct_effect_there_is_no_factor() {
    let found = feedback(60, |_| 0.0, |_| 1.0, |_| 0.0);
    assert!(found.factor().mean.is_nan());
    assert!(found.course.last().is_some_and(|step| step.total.low > 0.0));
}

#[test]
fn one_replicate_decides_nothing() {
    let mut worlds = FeedbackWorlds::new(question(60));
    let row = |period: i64, world: &'static str, value: f64| WorldRow {
        replicate: 0,
        period,
        world,
        value_created: value,
        value_created_at_home: 0.0,
        profit: 0.0,
        profit_at_home: 0.0,
        share: value,
    };
    let rows = (20..60).flat_map(|period| {
        [
            row(period, "base", 0.0),
            row(period, "closed", 2.0),
            row(period, "open", 1.0),
        ]
    });
    worlds.add(&WorldRow::batch(rows));
    let found = worlds.finish();
    assert_eq!(found.lead.verdict, Verdict::Undecided);
    assert!(found.factor().mean.is_nan() && found.lead.ratio.mean.is_nan());
}

#[test]
fn feedback_survives_its_tables() {
    let mut all = [
        feedback(90, |_| 1.0, |_| 3.0, |_| 0.02),
        feedback(70, |_| 0.0, |_| 0.0, |_| 0.0),
    ];
    // of another analysis, or the rows of both would be one
    all[1].question.analysis = 3;
    let [courses, verdicts] = Feedback::to_tables(all.iter());
    let back = Feedback::from_tables(&courses, &verdicts);
    assert_eq!(back.len(), 2);
    let again = Feedback::to_tables(back.iter());
    assert_eq!(format!("{again:?}"), format!("{:?}", [courses, verdicts]));
}
