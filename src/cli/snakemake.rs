//! `flywheel snakemake`: writes a workflow of two rules, the parts of a run and their merge.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::scenario::Scenario;

use super::options::{Changes, ChartFormat, TableFormat};
use super::slurm::{names, quoted, useful_tasks};
use super::status::Status;
use super::style::StyleOptions;
use super::{job, options, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Scenario file
    #[arg(value_name = "SCENARIO")]
    path: PathBuf,
    /// Number of parts into which the run is divided
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    parts: u32,
    /// Cores of each part
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=options::MOST_THREADS))]
    cpus: u16,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// File for the workflow
    #[arg(long, value_name = "FILE", default_value = "Snakefile")]
    file: PathBuf,
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

/// Writes the workflow, and says how to run it.
pub fn execute(arguments: &Arguments) -> Status {
    if options::chart_formats(&arguments.charts).is_err() {
        return Status::Unusable;
    }
    let overrides = [arguments.changes.all(), arguments.style.overrides()].concat();
    let paths = std::slice::from_ref(&arguments.path);
    let Some(scenarios) = options::load_scenarios(paths, &overrides) else {
        return Status::Unusable;
    };
    let [scenario] = &scenarios[..] else {
        terminal::error(format_args!(
            "{} holds {} scenarios: name one of them, for a workflow is of one",
            arguments.path.display(),
            scenarios.len()
        ));
        return Status::Unusable;
    };
    if !job::can_be_divided(&scenarios) {
        return Status::Unusable;
    }
    let parts = match useful_tasks(arguments.parts, &scenarios) {
        Ok(parts) => parts,
        Err(error) => {
            terminal::error(error);
            return Status::Unusable;
        }
    };
    let file = &arguments.file;
    let written = workflow(arguments, scenario, &overrides, parts).and_then(|text| {
        let mut new = fs::OpenOptions::new();
        let mut new = new.write(true).create_new(true).open(file)?;
        io::Write::write_all(&mut new, text.as_bytes())
    });
    let shown = quoted(file);
    match written {
        Ok(()) => terminal::result(&format!(
            "wrote {} for {parts} parts and a merge; run it here with: snakemake --snakefile {shown} --cores all",
            file.display()
        )),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            terminal::error(format_args!(
                "{} exists already: remove it, or choose another with --file",
                file.display()
            ));
            Status::Unusable
        }
        Err(error) => {
            terminal::error(format_args!(
                "cannot write {}: {error}; --file chooses another",
                file.display()
            ));
            Status::Failed
        }
    }
}

/// The workflow. A manifest is the last file of a folder, so it stands for the whole.
fn workflow(
    arguments: &Arguments,
    scenario: &Scenario,
    overrides: &[String],
    parts: u32,
) -> io::Result<String> {
    let program = quoted(&std::env::current_exe()?);
    let whole = arguments.output.join(&scenario.name);
    let part = format!("{}.part-{{part}}-of-{parts}", whole.display());
    let set: String = (overrides.iter())
        .map(|change| format!(" --set {}", quoted(Path::new(change))))
        .collect();
    let run = format!(
        "{program} run {}{set} --output {} --shard ",
        quoted(&arguments.path),
        quoted(&arguments.output)
    );
    let merge = format!(
        "{program} merge {} {}.part-*-of-{parts} --format {} --charts {}{}",
        quoted(&arguments.output),
        quoted(&whole),
        names(&arguments.format),
        names(&arguments.charts),
        if arguments.style.data { " --data" } else { "" },
    );
    Ok(format!(
        "# Divides a run into {parts} parts and merges them. Here: snakemake --cores all; on a cluster, with the plugin of its scheduler, for example
# snakemake --executor slurm --jobs {parts}. A part that was stopped goes on where it was.

rule merge:
    input: expand({}, part=range(1, {parts} + 1))
    output: {}
    threads: {cpus}
    shell: {}

rule part:
    input: {}
    output: {}
    threads: {cpus}
    shell: {}
",
        literal(&format!("{part}/manifest.json")),
        literal(&whole.join("manifest.json").display().to_string()),
        literal(&format!("{} --threads {{threads}} --quiet", doubled(&merge))),
        literal(&arguments.path.display().to_string()),
        literal(&format!("{part}/manifest.json")),
        literal(&format!(
            "{}{{wildcards.part}}/{parts} --threads {{threads}} --quiet",
            doubled(&run)
        )),
        cpus = arguments.cpus,
    ))
}

/// A text in which Snakemake fills nothing in.
fn doubled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A text as Python writes it, which reads what JSON does.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
