//! Charts of made-up sweeps: every text legible, everything said.

use proptest::prelude::*;

use super::cases::{EXPERIENCES, samples};
use super::samples::SweepSample;
use super::*;
use crate::analysis::AxisValue;
use crate::chart::samples::Sample;
use crate::chart::tests::check_texts;
use crate::chart::tests::chosen::chart;
use crate::scenario::Statistic;

#[test]
#[ignore = "writes pictures to look at, to the folder named by CHART_PICTURES"]
fn pictures() {
    let folder = std::env::var("CHART_PICTURES").expect("CHART_PICTURES names a folder");
    for (name, sample) in samples() {
        for figure in all(&sample) {
            let stem = format!("{folder}/{name}-{}", figure.name());
            std::fs::write(format!("{stem}.png"), figure.png().unwrap()).unwrap();
        }
    }
}

/// The default charts, that of an outcome that can be negative, a spread, and figures of an analysis.
fn all(sample: &SweepSample) -> Vec<Figure> {
    let (scenario, results) = (sample.scenario(), sample.results());
    let advantage = draw_outcome(Quantity::CompetitiveAdvantage, &scenario, &results);
    let mut figures = draw_all(&scenario, &results);
    figures.extend(advantage);
    for (outcome, statistic) in [
        (SweepOutcome::Share, Statistic::StandardDeviation),
        (SweepOutcome::FeedbackLeadGrowth, Statistic::Mean),
        (SweepOutcome::FeedbackVerdict, Statistic::Mean),
    ] {
        figures.extend(asked(sample, outcome, statistic));
    }
    figures
}

/// The chart that a scenario asks for, if it can be drawn.
fn asked(sample: &SweepSample, outcome: SweepOutcome, statistic: Statistic) -> Option<Figure> {
    let mut scenario = sample.scenario();
    scenario.charts = vec![Chart {
        outcome: Some(outcome),
        statistic: Some(statistic),
        ..chart(ChartKind::Sweep)
    }];
    draw_all(&scenario, &sample.results()).pop()
}

/// All words of a figure, lines joined.
fn words_of(figure: &Figure) -> String {
    let texts: Vec<_> = figure
        .texts()
        .iter()
        .map(|text| text.text.as_str())
        .collect();
    texts.join(" ").replace('\u{a0}', " ")
}

fn share(sample: &SweepSample) -> Figure {
    draw_outcome(Quantity::Share, &sample.scenario(), &sample.results()).unwrap()
}

fn leader(sample: &SweepSample) -> Figure {
    draw_leader(&sample.scenario(), &sample.results()).unwrap()
}

#[test]
fn no_text_is_cut_off_or_covers_another() {
    for (name, sample) in samples() {
        for figure in all(&sample) {
            assert!(figure.texts().len() >= 4, "{name}");
            check_texts(name, &figure).unwrap();
            assert!(figure.tree().is_ok(), "{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_of_any_sweep_is_cut_off_or_covers_another(
        names in prop::collection::vec("[A-Za-z0-9 öß_/-]{1,60}", 1..12),
        labels in prop::collection::vec("[A-Za-z ,-]{0,90}", 4),
        texts in prop::collection::vec("[A-Za-z -]{1,60}", 1..31),
        text_axis in 0usize..6,
        sizes in prop::collection::vec(1usize..6, 1..5),
        samples in prop_oneof![Just(0usize), 1usize..80],
        replicates in 1u32..4,
        title in "[A-Za-z ,]{0,200}",
        noise in 0.0f64..0.3,
        silent in prop::option::of((0usize..4, 1usize..4)),
        shift in -3.0f64..3.0,
        power in -9i32..9,
        tied: bool,
    ) {
        let run = Sample { firms: names, title, replicates, ..Sample::firms(1) };
        let mut sample = SweepSample { run, noise, silent, shift, tied, ..SweepSample::numbers(2, &sizes) };
        for (axis, label) in sample.axes.iter_mut().zip(labels) {
            axis.label = label;
            for value in &mut axis.values {
                if let AxisValue::Number(number) = value {
                    *number *= 10f64.powi(power);
                }
            }
        }
        if let Some(axis) = sample.axes.get_mut(text_axis) {
            let mut different = Vec::new();
            for text in texts {
                if !different.contains(&text) {
                    different.push(text);
                }
            }
            axis.values = different.into_iter().map(AxisValue::Text).collect();
        }
        let sample = sample.sampled(samples);
        for figure in all(&sample) {
            let checked = check_texts("any", &figure);
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
    }
}

#[test]
fn charts_are_chosen_by_what_varies() {
    for (sample, expected) in [
        (SweepSample::numbers(3, &[5]), &["sweep-share"][..]),
        (
            SweepSample::numbers(3, &[5, 5]),
            &["sweep-share", "sweep-leader"],
        ),
        (
            SweepSample::numbers(3, &[5, 5]).sampled(20),
            &["sweep-share"],
        ),
        (SweepSample::numbers(3, &[3, 3, 3]), &["sweep-share"]),
    ] {
        let figures = draw_all(&sample.scenario(), &sample.results());
        let names: Vec<_> = figures.iter().map(Figure::name).collect();
        assert_eq!(names, expected);
    }
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let sample = SweepSample::numbers(3, &[5, 5]);
    let results = sample.results();
    let without_points = crate::analysis::SweepResults {
        points: vec![],
        ..results.clone()
    };
    let without_axes = crate::analysis::SweepResults {
        axes: vec![],
        ..results.clone()
    };
    for empty in [without_points, without_axes] {
        assert_eq!(draw_all(&sample.scenario(), &empty), []);
    }
    assert_eq!(
        draw_outcome(Quantity::Profit, &sample.scenario(), &results),
        None
    );
}

#[test]
fn values_that_are_missing_do_not_stop_a_chart() {
    for sizes in [&[4][..], &[3, 3], &[2, 2, 2]] {
        let sample = SweepSample::numbers(2, sizes);
        let mut results = sample.results();
        results.points[0].values.pop();
        results.points[1].firms.clear();
        for firm in &mut results.points[2].firms {
            firm.summary.truncate(1);
        }
        let figures = draw_all(&sample.scenario(), &results);
        assert!(!figures.is_empty());
        figures
            .iter()
            .for_each(|figure| check_texts("missing", figure).unwrap());
    }
}

#[test]
fn a_line_chart_says_what_varies_and_where_lines_end() {
    let words = words_of(&share(&SweepSample::numbers(4, &[11])));
    for expected in [
        "Acting before customers ask wins the market that lets it",
        "Share of transactions, mean of the last tenth of the periods",
        "Awareness",
        "curated-offering  4%",
        "Mean and 95 % interval of 40 replicates. 5,000 customers, four firms, one experience each.",
    ] {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
    let words = words_of(&share(&SweepSample::numbers(3, &[11])));
    assert!(words.starts_with("Market shares by awareness"), "{words}");
}

#[test]
fn one_replicate_has_no_interval() {
    let mut sample = SweepSample::numbers(4, &[11]);
    assert!(share(&sample).svg().contains("<polygon"));
    sample.run.replicates = 1;
    let figure = share(&sample);
    assert!(!figure.svg().contains("<polygon"));
    assert!(words_of(&figure).contains("One replicate."));
}

#[test]
fn a_firm_that_never_sold_is_named_in_the_caption_only() {
    let sample = SweepSample {
        silent: Some((1, 1)),
        ..SweepSample::numbers(3, &[8])
    };
    let words = words_of(&share(&sample));
    assert!(words.contains("No values for firm-2."), "{words}");
    assert_eq!(words.matches("firm-2").count(), 1);
}

#[test]
fn the_map_of_leaders_counts_its_points() {
    let sample = SweepSample::numbers(3, &[9, 9]);
    let (scenario, mut results) = (sample.scenario(), sample.results());
    for (number, point) in results.points.iter_mut().enumerate() {
        for (firm, found) in point.firms.iter_mut().enumerate() {
            // 60 points of the first firm, 21 that the second leads within the intervals
            let mean = match (firm, number < 60) {
                (0, true) => 0.8,
                (0, false) => 0.45,
                (1, false) => 0.46,
                _ => 0.1,
            };
            let share = &mut found.summary[0];
            (share.mean, share.low, share.high) = (mean, mean - 0.01, mean + 0.01);
        }
    }
    let figure = draw_leader(&scenario, &results).unwrap();
    let words = words_of(&figure);
    for expected in [
        "Who leads the market, by awareness and stakes of a decision",
        "firm-1 leads at 60 of 81 points",
        "firm-2 leads at 0 of 81 points, perhaps at 21 more",
        "firm-3 leads nowhere",
        "Undecided 21 of 81 points",
        "Striped: the 95 % intervals of the two largest shares overlap.",
    ] {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
    assert!(
        figure
            .svg()
            .contains("<desc>firm-1: leads at 60 of 81 points.")
    );
}

#[test]
fn ties_and_points_without_transactions_are_told() {
    let tied = SweepSample {
        tied: true,
        ..SweepSample::numbers(4, &[3, 3])
    };
    let words = words_of(&leader(&tied));
    assert!(words.contains("Undecided 9 of 9 points"), "{words}");
    assert_eq!(words.matches("leads nowhere").count(), 4, "{words}");
    let nobody = SweepSample {
        silent: Some((0, 4)),
        ..SweepSample::numbers(1, &[3, 3])
    };
    assert!(words_of(&leader(&nobody)).contains("No transactions 3 of 9 points"));
}

#[test]
fn maps_of_many_firms_are_of_the_largest() {
    let words = words_of(&share(&SweepSample::numbers(32, &[5, 5])));
    assert!(words.contains("The eight largest firms."), "{words}");
    let named = (1..=32).filter(|firm| words.split(' ').any(|word| word == format!("firm-{firm}")));
    assert_eq!(named.count(), 8);
}

#[test]
fn wide_ranges_are_logarithmic_unless_drawn_evenly() {
    let words = |values: &[f64], samples: usize| {
        let mut sample = SweepSample::numbers(2, &[values.len()]);
        sample.axes[0].values = values.iter().copied().map(AxisValue::Number).collect();
        words_of(&share(&sample.sampled(samples)))
    };
    assert!(words(&[100.0, 1000.0, 10_000.0, 100_000.0], 0).contains("100 1,000 10,000 100,000"));
    assert!(words(&[100.0, 4000.0, 10_000.0], 0).contains("2000 4000 6000"));
    assert!(words(&[0.0001, 1.0], 200).contains("0.2 0.4 0.6"));
}

#[test]
fn colours_are_not_those_of_experiences_that_the_sweep_changes() {
    let mut sample = SweepSample::numbers(4, &[4]);
    sample.run.firms.reverse();
    sample = sample.with_names(0, &EXPERIENCES);
    assert!(!words_of(&share(&sample)).contains("one experience each"));
}

#[test]
fn scenario_titles_go_to_the_main_chart() {
    let title = Sample::four().title;
    let sample = SweepSample::numbers(4, &[5, 5]);
    assert!(words_of(&leader(&sample)).starts_with(&title));
    assert!(words_of(&share(&sample)).starts_with("Market shares by awareness and stakes"));
    assert!(words_of(&share(&sample)).contains(&format!("Scenario: “{title}”.")));
}

#[test]
fn axes_beyond_the_twelfth_are_named_in_the_caption() {
    let sample = SweepSample::numbers(2, &[2; 14]).sampled(8);
    let words = words_of(&share(&sample));
    let expected = "Not shown: Need rate and Friction request.";
    assert!(words.contains(expected), "{words}");
}

#[test]
fn equal_input_gives_equal_bytes() {
    let sample = SweepSample::numbers(4, &[9, 9]);
    let [once, again] = [0, 1].map(|_| all(&sample));
    assert_eq!(once, again);
    assert_eq!(once[0].png(), again[0].png());
}

#[test]
fn figures_of_analyses_have_their_own_words_and_a_line_between_less_and_more() {
    let grid = SweepSample::numbers(2, &[9, 9]);
    let growth = asked(&grid, SweepOutcome::FeedbackLeadGrowth, Statistic::Mean).unwrap();
    assert_eq!(growth.name(), "sweep-feedback-lead-growth");
    let words = words_of(&growth);
    for expected in [
        "Growth of a lead by awareness and stakes of a decision",
        "firm-1",
        "Thick line: between leads that fall and leads that rise",
        "Dot: the 95 % interval reaches to the other side of the line.",
    ] {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
    assert!(!words.contains("firm-2"), "it was not asked: {words}");
    // over one axis it is a line with its interval
    let line = asked(
        &SweepSample::numbers(2, &[5]),
        SweepOutcome::FeedbackLeadGrowth,
        Statistic::Mean,
    );
    assert!(words_of(&line.unwrap()).contains("at every point. Band: 95 % interval."));
}

#[test]
fn verdicts_are_a_map_that_counts_its_points() {
    let verdicts = |sizes: &[usize]| {
        asked(
            &SweepSample::numbers(2, sizes),
            SweepOutcome::FeedbackVerdict,
            Statistic::Mean,
        )
    };
    let words = words_of(&verdicts(&[3, 3]).unwrap());
    // means of two of 0, .5 and 1, less .45: -.45, 2 x -.2, 3 x .05, 2 x .3, .55
    for expected in [
        "Compounds 2 of 9 points",
        "Fades 3 of 9 points",
        "Undecided 3 of 9 points",
        "No effect 1 of 9 points",
    ] {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
    assert!(verdicts(&[4]).is_some(), "one axis is a row");
    assert_eq!(verdicts(&[2, 2, 2]), None);
}

#[test]
fn statistics_are_told_apart() {
    let sample = SweepSample::numbers(3, &[5]);
    for (statistic, expected) in [
        (
            Statistic::Median,
            "Median and 95 % interval of 40 replicates.",
        ),
        (
            Statistic::StandardDeviation,
            "Spread of market shares by awareness",
        ),
        (
            Statistic::Leads,
            "How often ahead: market shares by awareness",
        ),
    ] {
        let figure = asked(&sample, SweepOutcome::Share, statistic).unwrap();
        let words = words_of(&figure);
        assert!(words.contains(expected), "{expected} is not in: {words}");
        assert!(figure.name().ends_with(&statistic.name().replace('_', "-")));
    }
}
