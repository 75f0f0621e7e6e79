//! `flywheel lab`: a market in the browser.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use flywheel::course::LESSONS;
use flywheel::experiment::{Cancel, write_whole};
use flywheel::lab::{Ended, Lab, LabError, SinglePageError, single_page};
use flywheel::scenario::{Override, Scenario};

use super::options::{self, Changes, MOST_THREADS};
use super::status::Status;
use super::{signals, terminal};

/// The market that is opened where none is named.
const FLAGSHIP: &str = include_str!("../../scenarios/flywheel.toml");

#[derive(Debug, Args)]
pub struct Arguments {
    /// Scenario files, or folders whose *.toml files are meant; several make a menu [default: the market of the README]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Port of this machine [default: any that is free]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Let others on the network join, at this address of this machine; what they send and see is not encrypted
    #[arg(long, value_name = "ADDRESS")]
    share: Option<IpAddr>,
    /// Write the lab as one file instead, which a browser opens without this program; without a PATH, the course is in it too
    #[arg(long, value_name = "FILE", conflicts_with_all = ["port", "share", "no_open", "threads"])]
    export: Option<PathBuf>,
    /// Print the address, but do not open the browser
    #[arg(long)]
    no_open: bool,
    /// Number of threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    threads: Option<u16>,
    #[command(flatten)]
    changes: Changes,
}

/// Opens the lab, and waits until it is closed.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(scenarios) = scenarios(arguments) else {
        return Status::Unusable;
    };
    if let Some(file) = &arguments.export {
        return export(file, &scenarios);
    }
    if !options::fit_in_memory(&scenarios, arguments.threads, options::Work::Simulate) {
        return Status::Unusable;
    }
    let Some(pool) = options::thread_pool(arguments.threads) else {
        return Status::Failed;
    };
    let folder = match std::env::current_dir() {
        Ok(folder) => folder,
        Err(error) => {
            terminal::error(format_args!("the folder of the program is gone: {error}"));
            return Status::Failed;
        }
    };
    match Lab::new(&scenarios, arguments.port, arguments.share, folder, pool) {
        Ok(lab) => serve(arguments, lab).unwrap_or_else(|error| failed(&error)),
        Err(error) => failed(&error),
    }
}

/// Writes the lab as one file.
fn export(file: &Path, scenarios: &[Scenario]) -> Status {
    let page = match single_page(scenarios) {
        Ok(page) => page,
        Err(SinglePageError::Scenario(problems)) => {
            terminal::problems(&problems);
            return Status::Unusable;
        }
        Err(error) => {
            terminal::error(error);
            return Status::Failed;
        }
    };
    match write_whole(file, page.as_bytes()) {
        Ok(()) => terminal::result(&format!(
            "wrote {} ({} kB); any browser opens it, with or without a network",
            file.display(),
            page.len() / 1000
        )),
        Err(error) => {
            terminal::error(error);
            Status::Failed
        }
    }
}

/// The scenarios that paths stand for; without one, the flagship.
fn scenarios(arguments: &Arguments) -> Option<Vec<Scenario>> {
    let changes = arguments.changes.all();
    if !arguments.paths.is_empty() {
        return options::load_scenarios(&arguments.paths, &changes);
    }
    // a page that is alone has nobody to ask for the lessons
    let lessons = LESSONS.iter().filter(|_| arguments.export.is_some());
    let texts = std::iter::once(&("flywheel", FLAGSHIP)).chain(lessons);
    let changes = changes.iter().map(|change| Override::parse(change));
    let scenarios = changes.collect::<Result<Vec<_>, _>>().and_then(|changes| {
        let read = |(name, text): &(&str, &str)| {
            Scenario::from_toml_with(text, &format!("{name}.toml"), name, &changes)
        };
        texts.map(read).collect()
    });
    match scenarios {
        Ok(scenarios) => Some(scenarios),
        Err(problems) => {
            terminal::problems(&problems);
            None
        }
    }
}

fn serve(arguments: &Arguments, lab: Lab) -> Result<Status, LabError> {
    let stop = Cancel::default();
    if let Err(error) = signals::stop_on_signals(&stop) {
        terminal::note(format_args!("note: Ctrl-C ends the lab at once: {error}"));
    }
    let address = lab.address()?;
    let printed = terminal::result(&address);
    if printed != Status::Done {
        return Ok(printed);
    }
    terminal::note(
        "open this address in a browser on this machine; it holds the key, so keep it to yourself\n\
         the lab runs until Ctrl-C, or until its page has been closed for ten minutes",
    );
    if let Some((place, code)) = lab.room() {
        terminal::note(format_args!(
            "others join at {place} with the code {code}; what they send and see is not encrypted"
        ));
    }
    if !arguments.no_open && !opened(&address) {
        terminal::note("no browser could be started");
    }
    if lab.serve(&stop)? == Ended::Left {
        terminal::note("the page was closed: the lab has ended");
    }
    Ok(Status::Done)
}

fn failed(error: &LabError) -> Status {
    if let LabError::Scenario(problems) = error {
        terminal::problems(problems);
        return Status::Unusable;
    }
    terminal::error(error);
    match error {
        LabError::Port { .. } | LabError::Share { .. } => Status::Unusable,
        _ => Status::Failed,
    }
}

/// Starts the browser of this machine; whether there is one to start.
fn opened(address: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().is_ok()
}
