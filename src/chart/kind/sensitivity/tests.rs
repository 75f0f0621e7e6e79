//! Charts of made-up analyses: every text legible, everything said.

use proptest::prelude::*;

use super::*;
use crate::chart::tests::{check_texts, words_of, write_pictures};

fn bounded(value: f64, half: f64) -> Bounded {
    Bounded {
        value,
        low: value - half,
        high: value + half,
    }
}

const NAMES: [&str; 8] = [
    "market.taste_spread",
    "populations.everyone.agency.mean",
    "stakes",
    "Noise of what a firm observes",
    "learning.population",
    "market.awareness",
    "turnover",
    "price.inertia",
];

fn shares(count: usize, half: f64) -> Sensitivity {
    let share = |place: usize| {
        let first = 0.45 / (1.0 + 1.7 * place as f64) - if place > 4 { 0.08 } else { 0.0 };
        Share {
            label: if place < 8 {
                NAMES[place].to_owned()
            } else {
                format!("parameter-{place}")
            },
            first_order: bounded(first, half),
            total: bounded(0.62 / (1.0 + 1.4 * place as f64), half / 2.0),
        }
    };
    Sensitivity {
        name: "sensitivity".to_owned(),
        quantity: Quantity::Share,
        firm: "automatic-execution".to_owned(),
        samples: 1024,
        replicates: 20,
        scenario: "Who delegates?".to_owned(),
        // not in the order in which they are drawn
        measured: Measured::Shares((0..count).rev().map(share).collect()),
    }
}

fn effects(count: usize, crowd: f64) -> Sensitivity {
    let effect = |place: usize| {
        let size = 1.2 / (1.0 + 0.5 * crowd * place as f64);
        Effect {
            label: if place < 8 {
                NAMES[place].to_owned()
            } else {
                format!("parameter-{place}")
            },
            mu_star: bounded(size, 0.12 * size),
            sigma: size * (0.3 + 0.9 * ((place * 5) % 7) as f64 / 7.0),
        }
    };
    Sensitivity {
        measured: Measured::Effects((0..count).map(effect).collect()),
        samples: 20,
        ..shares(0, 0.0)
    }
}

fn undefined() -> Sensitivity {
    let label = |name: &&str| Share {
        label: (*name).to_owned(),
        first_order: Bounded::UNDEFINED,
        total: Bounded::UNDEFINED,
    };
    Sensitivity {
        measured: Measured::Shares(NAMES.iter().map(label).collect()),
        ..shares(0, 0.0)
    }
}

/// Nothing has an effect.
fn flat() -> Sensitivity {
    let label = |name: &&str| Effect {
        label: (*name).to_owned(),
        mu_star: bounded(0.0, 0.0),
        sigma: 0.0,
    };
    Sensitivity {
        measured: Measured::Effects(NAMES.iter().map(label).collect()),
        ..shares(0, 0.0)
    }
}

fn samples() -> Vec<(&'static str, Sensitivity)> {
    vec![
        ("bars", shares(8, 0.05)),
        ("bars-vague", shares(8, 0.3)),
        ("bars-two", shares(2, 0.02)),
        ("bars-many", shares(40, 0.03)),
        ("bars-none", shares(0, 0.03)),
        ("bars-undefined", undefined()),
        ("plane", effects(8, 1.0)),
        ("plane-crowd", effects(8, 0.02)),
        ("plane-many", effects(40, 0.3)),
        ("plane-one", effects(1, 1.0)),
        ("plane-none", effects(0, 1.0)),
        ("plane-flat", flat()),
    ]
}

#[test]
fn no_text_is_cut_off_or_covers_another() {
    for (name, sample) in samples() {
        let figure = draw_sensitivity(&Style::default(), &sample);
        check_texts(name, &figure).unwrap();
        assert!(figure.tree().is_ok());
        assert_eq!(figure, draw_sensitivity(&Style::default(), &sample));
    }
}

#[test]
fn bars_say_what_is_measured_and_stand_in_the_order_of_their_totals() {
    let words = words_of(&draw_sensitivity(&Style::default(), &shares(3, 0.05))).replace(". ", ".");
    for expected in [
        "How much of the variation of the share of automatic-execution is due to each parameter",
        "1,024 base samples.Lines: 95 % intervals.",
        "45% 62%",
        "20 replicates per point.",
        "Scenario: “Who delegates?”.",
    ] {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
    let places = [0, 1, 2].map(|place| words.find(NAMES[place]).unwrap());
    assert!(places.is_sorted());
    assert!(!words.contains("In grey") && !words.contains("negative"));
}

#[test]
fn weak_bars_say_so() {
    let (weak, negative) = ("In grey: too few samples", "negative cannot be told from 0");
    // within the error of sampling; known too badly; below zero by more than the error
    for (half, expected) in [
        (0.09, (false, true)),
        (0.3, (true, false)),
        (0.02, (true, false)),
    ] {
        let words = words_of(&draw_sensitivity(&Style::default(), &shares(8, half)));
        let found = (words.contains(weak), words.contains(negative));
        assert_eq!(found, expected, "{half}: {words}");
    }
    let words = words_of(&draw_sensitivity(&Style::default(), &undefined()));
    assert_eq!(words.matches("not defined").count(), 8);
    let words = words_of(&draw_sensitivity(&Style::default(), &shares(40, 0.03)));
    assert!(
        words.contains("Shown are the 24 of 40 parameters"),
        "{words}"
    );
}

#[test]
fn a_plane_names_the_parameters_that_matter_most() {
    let words = words_of(&draw_sensitivity(&Style::default(), &effects(8, 1.0)));
    assert!(
        words.starts_with("How much each parameter changes the share"),
        "{words}"
    );
    assert!(words.contains("20 trajectories."));
    assert!(NAMES.iter().all(|name| words.contains(name)), "{words}");
    let figure = draw_sensitivity(&Style::default(), &effects(40, 0.3));
    let words = words_of(&figure).replace("- ", "-");
    assert!(
        words.contains("Named are the 16 of 40 parameters"),
        "{words}"
    );
    assert!(
        words.contains("parameter-15") && !words.contains("parameter-16"),
        "{words}"
    );
    assert!(
        figure
            .svg()
            .contains("<desc>market.taste_spread: mean size 1.200, variation")
    );
}

#[test]
fn axes_start_at_zero_without_any_effect() {
    let words = words_of(&draw_sensitivity(&Style::default(), &flat()));
    assert!(!words.contains('−'), "{words}");
    let words = words_of(&draw_sensitivity(&Style::default(), &undefined()));
    assert!(
        words.contains(" 0% ") && words.contains(" 100% "),
        "{words}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_analysis_is_legible(
        rows in prop::collection::vec(("[A-Za-z0-9 ._-]{1,60}", -0.5f64..1.5, -0.2f64..1.5, 0.0f64..3.0), 0..32),
        power in -6i32..6, firm in "[a-z ]{0,120}",
    ) {
        let base = Sensitivity { firm, ..shares(0, 0.0) };
        let share = |(label, first, total, half): &(String, f64, f64, f64)| Share {
            label: label.clone(),
            first_order: bounded(*first, *half),
            total: bounded(*total, *half),
        };
        let scale = 10f64.powi(power);
        let effect = |(label, size, sigma, half): &(String, f64, f64, f64)| Effect {
            label: label.clone(),
            mu_star: bounded(size.abs() * scale, half * scale),
            sigma: sigma.abs() * scale,
        };
        for measured in [
            Measured::Shares(rows.iter().map(share).collect()),
            Measured::Effects(rows.iter().map(effect).collect()),
        ] {
            let figure = draw_sensitivity(&Style::default(), &Sensitivity { measured, ..base.clone() });
            let checked = check_texts("any", &figure);
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
    }
}

#[test]
#[ignore = "writes pictures to look at, to the folder named by CHART_PICTURES"]
fn pictures() {
    for (name, sample) in samples() {
        write_pictures(name, &[draw_sensitivity(&Style::default(), &sample)]);
    }
}
