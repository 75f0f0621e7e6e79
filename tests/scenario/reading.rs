//! A scenario file becomes a complete scenario: defaults, merges, groups, overrides, interventions.

use flywheel::scenario::{
    Experience, ExperienceRule, Firm, Funding, Override, Phase, Population, PriceRule, Scenario,
    Selection, Step, Warning, json_schema, preset, presets, template,
};

/// Two firms and one population, and whatever else the test is about.
fn with(more: &str) -> Scenario {
    let text = format!(
        "{more}\n\
         [[populations]]\nname = \"commuters\"\n\
         [[firms]]\nname = \"acme\"\nexperience = \"curated-offering\"\n\
         [[firms]]\nname = \"bolt\"\nexperience = \"coach-behavior\"\n"
    );
    load(&text, &[])
}

fn load(text: &str, overrides: &[&str]) -> Scenario {
    let overrides: Vec<Override> = overrides
        .iter()
        .map(|text| Override::parse(text).unwrap_or_else(|problems| panic!("{problems}")))
        .collect();
    Scenario::from_toml_with(text, "market.toml", "market", &overrides)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn phases(scenario: &Scenario) -> Vec<Phase> {
    scenario
        .phases()
        .unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn what_is_left_out_has_the_defaults_of_the_types() {
    let scenario = with("");
    let mut expected = Scenario::new("market");
    let mut population = Population::named("commuters");
    population.taste.mean = vec![0.0, 0.0];
    expected.populations.push(population);
    expected.firms = vec![
        Firm::new("acme", "curated-offering"),
        Firm::new("bolt", "coach-behavior"),
    ];
    assert_eq!(scenario, expected);
}

#[test]
fn taste_means_are_zeros_in_every_dimension() {
    let scenario = with("[market]\ntaste_dimensions = 5");
    assert_eq!(scenario.populations[0].taste.mean, vec![0.0; 5]);
}

#[test]
fn firm_defaults_fill_key_by_key_and_rules_as_a_whole() {
    let scenario = load(
        "[firm_defaults]\n\
         experience = \"coach-behavior\"\n\
         price = { rule = \"value-share\", share = 0.8, speed = 0.2 }\n\
         learning = { individual = false, prior_sd = 0.9 }\n\
         fixed_cost = 3\n\
         [[populations]]\nname = \"p\"\n\
         [[firms]]\nname = \"a\"\nlearning = { individual = true }\n\
         [[firms]]\nname = \"b\"\nexperience = \"curated-offering\"\nfixed_cost = 1\n\
         price = { rule = \"value-share\", start = 0.1 }\n",
        &[],
    );
    let [a, b] = scenario.firms.as_slice() else {
        panic!("two firms")
    };
    assert_eq!(a.experience, ExperienceRule::Fixed("coach-behavior".into()));
    assert!(a.learning.individual);
    assert_eq!((a.learning.prior_sd, b.learning.prior_sd), (0.9, 0.9));
    assert!(!b.learning.individual);
    assert_eq!((a.fixed_cost, b.fixed_cost), (3.0, 1.0));
    let rule = |share, start, speed| PriceRule::ValueShare {
        share,
        start,
        speed,
    };
    assert_eq!(a.price, rule(0.8, 0.3, 0.2));
    // nothing of the default rule is left in a firm's own
    assert_eq!(b.price, rule(0.5, 0.1, 0.1));
}

#[test]
fn a_count_above_one_makes_numbered_firms() {
    let scenario = load(
        "[[populations]]\nname = \"p\"\n\
         [[firms]]\nname = \"one\"\ncount = 1\nexperience = \"coach-behavior\"\n\
         [[firms]]\nname = \"trio\"\ncount = 3\nexperience = \"coach-behavior\"\nprice = 0.4\n",
        &[],
    );
    let names: Vec<&str> = scenario.firms.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["one", "trio-1", "trio-2", "trio-3"]);
    assert!(scenario.firms.iter().all(|firm| firm.count == 1));
    assert_eq!(scenario.firms[3].price, PriceRule::Fixed(0.4));
}

#[test]
fn presets_can_be_changed_key_by_key_and_joined_by_others() {
    let scenario = with(
        "[experiences.coach-behavior]\nsupport.recognize = 0.6\nmenu_size = 4\n\
         [experiences.concierge]\ncontrol = 1\nselection = \"firm\"\nsignal_noise = 1\n\
         support = { recognize = 0, request = 1, respond = 1 }\n\
         false_alarm = 0\nunit_cost = 0.5\neased_by_familiarity = 0",
    );
    let mut expected: Vec<(String, Experience)> =
        presets().map(|(name, e)| (name.to_owned(), e)).to_vec();
    expected[2].1.support.recognize = 0.6;
    expected[2].1.menu_size = Some(4);
    let names: Vec<&String> = scenario.experiences.keys().collect();
    assert_eq!(names.len(), 5);
    for (name, experience) in &expected {
        assert_eq!(&scenario.experiences[name], experience, "{name}");
    }
    let concierge = &scenario.experiences["concierge"];
    assert_eq!(concierge.selection, Selection::Firm);
    assert_eq!(concierge.menu_size, None);
}

#[test]
fn rules_have_the_defaults_of_the_model() {
    let scenario = load(
        "[[populations]]\nname = \"p\"\n\
         [[firms]]\nname = \"a\"\nexperience = { rule = \"adaptive\", candidates = [\"coach-behavior\"] }\n\
         [[firms]]\nname = \"i\"\nexperience = { rule = \"imitate\", start = \"coach-behavior\" }\n\
         [[firms]]\nname = \"g\"\nexperience = { rule = \"graduated\", steps = [{ experience = \"coach-behavior\" }] }\n\
         price = { rule = \"value-share\" }\nfunding = 2\n",
        &[],
    );
    let coach = || "coach-behavior".to_owned();
    let expected = [
        ExperienceRule::Adaptive {
            candidates: vec![coach()],
            review_every: 20,
            explore: 0.1,
            memory: 0.5,
        },
        ExperienceRule::Imitate {
            start: coach(),
            review_every: 20,
            explore: 0.05,
        },
        ExperienceRule::Graduated {
            steps: vec![Step {
                experience: coach(),
                knowledge: 0.0,
                max_agency: 1.0,
                max_stakes: None,
            }],
            agency_error: 0.15,
        },
    ];
    for (firm, rule) in scenario.firms.iter().zip(expected) {
        assert_eq!(firm.experience, rule);
    }
    let price = PriceRule::ValueShare {
        share: 0.5,
        start: 0.3,
        speed: 0.1,
    };
    assert_eq!(scenario.firms[2].price, price);
    assert_eq!(scenario.firms[2].funding, Funding::Limit(2.0));
}

#[test]
fn overrides_reach_every_part_of_a_scenario() {
    let text = "[[populations]]\nname = \"p\"\n[[populations]]\nname = \"q\"\n\
        [[firms]]\nname = \"a\"\nexperience = \"curated-offering\"\n\
        [[firms]]\nname = \"trio\"\ncount = 3\nexperience = \"coach-behavior\"\n";
    let scenario = load(
        text,
        &[
            "name=other",
            "simulation.periods=7",
            "market.friction.request = 0.5",
            "populations.*.need.rate=0.9",
            "populations.q.need.rate=0.1",
            "firms.trio.price=0.7",
            "firms.a.experience=automatic-execution",
            "firm_defaults.fixed_cost=2",
            "experiences.automatic-execution.control=0.8",
            "experiences.*.unit_cost=0.1",
        ],
    );
    assert_eq!(scenario.name, "other");
    assert_eq!(scenario.simulation.periods, 7);
    assert_eq!(scenario.market.friction.request, 0.5);
    assert_eq!(scenario.populations[0].need.rate, 0.9);
    assert_eq!(scenario.populations[1].need.rate, 0.1);
    assert_eq!(scenario.firms[0].price, PriceRule::Fixed(0.3));
    for firm in &scenario.firms[1..] {
        assert_eq!(firm.price, PriceRule::Fixed(0.7));
    }
    let automatic = ExperienceRule::Fixed("automatic-execution".into());
    assert_eq!(scenario.firms[0].experience, automatic);
    assert!(scenario.firms.iter().all(|firm| firm.fixed_cost == 2.0));
    let experience = &scenario.experiences["automatic-execution"];
    assert_eq!(experience.control, 0.8);
    assert!(scenario.experiences.values().all(|e| e.unit_cost == 0.1));
    let changed = preset("automatic-execution").map(|e| e.signal_noise);
    assert_eq!(Some(experience.signal_noise), changed);
}

#[test]
fn interventions_become_concrete_and_sorted() {
    let scenario = load(
        "[[populations]]\nname = \"p\"\n[[populations]]\nname = \"q\"\n\
         [[firms]]\nname = \"duo\"\ncount = 2\nexperience = \"coach-behavior\"\n\
         [[interventions]]\nperiod = 50\nset = { \"populations.*.need.rate\" = 1 }\n\
         [[interventions]]\nperiod = 20\nset.firms.duo.price = 0.5\nset.market.data_pooling = true\n",
        &[],
    );
    let [first, second] = scenario.interventions.as_slice() else {
        panic!("two interventions")
    };
    assert_eq!((first.period, second.period), (20, 50));
    let keys: Vec<&String> = first.set.keys().collect();
    assert_eq!(
        keys,
        [
            "firms.duo-1.price",
            "firms.duo-2.price",
            "market.data_pooling"
        ]
    );
    let keys: Vec<&String> = second.set.keys().collect();
    assert_eq!(keys, ["populations.p.need.rate", "populations.q.need.rate"]);
    // a whole number where a number is meant
    assert!(second.set.values().all(|v| v.as_float() == Some(1.0)));
}

#[test]
fn without_interventions_there_is_one_phase() {
    let scenario = with("");
    let phases = phases(&scenario);
    assert_eq!(phases.len(), 1);
    assert_eq!(phases[0].from, 0);
    assert_eq!(phases[0].firms, scenario.firms);
    assert_eq!(phases[0].populations, scenario.populations);
    assert_eq!(phases[0].market, scenario.market);
    assert_eq!(phases[0].experiences, scenario.experiences);
}

#[test]
fn phases_hold_everything_in_force() {
    let scenario = with(
        "[[interventions]]\nperiod = 9\nset = { \"populations.commuters.taste.mean\" = [1, -1] }\n\
         [[interventions]]\nperiod = 4\nset = { \"firms.*.price\" = 0.5, \"firms.acme.price\" = 0.6 }\n\
         [[interventions]]\nperiod = 4\nset = { \"firms.bolt.price\" = 0.7, \"experiences.coach-behavior.support\" = { recognize = 0.1 } }\n\
         [[interventions]]\nperiod = 0\nset = { \"market.friction\" = { request = 0.4 } }",
    );
    let phases = phases(&scenario);
    let starts: Vec<u32> = phases.iter().map(|phase| phase.from).collect();
    assert_eq!(starts, [0, 0, 4, 9]);
    let prices = |phase: &Phase| {
        phase
            .firms
            .iter()
            .map(|f| f.price.clone())
            .collect::<Vec<_>>()
    };
    let fixed = |a, b| vec![PriceRule::Fixed(a), PriceRule::Fixed(b)];
    assert_eq!(prices(&phases[1]), fixed(0.3, 0.3));
    assert_eq!(prices(&phases[2]), fixed(0.6, 0.7));
    assert_eq!(prices(&phases[3]), fixed(0.6, 0.7));
    let requests: Vec<f64> = phases.iter().map(|p| p.market.friction.request).collect();
    assert_eq!(requests, [0.2, 0.4, 0.4, 0.4]);
    // the rest of a table that is set in part stays
    assert_eq!(phases[1].market.friction.respond, 0.2);
    let coach = &phases[2].experiences["coach-behavior"].support;
    assert_eq!((coach.recognize, coach.request), (0.1, 0.5));
    assert_eq!(phases[2].populations[0].taste.mean, [0.0, 0.0]);
    assert_eq!(phases[3].populations[0].taste.mean, [1.0, -1.0]);
}

#[test]
fn a_later_wildcard_replaces_what_was_set_before() {
    let scenario = with(
        "[[interventions]]\nperiod = 4\nset = { \"firms.acme.price\" = 0.6, \"firms.*.price\" = 0.5 }",
    );
    let prices: Vec<PriceRule> = phases(&scenario)[1]
        .firms
        .iter()
        .map(|f| f.price.clone())
        .collect();
    assert_eq!(prices, [PriceRule::Fixed(0.5), PriceRule::Fixed(0.5)]);
}

#[test]
fn an_intervention_can_change_a_key_of_the_rule_in_force() {
    let scenario = with(
        "[[interventions]]\nperiod = 8\nset = { \"firms.acme.price.share\" = 0.6 }\n\
         [[interventions]]\nperiod = 4\nset = { \"firms.acme.price\" = { rule = \"value-share\" } }",
    );
    let expected = PriceRule::ValueShare {
        share: 0.6,
        start: 0.3,
        speed: 0.1,
    };
    assert_eq!(phases(&scenario)[2].firms[0].price, expected);
}

#[test]
fn a_scenario_in_code_is_checked_like_a_file() {
    let mut scenario = Scenario::new("code")
        .population(Population::named("everyone"))
        .firm(Firm::new("acme", "coach-behavior"));
    assert_eq!(scenario.check(), Ok(()));
    scenario.populations[0].need.rate = f64::NAN;
    scenario.firms[0].price = PriceRule::Fixed(-1.0);
    scenario.market.taste_dimensions = 0;
    let problems = scenario.check().expect_err("three problems");
    assert_eq!(problems.problems.len(), 3, "{problems}");
    assert!(scenario.phases().is_err());
    assert!(Scenario::new("nobody").check().is_err());
}

#[test]
fn a_scenario_can_be_varied() {
    let scenario = with("");
    let change = Override::parse("firms.bolt.learning.population=false").expect("an override");
    let varied = scenario.with_overrides(&[change]).expect("a scenario");
    let mut expected = scenario.clone();
    expected.firms[1].learning.population = false;
    assert_eq!(varied, expected);
}

#[test]
fn places_name_line_column_and_path() {
    let text = "[[populations]]\nname = \"Zürich\"\nneed = { rate = 2 }\n\
        [[firms]]\nname = \"a\"\nexperience = \"coach-behavior\"\n";
    let problems = Scenario::from_toml(text).expect_err("a problem");
    let place = problems.problems[0].place.as_ref().expect("a place");
    assert_eq!((place.line, place.column), (3, 17));
    assert_eq!(place.path, "populations.Zürich.need.rate");
    assert_eq!(place.file, "scenario");
}

#[test]
fn a_mark_at_the_start_of_a_file_is_no_column() {
    let problems = Scenario::from_toml("\u{feff}titel = 3").expect_err("a problem");
    let place = problems.problems[0].place.as_ref().expect("a place");
    assert_eq!((place.line, place.column), (1, 1));
}

#[test]
fn colours_are_only_there_when_wanted() {
    let problems = Scenario::from_toml("titel = 3").expect_err("a problem");
    assert!(problems.render(true).contains("\u{1b}["));
    assert!(!problems.render(false).contains('\u{1b}'));
    assert_eq!(problems.render(false), problems.to_string());
}

#[test]
fn the_largest_seed_survives_writing_and_reading() {
    let scenario = with("[simulation]\nseed = 9223372036854775807");
    assert_eq!(i64::try_from(scenario.simulation.seed), Ok(i64::MAX));
    assert_eq!(
        Scenario::from_toml(&scenario.to_toml()).as_ref(),
        Ok(&scenario)
    );
}

#[test]
fn what_is_perhaps_not_meant_is_a_warning() {
    let scenario = load(
        "[simulation]\nperiods = 50\nreplicates = 1\n[market]\nreputation.speed = 0.95\n\
         [experiences.idle]\ncontrol = 1\nselection = \"firm\"\nsignal_noise = 1\n\
         support = { recognize = 0, request = 1, respond = 1 }\n\
         false_alarm = 0\nunit_cost = 0.5\neased_by_familiarity = 0\n\
         [[populations]]\nname = \"p\"\n\
         [[firms]]\nname = \"late\"\nentry = 50\nexperience = \"coach-behavior\"\n\
         [[firms]]\nname = \"small\"\nassortment = 3\nexperience = \"coach-behavior\"\n\
         [[firms]]\nname = \"slow\"\nexperience = { rule = \"imitate\", start = \"coach-behavior\", review_every = 50 }\n\
         [[firms]]\nname = \"cheap\"\nprice = 0.05\nexperience = \"coach-behavior\"\n",
        &[],
    );
    let expected = [
        Warning::SingleReplicate,
        Warning::SwiftReputation { speed: 0.95 },
        Warning::EntersAfterEnd {
            firm: "late".into(),
            entry: 50,
            periods: 50,
        },
        Warning::MenuIsEverything {
            firm: "small".into(),
            experience: "coach-behavior".into(),
            assortment: 3,
        },
        Warning::NeverReviews {
            firm: "slow".into(),
            review_every: 50,
        },
        Warning::PriceBelowCost {
            firm: "cheap".into(),
            price: 0.05,
            cost: 0.1,
        },
        Warning::UnusedExperience {
            experience: "idle".into(),
        },
    ];
    assert_eq!(scenario.warnings(), expected);
    let text: Vec<String> = expected.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(text.join("\n"));
    // a Sobol sequence that is cut off anywhere, of points and of base samples
    let sampled = load(
        "[[populations]]\nname = \"p\"\n[[firms]]\nname = \"f\"\nexperience = \"coach-behavior\"\n\
         [sweep]\ndesign = \"sobol\"\nsamples = 100\n[[sweep.axes]]\nkey = \"firms.f.price\"\nrange = { from = 0.1, to = 0.4 }\n\
         [[analyses]]\nkind = \"sensitivity\"\nfirm = \"f\"\nsamples = 1000\n",
        &[],
    );
    let uneven = [100, 1000].map(|samples| Warning::UnevenSobol { samples });
    assert_eq!(sampled.warnings(), uneven);
    assert!(uneven[1].to_string().contains("1024"));
    assert_eq!(with("").warnings(), []);
}

#[test]
fn the_resolved_file_reads_well() {
    let scenario = load(
        "title = \"Two \\\"firms\\\"\"\ndescription = \"First line.\\nSecond line.\\n\"\n\
         [[populations]]\nname = \"early birds\"\n[[populations]]\nname = \"rest\"\n\
         [[firms]]\nname = \"a\"\nprice = { rule = \"value-share\" }\n\
         experience = { rule = \"portfolio\", by_population = { \"early birds\" = \"coach-behavior\" }, otherwise = \"curated-offering\" }\n\
         [[firms]]\nname = \"b\"\nfunding = 1e9\nexperience = { rule = \"graduated\", steps = [{ experience = \"coach-behavior\" }, { experience = \"automatic-execution\", knowledge = 0.5 }] }\n\
         [[interventions]]\nperiod = 3\nset = { \"populations.*.taste.mean\" = [1, 0], \"firms.b.price\" = { rule = \"value-share\" } }\n",
        &[],
    );
    insta::assert_snapshot!(scenario.to_toml());
    assert_eq!(load(&scenario.to_toml(), &[]), scenario);
}

#[test]
fn the_template_is_valid_and_shows_the_true_defaults() {
    let text = template("market");
    let scenario = load(&text, &[]);
    assert_eq!(scenario.firms.len(), 4);
    // every commented key, taken in, changes nothing: only the intervention, the sweep, and what is compared are new
    let all: Vec<&str> = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            // keys, but neither words nor the name of the schema
            Some(key) if !key.starts_with([' ', ':']) => key,
            _ => line,
        })
        .collect();
    let mut complete = load(&all.join("\n"), &[]);
    assert_eq!(complete.interventions.len(), 1);
    complete.interventions.clear();
    assert_eq!(complete.variants.len(), 1);
    complete.variants.clear();
    assert_eq!(complete.hypotheses.len(), 1);
    complete.hypotheses.clear();
    let sweep = complete.sweep.take().expect("the sweep of the template");
    assert_eq!(sweep.paths(), ["populations.*.need.rate", "firms.*.price"]);
    assert_eq!(complete, scenario);
    insta::assert_snapshot!(text);
}

#[test]
fn the_checked_in_schema_is_that_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/flywheel.schema.json");
    let stored = std::fs::read_to_string(path).expect("schema/flywheel.schema.json");
    let stored: serde_json::Value = serde_json::from_str(&stored).expect("JSON");
    assert!(
        stored == json_schema(),
        "the types have changed: run `cargo run -- schema > schema/flywheel.schema.json`"
    );
}

/// Validators refuse formats that they do not know, such as those of Rust's numbers.
#[test]
fn the_schema_has_no_formats() {
    fn formats(part: &serde_json::Value) -> usize {
        let own = usize::from(part.get("format").is_some_and(serde_json::Value::is_string));
        let inner = match part {
            serde_json::Value::Object(parts) => parts.values().map(formats).sum(),
            serde_json::Value::Array(parts) => parts.iter().map(formats).sum(),
            _ => 0,
        };
        own + inner
    }
    assert_eq!(formats(&flywheel::scenario::json_schema()), 0);
}

#[test]
fn every_key_of_the_schema_is_described() {
    fn undescribed(part: &serde_json::Value, path: &str, found: &mut Vec<String>) {
        for (key, property) in part["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{key}");
            if property["description"].is_null() && property["const"].is_null() {
                found.push(path);
            }
        }
        for choice in part["anyOf"].as_array().into_iter().flatten() {
            undescribed(choice, path, found);
        }
    }
    let schema = json_schema();
    let mut found = Vec::new();
    undescribed(&schema, "", &mut found);
    for (name, part) in schema["$defs"].as_object().into_iter().flatten() {
        undescribed(part, name, &mut found);
    }
    assert_eq!(found, Vec::<String>::new());
}
