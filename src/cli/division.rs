//! Runs that are divided into parts: whether they can be, among how many, and what a script says of the whole.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use flywheel::analysis::kind::most_cells;
use flywheel::experiment::Design;
use flywheel::run::RunError;
use flywheel::scenario::Scenario;

use super::options::{Changes, ChartFormat, TableFormat};
use super::style::StyleOptions;
use super::{options, terminal};

/// What parts are given, and what is made of them in the end.
#[derive(Debug, Args)]
pub struct Whole {
    #[command(flatten)]
    changes: Changes,
    /// Formats of the tables
    #[arg(long, value_enum, value_delimiter = ',', default_value = "csv")]
    format: Vec<TableFormat>,
    /// Formats of the charts, or none
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    #[command(flatten)]
    style: StyleOptions,
}

impl Whole {
    /// All that changes the scenarios.
    fn overrides(&self) -> Vec<String> {
        [self.changes.all(), self.style.overrides()].concat()
    }

    /// The scenarios, changed; none where something is wrong with them, which is said.
    pub fn load(&self, paths: &[PathBuf]) -> Option<Vec<Scenario>> {
        options::chart_formats(&self.charts).ok()?;
        options::load_scenarios(paths, &self.overrides())
    }

    /// The changes as options of `run`, each behind a blank.
    pub fn set_options(&self) -> String {
        let changes = self.overrides();
        let set = |change: &String| format!(" --set {}", quoted(Path::new(change)));
        changes.iter().map(set).collect()
    }

    /// The options of `merge`.
    pub fn merge_options(&self) -> String {
        format!(
            "--format {} --charts {}{}",
            names(&self.format),
            names(&self.charts),
            if self.style.data { " --data" } else { "" }
        )
    }
}

/// Whether scenarios can be divided; says what to do about those that cannot.
pub fn can_be_divided(scenarios: &[Scenario]) -> bool {
    let of = |scenario: &Scenario| match &scenario.simulation {
        one if one.precision.is_some() => Some("precision"),
        one => one.until_decided.as_ref().map(|_| "until_decided"),
    };
    let cannot = |scenario: &&Scenario| of(scenario).is_some();
    scenarios.iter().filter(cannot).for_each(|scenario| {
        let key = of(scenario).unwrap_or_default();
        terminal::error(format_args!(
            "{}: it cannot be divided into parts, for `simulation.{key}` makes the number of replicates depend on the results of all: leave `{key}` out and set `simulation.replicates`, or run it as a whole",
            scenario.name
        ));
    });
    !scenarios.iter().any(|scenario| cannot(&scenario))
}

/// As many parts as were asked for, or as there is work for; none where scenarios cannot be divided, which is said.
pub fn useful_parts(asked: u32, scenarios: &[Scenario]) -> Option<u32> {
    if !can_be_divided(scenarios) {
        return None;
    }
    useful(asked, scenarios).map_err(terminal::error).ok()
}

/// As many tasks as were asked for, or as there are cells in the largest scenario, and why not more.
fn useful(asked: u32, scenarios: &[Scenario]) -> Result<u32, RunError> {
    let mut most = 1;
    for scenario in scenarios {
        let points = u64::from(Design::new(scenario)?.worlds());
        let own = points * u64::from(scenario.simulation.replicates);
        most = most.max(own).max(most_cells(scenario)?);
    }
    let tasks = u32::try_from(most).map_or(asked, |most| asked.min(most));
    if tasks < asked {
        terminal::note(format_args!(
            "there are {tasks} cells, that is replicates of points: {tasks} tasks do one each, and more would have nothing to do"
        ));
    }
    if tasks > USUAL_LIMIT {
        terminal::note(format_args!(
            "many clusters allow at most {USUAL_LIMIT} tasks in an array (MaxArraySize): `scontrol show config` tells how many yours does"
        ));
    }
    Ok(tasks)
}

/// What Slurm allows unless a cluster says otherwise: array indices below 1001.
const USUAL_LIMIT: u32 = 1000;

/// The names of values, as on the command line.
fn names<T: ValueEnum>(values: &[T]) -> String {
    let values = values.iter().filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
    names.join(",")
}

/// A path as one word of a shell script.
pub fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "'\\''"))
}
