//! `flywheel snakemake`: writes a workflow of two rules, the parts of a run and their merge.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Args;
use flywheel::scenario::Scenario;

use super::division::{Whole, quoted, useful_parts};
use super::status::Status;
use super::{options, terminal};

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
    whole: Whole,
}

/// Writes the workflow, and says how to run it.
pub fn execute(arguments: &Arguments) -> Status {
    let paths = std::slice::from_ref(&arguments.path);
    let Some(scenarios) = arguments.whole.load(paths) else {
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
    let Some(parts) = useful_parts(arguments.parts, &scenarios) else {
        return Status::Unusable;
    };
    let file = &arguments.file;
    let written = workflow(arguments, scenario, parts).and_then(|text| {
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
fn workflow(arguments: &Arguments, scenario: &Scenario, parts: u32) -> io::Result<String> {
    let program = quoted(&std::env::current_exe()?);
    let whole = arguments.output.join(&scenario.name);
    let part = format!("{}.part-{{part}}-of-{parts}", whole.display());
    let set = arguments.whole.set_options();
    let run = format!(
        "{program} run {}{set} --output {} --shard ",
        quoted(&arguments.path),
        quoted(&arguments.output)
    );
    let merge = format!(
        "{program} merge {} {}.part-*-of-{parts} {}",
        quoted(&arguments.output),
        quoted(&whole),
        arguments.whole.merge_options(),
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
