//! The command line: one file per command; arguments in, calls to the library, words out.
//!
//! Results go to stdout, everything else to stderr.

mod calibrate;
mod chart;
mod check;
mod compare;
mod course;
mod describe;
mod division;
mod doctor;
#[cfg(test)]
mod documents;
mod instructions;
mod job;
#[cfg(feature = "lab")]
mod lab;
mod man;
mod merge;
mod new;
mod options;
mod progress;
mod run;
mod schema;
mod session;
mod signals;
mod slurm;
mod snakemake;
mod speed;
mod status;
mod style;
mod summary;
mod telling;
mod terminal;
mod usage;
mod verify;

use clap::{Parser, Subcommand};

use status::Status;

/// Simulates the personalization feedback loop: when learning from repeated interactions compounds
/// into competitive advantage, where the advantage comes from, and when it does not.
#[derive(Debug, Parser)]
#[command(name = "flywheel", version, arg_required_else_help = true, after_help = MORE)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What somebody reads who types the name of the program and nothing else.
const FIRST: &str = "Flywheel simulates markets in which firms learn from their customers.

First:
  flywheel course 1                    a lesson: what one firm learns; a minute
  flywheel new my-market               writes my-market.toml, a scenario to change as you like
  flywheel run my-market.toml          simulates it; then open output/my-market/report.html in a browser
  flywheel lab my-market.toml          opens it in the browser, to change it and see what follows

Then:
  flywheel help                        all commands
  flywheel doctor                      what this machine can do
";

const MORE: &str = "Examples:
  flywheel new my-market               writes my-market.toml, to change as you like
  flywheel run my-market.toml          simulates it; report.html, tables and charts in output/my-market/
  flywheel run scenarios               runs every scenario of a folder
  flywheel lab my-market.toml          opens it in the browser, to change it and see what follows
  flywheel course                      lists the lessons of a course for a class
  flywheel help run                    all that `run` can do

Exit status: 0 done; 1 a run failed; 2 wrong usage or a bad scenario \
    (nothing is written); 130 interrupted (finished work is kept).";

#[derive(Debug, Subcommand)]
enum Command {
    /// Run scenarios: tables, charts and a summary for each
    Run(run::Arguments),
    /// Check scenarios and print every problem; run nothing
    Check(check::Arguments),
    /// Draw the charts of finished runs again from their tables
    Chart(chart::Arguments),
    /// Compare two finished runs with the same seed, replicate by replicate
    Compare(compare::Arguments),
    /// Ask which parameters could have made a log of purchases
    Calibrate(run::Arguments),
    /// Say what is in a log of purchases: statistics, charts, a scenario with its firms
    Describe(describe::Arguments),
    /// List the lessons of the course for a class, or run one
    Course(course::Arguments),
    /// Open a market in the browser: change it, and see what follows
    #[cfg(feature = "lab")]
    Lab(lab::Arguments),
    /// Put the parts of a divided run together: the tables and charts of the whole
    Merge(merge::Arguments),
    /// Write job scripts that divide a run among the tasks of a Slurm job array
    Slurm(slurm::Arguments),
    /// Write a Snakemake workflow that divides a run into parts, and merges them
    Snakemake(snakemake::Arguments),
    /// Check finished runs against their manifests, and computed cells against stored ones
    Verify(verify::Arguments),
    /// Write a commented scenario to start from
    New(new::Arguments),
    /// Print the JSON Schema of scenario files, for editors that complete and check
    Schema,
    /// Say what this machine can do: cores, memory, browser, Slurm; with --bench, how fast
    Doctor(doctor::Arguments),
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page of the program or of a command, or write all of them
    Man(man::Arguments),
}

/// Does what the command line asks for.
pub fn run() -> Status {
    usage::parse().map_or_else(|ended| ended, Cli::execute)
}

impl Cli {
    fn execute(self) -> Status {
        if let Err(problem) = instructions::check() {
            terminal::error(problem);
            return Status::Unusable;
        }
        match self.command {
            Command::Run(arguments) => run::execute(&arguments),
            Command::Check(arguments) => check::execute(&arguments),
            Command::Chart(arguments) => chart::execute(&arguments),
            Command::Compare(arguments) => compare::execute(&arguments),
            Command::Calibrate(arguments) => calibrate::execute(&arguments),
            Command::Describe(arguments) => describe::execute(&arguments),
            Command::Course(arguments) => course::execute(&arguments),
            #[cfg(feature = "lab")]
            Command::Lab(arguments) => lab::execute(&arguments),
            Command::Merge(arguments) => merge::execute(&arguments),
            Command::Slurm(arguments) => slurm::execute(&arguments),
            Command::Snakemake(arguments) => snakemake::execute(&arguments),
            Command::Verify(arguments) => verify::execute(&arguments),
            Command::New(arguments) => new::execute(&arguments),
            Command::Schema => schema::schema(),
            Command::Doctor(arguments) => doctor::execute(&arguments),
            Command::Completions { shell } => schema::completions(shell),
            Command::Man(arguments) => man::execute(&arguments),
        }
    }
}
