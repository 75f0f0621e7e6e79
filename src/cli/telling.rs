//! What a run says: how it went, what was found, and where the results are.

use std::path::Path;
use std::time::Instant;

use flywheel::analysis::Summary;
use flywheel::experiment::{Cell, Cells, Design, FailedCell, Found, Manifest, Order};
use flywheel::scenario::Scenario;

use super::run::Run;
use super::{Status, terminal};

/// Says what an earlier run left that is used, or is not.
pub fn found(
    run: &Run,
    scenario: &Scenario,
    folder: &Path,
    cells: Cells,
    kept: &[Cell],
    found: Found,
) {
    match found {
        Found::Cells(_) => {
            let within = |cell: &&Cell| cell.replicate < cells.replicates;
            run.note(format_args!(
                "{}: {} of {} {} were finished earlier and are kept (--fresh starts over)",
                scenario.name,
                kept.iter().filter(within).count(),
                cells.len(),
                cell_word(cells),
            ));
        }
        Found::Other => run.note(format_args!(
            "{}: the scenario, its seed or the program has changed since the last run into {}; starting over",
            scenario.name,
            folder.display()
        )),
        Found::Nothing => {}
    }
}

/// What cells are called in words: without a sweep, replicates.
pub fn cell_word(cells: Cells) -> &'static str {
    if cells.points > 1 {
        "cells"
    } else {
        "replicates"
    }
}

/// Says why a run that gave no tables gave none.
pub fn nothing(run: &Run, scenario: &Scenario, failed: &[FailedCell]) {
    match failed.first() {
        Some(cell) => terminal::error(format_args!(
            "{}: no replicate could be simulated; {}: {}",
            scenario.name,
            name(cell, scenario),
            cell.cause
        )),
        None => run.note(format_args!(
            "{}: stopped before a replicate had finished; nothing was written",
            scenario.name
        )),
    }
}

/// A cell in words.
fn name(cell: &FailedCell, scenario: &Scenario) -> String {
    match scenario.sweep {
        Some(_) => format!("point {}, replicate {}", cell.point, cell.replicate),
        None => format!("replicate {}", cell.replicate),
    }
}

/// Says how the run ended, where that is not as it should be, and how the program should end.
pub fn conclude(run: &Run, scenario: &Scenario, manifest: &Manifest, complete: bool) -> Status {
    const NAMED: usize = 10;
    for cell in manifest.failed.iter().take(NAMED) {
        let cell_name = name(cell, scenario);
        terminal::error(format_args!(
            "{}: {cell_name} failed: {}",
            scenario.name, cell.cause
        ));
    }
    if manifest.failed.len() > NAMED {
        terminal::error(format_args!(
            "{}: {} more failed; manifest.json names them all",
            scenario.name,
            manifest.failed.len() - NAMED
        ));
    }
    if !complete {
        let cells = Cells {
            points: manifest.points,
            replicates: manifest.replicates,
        };
        run.note(format_args!(
            "{}: interrupted; the tables hold the {} of {} {} that had finished; the same command finishes the others",
            scenario.name,
            manifest.cells_done,
            cells.len(),
            cell_word(cells),
        ));
        return Status::Interrupted;
    }
    if manifest.failed.is_empty() {
        Status::Done
    } else {
        Status::Failed
    }
}

/// Prints what was found.
pub fn results(scenario: &Scenario, design: &Design, summaries: &[Summary]) -> Status {
    match summaries {
        [one] if !design.is_sweep() => terminal::result(&super::summary::table(scenario, one)),
        _ => terminal::result(&super::summary::sweep(scenario, design, summaries)),
    }
}

/// Prints where the results are.
pub fn places(
    run: &Run,
    scenario: &Scenario,
    folder: &Path,
    cells: u64,
    charts: usize,
    start: Instant,
) {
    let seconds = start.elapsed().as_secs_f64();
    let what = if charts > 0 {
        "report.html, tables and charts"
    } else {
        "report.html and tables"
    };
    terminal::note(format_args!(
        "{what} in {} ({seconds:.1} s)",
        folder.display()
    ));
    if run.arguments.verbose {
        let threads = run.pool.current_num_threads();
        let customers = scenario
            .populations
            .iter()
            .map(|named| f64::from(named.customers));
        let periods = f64::from(scenario.simulation.periods) * cells as f64;
        let rate = periods * customers.sum::<f64>() / seconds / 1e6;
        terminal::note(format_args!(
            "{threads} threads; {rate:.2} million customer periods per second, tables and charts included"
        ));
    }
}
