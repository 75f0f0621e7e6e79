//! The fast customer step gives the same bytes as the readable one, whatever the scenario does and on every
//! instruction set of the machine.

use flywheel::model::{HeadStart, InstructionSet, Market, Perturbation, Plan, Records};
use flywheel::scenario::Scenario;
use flywheel::table::{Batch, Values};

/// A market in which every rule, every experience and every kind of change occurs.
const EVERYTHING: &str = r#"
[simulation]
periods = 60
replicates = 1
record.tables = ["periods", "firms", "market", "learning"]

[market]
taste_dimensions = 3
data_portability = 0.4
equal_start = false

[[populations]]
name = "town"
customers = 4500
taste = { mean = [1.0, 0.0, -1.0], drift = 0.05 }
data_sharing = 0.8
turnover = 0.02

[[populations]]
name = "country"
customers = 700
taste.spread = 0.5
agency.mean = 0.2
awareness = 0.3

[experiences.concierge]
support = { recognize = 0.5, request = 0.9, respond = 0.9 }
control = 0.6
selection = "menu"
menu_size = 5
signal_noise = 1.0
false_alarm = 0.2
unit_cost = 0.3
eased_by_familiarity = 0.5

[[firms]]
name = "shop"
experience = "respond-to-desire"
assortment = 7

[[firms]]
name = "portfolio"
experience = { rule = "portfolio", by_population = { town = "curated-offering" }, otherwise = "automatic-execution" }
price = { rule = "value-share" }

[[firms]]
name = "graduate"
experience = { rule = "graduated", steps = [{ experience = "coach-behavior" }, { experience = "concierge", knowledge = 0.3 }, { experience = "automatic-execution", knowledge = 0.6, max_agency = 0.4 }] }
learning.individual_forgetting = 0.05
learning.inertia = 500

[[firms]]
name = "searcher"
experience = { rule = "adaptive", candidates = ["coach-behavior", "curated-offering"], review_every = 5 }
entry = 10
fixed_cost = 20
funding = 100

[[firms]]
name = "copycat"
experience = { rule = "imitate", start = "automatic-execution", review_every = 7, explore = 0.2 }
learning.individual = false
learning.population_forgetting = 0.01

[[interventions]]
period = 30
[interventions.set]
"populations.town.data_sharing" = 0.4
"populations.town.taste.mean" = [0.0, 1.0, 0.0]
"firms.shop.experience" = "concierge"
"market.data_pooling" = true
"#;

/// The tables of a market, and its map at the end, which shows tastes and what firms believe.
fn outcome(plan: &Plan, set_up: impl FnOnce(&mut Market)) -> (Records, String) {
    let mut market = plan.market(0);
    set_up(&mut market);
    while !market.is_done() {
        market.step();
    }
    let map = format!("{:?}", market.map(usize::MAX));
    (market.into_records(), map)
}

/// The first value that differs between two tables: column, row and both values.
fn first_difference(one: &Batch, other: &Batch) -> Option<String> {
    // the text of a number is exact, and unlike the number, empty equals empty
    let text = |values: &Values| match values {
        Values::Integer(values) => values.iter().map(|x| format!("{x:?}")).collect::<Vec<_>>(),
        Values::Number(values) => values.iter().map(|x| format!("{x:?}")).collect(),
        Values::Text(values) => values.iter().map(|x| format!("{x:?}")).collect(),
        Values::Flag(values) => values.iter().map(|x| format!("{x:?}")).collect(),
        Values::Answer(values) => values.iter().map(|x| format!("{x:?}")).collect(),
    };
    assert_eq!(one.rows(), other.rows());
    let columns = one.columns().iter().zip(other.columns()).enumerate();
    let differences = columns.filter_map(|(column, (one, other))| {
        let (one, other) = (text(one), text(other));
        let row = (0..one.len()).find(|&row| one[row] != other[row])?;
        Some((
            row,
            column,
            format!("{} instead of {}", one[row], other[row]),
        ))
    });
    let first = differences.min()?;
    Some(format!("row {}, column {}: {}", first.0, first.1, first.2))
}

/// Holds that two outcomes are the same.
fn assert_equal(one: &(Records, String), other: &(Records, String), what: &str) {
    let batches = one.0.batches().into_iter().zip(other.0.batches());
    for (one, other) in batches {
        assert_eq!(first_difference(one, other), None, "{what}");
    }
    assert!(one.1 == other.1, "{what}: maps differ");
}

fn plan(text: &str) -> Plan {
    let text = &smaller_under_miri(text);
    Plan::new(&Scenario::from_toml(text).expect("a sound scenario")).expect("a sound scenario")
}

/// The market itself, or for Miri, which takes a thousand times as long, a small one in which the same happens.
fn smaller_under_miri(text: &str) -> String {
    if !cfg!(miri) {
        return text.to_owned();
    }
    text.replace("periods = 60", "periods = 12")
        .replace("period = 30", "period = 7")
        .replace("entry = 10", "entry = 2")
        .replace("review_every = 5", "review_every = 3")
        .replace("review_every = 7", "review_every = 4")
        .replace("customers = 4500", "customers = 50")
        .replace("customers = 700", "customers = 20")
}

/// Runs a market on every instruction set and compares tables and the state at the end with customers one by one.
fn assert_same(plan: &Plan) {
    let plain = outcome(plan, |market| market.set_one_by_one(true));
    for set in InstructionSet::available() {
        let fast = outcome(plan, |market| market.set_instructions(set));
        assert_equal(&fast, &plain, set.name());
    }
}

#[test]
fn the_kernel_gives_the_same_bytes_as_customers_one_by_one() {
    assert_same(&plan(EVERYTHING));
}

#[test]
fn the_kernel_gives_the_same_bytes_in_every_number_of_dimensions() {
    for dimensions in 1..=8 {
        let text = EVERYTHING
            .replace(
                "taste_dimensions = 3",
                &format!("taste_dimensions = {dimensions}"),
            )
            .replace("mean = [1.0, 0.0, -1.0], ", "")
            .replace("\"populations.town.taste.mean\" = [0.0, 1.0, 0.0]\n", "")
            .replace("customers = 4500", "customers = 300")
            .replace("customers = 700", "customers = 100");
        assert_same(&plan(&text));
    }
}

/// Kinds of needs in one of the populations, and firms that tell them apart.
fn with_kinds() -> String {
    EVERYTHING
        .replace("data_sharing = 0.8", "data_sharing = 0.8\nneed.kinds = [{ name = \"refill\", share = 5, mistake_cost = 0.0 }, { name = \"treat\", share = 2, variety = 0.9 }, { name = \"gift\", share = 1, mistake_cost = 2.0, agency_cost = 0.7 }]")
        .replace("by_population = {", "by_need = { gift = \"respond-to-desire\" }, by_population = {")
        .replace("max_agency = 0.4", "max_agency = 0.4, max_stakes = 0.5")
}

#[test]
fn the_kernel_gives_the_same_bytes_with_kinds_of_needs() {
    let plan = plan(&with_kinds());
    assert_same(&plan);
    let (records, _) = outcome(&plan, |_| {});
    assert_eq!(records.kinds.rows() as u32, 5 * 3 * plan.periods());
    for firm in ["portfolio", "graduate"] {
        let pushed = self::plan(&with_kinds()).with_perturbation(every_push(firm));
        assert_same(&pushed.expect("a sound perturbation"));
    }
}

/// A perturbation of every kind.
fn every_push(firm: &str) -> Perturbation {
    Perturbation {
        window: 20,
        head_start: HeadStart::Observations(2.0),
        fit: 0.05,
        wtp: 0.03,
        taught_twice: 0.4,
        ..Perturbation::of(firm, 15)
    }
}

#[test]
fn the_kernel_gives_the_same_bytes_with_a_perturbed_firm() {
    let unperturbed = outcome(&plan(EVERYTHING), |_| {});
    for firm in ["portfolio", "graduate", "searcher"] {
        let plan = plan(EVERYTHING)
            .with_perturbation(every_push(firm))
            .expect("a sound perturbation");
        assert_same(&plan);
        let perturbed = outcome(&plan, |_| {});
        let difference = first_difference(&perturbed.0.firms, &unperturbed.0.firms);
        assert!(difference.is_some(), "{firm}");
    }
}

#[test]
fn a_perturbation_of_no_size_changes_no_byte() {
    let unperturbed = outcome(&plan(EVERYTHING), |_| {});
    for firm in ["shop", "graduate"] {
        let none = plan(EVERYTHING)
            .with_perturbation(Perturbation::of(firm, 0))
            .expect("a sound perturbation");
        assert_equal(&outcome(&none, |_| {}), &unperturbed, firm);
        let none = Perturbation {
            head_start: HeadStart::Observations(0.0),
            ..Perturbation::of(firm, 20)
        };
        let none = plan(EVERYTHING).with_perturbation(none);
        let plain = outcome(&none.expect("sound"), |market| market.set_one_by_one(true));
        assert_equal(&plain, &unperturbed, firm);
    }
}

#[test]
fn nothing_happens_before_the_perturbation() {
    let begun = |plan: &Plan| {
        let mut market = plan.market(0);
        (0..15).for_each(|_| market.step());
        let map = format!("{:?}", market.map(usize::MAX));
        (market.into_records(), map)
    };
    let perturbed = plan(EVERYTHING).with_perturbation(every_push("graduate"));
    let (one, other) = (begun(&plan(EVERYTHING)), begun(&perturbed.expect("sound")));
    assert_equal(&one, &other, "before the perturbation");
}
