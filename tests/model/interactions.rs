//! The table `interactions`: every transaction and false alarm, one by one.

use std::collections::BTreeMap;

use flywheel::scenario::{Firm, RecordedTable, Scenario};
use flywheel::table::Batch;

use crate::run::{Run, assert_close, finish, run, scenario, start, text, value};

/// Two populations, more customers than a block holds, turnover, and a firm that acts unasked.
fn lively() -> Scenario {
    let mut scenario = scenario(4_500, 25)
        .firm(Firm::new("one", "coach-behavior"))
        .firm(Firm::new("two", "automatic-execution"));
    scenario.populations[0].turnover = 0.03;
    scenario.populations.push({
        let mut others = scenario.populations[0].clone();
        others.name = "others".to_owned();
        others.customers = 300;
        others
    });
    scenario.simulation.record.tables = RecordedTable::ALL.to_vec();
    scenario
}

/// Count, and sums of fit, willingness to pay, knowledge and price, by period, firm and population: of transactions.
fn sums(run: &Run) -> BTreeMap<(i64, String, String), [f64; 7]> {
    let rows = &run.records.interactions;
    let mut sums = BTreeMap::new();
    for row in 0..rows.rows() {
        let key = (
            rows.integers("period")[row],
            text(rows, "firm", row).to_owned(),
            text(rows, "population", row).to_owned(),
        );
        let sum = sums.entry(key).or_insert([0.0; 7]);
        if text(rows, "kind", row) == "false_alarm" {
            sum[0] += 1.0;
            assert!(value(rows, "fit", row).is_nan() && value(rows, "price", row).is_nan());
            continue;
        }
        sum[1] += 1.0;
        sum[2] += f64::from(text(rows, "kind", row) == "detected");
        sum[3] += f64::from(u8::from(rows.flags("first")[row]));
        for (sum, column) in sum[4..].iter_mut().zip(["fit", "wtp", "knowledge"]) {
            *sum += value(rows, column, row);
        }
    }
    sums
}

#[test]
fn they_add_up_to_the_table_of_periods() {
    let run = run(&lively(), 0);
    let sums = sums(&run);
    let periods = &run.records.periods;
    let mut alarms = 0.0;
    for row in 0..periods.rows() {
        let key = (
            periods.integers("period")[row],
            text(periods, "firm", row).to_owned(),
            text(periods, "population", row).to_owned(),
        );
        let own = sums.get(&key).copied().unwrap_or([0.0; 7]);
        for (own, column) in
            own.iter()
                .zip(["false_alarms", "transactions", "detected", "first_time"])
        {
            assert_eq!(*own, value(periods, column, row), "{column} of {key:?}");
        }
        alarms += own[0];
        for (own, column) in own[4..].iter().zip(["fit", "wtp", "knowledge"]) {
            if value(periods, "transactions", row) > 0.0 {
                let mean = own / value(periods, "transactions", row);
                assert_close(mean, value(periods, column, row), 1e-9, column);
            }
        }
    }
    assert!(alarms > 10.0, "the test has seen false alarms");
}

#[test]
fn rows_are_in_order_and_a_customer_is_first_once() {
    let run = run(&lively(), 0);
    let rows = &run.records.interactions;
    let key = |row: usize| {
        let population = u8::from(text(rows, "population", row) == "others");
        (
            rows.integers("period")[row],
            population,
            rows.integers("customer")[row],
        )
    };
    assert!((1..rows.rows()).all(|row| key(row - 1) < key(row)));
    let mut met = std::collections::BTreeSet::new();
    for row in 0..rows.rows() {
        let (_, population, customer) = key(row);
        let who = (
            population,
            customer,
            rows.integers("arrived")[row],
            rows.labels("firm")[row],
        );
        let transacts = text(rows, "kind", row) != "false_alarm";
        assert_eq!(
            transacts && met.insert(who),
            rows.flags("first")[row],
            "row {row}"
        );
    }
}

#[test]
fn the_readable_form_writes_the_same() {
    let scenario = lively();
    let mut market = start(&scenario, 1);
    market.set_one_by_one(true);
    let readable = finish(&scenario, market).records.interactions;
    assert!(format!("{readable:?}") == format!("{:?}", run(&scenario, 1).records.interactions));
}

#[test]
fn the_first_customers_and_some_periods_can_be_chosen() {
    let mut scenario = lively();
    let all = run(&scenario, 0).records;
    scenario.simulation.record.customers = 40;
    scenario.simulation.record.from = 5;
    scenario.simulation.record.every = 3;
    let some = run(&scenario, 0).records;
    let mut expected = all.interactions.clone();
    let (periods, customers) = (
        expected.integers("period").to_vec(),
        expected.integers("customer").to_vec(),
    );
    expected.retain(|row| customers[row] < 40 && periods[row] >= 5 && (periods[row] - 5) % 3 == 0);
    assert!(expected.rows() > 10);
    assert!(format!("{expected:?}") == format!("{:?}", some.interactions));
    // nothing else depends on it
    let rest = |batches: [&Batch; 9]| format!("{:?}", batches.map(Batch::columns));
    let [mut with, mut without] = [all.clone(), some];
    with.interactions = without.interactions.clone();
    assert!(rest(with.batches()) == rest(without.batches()));
    without.interactions = all.interactions;
    scenario.simulation.record.tables = RecordedTable::OVER_PERIODS.to_vec();
    assert_eq!(run(&scenario, 0).records.interactions.rows(), 0);
}
