//! `flywheel slurm`: writes job scripts that divide a run among the tasks of a Slurm job array, and merge it.

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
    /// Scenario files, or folders whose *.toml files are meant
    #[arg(required = true, value_name = "SCENARIO")]
    paths: Vec<PathBuf>,
    /// Number of tasks among which every scenario is divided
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    tasks: u32,
    /// Time limit of each job, as Slurm takes it: minutes, or hours:minutes:seconds
    #[arg(long, value_name = "TIME", value_parser = word)]
    time: Option<String>,
    /// Memory of each job, such as 2G
    #[arg(long, value_name = "SIZE", value_parser = word)]
    memory: Option<String>,
    /// Cores of each task
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=options::MOST_THREADS))]
    cpus: u16,
    /// Partition of the cluster
    #[arg(long, value_name = "NAME", value_parser = word)]
    partition: Option<String>,
    /// Account that pays
    #[arg(long, value_name = "NAME", value_parser = word)]
    account: Option<String>,
    /// Folder for the results, which all tasks must see
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Folder for the scripts [default: slurm-NAME]
    #[arg(long, value_name = "DIR")]
    scripts: Option<PathBuf>,
    #[command(flatten)]
    whole: Whole,
}

/// A value that stands in a `#SBATCH` line as it is.
fn word(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:,+@/".contains(c);
    if text.is_empty() || !text.chars().all(plain) {
        return Err("use letters, digits and -_.:,+@/ only".to_owned());
    }
    Ok(text.to_owned())
}

/// Writes the scripts, and says how to submit them.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(scenarios) = arguments.whole.load(&arguments.paths) else {
        return Status::Unusable;
    };
    let Some(tasks) = useful_parts(arguments.tasks, &scenarios) else {
        return Status::Unusable;
    };
    let name = match &scenarios[..] {
        [only] => only.name.clone(),
        _ => "jobs".to_owned(),
    };
    let folder = match &arguments.scripts {
        Some(folder) => folder.clone(),
        None => PathBuf::from(format!("slurm-{name}")),
    };
    if folder.exists() {
        terminal::error(format_args!(
            "{} exists already: remove it, or choose another folder with --scripts",
            folder.display()
        ));
        return Status::Unusable;
    }
    let written = Scripts::new(arguments, tasks, &scenarios, name).and_then(|scripts| {
        fs::create_dir_all(folder.join("log"))?;
        for (file, text) in scripts.all() {
            fs::write(folder.join(file), text)?;
        }
        Ok(())
    });
    match written {
        Ok(()) => terminal::result(&format!(
            "wrote {} for {} tasks and a merge; submit them with: sh {}",
            folder.display(),
            tasks,
            quoted(&folder.join("submit.sh"))
        )),
        Err(error) => {
            terminal::error(format_args!(
                "cannot write the scripts to {}: {error}; --scripts chooses another folder",
                folder.display()
            ));
            Status::Failed
        }
    }
}

/// What the scripts say.
struct Scripts<'a> {
    arguments: &'a Arguments,
    tasks: u32,
    scenarios: &'a [Scenario],
    /// Name of the jobs.
    name: String,
    program: String,
    /// The scenario files, quoted.
    paths: Vec<String>,
    output: PathBuf,
}

impl<'a> Scripts<'a> {
    /// Jobs start in a place of their own, so all paths are complete.
    fn new(
        arguments: &'a Arguments,
        tasks: u32,
        scenarios: &'a [Scenario],
        name: String,
    ) -> io::Result<Self> {
        let complete = |path: &PathBuf| Ok(quoted(&fs::canonicalize(path)?));
        Ok(Self {
            arguments,
            tasks,
            scenarios,
            name,
            program: quoted(&std::env::current_exe()?),
            paths: arguments
                .paths
                .iter()
                .map(complete)
                .collect::<io::Result<_>>()?,
            output: std::path::absolute(&arguments.output)?,
        })
    }

    fn all(&self) -> [(&'static str, String); 3] {
        [
            ("task.sh", self.task()),
            ("merge.sh", self.merge()),
            ("submit.sh", SUBMIT.to_owned()),
        ]
    }

    /// The lines that tell Slurm what a job needs, `more` before the others.
    fn resources(&self, more: &[String]) -> String {
        let arguments = self.arguments;
        let option = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!("--{name}={value}"))
        };
        let own = [
            option("time", &arguments.time),
            option("mem", &arguments.memory),
            option("partition", &arguments.partition),
            option("account", &arguments.account),
            Some(format!("--cpus-per-task={}", arguments.cpus)),
        ];
        let all = more.iter().cloned().chain(own.into_iter().flatten());
        all.map(|option| format!("#SBATCH {option}\n")).collect()
    }

    fn task(&self) -> String {
        let Self {
            name,
            program,
            tasks,
            ..
        } = self;
        let resources = self.resources(&[
            format!("--job-name={name}"),
            format!("--array=1-{tasks}"),
            "--output=log/part-%a.txt".to_owned(),
            // a task that is put back into the queue adds to what it said before
            "--open-mode=append".to_owned(),
        ]);
        let set = self.arguments.whole.set_options();
        format!(
            "#!/bin/bash\n{resources}\n# One part of the run for each task. A task that was stopped goes on where it was when it is submitted again.\nexec {program} run {}{set} \\\n  --output {} --shard \"$SLURM_ARRAY_TASK_ID/{tasks}\" --threads \"${{SLURM_CPUS_PER_TASK:-1}}\"\n",
            self.paths.join(" "),
            quoted(&self.output),
        )
    }

    fn merge(&self) -> String {
        let Self { name, program, .. } = self;
        let resources = self.resources(&[
            format!("--job-name={name}-merge"),
            "--output=log/merge.txt".to_owned(),
            "--open-mode=append".to_owned(),
        ]);
        let part = |scenario: &Scenario| {
            let path = self.output.join(&scenario.name);
            format!(" \\\n  {}.part-*-of-{}", quoted(&path), self.tasks)
        };
        let parts: String = self.scenarios.iter().map(part).collect();
        format!(
            "#!/bin/bash\n{resources}\n# Tables and charts of the whole, from all parts.\nexec {program} merge {}{parts} \\\n  {} --threads \"${{SLURM_CPUS_PER_TASK:-1}}\"\n",
            quoted(&self.output),
            self.arguments.whole.merge_options(),
        )
    }
}

/// What submits the job scripts.
const SUBMIT: &str = r#"#!/bin/sh
# Submits the parts, and the merge for when all of them have succeeded. Logs go to the folder log.
set -eu
cd "$(dirname "$0")"
tasks=$(sbatch --parsable task.sh)
merge=$(sbatch --parsable --dependency="afterok:${tasks%%;*}" --kill-on-invalid-dep=yes merge.sh)
echo "submitted the parts as job ${tasks%%;*}, and the merge as job ${merge%%;*}"
"#;
