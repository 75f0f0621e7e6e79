//! `flywheel doctor --bench`: how fast this machine simulates, and what the runs of scenarios will take on it.

use std::time::Duration;

use flywheel::run::{Estimate, RunError, Speed};
use flywheel::scenario::Scenario;

use super::options::free_memory;
use super::status::Status;
use super::terminal::{self, found};

/// Measures for about so many seconds, and says what was found as soon as it is.
pub fn measure(seconds: u16, cores: usize, scenarios: &[Scenario]) -> Status {
    terminal::note(format_args!(
        "measuring for about {seconds} s; other programs that run meanwhile make it slower"
    ));
    if cfg!(debug_assertions) {
        terminal::note(
            "this program was built without --release, and is slower by far than one that was",
        );
    }
    let parts = if scenarios.is_empty() { 1 } else { 2 };
    let time = Duration::from_secs(seconds.into()) / parts;
    let speed = match Speed::measure(time, cores) {
        Ok(speed) => speed,
        Err(problems) => {
            terminal::problems(&problems);
            return Status::Failed;
        }
    };
    let mut status = terminal::result(&of_machine(&speed));
    for scenario in scenarios {
        let told = match Estimate::of(scenario, time / scenarios.len() as u32) {
            Ok(estimate) => terminal::result(&of_scenario(scenario, &estimate, &speed)),
            Err(RunError::Scenario(problems)) => {
                terminal::problems(&problems);
                Status::Unusable
            }
            Err(error) => {
                terminal::error(format_args!("{}: {error}", scenario.name));
                Status::Unusable
            }
        };
        status = status.and(told);
    }
    status
}

/// Millions of needs per second.
fn millions(speed: f64) -> String {
    format!("{:.*}", if speed < 1e6 { 2 } else { 1 }, speed / 1e6)
}

/// What the machine does in a second, by instruction set and by cores.
fn of_machine(speed: &Speed) -> String {
    let market = Speed::market();
    let sets: Vec<String> = (speed.of_sets.iter())
        .map(|(set, speed)| format!("{} with {}", millions(*speed), set.name()))
        .collect();
    let mut lines = vec![found(
        "speed",
        &format!(
            "on one core, in millions of customers' needs a second: {} (four firms, {} customers, {} periods)",
            sets.join(", "),
            market.populations[0].customers,
            market.simulation.periods
        ),
    )];
    let one = speed.on_cores.first().map_or(f64::NAN, |(_, one)| *one);
    let several = speed.on_cores.iter().filter(|(cores, _)| *cores > 1);
    lines.extend(several.map(|(cores, speed)| {
        let words = format!(
            "on {cores} cores: {}, {:.2} times as much as on one",
            millions(*speed),
            speed / one
        );
        found("", &words)
    }));
    lines.join("\n")
}

/// What the run of a scenario will take.
fn of_scenario(scenario: &Scenario, estimate: &Estimate, speed: &Speed) -> String {
    let Estimate {
        cells,
        may_grow,
        seconds,
        memory,
    } = *estimate;
    let cores = speed.on_cores.last().map_or(1, |(cores, _)| *cores);
    let at_once = memory.cells.min(cores as u64);
    let bytes = (memory.simulated.saturating_mul(at_once)).saturating_add(memory.kept);
    let more = if may_grow {
        "; analyses, a precision or hypotheses may ask for more"
    } else {
        ""
    };
    let short = match free_memory() {
        Some(free) if free < bytes => ", more than is free",
        _ => "",
    };
    let words = format!(
        "{} {} to simulate, in about {} on {cores} {}, and about {:.0} MB{short}{more}",
        cells,
        if cells == 1 { "market" } else { "markets" },
        clock(seconds / speed.gain()),
        if cores == 1 { "core" } else { "cores" },
        (bytes as f64 / 1e6).max(1.0),
    );
    found(&scenario.name, &words)
}

/// A time to two digits, in the unit that suits it.
fn clock(seconds: f64) -> String {
    let units = [(1.0, "s"), (60.0, "min"), (3600.0, "h"), (86_400.0, "days")];
    let suits = |(unit, _): &&(f64, &str)| seconds >= 2.0 * unit || *unit == 1.0;
    let (unit, name) = units.iter().rfind(suits).unwrap_or(&units[0]);
    let number = seconds / unit;
    match number {
        n if n < 0.1 => format!("less than 0.1 {name}"),
        n if n < 9.95 => format!("{n:.1} {name}"),
        n => format!("{n:.0} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn times_are_told_in_the_unit_that_suits_them() {
        let told = [0.01, 1.26, 42.3, 119.0, 150.0, 7100.0, 40_000.0, 1e6].map(clock);
        assert_eq!(
            told,
            [
                "less than 0.1 s",
                "1.3 s",
                "42 s",
                "119 s",
                "2.5 min",
                "118 min",
                "11 h",
                "12 days"
            ]
        );
    }
}
