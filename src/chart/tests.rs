//! Charts of made-up runs: every text legible, every document readable.

use proptest::prelude::*;
use resvg::tiny_skia::Pixmap;
use resvg::usvg;

use super::samples::Sample;
use super::*;
use crate::analysis::Quantity;

/// All runs that the tests draw, by name.
fn samples() -> Vec<(&'static str, Sample)> {
    let mut never = Sample::firms(3);
    never.entries = vec![0, 400, 0];
    vec![
        ("four", Sample::four()),
        ("eight", Sample::firms(8)),
        ("long-names", Sample::long_names()),
        ("crowd", Sample::firms(32)),
        ("nine", Sample::firms(9)),
        ("most", Sample::firms(64)),
        ("alone", Sample::firms(1)),
        ("two", Sample::firms(2)),
        ("one-period", Sample { periods: 1, ..Sample::four() }),
        ("few-periods", Sample { periods: 6, ..Sample::four() }),
        ("many-periods", Sample { periods: 5000, ..Sample::four() }),
        ("one-replicate", Sample { replicates: 1, ..Sample::four() }),
        (
            "comings-and-goings",
            Sample {
                entries: vec![0, 100, 0, 0],
                exits: vec![u32::MAX, u32::MAX, 140, 260],
                interventions: vec![50, 110, 200],
                ..Sample::four()
            },
        ),
        ("never", never),
        ("nobody", Sample { entries: vec![400; 2], ..Sample::firms(2) }),
        ("constant", Sample { contrast: 0.0, ..Sample::four() }),
        ("negative", Sample { subsidy: 0.12, ..Sample::four() }),
        (
            "long-title",
            Sample {
                title: "When customers delegate easily and forgive mistakes, acting before they ask wins \
                        the market; where they do not, curation and quick response share what remains of it"
                    .to_owned(),
                ..Sample::four()
            },
        ),
    ]
}

#[test]
#[ignore = "writes pictures to look at, to the folder named by CHART_PICTURES"]
fn pictures() {
    let folder = std::env::var("CHART_PICTURES").expect("CHART_PICTURES names a folder");
    for (name, sample) in samples() {
        for figure in draw_all(&sample.scenario(), &sample.results()) {
            let stem = format!("{folder}/{name}-{}", figure.name());
            std::fs::write(format!("{stem}.png"), figure.png().unwrap()).unwrap();
            std::fs::write(format!("{stem}.svg"), figure.svg()).unwrap();
        }
    }
}

/// Fails on the first text that covers another or leaves the figure.
fn check_texts(name: &str, figure: &Figure) -> Result<(), String> {
    let (width, height) = figure.size();
    for (number, text) in figure.texts().iter().enumerate() {
        let inside =
            text.left >= 0.0 && text.top >= 0.0 && text.right <= width && text.bottom <= height;
        if !inside {
            return Err(format!("{name}, {}: {text:?} is cut off", figure.name()));
        }
        for other in &figure.texts()[number + 1..] {
            if text.overlaps(other) {
                return Err(format!(
                    "{name}, {}: {text:?} covers {other:?}",
                    figure.name()
                ));
            }
        }
    }
    Ok(())
}

#[test]
fn no_text_is_cut_off_or_covers_another() {
    for (name, sample) in samples() {
        for figure in draw_all(&sample.scenario(), &sample.results()) {
            assert!(figure.texts().len() >= 4, "{name}");
            check_texts(name, &figure).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_text_of_any_run_is_cut_off_or_covers_another(
        names in prop::collection::vec("[A-Za-z0-9 öß_/-]{1,60}", 1..40),
        presets: bool,
        periods in 1u32..60,
        replicates in 1u32..4,
        title in "[A-Za-z ,]{0,200}",
        entries in prop::collection::vec(0u32..70, 0..8),
        exits in prop::collection::vec(0u32..70, 0..4),
        interventions in prop::collection::vec(0u32..70, 0..6),
        contrast in 0.0f64..1.0,
        subsidy in -0.3f64..0.3,
    ) {
        let sample = Sample {
            firms: names, presets, periods, replicates, title, entries, exits, interventions, contrast, subsidy,
        };
        for figure in draw_all(&sample.scenario(), &sample.results()) {
            let checked = check_texts("any", &figure);
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
    }
}

/// Boxes of all texts as resvg sets them, in the order in which they were drawn.
fn painted(group: &usvg::Group, boxes: &mut Vec<usvg::Rect>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => painted(group, boxes),
            usvg::Node::Text(text) => boxes.push(text.abs_bounding_box()),
            _ => {}
        }
    }
}

#[test]
fn texts_take_the_space_that_was_measured() {
    for (name, sample) in samples() {
        for figure in draw_all(&sample.scenario(), &sample.results()) {
            let tree = figure.tree().unwrap();
            assert_eq!(f64::from(tree.size().width()), figure.size().0);
            assert_eq!(f64::from(tree.size().height()), figure.size().1);
            let mut boxes = Vec::new();
            painted(tree.root(), &mut boxes);
            assert_eq!(boxes.len(), figure.texts().len(), "{name}");
            for (seen, text) in boxes.iter().zip(figure.texts()) {
                let measured = text.right - text.left;
                let wider = f64::from(seen.width()) - measured;
                // Kerning and ligatures may take a little; nothing may add to it.
                assert!(
                    wider < 0.4 && wider > -0.03 * measured - 0.4,
                    "{name}: {text:?} {wider}"
                );
                assert!(
                    (f64::from(seen.left()) - text.left).abs() < 0.2,
                    "{name}: {text:?}"
                );
            }
        }
    }
}

#[test]
fn pictures_are_2000_pixels_wide_on_white() {
    let sample = Sample::four();
    for figure in draw_all(&sample.scenario(), &sample.results()) {
        let png = figure.png().unwrap();
        let pixels = Pixmap::decode_png(&png).unwrap();
        assert_eq!(pixels.width(), 2000);
        assert_eq!(f64::from(pixels.height()), 2.0 * figure.size().1);
        let corner = pixels.pixel(0, 0).unwrap();
        assert_eq!(
            (corner.red(), corner.green(), corner.blue(), corner.alpha()),
            (255, 255, 255, 255)
        );
        let dark = pixels
            .pixels()
            .iter()
            .filter(|pixel| pixel.red() < 60)
            .count();
        assert!(dark > 5000, "{}: a title takes ink", figure.name());
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    let sample = Sample::long_names();
    let [once, again] = [0, 1].map(|_| draw_all(&sample.scenario(), &sample.results()));
    assert_eq!(once, again);
    assert_eq!(once[0].png(), again[0].png());
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

fn drawn(kind: ChartKind, sample: &Sample) -> Figure {
    draw(kind, &sample.scenario(), &sample.results())
}

#[test]
fn a_share_chart_says_what_is_seen_and_measured() {
    let figure = drawn(ChartKind::Share, &Sample::four());
    let words = words_of(&figure);
    for expected in [
        "Acting before customers ask wins the market that lets it",
        "Share of transactions, 5-period mean",
        "Mean and 95 % interval of 40 replicates. 5,000 customers, four firms, one experience each.",
        "automatic-execution  21%",
        "Period",
    ] {
        assert!(words.contains(expected), "{expected} is not in: {words}");
    }
    assert!(figure.svg().contains("role=\"img\""));
    assert!(
        figure
            .svg()
            .contains("<desc>Share of transactions, 5-period mean, by firm at the end: coach")
    );
}

#[test]
fn a_scenario_without_title_gets_the_quantity() {
    let words = words_of(&drawn(ChartKind::Share, &Sample::firms(2)));
    assert!(
        words.starts_with("Market shares Share of transactions"),
        "{words}"
    );
    let words = words_of(&drawn(ChartKind::Advantage, &Sample::firms(2)));
    assert!(!words.contains("Scenario:"), "{words}");
}

#[test]
fn experiences_keep_their_colours() {
    let sample = Sample::four();
    let figure = drawn(ChartKind::Share, &sample);
    for color in ["#0072B2", "#B8860B", "#009E73", "#C43E7C"] {
        assert!(figure.svg().contains(color), "{color}");
    }
    let cast = cast::cast(&sample.scenario(), &sample.results());
    let mut reordered = sample.clone();
    reordered.firms.reverse();
    let mut scenario = reordered.scenario();
    let experiences: Vec<_> = sample
        .scenario()
        .firms
        .iter()
        .map(|firm| firm.experience.clone())
        .collect();
    for (firm, experience) in scenario.firms.iter_mut().zip(experiences.into_iter().rev()) {
        firm.experience = experience;
    }
    let other = cast::cast(&scenario, &reordered.results());
    for (actor, same) in cast.iter().zip(other.iter().rev()) {
        assert_eq!((&actor.name, actor.color), (&same.name, same.color));
    }
}

#[test]
fn of_many_firms_the_largest_lead() {
    let sample = Sample::firms(32);
    let results = sample.results();
    let cast = cast::cast(&sample.scenario(), &results);
    let last = |firm: usize| {
        results.firms[firm]
            .series(Quantity::Share)
            .last()
            .unwrap()
            .mean
    };
    let least = cast
        .iter()
        .filter(|actor| actor.leads)
        .map(|actor| last(actor.firm))
        .fold(1.0, f64::min);
    let most = cast
        .iter()
        .filter(|actor| !actor.leads)
        .map(|actor| last(actor.firm))
        .fold(0.0, f64::max);
    assert_eq!(cast.iter().filter(|actor| actor.leads).count(), 7);
    assert!(least >= most);
    let words = words_of(&drawn(ChartKind::Share, &sample));
    assert_eq!(words.matches("25 other firms").count(), 1);
    let mut colors: Vec<_> = cast
        .iter()
        .filter(|actor| actor.leads)
        .map(|actor| actor.color)
        .collect();
    colors.sort_by_key(|color| (color.0, color.1, color.2));
    colors.dedup();
    assert_eq!(colors.len(), 7);
}

#[test]
fn one_replicate_has_no_interval() {
    let sample = Sample {
        replicates: 1,
        ..Sample::four()
    };
    let figure = drawn(ChartKind::Share, &sample);
    assert!(words_of(&figure).contains("One replicate."));
    assert!(!figure.svg().contains("<polygon"), "no band");
    assert!(
        drawn(ChartKind::Share, &Sample::four())
            .svg()
            .contains("<polygon")
    );
}

#[test]
fn a_firm_that_never_sold_is_named_in_the_caption_only() {
    let mut sample = Sample::firms(3);
    sample.entries = vec![0, 400, 0];
    let words = words_of(&drawn(ChartKind::Share, &sample));
    assert!(words.contains("No values for firm-2."), "{words}");
    assert_eq!(words.matches("firm-2").count(), 1);
}

#[test]
fn a_line_breaks_where_values_are_missing() {
    let mut sample = Sample::firms(1);
    sample.replicates = 1;
    let scenario = sample.scenario();
    let mut results = sample.results();
    let lines = |figure: Figure| figure.svg().matches("stroke-width=\"27\"").count();
    assert_eq!(lines(draw(ChartKind::Share, &scenario, &results)), 1);
    let share = &mut results.firms[0].series[Quantity::Share as usize];
    share[100..120].fill(crate::analysis::Estimate::EMPTY);
    assert_eq!(lines(draw(ChartKind::Share, &scenario, &results)), 2);
}

#[test]
fn value_parts_add_up_and_the_price_is_told() {
    let words = words_of(&drawn(ChartKind::Value, &Sample::four()));
    assert_eq!(words.matches("price 0.30").count(), 4, "{words}");
    let figure = drawn(
        ChartKind::Value,
        &Sample {
            subsidy: 0.12,
            ..Sample::four()
        },
    );
    let words = words_of(&figure);
    assert!(words.contains("parts that are negative"), "{words}");
    assert!(figure.svg().contains("profit −0.07"));
}

#[test]
fn events_are_marked() {
    let sample = Sample {
        entries: vec![0, 100],
        interventions: vec![200],
        ..Sample::firms(2)
    };
    let words = words_of(&drawn(ChartKind::Share, &sample));
    assert!(words.contains("firm-2 enters data sharing"), "{words}");
}

#[test]
fn markup_in_names_is_text() {
    let mut sample = Sample::firms(2);
    sample.firms[0] = "<b>&co</b>".to_owned();
    sample.title = "a < b & c".to_owned();
    let figure = drawn(ChartKind::Share, &sample);
    assert!(figure.tree().is_ok());
    assert!(words_of(&figure).contains("<b>&co</b>"));
}
