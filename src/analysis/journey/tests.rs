//! What becomes of needs, in small markets.

use super::*;
use crate::analysis::Collector;
use crate::model::Market;
use crate::scenario::{ExperienceRule, Firm, NeedKind, Population};

fn journey(firms: &[(&str, &str)], change: impl Fn(&mut Scenario)) -> Journey {
    let mut scenario = Scenario::new("test").population(Population {
        customers: 400,
        ..Population::named("everyone")
    });
    for (name, experience) in firms {
        scenario = scenario.firm(Firm::new(name, experience));
    }
    scenario.simulation.periods = 40;
    change(&mut scenario);
    let scenario = scenario.resolve().expect("it is valid");
    let mut collector = Collector::new(&scenario);
    for replicate in 0..2 {
        let mut market = Market::new(&scenario, replicate).expect("it is valid");
        while !market.is_done() {
            market.step();
        }
        collector.take(&market.into_records());
    }
    collector.finish().journey
}

#[test]
fn friction_parts_are_those_of_the_model() {
    // one firm: every need is noticed by its customer or by this firm, so recognize is known
    for (name, _) in crate::scenario::presets() {
        let journey = journey(&[("firm", name)], |_| ());
        let firm = &journey.firms[0];
        let [recognize, request, respond] = firm.friction.map(|part| part.mean);
        let expected = 0.05 * (1.0 - firm.begun.mean);
        assert!(
            (recognize - expected).abs() < 1e-5,
            "{name}: {recognize} is not {expected}"
        );
        // the other two are in the proportion of what the experience leaves of them
        let support = &crate::scenario::preset(name).expect("a preset").support;
        let cross =
            request * 0.2 * (1.0 - support.respond) - respond * 0.2 * (1.0 - support.request);
        assert!(cross.abs() < 1e-9, "{name}: {request} and {respond}");
        let offered = firm
            .experience
            .as_ref()
            .map(|(offered, _)| offered.as_str());
        assert_eq!(offered, Some(name));
    }
}

#[test]
fn a_portfolio_by_need_has_the_friction_of_each_of_its_experiences() {
    let kind = |name: &str, share| NeedKind {
        name: name.to_owned(),
        share,
        mistake_cost: Some(0.05),
        agency_cost: Some(0.05),
        variety: None,
    };
    let change = |scenario: &mut Scenario| {
        scenario.populations[0].need.kinds = vec![kind("refill", 3.0), kind("choice", 1.0)];
        scenario.market.friction.recognize = 0.0;
        let by_need = [
            ("refill", "automatic-execution"),
            ("choice", "respond-to-desire"),
        ];
        scenario.firms[0].experience = ExperienceRule::Portfolio {
            by_need: by_need
                .map(|(kind, experience)| (kind.to_owned(), experience.to_owned()))
                .into(),
            by_population: Default::default(),
            otherwise: None,
        };
        for (_, experience) in &mut scenario.experiences {
            experience.eased_by_familiarity = 0.0;
            experience.support.recognize = 0.0;
        }
    };
    let journey = journey(&[("range", "automatic-execution")], change);
    let firm = &journey.firms[0];
    assert!(firm.has_others);
    let offered = firm.experience.as_ref().map(|(name, _)| name.as_str());
    assert_eq!(offered, Some("automatic-execution"));
    // automatic execution leaves no friction of the two; responding leaves all of the request and a tenth of the response
    let [recognize, request, respond] = firm.friction.map(|part| part.mean);
    assert!(recognize.abs() < 1e-6, "{recognize}");
    assert!(
        (respond / request - 0.1).abs() < 1e-6,
        "{request} {respond}"
    );
    // about a quarter of the needs
    assert!((0.15..0.35).contains(&(request / 0.2)), "{request}");
}

#[test]
fn needs_get_through_stage_by_stage() {
    let firms = [
        ("shop", "respond-to-desire"),
        ("auto", "automatic-execution"),
    ];
    let journey = journey(&firms, |_| ());
    let [shop, auto] = &journey.firms[..] else {
        panic!("two firms")
    };
    assert!(journey.recognized.mean > journey.fulfilled.mean);
    let together = shop.fulfilled.mean + auto.fulfilled.mean;
    assert!((together - journey.fulfilled.mean).abs() < 1e-12);
    // a shop that only responds neither notices nor proposes anything
    assert_eq!((shop.noticed.mean, shop.begun.mean), (0.0, 0.0));
    assert_eq!(shop.requested.mean, shop.fulfilled.mean);
    assert!(auto.noticed.mean > 0.0 && auto.requested.mean >= auto.fulfilled.mean);
    assert_eq!(journey.closing, (36, 39));
}

#[test]
fn wheels_turn_faster_as_knowledge_grows() {
    let journey = journey(&[("firm", "curated-offering")], |_| ());
    assert_eq!(journey.moments, [(0, 0), (19, 19), (39, 39)]);
    let knowledge = journey.firms[0].wheel.map(|turn| turn.knowledge.mean);
    assert!(knowledge.is_sorted(), "{knowledge:?}");
    assert!(journey.firms[0].wheel[2].interactions.mean > 0.0);
}

#[test]
fn changed_parameters_hold_from_their_period_on() {
    let journey = journey(&[("firm", "respond-to-desire")], |scenario| {
        scenario.interventions.push(crate::scenario::Intervention {
            period: 10,
            label: String::new(),
            set: [(
                "market.friction.recognize".to_owned(),
                toml::Value::Float(0.3),
            )]
            .into(),
        });
    });
    assert!((journey.firms[0].friction[0].mean - 0.3).abs() < 1e-5);
}

#[test]
fn firms_without_transactions_are_empty() {
    let firms = [("shop", "respond-to-desire"), ("late", "coach-behavior")];
    let journey = journey(&firms, |scenario| scenario.firms[1].entry = 400);
    let late = &journey.firms[1];
    assert!(late.experience.is_none());
    assert!(late.begun.mean.is_nan() && late.friction[1].mean.is_nan());
    assert_eq!(late.fulfilled.mean, 0.0);
}
