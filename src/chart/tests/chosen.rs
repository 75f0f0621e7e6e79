//! A scenario chooses its charts.

use super::check_texts;
use super::styles::colors;
use crate::chart::kind::sweep;
use crate::chart::kind::sweep::samples::SweepSample;
use crate::chart::kit::Figure;
use crate::chart::samples::Sample;
use crate::chart::{ChartKind, draw_all};
use crate::scenario::{Chart, ChartPeriods, Scenario};

/// A chart of a kind that asks for nothing else.
pub fn chart(kind: ChartKind) -> Chart {
    Chart {
        kind,
        name: String::new(),
        title: String::new(),
        subtitle: String::new(),
        firms: Vec::new(),
        periods: None,
        outcome: None,
        statistic: None,
        axes: Vec::new(),
    }
}

fn words_of(figure: &Figure) -> String {
    let texts: Vec<_> = figure
        .texts()
        .iter()
        .map(|text| text.text.as_str())
        .collect();
    texts.join(" ").replace('\u{a0}', " ")
}

#[test]
fn a_scenario_chooses_its_charts() {
    let sample = Sample::four();
    let scenario = Scenario {
        charts: vec![
            Chart {
                name: "duel".to_owned(),
                title: "Coach against automat".to_owned(),
                subtitle: "Half of the time".to_owned(),
                firms: ["coach-behavior", "automatic-execution"]
                    .map(str::to_owned)
                    .into(),
                periods: Some(ChartPeriods {
                    from: 100,
                    to: Some(249),
                }),
                ..chart(ChartKind::Share)
            },
            chart(ChartKind::Sweep),
            chart(ChartKind::Fit),
        ],
        ..sample.scenario()
    };
    let figures = draw_all(&scenario, &sample.results());
    let names: Vec<_> = figures.iter().map(Figure::name).collect();
    assert_eq!(names, ["duel", "fit"]);
    let words = words_of(&figures[0]);
    assert!(
        words.starts_with("Coach against automat Half of the time "),
        "{words}"
    );
    assert!(
        words.contains("Shown: coach-behavior and automatic-execution."),
        "{words}"
    );
    assert!(
        !words.contains("respond-to-desire") && words.contains(" 225 "),
        "{words}"
    );
    assert!(
        colors(&figures[0]).contains("C43E7C"),
        "the colour that it has among all"
    );
    // both firms in every period that is shown
    let data = figures[0].data().to_csv();
    assert_eq!(data.lines().count(), 1 + 2 * 150);
    assert!(data.contains(",coach-behavior,100,") && data.contains(",coach-behavior,249,"));
    assert!(!data.contains(",coach-behavior,250,"));
    figures
        .iter()
        .for_each(|figure| check_texts("chosen", figure).unwrap());
}

#[test]
fn a_scenario_chooses_the_charts_of_its_sweep() {
    let sample = SweepSample::numbers(4, &[5, 4]);
    let scenario = Scenario {
        charts: vec![
            Chart {
                outcome: Some(crate::scenario::SweepOutcome::Fit),
                firms: vec!["coach-behavior".to_owned()],
                axes: vec!["Stakes of a decision".to_owned()],
                ..chart(ChartKind::Sweep)
            },
            Chart {
                firms: ["coach-behavior", "respond-to-desire"]
                    .map(str::to_owned)
                    .into(),
                ..chart(ChartKind::SweepLeader)
            },
            Chart {
                // the other way round
                axes: ["Stakes of a decision", "populations.all.awareness"]
                    .map(str::to_owned)
                    .into(),
                ..chart(ChartKind::Sweep)
            },
        ],
        ..sample.scenario()
    };
    let figures = sweep::draw_all(&scenario, &sample.results());
    let names: Vec<_> = figures.iter().map(Figure::name).collect();
    assert_eq!(names, ["sweep-fit", "sweep-leader", "sweep-share"]);
    let words = words_of(&figures[0]);
    assert!(
        words.contains("Stakes of a decision") && !words.contains("Awareness"),
        "{words}"
    );
    assert!(!words.contains("automatic-execution"), "{words}");
    assert!(!words_of(&figures[1]).contains("curated-offering"));
    assert!(
        words_of(&figures[2]).contains("↑ Awareness"),
        "{}",
        words_of(&figures[2])
    );
    figures
        .iter()
        .for_each(|figure| check_texts("chosen", figure).unwrap());
}
