//! `flywheel course`: lists the lessons, teaches one step by step, or writes the instructor's guide.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::analysis::{Results, Variants};
use flywheel::course::{Course, HANDOUT, LESSONS, Spoken, Told, guide, handout, letter};
use flywheel::experiment::{REPORT, write_whole};
use flywheel::scenario::{Diagnostics, Language, Override};

use super::options::ChartFormat;
use super::status::Status;
use super::style::StyleOptions;
use super::{run, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The lesson to teach: its number or its name, or a file of your own with a [lesson]; none lists them
    #[arg(value_name = "LESSON")]
    lesson: Option<String>,
    /// Folder for the results; the lesson gets a folder of its own in it
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Formats of the charts
    #[arg(long, value_enum, value_delimiter = ',', default_value = "svg,png")]
    charts: Vec<ChartFormat>,
    #[command(flatten)]
    style: StyleOptions,
    /// Run all lessons and write the instructor's guide: course.md, and its charts with the hand-out in a folder course
    #[arg(long, value_name = "DIR", conflicts_with = "lesson")]
    guide: Option<PathBuf>,
    /// Tell everything at once; so it is, too, where nobody sits at the terminal
    #[arg(long)]
    all: bool,
}

/// Lists, teaches or writes.
pub fn execute(arguments: &Arguments) -> Status {
    let style = match arguments.style.read() {
        Ok(style) => style,
        Err(status) => return status,
    };
    let done = match (&arguments.lesson, &arguments.guide) {
        (_, Some(folder)) => write_guide(arguments, folder, &style),
        (Some(lesson), None) => teach(arguments, lesson, &style),
        (None, None) => list(&style),
    };
    done.unwrap_or_else(|status| status)
}

#[expect(clippy::needless_pass_by_value, reason = "it ends an attempt")]
fn unusable(problems: Diagnostics) -> Status {
    terminal::problems(&problems);
    Status::Unusable
}

/// The lessons of the course.
fn shipped(style: &[Override]) -> Result<Vec<Course>, Status> {
    let all = (0..LESSONS.len()).map(|place| Course::shipped(place, style));
    all.collect::<Result<_, _>>().map_err(unusable)
}

/// The language of a lesson.
fn language(course: &Course) -> Language {
    course.scenario.chart_style.language
}

fn list(style: &[Override]) -> Result<Status, Status> {
    let lessons = shipped(style)?;
    let line =
        |(number, course): (usize, &Course)| format!("{number:>2}  {}", course.scenario.title);
    let lines: Vec<String> = (1..).zip(&lessons).map(line).collect();
    let words = Spoken::of(lessons.first().map_or(Language::En, language));
    let text = format!("{}\n\n{}", lines.join("\n"), words.say("terminal.list"));
    Ok(terminal::result(&text))
}

/// The lesson of this number or name, or in this file, and its place in the course.
fn find(wanted: &str, style: &[Override]) -> Result<(Option<usize>, Course), Status> {
    let number = wanted.parse::<usize>().ok();
    let mut names = LESSONS.iter().enumerate();
    let is_wanted =
        |(place, (name, _)): &(usize, &(&str, &str))| Some(place + 1) == number || *name == wanted;
    if let Some((place, _)) = names.find(is_wanted) {
        let course = Course::shipped(place, style).map_err(unusable)?;
        return Ok((Some(place), course));
    }
    if !Path::new(wanted).is_file() {
        terminal::error(format_args!(
            "there is no lesson `{wanted}`: give a number from 1 to {}, a name that `flywheel course` lists, or a file with a [lesson]",
            LESSONS.len()
        ));
        return Err(Status::Unusable);
    }
    let text = std::fs::read_to_string(wanted).map_err(|error| {
        terminal::error(format_args!("cannot read {wanted}: {error}"));
        Status::Unusable
    })?;
    let stem = Path::new(wanted).file_stem().unwrap_or_default();
    let course = Course::load(&text, wanted, &stem.to_string_lossy(), style);
    Ok((None, course.map_err(unusable)?))
}

/// Runs a lesson, and then tells it step by step.
fn teach(arguments: &Arguments, wanted: &str, style: &[Override]) -> Result<Status, Status> {
    let (place, course) = find(wanted, style)?;
    let words = Spoken::of(language(&course));
    let is_attended = std::io::stdin().is_terminal() && terminal::is_interactive();
    if is_attended {
        terminal::note(words.say("terminal.running"));
    }
    let told = told(arguments, &course)?;
    let lesson = Telling {
        place,
        page: arguments.output.join(&course.scenario.name).join(REPORT),
        course: &course,
        told: &told,
        words,
    };
    Ok(lesson.tell(is_attended && !arguments.all))
}

/// Runs a lesson with its changes, and fills in its texts.
fn told(arguments: &Arguments, course: &Course) -> Result<Told, Status> {
    let scenario = &course.scenario;
    let (output, charts) = (arguments.output.clone(), arguments.charts.clone());
    let run = run::Arguments::of_course(output, charts, arguments.style.clone());
    match run::run_all(&run, std::slice::from_ref(scenario)) {
        Status::Done => {}
        status => return Err(status),
    }
    let folder = arguments.output.join(&scenario.name);
    let failed = |error: &dyn std::fmt::Display| {
        terminal::error(format_args!("{}: {error}", scenario.name));
        Status::Failed
    };
    let results = Results::read(&folder, scenario).map_err(|error| failed(&error))?;
    let variants = Variants::read(&folder, scenario).map_err(|error| failed(&error))?;
    let told = Told::new(
        course.lesson(),
        &results,
        variants.as_ref(),
        language(course),
    );
    told.map_err(|error| failed(&error))
}

/// A lesson that is told at a terminal.
struct Telling<'a> {
    /// Its place in the course, from 0; none if it is not of the course.
    place: Option<usize>,
    /// Its page.
    page: PathBuf,
    course: &'a Course,
    told: &'a Told,
    words: Spoken,
}

impl Telling<'_> {
    /// Tells it, and where somebody is there to press Enter, step by step.
    fn tell(&self, stops: bool) -> Status {
        let mut status = terminal::result(&self.question());
        let votes = if stops { self.vote() } else { None };
        let mut steps = vec![self.look(), self.answer(votes.as_deref())];
        steps.extend((0..self.told.changes.len()).map(|place| self.change(place)));
        let page = self.page.display();
        steps.push(self.words.fill("terminal.end", &[("path", &page)]));
        let last = steps.len() - 1;
        for (number, step) in steps.into_iter().enumerate() {
            status = status.and(terminal::result(&format!("\n{step}")));
            if stops && number + 1 < last {
                ask(self.words.say("terminal.onward"));
            }
        }
        status
    }

    fn question(&self) -> String {
        let (scenario, lesson) = (&self.course.scenario, self.course.lesson());
        let title: &dyn std::fmt::Display = &scenario.title;
        let heading = match self.place {
            Some(place) => {
                let (number, count) = (place + 1, LESSONS.len());
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("number", &number), ("count", &count), ("title", title)];
                self.words.fill("terminal.place", &values)
            }
            None => self.words.fill("terminal.own", &[("title", title)]),
        };
        let page = self.page.display();
        let mut lines = vec![
            heading,
            self.words.fill("terminal.page", &[("path", &page)]),
            format!("\n{}", plain(scenario.description.trim())),
            format!("\n{}\n", plain(lesson.question.trim())),
        ];
        for (position, answer) in lesson.answers.iter().enumerate() {
            lines.push(format!("  {}  {}", letter(position), answer.text.trim()));
        }
        lines.join("\n")
    }

    /// How many hands there were for each answer, if somebody typed them.
    fn vote(&self) -> Option<Vec<u32>> {
        let letters = (0..self.course.lesson().answers.len()).map(|at| letter(at).to_string());
        let letters: Vec<String> = letters.collect();
        let example: Vec<String> = (0..letters.len())
            .map(|at| (9 - at % 9).to_string())
            .collect();
        let asked = self.words.fill(
            "terminal.vote",
            &[
                ("letters", &self.words.list(&letters)),
                ("example", &example.join(" ")),
            ],
        );
        let line = ask(&asked);
        let hands: Result<Vec<u32>, _> = line
            .split([' ', ',', '\t', '\r', '\n'])
            .filter(|part| !part.is_empty())
            .map(str::parse)
            .collect();
        hands.ok().filter(|hands| hands.len() == letters.len())
    }

    fn look(&self) -> String {
        format!(
            "{} {}",
            self.words.say("terminal.look"),
            plain(&self.told.look)
        )
    }

    fn answer(&self, votes: Option<&[u32]>) -> String {
        let verdict = &self.told.verdict;
        let answers = match verdict.letters().as_slice() {
            [] if verdict.is_undecided() => self.words.fill(
                "terminal.undecided",
                &[
                    ("replicates", &self.course.scenario.simulation.replicates),
                    ("answers", &self.words.list(&verdict.open_letters())),
                ],
            ),
            [] => self.words.say("terminal.nothing").to_owned(),
            letters => self.words.list(letters),
        };
        let mut lines = vec![self.words.fill("terminal.answer", &[("answers", &answers)])];
        if let Some(votes) = votes {
            let hands = |at: usize| votes.get(at).copied().map_or(0, u64::from);
            let count: u64 = verdict.right.iter().map(|&at| hands(at)).sum();
            let all: u64 = votes.iter().copied().map(u64::from).sum();
            let told = self
                .words
                .fill("terminal.voted", &[("count", &count), ("all", &all)]);
            lines.push(told);
        }
        let (why, explanation) = (
            self.words.say("terminal.why"),
            plain(&self.told.explanation),
        );
        lines.push(format!("\n{why} {explanation}"));
        lines.join("\n")
    }

    fn change(&self, place: usize) -> String {
        let change = &self.told.changes[place];
        let what = change.variant.label();
        let heading = self.words.fill(
            "terminal.change",
            &[("number", &(place + 1)), ("what", &what)],
        );
        let set: Vec<String> = change.variant.settings().collect();
        format!("{heading} ({})\n{}", set.join(", "), plain(&change.teaches))
    }
}

/// Asks on the terminal, and gives the line that is typed.
fn ask(prompt: &str) -> String {
    let mut stderr = std::io::stderr();
    let _ = write!(stderr, "\n{prompt}");
    let _ = stderr.flush();
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
    line
}

/// Markdown without its marks.
fn plain(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

/// Runs all lessons into a folder of results, and writes the guide, the charts that it shows and the hand-out.
fn write_guide(arguments: &Arguments, folder: &Path, style: &[Override]) -> Result<Status, Status> {
    let mut lessons = Vec::new();
    for course in shipped(style)? {
        let told = told(arguments, &course)?;
        lessons.push((course, told));
    }
    write_files(arguments, folder, &lessons).map_err(|problem| {
        terminal::error(problem);
        Status::Failed
    })?;
    Ok(Status::Done)
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
    let spoken = lessons
        .first()
        .map_or(Language::En, |(course, _)| language(course));
    let files = [
        (folder.join("course.md"), guide(lessons, CHARTS, spoken)),
        (charts.join(HANDOUT), handout(lessons, spoken)),
    ];
    for (path, text) in files {
        write_whole(&path, text.as_bytes()).map_err(|error| error.to_string())?;
    }
    Ok(())
}
