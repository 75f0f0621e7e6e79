//! The fast customer step gives the same bytes as the readable one, whatever the scenario does and on every
//! instruction set of the machine.

use flywheel::model::{HeadStart, InstructionSet, Market, Perturbation, Plan, Records};
use flywheel::table::{Batch, Values};

use crate::everything::{EVERYTHING, load, with_kinds};

/// The scenario with everything on, or with kinds of needs besides, for so many customers; all tables are recorded.
fn sized(text: &str, [busy, careful]: [u32; 2]) -> String {
    let tables =
        "discount_rate = 0.01, record.tables = [\"periods\", \"firms\", \"market\", \"learning\"]";
    text.replace("discount_rate = 0.01", tables)
        .replace("customers = 250", &format!("customers = {busy}"))
        .replace("customers = 150", &format!("customers = {careful}"))
}

/// More customers than a block has, and fewer.
const SIZES: [u32; 2] = [4500, 700];

/// The tables of a market, and its map at the end, which shows tastes and what firms believe.
fn outcome(plan: &Plan, set_up: impl FnOnce(&mut Market)) -> (Records, String) {
    let mut market = plan.market(0);
    set_up(&mut market);
    while !market.is_done() {
        market.step();
    }
    let map = format!("{:?}", market.map(usize::MAX));
    (market.into_records(), map)
}

/// The first value that differs between two tables: column, row and both values.
fn first_difference(one: &Batch, other: &Batch) -> Option<String> {
    // the text of a number is exact, and unlike the number, empty equals empty
    let text = |values: &Values| match values {
        Values::Integer(values) => values.iter().map(|x| format!("{x:?}")).collect::<Vec<_>>(),
        Values::Number(values) => values.iter().map(|x| format!("{x:?}")).collect(),
        Values::Text(values) => values.iter().map(|x| format!("{x:?}")).collect(),
        Values::Flag(values) => values.iter().map(|x| format!("{x:?}")).collect(),
        Values::Answer(values) => values.iter().map(|x| format!("{x:?}")).collect(),
    };
    assert_eq!(one.rows(), other.rows());
    let columns = one.columns().iter().zip(other.columns()).enumerate();
    let differences = columns.filter_map(|(column, (one, other))| {
        let (one, other) = (text(one), text(other));
        let row = (0..one.len()).find(|&row| one[row] != other[row])?;
        Some((
            row,
            column,
            format!("{} instead of {}", one[row], other[row]),
        ))
    });
    let first = differences.min()?;
    Some(format!("row {}, column {}: {}", first.0, first.1, first.2))
}

/// Holds that two outcomes are the same.
fn assert_equal(one: &(Records, String), other: &(Records, String), what: &str) {
    let batches = one.0.batches().into_iter().zip(other.0.batches());
    for (one, other) in batches {
        assert_eq!(first_difference(one, other), None, "{what}");
    }
    assert!(one.1 == other.1, "{what}: maps differ");
}

fn plan(text: &str) -> Plan {
    Plan::new(&load(&smaller_under_miri(text))).expect("a sound scenario")
}

fn everything() -> Plan {
    plan(&sized(EVERYTHING, SIZES))
}

/// The market itself, or for Miri, which takes a thousand times as long, a small one in which the same happens.
fn smaller_under_miri(text: &str) -> String {
    if !cfg!(miri) {
        return text.to_owned();
    }
    text.replace("periods = 60", "periods = 12")
        .replace("period = 20", "period = 3")
        .replace("period = 30", "period = 5")
        .replace("period = 40", "period = 7")
        .replace("entry = 8", "entry = 2")
        .replace("review_every = 5", "review_every = 3")
        .replace("review_every = 7", "review_every = 4")
        .replace("customers = 4500", "customers = 50")
        .replace("customers = 700", "customers = 20")
}

/// Runs a market on every instruction set and compares tables and the state at the end with customers one by one.
fn assert_same(plan: &Plan) {
    let plain = outcome(plan, |market| market.set_one_by_one(true));
    for set in InstructionSet::available() {
        let fast = outcome(plan, |market| market.set_instructions(set));
        assert_equal(&fast, &plain, set.name());
    }
}

#[test]
fn the_kernel_gives_the_same_bytes_as_customers_one_by_one() {
    assert_same(&everything());
}

#[test]
fn the_kernel_gives_the_same_bytes_in_every_number_of_dimensions() {
    for dimensions in 1..=8 {
        let text = sized(EVERYTHING, [300, 100])
            .replace(
                "taste_dimensions = 3",
                &format!("taste_dimensions = {dimensions}"),
            )
            .replace("mean = [0.5, -0.5, 0.0], ", "")
            .replace("mean = [-0.5, 0.5, 1.0], ", "")
            .replace("\"populations.*.taste.mean\" = [0.0, 0.0, 0.5], ", "");
        assert_same(&plan(&text));
    }
}

#[test]
fn the_kernel_gives_the_same_bytes_with_kinds_of_needs() {
    let text = sized(&with_kinds(), SIZES);
    let plan = plan(&text);
    assert_same(&plan);
    let (records, _) = outcome(&plan, |_| {});
    assert_eq!(records.kinds.rows() as u32, 6 * 2 * plan.periods());
    for firm in ["portfolio", "graduated"] {
        let pushed = self::plan(&text).with_perturbation(every_push(firm));
        assert_same(&pushed.expect("a sound perturbation"));
    }
}

/// A perturbation of every kind.
fn every_push(firm: &str) -> Perturbation {
    Perturbation {
        window: 20,
        head_start: HeadStart::Observations(2.0),
        fit: 0.05,
        wtp: 0.03,
        taught_twice: 0.4,
        ..Perturbation::of(firm, 15)
    }
}

#[test]
fn the_kernel_gives_the_same_bytes_with_a_perturbed_firm() {
    let unperturbed = outcome(&everything(), |_| {});
    for firm in ["portfolio", "graduated", "adaptive"] {
        let plan = everything()
            .with_perturbation(every_push(firm))
            .expect("a sound perturbation");
        assert_same(&plan);
        let perturbed = outcome(&plan, |_| {});
        let difference = first_difference(&perturbed.0.firms, &unperturbed.0.firms);
        assert!(difference.is_some(), "{firm}");
    }
}

#[test]
fn a_perturbation_of_no_size_changes_no_byte() {
    let unperturbed = outcome(&everything(), |_| {});
    for firm in ["forgetful", "graduated"] {
        let none = everything()
            .with_perturbation(Perturbation::of(firm, 0))
            .expect("a sound perturbation");
        assert_equal(&outcome(&none, |_| {}), &unperturbed, firm);
        let none = Perturbation {
            head_start: HeadStart::Observations(0.0),
            ..Perturbation::of(firm, 20)
        };
        let none = everything().with_perturbation(none);
        let plain = outcome(&none.expect("sound"), |market| market.set_one_by_one(true));
        assert_equal(&plain, &unperturbed, firm);
    }
}

#[test]
fn nothing_happens_before_the_perturbation() {
    let begun = |plan: &Plan| {
        let mut market = plan.market(0);
        (0..15).for_each(|_| market.step());
        let map = format!("{:?}", market.map(usize::MAX));
        (market.into_records(), map)
    };
    let perturbed = everything().with_perturbation(every_push("graduated"));
    let (one, other) = (begun(&everything()), begun(&perturbed.expect("sound")));
    assert_equal(&one, &other, "before the perturbation");
}
