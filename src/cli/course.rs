//! `flywheel course`: lists the lessons, runs one, or writes the instructor's guide.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::analysis::Results;
use flywheel::course::{Course, LESSONS, Told, guide, letter};
use flywheel::experiment::write_whole;
use flywheel::scenario::{Override, Scenario};

use super::options::ChartFormat;
use super::status::Status;
use super::style::StyleOptions;
use super::{run, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The lesson to run: its number or its name, or a file of your own with a [lesson]; none lists them
    #[arg(value_name = "LESSON")]
    lesson: Option<String>,
    /// Folder for the results; the lesson and each of its changes get a folder of their own in it
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Formats of the charts
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    #[command(flatten)]
    style: StyleOptions,
    /// Run all lessons and write the instructor's guide: course.md, and its charts in a folder course
    #[arg(long, value_name = "DIR", conflicts_with = "lesson")]
    guide: Option<PathBuf>,
    /// Tell the answer at once, without waiting for the vote
    #[arg(long)]
    no_vote: bool,
}

/// Lists, runs or writes.
pub fn execute(arguments: &Arguments) -> Status {
    match (&arguments.lesson, &arguments.guide) {
        (_, Some(folder)) => write_guide(arguments, folder),
        (Some(lesson), None) => teach(arguments, lesson),
        (None, None) => list(),
    }
}

fn list() -> Status {
    let style = &[];
    let mut lines = Vec::new();
    for (number, (name, text)) in (1..).zip(LESSONS) {
        match Course::load(text, name, name, style) {
            Ok(course) => lines.push(format!("{number:>2}  {}", course.scenario.title)),
            Err(problems) => {
                terminal::problems(&problems);
                return Status::Failed;
            }
        }
    }
    lines.push(
        "\nflywheel course 1 runs the first; docs/course.md is the instructor's guide".into(),
    );
    terminal::result(&lines.join("\n"))
}

/// Asks, runs, and tells.
fn teach(arguments: &Arguments, wanted: &str) -> Status {
    let style = match overrides(arguments) {
        Ok(style) => style,
        Err(status) => return status,
    };
    let (place, course) = match find(wanted, &style) {
        Ok(found) => found,
        Err(status) => return status,
    };
    let asked = terminal::result(&question(&place, &course));
    if asked != Status::Done {
        return asked;
    }
    if !arguments.no_vote {
        wait_for_vote();
    }
    match told(arguments, &course) {
        Ok(told) => terminal::result(&answer(arguments, &course, &told)),
        Err(status) => status,
    }
}

/// The options for the look of charts, as changes to a lesson's scenario.
fn overrides(arguments: &Arguments) -> Result<Vec<Override>, Status> {
    let texts = arguments.style.overrides();
    let parsed: Result<_, _> = texts.iter().map(|text| Override::parse(text)).collect();
    parsed.map_err(|problems| {
        terminal::problems(&problems);
        Status::Unusable
    })
}

/// The lesson of this number or name, or in this file, and how it is called.
fn find(wanted: &str, style: &[Override]) -> Result<(String, Course), Status> {
    let number = wanted.parse::<usize>().ok();
    let at = LESSONS
        .iter()
        .enumerate()
        .position(|(position, (name, _))| Some(position + 1) == number || *name == wanted);
    let loaded = match at {
        Some(at) => {
            let (name, text) = LESSONS[at];
            let place = format!("Lesson {} of {}", at + 1, LESSONS.len());
            Course::load(text, name, name, style).map(|course| (place, course))
        }
        None if Path::new(wanted).is_file() => {
            let stem = Path::new(wanted).file_stem().unwrap_or_default();
            let text = std::fs::read_to_string(wanted).map_err(|error| {
                terminal::error(format_args!("cannot read {wanted}: {error}"));
                Status::Unusable
            })?;
            let course = Course::load(&text, wanted, &stem.to_string_lossy(), style);
            course.map(|course| ("A lesson".to_owned(), course))
        }
        None => {
            terminal::error(format_args!(
                "there is no lesson `{wanted}`: give a number from 1 to {}, a name that `flywheel course` lists, or a file with a [lesson]",
                LESSONS.len()
            ));
            return Err(Status::Unusable);
        }
    };
    loaded.map_err(|problems| {
        terminal::problems(&problems);
        Status::Unusable
    })
}

fn question(place: &str, course: &Course) -> String {
    let lesson = course.lesson();
    let mut lines = vec![
        format!("{place}: {}", course.scenario.title),
        format!("\n{}", plain(course.scenario.description.trim())),
        format!("\n{}\n", plain(lesson.question.trim())),
    ];
    for (position, answer) in lesson.answers.iter().enumerate() {
        lines.push(format!("  {}  {}", letter(position), answer.text.trim()));
    }
    lines.join("\n")
}

/// Waits until the class has voted, where somebody sits at a terminal.
fn wait_for_vote() {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() || !terminal::is_interactive() {
        return;
    }
    let mut stderr = std::io::stderr();
    let _ = write!(stderr, "\nVote, then press Enter to run it. ");
    let _ = stderr.flush();
    let _ = stdin.read_line(&mut String::new());
}

/// Runs a lesson and its changes, and fills in its texts.
fn told(arguments: &Arguments, course: &Course) -> Result<Told, Status> {
    let mut scenarios = vec![course.scenario.clone()];
    scenarios.extend(course.changed.iter().cloned());
    let (output, charts) = (arguments.output.clone(), arguments.charts.clone());
    let run = run::Arguments::of_course(output, charts, arguments.style.clone());
    match run::run_all(&run, &scenarios) {
        Status::Done => {}
        status => return Err(status),
    }
    let results = |scenario: &Scenario| {
        let folder = arguments.output.join(&scenario.name);
        Results::read(&folder, scenario).map_err(|error| {
            terminal::error(error);
            Status::Failed
        })
    };
    let all: Vec<_> = scenarios.iter().map(results).collect::<Result<_, _>>()?;
    Told::new(course, &all[0], &all[1..]).map_err(|error| {
        terminal::error(format_args!("{}: {error}", course.scenario.name));
        Status::Failed
    })
}

fn answer(arguments: &Arguments, course: &Course, told: &Told) -> String {
    let name = &course.scenario.name;
    let verdict = &told.verdict;
    let letters = match verdict.letters().as_slice() {
        [] if verdict.is_undecided() => format!(
            "undecided ({} replicates do not tell {} apart; more would)",
            course.scenario.simulation.replicates,
            verdict.open_letters().join(" and ")
        ),
        [] => "none of these".to_owned(),
        letters => letters.join(" and "),
    };
    let mut lines = vec![
        format!("\nThe answer: {letters}"),
        format!("\nLook at: {}", plain(&told.look)),
        format!("\nWhy: {}", plain(&told.explanation)),
    ];
    for (number, change) in (1..).zip(&told.changes) {
        let set: Vec<String> = change
            .set
            .iter()
            .map(|set| format!("--set {set}"))
            .collect();
        lines.push(format!(
            "\nTry {number}: {} ({})",
            change.what,
            set.join(" ")
        ));
        lines.push(plain(&change.teaches));
    }
    let folder = arguments.output.join(name);
    lines.push(format!(
        "\nCharts in {}, those of the changes in {}-change-1 and so on",
        folder.display(),
        folder.display()
    ));
    lines.join("\n")
}

/// Markdown without its marks.
fn plain(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

/// Runs all lessons into a folder of results, and writes the guide and the charts that it shows.
fn write_guide(arguments: &Arguments, folder: &Path) -> Status {
    let style = match overrides(arguments) {
        Ok(style) => style,
        Err(status) => return status,
    };
    let style = &style;
    let mut lessons = Vec::new();
    for (name, text) in LESSONS {
        let course = match Course::load(text, name, name, style) {
            Ok(course) => course,
            Err(problems) => {
                terminal::problems(&problems);
                return Status::Failed;
            }
        };
        match told(arguments, &course) {
            Ok(told) => lessons.push((course, told)),
            Err(status) => return status,
        }
    }
    match write_files(arguments, folder, &lessons) {
        Ok(()) => Status::Done,
        Err(problem) => {
            terminal::error(problem);
            Status::Failed
        }
    }
}

fn write_files(
    arguments: &Arguments,
    folder: &Path,
    lessons: &[(Course, Told)],
) -> Result<(), String> {
    const CHARTS: &str = "course";
    let charts = folder.join(CHARTS);
    std::fs::create_dir_all(&charts)
        .map_err(|error| format!("cannot make {}: {error}", charts.display()))?;
    for (course, _) in lessons {
        let name = &course.scenario.name;
        for chart in &course.lesson().charts {
            let from = arguments
                .output
                .join(name)
                .join(format!("charts/{chart}.svg"));
            let to = charts.join(format!("{name}-{chart}.svg"));
            std::fs::copy(&from, &to).map_err(|error| {
                format!(
                    "{name}: there is no chart {chart}: {}: {error}",
                    from.display()
                )
            })?;
        }
    }
    let path = folder.join("course.md");
    write_whole(&path, guide(lessons, CHARTS).as_bytes()).map_err(|error| error.to_string())
}
