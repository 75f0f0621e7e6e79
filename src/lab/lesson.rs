//! A lesson of the course on the page: a question to vote on, and what the runs bear out, once the class has voted.

use serde::Serialize;
use serde_json::Value as Json;

use super::pictures::{Heard, results};
use crate::analysis::{AnalysisError, VariantResults, Variants};
use crate::course::{Course, Told};
use crate::experiment::{Design, Runner};
use crate::scenario::{Language, Scenario, Variant};

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
    let course = Course::of(market.clone(), &market.name);
    let course = course.map_err(|problems| problems.to_string())?;
    let design = Design::new(&course.scenario).map_err(|problems| problems.to_string())?;
    let mut heard = Heard::new(tell);
    let mut worlds = Vec::new();
    for world in 0..design.worlds() {
        let scenario = design
            .world(world)
            .map_err(|problems| problems.to_string())?;
        let found = results(&scenario, &|_| design.plan(world), runner, &mut heard);
        match found.map_err(|error: AnalysisError| error.to_string())? {
            Some(found) => worlds.push(found),
            None => return Ok(None),
        }
    }
    let mut worlds = worlds.into_iter();
    let run = worlds.next().ok_or("there is no run")?;
    let mut all = design.variants().iter().cloned();
    let base = all.next().map(|variant| VariantResults {
        variant,
        results: None,
    });
    let others = all.zip(worlds).map(|(variant, found)| VariantResults {
        variant,
        results: Some(found),
    });
    let variants = Variants {
        all: base.into_iter().chain(others).collect(),
        comparisons: Vec::new(),
    };
    let told = Told::new(course.lesson(), &run, Some(&variants), language);
    let told = told.map_err(|error| error.to_string())?;
    let changes = told.changes.into_iter().map(|change| Change {
        what: change.variant.label().to_owned(),
        set: set(&change.variant),
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

/// What a variant sets, as the page changes it.
fn set(variant: &Variant) -> Vec<(String, Json)> {
    let all = variant.set.iter();
    let value = |value: &toml::Value| serde_json::to_value(value).unwrap_or_default();
    all.map(|(path, own)| (path.clone(), value(own))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Cancel;
    use crate::lab::Bench;

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
