//! Charts of made-up runs: every text legible, every document readable, everything said.

pub mod chosen;
mod contents;
mod learning_loop;
mod legible;
mod styles;

use super::samples::Sample;
use super::*;

pub use legible::check_texts;

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
        ("kinds", Sample { kinds: 2, ..Sample::four() }),
        ("many-kinds", Sample { kinds: 8, ..Sample::long_names() }),
        ("kinds-of-few", Sample { kinds: 2, entries: vec![0, 400, 0], ..Sample::firms(3) }),
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

/// All words of a figure, lines joined.
pub fn words_of(figure: &Figure) -> String {
    let texts = figure.texts().iter().map(|text| text.text.as_str());
    texts.collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
}

/// Writes pictures to look at.
pub fn write_pictures(name: &str, figures: &[Figure]) {
    let folder = std::env::var("CHART_PICTURES").expect("CHART_PICTURES names a folder");
    for figure in figures {
        let path = format!("{folder}/{name}-{}.png", figure.name());
        std::fs::write(path, figure.png().unwrap()).unwrap();
    }
}

#[test]
#[ignore = "writes pictures to look at, to the folder named by CHART_PICTURES"]
fn pictures() {
    for (name, sample) in samples() {
        write_pictures(name, &draw_all(&sample.scenario(), &sample.results()));
    }
}
