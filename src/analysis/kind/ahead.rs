//! What the analyses of a scenario begin with, so that what they will take can be told beforehand.

use super::run::questions;
use super::{AnalysisKind, Kind, each_kind};
use crate::analysis::AnalysisError;
use crate::experiment::Order;
use crate::model::Plan;
use crate::scenario::Scenario;

/// The cells with which an analysis begins; which others it needs may depend on what these tell.
#[derive(Debug)]
pub struct FirstRound {
    /// Place of the analysis in the scenario, from 1.
    pub number: u32,
    /// How many cells, of all points together where it is asked at each.
    pub cells: u64,
    /// How one of them is simulated.
    pub plan: Plan,
}

/// What each analysis of a scenario begins with.
///
/// # Errors
/// A question cannot be asked, or its cells cannot be simulated.
pub fn first_rounds(scenario: &Scenario) -> Result<Vec<FirstRound>, AnalysisError> {
    let mut rounds = Vec::new();
    for kind in AnalysisKind::ALL {
        each_kind!(kind, Own => first_rounds_of_kind::<Own>(scenario, &mut rounds)?);
    }
    Ok(rounds)
}

fn first_rounds_of_kind<K: Kind>(
    scenario: &Scenario,
    rounds: &mut Vec<FirstRound>,
) -> Result<(), AnalysisError> {
    for open in questions::<K>(scenario, true)? {
        let Some(order) = first_cells::<K>(&open.question) else {
            continue;
        };
        let (number, cells) = (open.number, order.len());
        if let Some(round) = rounds.iter_mut().find(|round| round.number == number) {
            round.cells += cells;
        } else if cells > 0 {
            let plan = K::plan(&open.question, order.cell(cells / 2).point)?;
            rounds.push(FirstRound {
                number,
                cells,
                plan,
            });
        }
    }
    Ok(())
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
    let questions = questions::<K>(scenario, true)?.into_iter();
    let cells = questions.filter_map(|open| first_cells::<K>(&open.question));
    Ok(cells.map(|cells| cells.len()).max().unwrap_or(0))
}

/// The cells with which a question begins.
fn first_cells<K: Kind>(question: &K::Question) -> Option<Box<dyn Order>> {
    K::cells(question, &K::start(question), 0)
}
