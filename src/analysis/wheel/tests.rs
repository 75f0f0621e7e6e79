//! Links of which theory tells the elasticity.

use super::window::{COST, FIRST_TIME, FIT, KNOWLEDGE, TRANSACTIONS, VALUE, length};
use super::*;
use crate::model::Plan;
use crate::scenario::{Firm, Population, RecordedTable, Scenario};

/// One firm, to which every need of every customer leads, a need a period each.
fn captive(experience: &str, customers: u32) -> Scenario {
    let mut everyone = Population::named("customers");
    everyone.customers = customers;
    everyone.need.rate = 1.0;
    everyone.awareness = 1.0;
    everyone.turnover = 0.0;
    everyone.inertia = 1000.0;
    let mut firm = Firm::new("firm", experience);
    firm.learning.population = false;
    let mut scenario = Scenario::new("captive").population(everyone).firm(firm);
    scenario.market.reputation.initial = 1000.0;
    scenario.market.reputation.speed = 0.0;
    // what a firm begins could be declined
    for (_, experience) in &mut scenario.experiences {
        experience.support.recognize = 0.0;
    }
    scenario
}

/// Two firms that compete for customers.
fn rivals() -> Scenario {
    let mut everyone = Population::named("customers");
    everyone.customers = 2_000;
    Scenario::new("rivals")
        .population(everyone)
        .firm(Firm::new("firm", "coach-behavior"))
        .firm(Firm::new("rival", "curated-offering"))
}

fn wheel(mut scenario: Scenario, replicates: u32, period: u32, window: u32) -> Wheel {
    let question = LoopQuestion {
        analysis: 1,
        firm: "firm".to_owned(),
        period,
        window,
    };
    scenario.simulation.periods = period + window;
    scenario.simulation.record.tables = vec![RecordedTable::Periods];
    let mut collector = LoopMarkets::new(question.clone());
    for variant in 0..VARIANTS {
        let mut plan = Plan::new(&scenario).expect("a valid scenario");
        if let Some(push) = perturbation(&question, variant) {
            plan = plan.with_perturbation(push).expect("a valid push");
        }
        for replicate in 0..replicates {
            let mut market = plan.market(replicate);
            while !market.is_done() {
                market.step();
            }
            collector.add(replicate, variant, &market.into_records().periods);
        }
    }
    collector.finish()
}

fn near(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual}, expected {expected}"
    );
}

/// Products everywhere: the firm sells what it believes the taste to be, and fit has a closed form.
///
/// With an error of variance e about the taste, needs of variance sigma^2 about it and tolerance h, fit in one dimension is
/// (1 + (e + sigma^2) / h^2)^(-1/2) on average.
#[test]
fn knowledge_to_fit_is_as_the_closed_form_has_it() {
    let mut scenario = captive("automatic-execution", 3_000);
    scenario.market.taste_dimensions = 1;
    scenario.populations[0].taste.mean = vec![0.0];
    let firm = &mut scenario.firms[0];
    firm.learning.prior_sd = 1e-3;
    firm.assortment = 300;
    let found = wheel(scenario, 4, 3, 1);
    let v = 0.4_f64.powi(2) + 1.2 * 1.2;
    // three observations each, and those of the push, which err as much
    let precision = 3.0 / v + 1.0;
    let given = 0.2 / v;
    let before = 1.0 / precision;
    let after = 1.0 / (precision + given);
    let fit = |error: f64| (1.0 + error + 0.4 * 0.4).powf(-0.5);
    let cause = (1.0 - after) / (1.0 - before) - 1.0;
    let effect = fit(after) / fit(before) - 1.0;
    let answer = found.link(Link::KnowledgeToFit);
    near(answer.cause, cause, 1e-4);
    near(found.level(Level::Fit).mean, fit(before), 0.006);
    let error = answer.elasticity.standard_deviation / 4.0_f64.sqrt();
    assert!(error < 0.15 * answer.elasticity.mean, "{answer:?}");
    near(answer.elasticity.mean, effect / cause, 5.0 * error);
    assert_eq!(answer.is_linear, Some(true));
}

#[test]
fn fit_to_value_is_that_of_the_formula() {
    let found = wheel(captive("automatic-execution", 500), 3, 5, 4);
    // full control: willingness to pay rises by 1 + G per unit of fit; cost is 0.2 (1 - 0.5 fit)
    let (fit, value) = (found.level(Level::Fit).mean, found.level(Level::Value).mean);
    let answer = found.link(Link::FitToValue);
    near(answer.elasticity.mean, 1.2 * fit / value, 1e-4);
    assert!(answer.is_linear == Some(true) && answer.cause > 0.0);
    let cost = 0.2 * (1.0 - 0.5 * fit);
    near(
        found.link(Link::FitToCost).elasticity.mean,
        -0.1 * fit / cost,
        1e-4,
    );
}

#[test]
fn captive_customers_do_not_answer_to_value() {
    let found = wheel(captive("curated-offering", 300), 3, 5, 4);
    let answer = found.link(Link::ValueToInteractions);
    assert_eq!(answer.elasticity.mean, 0.0);
    assert_eq!(found.link(Link::Product).elasticity.mean, 0.0);
    assert_eq!(found.level(Level::Interactions).mean, 300.0);
}

/// Knowledge before the n-th transaction is known; of the transactions in the window, one in ten teaches twice.
#[test]
fn interactions_to_knowledge_is_as_bayes_has_it() {
    let found = wheel(captive("coach-behavior", 4_000), 3, 4, 6);
    let v = 0.4_f64.powi(2) + 1.2 * 1.2;
    let knowledge = |observations: f64| 1.0 - 1.0 / (observations / v + 1.0 / 1.49) / 1.49;
    let binomial = |of: u32, k: u32| {
        let ways = (0..k).fold(1.0, |ways, i| ways * f64::from(of - i) / f64::from(i + 1));
        ways * 0.1_f64.powi(k.cast_signed()) * 0.9_f64.powi((of - k).cast_signed())
    };
    let (mut before, mut after) = (0.0, 0.0);
    for past in 0..6 {
        let usual = f64::from(4 + past);
        before += knowledge(usual);
        after += (0..=past)
            .map(|twice| binomial(past, twice) * knowledge(usual + f64::from(twice)))
            .sum::<f64>();
    }
    let expected = (after / before - 1.0) / 0.1;
    let answer = found.link(Link::InteractionsToKnowledge);
    near(answer.elasticity.mean, expected, 0.03 * expected);
    near(answer.cause, 0.1, 1e-12);
}

#[test]
fn parts_of_interactions_add_up_and_the_product_is_that_of_the_links() {
    let found = wheel(rivals(), 4, 30, 10);
    let value = |link: Link| found.link(link).elasticity.mean;
    let parts = [
        Link::ValueToFrequency,
        Link::ValueToRetention,
        Link::ValueToNewcomers,
    ];
    near(
        parts.into_iter().map(value).sum(),
        value(Link::ValueToInteractions),
        1e-12,
    );
    let product: f64 = Link::PUSHED.into_iter().map(value).product();
    near(value(Link::Product), product, 1e-12);
    // what is observed in a head start errs, so in a market this small its link may come out as nothing
    let other = |link: &Link| *link != Link::KnowledgeToFit;
    assert!(
        Link::PUSHED
            .into_iter()
            .filter(other)
            .all(|link| value(link) > 0.0)
    );
    // equal draws save replicates on every link
    for link in Link::PUSHED {
        let saved = found.link(link).variance_reduction;
        assert!(saved > 2.0, "{}: {saved}", link.name());
    }
}

#[test]
fn who_learns_nothing_has_no_loop() {
    let mut scenario = rivals();
    scenario.firms[0].learning.individual = false;
    scenario.firms[0].learning.population = false;
    let found = wheel(scenario, 2, 10, 5);
    assert_eq!(
        found.link(Link::InteractionsToKnowledge).elasticity.mean,
        0.0
    );
    assert!(found.link(Link::KnowledgeToFit).elasticity.mean.is_nan());
    let remarks = found.remarks().join("; ");
    assert!(remarks.contains("knowledge to fit"), "{remarks}");
}

#[test]
fn a_window_without_transactions_says_so() {
    let mut scenario = rivals();
    scenario.firms[0].entry = 50;
    let found = wheel(scenario, 2, 10, 5);
    let remarks = found.remarks().join("; ");
    assert!(remarks.contains("no transactions"), "{remarks}");
}

/// A window of three periods: forty repeats and twenty first transactions; half of those at home stay each period.
fn usual() -> Vec<f64> {
    let mut window = vec![0.0; length(3)];
    let totals = [
        (TRANSACTIONS, 60.0),
        (FIT, 36.0),
        (VALUE, 24.0),
        (COST, 8.0),
        (KNOWLEDGE, 18.0),
        (FIRST_TIME, 20.0),
    ];
    totals
        .iter()
        .for_each(|&(total, value)| window[total] = value);
    // at home, then new, in each period; 160 customers at home in all, who come every fourth period
    window[6..].copy_from_slice(&[80.0, 50.0, 30.0, 10.0, 5.0, 5.0]);
    window
}

#[test]
fn interactions_are_split_by_where_they_come_from() {
    let parts = |change: &dyn Fn(&mut [f64])| {
        let (before, mut after) = (usual(), usual());
        change(&mut after);
        [
            Link::ValueToFrequency,
            Link::ValueToRetention,
            Link::ValueToNewcomers,
        ]
        .map(|link| 60.0 * link.effect(&before, &after))
    };
    let assert_parts = |actual: [f64; 3], expected: [f64; 3]| {
        actual
            .into_iter()
            .zip(expected)
            .for_each(|(a, b)| near(a, b, 1e-12));
    };
    // ten repeats more of the same customers
    let more = parts(&|after| after[TRANSACTIONS] += 10.0);
    assert_parts(more, [10.0, 0.0, 0.0]);
    // of 80, 56 stay instead of 40, and of these 66 half; they come as often
    let stay = parts(&|after| {
        after[TRANSACTIONS] += 0.25 * (16.0 + 8.0);
        after[7] += 16.0;
        after[8] += 8.0;
    });
    assert_parts(stay, [0.0, 6.0, 0.0]);
    // eight more come in the first period, of whom half stay, and come as often
    let join = parts(&|after| {
        after[TRANSACTIONS] += 8.0 + 0.25 * (8.0 + 4.0);
        after[FIRST_TIME] += 8.0;
        after[7] += 8.0;
        after[8] += 4.0;
        after[9] += 8.0;
    });
    assert_parts(join, [0.0, 0.0, 11.0]);
}

#[test]
fn the_table_holds_everything_that_is_drawn() {
    let mut wheels = [wheel(rivals(), 2, 10, 5), wheel(rivals(), 2, 12, 5)];
    wheels[1].question.analysis = 2;
    let table = Wheel::table(wheels.iter());
    let back = Wheel::from_table(&table);
    assert_eq!(
        format!("{:?}", Wheel::table(back.iter())),
        format!("{table:?}")
    );
    assert_eq!(back[1].question, wheels[1].question);
    assert_eq!(table.rows(), 2 * (4 + 9));
}
