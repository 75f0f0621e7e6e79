//! The table `learning`: what the first, second, … transaction of customers with a firm is like.

use flywheel::scenario::{Firm, RecordedTable, Scenario};

use crate::run::{Run, assert_close, captive, run, scenario, value};

fn recorded(mut scenario: Scenario) -> Run {
    scenario.simulation.record.tables = RecordedTable::ALL.to_vec();
    run(&scenario, 0)
}

/// A column of a firm's curve.
fn curve(run: &Run, firm: usize, column: &str) -> Vec<f64> {
    (0..61)
        .map(|row| value(&run.records.learning, column, firm * 61 + row))
        .collect()
}

#[test]
fn it_is_there_only_when_asked_for() {
    let scenario = captive(100, 3, "curated-offering");
    let (without, with) = (run(&scenario, 0), recorded(scenario));
    assert_eq!(without.records.learning.rows(), 0);
    assert_eq!(with.records.learning.rows(), 61);
    let rest = |run: &Run| format!("{:?}", &run.records.batches()[..3]);
    assert_eq!(rest(&without), rest(&with));
}

#[test]
fn knowledge_grows_with_the_number_as_bayes_has_it() {
    let mut scenario = captive(200, 70, "curated-offering");
    scenario.firms[0].learning.population = false;
    let run = recorded(scenario);
    let [n, transactions, knowledge, fit] =
        ["n", "transactions", "knowledge", "fit"].map(|column| curve(&run, 0, column));
    for row in 0..60 {
        assert_eq!((n[row], transactions[row]), (row as f64 + 1.0, 200.0));
        // before transaction n there were n - 1 observations
        let variance = 1.0 / (row as f64 / (0.16 + 2.56) + 1.0 / 1.49);
        assert_close(knowledge[row], 1.0 - variance / 1.49, 1e-5, "knowledge");
        // everybody's transaction n is in period n - 1
        assert_close(fit[row], run.period("fit", row, 0, 0), 1e-12, "fit");
    }
    assert_eq!((n[60], transactions[60]), (61.0, 10.0 * 200.0));
}

#[test]
fn it_counts_every_transaction_once() {
    let mut scenario = scenario(1_000, 120)
        .firm(Firm::new("one", "coach-behavior"))
        .firm(Firm::new("two", "automatic-execution"));
    scenario.populations[0].turnover = 0.03;
    scenario.populations.push({
        let mut others = scenario.populations[0].clone();
        others.name = "others".to_owned();
        others
    });
    scenario.market.data_portability = 1.0;
    let run = recorded(scenario);
    for firm in 0..2 {
        let sum = |column, t| (0..2).map(|s| run.period(column, t, firm, s)).sum::<f64>();
        let total = |column| (0..120).map(|t| sum(column, t)).sum::<f64>();
        let counts = curve(&run, firm, "transactions");
        assert_eq!(counts.iter().sum::<f64>(), total("transactions"));
        // a newcomer's first transaction is number 1, whatever history it brings along
        assert_eq!(counts[0], total("first_time"));
        let first_fit: f64 = (0..120)
            .flat_map(|t| (0..2).map(move |s| (t, s)))
            .filter(|&(t, s)| run.period("first_time", t, firm, s) > 0.0)
            .map(|(t, s)| {
                run.period("first_time", t, firm, s) * run.period("first_fit", t, firm, s)
            })
            .sum();
        assert_close(
            curve(&run, firm, "fit")[0],
            first_fit / counts[0],
            1e-9,
            "first fit",
        );
    }
}
