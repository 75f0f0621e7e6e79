//! `flywheel describe`: what is in a log of purchases.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use flywheel::log::{Log, Reading, StatisticKind, Unit};
use flywheel::run::{Described, Options};
use flywheel::scenario::Scenario;

use super::options::{self, ChartFormat, TableFormat};
use super::status::Status;
use super::style::StyleOptions;
use super::summary::align;
use super::terminal;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Log of purchases: CSV with the columns customer, period and firm, and perhaps population, price and kind; or interactions.csv or .parquet of a run
    #[arg(value_name = "LOG")]
    log: PathBuf,
    /// How long a period is, where the log has dates: 1d, 7d, 1m; where it has numbers, how many of them make a period
    #[arg(long, value_name = "LENGTH")]
    period: Option<Unit>,
    /// The replicate that is meant, of a table of a run
    #[arg(long, value_name = "N", default_value_t = 0)]
    replicate: u32,
    /// The point of a sweep that is meant, likewise
    #[arg(long, value_name = "N", default_value_t = 0)]
    point: u32,
    /// Write a scenario with the firms, customers and periods of the log
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Folder for table and charts [default: output/LOG]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Formats of the table
    #[arg(long, value_enum, value_delimiter = ',', default_value = "csv")]
    format: Vec<TableFormat>,
    /// Formats of the charts, or none
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    #[command(flatten)]
    style: StyleOptions,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Describes a log, or says what is wrong with it.
pub fn execute(arguments: &Arguments) -> Status {
    let options = match options::chart_formats(&arguments.charts) {
        Ok(pictures) => Options {
            tables: options::table_formats(&arguments.format),
            pictures,
            data: arguments.style.data,
            ..Options::default()
        },
        Err(status) => return status,
    };
    let style = match arguments.style.read() {
        Ok(style) => style,
        Err(status) => return status,
    };
    let reading = Reading {
        unit: arguments.period,
        replicate: arguments.replicate,
        point: arguments.point,
    };
    let described = match Described::read(&arguments.log, &reading, &style) {
        Ok(described) => described,
        Err(error) => {
            terminal::error(error);
            return Status::Unusable;
        }
    };
    if let Some(file) = &arguments.scenario
        && let Err(status) = write_scenario(file, &described.log, arguments)
    {
        return status;
    }
    let stem = arguments.log.file_stem().unwrap_or_default();
    let folder = arguments
        .output
        .clone()
        .unwrap_or_else(|| Path::new("output").join(stem));
    if let Err(error) = described.write(&folder, &options) {
        terminal::error(error);
        return Status::Failed;
    }
    if arguments.quiet {
        return Status::Done;
    }
    let status = terminal::result(&words(&described.log));
    terminal::note(format_args!("table and charts in {}", folder.display()));
    status
}

/// Writes the scenario, unless there is a file of that name.
fn write_scenario(file: &Path, log: &Log, arguments: &Arguments) -> Result<(), Status> {
    let name = beside(file, &arguments.log);
    let text = log.scenario(&name, arguments.period);
    // what is written should do as it stands: the file's name, too, is checked
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let origin = file.display().to_string();
    if let Err(problems) = Scenario::from_toml_with(&text, &origin, &stem, &[]) {
        terminal::problems(&problems);
        return Err(Status::Unusable);
    }
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
        .and_then(|mut open| open.write_all(text.as_bytes()));
    if let Err(error) = written {
        terminal::error(format_args!(
            "cannot write {}: {error}; --scenario takes the name of a file that is not there yet",
            file.display()
        ));
        return Err(Status::Unusable);
    }
    if !arguments.quiet {
        terminal::note(format_args!(
            "wrote {0}; see which parameters could have made the log with: flywheel calibrate {0}",
            file.display()
        ));
    }
    Ok(())
}

/// What a log is called from the folder of a scenario.
fn beside(scenario: &Path, log: &Path) -> String {
    let folder = scenario.parent().unwrap_or(Path::new(""));
    let is_below = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    let name = match log.strip_prefix(folder) {
        Ok(inside) => inside.to_owned(),
        Err(_) if log.is_absolute() => log.to_owned(),
        Err(_) if folder.components().all(is_below) => {
            let names = folder.components();
            let names = names.filter(|part| matches!(part, Component::Normal(_)));
            Path::new(&"../".repeat(names.count())).join(log)
        }
        // the way back from elsewhere is not known
        Err(_) => std::path::absolute(log).unwrap_or_else(|_| log.to_owned()),
    };
    name.display().to_string().replace('\\', "/")
}

/// What the log says, for the terminal.
fn words(log: &Log) -> String {
    let (from, to) = &log.span;
    let mut text = format!(
        "{} purchases of {} customers from {} firms in {} periods, {from} to {to}\n\n",
        log.purchases.len(),
        log.customers,
        log.firms.len(),
        log.periods
    );
    text.push_str(&align(&firms(log)));
    if log.populations.len() > 1 {
        let head = vec!["population".to_owned(), "customers".to_owned()];
        let populations = log
            .populations
            .iter()
            .map(|(name, customers)| vec![name.clone(), customers.to_string()]);
        text.push_str(&format!(
            "\n{}",
            align(&[vec![head], populations.collect()].concat())
        ));
    }
    text.push_str(&format!("\n{}", align(&statistics(log))));
    if !log.knows_who_began {
        text.push_str("\nwho began the purchases is not known: a column `kind` with requested or detected would say it\n");
    }
    let more = log.more_in_a_period();
    if more > 0 {
        text.push_str(&format!(
            "\n{more} purchases are not the customer's first one in a period: in the model, nobody buys twice in one; shorter periods (--period) hold fewer such\n"
        ));
    }
    if log.passed_over > 0 {
        text.push_str(&format!(
            "\n{} rows are no purchases of this market (false alarms, other replicates, points or variants) and do not count\n",
            log.passed_over
        ));
    }
    text.trim_end().to_owned()
}

/// The firms with their shares.
fn firms(log: &Log) -> Vec<Vec<String>> {
    let head = [
        "firm",
        "purchases",
        "share",
        "mean price",
        "begun by the firm",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for firm in &log.firms {
        let part = |count: u64, of: u64| format!("{:.1} %", 100.0 * count as f64 / of as f64);
        let begun = match log.knows_who_began {
            true => part(firm.begun, firm.purchases),
            false => "-".to_owned(),
        };
        let price = match firm.price.is_nan() {
            true => "-".to_owned(),
            false => format!("{:.4}", firm.price),
        };
        let share = part(firm.purchases, log.purchases.len() as u64);
        rows.push(vec![
            firm.name.clone(),
            firm.purchases.to_string(),
            share,
            price,
            begun,
        ]);
    }
    rows
}

/// All statistics but those of single firms, which the table has.
fn statistics(log: &Log) -> Vec<Vec<String>> {
    let mut rows = vec![["statistic", "over", "value"].map(str::to_owned).to_vec()];
    for (one, value) in log.statistics() {
        if one.firm.is_some() || value.is_nan() {
            continue;
        }
        let (from, to) = (one.from.to_string(), one.to.saturating_sub(1).to_string());
        let over = match one.kind {
            StatisticKind::RepeatAfter | StatisticKind::RunLength if one.to == 0 => {
                format!("{from} and more")
            }
            StatisticKind::Survival => format!("{from} periods"),
            _ if from == to => from,
            _ => format!("{from} to {to}"),
        };
        let value = match one.kind.is_part() {
            true => format!("{:.1} %", 100.0 * value),
            false => format!("{value:.3}"),
        };
        rows.push(vec![one.kind.name().to_owned(), over, value]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_found_from_where_the_scenario_is() {
        let called = |scenario: &str, log: &str| beside(Path::new(scenario), Path::new(log));
        for (scenario, log, expected) in [
            ("market.toml", "log.csv", "log.csv"),
            ("./market.toml", "log.csv", "log.csv"),
            ("a/market.toml", "a/log.csv", "log.csv"),
            ("a/./b/market.toml", "data/log.csv", "../../data/log.csv"),
            ("a/market.toml", "/data/log.csv", "/data/log.csv"),
        ] {
            assert_eq!(called(scenario, log), expected, "{scenario}, {log}");
        }
        for scenario in ["../a/market.toml", "/elsewhere/market.toml"] {
            let expected = std::path::absolute("log.csv").expect("a folder");
            assert_eq!(
                Path::new(&called(scenario, "log.csv")),
                expected,
                "{scenario}"
            );
        }
    }
}
