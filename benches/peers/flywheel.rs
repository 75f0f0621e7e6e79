//! The four-experiences case with Flywheel's engine, with the plain loop of `benches/reference`, or with the kernel of
//! `benches/limit` that has nothing else: needs, seconds and shares as one line of JSON.
//!
//! `cargo run --release --example case -- --program engine --customers 5000 --periods 300 --seed 1`;
//! `--program loop` takes the plain loop, `--program kernel` the kernel; `--feature NAME` adds a feature for both (`benches/cases`). For the engine
//! only: `--firms N` has each of the four experiences N/4 times, `--products M` and `--dimensions K` set M and
//! K, `--threads N` runs one market on N threads. `--instruction-sets` names those of the machine, the fastest last.

#[path = "../cases/mod.rs"]
mod cases;
#[path = "../limit/mod.rs"]
mod limit;
#[path = "../reference/mod.rs"]
mod reference;

use std::time::{Duration, Instant};

use cases::Feature;
use cpu_time::ThreadTime;
use flywheel::model::{InstructionSet, Plan};
use flywheel::scenario::{Firm, Scenario};

/// What the command line asks for.
struct Options {
    program: String,
    feature: Feature,
    customers: u32,
    periods: u32,
    seed: u64,
    firms: Option<u32>,
    products: Option<u32>,
    dimensions: Option<u32>,
    threads: usize,
}

impl Options {
    fn read() -> Self {
        let text = |flag: &str| std::env::args().skip_while(|it| it != flag).nth(1);
        let given = |flag: &str| -> Option<u32> {
            text(flag).map(|value| value.parse().expect("a whole number"))
        };
        let number = |flag: &str, default| given(flag).unwrap_or(default);
        let feature = text("--feature").unwrap_or_else(|| Feature::Plain.name().to_owned());
        let mut features = Feature::ALL.into_iter();
        Self {
            program: text("--program").unwrap_or_else(|| "engine".to_owned()),
            feature: features
                .find(|it| it.name() == feature)
                .expect("a feature of benches/cases"),
            customers: number("--customers", 5000),
            periods: number("--periods", 300),
            seed: number("--seed", 1).into(),
            firms: given("--firms"),
            products: given("--products"),
            dimensions: given("--dimensions"),
            threads: number("--threads", 1) as usize,
        }
    }

    fn scenario(&self) -> Scenario {
        let mut scenario = (self.feature).scenario(self.customers, self.periods, self.seed);
        if let Some(firms) = self.firms {
            let four = std::mem::take(&mut scenario.firms);
            for (n, firm) in (0..firms.div_ceil(4) * 4).zip(four.iter().cycle()) {
                let name = format!("firm-{n}");
                scenario.firms.push(Firm {
                    name,
                    ..firm.clone()
                });
            }
        }
        if let Some(products) = self.products {
            scenario
                .firms
                .iter_mut()
                .for_each(|it| it.assortment = products);
        }
        if let Some(dimensions) = self.dimensions {
            scenario.market.taste_dimensions = dimensions as usize;
        }
        scenario
    }
}

/// A clock of processor time of this thread: on a machine with other work, the fair measure. Of
/// several threads it tells the time that passes.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn clock(threads: usize) -> impl Fn() -> Duration {
    let (own, passing) = (ThreadTime::now(), Instant::now());
    move || match threads {
        1 => own.elapsed(),
        _ => passing.elapsed(),
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
    let needs: f64 = records.market.column_as_numbers("needs").iter().sum();
    let shares = records.firms.numbers("share");
    let firms = plan.scenario().firms.len();
    let last = &shares[shares.len() - 5 * firms..];
    let mean = |j: usize| last.iter().skip(j).step_by(firms).sum::<f64>() / 5.0;
    (needs as u64, (0..firms).map(mean).collect())
}

fn main() {
    if std::env::args().any(|it| it == "--instruction-sets") {
        let names = InstructionSet::available()
            .into_iter()
            .map(flywheel::model::InstructionSet::name);
        return println!("{}", names.collect::<Vec<_>>().join(" "));
    }
    let options = Options::read();
    // made once for all replicates of a scenario
    let plan = Plan::new(&options.scenario()).expect("a sound scenario");
    let run = || {
        let elapsed = clock(options.threads);
        let (customers, periods, seed) =
            (options.customers as usize, options.periods, options.seed);
        let outcome = match &*options.program {
            "loop" => Some(reference::run(options.feature, customers, periods, seed)),
            "kernel" => Some(limit::run(
                InstructionSet::preferred(),
                customers,
                periods,
                seed,
            )),
            _ => None,
        };
        let (needs, shares) = match outcome {
            Some(outcome) => (outcome.needs, outcome.shares),
            None => engine(&options, &plan),
        };
        (elapsed().as_secs_f64(), needs, shares)
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
