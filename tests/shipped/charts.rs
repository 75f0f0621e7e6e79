//! The charts of all shipped scenarios are legible in every theme and language.

use std::path::Path;

use flywheel::analysis::{
    AxisValue, Collector, Results, SweepAxis, SweepFirm, SweepPoint, SweepResults,
};
use flywheel::chart::{Figure, draw_all, sweep};
use flywheel::experiment::{Design, Summary, figures};
use flywheel::model::Plan;
use flywheel::scenario::{
    Chart, ChartKind, ChartStyle, ChartTheme, Language, Override, Scenario, scenario_files,
};

/// The shipped scenarios of a folder, small, since charts look alike whoever buys.
fn shipped(folder: &str, changes: &[&str]) -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let overrides: Vec<Override> = changes
        .iter()
        .map(|change| Override::parse(change).expect("an override"))
        .collect();
    let files = scenario_files(&[folder]).expect("the folder holds scenarios");
    let load = |file: &std::path::PathBuf| {
        Scenario::load(file, &overrides).unwrap_or_else(|problems| panic!("{problems}"))
    };
    files.iter().map(load).collect()
}

fn records(scenario: &Scenario, replicate: u32) -> flywheel::model::Records {
    let plan = Plan::new(scenario).unwrap_or_else(|problems| panic!("{problems}"));
    let mut market = plan.market(replicate);
    while !market.is_done() {
        market.step();
    }
    market.into_records()
}

fn results(scenario: &Scenario) -> Results {
    let mut collector = Collector::new(scenario);
    for replicate in 0..2 {
        collector.take(&records(scenario, replicate));
    }
    collector.finish()
}

/// Every point of a sweep, simulated once.
fn swept(scenario: &Scenario) -> SweepResults {
    let design = Design::new(scenario).unwrap_or_else(|problems| panic!("{problems}"));
    let value = |value: &toml::Value| match value {
        toml::Value::Integer(number) => AxisValue::Number(*number as f64),
        toml::Value::Float(number) => AxisValue::Number(*number),
        toml::Value::String(text) => AxisValue::Text(text.clone()),
        other => AxisValue::Text(other.to_string()),
    };
    let point = |number: u32| {
        let one = design
            .scenario(number)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let names: Vec<String> = one.firms.iter().map(|firm| firm.name.clone()).collect();
        let mut summary = Summary::new(names);
        let firms = one.firms.len();
        summary.add(&figures(&records(&one, 0).firms, firms));
        let values = design.values(number);
        let firm = |((name, means), spreads): ((&str, Vec<_>), Vec<_>)| SweepFirm {
            name: name.to_owned(),
            summary: means,
            spreads,
        };
        SweepPoint {
            number,
            figures: Vec::new(),
            values: design
                .axes()
                .iter()
                .map(|axis| value(&values[axis.columns.start]))
                .collect(),
            firms: summary.firms().zip(summary.spreads()).map(firm).collect(),
        }
    };
    let points: Vec<SweepPoint> = (0..design.len()).map(point).collect();
    let axis = |(place, axis): (usize, &flywheel::experiment::DesignAxis)| {
        let mut values: Vec<AxisValue> = Vec::new();
        for point in points.iter().filter(|_| design.is_grid()) {
            if !values.contains(&point.values[place]) {
                values.push(point.values[place].clone());
            }
        }
        let key = design.columns()[axis.columns.start].clone();
        let label = if axis.label == key {
            String::new()
        } else {
            axis.label.clone()
        };
        SweepAxis { key, label, values }
    };
    SweepResults {
        replicates: 1,
        axes: design.axes().iter().enumerate().map(axis).collect(),
        grid: design.is_grid(),
        points,
    }
}

/// The scenario in all themes and languages, and in the narrowest and a wide figure.
fn styled(scenario: &Scenario) -> Vec<Scenario> {
    let mut all = Vec::new();
    for theme in ChartTheme::ALL {
        for language in Language::ALL {
            for width in [None, Some(340), Some(2000)] {
                let chart_style = ChartStyle {
                    theme,
                    language,
                    width,
                    ..scenario.chart_style.clone()
                };
                all.push(Scenario {
                    chart_style,
                    ..scenario.clone()
                });
            }
        }
    }
    all
}

/// Fails where a text covers another or leaves its figure.
fn check(scenario: &Scenario, figure: &Figure) {
    let place = format!(
        "{}, {}, {:?}",
        scenario.name,
        figure.name(),
        scenario.chart_style
    );
    let (width, height) = figure.size();
    assert!(figure.texts().len() >= 4, "{place}: too few words");
    for (number, text) in figure.texts().iter().enumerate() {
        let is_inside =
            text.left >= 0.0 && text.top >= 0.0 && text.right <= width && text.bottom <= height;
        assert!(is_inside, "{place}: {text:?} is cut off");
        for other in &figure.texts()[number + 1..] {
            assert!(!text.overlaps(other), "{place}: {text:?} covers {other:?}");
        }
    }
}

#[test]
fn shipped_scenarios_are_legible_in_every_theme_and_language() {
    let small = ["populations.*.customers=150"];
    for scenario in shipped("scenarios", &small) {
        let results = results(&scenario);
        for scenario in styled(&scenario) {
            let figures = draw_all(&scenario, &results);
            let kinds = ChartKind::of_market();
            let kinds = kinds.filter(|kind| kind.is_usual(&scenario, &results));
            assert_eq!(figures.len(), kinds.count(), "{}", scenario.name);
            figures.iter().for_each(|figure| check(&scenario, figure));
        }
    }
}

#[test]
fn shipped_experiments_are_legible_in_every_theme_and_language() {
    for mut scenario in shipped("scenarios/experiments", &[]) {
        if scenario.sweep.is_none() {
            continue; // experiments that are analyses have charts of other kinds
        }
        // as small as the sweep lets them be
        scenario.simulation.periods = 12;
        // figures of analyses are drawn in tests of their own
        scenario.analyses.clear();
        let is_of_analysis = |chart: &Chart| {
            chart
                .outcome
                .is_some_and(|outcome| outcome.analysis().is_some())
        };
        scenario.charts.retain(|chart| !is_of_analysis(chart));
        for population in &mut scenario.populations {
            population.customers = 80;
        }
        let results = swept(&scenario);
        for scenario in styled(&scenario) {
            let figures = sweep::draw_all(&scenario, &results);
            assert!(!figures.is_empty(), "{}", scenario.name);
            figures.iter().for_each(|figure| check(&scenario, figure));
        }
    }
}
