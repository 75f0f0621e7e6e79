//! Comparisons of made-up runs: every text legible, in every language.

use proptest::prelude::*;

use super::*;
use crate::analysis::Estimate;
use crate::chart::tests::check_texts;
use crate::language::{Part, Texts};
use crate::scenario::{ChartStyle, Language};

fn comparison(names: &[String], points: u32, size: f64) -> Comparison {
    let firm = |point: u32, place: usize| {
        let figure = |quantity: usize| {
            let mean = size * (place as f64 - 1.0) * (1.0 + quantity as f64 + f64::from(point));
            let half = 0.3 * size;
            Compared {
                base: 2.0 * size,
                other: 2.0 * size + mean,
                difference: Estimate {
                    mean,
                    standard_deviation: half,
                    low: mean - half,
                    high: mean + half,
                    count: 9,
                },
                variance_reduction: 3.0,
                directions: [6, 3],
            }
        };
        let mut figures: Vec<Compared> = (0..8).map(figure).collect();
        figures[2].difference = Estimate::EMPTY;
        ComparedFirm {
            point,
            name: names[place].clone(),
            figures,
        }
    };
    let firms = (0..points).flat_map(|point| (0..names.len()).map(move |place| firm(point, place)));
    Comparison {
        firms: firms.collect(),
        market: Vec::new(),
        replicates: 9,
        only_base: vec!["gone".to_owned()],
        only_other: Vec::new(),
    }
}

#[test]
fn figures_are_written_with_the_digits_that_count() {
    let names = ["a", "b", "c"].map(str::to_owned);
    let comparison = comparison(&names, 1, 0.01);
    let chart = ComparisonChart {
        style: &Style::default(),
        name: "comparison",
        base: "before",
        other: "after",
        comparison: &comparison,
        points: &[],
    };
    let figure = draw_comparison(&chart);
    let texts: Vec<&str> = figure
        .texts()
        .iter()
        .map(|text| text.text.as_str())
        .collect();
    for text in [
        "−1.00 ± 0.30",
        "no value in both",
        "What differs in after from before",
    ] {
        assert!(texts.contains(&text), "{text} is not among {texts:?}");
    }
    assert!(
        texts
            .iter()
            .any(|text| text.contains("Only in before: gone."))
    );
}

#[test]
fn comparisons_speak_every_language() {
    let names = ["a", "b", "c"].map(str::to_owned);
    let comparison = comparison(&names, 1, 0.01);
    for (language, expected) in [
        (Language::Es, "−1,00 ± 0,30"),
        (Language::Nl, "−1,00 ± 0,30"),
    ] {
        let style = Style::new(&ChartStyle {
            language,
            ..ChartStyle::default()
        });
        let chart = ComparisonChart {
            style: &style,
            name: "comparison",
            base: "antes",
            other: "despues",
            comparison: &comparison,
            points: &[],
        };
        let figure = draw_comparison(&chart);
        check_texts("comparison", &figure).unwrap();
        let texts: Vec<&str> = figure
            .texts()
            .iter()
            .map(|text| text.text.as_str())
            .collect();
        assert!(texts.contains(&expected), "{texts:?}");
        let missing = Texts::of(Part::Chart, language).get("comparison.missing");
        assert!(texts.contains(&missing), "{texts:?}");
        assert!(!figure.svg().contains("Value created"), "{language:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn texts_of_any_comparison_are_legible(
        names in prop::collection::vec("[A-Za-z -]{1,60}", 1..12),
        runs in ("[a-z-]{1,60}", "[a-z-]{1,60}"),
        points in 0u32..20,
        power in -4i32..6,
    ) {
        let comparison = comparison(&names, points.max(1), 10f64.powi(power));
        let points: Vec<String> = (0..points).map(|point| format!("rate of needs of a population 0.{point}")).collect();
        let chart = ComparisonChart { style: &Style::default(), name: "comparison", base: &runs.0, other: &runs.1, comparison: &comparison, points: &points };
        let checked = check_texts("any", &draw_comparison(&chart));
        prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }
}
