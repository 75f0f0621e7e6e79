//! What a run says: how it went, what was found, and where the results are.

use std::path::Path;

use flywheel::experiment::{
    Earlier, FailedCell, JOURNAL, Manifest, Order, Shard, Stage, Summary, Work,
};
use flywheel::run::Ran;
use flywheel::scenario::{Scenario, Variant};
use flywheel::table::Numbering;

use super::session::{Begun, Session};
use super::status::Status;
use super::terminal;

/// Says what an earlier run left that is used, or is not.
pub fn found(session: &Session, scenario: &Scenario, folder: &Path, stage: &Stage) {
    let (kept, cells) = (stage.kept, stage.cells);
    let extra = match stage.work {
        Work::Own => None,
        Work::Analysis(number) => Some(format!("analysis {number}")),
        Work::Hypotheses => Some("hypotheses".to_owned()),
    };
    if let Some(what) = extra {
        if kept > 0 && session.begun != Begun::InParts {
            session.note(format_args!(
                "{}: {what}: {kept} of {cells} cells were finished earlier and are kept",
                scenario.name
            ));
        }
        return;
    }
    damage(session, scenario, folder, stage.found.damaged);
    // whoever merges has been told of the parts
    if session.begun == Begun::InParts || (stage.found.cells == 0 && !stage.found.foreign) {
        return;
    }
    let earlier = Earlier::in_folder(folder);
    if kept == 0 {
        return session.note(format_args!(
            "{}: since the last run into {}, {}; starting over",
            scenario.name,
            folder.display(),
            earlier.why_not(scenario)
        ));
    }
    session.note(format_args!(
        "{}: {kept} of {cells} {} were finished earlier and are kept (--fresh starts over)",
        scenario.name,
        cell_word(stage.points)
    ));
    if let Some(reason) = earlier.why_not_all(scenario) {
        session.note(format_args!("{}: not more, for {reason}", scenario.name));
    }
}

/// Says what of the finished work is damaged.
fn damage(session: &Session, scenario: &Scenario, folder: &Path, places: usize) {
    let places = match places {
        0 => return,
        1 => "1 place".to_owned(),
        n => format!("{n} places"),
    };
    session.note(format_args!(
        "{}: {} is damaged or cut off in {places}: the cells that stood there are computed again, all others are kept",
        scenario.name,
        folder.join(JOURNAL).display()
    ));
}

/// Says what is merged.
pub fn merging(session: &Session, scenario: &Scenario, parts: usize) {
    let word = if parts == 1 { "part" } else { "parts" };
    session.note(format_args!("{}: merging {parts} {word}", scenario.name));
}

/// What cells are called in words: without a sweep, replicates.
pub fn cell_word(points: u32) -> &'static str {
    if points > 1 { "cells" } else { "replicates" }
}

/// Says why a run that gave no tables gave none.
pub fn nothing(session: &Session, scenario: &Scenario, failed: &[FailedCell]) {
    match failed.first() {
        Some(cell) => terminal::error(format_args!(
            "{}: no replicate could be simulated; {}: {}",
            scenario.name,
            name(cell, scenario),
            cell.cause
        )),
        None => session.note(format_args!(
            "{}: stopped before a replicate had finished; nothing was written",
            scenario.name
        )),
    }
}

/// A cell in words.
fn name(cell: &FailedCell, scenario: &Scenario) -> String {
    let variants = Variant::with_base(&scenario.variants).into_iter();
    let numbering = Numbering::new(
        scenario.sweep.is_some(),
        variants.map(|variant| variant.name).collect(),
    );
    let (point, variant) = numbering.of(cell.point);
    let point = point.map(|point| format!("point {point}, "));
    let variant = variant.map(|variant| format!("variant {variant}, "));
    let [point, variant] = [point, variant].map(Option::unwrap_or_default);
    format!("{point}{variant}replicate {}", cell.replicate)
}

/// Says how the run ended, where that is not as it should be, and how the program should end.
pub fn conclude(
    session: &Session,
    scenario: &Scenario,
    manifest: &Manifest,
    complete: bool,
) -> Status {
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
        let holds = match manifest.shard {
            None => "the tables hold",
            Some(_) => "its folder holds",
        };
        session.note(format_args!(
            "{}: interrupted; {holds} the {} of {} {} that had finished; the same command finishes the others",
            scenario.name,
            manifest.cells_done,
            manifest.cells_to_do(),
            cell_word(manifest.points),
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
pub fn results(scenario: &Scenario, ran: &Ran) -> Status {
    let design = &ran.design;
    let own = design.base_worlds();
    let own: Vec<&Summary> = own
        .filter_map(|world| ran.summaries.get(world as usize))
        .collect();
    let status = match own.as_slice() {
        [one] if !design.is_sweep() => terminal::result(&super::summary::table(scenario, one)),
        _ => terminal::result(&super::summary::sweep(scenario, design, &own)),
    };
    let mut statuses = vec![status];
    if let Some(variants) = &ran.variants
        && !design.is_sweep()
    {
        statuses.push(terminal::result(&super::summary::variants(variants)));
    }
    if let Some(found) = &ran.hypotheses {
        statuses.push(terminal::result(&super::summary::hypotheses(found)));
    }
    statuses.into_iter().reduce(Status::and).unwrap_or(status)
}

/// Says what a part did, and where it is.
pub fn part(
    session: &Session,
    scenario: &Scenario,
    folder: &Path,
    shard: Shard,
    manifest: &Manifest,
) {
    session.note(format_args!(
        "{}: part {shard} with {} of {} {} in {} ({:.1} s)",
        scenario.name,
        manifest.cells_done,
        manifest.cells().len(),
        cell_word(manifest.points),
        folder.display(),
        manifest.duration_seconds
    ));
}

/// Prints where the results are.
pub fn places(session: &Session, scenario: &Scenario, folder: &Path, ran: &Ran) {
    let seconds = ran.manifest.duration_seconds;
    let what = if ran.pictures > 0 {
        "report.html, tables and charts"
    } else {
        "report.html and tables"
    };
    terminal::note(format_args!(
        "{what} in {} ({seconds:.1} s)",
        folder.display()
    ));
    if session.arguments.verbose {
        let threads = session.pool.current_num_threads();
        let customers = scenario
            .populations
            .iter()
            .map(|named| f64::from(named.customers));
        let periods = f64::from(scenario.simulation.periods) * ran.cells as f64;
        let rate = periods * customers.sum::<f64>() / seconds / 1e6;
        terminal::note(format_args!(
            "{threads} threads; {rate:.2} million customer periods per second, tables and charts included"
        ));
    }
}
