//! Kinds of needs in scenario files: what is allowed, what is said of mistakes, and their paths.

use flywheel::scenario::{Override, Scenario};

/// A market with two kinds of needs and a firm with this experience, with lines at the end.
fn market(experience: &str, end: &str) -> Result<Scenario, String> {
    let text = format!(
        "[[populations]]\n\
         name = \"households\"\n\
         need.kinds = [{{ name = \"refill\", share = 3 }}, {{ name = \"gift\", share = 1, mistake_cost = 1.0 }}]\n\
         [[populations]]\n\
         name = \"offices\"\n\
         [[firms]]\n\
         name = \"range\"\n\
         experience = {experience}\n\
         {end}\n"
    );
    Scenario::from_toml(&text).map_err(|problems| problems.to_string())
}

const BY_NEED: &str = "{ rule = \"portfolio\", by_need = { gift = \"curated-offering\" }, otherwise = \"coach-behavior\" }";

#[track_caller]
fn assert_says(found: Result<Scenario, String>, words: &[&str]) {
    let said = found.expect_err("a mistake");
    for word in words {
        assert!(said.contains(word), "`{word}` is missing in:\n{said}");
    }
}

#[test]
fn a_portfolio_may_go_by_need() {
    market(BY_NEED, "").expect("sound");
    let both = "{ rule = \"portfolio\", by_need = { gift = \"curated-offering\", refill = \"automatic-execution\", any = \"coach-behavior\" } }";
    market(both, "").expect("every kind of every population is named");
}

#[test]
fn a_kind_that_a_portfolio_leaves_out_is_named() {
    let rule = "{ rule = \"portfolio\", by_need = { gift = \"curated-offering\" } }";
    let words = [
        "says nothing about `refill of households` and `offices`",
        "otherwise",
    ];
    assert_says(market(rule, ""), &words);
}

#[test]
fn a_misspelt_kind_is_found() {
    let rule = BY_NEED.replace("gift", "gfit");
    assert_says(market(&rule, ""), &["no kind of need named `gfit`", "gift"]);
}

#[test]
fn the_first_step_has_no_stakes() {
    let rule =
        "{ rule = \"graduated\", steps = [{ experience = \"coach-behavior\", max_stakes = 0.5 }] }";
    assert_says(market(rule, ""), &["first step", "leave out `max_stakes`"]);
}

#[test]
fn kinds_have_names_of_their_own_and_shares_above_zero() {
    let twice = "[[populations]]\nname = \"p\"\nneed.kinds = [{ name = \"a\", share = 1 }, { name = \"a\", share = 0 }]";
    let words = ["two kinds are named `a`", "populations.p.need.kinds"];
    assert_says(market("\"coach-behavior\"", twice), &words);
    let share = "[[populations]]\nname = \"p\"\nneed.kinds = [{ name = \"a\", share = 0 }]";
    assert_says(market("\"coach-behavior\"", share), &["share"]);
}

#[test]
fn interventions_and_overrides_reach_a_kind() {
    let path = "populations.households.need.kinds.gift.mistake_cost";
    let change =
        |path: &str| format!("[[interventions]]\nperiod = 5\nset = {{ \"{path}\" = 2.0 }}");
    let scenario = market(BY_NEED, &change(path)).expect("sound");
    let phases = scenario.phases().expect("sound");
    let stakes = |n: usize| phases[n].populations[0].need.kinds[1].mistake_cost;
    assert_eq!((stakes(0), stakes(1)), (Some(1.0), Some(2.0)));
    let renamed = change("populations.households.need.kinds.gift.name");
    assert_says(
        market(BY_NEED, &renamed),
        &["cannot change while the market runs"],
    );
    let unknown = change("populations.households.need.kinds.gfit.share");
    assert_says(market(BY_NEED, &unknown), &["`gfit`", "gift"]);

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("kinds.toml");
    std::fs::write(&file, market(BY_NEED, "").expect("sound").to_toml()).expect("space");
    let set = format!("{path}=0.5");
    let loaded = Scenario::load(&file, &[Override::parse(&set).expect("a path")]);
    let kinds = &loaded.expect("sound").populations[0].need.kinds;
    assert_eq!(kinds[1].mistake_cost, Some(0.5));
}

#[test]
fn sweeps_reach_a_kind() {
    let axis = "[sweep]\n[[sweep.axes]]\nkey = \"populations.households.need.kinds.gift.share\"\nvalues = [0.5, 4.0]";
    market(BY_NEED, axis).expect("a sound sweep");
}
