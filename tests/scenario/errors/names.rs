//! Names: forbidden, repeated, unknown.

use crate::errors::{end, firm, market, mistakes, problems, top};

mistakes! {
    name_of_scenario_with_blank: problems(&top("name = \"my market\""));
    name_of_scenario_empty: problems(&top("name = \"\""));
    name_of_firm_with_dot: problems(&end("[[firms]]\nname = \"acme.com\"\nexperience = \"coach-behavior\""));
    name_of_firm_empty: problems(&end("[[firms]]\nname = \"\"\nexperience = \"coach-behavior\""));
    name_of_population_with_star: problems(&end("[[populations]]\nname = \"*\""));
    name_with_blank_at_the_end: problems(&end("[[populations]]\nname = \"tourists \""));
    name_with_line_break: problems(&end("[[populations]]\nname = \"tour\\nists\""));
    name_too_long: problems(&end(&format!("[[populations]]\nname = \"{}\"", "a".repeat(61))));
    name_of_experience_with_dot: problems(&top("[experiences.\"a.b\"]\ncontrol = 0.5"));
    name_of_firm_twice: problems(&end("[[firms]]\nname = \"acme\"\nexperience = \"coach-behavior\""));
    name_of_population_twice: problems(&end("[[populations]]\nname = \"commuters\""));
    name_twice_through_count: problems(&market(
        "", "", "count = 2", "[[firms]]\nname = \"acme-2\"\nexperience = \"coach-behavior\""
    ));
    experience_misspelt: problems(&end("[[firms]]\nname = \"b\"\nexperience = \"curated-ofering\""));
    experience_unknown: problems(&end("[[firms]]\nname = \"b\"\nexperience = \"teleportation\""));
    experience_misspelt_in_firm_defaults: problems(
        "[firm_defaults]\nexperience = \"coach\"\n[[populations]]\nname = \"p\"\n[[firms]]\nname = \"a\"\n[[firms]]\nname = \"b\"\ncount = 2"
    );
    experience_as_number: problems(&firm("[[firms]]\nname = \"b\"\nexperience = 3"));
}
