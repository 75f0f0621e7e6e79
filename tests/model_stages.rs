//! The fast customer step gives the same bytes as the readable one, whatever the scenario does.

use flywheel::model::Market;
use flywheel::scenario::Scenario;

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

/// Runs a scenario both ways and compares all tables, empty values included.
fn assert_same(text: &str) {
    let scenario = Scenario::from_toml(text).expect("a sound scenario");
    let tables = |one_by_one: bool| {
        let mut market = Market::new(&scenario, 0).expect("a sound scenario");
        market.set_one_by_one(one_by_one);
        while !market.is_done() {
            market.step();
        }
        let last = market
            .exogenous(0)
            .iter()
            .map(|customer| customer.taste.clone())
            .collect();
        (market.into_records(), last)
    };
    let (fast, fast_tastes): (_, Vec<Vec<f32>>) = tables(false);
    let (plain, plain_tastes) = tables(true);
    assert_eq!(fast_tastes, plain_tastes);
    for (fast, plain) in [
        (fast.periods, plain.periods),
        (fast.firms, plain.firms),
        (fast.market, plain.market),
    ] {
        // the text of a number is exact, and unlike the number, empty equals empty
        assert_eq!(
            format!("{:?}", fast.columns()),
            format!("{:?}", plain.columns())
        );
    }
}

#[test]
fn stages_give_the_same_bytes_as_customers_one_by_one() {
    assert_same(EVERYTHING);
}

#[test]
fn stages_give_the_same_bytes_in_every_number_of_dimensions() {
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
