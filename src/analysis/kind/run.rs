//! From questions to answers: which cells are simulated, and what is made of them.

use std::collections::BTreeSet;

use super::{AnalysisKind, Answer, Asked, Kind, Listed, Sample, each_kind};
use crate::analysis::AnalysisError;
use crate::experiment::{
    Cell, Design, Finished, Journal, Observer, Order, Runner, Shard, Stage, Study, Work,
};
use crate::scenario::Scenario;
use crate::table::Numbering;

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
    /// The point of the sweep of which it was asked; none of the scenario as it stands.
    pub point: Option<u32>,
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

pub use crate::experiment::Filled;

/// A question that was asked.
pub(super) struct Open<Q> {
    pub number: u32,
    pub place: u32,
    pub point: Option<u32>,
    pub question: Q,
}

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
    for open in questions::<K>(setting.scenario, true)? {
        let (number, question) = (open.number, open.question);
        let Some(taken) = take_all::<K>(setting, number, &question, observer)? else {
            return Ok(None);
        };
        let answer = K::answer(question, taken)?;
        // of points there may be thousands: their tables tell
        if open.point.is_none() {
            for sentence in answer.tell(setting.scenario) {
                observer.note(&sentence);
            }
        }
        found.push(Answered {
            number,
            place: open.place,
            point: open.point,
            answer: answer.into_answer(),
        });
    }
    Ok(Some(found))
}

/// All that the cells of a question tell; none if the run was stopped.
fn take_all<K: Kind>(
    setting: &Setting<'_>,
    number: u32,
    question: &K::Question,
    observer: &mut dyn Observer,
) -> Result<Option<K::Taken>, AnalysisError> {
    let mut taken = K::start(question);
    for round in 0.. {
        let Some(cells) = K::cells(question, &taken, round) else {
            break;
        };
        let take = &mut |cell: Cell, finished: &Finished| {
            K::take(question, &mut taken, cell, finished);
        };
        if !simulate::<K>(setting, number, question, &*cells, take, observer)? {
            return Ok(None);
        }
    }
    Ok(Some(taken))
}

/// The figures by replicate of an analysis of the scenario, asked of another market, such as one of its variants; none if the run
/// was stopped.
///
/// # Errors
/// The question cannot be asked of this market, or not be answered.
pub fn samples(
    setting: &Setting<'_>,
    number: u32,
    market: &Scenario,
    observer: &mut dyn Observer,
) -> Result<Option<Vec<Sample>>, AnalysisError> {
    let place = (number as usize).checked_sub(1);
    let Some(analysis) = place.and_then(|place| setting.scenario.analyses.get(place)) else {
        return Ok(Some(Vec::new()));
    };
    let asked = Asked {
        scenario: market,
        number,
        analysis,
    };
    for kind in AnalysisKind::ALL {
        let found = each_kind!(kind, Own => match Own::ask(&asked)? {
            Some(question) => Some(
                take_all::<Own>(setting, number, &question, observer)?
                    .map(|taken| Own::samples(&question, &taken)),
            ),
            None => None,
        });
        if let Some(samples) = found {
            return Ok(samples);
        }
    }
    Ok(Some(Vec::new()))
}

/// The questions of one kind that a scenario asks of itself and, if they are wanted, of each point of its sweep.
pub(super) fn questions<K: Kind>(
    scenario: &Scenario,
    at_points: bool,
) -> Result<Vec<Open<K::Question>>, AnalysisError> {
    let mut questions = Vec::new();
    let mut place = 0;
    for (number, analysis) in (1..).zip(&scenario.analyses) {
        let mut ask = |scenario: &Scenario, point| -> Result<bool, AnalysisError> {
            let asked = Asked {
                scenario,
                number,
                analysis,
            };
            let question = K::ask(&asked)?;
            let is_own = question.is_some();
            questions.extend(question.map(|question| Open {
                number,
                place: place + 1,
                point,
                question,
            }));
            Ok(is_own)
        };
        let is_own = if analysis.is_at_each_point() {
            if !at_points {
                continue;
            }
            let design = Design::new(scenario)?;
            let mut is_own = true;
            // an analysis of another kind is one at all points
            for point in 0..design.len() {
                is_own = ask(&design.scenario(point)?, Some(point))?;
                if !is_own {
                    break;
                }
            }
            is_own
        } else {
            ask(scenario, None)?
        };
        place += u32::from(is_own);
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

fn simulate_part_of_kind<K: Kind>(
    setting: &Setting<'_>,
    shard: Shard,
    observer: &mut dyn Observer,
) -> Result<bool, AnalysisError> {
    for Open {
        number,
        point,
        question,
        ..
    } in questions::<K>(setting.scenario, true)?
    {
        let Some(cells) = K::cells(&question, &K::start(&question), 0) else {
            continue;
        };
        // a point may have few cells, so parts take turns in beginning
        let shard = shard.turned(point.unwrap_or(0));
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
        work: Work::Analysis(number),
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
    let own: Vec<(&Answered, &K)> = answers
        .iter()
        .filter_map(|one| Some((one, K::of(&one.answer)?)))
        .collect();
    let points: BTreeSet<Option<u32>> = own.iter().map(|(one, _)| one.point).collect();
    let mut filled: Vec<Filled> = Vec::new();
    // analyses of a kind are asked either of the scenario or of the points
    let numbering = match points.contains(&None) {
        true => Numbering::default(),
        false => Numbering::points(),
    };
    for point in points {
        let at_point = own.iter().filter(|(one, _)| one.point == point);
        let answers: Vec<(u32, &K)> = at_point
            .map(|(one, answer)| (one.number, *answer))
            .collect();
        if filled.is_empty() {
            filled.extend(K::TABLES.iter().map(|table| Filled {
                table,
                numbering: numbering.clone(),
                parts: Vec::new(),
            }));
        }
        for (one, batch) in filled.iter_mut().zip(K::tables(&answers)) {
            one.parts.push((point.unwrap_or(0), batch));
        }
    }
    filled
}
