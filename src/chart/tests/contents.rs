//! Charts say what they should.

use super::words_of;
use crate::analysis::{Estimate, Quantity, Results};
use crate::chart::kind::cast::Actor;
use crate::chart::kind::view::View;
use crate::chart::kit::Figure;
use crate::chart::samples::Sample;
use crate::chart::{ChartKind, draw};
use crate::scenario::Scenario;

fn cast(scenario: &Scenario, results: &Results) -> Vec<Actor> {
    View::whole("share", scenario, results).cast
}

fn drawn(kind: ChartKind, sample: &Sample) -> Figure {
    draw(kind, &sample.scenario(), &sample.results()).expect("a chart of one market")
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
            .contains("<desc>Share of transactions, 5-period mean of four firms over 300 periods; at the end: coach")
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
    let actors = cast(&sample.scenario(), &sample.results());
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
    let other = cast(&scenario, &reordered.results());
    for (actor, same) in actors.iter().zip(other.iter().rev()) {
        assert_eq!((&actor.name, actor.color), (&same.name, same.color));
    }
}

#[test]
fn of_many_firms_the_largest_lead() {
    let sample = Sample::firms(32);
    let results = sample.results();
    let cast = cast(&sample.scenario(), &results);
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
    let lines = |figure: Option<Figure>| {
        figure
            .expect("a chart of one market")
            .svg()
            .matches("stroke-width=\"27\"")
            .count()
    };
    assert_eq!(lines(draw(ChartKind::Share, &scenario, &results)), 1);
    let share = &mut results.firms[0].series[Quantity::Share as usize];
    share[100..120].fill(Estimate::EMPTY);
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
fn an_intervention_is_called_by_its_label_and_all_of_them_have_room() {
    let sample = Sample {
        interventions: (0..8).map(|number| 60 + 3 * number).collect(),
        ..Sample::four()
    };
    let mut scenario = sample.scenario();
    for (number, intervention) in scenario.interventions.iter_mut().enumerate() {
        intervention.label = format!("privacy rule {number}");
    }
    let figure = draw(ChartKind::Share, &scenario, &sample.results()).unwrap();
    let words = words_of(&figure);
    for number in 0..8 {
        assert!(words.contains(&format!("privacy rule {number}")), "{words}");
    }
    assert!(!words.contains("data sharing"), "{words}");
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

#[test]
fn a_bar_without_transactions_says_so() {
    let mut sample = Sample::firms(3);
    sample.entries = vec![0, 400, 0];
    let figure = drawn(ChartKind::Value, &sample);
    assert_eq!(words_of(&figure).matches("no transactions").count(), 1);
    assert!(figure.svg().contains("firm-2: no transactions."));
}

#[test]
fn the_title_of_the_scenario_is_in_the_captions_of_other_charts() {
    for kind in ChartKind::of_market().filter(|&kind| kind != ChartKind::Share) {
        let words = words_of(&drawn(kind, &Sample::four()));
        let expected = "Scenario: “Acting before customers ask wins the market that lets it”.";
        assert!(words.contains(expected), "{}: {words}", kind.name());
    }
}

#[test]
fn every_firm_is_named_in_full_with_eight_long_names() {
    let sample = Sample::long_names();
    for kind in [
        ChartKind::Share,
        ChartKind::Advantage,
        ChartKind::Fit,
        ChartKind::Frontier,
    ] {
        let words = words_of(&drawn(kind, &sample)).replace(' ', "");
        for name in &sample.firms {
            assert!(
                words.contains(&name.replace(' ', "")),
                "{}: {name}",
                kind.name()
            );
        }
    }
}
