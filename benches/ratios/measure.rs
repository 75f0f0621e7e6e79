//! One run of a program, timed.

use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;
use flywheel::model::{InstructionSet, Plan};

use crate::cases::Feature;
use crate::{limit, reference};

/// Needs handled, and processor time in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    pub needs: f64,
    /// To create the customers; 0 of what is timed as a whole, as all but the engine is.
    pub creation: f64,
    /// All periods.
    pub life: f64,
}

impl Run {
    /// Takes the least times of two runs of the same market.
    #[must_use]
    pub fn or_faster(self, other: Option<Self>) -> Self {
        let least =
            |of: fn(&Self) -> f64| other.map_or(of(&self), |other| of(&self).min(of(&other)));
        Self {
            needs: self.needs,
            creation: least(|it| it.creation),
            life: least(|it| it.life),
        }
    }

    /// Millions of needs per second, creation included.
    pub fn speed(self) -> f64 {
        self.needs / (self.creation + self.life) / 1e6
    }

    /// Nanoseconds per need without creation.
    pub fn need(self) -> f64 {
        self.life / self.needs * 1e9
    }
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

/// A run of the plain loop.
pub fn plain_loop(feature: Feature, customers: u32, periods: u32) -> Run {
    as_a_whole(|| reference::run(feature, customers as usize, periods, 1))
}

/// A run of the kernel that has nothing but the plain case.
pub fn case_kernel(set: InstructionSet, customers: u32, periods: u32) -> Run {
    as_a_whole(|| limit::run(set, customers as usize, periods, 1))
}

/// A run that is timed as a whole.
fn as_a_whole(run: impl Fn() -> reference::Outcome) -> Run {
    let start = ThreadTime::now();
    let outcome = run();
    let life = seconds(start.elapsed());
    Run {
        needs: black_box(outcome).needs as f64,
        creation: 0.0,
        life,
    }
}

/// A run of the engine, which records its tables in memory.
pub fn engine(plan: &Plan, set: InstructionSet) -> Run {
    let start = ThreadTime::now();
    let mut market = plan.market(0);
    market.set_instructions(set);
    let creation = seconds(start.elapsed());
    while !market.is_done() {
        market.step();
    }
    let records = market.into_records();
    let life = seconds(start.elapsed()) - creation;
    let needs = records.market.column_as_numbers("needs").iter().sum();
    Run {
        needs,
        creation,
        life,
    }
}

/// The least times of the plain loop and of the engine on each of some instruction sets, in turns.
pub fn in_turns(
    feature: Feature,
    customers: u32,
    periods: u32,
    sets: &[InstructionSet],
    rounds: u32,
) -> (Run, Vec<Run>) {
    let plan = plan(feature, customers, periods);
    let mut reference = None;
    let mut engines = vec![None; sets.len()];
    for _ in 0..rounds {
        reference = Some(plain_loop(feature, customers, periods).or_faster(reference));
        for (best, &set) in engines.iter_mut().zip(sets) {
            *best = Some(engine(&plan, set).or_faster(*best));
        }
    }
    let engines = engines.into_iter().map(|best| best.expect("a round"));
    (reference.expect("a round"), engines.collect())
}

pub fn plan(feature: Feature, customers: u32, periods: u32) -> Plan {
    Plan::new(&feature.scenario(customers, periods, 1)).expect("a sound scenario")
}

/// The least time that passes while something is done, over some rounds.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub fn least_time(rounds: u32, mut run: impl FnMut()) -> f64 {
    let time = |_| {
        let start = std::time::Instant::now();
        run();
        seconds(start.elapsed())
    };
    (0..rounds).map(time).fold(f64::INFINITY, f64::min)
}
