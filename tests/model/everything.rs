//! One scenario with everything on.

use flywheel::scenario::Scenario;

/// A scenario from a text.
pub fn load(text: &str) -> Scenario {
    match Scenario::from_toml(text) {
        Ok(scenario) => scenario,
        Err(problems) => panic!("{problems}"),
    }
}

/// Two populations, all rules, three dimensions, entry, exit, forgetting, drift, portability, interventions.
pub const EVERYTHING: &str = r#"
    simulation = { periods = 60, discount_rate = 0.01 }
    [market]
    taste_dimensions = 3
    fit_tolerance = 1.5
    data_portability = 0.3
    equal_start = false
    reputation = { of = "newcomers", speed = 0.2 }
    [[populations]]
    name = "busy"
    customers = 250
    taste = { mean = [0.5, -0.5, 0.0], drift = 0.1 }
    agency.mean = 0.2
    mistake_cost = 0.05
    turnover = 0.02
    data_sharing = 0.7
    [[populations]]
    name = "careful"
    customers = 150
    taste = { mean = [-0.5, 0.5, 1.0], spread = 0.8 }
    agency.mean = 0.8
    awareness = 0.8
    [experiences.coach-behavior]
    false_alarm = 0.2
    [experiences.butler]
    support = { recognize = 0.7, request = 0.9, respond = 0.9 }
    control = 0.6
    selection = "menu"
    menu_size = 2
    signal_noise = 0.9
    false_alarm = 0.15
    unit_cost = 0.15
    eased_by_familiarity = 0.5
    [firm_defaults]
    assortment = 7
    learning = { inertia = 200, individual_forgetting = 0.05, population_forgetting = 0.02 }
    [[firms]]
    name = "portfolio"
    experience = { rule = "portfolio", by_population = { busy = "automatic-execution" }, otherwise = "respond-to-desire" }
    price = { rule = "value-share", share = 0.6, speed = 0.2 }
    [[firms]]
    name = "graduated"
    experience = { rule = "graduated", steps = [{ experience = "curated-offering" }, { experience = "coach-behavior", knowledge = 0.4 }, { experience = "butler", knowledge = 0.6, max_agency = 0.5 }] }
    [[firms]]
    name = "adaptive"
    experience = { rule = "adaptive", candidates = ["curated-offering", "respond-to-desire", "butler"], review_every = 5, explore = 0.3 }
    fixed_cost = 1.0
    [[firms]]
    name = "imitator"
    experience = { rule = "imitate", start = "curated-offering", review_every = 7, explore = 0.2 }
    entry = 8
    [[firms]]
    name = "doomed"
    experience = "respond-to-desire"
    price = 0.1
    funding = 20
    fixed_cost = 0.5
    [[firms]]
    name = "forgetful"
    experience = "coach-behavior"
    learning.individual = false
    [[interventions]]
    period = 20
    set = { "populations.busy.data_sharing" = 0.4, "market.data_portability" = 0.6, "firms.graduated.price" = 0.25 }
    [[interventions]]
    period = 30
    set = { "populations.*.taste.mean" = [0.0, 0.0, 0.5], "populations.careful.taste.spread" = 1.0, "populations.careful.agency.mean" = 0.4 }
    [[interventions]]
    period = 40
    set = { "market.data_pooling" = true, "firms.forgetful.learning.individual" = true, "firms.forgetful.experience" = "butler", "firms.portfolio.price" = { rule = "value-share", share = 0.4 }, "experiences.butler.control" = 0.3 }
    "#;

/// The same with kinds of needs in one population, and firms that tell them apart.
pub fn with_kinds() -> String {
    let kinds = "need.kinds = [{ name = \"routine\", share = 3, mistake_cost = 0.01 }, \
                 { name = \"important\", share = 1, agency_cost = 0.5, variety = 0.8 }]\n    mistake_cost = 0.05";
    let by_need = "by_need = { important = \"curated-offering\" }, by_population";
    EVERYTHING
        .replacen("mistake_cost = 0.05", kinds, 1)
        .replacen("by_population", by_need, 1)
        .replacen("max_agency = 0.5", "max_agency = 0.5, max_stakes = 0.02", 1)
        .replacen(
            "fixed_cost = 1.0",
            "fixed_cost = 1.0\n    range_cost = 0.4",
            1,
        )
}
