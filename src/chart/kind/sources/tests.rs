//! Charts of made-up analyses: every text legible, everything said.

use proptest::prelude::*;

use super::*;
use crate::analysis::sources::{Candidate, Measured};
use crate::chart::tests::{check_texts, words_of, write_pictures};
use crate::scenario::Language;

fn estimate(mean: f64, half: f64) -> Estimate {
    Estimate {
        mean,
        standard_deviation: half,
        low: mean - half,
        high: mean + half,
        count: 20,
    }
}

fn split(individual: f64, population: f64, half: f64) -> Decomposition {
    let measured = |mean| Measured {
        estimate: estimate(mean, half),
        variance_reduction: 12.0,
    };
    Decomposition {
        worlds: [0.0, individual, population, individual + population]
            .map(|mean| estimate(mean, half)),
        parts: [
            individual,
            population,
            individual + population,
            0.2 * population,
        ]
        .map(measured),
    }
}

fn empty() -> Decomposition {
    split(f64::NAN, f64::NAN, f64::NAN)
}

/// An analysis with candidates of these sizes of the two parts in the end.
fn sample(outcome: Quantity, periods: usize, candidates: &[(&str, f64, f64)]) -> Sources {
    let candidate = |(place, &(name, first, second)): (usize, &(&str, f64, f64))| {
        let at = |period: usize| {
            let grown = 1.0 - (-3.0 * period as f64 / periods as f64).exp();
            split(
                first * grown,
                second * grown * grown,
                0.04 * (first.abs() + second.abs()),
            )
        };
        Candidate {
            experience: name.to_owned(),
            own: place == 0,
            periods: (0..periods).map(at).collect(),
            closing: split(first, second, 0.04 * (first.abs() + second.abs())),
        }
    };
    Sources {
        firm: "coach".to_owned(),
        outcome,
        candidates: candidates.iter().enumerate().map(candidate).collect(),
    }
}

const FOUR: [(&str, f64, f64); 4] = [
    ("coach-behavior", 0.144, 0.086),
    ("respond-to-desire", 0.01, 0.03),
    ("curated-offering", 0.08, 0.07),
    ("automatic-execution", 0.21, -0.05),
];

fn samples() -> Vec<(&'static str, Sources)> {
    let mut gaps = sample(Quantity::CompetitiveAdvantage, 40, &FOUR);
    gaps.candidates[0].periods[..5].fill(empty());
    gaps.candidates[0].periods[20] = empty();
    gaps.candidates[2].closing = empty();
    let mut never = sample(Quantity::ValueCreated, 10, &FOUR[..1]);
    never.candidates[0].periods.fill(empty());
    never.candidates[0].closing = empty();
    vec![
        ("share", sample(Quantity::Share, 300, &FOUR)),
        (
            "profit",
            sample(
                Quantity::CumulativeProfit,
                300,
                &FOUR.map(|(name, a, b)| (name, 2e5 * a, 2e5 * b)),
            ),
        ),
        (
            "against",
            sample(Quantity::Share, 50, &[("automatic-execution", 0.2, -0.1)]),
        ),
        (
            "harm",
            sample(
                Quantity::Share,
                50,
                &[("automatic-execution", -0.1, -0.1), FOUR[1]],
            ),
        ),
        (
            "nothing",
            sample(Quantity::Fit, 30, &[("respond-to-desire", 0.0, 0.0)]),
        ),
        ("one-period", sample(Quantity::Share, 1, &FOUR)),
        ("gaps", gaps),
        ("never", never),
    ]
}

#[test]
fn every_text_is_legible() {
    for (name, sources) in samples() {
        let figures = draw_sources(&Scenario::new("made-up"), &sources, 1);
        let compared = sources.candidates.len() > 1;
        assert_eq!(figures.len(), 1 + usize::from(compared), "{name}");
        for figure in figures {
            check_texts(name, &figure).unwrap();
        }
    }
}

#[test]
fn every_language_is_legible_and_whole() {
    for language in [Language::Es, Language::Nl] {
        let mut scenario = Scenario::new("made-up");
        scenario.chart_style.language = language;
        for (name, sources) in samples() {
            for figure in draw_sources(&scenario, &sources, 1) {
                check_texts(name, &figure).unwrap();
                for english in ["learning", "replicate", "intervals", "What "] {
                    let texts = || figure.texts().iter().map(|text| text.text.as_str());
                    let found = texts().find(|text| text.contains(english));
                    assert!(found.is_none(), "{language:?}, {name}: {found:?}");
                }
            }
        }
    }
}

#[test]
fn the_charts_have_their_numbers() {
    let sources = sample(Quantity::Share, 30, &FOUR);
    let figures = draw_sources(&Scenario::new("made-up"), &sources, 1);
    let rows = figures.iter().map(|figure| figure.data().len());
    assert_eq!(rows.collect::<Vec<_>>(), [4 * 30, 4 * 4]);
    let csv = figures[1].data().to_csv();
    assert!(
        csv.contains("coach-behavior,Individual learning,14.399"),
        "{csv}"
    );
}

#[test]
fn the_charts_say_what_was_found() {
    let sources = sample(Quantity::Share, 300, &FOUR);
    let figures = draw_sources(&Scenario::new("made-up"), &sources, 2);
    assert_eq!(
        figures.iter().map(Figure::name).collect::<Vec<_>>(),
        ["sources-2", "sources-experiences-2"]
    );
    let says = |figure: &Figure, words: &[&str]| {
        let all = words_of(figure);
        words
            .iter()
            .for_each(|word| assert!(all.contains(word), "{word} is not in {all}"));
    };
    says(
        &figures[0],
        &[
            "What learning adds to the market share of coach",
            "Individual learning",
            "percentage points",
            "by 12",
        ],
    );
    says(
        &figures[1],
        &[
            "coach-behavior (its own)",
            "automatic-execution",
            "14.40",
            "−5.0",
            "16.0",
        ],
    );
}

#[test]
#[ignore = "writes pictures to look at, to the folder named by CHART_PICTURES"]
fn pictures() {
    for (name, sources) in samples() {
        write_pictures(name, &draw_sources(&Scenario::new("made-up"), &sources, 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn texts_of_any_analysis_are_legible(
        candidates in prop::collection::vec(("[A-Za-z -]{1,60}", -1.0f64..1.0, -1.0f64..1.0), 1..9),
        periods in 1usize..60,
        power in -4i32..6,
        place in 0usize..8,
    ) {
        let size = 10f64.powi(power);
        let candidates: Vec<(&str, f64, f64)> =
            candidates.iter().map(|(name, a, b)| (name.as_str(), a * size, b * size)).collect();
        let sources = sample(Quantity::SUMMARY[place], periods, &candidates);
        for figure in draw_sources(&Scenario::new("made-up"), &sources, 1) {
            let checked = check_texts("any", &figure);
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
    }
}
