//! `flywheel chart`: draws the charts of finished runs again from their tables.

use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::analysis::{Collector, Results};
use flywheel::chart::{ChartKind, Figure};
use flywheel::experiment::{Design, MANIFEST, Manifest, write_whole};
use flywheel::report::Picture;
use flywheel::scenario::{Override, RecordedTable, Scenario};
use flywheel::table::{self, FIRMS, LEARNING, MAP, MARKET, PERIODS};
use rayon::prelude::*;

use super::options::ChartFormat;
use super::report::Found;
use super::style::StyleOptions;
use super::{Status, analyses, options, sweep, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folders of finished runs, such as output/four-experiences
    #[arg(required = true, value_name = "RUN_DIR")]
    folders: Vec<PathBuf>,
    /// Formats of the charts
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    #[command(flatten)]
    style: StyleOptions,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Draws the charts of every folder; one that cannot be drawn does not keep the others from it.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(formats) = options::chart_formats(&arguments.charts) else {
        return Status::Unusable;
    };
    let mut overrides = Vec::new();
    for text in arguments.style.overrides() {
        match Override::parse(&text) {
            Ok(parsed) => overrides.push(parsed),
            Err(problems) => {
                terminal::problems(&problems);
                return Status::Unusable;
            }
        }
    }
    let mut status = Status::Done;
    for folder in &arguments.folders {
        let outcome = if folder.join("scenario.toml").is_file() {
            redraw(folder, &formats, &overrides, arguments.style.data)
        } else {
            terminal::error(format_args!(
                "{} is not the folder of a finished run, for it holds no scenario.toml: name one such as output/four-experiences",
                folder.display()
            ));
            status = status.and(Status::Unusable);
            continue;
        };
        match outcome {
            Ok(count) if !arguments.quiet => {
                let text = format!("{}: drew {count} charts", folder.display());
                status = status.and(terminal::result(&text));
            }
            Ok(_) => {}
            Err(problem) => {
                terminal::error(format_args!("{}: {problem}", folder.display()));
                status = status.and(Status::Failed);
            }
        }
    }
    status
}

fn redraw(
    folder: &Path,
    formats: &[ChartFormat],
    overrides: &[Override],
    with_data: bool,
) -> Result<usize, String> {
    let load = |overrides: &[Override]| {
        let scenario = Scenario::load(&folder.join("scenario.toml"), overrides);
        scenario.map_err(|problems| problems.to_string())
    };
    // the report tells of the file as it is, whatever the charts look like, but in their language
    let (stored, scenario) = (load(&[])?, load(overrides)?);
    let found = if scenario.sweep.is_some() {
        let design = Design::new(&scenario).map_err(|problems| problems.to_string())?;
        Found::Points(sweep::from_table(folder, &design).map_err(|error| error.to_string())?)
    } else if scenario.simulation.record.keeps_all_periods() {
        let results = collect(folder, &scenario).map_err(|error| error.to_string())?;
        Found::Series(Box::new(results))
    } else {
        return Err(format!(
            "{}: its charts cannot be drawn, for simulation.record left rows out of the tables",
            folder.display()
        ));
    };
    let mut figures = found.draw(&scenario);
    figures.extend(analyses::redraw(folder, &scenario)?);
    let count = write_charts(folder, &figures, formats, with_data)?;
    let pictures: Vec<Picture> = figures.iter().map(Picture::from).collect();
    let language = scenario.chart_style.language;
    found.write_report(folder, &stored, language, &pictures)?;
    refresh_manifest(folder)?;
    Ok(count)
}

/// Results from the tables of a folder.
pub fn collect(folder: &Path, scenario: &Scenario) -> Result<Results, table::TableError> {
    let mut collector = Collector::new(scenario);
    table::read(folder, &FIRMS, |batch, _| collector.take_firms(batch))?;
    table::read(folder, &MARKET, |batch, _| collector.take_market(batch))?;
    table::read(folder, &PERIODS, |batch, _| collector.take_periods(batch))?;
    let record = &scenario.simulation.record;
    if record.keeps_table(RecordedTable::Learning) {
        table::read(folder, &LEARNING, |batch, _| collector.take_learning(batch))?;
    }
    if record.keeps_table(RecordedTable::Map) {
        table::read(folder, &MAP, |batch, _| collector.take_map(batch))?;
    }
    Ok(collector.finish())
}

/// The charts that runs have drawn in a folder; files of other names are the user's.
fn own_charts(folder: &Path) -> Vec<PathBuf> {
    let kinds = ChartKind::ALL.map(ChartKind::name);
    let ours = |name: &str| {
        let analyses = [
            "sweep-",
            "sensitivity",
            "game",
            "amplification",
            "loop",
            "sources",
        ];
        kinds.contains(&name) || analyses.iter().any(|analysis| name.starts_with(analysis))
    };
    let entries = std::fs::read_dir(folder.join("charts"));
    let paths = entries.into_iter().flatten().flatten();
    let is_ours = |path: &PathBuf| {
        let part = |part: Option<&std::ffi::OsStr>| {
            part.map(|part| part.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        let drawn = ["svg", "png", "gif", "csv"].contains(&part(path.extension()).as_str());
        drawn && ours(&part(path.file_stem()))
    };
    paths.map(|entry| entry.path()).filter(is_ours).collect()
}

/// Removes the charts that an earlier run left.
pub fn remove_charts(folder: &Path) -> Result<(), String> {
    for path in own_charts(folder) {
        std::fs::remove_file(&path)
            .map_err(|error| format!("cannot remove {}: {error}", path.display()))?;
    }
    // the system refuses if the folder holds anything else
    let _ = std::fs::remove_dir(folder.join("charts"));
    Ok(())
}

/// Writes figures into the folder `charts` of a run, with their numbers if asked for, and returns how many
/// pictures it wrote.
pub fn write_charts(
    folder: &Path,
    figures: &[Figure],
    formats: &[ChartFormat],
    with_data: bool,
) -> Result<usize, String> {
    if formats.is_empty() || figures.is_empty() {
        return Ok(0);
    }
    let charts = folder.join("charts");
    std::fs::create_dir_all(&charts)
        .map_err(|error| format!("cannot make {}: {error}", charts.display()))?;
    let files: Vec<_> = (figures.iter())
        .flat_map(|figure| formats.iter().map(move |&format| (figure, format)))
        .collect();
    files.par_iter().try_for_each(|(figure, format)| {
        let (ending, bytes) = match format {
            ChartFormat::Png => ("png", figure.png().map_err(|error| error.to_string())?),
            ChartFormat::Svg | ChartFormat::None => ("svg", figure.svg().as_bytes().to_vec()),
        };
        let path = charts.join(format!("{}.{ending}", figure.name()));
        write_whole(&path, &bytes).map_err(|error| error.to_string())
    })?;
    for figure in figures
        .iter()
        .filter(|_| formats.contains(&ChartFormat::Png))
    {
        let Some(animation) = figure.animation() else {
            continue;
        };
        let bytes = animation.gif(figure.name());
        let bytes = bytes.map_err(|error| error.to_string())?;
        let path = charts.join(format!("{}.gif", figure.name()));
        write_whole(&path, &bytes).map_err(|error| error.to_string())?;
    }
    for figure in figures.iter().filter(|_| with_data) {
        let path = charts.join(format!("{}.csv", figure.name()));
        write_whole(&path, figure.data().to_csv().as_bytes()).map_err(|error| error.to_string())?;
    }
    Ok(files.len())
}

/// Brings the manifest's list of files up to date, where there is a manifest.
fn refresh_manifest(folder: &Path) -> Result<(), String> {
    let path = folder.join(MANIFEST);
    if !path.is_file() {
        return Ok(());
    }
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut manifest = Manifest::read(folder).map_err(|error| fail(&error))?;
    manifest.list_files(folder).map_err(|error| fail(&error))?;
    write_whole(&path, manifest.to_json().as_bytes()).map_err(|error| error.to_string())
}
