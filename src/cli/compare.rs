//! `flywheel compare`: what differs between two finished runs with the same draws.

use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::analysis::Comparison;
use flywheel::run::{CompareError, ComparedRuns, Options, PairOfRuns};
use flywheel::scenario::Quantity;

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
    let options = match options::chart_formats(&arguments.charts) {
        Ok(pictures) => Options {
            tables: options::table_formats(&arguments.format),
            pictures,
            ..Options::default()
        },
        Err(status) => return status,
    };
    match compare(arguments, &options) {
        Ok(status) => status,
        Err(error) => {
            terminal::error(&error);
            match error {
                CompareError::Failed(_) | CompareError::NotAsWritten { .. } => Status::Failed,
                _ => Status::Unusable,
            }
        }
    }
}

fn compare(arguments: &Arguments, options: &Options) -> Result<Status, CompareError> {
    let pair = PairOfRuns::open(&arguments.base, &arguments.other)?;
    let ComparedRuns { comparison, cells } = pair.compare()?;
    let folder = arguments.output.clone().unwrap_or_else(|| {
        let [base, other] = pair.names();
        Path::new("output").join(format!("{other}-against-{base}"))
    });
    pair.write(&comparison, &folder, options)?;
    if arguments.quiet {
        return Ok(Status::Done);
    }
    for (names, run) in [
        (&comparison.only_base, &pair.base),
        (&comparison.only_other, &pair.other),
    ] {
        if !names.is_empty() {
            terminal::note(format_args!(
                "only in {}: {}",
                run.folder.display(),
                names.join(", ")
            ));
        }
    }
    if cells[0] != cells[1] {
        terminal::note(format_args!(
            "the runs have {} and {} replicates; the {} that both have are compared",
            cells[0], cells[1], comparison.replicates
        ));
    }
    let status = terminal::result(&words(&comparison, &pair));
    terminal::note(format_args!("table and charts in {}", folder.display()));
    Ok(status)
}

/// Most lines on the terminal; the table has all.
const MOST: usize = 64;

/// The comparison as a table for the terminal.
fn words(comparison: &Comparison, pair: &PairOfRuns) -> String {
    let (swept, [base, other]) = (pair.is_sweep(), pair.names());
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
        "{other} against {base}\n{}{more}{} paired replicates; variance ÷: what common random numbers divided the variance of the difference by",
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
    let decimals = (3.0 - libm::log10(size).floor()).clamp(0.0, 6.0) as usize;
    format!("{value:.decimals$}")
}
