//! Needs handled per second: the engine, with everything on and its tables recorded, against a plain
//! loop written for one case, on one core; and on all cores.
//!
//! Run with `cargo bench --bench engine`. Throughput is printed in elements (needs) per second.

mod reference;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flywheel::experiment::{Cancel, Cells, Folder, Runner, Study};
use flywheel::model::{Market, Plan};
use flywheel::scenario::{Firm, Population, Scenario, presets};

/// The default market with one firm per experience.
fn four_experiences(customers: u32, periods: u32) -> Scenario {
    let population = Population {
        customers,
        ..Population::named("customers")
    };
    let mut scenario = Scenario::new("four-experiences").population(population);
    for (name, _) in presets() {
        scenario = scenario.firm(Firm::new(name, name));
    }
    scenario.simulation.periods = periods;
    scenario
}

fn engine(scenario: &Scenario, replicate: u32) -> usize {
    let mut market = Market::new(scenario, replicate).expect("a sound scenario");
    while !market.is_done() {
        market.step();
    }
    market.into_records().periods.rows()
}

/// Sizes: customers and periods, chosen for some two million needs each.
const SIZES: [(u32, u32); 2] = [(5_000, 300), (100_000, 60)];

fn one_core(c: &mut Criterion) {
    for (customers, periods) in SIZES {
        let mut group = c.benchmark_group(format!("{customers} customers, one core"));
        let needs = reference::run(customers as usize, periods, 1).needs;
        group
            .throughput(Throughput::Elements(needs))
            .sample_size(10);
        group.bench_function("plain loop", |b| {
            b.iter(|| black_box(reference::run(customers as usize, periods, 1).shares));
        });
        let scenario = four_experiences(customers, periods);
        group.bench_function("engine", |b| b.iter(|| black_box(engine(&scenario, 0))));
        group.finish();
    }
}

fn all_cores(c: &mut Criterion) {
    let mut scenario = four_experiences(5_000, 300);
    scenario.simulation.replicates = 8;
    let cells = Cells {
        points: 1,
        replicates: 8,
    };
    let parent = tempfile::tempdir().expect("a folder");
    let folder = Folder::prepare(parent.path(), &scenario).expect("a folder");
    let study = Study {
        folder: &folder,
        journal: ".cells",
        identity: "a benchmark",
        plan: &|_| Plan::new(&scenario),
    };
    let needs = 8.0 * 0.3 * 5_000.0 * 300.0;
    let mut group = c.benchmark_group("8 replicates of 5000 customers");
    group
        .throughput(Throughput::Elements(needs as u64))
        .sample_size(10);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        group.bench_function(format!("{threads} threads"), |b| {
            b.iter(|| {
                let runner = Runner {
                    pool: &pool,
                    cancel: &Cancel::default(),
                };
                // what an earlier iteration kept must not count
                study.open(true).expect("space");
                let done = study.run(runner, &cells, &mut |_, _| (), &mut |_| ());
                assert!(done.expect("all cells"));
            });
        });
    }
    group.finish();
}

criterion_group!(benches, one_core, all_cores);
criterion_main!(benches);
