//! A lesson of the course on the page: a question to vote on, and what the runs bear out, once the class has voted.

use serde::Serialize;
use serde_json::Value as Json;

use super::pictures::{Heard, results};
use crate::analysis::AnalysisError;
use crate::course::{Course, Told};
use crate::experiment::Runner;
use crate::scenario::{Language, Scenario};

/// What a class is told after its vote.
#[derive(Debug, Serialize)]
pub(super) struct Lesson {
    /// Answers that the run bears out, by position from 0.
    right: Vec<usize>,
    /// Answers that it leaves open, where it bears none out.
    open: Vec<usize>,
    /// What to look at.
    look: String,
    /// Why it came out so.
    explanation: String,
    /// What to try next.
    changes: Vec<Change>,
}

/// A change to try.
#[derive(Debug, Serialize)]
struct Change {
    what: String,
    /// Paths with the values that they take.
    set: Vec<(String, Json)>,
    teaches: String,
}

/// Runs a lesson and its changes; none if it was given up.
///
/// # Errors
/// The scenario is no lesson, or one that quotes what its run does not have.
pub(super) fn lesson(
    market: &Scenario,
    language: Language,
    runner: Runner<'_>,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Option<Lesson>, String> {
    let text = market.to_toml();
    let course = Course::load(&text, &market.name, &market.name, &[]);
    let course = course.map_err(|problems| problems.to_string())?;
    let mut heard = Heard::new(tell);
    let mut all = Vec::new();
    for scenario in std::iter::once(&course.scenario).chain(&course.changed) {
        let mut scenario = scenario.clone();
        scenario.chart_style.language = language;
        let found = results(&scenario, runner, &mut heard);
        match found.map_err(|error: AnalysisError| error.to_string())? {
            Some(found) => all.push(found),
            None => return Ok(None),
        }
    }
    let (run, changed) = all.split_first().ok_or("there is no run")?;
    let told = Told::new(&course, run, changed).map_err(|error| error.to_string())?;
    let changes = told.changes.into_iter().map(|change| Change {
        set: change.set.iter().map(|set| assignment(set)).collect(),
        what: change.what,
        teaches: change.teaches,
    });
    Ok(Some(Lesson {
        open: match told.verdict.is_undecided() {
            true => told.verdict.open,
            false => Vec::new(),
        },
        right: told.verdict.right,
        look: told.look,
        explanation: told.explanation,
        changes: changes.collect(),
    }))
}

/// `PATH=VALUE` as `--set` reads it: what is no TOML is a text.
fn assignment(set: &str) -> (String, Json) {
    let (path, value) = set.split_once('=').unwrap_or((set, ""));
    let table = format!("value = {value}").parse::<toml::Table>().ok();
    let value = table.and_then(|table| serde_json::to_value(table.get("value")?).ok());
    let text = set.split_once('=').map_or("", |(_, value)| value);
    (
        path.trim().to_owned(),
        value.unwrap_or_else(|| text.trim().into()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Cancel;
    use crate::lab::Bench;
    use serde_json::json;

    #[test]
    fn what_is_set_is_read_as_everywhere() {
        assert_eq!(
            assignment("firms.coach.price=0.4"),
            ("firms.coach.price".to_owned(), json!(0.4))
        );
        assert_eq!(
            assignment("firms.a.experience = coach-behavior").1,
            json!("coach-behavior")
        );
        assert_eq!(
            assignment("firms.a.learning.individual=false").1,
            json!(false)
        );
    }

    #[test]
    fn a_lesson_is_told_from_its_runs() {
        let (name, text) = crate::course::LESSONS[3];
        let small = [
            "populations.*.customers=60",
            "simulation.periods=20",
            "simulation.replicates=2",
        ];
        let small = small.map(|set| crate::scenario::Override::parse(set).expect("a change"));
        let scenario = Scenario::from_toml_with(text, name, name, &small).expect("a lesson");
        let bench = Bench::new(&scenario).expect("valid");
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(2)
            .build()
            .expect("threads");
        let cancel = Cancel::default();
        let runner = Runner {
            pool: &pool,
            cancel: &cancel,
        };
        let told = lesson(bench.scenario(), Language::En, runner, &mut |_, _| {});
        let told = told.expect("it can be told").expect("it was not given up");
        assert!(!told.look.contains('{') && told.explanation.contains("Nobody can order"));
        assert_eq!(told.changes.len(), 3);
        // every change of it can be tried on the page
        for change in &told.changes {
            bench
                .market(&change.set)
                .unwrap_or_else(|problem| panic!("{}: {problem}", change.what));
        }
        cancel.cancel();
        assert!(
            lesson(bench.scenario(), Language::En, runner, &mut |_, _| {})
                .expect("nothing wrong")
                .is_none()
        );
    }
}
