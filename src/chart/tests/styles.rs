//! Every theme, size and language: legible, whole, and as different as it says.

use std::collections::BTreeSet;

use super::check_texts;
use crate::analysis::{Findings, Quantity};
use crate::chart::kind::sweep;
use crate::chart::kind::sweep::samples::SweepSample;
use crate::chart::kit::{Figure, Style};
use crate::chart::samples::Sample;
use crate::chart::{ChartKind, draw, draw_all, draw_findings};
use crate::language::{Part, Texts};
use crate::scenario::{ChartStyle, ChartTheme, Language};

fn style(theme: ChartTheme, language: Language) -> ChartStyle {
    ChartStyle {
        theme,
        language,
        ..ChartStyle::default()
    }
}

/// All themes in all languages as they are, and each theme in odd sizes.
fn styles() -> Vec<ChartStyle> {
    let mut all = Vec::new();
    for theme in ChartTheme::ALL {
        all.extend(Language::ALL.map(|language| style(theme, language)));
        for (width, height, font_scale) in [
            (Some(300), None, 1.0),
            (Some(340), Some(200), 0.8),
            (Some(520), None, 1.0),
            (Some(800), Some(800), 1.3),
            (Some(1600), None, 1.0),
            (None, None, 2.0),
            (Some(4000), Some(400), 0.5),
        ] {
            all.push(ChartStyle {
                width,
                height,
                font_scale,
                ..style(theme, Language::Es)
            });
        }
    }
    all
}

/// Runs and sweeps that test a layout most, with few periods to be quick.
fn figures(style: &ChartStyle) -> Vec<Figure> {
    let mut runs = vec![
        Sample::four(),
        Sample {
            periods: 40,
            ..Sample::long_names()
        },
        Sample {
            periods: 40,
            ..Sample::firms(32)
        },
        Sample {
            entries: vec![0, 100, 0, 0],
            exits: vec![u32::MAX, u32::MAX, 140, 260],
            interventions: vec![50, 110, 200],
            subsidy: 0.12,
            ..Sample::four()
        },
    ];
    let numbers = SweepSample::numbers;
    let mut sweeps = vec![
        numbers(4, &[11]),
        numbers(4, &[4]).with_names(0, &["coach-behavior", "curated-offering", "a rule", "b"]),
        numbers(4, &[9, 9]),
        numbers(8, &[5, 5]),
        numbers(4, &[2; 5]).sampled(40),
        SweepSample {
            run: Sample::long_names(),
            ..numbers(8, &[6, 4])
        },
    ];
    let mut all = Vec::new();
    for sample in &mut runs {
        sample.style = style.clone();
        all.extend(draw_all(&sample.scenario(), &sample.results()));
    }
    for sample in &mut sweeps {
        sample.run.style = style.clone();
        let (scenario, results) = (sample.scenario(), sample.results());
        all.extend(sweep::draw_all(&scenario, &results));
        let quantity = Quantity::CompetitiveAdvantage;
        all.extend(sweep::draw_outcome(quantity, &scenario, &results));
    }
    all
}

#[test]
fn no_text_is_cut_off_or_covers_another_in_any_style() {
    for style in styles() {
        for figure in figures(&style) {
            check_texts(&format!("{style:?}"), &figure).unwrap();
        }
    }
}

#[test]
fn figures_are_as_large_as_asked_for() {
    let four = |style: ChartStyle| {
        let sample = Sample {
            style,
            ..Sample::four()
        };
        draw(ChartKind::Share, &sample.scenario(), &sample.results())
            .expect("a chart of one market")
    };
    for theme in ChartTheme::ALL {
        let wanted = style(theme, Language::En);
        let size = Style::new(&wanted).size();
        let figure = four(wanted);
        assert!((figure.size().0 - size.0).abs() < 0.01 && (figure.size().1 - size.1).abs() < 1.5);
    }
    let figure = four(ChartStyle {
        width: Some(2400),
        height: Some(1200),
        ..ChartStyle::default()
    });
    assert_eq!(figure.size(), (2400.0, 1200.0));
    let png = figure.png().unwrap();
    let pixels = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!((pixels.width(), pixels.height()), (2400, 1200));
}

/// All colours of a document, as six digits.
pub fn colors(figure: &Figure) -> BTreeSet<String> {
    let pieces = figure.svg().split('#').skip(1);
    pieces.map(|piece| piece[..6].to_owned()).collect()
}

#[test]
fn print_has_no_colours_and_tells_series_apart() {
    let print = style(ChartTheme::Print, Language::En);
    for figure in figures(&print) {
        for color in colors(&figure) {
            let parts = [&color[..2], &color[2..4], &color[4..]];
            let is_grey = parts[0] == parts[1] && parts[1] == parts[2];
            assert!(is_grey, "{}: {color}", figure.name());
        }
    }
    let theme = Style::new(&print).theme;
    let pens = crate::chart::kit::theme::FIRMS.map(|color| theme.pen(color));
    for (number, pen) in pens.iter().enumerate() {
        // a pen's grey is drawn as it is
        assert_eq!(theme.color(pen.color), pen.color);
        for other in &pens[number + 1..] {
            assert_ne!(pen.marker, other.marker);
            assert_ne!((pen.color, pen.dashes), (other.color, other.dashes));
        }
    }
}

#[test]
fn slides_keep_their_shape_with_up_to_eight_firms() {
    for firms in [1, 2, 4, 8] {
        let sample = Sample {
            style: style(ChartTheme::Slide, Language::Es),
            ..Sample::firms(firms)
        };
        let results = sample.results();
        for kind in ChartKind::of_market().filter(|kind| kind.has_tables(&results)) {
            let (width, height) = draw(kind, &sample.scenario(), &results).unwrap().size();
            let shape = width / height;
            let is_wide = (shape - 16.0 / 9.0).abs() < 0.02;
            assert!(is_wide, "{kind:?} of {firms} firms: {width} by {height}");
        }
        for sizes in [&[9][..], &[5, 5], &[3, 3, 3]] {
            let mut swept = SweepSample::numbers(firms, sizes);
            swept.run.style = style(ChartTheme::Slide, Language::Nl);
            let findings = Findings::Points(swept.results());
            for figure in draw_findings(&swept.scenario(), &findings) {
                let (width, height) = figure.size();
                let is_wide = (width / height - 16.0 / 9.0).abs() < 0.02;
                let name = figure.name();
                assert!(is_wide, "{name} of {firms} firms: {width} by {height}");
            }
        }
    }
}

#[test]
fn experiences_keep_their_colours_in_every_theme_that_has_any() {
    for theme in [ChartTheme::Screen, ChartTheme::Paper, ChartTheme::Slide] {
        let sample = Sample {
            style: style(theme, Language::En),
            ..Sample::four()
        };
        let drawn = draw(ChartKind::Share, &sample.scenario(), &sample.results());
        let found = colors(&drawn.expect("a chart of one market"));
        for color in ["0072B2", "B8860B", "009E73", "C43E7C"] {
            assert!(found.contains(color), "{theme:?}: {color}");
        }
    }
}

/// Words of four letters or more.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.chars().count() > 3)
        .map(str::to_lowercase)
}

#[test]
fn nothing_is_said_in_english_in_another_language() {
    let vocabulary = |language| -> BTreeSet<String> {
        let texts = Texts::of(Part::Chart, language).all();
        texts.flat_map(words).collect()
    };
    let english = vocabulary(Language::En);
    for language in [Language::Es, Language::Nl] {
        let own = vocabulary(language);
        let style = style(ChartTheme::Screen, language);
        let run = Sample {
            firms: ["Ada", "Bob", "Eve", "Zoe"].map(str::to_owned).into(),
            title: String::new(),
            style,
            interventions: vec![50],
            entries: vec![0, 100],
            ..Sample::four()
        };
        let mut figures = draw_all(&run.scenario(), &run.results());
        for sizes in [&[5][..], &[4, 4], &[2, 2, 2]] {
            let mut sample = SweepSample::numbers(4, sizes);
            sample.run = run.clone();
            let keys = [
                "market.friction.request",
                "populations.*.need.rate",
                "firms.*.price",
            ];
            for (axis, key) in sample.axes.iter_mut().zip(keys) {
                axis.label.clear();
                key.clone_into(&mut axis.key);
            }
            for quantity in Quantity::SUMMARY {
                let results = sample.results();
                figures.extend(sweep::draw_outcome(quantity, &sample.scenario(), &results));
            }
            figures.extend(sweep::draw_all(&sample.scenario(), &sample.results()));
        }
        for figure in &figures {
            let head = figure
                .svg()
                .split("<rect")
                .next()
                .unwrap()
                .split("<desc>")
                .nth(1)
                .unwrap();
            let texts = figure.texts().iter().map(|text| text.text.as_str());
            for word in texts.chain([head]).flat_map(words) {
                let is_foreign = english.contains(&word) && !own.contains(&word);
                assert!(!is_foreign, "{language:?}, {}: {word}", figure.name());
            }
        }
    }
}

#[test]
fn numbers_have_decimal_commas_in_other_languages() {
    for (language, expected) in [
        (Language::En, "price 0.30"),
        (Language::Es, "precio 0,30"),
        (Language::Nl, "prijs 0,30"),
    ] {
        let sample = Sample {
            style: style(ChartTheme::Screen, language),
            ..Sample::four()
        };
        let figure = draw(ChartKind::Value, &sample.scenario(), &sample.results())
            .expect("a chart of one market");
        assert!(
            figure.texts().iter().any(|text| text.text == expected),
            "{expected}"
        );
        assert!(figure.svg().contains(&format!(
            "xml:lang=\"{}\"",
            Texts::of(Part::Chart, language).code
        )));
    }
}

#[test]
fn firms_have_the_labels_of_the_scenario() {
    let mut sample = Sample::four();
    sample
        .style
        .labels
        .insert("coach-behavior".to_owned(), "The coach".to_owned());
    for figure in draw_all(&sample.scenario(), &sample.results()) {
        assert!(
            !figure.svg().contains("coach-behavior"),
            "{}",
            figure.name()
        );
        if figure.name() != "market" {
            assert!(figure.svg().contains("The coach"), "{}", figure.name());
        }
    }
    let mut sweep = SweepSample::numbers(4, &[5, 5]);
    sweep.run = sample;
    for figure in sweep::draw_all(&sweep.scenario(), &sweep.results()) {
        assert!(figure.svg().contains("The coach"), "{}", figure.name());
    }
}

#[test]
fn every_chart_has_its_numbers() {
    let scenario = Sample::four();
    let mut figures = draw_all(&scenario.scenario(), &scenario.results());
    for sizes in [&[5][..], &[4, 4], &[2, 2, 2]] {
        let sample = SweepSample::numbers(4, sizes);
        figures.extend(sweep::draw_all(&sample.scenario(), &sample.results()));
    }
    for figure in figures {
        let csv = figure.data().to_csv();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let width = reader.headers().unwrap().len();
        let rows = reader.records().map(|row| row.unwrap().len());
        let rows: Vec<usize> = rows.collect();
        assert!(
            rows.len() >= 16 && rows.iter().all(|row| *row == width),
            "{}",
            figure.name()
        );
    }
}
