//! Head starts whose course is known.

use super::*;
use crate::table::{FIRMS, FirmRow, Label, Vocabulary};

fn question(periods: u32) -> AmplificationQuestion {
    AmplificationQuestion {
        analysis: 1,
        firm: "one".to_owned(),
        outcome: AmplifiedOutcome::ValueCreated,
        period: 20,
        precision: None,
        periods,
    }
}

/// What the analysis makes of a gain per period: the same in all replicates, but for noise that the markets share and
/// noise that they do not.
fn amplification(periods: u32, gain: impl Fn(f64) -> f64, half: f64) -> Amplification {
    let noise = |replicate: u32, period: u32| {
        let mixed = (replicate * 7_919 + period * 104_729).wrapping_mul(2_654_435_761);
        f64::from(mixed >> 8) / f64::from(1 << 24) - 0.5
    };
    let question = question(periods);
    let mut collector = AmplifiedMarkets::new(question);
    for replicate in 0..12 {
        for variant in 0..VARIANTS {
            let mut vocabulary = Vocabulary::default();
            let (one, other) = (vocabulary.label("one"), vocabulary.label("other"));
            let mut firms = Batch::new(&FIRMS, vocabulary.into());
            for period in 0..periods {
                let after = f64::from(period) - 20.0;
                let size = [0.0, 1.0, half][variant as usize];
                let own = 0.01 * noise(100 * (variant + 1) + replicate, period);
                let more = if after < 0.0 { 0.0 } else { size * gain(after) };
                let value = 5.0 + 2.0 * noise(replicate, period) + own + more;
                row(period, one, value).push(&mut firms);
                row(period, other, 1e6).push(&mut firms);
            }
            collector.add(replicate, variant, &firms);
        }
    }
    collector.finish()
}

/// A row in which the firm has ten transactions that create this value together.
fn row(period: u32, firm: Label, value: f64) -> FirmRow {
    FirmRow {
        replicate: 0,
        period: i64::from(period),
        firm,
        active: true,
        experience: Label::NONE,
        price: 0.0,
        customers: 0,
        transactions: 10,
        share: 0.0,
        fit: 0.0,
        wtp: 0.0,
        cost: 0.0,
        value_created: value / 10.0,
        competitive_advantage: 0.0,
        knowledge: 0.0,
        population_knowledge: 0.0,
        profit: 0.0,
        cumulative_profit: 0.0,
    }
}

fn near(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual}, not {expected}"
    );
}

#[test]
fn what_lasts_keeps() {
    let found = amplification(200, |_| 0.3, 0.5);
    assert_eq!(found.trend.verdict, Verdict::Keeps);
    near(found.trend.ratio.mean, 1.0, 0.02);
    assert!(found.trend.time.mean.is_nan());
    assert_eq!(
        (found.trend.early, found.trend.late),
        ((20, 30), (166, 199))
    );
    // linear in t: after n periods it is n/11 of what it was after 11
    let last = found.course.last().expect("a course");
    near(last.amplification.mean, 180.0 / 11.0, 0.1);
    assert!(last.amplification.low < 180.0 / 11.0 && 180.0 / 11.0 < last.amplification.high);
    near(found.course[10].amplification.mean, 1.0, 1e-12);
    near(last.cumulative.mean, 54.0, 0.1);
}

#[test]
fn what_fades_dissipates_with_its_half_life() {
    let found = amplification(200, |after| 0.5 * f64::exp2(-after / 25.0), 0.5);
    assert_eq!(found.trend.verdict, Verdict::Dissipates);
    let time = found.trend.time;
    near(time.mean, 25.0, 1.0);
    assert!(time.low < 25.0 && 25.0 < time.high, "{time:?}");
    assert!(time.high - time.low < 3.0, "{time:?}");
    let last = found.course.last().expect("a course").amplification;
    assert!(last.high < 180.0 / 11.0, "below linear growth");
}

#[test]
fn what_grows_compounds_with_its_doubling_time() {
    let found = amplification(200, |after| 0.2 * f64::exp2(after / 60.0), 0.5);
    assert_eq!(found.trend.verdict, Verdict::Compounds);
    near(found.trend.time.mean, 60.0, 1.0);
    assert!(found.course.last().expect("a course").amplification.low > 180.0 / 11.0);
    // and a handicap that grows compounds too
    let handicap = amplification(200, |after| -0.2 * f64::exp2(after / 60.0), 0.5);
    assert_eq!(handicap.trend.verdict, Verdict::Compounds);
}

#[test]
fn where_nothing_begins_there_is_no_ratio() {
    let found = amplification(200, |after| if after < 30.0 { 0.0 } else { 1.0 }, 0.5);
    assert_eq!(found.trend.verdict, Verdict::NoEffect);
    assert!(found.trend.ratio.mean.is_nan());
    let last = found.course.last().expect("a course");
    assert!(
        last.amplification.mean.is_nan(),
        "only the difference itself is reported"
    );
    near(last.cumulative.mean, 150.0, 0.1);
}

#[test]
fn answers_that_are_not_linear_are_told_from_those_that_are() {
    let linear = amplification(100, |_| 0.3, 0.5);
    assert_eq!(linear.is_linear, Some(true));
    let saturating = amplification(100, |_| 0.3, 0.8);
    near(saturating.half_size.mean, 1.6, 0.02);
    assert_eq!(saturating.is_linear, Some(false));
}

#[test]
fn equal_draws_save_replicates() {
    let found = amplification(100, |_| 0.3, 0.5);
    let last = found.course.last().expect("a course");
    // shared noise has 200 times the deviation of own noise, in both markets
    assert!(
        last.variance_reduction > 1_000.0,
        "{}",
        last.variance_reduction
    );
}

#[test]
fn the_tables_hold_everything_that_is_drawn() {
    let all = [
        amplification(60, |after| 0.5 * f64::exp2(-after / 9.0), 0.5),
        Amplification {
            question: AmplificationQuestion {
                analysis: 3,
                precision: Some(0.25),
                ..question(50)
            },
            ..amplification(50, |_| 0.0, 0.5)
        },
    ];
    let [courses, verdicts] = Amplification::to_tables(all.iter());
    let back = Amplification::from_tables(&courses, &verdicts);
    let [again, again_verdicts] = Amplification::to_tables(back.iter());
    let text = |batch: &Batch| format!("{batch:?}");
    assert_eq!(text(&again), text(&courses));
    assert_eq!(text(&again_verdicts), text(&verdicts));
    for (one, other) in all.iter().zip(&back) {
        assert_eq!(one.question, other.question);
        assert_eq!(one.trend.late, other.trend.late);
    }
}
