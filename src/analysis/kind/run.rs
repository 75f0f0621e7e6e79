//! From questions to answers: which cells are simulated, and what is made of them.

use super::{AnalysisKind, Answer, Asked, Kind, Listed, each_kind};
use crate::analysis::AnalysisError;
use crate::experiment::{Cell, Finished, Journal, Observer, Order, Runner, Shard, Stage, Study};
use crate::scenario::Scenario;
use crate::table::{Batch, Definition};

/// Where analyses are done, and with what.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The scenario that asks.
    pub scenario: &'a Scenario,
    /// Where finished cells are kept.
    pub journal: &'a Journal,
    /// What cells are done with.
    pub runner: Runner<'a>,
}

/// An analysis that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Its place among the analyses of the scenario, from 1.
    pub number: u32,
    /// Its place among those of its kind, from 1.
    pub place: u32,
    /// What was found.
    pub answer: Answer,
}

/// The answers of a scenario, kind by kind in the order of [`AnalysisKind::ALL`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    /// All that there are.
    pub all: Vec<Answered>,
    /// Whether some are missing, since the run was stopped.
    pub stopped: bool,
}

/// A table with its rows.
pub type Filled = (&'static Definition, Batch);

/// Answers the questions of a scenario, and tells what was found as soon as it is.
///
/// # Errors
/// A question cannot be answered.
pub fn answer_all(
    setting: &Setting<'_>,
    observer: &mut dyn Observer,
) -> Result<Answers, AnalysisError> {
    let mut answers = Answers::default();
    for kind in AnalysisKind::ALL {
        let found = each_kind!(kind, Own => answer_kind::<Own>(setting, observer)?);
        let Some(found) = found else {
            answers.stopped = true;
            break;
        };
        answers.all.extend(found);
    }
    Ok(answers)
}

/// Answers the questions of one kind; none if the run was stopped.
fn answer_kind<K: Listed>(
    setting: &Setting<'_>,
    observer: &mut dyn Observer,
) -> Result<Option<Vec<Answered>>, AnalysisError> {
    let mut found = Vec::new();
    for (place, (number, question)) in (1..).zip(questions::<K>(setting.scenario)?) {
        let mut taken = K::start(&question);
        for round in 0.. {
            let Some(cells) = K::cells(&question, &taken, round) else {
                break;
            };
            let take = &mut |cell: Cell, finished: &Finished| {
                K::take(&question, &mut taken, cell, finished);
            };
            if !simulate::<K>(setting, number, &question, &*cells, take, observer)? {
                return Ok(None);
            }
        }
        let answer = K::answer(question, taken)?;
        for sentence in answer.tell(setting.scenario) {
            observer.note(&sentence);
        }
        found.push(Answered {
            number,
            place,
            answer: answer.into_answer(),
        });
    }
    Ok(Some(found))
}

/// The questions of one kind that a scenario asks, with their numbers.
pub(super) fn questions<K: Kind>(
    scenario: &Scenario,
) -> Result<Vec<(u32, K::Question)>, AnalysisError> {
    let mut questions = Vec::new();
    for (number, analysis) in (1..).zip(&scenario.analyses) {
        let asked = Asked {
            scenario,
            number,
            analysis,
        };
        questions.extend(K::ask(&asked)?.map(|question| (number, question)));
    }
    Ok(questions)
}

/// Simulates one part's cells of all analyses, which the merge of all parts then does; returns whether all were done,
/// that is, whether nobody asked to stop.
///
/// Where an analysis decides from its first cells which others it needs, those others are left to the merge.
///
/// # Errors
/// A question cannot be answered.
pub fn simulate_part(
    setting: &Setting<'_>,
    shard: Shard,
    observer: &mut dyn Observer,
) -> Result<bool, AnalysisError> {
    for kind in AnalysisKind::ALL {
        if !each_kind!(kind, Own => simulate_part_of_kind::<Own>(setting, shard, observer)?) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The most cells that an analysis of a scenario has to begin with: so many parts have something to do.
///
/// # Errors
/// A question cannot be asked.
pub fn most_cells(scenario: &Scenario) -> Result<u64, AnalysisError> {
    let mut most = 0;
    for kind in AnalysisKind::ALL {
        most = most.max(each_kind!(kind, Own => most_cells_of_kind::<Own>(scenario)?));
    }
    Ok(most)
}

fn most_cells_of_kind<K: Kind>(scenario: &Scenario) -> Result<u64, AnalysisError> {
    let questions = questions::<K>(scenario)?.into_iter();
    let cells = questions.filter_map(|(_, question)| K::cells(&question, &K::start(&question), 0));
    Ok(cells.map(|cells| cells.len()).max().unwrap_or(0))
}

fn simulate_part_of_kind<K: Kind>(
    setting: &Setting<'_>,
    shard: Shard,
    observer: &mut dyn Observer,
) -> Result<bool, AnalysisError> {
    for (number, question) in questions::<K>(setting.scenario)? {
        let Some(cells) = K::cells(&question, &K::start(&question), 0) else {
            continue;
        };
        let own = shard.of(&*cells);
        let take = &mut |_, _: &Finished| {};
        if !simulate::<K>(setting, number, &question, &own, take, observer)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Simulates cells of a question and hands them over in their order; returns whether all were done.
fn simulate<K: Kind>(
    setting: &Setting<'_>,
    number: u32,
    question: &K::Question,
    cells: &dyn Order,
    take: &mut dyn FnMut(Cell, &Finished),
    observer: &mut dyn Observer,
) -> Result<bool, AnalysisError> {
    let plan = |variant| K::plan(question, variant);
    let study = Study::new(setting.journal, &plan);
    observer.begin(Stage {
        analysis: Some(number),
        points: 1,
        cells: cells.len(),
        kept: study.kept(setting.runner.pool, cells),
        found: setting.journal.found(),
    });
    let report = &mut |progress| observer.progress(progress);
    let complete = study.run_all(setting.runner, cells, take, report);
    observer.end();
    complete.map_err(|error| AnalysisError::of_study(number, error))
}

/// The tables of answers, each whole.
#[must_use]
pub fn tables(answers: &[Answered]) -> Vec<Filled> {
    let mut filled = Vec::new();
    for kind in AnalysisKind::ALL {
        each_kind!(kind, Own => filled.extend(tables_of_kind::<Own>(answers)));
    }
    filled
}

fn tables_of_kind<K: Listed>(answers: &[Answered]) -> Vec<Filled> {
    let own: Vec<(u32, &K)> = answers
        .iter()
        .filter_map(|one| Some((one.number, K::of(&one.answer)?)))
        .collect();
    if own.is_empty() {
        return Vec::new();
    }
    K::TABLES.iter().copied().zip(K::tables(&own)).collect()
}
