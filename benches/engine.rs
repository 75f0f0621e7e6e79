//! Needs handled per second: the engine, with everything on and its tables recorded, against a plain
//! loop written for one case; and how that changes with size, features, instruction set and cores.
//!
//! Run with `cargo bench --bench engine`, or one group with `cargo bench --bench engine -- features`. Throughput
//! is printed in elements (needs) per second.

mod cases;
mod reference;

use std::hint::black_box;

use cases::Feature;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flywheel::experiment::{Cancel, Cells, Folder, Runner, Study};
use flywheel::model::{InstructionSet, Market, Plan};
use flywheel::scenario::{Firm, Scenario};
use flywheel::table::{Format, Metadata, Numbering, create};

/// The default market with one firm per experience.
fn four_experiences(customers: u32, periods: u32) -> Scenario {
    Feature::Plain.scenario(customers, periods, 1)
}

/// A replicate of a plan, which is made once for all of them.
fn engine(plan: &Plan) -> usize {
    let mut market = plan.market(0);
    while !market.is_done() {
        market.step();
    }
    market.into_records().periods.rows()
}

fn plan(scenario: &Scenario) -> Plan {
    Plan::new(scenario).expect("a sound scenario")
}

/// Sizes: customers and periods.
const SIZES: [(u32, u32); 3] = [(5_000, 300), (100_000, 60), (1_000_000, 20)];

/// The plain loop and the engine side by side.
fn side_by_side(c: &mut Criterion, name: String, feature: Feature, customers: u32, periods: u32) {
    let mut group = c.benchmark_group(name);
    let reference = || reference::run(feature, customers as usize, periods, 1);
    group
        .throughput(Throughput::Elements(reference().needs))
        .sample_size(10);
    group.bench_function("plain loop", |b| b.iter(|| black_box(reference())));
    let plan = plan(&feature.scenario(customers, periods, 1));
    group.bench_function("engine", |b| b.iter(|| black_box(engine(&plan))));
    group.finish();
}

fn one_core(c: &mut Criterion) {
    for (customers, periods) in SIZES {
        let name = format!("{customers} customers, one core");
        side_by_side(c, name, Feature::Plain, customers, periods);
    }
}

/// What scenarios may ask for besides the plain case, as far as the plain loop has it too.
fn features(c: &mut Criterion) {
    for feature in Feature::ALL {
        let name = format!("features: {}", feature.name());
        side_by_side(c, name, feature, 5_000, 100);
    }
}

/// A market of 5,000 customers and 100 periods in needs per second.
fn small(c: &mut Criterion, group: &str, markets: Vec<(String, Scenario)>) {
    let mut group = c.benchmark_group(group.to_owned());
    group
        .throughput(Throughput::Elements(150_000))
        .sample_size(10);
    for (name, scenario) in markets {
        let plan = plan(&scenario);
        group.bench_function(name, |b| b.iter(|| black_box(engine(&plan))));
    }
    group.finish();
}

/// What scenarios may ask for that the plain loop does not have.
fn more_features(c: &mut Criterion) {
    let with = |change: &dyn Fn(&mut Scenario)| {
        let mut scenario = four_experiences(5_000, 100);
        change(&mut scenario);
        scenario
    };
    let drifting = with(&|it| it.populations[0].taste.drift = 0.05);
    let portable = with(&|it| it.market.data_portability = 0.5);
    let markets = [("drifting tastes", drifting), ("portable data", portable)];
    let markets = markets.map(|(name, scenario)| (name.to_owned(), scenario));
    small(c, "more features", markets.into());
}

/// Taste dimensions, products and firms.
fn sizes(c: &mut Criterion) {
    let dimensions = [1, 2, 4, 8].map(|k| {
        let mut scenario = four_experiences(5_000, 100);
        scenario.market.taste_dimensions = k;
        (k.to_string(), scenario)
    });
    small(c, "taste dimensions", dimensions.into());
    let products = [12, 48, 192].map(|m| {
        let mut scenario = four_experiences(5_000, 100);
        scenario.firms.iter_mut().for_each(|it| it.assortment = m);
        (m.to_string(), scenario)
    });
    small(c, "products per firm", products.into());
    let firms = [4, 16, 64].map(|n: usize| {
        let mut scenario = four_experiences(5_000, 100);
        let four = std::mem::take(&mut scenario.firms);
        for (j, firm) in four.iter().cycle().take(n).enumerate() {
            let name = format!("{}-{j}", firm.name);
            scenario.firms.push(Firm {
                name,
                ..firm.clone()
            });
        }
        (n.to_string(), scenario)
    });
    small(c, "firms", firms.into());
}

/// The same market on every instruction set of the machine, and customer by customer.
fn instruction_sets(c: &mut Criterion) {
    let plan = plan(&four_experiences(5_000, 100));
    let mut group = c.benchmark_group("instruction sets");
    group
        .throughput(Throughput::Elements(150_000))
        .sample_size(10);
    let run = |set_up: &dyn Fn(&mut Market)| {
        let mut market = plan.market(0);
        set_up(&mut market);
        while !market.is_done() {
            market.step();
        }
        market.into_records().periods.rows()
    };
    group.bench_function("one by one", |b| {
        b.iter(|| black_box(run(&|market| market.set_one_by_one(true))));
    });
    for set in InstructionSet::available() {
        group.bench_function(set.name(), |b| {
            b.iter(|| black_box(run(&|market| market.set_instructions(set))));
        });
    }
    group.finish();
}

/// What it takes to write the tables of a market of 5,000 customers and 300 periods.
fn tables(c: &mut Criterion) {
    let mut market = plan(&four_experiences(5_000, 300)).market(0);
    while !market.is_done() {
        market.step();
    }
    let records = market.into_records();
    let folder = tempfile::tempdir().expect("a folder");
    let mut group = c.benchmark_group("tables of a market");
    group.sample_size(10);
    for format in Format::ALL {
        let mut writers: Vec<_> = (records.batches().into_iter())
            .map(|batch| {
                let path = format.path(folder.path(), batch.definition());
                let metadata = Metadata::new();
                let none = Numbering::default();
                let made = create(format, &path, batch.definition(), &none, &metadata);
                (made.expect("a file"), batch)
            })
            .collect();
        group.bench_function(format.name(), |b| {
            b.iter(|| {
                for (writer, batch) in &mut writers {
                    writer.write(batch, 0).expect("space");
                }
            });
        });
    }
    group.finish();
}

fn pool(threads: usize) -> rayon::ThreadPool {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().expect("threads")
}

/// One market on one and on two threads.
fn one_market_on_all_cores(c: &mut Criterion) {
    let plan = plan(&four_experiences(1_000_000, 10));
    let mut group = c.benchmark_group("one market of 1000000 customers");
    group
        .throughput(Throughput::Elements(3_000_000))
        .sample_size(10);
    for threads in [1, 2] {
        let pool = pool(threads);
        group.bench_function(format!("{threads} threads"), |b| {
            b.iter(|| {
                pool.install(|| {
                    let mut market = plan.parallel_market(0);
                    while !market.is_done() {
                        market.step();
                    }
                    black_box(market.into_records().periods.rows())
                })
            });
        });
    }
    group.finish();
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
    let needs = 8.0 * 0.3 * 5_000.0 * 300.0;
    let mut group = c.benchmark_group("8 replicates of 5000 customers");
    group
        .throughput(Throughput::Elements(needs as u64))
        .sample_size(10);
    for threads in [1, 2] {
        let pool = pool(threads);
        group.bench_function(format!("{threads} threads"), |b| {
            b.iter(|| {
                let runner = Runner {
                    pool: &pool,
                    cancel: &Cancel::default(),
                };
                // what an earlier iteration kept must not count
                let journal = folder.journal(true).expect("space");
                let plan = |_| Plan::new(&scenario);
                let study = Study::new(&journal, &plan);
                let done = study.run_all(runner, &cells, &mut |_, _| (), &mut |_| ());
                assert!(done.expect("all cells"));
            });
        });
    }
    group.finish();
}

criterion_group!(
    benches,
    one_core,
    features,
    more_features,
    sizes,
    instruction_sets,
    tables,
    one_market_on_all_cores,
    all_cores
);
criterion_main!(benches);
