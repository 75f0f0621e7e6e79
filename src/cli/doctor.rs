//! `flywheel doctor`: what this machine can do.

use std::env;
use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::experiment::VERSION;
use flywheel::model::InstructionSet;
use flywheel::run::Speed;

use super::options::{self, free_memory};
use super::status::Status;
use super::{speed, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder for the results that is looked at
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Measure how fast this machine simulates
    #[arg(long)]
    bench: bool,
    /// Scenario files, or folders with some: how long their runs will take here, and how much memory
    #[arg(value_name = "SCENARIO", requires = "bench")]
    scenarios: Vec<PathBuf>,
    /// Measure for about so long, in seconds; of this, half is for the scenarios
    #[arg(long, value_name = "N", default_value_t = 10, requires = "bench", value_parser = clap::value_parser!(u16).range(1..=600))]
    seconds: u16,
}

/// Programs that show a page.
const BROWSERS: [&str; 7] = [
    "xdg-open",
    "open",
    "firefox",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "msedge",
];

/// Says what the machine has and what follows from it. Nothing is written.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(scenarios) = options::load_scenarios(&arguments.scenarios, &[]) else {
        return Status::Unusable;
    };
    let found = [
        ("program", program()),
        ("cores", cores()),
        ("instructions", instructions()),
        ("memory", memory()),
        ("results", results(&arguments.output)),
        ("fonts", FONTS.to_owned()),
        ("browser", browser()),
        ("Slurm", slurm()),
    ];
    let lines = found.map(|(what, words)| terminal::found(what, &words));
    let status = terminal::result(&lines.join("\n"));
    if !arguments.bench {
        return status;
    }
    status.and(speed::measure(
        arguments.seconds,
        number_of_cores(),
        &scenarios,
    ))
}

const FONTS: &str = "PNG charts carry their own, DejaVu Sans; SVG charts use it where it is installed, and else one like it";

fn program() -> String {
    let place = env::current_exe().map_or_else(|_| "?".to_owned(), |it| it.display().to_string());
    format!(
        "flywheel {VERSION} for {}, {place}",
        env!("FLYWHEEL_TARGET")
    )
}

#[expect(clippy::disallowed_methods, reason = "what there is, is told")]
fn number_of_cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn cores() -> String {
    match number_of_cores() {
        1 => "1: replicates are simulated one after the other".to_owned(),
        cores => format!("{cores}: so many replicates at a time; --threads N takes fewer"),
    }
}

fn instructions() -> String {
    let names: Vec<&str> = (InstructionSet::available().iter())
        .map(|set| set.name())
        .collect();
    format!(
        "{} in use, of {}; {} chooses another, with the same results",
        InstructionSet::preferred().name(),
        names.join(", "),
        InstructionSet::VARIABLE
    )
}

fn memory() -> String {
    let Some(free) = free_memory() else {
        return "this system does not say how much is free".to_owned();
    };
    let market = Speed::market();
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let customers = market.populations[0].customers;
    format!(
        "{:.0} MB are free; a replicate of four firms and {customers} customers takes about {:.0} MB",
        megabytes(free),
        megabytes(market.memory())
    )
}

/// Whether results can be written to a folder, or where it would be made.
fn results(output: &Path) -> String {
    let place = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
    let there = place.ancestors().find(|folder| folder.exists());
    let probe = there.map(writable);
    match probe {
        Some(Ok(())) => format!("{} can be written to", output.display()),
        Some(Err(error)) => format!(
            "{} cannot be written to ({error}): --output names another folder",
            output.display()
        ),
        None => format!(
            "{} is nowhere: --output names another folder",
            output.display()
        ),
    }
}

/// Makes a file in a folder, and removes it.
#[expect(clippy::disallowed_methods, reason = "a name that nobody else uses")]
fn writable(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(format!(".flywheel-doctor-{}", std::process::id()));
    std::fs::File::create_new(&probe)?;
    std::fs::remove_file(probe)
}

fn browser() -> String {
    match BROWSERS.into_iter().find(|name| is_there(name)) {
        Some(name) => format!("{name} shows a report: {name} output/NAME/report.html"),
        None => "none was found here; a report is one file, which any browser elsewhere shows"
            .to_owned(),
    }
}

fn slurm() -> String {
    if is_there("sbatch") {
        "sbatch is there: `flywheel slurm SCENARIO --tasks N` divides a run".to_owned()
    } else {
        "sbatch is not there; `flywheel run --shard I/N` divides a run by hand".to_owned()
    }
}

/// Whether a program is on the path.
fn is_there(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| {
        let file = folder.join(name);
        file.is_file() || file.with_extension("exe").is_file()
    })
}
