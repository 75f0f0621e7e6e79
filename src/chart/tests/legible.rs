//! No text is cut off, none covers another, and what is measured is what is painted.

use proptest::prelude::*;
use resvg::tiny_skia::Pixmap;
use resvg::usvg;

use super::samples;
use crate::analysis::{Estimate, Quantity, Results};
use crate::chart::draw_all;
use crate::chart::kit::Figure;
use crate::chart::samples::Sample;
use crate::scenario::ChartStyle;

/// Fails on the first text that covers another or leaves the figure.
pub fn check_texts(name: &str, figure: &Figure) -> Result<(), String> {
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
        kinds in 0usize..9,
    ) {
        let sample = Sample {
            firms: names, presets, periods, replicates, title, entries, exits, interventions, contrast, subsidy,
            kinds,
            style: ChartStyle::default(),
        };
        for figure in draw_all(&sample.scenario(), &sample.results()) {
            let checked = check_texts("any", &figure);
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
    }
}

/// All values of all firms, as they might be with other costs and prices.
fn scale(results: &mut Results, factor: f64, shift: f64) {
    let change = |estimate: &mut Estimate| {
        for value in [&mut estimate.mean, &mut estimate.low, &mut estimate.high] {
            *value = *value * factor + shift;
        }
    };
    for firm in &mut results.firms {
        for quantity in Quantity::ALL {
            let natural = [Quantity::Share, Quantity::Fit, Quantity::Knowledge].contains(&quantity);
            if !natural {
                firm.series[quantity as usize].iter_mut().for_each(change);
            }
        }
        change(&mut firm.value.cost);
        change(&mut firm.value.profit);
        change(&mut firm.value.surplus);
    }
    results.market.consumer_surplus.iter_mut().for_each(change);
    results.market.producer_surplus.iter_mut().for_each(change);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn values_of_any_size_are_legible(
        power in -7i32..7, shift in -2.0f64..2.0, firms in 1usize..12, periods in 1u32..40,
    ) {
        let factor = 10f64.powi(power);
        let sample = Sample { periods, ..Sample::firms(firms) };
        let mut results = sample.results();
        scale(&mut results, factor, shift * factor);
        for figure in draw_all(&sample.scenario(), &results) {
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
