//! `--set` on the command line.

use crate::errors::{mistakes, problems_of_set};

mistakes! {
    set_without_equals: problems_of_set("firms.acme.price");
    set_without_value: problems_of_set("firms.acme.price=");
    set_with_empty_part: problems_of_set("firms..price=3");
    set_with_broken_value: problems_of_set("populations.commuters.taste.mean=[0.1, 0.2");
    set_unknown_table: problems_of_set("markt.fit_tolerance=2");
    set_unknown_key: problems_of_set("market.friction.requst=0.1");
    set_unknown_firm: problems_of_set("firms.acne.price=0.2");
    set_member_of_group: problems_of_set("firms.trio-2.price=0.2");
    set_unknown_population: problems_of_set("populations.commuter.need.rate=0.2");
    set_unknown_experience: problems_of_set("experiences.coach-behaviour.control=0.2");
    set_wrong_type: problems_of_set("firms.acme.price=cheap");
    set_out_of_range: problems_of_set("populations.*.need.rate=1.2");
    set_too_short: problems_of_set("firms.acme=3");
    set_below_a_value: problems_of_set("firms.acme.experience.rule=adaptive");
    set_intervention: problems_of_set("interventions.period=3");
    set_unknown_experience_name: problems_of_set("firms.acme.experience=coach");
}
