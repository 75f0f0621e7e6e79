//! Hypotheses: statements that cannot be read, or are about what is not there.

use crate::errors::{end, market, mistakes, problems};

fn claim(holds_if: &str, lines: &str) -> String {
    problems(&end(&format!(
        "[[hypotheses]]\nclaim = \"It is so\"\nholds_if = \"{holds_if}\"\n{lines}"
    )))
}

fn limit(key: &str, from: &str, to: &str, more: &str) -> String {
    format!("limit = {{ key = \"{key}\", from = {from}, to = {to}{more} }}")
}

mistakes! {
    hypothesis_without_a_comparison: claim("share of acme", "");
    hypothesis_without_whose_figure: claim("share > 0.5", "");
    hypothesis_of_an_unknown_firm: claim("share of acne > 0.5", "");
    hypothesis_of_an_unknown_quantity: claim("shares of acme > 0.5", "");
    hypothesis_of_an_unknown_quantity_of_the_market: claim("share of market > 0.5", "");
    hypothesis_of_an_unknown_population: claim("share of acme among comuters > 0.5", "");
    hypothesis_of_an_unknown_variant: claim("share of acme in aware > 0.5", "");
    hypothesis_after_the_end: claim("share of acme in periods 290 to 300 > 0.5", "");
    hypothesis_in_periods_after_the_end: claim("share of acme > 0.5", "periods = { from = 10, to = 300 }");
    hypothesis_of_a_population_alone: claim("profit of acme among commuters > 0.5", "");
    hypothesis_without_confidence: claim("share of acme > 0.5", "confidence = 1.0");
    hypothesis_without_its_rows: problems(&market("simulation.record.every = 2", "", "", "[[hypotheses]]\nclaim = \"It is so\"\nholds_if = \"fit of acme in period 3 > 0.5\""));
    hypothesis_of_an_unknown_parameter: claim("populations.commuters.awarness - share of acme > 0", "");
    hypothesis_of_a_parameter_that_is_no_number: claim("populations.commuters.taste > 0", "");
    hypothesis_of_an_analysis_that_is_not_asked: claim("feedback.factor of acme > 1", "");
    hypothesis_of_an_analysis_for_another_period: claim("feedback.factor of acme in period 30 > 1", "[[analyses]]\nkind = \"feedback\"\nfirm = \"acme\"\nperiods = [10, 20]");
    hypothesis_of_an_analysis_without_periods: claim("sources.total of acme in period 30 > 1", "[[analyses]]\nkind = \"sources\"\nfirm = \"acme\"");
    hypothesis_of_an_unknown_figure_of_an_analysis: claim("feedback.faktor of acme > 1", "");
    limit_along_an_unknown_parameter: claim("share of acme > 0.5", &limit("populations.*.awarness", "0.1", "0.9", ""));
    limit_beyond_what_a_parameter_takes: claim("share of acme > 0.5", &limit("populations.*.awareness", "0.1", "1.9", ""));
    limit_that_goes_nowhere: claim("share of acme > 0.5", &limit("populations.*.awareness", "0.1", "0.1", ""));
    limit_and_limits: claim("share of acme > 0.5", &(limit("populations.*.awareness", "0.1", "0.9", "") + "\nlimits = [{ key = \"firms.*.price\", from = 0.1, to = 0.9 }]"));
    limit_along_what_a_variant_sets: claim("share of acme in dear > 0.5", &(limit("firms.*.price", "0.1", "0.9", "") + "\n[[variants]]\nname = \"dear\"\nset = { \"firms.acme.price\" = 0.5 }"));
    limit_in_a_sweep: claim("share of acme > 0.5", &(limit("populations.*.awareness", "0.1", "0.9", "") + "\n[[sweep.axes]]\nkey = \"firms.*.price\"\nvalues = [0.1, 0.2]"));
    limit_with_an_unknown_key_of_a_rule: claim("share of acme > 0.5", &limit("firms.acme.price.share", "0.1", "0.9", ", set = { \"populations.*.awareness\" = 0.5 }"));
    hypotheses_to_decide_without_any: problems(&market("simulation.until_decided = { at_most = 50 }", "", "", ""));
    hypotheses_to_decide_with_too_few: claim("share of acme > 0.5", "[simulation.until_decided]\nat_most = 5");
}
