//! Variants: what they cannot set, and what they are called.

use crate::errors::{end, mistakes, problems};

fn variant(lines: &str) -> String {
    problems(&end(&format!("[[variants]]\nname = \"other\"\n{lines}")))
}

mistakes! {
    variant_of_an_unknown_firm: variant("set.\"firms.acne.price\" = 0.2");
    variant_of_an_unknown_key: variant("set.\"firms.acme.prize\" = 0.2");
    variant_with_a_value_out_of_range: variant("set.\"populations.*.awareness\" = 1.2");
    variant_with_the_seed: variant("set.\"simulation.seed\" = 2");
    variant_with_other_periods: variant("set.\"simulation.periods\" = 20");
    variant_with_more_firms: variant("set.\"firms.acme.count\" = 2");
    variant_with_a_head_start_of_an_unknown_firm: variant("head_start = { firm = \"acne\", period = 3 }");
    variant_with_a_head_start_after_the_end: variant("head_start = { firm = \"acme\", period = 300 }");
    variants_that_both_set_nothing: variant("[[variants]]\nname = \"same\"");
    variant_called_base: problems(&end("[[variants]]\nname = \"base\"\nset.\"firms.acme.price\" = 0.2"));
    variants_of_one_name: variant("[[variants]]\nname = \"other\"\nset.\"firms.acme.price\" = 0.2");
    variant_of_what_the_sweep_varies: variant("set.\"firms.*.price\" = 0.2\n[[sweep.axes]]\nkey = \"firms.acme.price\"\nvalues = [0.1, 0.2]");
    variant_whose_values_do_not_go_together: variant("set.\"populations.*.taste.drift\" = 3.0");
}
