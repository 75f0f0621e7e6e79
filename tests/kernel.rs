//! The fast customer step gives the same bytes as the readable one, whatever the scenario does and on every
//! instruction set of the machine.

use flywheel::model::{InstructionSet, Market, Records};
use flywheel::scenario::Scenario;
use flywheel::table::{Batch, Values};

/// A market in which every rule, every experience and every kind of change occurs.
const EVERYTHING: &str = r#"
[simulation]
periods = 60
replicates = 1

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

/// The tables of a scenario's first replicate and the last tastes of its first population.
fn run(scenario: &Scenario, set_up: impl FnOnce(&mut Market)) -> (Records, Vec<Vec<f32>>) {
    let mut market = Market::new(scenario, 0).expect("a sound scenario");
    set_up(&mut market);
    while !market.is_done() {
        market.step();
    }
    let customers = market.exogenous(0);
    let tastes = customers.iter().map(|customer| customer.taste.clone());
    let tastes = tastes.collect();
    (market.into_records(), tastes)
}

/// The first value that differs between two tables: column, row and both values.
fn first_difference(one: &Batch, other: &Batch) -> Option<String> {
    // the text of a number is exact, and unlike the number, empty equals empty
    let text = |values: &Values| match values {
        Values::Integer(values) => values.iter().map(|x| format!("{x:?}")).collect::<Vec<_>>(),
        Values::Number(values) => values.iter().map(|x| format!("{x:?}")).collect(),
        Values::Text(values) => values.iter().map(|x| format!("{x:?}")).collect(),
        Values::Flag(values) => values.iter().map(|x| format!("{x:?}")).collect(),
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

/// Runs a scenario on every instruction set and compares all tables with those of customers one by one.
fn assert_same(text: &str) {
    let scenario = Scenario::from_toml(text).expect("a sound scenario");
    let (plain, plain_tastes) = run(&scenario, |market| market.set_one_by_one(true));
    for set in InstructionSet::available() {
        let (fast, fast_tastes) = run(&scenario, |market| market.set_instructions(set));
        for (fast, plain) in fast.batches().into_iter().zip(plain.batches()) {
            let difference = first_difference(fast, plain);
            assert_eq!(difference, None, "on {}", set.name());
        }
        assert!(fast_tastes == plain_tastes, "tastes on {}", set.name());
    }
}

#[test]
fn the_kernel_gives_the_same_bytes_as_customers_one_by_one() {
    assert_same(EVERYTHING);
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
        assert_same(&text);
    }
}
