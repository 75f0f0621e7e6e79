//! The four-experiences case with Flywheel's engine, or with the plain loop of `benches/reference`: needs,
//! seconds and shares as one line of JSON.
//!
//! `cargo run --release --example case -- --program engine --customers 5000 --periods 300 --seed 1`;
//! `--firms N` has each of the four experiences N/4 times, `--dimensions K` sets K, `--threads N` runs
//! one market on N threads.

#[path = "../reference/mod.rs"]
mod reference;

use flywheel::model::Plan;
use flywheel::scenario::{Firm, Population, Scenario, presets};

/// What the command line asks for.
struct Options {
    program: String,
    customers: u32,
    periods: u32,
    seed: u64,
    firms: u32,
    products: u32,
    dimensions: u32,
    threads: usize,
}

impl Options {
    fn read() -> Self {
        let text = |flag: &str| std::env::args().skip_while(|it| it != flag).nth(1);
        let number = |flag: &str, default: u32| {
            text(flag).map_or(default, |value| value.parse().expect("a whole number"))
        };
        Self {
            program: text("--program").unwrap_or_else(|| "engine".to_owned()),
            customers: number("--customers", 5000),
            periods: number("--periods", 300),
            seed: number("--seed", 1).into(),
            firms: number("--firms", 4),
            products: number("--products", 12),
            dimensions: number("--dimensions", 2),
            threads: number("--threads", 1) as usize,
        }
    }

    fn scenario(&self) -> Scenario {
        let population = Population {
            customers: self.customers,
            ..Population::named("customers")
        };
        let mut scenario = Scenario::new("four-experiences").population(population);
        for n in 0..self.firms.div_ceil(4) {
            for (name, _) in presets() {
                let firm = Firm {
                    assortment: self.products,
                    ..Firm::new(&format!("{name}-{n}"), name)
                };
                scenario = scenario.firm(firm);
            }
        }
        scenario.market.taste_dimensions = self.dimensions as usize;
        scenario.simulation.periods = self.periods;
        scenario.simulation.seed = self.seed;
        scenario
    }
}

/// Processor time of this thread in seconds, on Linux: on a machine with other work, the fair measure.
/// Of several threads only the time that passes is known.
fn seconds(threads: usize) -> f64 {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let own = times
        .split(' ')
        .next()
        .and_then(|time| time.parse::<f64>().ok());
    match own {
        Some(nanoseconds) if threads == 1 => nanoseconds * 1e-9,
        _ => std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .map_or(0.0, |time| time.as_secs_f64()),
    }
}

/// Needs, and shares by firm over the last five periods.
fn engine(options: &Options, plan: &Plan) -> (u64, Vec<f64>) {
    let mut market = if options.threads > 1 {
        plan.parallel_market(0)
    } else {
        plan.market(0)
    };
    while !market.is_done() {
        market.step();
    }
    let records = market.into_records();
    let needs = records
        .market
        .column_as_numbers("needs")
        .iter()
        .sum::<f64>() as u64;
    let shares = records.firms.numbers("share");
    let firms = options.firms.div_ceil(4) as usize * 4;
    let last = &shares[shares.len() - 5 * firms..];
    let mean = |j: usize| last.iter().skip(j).step_by(firms).sum::<f64>() / 5.0;
    (needs, (0..firms).map(mean).collect())
}

fn main() {
    let options = Options::read();
    // made once for all replicates of a scenario
    let plan = Plan::new(&options.scenario()).expect("a sound scenario");
    let run = || {
        let start = seconds(options.threads);
        let (needs, shares) = if options.program == "loop" {
            let customers = options.customers as usize;
            let outcome = reference::run(customers, options.periods, options.seed);
            (outcome.needs, outcome.shares.to_vec())
        } else {
            engine(&options, &plan)
        };
        (seconds(options.threads) - start, needs, shares)
    };
    let (seconds, needs, shares) = if options.threads > 1 {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads);
        pool.build().expect("threads").install(run)
    } else {
        run()
    };
    println!(
        "{{\"program\": \"{}\", \"needs\": {needs}, \"seconds\": {seconds}, \"shares\": {shares:?}}}",
        options.program
    );
}
