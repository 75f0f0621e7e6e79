//! Values of the wrong type or out of range.

use crate::errors::{end, firm, market, mistakes, population, problems, top};

mistakes! {
    type_text_for_number: problems(&population("awareness = \"0.5\""));
    type_word_for_number: problems(&population("awareness = \"high\""));
    type_number_for_text: problems(&top("title = 2026"));
    type_float_for_whole_number: problems(&population("customers = 5000.0"));
    type_fraction_for_whole_number: problems(&population("customers = 10.5"));
    type_text_for_boolean: problems(&top("[market]\ndata_pooling = \"true\""));
    type_number_for_boolean: problems(&firm("learning.individual = 1"));
    type_number_for_list: problems(&population("taste.mean = 0.5"));
    type_text_in_list: problems(&population("taste.mean = [0.5, \"left\"]"));
    type_number_for_table: problems(&population("need = 0.5"));
    type_boolean_for_price: problems(&firm("price = true"));
    type_date_for_number: problems(&population("awareness = 2026-01-01"));
    range_too_low: problems(&population("awareness = -0.1"));
    range_too_high: problems(&population("need.rate = 1.5"));
    range_exclusive_low: problems(&population("choice_noise = 0"));
    range_exclusive_high: problems(&top("[simulation]\ndiscount_rate = 1.0"));
    range_exclusive_both: problems(&population("agency.mean = 1"));
    range_half_open: problems(&population("belief_speed = 0.0"));
    range_price_negative: problems(&firm("price = -0.3"));
    range_funding_negative: problems(&firm("funding = -10"));
    range_seed_negative: problems(&top("[simulation]\nseed = -1"));
    range_seed_too_large: problems(&top("[simulation]\nseed = 18446744073709551616"));
    range_dimensions_zero: problems(&top("[market]\ntaste_dimensions = 0"));
    range_dimensions_nine: problems(&top("[market]\ntaste_dimensions = 9"));
    range_customers_zero: problems(&population("customers = 0"));
    range_customers_too_many: problems(&population("customers = 5000000000"));
    range_customers_too_many_together: problems(&market(
        "", "customers = 4000000000", "", "[[populations]]\nname = \"tourists\"\ncustomers = 4000000000"
    ));
    range_count_zero: problems(&firm("count = 0"));
    range_count_too_large: problems(&firm("count = 1000000"));
    not_a_number: problems(&population("awareness = nan"));
    infinity: problems(&firm("price = inf"));
    negative_infinity: problems(&top("[market]\nreputation.initial = -inf"));
    not_a_number_in_list: problems(&population("taste.mean = [nan, 0.0]"));
    not_a_number_in_intervention: problems(&end("[[interventions]]\nperiod = 3\nset = { \"firms.acme.price\" = nan }"));
    number_beyond_floats: problems(&firm("price = 1e999"));
    word_unknown: problems(&top("[market]\nreputation.of = \"newcommers\""));
    word_unknown_selection: problems(&top("[experiences.coach-behavior]\nselection = \"customers\""));
    funding_unknown_word: problems(&firm("funding = \"unlimitted\""));
    taste_mean_too_long: problems(&population("taste.mean = [0.5, 0.5, 0.5]"));
    taste_mean_too_short: problems(&market("[market]\ntaste_dimensions = 3", "taste.mean = [0.5]", "", ""));
    drift_above_spread: problems(&population("taste = { spread = 0.5, drift = 0.6 }"));
    list_of_populations_empty: problems("populations = []\n[[firms]]\nname = \"f\"\nexperience = \"coach-behavior\"");
    list_of_firms_empty: problems("firms = []\n[[populations]]\nname = \"p\"");
}
