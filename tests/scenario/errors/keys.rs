//! Unknown, missing and misplaced keys and tables.

use crate::errors::{end, firm, market, mistakes, population, problems, top};

mistakes! {
    key_typo_at_the_top: problems(&top("titel = \"Commuters\""));
    key_typo_in_a_table_name: problems(&top("[simulatoin]\nperiods = 10"));
    key_typo_in_simulation: problems(&top("[simulation]\nperiod = 10"));
    key_typo_in_market: problems(&top("[market]\nfit_tolerence = 1.0"));
    key_typo_in_a_subtable: problems(&top("[market]\nfriction.requst = 0.1"));
    key_typo_in_a_population: problems(&population("awarness = 0.2"));
    key_typo_in_a_population_subtable: problems(&population("need = { rat = 0.2 }"));
    key_typo_in_a_firm: problems(&firm("prize = 0.2"));
    key_typo_in_learning: problems(&firm("[firms.learning]\nindividually = true"));
    key_typo_in_firm_defaults: problems(&top("[firm_defaults]\nprise = 0.2"));
    key_typo_in_an_experience: problems(&top("[experiences.coach-behavior]\ncontroll = 0.2"));
    key_typo_in_a_rule: problems(&firm("price = { rule = \"value-share\", shares = 0.4 }"));
    key_typo_in_a_step: problems(
        "[[populations]]\nname = \"p\"\n[[firms]]\nname = \"f\"\n\
         experience = { rule = \"graduated\", steps = [{ experience = \"coach-behavior\" }, { experience = \"automatic-execution\", knowlege = 0.5 }] }"
    );
    key_typo_in_an_intervention: problems(&end("[[interventions]]\nperiode = 3\nset = { \"firms.acme.price\" = 0.2 }"));
    key_in_the_wrong_table: problems(&top("seed = 7"));
    key_with_hyphen: problems(&population("data-sharing = 0.5"));
    key_name_missing: problems("[[populations]]\ncustomers = 10\n[[firms]]\nname = \"f\"\nexperience = \"coach-behavior\"");
    key_experience_missing: problems("[[populations]]\nname = \"p\"\n[[firms]]\nname = \"f\"\nprice = 0.2");
    key_firms_missing: problems("[[populations]]\nname = \"p\"");
    key_populations_missing: problems("[[firms]]\nname = \"f\"\nexperience = \"coach-behavior\"");
    one_mistake_is_reported_once: problems(&market(
        "", "nmae = \"x\"\nneed.rat = 2", "price = { rule = \"value\" }",
        "[[firm]]\nname = \"b\"\n[[interventions]]\nperiod = 3\nset = { \"firms.acme.price.share\" = 0.3 }"
    ));
    misspelt_table_is_not_missing_too: problems(
        "[[populations]]\nname = \"p\"\n[[firm]]\nname = \"f\"\nexperience = \"coach-behavior\"\n\
         [[interventions]]\nperiod = 3\nset = { \"firms.f.price\" = 0.3 }"
    );
    windows_line_ends: problems("title = \"x\"\r\n[market]\r\nfit = 1\r\n[[populations]]\r\nname = \"p\"\r\n[[firms]]\r\nname = \"f\"\r\nexperience = \"coach-behavior\"\r\n");
    key_set_missing: problems(&end("[[interventions]]\nperiod = 3"));
    key_count_in_firm_defaults: problems(&top("[firm_defaults]\ncount = 3"));
    experience_of_ones_own_incomplete: problems(&top("[experiences.concierge]\ncontrol = 0.2\nselection = \"firm\"\nsupport.request = 0.5"));
    experience_preset_misspelt: problems(&top("[experiences.coach-behaviour]\ncontrol = 0.2"));
    menu_without_size: problems(&top("[experiences.automatic-execution]\nselection = \"menu\""));
    tables_with_single_brackets: problems("[[populations]]\nname = \"p\"\n[firms]\nname = \"f\"\nexperience = \"coach-behavior\"");
    table_with_double_brackets: problems(&top("[[market]]\nfit_tolerance = 1.0"));
    table_given_as_number: problems(&top("market = 3"));
    several_at_once: problems(&market(
        "[simulation]\nperiods = 0\nsede = 3",
        "customers = 0\nturnover = 2.0",
        "price = -1",
        "[[interventions]]\nperiod = 400\nset = { \"firms.acne.price\" = 0.2 }"
    ));
}
