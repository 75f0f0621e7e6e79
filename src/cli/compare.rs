//! `flywheel compare`: what differs between two finished runs with the same draws.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::analysis::{Comparison, Quantity, RunFigures};
use flywheel::chart::{ComparisonChart, Style, draw_comparison};
use flywheel::experiment::{
    Design, ExperimentError, Manifest, SCENARIO, sound_manifest, write_parts, write_whole,
};
use flywheel::run::PictureFormat;
use flywheel::scenario::{RecordedTable, Scenario, closing};
use flywheel::table::{self, COMPARISON, FIRMS, Format};

use super::options::{self, ChartFormat, TableFormat};
use super::status::Status;
use super::summary::align;
use super::terminal;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder of the run that is compared with, such as output/four-experiences
    #[arg(value_name = "BASE_DIR")]
    base: PathBuf,
    /// Folder of the run whose differences from it are asked for
    #[arg(value_name = "OTHER_DIR")]
    other: PathBuf,
    /// Folder for table and chart [default: output/OTHER-against-BASE]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Formats of the table
    #[arg(long, value_enum, value_delimiter = ',', default_value = "csv")]
    format: Vec<TableFormat>,
    /// Formats of the chart, or none
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Compares two runs, or says why they cannot be compared.
pub fn execute(arguments: &Arguments) -> Status {
    let charts = match options::chart_formats(&arguments.charts) {
        Ok(charts) => charts,
        Err(status) => return status,
    };
    let runs = Run::open(&arguments.base).and_then(|base| Ok((base, Run::open(&arguments.other)?)));
    let pair = runs.and_then(|(base, other)| {
        check_pair(&base, &other).map_err(|reason| {
            format!(
                "{} and {} cannot be compared: {reason}",
                arguments.base.display(),
                arguments.other.display()
            )
        })?;
        Ok((base, other))
    });
    let (base, other) = match pair {
        Ok(pair) => pair,
        Err(problem) => {
            terminal::error(problem);
            return Status::Unusable;
        }
    };
    match compare(arguments, &charts, &base, &other) {
        Ok(status) => status,
        Err(Stop::Unpaired(problem)) => {
            terminal::error(problem);
            Status::Unusable
        }
        Err(Stop::Failed(problem)) => {
            terminal::error(problem);
            Status::Failed
        }
    }
}

/// Why there is no comparison.
enum Stop {
    /// The runs have nothing in common.
    Unpaired(String),
    /// A file could not be read or written.
    Failed(String),
}

/// A finished run.
struct Run {
    folder: PathBuf,
    scenario: Scenario,
    manifest: Manifest,
    design: Design,
}

impl Run {
    fn open(folder: &Path) -> Result<Self, String> {
        let unusable = |error: ExperimentError| match error {
            ExperimentError::NoRun(_) => error.to_string(),
            other => format!("{}: {other}", folder.display()),
        };
        let manifest = sound_manifest(folder).map_err(unusable)?;
        if manifest.version != env!("CARGO_PKG_VERSION") {
            return Err(format!(
                "{} was made by version {} of this program, which is {}: run its scenario again",
                folder.display(),
                manifest.version,
                env!("CARGO_PKG_VERSION")
            ));
        }
        let scenario =
            Scenario::load(&folder.join(SCENARIO), &[]).map_err(|problems| problems.to_string())?;
        let design = Design::new(&scenario).map_err(|problems| problems.to_string())?;
        let run = Self {
            folder: folder.to_owned(),
            scenario,
            manifest,
            design,
        };
        run.check_record()?;
        Ok(run)
    }

    /// The figures need every firm's rows of the last tenth of the periods.
    fn check_record(&self) -> Result<(), String> {
        let record = &self.scenario.simulation.record;
        let all = self.scenario.simulation.periods;
        let closing = closing(all).start;
        let whole = (closing..all).all(|period| record.keeps_period(period));
        if record.keeps_table(RecordedTable::Firms) && whole {
            return Ok(());
        }
        Err(format!(
            "{}: simulation.record left out rows of the table firms that a comparison needs, those of periods {closing} to {}: run it again with `--set simulation.record.tables=[\"firms\"] --set simulation.record.every=1 --set simulation.record.from=0`",
            self.folder.display(),
            all - 1
        ))
    }

    /// What its folder is called.
    fn name(&self) -> String {
        let name = self.folders().into_iter().next();
        name.unwrap_or_else(|| self.scenario.name.clone())
    }

    /// Its folder, the folder that this is in, and so on.
    fn folders(&self) -> Vec<String> {
        let folder = self.folder.canonicalize();
        let folder = folder.unwrap_or_else(|_| self.folder.clone());
        let names = folder.ancestors().filter_map(Path::file_name);
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }

    /// What it is called beside another run: its folder, or where both are of one name, the innermost folder
    /// around it that is not.
    fn name_beside(&self, other: &Self) -> String {
        let (own, others) = (self.folders(), other.folders());
        let differing = own.iter().zip(&others).find(|(own, other)| own != other);
        differing.map_or_else(|| self.name(), |(own, _)| own.clone())
    }

    fn figures(&self) -> Result<RunFigures, Stop> {
        let failed =
            |problem: String| Stop::Failed(format!("{}: {problem}", self.folder.display()));
        let varies = self
            .design
            .columns()
            .iter()
            .any(|path| path == "simulation.periods");
        let periods = if varies {
            let scenarios = (0..self.design.len()).map(|point| self.design.scenario(point));
            let periods = scenarios.map(|scenario| Ok(scenario?.simulation.periods));
            let periods: Result<_, flywheel::scenario::Diagnostics> = periods.collect();
            periods.map_err(|problems| failed(problems.to_string()))?
        } else {
            vec![self.scenario.simulation.periods]
        };
        let mut figures = RunFigures::new(periods);
        table::read(&self.folder, &FIRMS, |batch, points| {
            figures.take(batch, points)
        })
        .map_err(|error| failed(error.to_string()))?;
        Ok(figures)
    }
}

/// Whether replicates of two runs are pairs: the same customers with the same needs and shocks.
fn check_pair(base: &Run, other: &Run) -> Result<(), String> {
    let (first, second) = (&base.manifest, &other.manifest);
    if first.seed != second.seed {
        return Err(format!(
            "their seeds are {} and {}, so their customers have nothing in common: run both with the same --seed",
            first.seed, second.seed
        ));
    }
    let (one, two) = (&base.scenario, &other.scenario);
    let (long, short) = (one.simulation.periods, two.simulation.periods);
    if long != short {
        return Err(format!(
            "they last {long} and {short} periods: run both with the same simulation.periods"
        ));
    }
    if one.simulation.discount_rate != two.simulation.discount_rate {
        return Err(format!(
            "their discount rates are {} and {}, so cumulative profit means different things: run both with the same simulation.discount_rate",
            one.simulation.discount_rate, two.simulation.discount_rate
        ));
    }
    if one.market.taste_dimensions != two.market.taste_dimensions {
        return Err(format!(
            "tastes have {} and {} dimensions, so their customers are not the same",
            one.market.taste_dimensions, two.market.taste_dimensions
        ));
    }
    let customers = |scenario: &Scenario| -> BTreeMap<String, u32> {
        let populations = scenario.populations.iter();
        populations
            .map(|population| (population.name.clone(), population.customers))
            .collect()
    };
    let (here, there) = (customers(one), customers(two));
    if here != there {
        let words = |populations: &BTreeMap<String, u32>| {
            let each = populations
                .iter()
                .map(|(name, count)| format!("{name} ({count})"));
            each.collect::<Vec<_>>().join(", ")
        };
        return Err(format!(
            "their populations differ, {} and {}, so their customers are not the same: names and numbers of customers must agree",
            words(&here),
            words(&there)
        ));
    }
    check_points(base, other)
}

/// Points of sweeps are compared one by one.
fn check_points(base: &Run, other: &Run) -> Result<(), String> {
    match (base.design.is_sweep(), other.design.is_sweep()) {
        (false, false) => return Ok(()),
        (true, true) => {}
        (swept, _) => {
            let (with, without) = if swept { (base, other) } else { (other, base) };
            return Err(format!(
                "{} is a sweep and {} is not",
                with.folder.display(),
                without.folder.display()
            ));
        }
    }
    let points = |run: &Run| std::fs::read(run.folder.join("points.csv"));
    match (points(base), points(other)) {
        (Ok(first), Ok(second)) if first == second => Ok(()),
        (Ok(_), Ok(_)) => Err("their sweeps have different points (see points.csv)".to_owned()),
        _ => Err("points.csv of one of them cannot be read: run its scenario again".to_owned()),
    }
}

fn compare(
    arguments: &Arguments,
    charts: &[PictureFormat],
    base: &Run,
    other: &Run,
) -> Result<Status, Stop> {
    let (first, second) = (base.figures()?, other.figures()?);
    let comparison = Comparison::of(&first, &second);
    if comparison.replicates == 0 {
        return Err(Stop::Unpaired(format!(
            "{} and {} cannot be compared: they have no replicate in common",
            base.folder.display(),
            other.folder.display()
        )));
    }
    if comparison.firms.is_empty() {
        return Err(Stop::Unpaired(format!(
            "{} and {} cannot be compared: no firm takes part in both (in the first: {}; in the second: {})",
            base.folder.display(),
            other.folder.display(),
            comparison.only_base.join(", "),
            comparison.only_other.join(", ")
        )));
    }
    let folder = arguments.output.clone().unwrap_or_else(|| {
        Path::new("output").join(format!(
            "{}-against-{}",
            other.name_beside(base),
            base.name_beside(other)
        ))
    });
    write(arguments, charts, (base, other), &comparison, &folder).map_err(Stop::Failed)?;
    if arguments.quiet {
        return Ok(Status::Done);
    }
    for (names, run) in [
        (&comparison.only_base, base),
        (&comparison.only_other, other),
    ] {
        if !names.is_empty() {
            terminal::note(format_args!(
                "only in {}: {}",
                run.folder.display(),
                names.join(", ")
            ));
        }
    }
    if first.cells() != second.cells() {
        terminal::note(format_args!(
            "the runs have {} and {} replicates; the {} that both have are compared",
            first.cells(),
            second.cells(),
            comparison.replicates
        ));
    }
    let status = terminal::result(&words(&comparison, base, other));
    terminal::note(format_args!("table and charts in {}", folder.display()));
    Ok(status)
}

fn write(
    arguments: &Arguments,
    charts: &[PictureFormat],
    (base, other): (&Run, &Run),
    comparison: &Comparison,
    folder: &Path,
) -> Result<(), String> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let swept = base.design.is_sweep();
    let parts: Vec<_> = comparison
        .points()
        .into_iter()
        .map(|point| (swept.then_some(point), comparison.table(point)))
        .collect();
    let text = |text: &str| text.to_owned();
    let metadata = vec![
        (text("flywheel.version"), text(env!("CARGO_PKG_VERSION"))),
        (text("flywheel.seed"), base.manifest.seed.to_string()),
        (text("flywheel.base"), base.scenario.to_toml()),
        (text("flywheel.other"), other.scenario.to_toml()),
    ];
    let mut formats: Vec<Format> = arguments
        .format
        .iter()
        .map(|&format| format.into())
        .collect();
    formats.sort();
    formats.dedup();
    write_parts(folder, &metadata, &formats, &COMPARISON, &parts)
        .map_err(|error| error.to_string())?;
    if charts.is_empty() {
        return Ok(());
    }
    let points: Vec<String> = (0..base.design.len())
        .filter(|_| swept)
        .map(|point| point_name(base, point))
        .collect();
    let figure = draw_comparison(&ComparisonChart {
        style: &Style::new(&base.scenario.chart_style),
        base: &base.name_beside(other),
        other: &other.name_beside(base),
        comparison,
        points: &points,
    });
    for format in charts {
        let (ending, bytes) = match format {
            PictureFormat::Png => ("png", figure.png().map_err(|error| error.to_string())?),
            PictureFormat::Svg => ("svg", figure.svg().as_bytes().to_vec()),
        };
        let path = folder.join(format!("{}.{ending}", figure.name()));
        write_whole(&path, &bytes).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// A point in words: the last part of each path with its value.
fn point_name(run: &Run, point: u32) -> String {
    let columns = run.design.columns().iter().zip(run.design.values(point));
    let words = columns.map(|(path, value)| {
        let key = path
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .replace('_', " ");
        format!(
            "{key} {}",
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        )
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Most lines on the terminal; the table has all.
const MOST: usize = 64;

/// The comparison as a table for the terminal.
fn words(comparison: &Comparison, base: &Run, other: &Run) -> String {
    let swept = base.design.is_sweep();
    let head = [
        "firm",
        "quantity",
        "base",
        "other",
        "difference",
        "95 % interval",
        "variance ÷",
    ];
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).into()];
    let number = |value: f64| {
        if value.is_nan() {
            "-".to_owned()
        } else {
            significant(value)
        }
    };
    for firm in &comparison.firms {
        let name = if swept {
            format!("point {}: {}", firm.point, firm.name)
        } else {
            firm.name.clone()
        };
        for (quantity, one) in Quantity::SUMMARY.iter().zip(&firm.figures) {
            let difference = one.difference;
            let interval = if difference.low.is_nan() {
                "-".to_owned()
            } else {
                format!(
                    "{} to {}",
                    significant(difference.low),
                    significant(difference.high)
                )
            };
            let reduction = if one.variance_reduction.is_nan() {
                "-".to_owned()
            } else {
                format!("{:.1}", one.variance_reduction)
            };
            rows.push(vec![
                name.clone(),
                quantity.column().to_owned(),
                number(one.base),
                number(one.other),
                number(difference.mean),
                interval,
                reduction,
            ]);
        }
    }
    let more = rows.len().saturating_sub(MOST + 1);
    rows.truncate(MOST + 1);
    let more = if more > 0 {
        format!("  and {more} more rows in the table\n")
    } else {
        String::new()
    };
    format!(
        "{} against {}\n{}{more}{} paired replicates; variance ÷: what common random numbers divided the variance of the difference by",
        other.name_beside(base),
        base.name_beside(other),
        align(&rows),
        comparison.replicates
    )
}

/// A number with four significant digits.
fn significant(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    let decimals = (3.0 - size.log10().floor()).clamp(0.0, 6.0) as usize;
    format!("{value:.decimals$}")
}
