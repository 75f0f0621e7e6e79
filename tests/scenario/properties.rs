//! Of any scenario: what is written loads again as the same; of any text: it never panics.

use flywheel::scenario::{
    Axis, AxisRange, ExperienceRule, Firm, Funding, Override, Population, PriceRule, Scenario,
    Step, Sweep, presets, template,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn share() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0]
}

fn positive() -> impl Strategy<Value = f64> {
    prop_oneof![Just(1.0), Just(1e-6), Just(1e6), 0.001..1000.0]
}

/// A name that may need quotes in TOML, made unique by its number.
fn name(number: usize) -> impl Strategy<Value = String> {
    "[a-zA-Z0-9é#\\[\\]{},:/\\\\ _-]{0,12}".prop_map(move |text| format!("n{number} {text}x"))
}

fn experience_name() -> impl Strategy<Value = String> {
    (0..4usize).prop_map(|index| presets()[index].0.to_owned())
}

fn population(number: usize, dimensions: usize) -> impl Strategy<Value = Population> {
    let taste = (vec(-1e6..1e6, dimensions), positive(), share());
    let shares = (share(), share(), share(), share(), share());
    let rest = (1..1_000_000u32, positive(), positive(), 0.001..0.999);
    (name(number), taste, shares, rest).prop_map(|(name, taste, shares, rest)| {
        let mut population = Population::named(&name);
        population.taste.mean = taste.0;
        population.taste.spread = taste.1;
        population.taste.drift = taste.1 * taste.2;
        population.need.rate = shares.0;
        population.awareness = shares.1;
        population.data_sharing = shares.2;
        population.word_of_mouth = shares.3;
        population.turnover = shares.4;
        population.customers = rest.0;
        population.mistake_cost = rest.1;
        population.choice_noise = rest.2;
        population.agency.mean = rest.3;
        population
    })
}

fn experience_rule(populations: Vec<String>) -> impl Strategy<Value = ExperienceRule> {
    let steps = vec((experience_name(), share(), share()), 0..3);
    prop_oneof![
        experience_name().prop_map(ExperienceRule::Fixed),
        (vec(experience_name(), populations.len()), experience_name()).prop_map(
            move |(experiences, otherwise)| ExperienceRule::Portfolio {
                by_need: Default::default(),
                by_population: populations.iter().cloned().zip(experiences).collect(),
                otherwise: Some(otherwise),
            }
        ),
        (experience_name(), steps, positive()).prop_map(|(first, others, agency_error)| {
            let first = (first, 0.0, 1.0);
            let step = |(experience, knowledge, max_agency)| Step {
                experience,
                knowledge,
                max_agency,
                max_stakes: None,
            };
            ExperienceRule::Graduated {
                steps: std::iter::once(first).chain(others).map(step).collect(),
                agency_error,
            }
        }),
        (1..5usize, 1..50u32, share(), share()).prop_map(|(n, review_every, explore, memory)| {
            ExperienceRule::Adaptive {
                candidates: presets()[..n.min(4)]
                    .iter()
                    .map(|(name, _)| (*name).into())
                    .collect(),
                review_every,
                explore,
                memory,
            }
        }),
        (experience_name(), 1..50u32, share()).prop_map(|(start, review_every, explore)| {
            ExperienceRule::Imitate {
                start,
                review_every,
                explore,
            }
        }),
    ]
}

fn price_rule() -> impl Strategy<Value = PriceRule> {
    prop_oneof![
        positive().prop_map(PriceRule::Fixed),
        (share(), positive(), 0.001..=1.0).prop_map(|(share, start, speed)| {
            PriceRule::ValueShare {
                share,
                start,
                speed,
            }
        }),
    ]
}

fn firm(number: usize, populations: Vec<String>) -> impl Strategy<Value = Firm> {
    let learning = (any::<bool>(), any::<bool>(), positive(), 0.0..0.999);
    let rest = (1..100u32, share(), 0..400u32, option::of(positive()));
    let rules = (experience_rule(populations), price_rule());
    (name(number), rules, learning, rest).prop_map(|(name, rules, learning, rest)| {
        let mut firm = Firm::new(&name, "");
        (firm.experience, firm.price) = rules;
        firm.learning.individual = learning.0;
        firm.learning.population = learning.1;
        firm.learning.inertia = learning.2;
        firm.learning.population_forgetting = learning.3;
        firm.assortment = rest.0;
        firm.efficiency_gain = rest.1;
        firm.entry = rest.2;
        firm.funding = rest.3.map_or(Funding::Unlimited, Funding::Limit);
        firm
    })
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let people = (1..=8usize).prop_flat_map(|k| {
        (1..4usize)
            .prop_flat_map(move |n| (0..n).map(|i| population(i, k)).collect::<Vec<_>>())
            .prop_map(move |populations| (k, populations))
    });
    let market = people.prop_flat_map(|(dimensions, populations)| {
        let names: Vec<String> = populations.iter().map(|p| p.name.clone()).collect();
        let firms = (1..5usize)
            .prop_flat_map(move |n| (0..n).map(|i| firm(i, names.clone())).collect::<Vec<_>>());
        (Just(dimensions), Just(populations), firms)
    });
    let lines = "(line|'|''|\"|\\\\|\t|\r|\n|é| ){0,9}";
    let texts = (any::<String>(), lines);
    (market, texts, 0..=i64::MAX.unsigned_abs(), share()).prop_map(
        |(market, texts, seed, portability)| {
            let mut scenario = Scenario::new("any");
            (scenario.title, scenario.description) = texts;
            scenario.simulation.seed = seed;
            scenario.market.data_portability = portability;
            scenario.market.taste_dimensions = market.0;
            scenario.populations = market.1;
            scenario.firms = market.2;
            scenario
        },
    )
}

/// A piece of a scenario put in another's place.
fn pieces() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "nan",
        "-1",
        "1e999",
        "\"\"",
        "[]",
        "{}",
        "[[",
        "]]",
        "[",
        "]",
        "=",
        ".",
        "\n",
        "\"",
        "'''",
        "true",
        "*",
        "count = 3",
        "rule = \"adaptive\"",
        "[[interventions]]\nperiod = 1\nset.a.b = 1",
        "set = { \"firms.*.price.share\" = 1 }",
        "[sweep]\ndesign = \"list\"\n",
        "[[sweep.axes]]\nkey = \"firms.*.price\"\nvalues = [1, 2]\n",
        "[[sweep.axes]]\nkey = \"populations.*.taste.drift\"\nrange = { from = 0, to = 9, steps = 3 }\n",
        "[[sweep.points]]\nmarket.data_pooling = true\n",
        "[[analyses]]\nkind = \"sensitivity\"\n",
        "99999999999999999999999999",
        "2026-01-01",
        "é",
        "\u{0}",
    ])
    .prop_map(str::to_owned)
}

/// A value of an axis for each of some parameters, with how it is written.
fn axis(number: usize) -> impl Strategy<Value = Axis> {
    let keys = [
        "firms.*.fixed_cost",
        "populations.*.inertia",
        "market.fit_tolerance",
    ];
    let key = keys[number % keys.len()];
    let numbers = prop::collection::btree_set(1..1000u32, 1..5);
    let values = numbers.prop_map(move |numbers| {
        Axis::of_values(key, numbers.into_iter().map(|n| f64::from(n) / 8.0))
    });
    let range = (positive(), positive(), 2..20u32).prop_map(move |(from, more, steps)| {
        // far apart numbers would round to one
        let (from, to) = (
            from / 2.0 + 1e-6,
            (from + more.max(from)) / 2.0 * 0.999_999_9 + 2e-6,
        );
        Axis::of_range(key, AxisRange::steps(from, to, steps))
    });
    (
        prop_oneof![values, range],
        "(l[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{fffe}\u{ffff}]{0,8}x)?",
    )
        .prop_map(|(axis, label)| Axis { label, ..axis })
}

proptest! {
    #[test]
    fn a_written_sweep_loads_as_the_same(
        scenario in scenario(),
        axes in (1..4usize).prop_flat_map(|n| (0..n).map(axis).collect::<Vec<_>>()),
        common_random_numbers in any::<bool>(),
    ) {
        let sweep = Sweep { axes, common_random_numbers, ..Sweep::default() };
        let scenario = Scenario { sweep: Some(sweep), ..scenario };
        let text = scenario.to_toml();
        match Scenario::from_toml(&text) {
            Ok(again) => prop_assert_eq!(again, scenario),
            Err(problems) => prop_assert!(false, "{}\n{}", problems, text),
        }
    }

    #[test]
    fn a_written_scenario_loads_as_the_same(scenario in scenario()) {
        let text = scenario.to_toml();
        match Scenario::from_toml(&text) {
            Ok(again) => prop_assert_eq!(again, scenario),
            Err(problems) => prop_assert!(false, "{}\n{}", problems, text),
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        if let Err(problems) = Scenario::from_toml(&text) {
            prop_assert!(!problems.to_string().is_empty());
            prop_assert!(!problems.render(true).is_empty());
        }
    }

    #[test]
    fn no_override_panics(text in "[a-z.*=0-9\\[\\]{}\" -]{0,30}") {
        let scenario = template("market");
        if let Ok(change) = Override::parse(&text) {
            let result = Scenario::from_toml_with(&scenario, "market.toml", "market", &[change]);
            if let Err(problems) = result {
                prop_assert!(!problems.to_string().is_empty());
            }
        }
    }

    #[test]
    fn no_damaged_scenario_panics(
        scenario in scenario(),
        damage in vec((any::<prop::sample::Index>(), 0..40usize, pieces()), 1..4),
    ) {
        let mut text: Vec<char> = scenario.to_toml().chars().collect();
        for (at, length, piece) in damage {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.chars());
        }
        let text: String = text.into_iter().collect();
        match Scenario::from_toml(&text) {
            Ok(loaded) => {
                let again = Scenario::from_toml(&loaded.to_toml());
                prop_assert_eq!(again, Ok(loaded));
            }
            Err(problems) => prop_assert!(!problems.to_string().is_empty()),
        }
    }
}
