//! How the time per need and the memory grow with the number of customers.

use std::fmt::Write as _;
use std::process::Command;

use flywheel::model::InstructionSet;

use crate::cases::Feature;
use crate::measure::{engine, plan};
use crate::sheet::{Scale, grouped, head};

/// Given first on the command line: one market by itself, for its peak of memory; customers and periods follow.
pub const ALONE: &str = "--alone";

/// Prints nanoseconds per need without creation, and the most kilobytes that the process took.
pub fn run_alone(customers: u32, periods: u32) {
    let plan = plan(Feature::Plain, customers, periods);
    let run = engine(&plan, InstructionSet::preferred());
    println!("{} {}", run.need(), peak());
}

/// The most memory that this process had, in kilobytes; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0.0)
}

/// Time per need and memory, each market in a process of its own.
pub fn measure(scale: Scale) -> String {
    let sizes = [
        (5_000, 300, 9),
        (100_000, 60, 5),
        (1_000_000, 20, 3),
        (10_000_000, 4, 3),
    ];
    let mut out = head(&[
        "customers x periods",
        "a need, ns",
        "to the first",
        "peak memory, MB",
        "bytes per customer",
    ]);
    let mut first = None;
    for (customers, periods, rounds) in sizes.into_iter().filter(|it| it.0 <= scale.limit()) {
        let (mut need, mut memory) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..scale.rounds(rounds) {
            let numbers = alone(customers, periods);
            need = need.min(numbers[0]);
            memory = memory.min(numbers[1]);
        }
        let first = *first.get_or_insert(need);
        let _ = writeln!(
            out,
            "| {} x {periods} | {need:.0} | {:.2} | {:.0} | {:.0} |",
            grouped(customers),
            need / first,
            memory / 1e3,
            memory * 1024.0 / f64::from(customers)
        );
    }
    format!("Without creation, one thread; the program itself takes some megabytes:\n\n{out}")
}

/// What a process with one market says.
fn alone(customers: u32, periods: u32) -> Vec<f64> {
    let program = std::env::current_exe().expect("the name of this program");
    let arguments = [ALONE.to_owned(), customers.to_string(), periods.to_string()];
    let output = Command::new(program).args(arguments).output();
    let said = String::from_utf8(output.expect("it starts").stdout).expect("text");
    said.split_whitespace()
        .map(|it| it.parse().expect("a number"))
        .collect()
}
