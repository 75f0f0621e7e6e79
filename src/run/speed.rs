//! How fast this machine simulates.

use std::time::Duration;

use crate::experiment::Stopwatch;
use crate::model::{InstructionSet, Plan};
use crate::scenario::{Diagnostics, Firm, Population, Scenario, presets};

/// How often each figure is measured; the highest counts, for other work on a machine only slows.
const ROUNDS: u32 = 3;

/// How many of customers' needs this machine handles in a second, on the clock. A need counts from its arising to what the
/// firm learns; the creation of the customers is included.
#[derive(Debug, Clone, PartialEq)]
pub struct Speed {
    /// On one core, by instruction set: all that the machine has, the slowest first.
    pub of_sets: Vec<(InstructionSet, f64)>,
    /// On several cores with [`InstructionSet::preferred`], a replicate on each: number of cores and speed, from one core on.
    pub on_cores: Vec<(usize, f64)>,
}

impl Speed {
    /// The market that is measured: as many customers, periods and products as a scenario has by default, and a firm for
    /// each of the four experiences.
    #[must_use]
    pub fn market() -> Scenario {
        let mut market = Scenario::new("usual").population(Population::named("everyone"));
        for (experience, _) in presets() {
            market = market.firm(Firm::new(experience, experience));
        }
        market
    }

    /// Measures for about so long, on up to so many cores.
    ///
    /// # Errors
    /// Never: the market is valid.
    pub fn measure(time: Duration, cores: usize) -> Result<Self, Diagnostics> {
        let plan = Plan::new(&Self::market())?;
        let (preferred, sets) = (InstructionSet::preferred(), InstructionSet::available());
        let mut figures: Vec<(InstructionSet, usize, f64)> =
            sets.into_iter().map(|set| (set, 1, 0.0)).collect();
        let several = numbers_of_cores(cores).into_iter();
        figures.extend(several.map(|cores| (preferred, cores, 0.0)));
        let slice = time / (ROUNDS * figures.len() as u32);
        for _ in 0..ROUNDS {
            for (set, cores, most) in &mut figures {
                *most = most.max(on_cores(&plan, *set, *cores, slice));
            }
        }
        let one = figures.iter().filter(|(_, cores, _)| *cores == 1);
        let of_sets: Vec<_> = one.map(|(set, _, speed)| (*set, *speed)).collect();
        let several = figures.iter().filter(|(_, cores, _)| *cores > 1);
        let own = of_sets.iter().find(|(set, _)| *set == preferred);
        Ok(Self {
            on_cores: (own.map(|(_, speed)| (1, *speed)).into_iter())
                .chain(several.map(|(_, cores, speed)| (*cores, *speed)))
                .collect(),
            of_sets,
        })
    }

    /// How many times faster than one core all cores together are.
    #[must_use]
    pub fn gain(&self) -> f64 {
        match (self.on_cores.first(), self.on_cores.last()) {
            (Some((_, one)), Some((_, all))) if *one > 0.0 => all / one,
            _ => 1.0,
        }
    }
}

/// Two cores, twice as many, and so on, and all of them at the end.
fn numbers_of_cores(all: usize) -> Vec<usize> {
    let doubled = std::iter::successors(Some(2), |cores| Some(2 * cores));
    let below = doubled.take_while(|cores| *cores < all);
    below.chain((all > 1).then_some(all)).collect()
}

/// Needs in a second, of a replicate on each of some cores.
fn on_cores(plan: &Plan, set: InstructionSet, cores: usize, time: Duration) -> f64 {
    let one = |core: usize| needs_in_a_second(plan, set, core as u32, time);
    if cores == 1 {
        return one(0);
    }
    std::thread::scope(|scope| {
        let each: Vec<_> = (0..cores)
            .map(|core| scope.spawn(move || one(core)))
            .collect();
        // a thread that could not end handled nothing
        let speeds = each
            .into_iter()
            .map(|thread| thread.join().unwrap_or_default());
        speeds.sum()
    })
}

/// Lives market after market until the time is over.
fn needs_in_a_second(plan: &Plan, set: InstructionSet, replicate: u32, time: Duration) -> f64 {
    let watch = Stopwatch::start();
    let mut needs = 0.0;
    while needs == 0.0 || watch.elapsed() < time {
        let mut market = plan.market(replicate);
        market.set_instructions(set);
        market.step();
        while !market.is_done() && watch.elapsed() < time {
            market.step();
        }
        needs += (market.records().market.column_as_numbers("needs").iter()).sum::<f64>();
    }
    needs / watch.elapsed().as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_cores_are_measured_and_halves_of_them() {
        assert!(numbers_of_cores(1).is_empty());
        assert_eq!(numbers_of_cores(2), [2]);
        assert_eq!(numbers_of_cores(8), [2, 4, 8]);
        assert_eq!(numbers_of_cores(12), [2, 4, 8, 12]);
    }

    #[test]
    fn every_instruction_set_and_number_of_cores_has_a_speed() {
        let speed = Speed::measure(Duration::from_millis(10), 3).expect("a valid market");
        let sets: Vec<InstructionSet> = speed.of_sets.iter().map(|(set, _)| *set).collect();
        assert_eq!(sets, InstructionSet::available());
        let cores: Vec<usize> = speed.on_cores.iter().map(|(cores, _)| *cores).collect();
        assert_eq!(cores, [1, 2, 3]);
        let all = speed.of_sets.iter().map(|(_, speed)| speed);
        let mut all = all.chain(speed.on_cores.iter().map(|(_, speed)| speed));
        assert!(all.all(|speed| speed.is_finite() && *speed > 0.0));
        assert_eq!(speed.gain(), speed.on_cores[2].1 / speed.on_cores[0].1);
    }
}
