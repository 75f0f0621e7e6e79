//! `flywheel run`: scenarios become tables, charts and a summary.

use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::experiment::{Folder, Shard};
use flywheel::run::write_index;
use flywheel::scenario::Scenario;

use super::options::{Changes, ChartFormat, Results, Work};
use super::session::{Begun, Session};
use super::status::Status;
use super::style::StyleOptions;
use super::{division, job, options, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Scenario files, or folders whose *.toml files are meant
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder for the results; each scenario gets a folder of its own in it
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    results: Results,
    /// Do one of N parts, for a cluster: part I goes to NAME.part-I-of-N; `flywheel merge` makes the tables
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Start over: do not use replicates that an earlier run of the same scenario finished
    #[arg(long)]
    fresh: bool,
}

/// Runs the scenarios one after the other.
pub fn execute(arguments: &Arguments) -> Status {
    match prepared(arguments, |scenario| Some(scenario.clone())) {
        Ok(scenarios) => run_all(arguments, &scenarios),
        Err(status) => status,
    }
}

/// The scenarios, checked and as `change` makes them, which says so itself where it makes none; how the program ends, after a message, if
/// they cannot be run.
pub fn prepared(
    arguments: &Arguments,
    change: impl Fn(&Scenario) -> Option<Scenario>,
) -> Result<Vec<Scenario>, Status> {
    options::chart_formats(&arguments.results.charts)?;
    let style = arguments.results.style.overrides();
    let changes = [arguments.changes.all(), style].concat();
    let Some(scenarios) = options::load_scenarios(&arguments.paths, &changes) else {
        return Err(Status::Unusable);
    };
    let changed: Vec<Scenario> = scenarios.iter().filter_map(change).collect();
    if changed.len() < scenarios.len() {
        return Err(Status::Unusable);
    }
    if arguments.shard.is_some() && !division::can_be_divided(&changed) {
        return Err(Status::Unusable);
    }
    if !options::fit_in_memory(&changed, arguments.results.threads, Work::Simulate) {
        return Err(Status::Unusable);
    }
    Ok(changed)
}

/// Runs checked scenarios one after the other.
pub fn run_all(arguments: &Arguments, scenarios: &[Scenario]) -> Status {
    let mut folders = Vec::new();
    for scenario in scenarios {
        let folder = match arguments.shard {
            Some(shard) => Folder::prepare_part(&arguments.output, scenario, shard),
            None => Folder::prepare(&arguments.output, scenario),
        };
        match folder {
            Ok(folder) => folders.push(folder),
            Err(error) => {
                terminal::error(format_args!("{error}; --output chooses another folder"));
                return Status::Unusable;
            }
        }
    }
    let begun = if arguments.fresh {
        Begun::Afresh
    } else {
        Begun::Perhaps
    };
    let session = match Session::start(&arguments.results, &arguments.output, begun) {
        Ok(session) => session,
        Err(status) => return status,
    };
    let status = session.all(scenarios, |position, scenario| {
        let folder = &folders[position];
        match arguments.shard {
            Some(shard) => job::part(&session, scenario, folder, shard),
            None => job::run(&session, scenario, folder),
        }
    });
    if arguments.shard.is_some() {
        return status;
    }
    status.and(lead_to_reports(&session, &arguments.output, scenarios))
}

/// Writes the page that leads to all reports of the folder of results, if there are several.
fn lead_to_reports(session: &Session<'_>, output: &Path, scenarios: &[Scenario]) -> Status {
    let language = scenarios.first().map(|one| one.chart_style.language);
    match write_index(output, language.unwrap_or_default()) {
        Ok(Some(page)) if scenarios.len() > 1 => {
            session.note(format_args!("all reports: {}", page.display()));
            Status::Done
        }
        Ok(_) => Status::Done,
        Err(error) => {
            terminal::error(format_args!("the page that leads to all reports: {error}"));
            Status::Failed
        }
    }
}

impl Arguments {
    /// For scenarios of the program's own, whose results are told in other words.
    pub fn of_course(output: PathBuf, charts: Vec<ChartFormat>, style: StyleOptions) -> Self {
        Self {
            paths: Vec::new(),
            output,
            changes: Changes::default(),
            results: Results::of_course(charts, style),
            shard: None,
            fresh: false,
        }
    }
}
