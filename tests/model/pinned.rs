//! Results are pinned to the bit, and do not depend on threads: a change here belongs in the changelog.

use std::fmt::Write;

use flywheel::model::{Plan, Records};
use flywheel::scenario::{Firm, Scenario};
use flywheel::table::{Batch, Values};
use sha2::{Digest, Sha256};

use crate::everything::{EVERYTHING, load};
use crate::run::{Run, run, scenario};

/// A fingerprint of every bit of a table.
fn fingerprint(batch: &Batch) -> String {
    let mut hash = Sha256::new();
    for column in batch.columns() {
        match column {
            Values::Integer(values) => values.iter().for_each(|x| hash.update(x.to_le_bytes())),
            // all empty numbers are alike
            Values::Number(values) => values.iter().for_each(|x| {
                let bits = if x.is_nan() { u64::MAX } else { x.to_bits() };
                hash.update(bits.to_le_bytes());
            }),
            Values::Text(values) => values.iter().for_each(|label| {
                hash.update(batch.vocabulary().name(*label));
                hash.update([0]);
            }),
            Values::Flag(values) => values
                .iter()
                .for_each(|flag| hash.update([u8::from(*flag)])),
            Values::Answer(values) => {
                (values.iter()).for_each(|answer| hash.update([answer.map_or(2, u8::from)]));
            }
        }
    }
    hash.finalize()
        .iter()
        .take(8)
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn fingerprints(records: &Records) -> [String; 3] {
    [&records.periods, &records.firms, &records.market].map(fingerprint)
}

/// Every twentieth period in numbers that a person can judge.
fn excerpt(run: &Run, scenario: &Scenario) -> String {
    let mut text = String::new();
    for t in (0..run.periods).filter(|t| t % 20 == 0 || *t == run.periods - 1) {
        let _ = writeln!(text, "period {t}");
        for (j, firm) in scenario.firms.iter().enumerate() {
            let _ = writeln!(
                text,
                "  {:<10} customers {:>3} transactions {:>2} share {:.4} fit {:.5} wtp {:.5} knowledge {:.5} profit {:.5}",
                firm.name,
                run.firm("customers", t, j),
                run.firm("transactions", t, j),
                run.firm("share", t, j),
                run.firm("fit", t, j),
                run.firm("wtp", t, j),
                run.firm("knowledge", t, j),
                run.firm("cumulative_profit", t, j),
            );
        }
    }
    text
}

#[test]
fn a_small_market_with_everything_is_pinned() {
    let scenario = load(EVERYTHING);
    let run = run(&scenario, 0);
    let [periods, firms, market] = fingerprints(&run.records);
    let text = format!(
        "periods {periods}\nfirms {firms}\nmarket {market}\n\n{}",
        excerpt(&run, &scenario)
    );
    insta::assert_snapshot!(text);
}

#[test]
fn every_number_of_dimensions_is_pinned() {
    let mut text = String::new();
    for k in 1..=8 {
        let mut scenario = scenario(400, 20)
            .firm(Firm::new("curated", "curated-offering"))
            .firm(Firm::new("automatic", "automatic-execution"));
        scenario.market.taste_dimensions = k;
        scenario.market.fit_tolerance = (k as f64).sqrt();
        let [periods, firms, market] = fingerprints(&run(&scenario, 0).records);
        let _ = writeln!(
            text,
            "K = {k}: periods {periods}, firms {firms}, market {market}"
        );
    }
    insta::assert_snapshot!(text);
}

#[test]
fn threads_change_nothing() {
    // three blocks of customers in one population, one in the other
    let mut scenario = load(EVERYTHING);
    scenario.simulation.periods = 25;
    scenario
        .interventions
        .retain(|intervention| intervention.period < 25);
    scenario.populations[0].customers = 10_000;
    let alone = fingerprints(&run(&scenario, 0).records);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        let together = pool.install(|| {
            let plan = Plan::new(&scenario).expect("a sound scenario");
            let mut market = plan.parallel_market(0);
            while !market.is_done() {
                market.step();
            }
            fingerprints(&market.into_records())
        });
        assert_eq!(together, alone, "{threads} threads");
    }
}
