//! Options that several commands share, and the scenarios that paths stand for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use flywheel::chart::undrawable_letters;
use flywheel::run::{Memory, PictureFormat};
use flywheel::scenario::{Override, Scenario, scenario_files};
use flywheel::table::Format;

use super::status::Status;
use super::style::StyleOptions;
use super::terminal;

/// The table formats of a run, as on the command line: one, or several such as `csv,parquet`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Comma-separated values
    Csv,
    /// Tables that Excel opens by a double click where decimals have a comma: semicolons, in NAME.excel.csv
    #[value(alias = "csv;")]
    Excel,
    /// Apache Parquet
    Parquet,
}

impl From<TableFormat> for Format {
    fn from(format: TableFormat) -> Self {
        match format {
            TableFormat::Csv => Self::Csv,
            TableFormat::Excel => Self::Excel,
            TableFormat::Parquet => Self::Parquet,
        }
    }
}

/// The chart formats of a run: `svg`, `png`, `svg,png` or `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChartFormat {
    /// Vector graphics
    Svg,
    /// Pixels, 2000 wide
    Png,
    /// No charts
    None,
}

/// The chart formats asked for, without repetition; `none` only alone.
///
/// How the program ends, after a message, if `none` stands beside others.
pub fn chart_formats(given: &[ChartFormat]) -> Result<Vec<PictureFormat>, Status> {
    if given == [ChartFormat::None] {
        return Ok(Vec::new());
    }
    if given.contains(&ChartFormat::None) {
        terminal::error(
            "`--charts none` cannot be combined with other formats: leave out `none` or the others",
        );
        return Err(Status::Unusable);
    }
    let wanted = [
        (ChartFormat::Svg, PictureFormat::Svg),
        (ChartFormat::Png, PictureFormat::Png),
    ];
    let wanted = wanted
        .into_iter()
        .filter(|(asked, _)| given.contains(asked));
    Ok(wanted.map(|(_, format)| format).collect())
}

/// The table formats asked for, without repetition.
pub fn table_formats(given: &[TableFormat]) -> Vec<Format> {
    let mut formats: Vec<Format> = given.iter().map(|&format| format.into()).collect();
    formats.sort();
    formats.dedup();
    formats
}

/// Options of commands that write results.
#[derive(Debug, Args)]
pub struct Results {
    /// Number of threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    pub threads: Option<u16>,
    /// Formats of the tables
    #[arg(long, value_enum, value_delimiter = ',', default_value = "csv")]
    pub format: Vec<TableFormat>,
    /// Formats of the charts, or none
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    pub charts: Vec<ChartFormat>,
    #[command(flatten)]
    pub style: StyleOptions,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Say more: threads and rates
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
}

impl Results {
    /// For scenarios of the program's own, whose results are told in other words.
    pub fn of_course(charts: Vec<ChartFormat>, style: StyleOptions) -> Self {
        Self {
            threads: None,
            format: vec![TableFormat::Csv],
            charts,
            style,
            quiet: true,
            verbose: false,
        }
    }

    /// The formats of the tables, without repetition.
    pub fn formats(&self) -> Vec<Format> {
        table_formats(&self.format)
    }
}

/// Changes to scenarios from the command line.
#[derive(Debug, Default, Args)]
pub struct Changes {
    /// Number of replicates, instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    replicates: Option<u32>,
    /// Seed, instead of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Change a parameter, as in `--set firms.NAME.price=0.4`; `*` in place of a name means all
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
}

impl Changes {
    /// The overrides of `--set`, then those that have an option of their own.
    pub fn all(&self) -> Vec<String> {
        let replicates = self
            .replicates
            .map(|n| format!("simulation.replicates={n}"));
        let seed = self.seed.map(|n| format!("simulation.seed={n}"));
        self.set
            .iter()
            .cloned()
            .chain(replicates)
            .chain(seed)
            .collect()
    }
}

/// More threads than this are a slip of the keys: they would only take memory.
pub const MOST_THREADS: i64 = 1024;

/// What is done with a scenario that takes memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Its replicates are simulated.
    Simulate,
    /// They are read from parts in which they were simulated.
    Merge,
}

/// Whether the scenarios can be worked on on this machine, as many replicates at a time as there are threads; says of
/// which not, and how much they take.
#[expect(
    clippy::disallowed_methods,
    reason = "how much memory so many threads would take"
)]
pub fn fit_in_memory(scenarios: &[Scenario], threads: Option<u16>, work: Work) -> bool {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = threads
        .filter(|threads| *threads > 0)
        .map_or(cores, usize::from) as u64;
    let Some(free) = free_memory() else {
        return true;
    };
    let mut fit = true;
    for scenario in scenarios {
        // what is not valid is told where it is read
        let Ok(memory) = Memory::of(scenario) else {
            continue;
        };
        if let Some(problem) = too_much(memory, free, threads, work) {
            terminal::error(format_args!("{}: {problem}", scenario.name));
            fit = false;
        }
    }
    fit
}

/// Why work does not fit into so much memory, and what would.
fn too_much(memory: Memory, free: u64, threads: u64, work: Work) -> Option<String> {
    let gigabytes = |bytes: u64| format!("{:.1} GB", bytes as f64 / 1e9);
    let all = gigabytes(free);
    if memory.kept > free {
        return Some(format!(
            "what is kept of all replicates takes about {}, but {all} are free: lower replicates, points, samples, firms or periods",
            gigabytes(memory.kept)
        ));
    }
    let free = free - memory.kept;
    let (one, at_once) = match work {
        Work::Simulate => (memory.simulated, threads.min(memory.cells)),
        Work::Merge => (memory.rows, 1),
    };
    let together = one.saturating_mul(at_once);
    if together <= free {
        return None;
    }
    let remedy = if one > free {
        "lower customers, firms, products or periods".to_owned()
    } else {
        format!("`--threads {}` fits", free / one.max(1))
    };
    let replicates = match at_once {
        1 => "one replicate takes".to_owned(),
        many => format!("{many} replicates at a time take"),
    };
    Some(format!(
        "{replicates} about {}, but {all} are free: {remedy}",
        gigabytes(together)
    ))
}

/// Bytes of memory that programs can still take, where the system says so.
pub fn free_memory() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

/// Threads for the work; none, after a message, if they cannot be started.
pub fn thread_pool(threads: Option<u16>) -> Option<rayon::ThreadPool> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0).into());
    let problem = |error| terminal::error(format_args!("cannot start the threads: {error}"));
    builder.build().map_err(problem).ok()
}

/// Letters that cannot be drawn and are named.
const NAMED: usize = 10;

/// Says of a scenario what is perhaps not meant, and what cannot be drawn.
pub fn warn(scenario: &Scenario) {
    for warning in scenario.warnings() {
        terminal::warning(&scenario.name, warning);
    }
    let letters = undrawable_letters(scenario);
    if !letters.is_empty() {
        let named: Vec<String> = letters.iter().take(NAMED).map(char::to_string).collect();
        let more = if letters.len() > NAMED { ", ..." } else { "" };
        terminal::warning(
            &scenario.name,
            format_args!(
                "no font on this machine has {}{more}: charts as PNG show boxes in their place; install a font that has, such as Noto Sans CJK, or set FLYWHEEL_FONTS to a folder with one",
                named.join(", ")
            ),
        );
    }
}

/// The checked scenarios that paths stand for; none, after all problems were printed, if there is one.
pub fn load_scenarios(paths: &[PathBuf], set: &[String]) -> Option<Vec<Scenario>> {
    let mut sound = true;
    let mut overrides = Vec::new();
    for text in set {
        match Override::parse(text) {
            Ok(parsed) => overrides.push(parsed),
            Err(problems) => {
                terminal::problems(&problems);
                sound = false;
            }
        }
    }
    let mut files = Vec::new();
    for path in paths {
        match scenario_files(std::slice::from_ref(path)) {
            Ok(found) => files.extend(found),
            Err(problems) => {
                terminal::problems(&problems);
                sound = false;
            }
        }
    }
    let mut scenarios = Vec::new();
    let mut names: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in files {
        match Scenario::load(&file, &overrides) {
            Ok(scenario) => {
                if let Some(other) = names.insert(scenario.name.clone(), file.clone()) {
                    terminal::error(same_name(&scenario.name, &other, &file));
                    sound = false;
                }
                scenarios.push(scenario);
            }
            Err(problems) => {
                terminal::problems(&problems);
                sound = false;
            }
        }
    }
    sound.then_some(scenarios)
}

/// What to do about two scenarios that would write to the same folder.
fn same_name(name: &str, one: &Path, other: &Path) -> String {
    let place = |file: &Path| std::fs::canonicalize(file).ok();
    if place(one) == place(other) {
        return format!("{} is given twice: leave it out once", other.display());
    }
    format!(
        "{} and {} are both named `{name}` and would write to the same folder: give one of them another `name`",
        one.display(),
        other.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_told_with_what_fits() {
        let memory = Memory {
            simulated: 3_000_000_000,
            rows: 1_000,
            kept: 1_000_000_000,
            cells: 20,
        };
        let say = |free, threads, work| too_much(memory, free, threads, work).unwrap_or_default();
        assert_eq!(say(13_000_000_001, 4, Work::Simulate), "");
        let told = say(12_900_000_000, 4, Work::Simulate);
        assert!(
            told.contains("take about 12.0 GB, but 12.9 GB are free")
                && told.ends_with("`--threads 3` fits")
        );
        assert!(say(3_000_000_000, 4, Work::Simulate).contains("lower customers"));
        assert!(
            say(900_000_000, 4, Work::Simulate)
                .contains("kept of all replicates takes about 1.0 GB")
        );
        assert_eq!(say(1_100_000_000, 4, Work::Merge), "");
    }
}
