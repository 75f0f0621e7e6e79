//! The map of made-up runs: its moments, its numbers, its animation.

use gif::{ColorOutput, DecodeOptions};

use super::moments;
use crate::analysis::{MapFrame, Results};
use crate::chart::kit::Figure;
use crate::chart::samples::Sample;
use crate::chart::tests::check_texts;
use crate::chart::{ChartKind, draw};
use crate::scenario::Scenario;

fn map(scenario: &Scenario, results: &Results) -> Figure {
    draw(ChartKind::Map, scenario, results).expect("a chart of one market")
}

fn four() -> Figure {
    let sample = Sample::four();
    map(&sample.scenario(), &sample.results())
}

/// All pixels of every frame as a viewer shows it, and how long it stays.
fn shown(gif: &[u8]) -> Vec<(Vec<u8>, u16)> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    let mut decoder = options.read_info(gif).expect("a GIF");
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let mut pixels = vec![0; 4 * width * height];
    let mut all = Vec::new();
    while let Some(frame) = decoder.read_next_frame().expect("a frame") {
        let (left, top) = (usize::from(frame.left), usize::from(frame.top));
        let rows = frame.buffer.chunks(4 * usize::from(frame.width));
        for (y, row) in rows.enumerate() {
            for (x, pixel) in row.as_chunks::<4>().0.iter().enumerate() {
                if pixel[3] > 0 {
                    let at = 4 * ((top + y) * width + left + x);
                    pixels[at..at + 4].copy_from_slice(pixel);
                }
            }
        }
        all.push((pixels.clone(), frame.delay));
    }
    all
}

#[test]
fn the_animation_shows_every_moment_and_ends_with_a_rest() {
    let figure = four();
    let animation = figure.animation().expect("an animation");
    let gif = animation.gif("map").expect("a GIF");
    assert!(
        gif == four()
            .animation()
            .expect("the same")
            .gif("map")
            .expect("a GIF")
    );
    let frames = shown(&gif);
    assert_eq!((frames.len(), animation.len()), (4, 4));
    for pair in frames.windows(2) {
        assert!(pair[0].0 != pair[1].0, "something moves");
    }
    let delays: Vec<u16> = frames.iter().map(|(_, delay)| *delay).collect();
    assert!(delays[..3].iter().all(|delay| delay == &delays[0]));
    assert!(delays[3] > delays[0]);
}

#[test]
fn what_is_kept_of_a_moment_gives_all_of_it() {
    let figure = four();
    let animation = figure.animation().expect("an animation");
    let frames = shown(&animation.gif("map").expect("a GIF"));
    for (number, (pixels, _)) in frames.iter().enumerate() {
        let mut alone = animation.clone();
        alone.pictures = vec![animation.pictures[number].clone()];
        let alone = shown(&alone.gif("map").expect("a GIF"));
        assert!(&alone[0].0 == pixels, "moment {number}");
    }
}

#[test]
fn moments_are_the_first_an_early_and_the_last() {
    let frames = |periods: &[u32]| -> Vec<MapFrame> {
        let frame = |&period: &u32| MapFrame {
            period,
            customers: Vec::new(),
            firms: Vec::new(),
        };
        periods.iter().map(frame).collect()
    };
    assert_eq!(moments(&frames(&[])), [] as [usize; 0]);
    assert_eq!(moments(&frames(&[7])), [0]);
    assert_eq!(moments(&frames(&[7, 9])), [0, 1]);
    assert_eq!(moments(&frames(&[0, 5, 24, 32, 150, 299])), [0, 3, 5]);
}

#[test]
fn it_says_how_far_estimates_are_off() {
    let sample = Sample::four();
    let results = sample.results();
    let figure = map(&sample.scenario(), &results);
    // all estimates of the sample are off by the same: 0.8 across and 0.5 down, times how little is known
    let off = |period: f64| 0.8_f64.hypot(0.5) / (1.0 + period / 20.0);
    for (moment, period) in [(0, 0.0), (1, 29.0), (3, 299.0)] {
        let expected = off(period);
        assert!((results.map[moment].error(2) - expected).abs() < 1e-9);
        let words = format!("off by {expected:.2}");
        let found = figure.texts().iter().filter(|text| text.text == words);
        assert_eq!(found.count(), 4, "{words}");
    }
    // customers, products, priors and estimates of three moments
    let rows = figure.data().len();
    assert_eq!(rows, 3 * (60 + 4 * 12 + 4 + 60));
}

#[test]
fn one_dimension_and_no_moments_can_be_drawn() {
    let sample = Sample::four();
    let mut results = sample.results();
    for frame in &mut results.map {
        frame
            .customers
            .iter_mut()
            .for_each(|one| one.taste.1 = f64::NAN);
        for firm in &mut frame.firms {
            let places = firm.products.iter_mut().chain(&mut firm.priors);
            places.for_each(|place| place.1 = f64::NAN);
            firm.estimates.iter_mut().for_each(|one| one.1.1 = f64::NAN);
        }
    }
    let mut scenario = sample.scenario();
    scenario.market.taste_dimensions = 1;
    let line = map(&scenario, &results);
    check_texts("one dimension", &line).unwrap();
    assert!(!line.svg().contains("NaN"));
    let error = results.map[0].error(0);
    assert!((error - 0.8).abs() < 1e-9, "{error}");
    results.map.clear();
    let empty = map(&sample.scenario(), &results);
    check_texts("nothing", &empty).unwrap();
    assert!(empty.animation().is_none());
}
