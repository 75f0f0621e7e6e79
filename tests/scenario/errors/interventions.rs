//! Interventions: periods, paths and values.

use crate::errors::{end, market, mistakes, population, problems};

/// An intervention in period 10 that sets these.
fn set(changes: &str) -> String {
    problems(&end(&format!(
        "[[interventions]]\nperiod = 10\nset = {{ {changes} }}"
    )))
}

mistakes! {
    intervention_after_the_end: problems(&end("[[interventions]]\nperiod = 300\nset = { \"firms.acme.price\" = 0.2 }"));
    intervention_before_the_start: problems(&end("[[interventions]]\nperiod = -1\nset = { \"firms.acme.price\" = 0.2 }"));
    intervention_sets_nothing: problems(&end("[[interventions]]\nperiod = 10\nset = {}"));
    intervention_on_simulation: set("\"simulation.periods\" = 20");
    intervention_on_unknown_table: set("\"firm.acme.price\" = 0.2");
    intervention_on_unknown_firm: set("\"firms.acne.price\" = 0.2");
    intervention_on_unknown_population: set("\"populations.commuter.need.rate\" = 0.2");
    intervention_on_unknown_experience: set("experiences.coaching.control = 0.2");
    intervention_on_unknown_key: set("\"firms.acme.prize\" = 0.2");
    intervention_on_unknown_subkey: set("\"populations.*.need.rates\" = 0.2");
    intervention_on_fixed_key_of_firm: set("\"firms.acme.assortment\" = 20");
    intervention_on_fixed_key_of_population: set("\"populations.commuters.customers\" = 20");
    intervention_on_fixed_key_of_market: set("market.fit_tolerance = 2.0");
    intervention_path_too_short: set("\"firms.acme\" = 0.2");
    intervention_path_too_long: set("\"firms.acme.fixed_cost.value\" = 0.2");
    intervention_wrong_type: set("\"firms.acme.price\" = \"cheap\"");
    intervention_out_of_range: set("\"populations.*.data_sharing\" = 1.5");
    intervention_number_for_boolean: set("\"firms.*.learning.individual\" = 0");
    intervention_on_experience_misspelt: set("\"firms.acme.experience\" = \"coach\"");
    intervention_on_rule_key_of_plain_price: set("\"firms.acme.price.share\" = 0.6");
    intervention_on_unknown_rule_key: problems(&market(
        "", "", "price = { rule = \"value-share\" }",
        "[[interventions]]\nperiod = 10\nset = { \"firms.acme.price.shares\" = 0.6 }"
    ));
    intervention_drift_above_spread: problems(&market(
        "", "taste = { spread = 1.0, drift = 0.3 }", "",
        "[[interventions]]\nperiod = 10\nset = { \"populations.commuters.taste.spread\" = 0.2 }"
    ));
    intervention_mean_of_wrong_length: set("\"populations.commuters.taste\" = { mean = [1.0] }");
    intervention_menu_without_size: set("\"experiences.automatic-execution.selection\" = \"menu\"");
    intervention_set_as_list: problems(&population("[[interventions]]\nperiod = 10\nset = [\"firms.acme.price\", 0.2]"));
}
