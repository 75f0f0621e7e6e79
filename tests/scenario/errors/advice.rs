//! What messages advise works: each mistake here is mended word by word as its message says, and then all is fine.

use super::{end, firm, market, population, problems, top};
use flywheel::scenario::Scenario;

/// A text with a mistake, what the message about it says, and the text as that says.
fn follow(wrong: &str, advice: &str, mended: &str) {
    let shown = problems(wrong);
    assert!(shown.contains(advice), "\"{advice}\" is not said:\n{shown}");
    assert!(
        shown.contains("1 problem"),
        "one mistake is several problems:\n{shown}"
    );
    if let Err(still) = Scenario::from_toml_with(mended, "market.toml", "market", &[]) {
        panic!("the advice \"{advice}\" does not work:\n{still}");
    }
}

#[test]
fn numbers_in_other_notations() {
    for (written, meant) in [(".4", "0.4"), ("1.", "1.0"), ("0,4", "0.4"), ("40%", "0.4")] {
        follow(
            &firm(&format!("price = {written}")),
            &format!("write {meant}"),
            &firm(&format!("price = {meant}")),
        );
    }
    follow(
        &population("customers = 2,000"),
        "write 2000",
        &population("customers = 2000"),
    );
}

#[test]
fn curly_quotes_and_semicolons() {
    follow(&firm("price = 0.3;"), "write 0.3", &firm("price = 0.3"));
    for curly in [
        "“A market”",
        "”A market”",
        "„A market“",
        "«A market»",
        "‘A market’",
    ] {
        follow(
            &top(&format!("title = {curly}")),
            "write \"A market\"",
            &top("title = \"A market\""),
        );
    }
}

#[test]
fn a_value_in_place_of_a_table() {
    for (key, value, inside) in [
        ("agency", "0.4", "agency.mean = 0.4"),
        ("need", "0.4", "need.rate = 0.4"),
        ("taste", "0.4", "taste.spread = 0.4"),
    ] {
        follow(
            &population(&format!("{key} = {value}")),
            inside,
            &population(inside),
        );
    }
    follow(
        &firm("learning = false"),
        "learning.individual = false",
        &firm("learning.individual = false"),
    );
}

#[test]
fn a_key_of_a_table_as_one_word() {
    follow(
        &population("need_rate = 0.4"),
        "did you mean `need.rate`?",
        &population("need.rate = 0.4"),
    );
    follow(
        &population("agency-mean = 0.4"),
        "did you mean `agency.mean`?",
        &population("agency.mean = 0.4"),
    );
    follow(
        &firm("learning_inertia = 9"),
        "did you mean `learning.inertia`?",
        &firm("learning.inertia = 9"),
    );
    follow(
        &top("[market]\nfriction_request = 0.1"),
        "did you mean `friction.request`?",
        &top("[market]\nfriction.request = 0.1"),
    );
}

#[test]
fn a_range_of_whole_numbers() {
    let axis = |range: &str| {
        end(&format!(
            "[[sweep.axes]]\nkey = \"populations.commuters.customers\"\nrange = {range}"
        ))
    };
    let wrong = axis("{ from = 10, to = 14, steps = 4 }");
    assert!(
        problems(&wrong).contains("steps = 2, 3, 5"),
        "{}",
        problems(&wrong)
    );
    for steps in [2, 3, 5] {
        let mended = axis(&format!("{{ from = 10, to = 14, steps = {steps} }}"));
        follow(&wrong, "whole are, for example", &mended);
    }
    follow(
        &axis("{ from = 10, to = 12, steps = 9, scale = \"log\" }"),
        "give fewer steps",
        &axis("{ from = 10, to = 12, steps = 3, scale = \"log\" }"),
    );
}

#[test]
fn tables_that_charts_and_moments_need() {
    let tables = "tables = [\"periods\", \"firms\", \"market\", \"map\"]";
    follow(
        &top("[simulation.record]\nmap = [5, 10]"),
        tables,
        &top(&format!("[simulation.record]\nmap = [5, 10]\n{tables}")),
    );
    for kind in ["map", "learning"] {
        let chart = format!("[[charts]]\nkind = \"{kind}\"");
        let tables = tables.replace("map", kind);
        follow(
            &end(&chart),
            &tables,
            &market(&format!("[simulation.record]\n{tables}"), "", "", &chart),
        );
    }
}

#[test]
fn an_empty_list_means_what_leaving_it_out_means() {
    let analysis = |lines: &str| {
        end(&format!(
            "[[analyses]]\nkind = \"loop\"\nfirm = \"acme\"\n{lines}"
        ))
    };
    follow(
        &analysis("periods = []"),
        "periods = [20, 100, 200]",
        &analysis("periods = [20, 100, 200]"),
    );
    let game = |lines: &str| {
        let second = "[[firms]]\nname = \"bolt\"\nexperience = \"coach-behavior\"";
        let text = end(&format!("{second}\n[[analyses]]\nkind = \"game\"\n{lines}"));
        Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{problems}"))
    };
    let empty = game("players = []\nstrategies = []");
    assert_eq!(empty, game(""));
    assert_eq!(Scenario::from_toml(&empty.to_toml()).as_ref(), Ok(&empty));
}

#[test]
fn names_that_programs_misread() {
    for (name, reason) in [
        ("NA", "a missing value"),
        ("null", "a missing value"),
        ("true", "true or false"),
        ("001", "a number"),
        ("=1+1", "a formula"),
        ("-x", "a formula"),
    ] {
        let wrong = end(&format!(
            "[[firms]]\nname = \"{name}\"\nexperience = \"coach-behavior\""
        ));
        let mended = wrong.replace(&format!("\"{name}\""), "\"firm x\"");
        if name.contains('=') {
            assert!(problems(&wrong).contains("cannot be the name"));
        } else {
            follow(&wrong, reason, &mended);
        }
        let label = end(&format!("[chart_style.labels]\nacme = \"{name}\""));
        follow(
            &label,
            reason,
            &end("[chart_style.labels]\nacme = \"The acme\""),
        );
    }
    for name in ["con", "NUL", "com1"] {
        let wrong = top(&format!("name = \"{name}\""));
        follow(
            &wrong,
            "Windows keeps it",
            &top(&format!("name = \"market-{name}\"")),
        );
    }
}

#[test]
fn characters_that_no_page_can_show() {
    for code in ["\\u0000", "\\u0007", "\\uFFFE", "\\uFFFF"] {
        let wrong = top(&format!("title = \"A{code}B\""));
        follow(&wrong, "which no page can show", &top("title = \"AB\""));
    }
    let long = |length: usize| top(&format!("title = \"{}\"", "x".repeat(length)));
    follow(&long(501), "at most 500", &long(500));
}

#[test]
fn many_problems_are_counted_and_the_first_are_shown() {
    let lines: String = (0..8_000).map(|n| format!("nonsense_{n} = 1\n")).collect();
    let before = std::time::Instant::now();
    let shown = problems(&top(&lines));
    let taken = before.elapsed();
    assert!(
        shown.ends_with("8000 problems in market.toml: the first 20 are shown, 7980 more follow"),
        "{shown}"
    );
    assert_eq!(shown.matches("error: ").count(), 20);
    // a tenth of what it used to take, in a build without optimisation on a busy machine
    assert!(taken.as_secs() < 10, "{taken:?}");
}

/// Where no period would do, what has to be longer or shorter is named.
#[test]
fn times_that_a_short_market_does_not_have() {
    let market = |periods: u32, kind: &str, more: &str| {
        let analysis =
            format!("[[analyses]]\nkind = \"{kind}\"\nfirm = \"acme\"\nperiod = 1\n{more}");
        format!(
            "[simulation]\nperiods = {periods}\n{}",
            super::end(&analysis)
        )
    };
    for kind in ["amplification", "feedback"] {
        for periods in [1, 5, 12] {
            follow(
                &market(periods, kind, ""),
                "simulation.periods should be 13 or more",
                &market(13, kind, ""),
            );
        }
    }
    follow(
        &market(3, "loop", "window = 5\n"),
        "`window` should be at most 2",
        &market(3, "loop", "window = 2\n"),
    );
    follow(
        &market(1, "loop", "window = 5\n"),
        "simulation.periods should be 6 or more",
        &market(6, "loop", "window = 5\n"),
    );
}
