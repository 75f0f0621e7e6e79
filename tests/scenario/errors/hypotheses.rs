//! Hypotheses: statements that cannot be read, or are about what is not there.

use crate::errors::{end, market, mistakes, problems};

fn claim(holds_if: &str, lines: &str) -> String {
    problems(&end(&format!(
        "[[hypotheses]]\nclaim = \"It is so\"\nholds_if = \"{holds_if}\"\n{lines}"
    )))
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
    hypotheses_to_decide_without_any: problems(&market("simulation.until_decided = { at_most = 50 }", "", "", ""));
    hypotheses_to_decide_with_too_few: claim("share of acme > 0.5", "[simulation.until_decided]\nat_most = 5");
}
