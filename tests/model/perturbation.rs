//! Each perturbation of a firm does what its formula says, and nothing else.

use flywheel::model::{HeadStart, Market, Perturbation, Plan, TasteMap};
use flywheel::scenario::{Firm, Scenario};

use crate::run::{Run, assert_close, assert_within, captive, finish, scenario, set};

fn perturbed(scenario: &Scenario, push: Perturbation) -> Plan {
    let plan = Plan::new(scenario).expect("a valid scenario");
    plan.with_perturbation(push)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// The same replicate without and with a perturbation.
fn pair(scenario: &Scenario, push: Perturbation) -> [Run; 2] {
    let plan = Plan::new(scenario).expect("a valid scenario");
    [plan, perturbed(scenario, push)].map(|plan| finish(scenario, plan.market(0)))
}

fn map_after(mut market: Market, periods: u32) -> TasteMap {
    (0..periods).for_each(|_| market.step());
    market.map(usize::MAX)
}

const T0: u32 = 6;

/// Everybody transacts once a period until `T0`, when needs cease; half share data.
fn ceasing(experience: &str) -> Scenario {
    let mut scenario = captive(400, T0 + 1, experience);
    scenario.populations[0].data_sharing = 0.5;
    scenario.firms[0].learning.population = false;
    scenario
        .interventions
        .push(set(T0, "populations.customers.need.rate", 0.0));
    scenario
}

#[test]
fn a_head_start_is_so_much_more_data_about_those_who_share() {
    let scenario = ceasing("coach-behavior");
    let more = 0.8;
    let push = Perturbation {
        head_start: HeadStart::Precision(more),
        ..Perturbation::of("firm", T0)
    };
    let plain = Market::new(&scenario, 0).expect("a valid scenario");
    let shares: Vec<bool> = plain
        .exogenous(0)
        .iter()
        .map(|customer| customer.shares_data)
        .collect();
    let before = map_after(plain, T0 + 1);
    let after = map_after(perturbed(&scenario, push).market(0), T0 + 1);
    // six observations of variance 0.4^2 + 1.2^2, prior variance 1 + 0.7^2
    let precision = f64::from(T0) / (0.16 + 1.44) + 1.0 / 1.49;
    let [before, after] = [before, after].map(|map| map.firms[0].believes[0].estimates.clone());
    assert_eq!(before.len(), 400);
    let mut errors = Vec::new();
    for ((old, new), shares) in before.iter().zip(&after).zip(shares) {
        for d in 0..2 {
            let points = [&old.estimate, &old.taste, &new.estimate];
            let [old, taste, new] = points.map(|point| f64::from(point[d]));
            if shares {
                // the mean observation is the taste and an error of standard deviation 1 / sqrt(dP)
                let observed = ((precision + more) * new - precision * old) / more;
                errors.push((observed - taste) * f64::sqrt(more));
            } else {
                assert_close(new, old, 1e-6, "the taste estimate");
            }
        }
    }
    let n = errors.len() as f64;
    let mean = errors.iter().sum::<f64>() / n;
    let square = errors.iter().map(|error| error * error).sum::<f64>() / n;
    assert!(n > 300.0);
    assert_within(mean, 0.0, 1.0 / n.sqrt(), "mean error");
    assert_within(square, 1.0, (2.0 / n).sqrt(), "variance of errors");
}

#[test]
fn a_head_start_in_observations_is_worth_as_many_in_the_experience_given() {
    let scenario = ceasing("curated-offering");
    let estimates = |head_start| {
        let push = Perturbation {
            head_start,
            ..Perturbation::of("firm", T0)
        };
        let map = map_after(perturbed(&scenario, push).market(0), T0 + 1);
        map.firms[0].believes[0].estimates.clone()
    };
    let counted = estimates(HeadStart::Observations(1.5));
    let precise = estimates(HeadStart::Precision(1.5 / (0.16 + 2.56)));
    for (counted, precise) in counted.iter().zip(&precise) {
        let [counted, precise] = [counted, precise].map(|one| f64::from(one.estimate[0]));
        assert_close(counted, precise, 1e-5, "the estimate");
    }
}

#[test]
fn a_head_start_is_for_home_customers_and_needs_individual_learning() {
    let mut scenario = scenario(2_000, 20)
        .firm(Firm::new("one", "curated-offering"))
        .firm(Firm::new("two", "curated-offering"));
    scenario.populations[0].turnover = 0.0;
    let stop = set(10, "populations.customers.need.rate", 0.0);
    scenario.interventions.push(stop);
    let push = Perturbation {
        head_start: HeadStart::Precision(0.5),
        ..Perturbation::of("one", 10)
    };
    let plain = map_after(Market::new(&scenario, 0).expect("valid"), 11);
    let given = map_after(perturbed(&scenario, push.clone()).market(0), 11);
    assert_ne!(plain.firms[0], given.firms[0]);
    assert_eq!(plain.firms[1], given.firms[1]);
    // nobody has a home in period 0
    let early = Perturbation {
        period: 0,
        ..push.clone()
    };
    assert_eq!(map_after(perturbed(&scenario, early).market(0), 11), plain);
    scenario.firms[0].learning.individual = false;
    let [plain, given] = pair(&scenario, push);
    assert_eq!(format!("{plain:?}"), format!("{given:?}"));
}

#[test]
fn raised_fit_enters_willingness_to_pay_and_cost_while_it_lasts() {
    let scenario = captive(1_000, 8, "automatic-execution");
    for raise in [0.02, 1.0, -1.0] {
        let push = Perturbation {
            window: 3,
            fit: raise,
            ..Perturbation::of("firm", 2)
        };
        let [plain, raised] = pair(&scenario, push);
        for t in 0..8 {
            let more = |column| raised.period(column, t, 0, 0) - plain.period(column, t, 0, 0);
            if !(2..5).contains(&t) {
                // what was learned does not depend on fit
                assert_eq!((more("fit"), more("wtp"), more("cost")), (0.0, 0.0, 0.0));
                continue;
            }
            let fit = raised.period("fit", t, 0, 0);
            if raise == 0.02 {
                assert!(
                    more("fit") <= 0.020_001 && more("fit") > 0.018,
                    "{}",
                    more("fit")
                );
            } else {
                assert_eq!(fit, if raise > 0.0 { 1.0 } else { 0.0 });
            }
            // full control: every mistake avoided saves G = 0.2; cost is 0.2 (1 - 0.5 fit)
            assert_close(more("wtp"), 1.2 * more("fit"), 1e-6, "willingness to pay");
            assert_close(more("cost"), -0.1 * more("fit"), 1e-6, "cost");
            assert_eq!((more("friction"), more("knowledge")), (0.0, 0.0));
        }
    }
}

#[test]
fn raised_willingness_to_pay_is_all_that_is_raised() {
    let scenario = captive(1_000, 8, "curated-offering");
    let push = Perturbation {
        window: 3,
        wtp: 0.05,
        ..Perturbation::of("firm", 2)
    };
    let [plain, raised] = pair(&scenario, push);
    for t in 0..8 {
        let more = |column| raised.period(column, t, 0, 0) - plain.period(column, t, 0, 0);
        let expected = if (2..5).contains(&t) { 0.05 } else { 0.0 };
        assert_close(more("wtp"), expected, 1e-6, "willingness to pay");
        assert_close(more("value_created"), expected, 1e-6, "value created");
        assert_close(
            more("consumer_surplus"),
            1_000.0 * expected,
            1e-5,
            "surplus",
        );
        for column in [
            "fit",
            "cost",
            "friction",
            "knowledge",
            "transactions",
            "profit",
        ] {
            assert_eq!(more(column), 0.0, "{column}");
        }
    }
}

#[test]
fn raised_willingness_to_pay_is_believed() {
    let scenario = scenario(4_000, 40)
        .firm(Firm::new("one", "curated-offering"))
        .firm(Firm::new("two", "curated-offering"));
    let push = Perturbation {
        wtp: 0.1,
        ..Perturbation::of("one", 10)
    };
    let [plain, raised] = pair(&scenario, push);
    let total = |run: &Run| -> f64 { (11..40).map(|t| run.firm("transactions", t, 0)).sum() };
    assert!(total(&raised) > 1.1 * total(&plain));
}

/// Knowledge index of a captive customer after `taught` observations in "coach-behavior", of 1,000 customers alike.
fn knowledge_after(taught: f64) -> (f64, f64) {
    let (v, start) = (0.16 + 1.44, 1.49);
    let weight = 6_000.0 / (6_000.0 + 1_000.0 * taught);
    let prior = 1.0 + 0.49 * weight;
    let variance = 1.0 / (taught / v + 1.0 / prior);
    (1.0 - variance / start, 1.0 - prior / start)
}

#[test]
fn a_transaction_that_teaches_twice_counts_as_two_observations() {
    let scenario = captive(1_000, 8, "coach-behavior");
    let push = Perturbation {
        window: 2,
        taught_twice: 1.0,
        ..Perturbation::of("firm", 3)
    };
    let [_, taught] = pair(&scenario, push);
    for (t, taught_before) in [0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 8.0, 9.0]
        .into_iter()
        .enumerate()
    {
        let (knowledge, of_population) = knowledge_after(taught_before);
        assert_close(
            taught.period("knowledge", t, 0, 0),
            knowledge,
            1e-5,
            "knowledge",
        );
        let actual = taught.period("population_knowledge", t, 0, 0);
        assert_close(actual, of_population, 1e-6, "knowledge of the population");
        assert_eq!(taught.period("transactions", t, 0, 0), 1_000.0);
    }
}

#[test]
fn the_part_taught_twice_is_as_large_as_asked_for() {
    let scenario = captive(10_000, 12, "coach-behavior");
    let push = Perturbation {
        taught_twice: 0.1,
        ..Perturbation::of("firm", 0)
    };
    let [_, taught] = pair(&scenario, push);
    // population knowledge tells the number of observations: 1 - V / 1.49 with V = 1 + 0.49 w
    let resolved = taught.period("population_knowledge", 11, 0, 0);
    let weight = 1.0 - resolved * 1.49 / 0.49;
    let observations = 6_000.0 / weight - 6_000.0;
    let twice = observations - 110_000.0;
    let error = (110_000.0_f64 * 0.1 * 0.9).sqrt();
    assert!((twice - 11_000.0).abs() < 4.5 * error, "{twice} of 110,000");
}

#[test]
fn no_perturbation_changes_a_draw() {
    let mut scenario = scenario(500, 30)
        .firm(Firm::new("one", "coach-behavior"))
        .firm(Firm::new("two", "automatic-execution"));
    scenario.populations[0].turnover = 0.05;
    scenario.populations[0].taste.drift = 0.1;
    let push = Perturbation {
        head_start: HeadStart::Observations(3.0),
        fit: 0.1,
        wtp: 0.1,
        taught_twice: 0.5,
        ..Perturbation::of("two", 5)
    };
    let mut plain = Market::new(&scenario, 1).expect("a valid scenario");
    let mut pushed = perturbed(&scenario, push).market(1);
    for _ in 0..30 {
        assert_eq!(plain.exogenous(0), pushed.exogenous(0));
        plain.step();
        pushed.step();
    }
}

#[test]
fn a_perturbation_that_makes_no_sense_is_refused() {
    let scenario = captive(10, 2, "coach-behavior");
    let refused = |push: Perturbation| {
        let plan = Plan::new(&scenario).expect("a valid scenario");
        plan.with_perturbation(push).unwrap_err().to_string()
    };
    let push = |change: &dyn Fn(&mut Perturbation)| {
        let mut push = Perturbation::of("firm", 0);
        change(&mut push);
        push
    };
    let nobody = refused(push(&|push| push.firm = "nobody".to_owned()));
    assert!(nobody.contains("no firm named `nobody`"), "{nobody}");
    let negative = refused(push(&|push| push.head_start = HeadStart::Precision(-1.0)));
    assert!(negative.contains("-1"), "{negative}");
    let twice = refused(push(&|push| push.taught_twice = 1.5));
    assert!(twice.contains("1.5"), "{twice}");
    let endless = refused(push(&|push| {
        (push.fit, push.wtp) = (f64::NAN, f64::INFINITY);
    }));
    assert!(
        endless.contains("NaN") && endless.contains("inf"),
        "{endless}"
    );
}
