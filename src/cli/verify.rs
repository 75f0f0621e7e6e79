//! `flywheel verify`: holds finished runs against their manifests, and stored rows against computed ones.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use flywheel::experiment::{
    Cell, Design, Finished, JOURNAL, Kept, MANIFEST, Manifest, Order, Rows, Status as Ended,
    VERSION, cells_in_tables, choose, computed_rows, differences, stored_rows,
};
use flywheel::model::Plan;
use flywheel::scenario::Scenario;
use flywheel::table::Format;
use rayon::prelude::*;

use super::status::Status;
use super::{options, telling, terminal};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folders of finished runs, such as output/four-experiences
    #[arg(required = true, value_name = "RUN_DIR")]
    folders: Vec<PathBuf>,
    /// Compute N random cells (replicates of points) anew, and compare their rows with those in the tables
    #[arg(long, value_name = "N")]
    rerun: Option<usize>,
    /// Seed of the choice of cells
    #[arg(long, value_name = "N", default_value_t = 0, requires = "rerun")]
    seed: u64,
    /// Number of threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Verifies every folder; one that is not as it should be does not keep the others from it.
pub fn execute(arguments: &Arguments) -> Status {
    let Some(pool) = options::thread_pool(arguments.threads) else {
        return Status::Failed;
    };
    let mut status = Status::Done;
    for folder in &arguments.folders {
        let shown = folder.display();
        let manifest = match Manifest::read(folder) {
            Ok(manifest) => manifest,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                terminal::error(format_args!(
                    "{shown} is not the folder of a finished run, for it holds no {MANIFEST}: name one such as output/four-experiences"
                ));
                status = status.and(Status::Unusable);
                continue;
            }
            Err(error) => {
                terminal::error(format_args!("{shown}: {MANIFEST} cannot be read: {error}"));
                status = status.and(Status::Failed);
                continue;
            }
        };
        status = status.and(
            match pool.install(|| verify(arguments, folder, &manifest)) {
                Ok(words) if arguments.quiet => {
                    drop(words);
                    Status::Done
                }
                Ok(words) => terminal::result(&format!("{shown}: {words}")),
                Err(problems) => {
                    for problem in problems {
                        terminal::error(format_args!("{shown}: {problem}"));
                    }
                    Status::Failed
                }
            },
        );
    }
    status
}

/// What was found in order, in words, or all that is not.
fn verify(
    arguments: &Arguments,
    folder: &Path,
    manifest: &Manifest,
) -> Result<String, Vec<String>> {
    let alone = |problem: String| vec![problem];
    let found = differences(folder, manifest).map_err(|error| alone(error.to_string()))?;
    let mut problems: Vec<String> = found.iter().map(ToString::to_string).collect();
    if manifest.version != VERSION {
        problems.push(format!(
            "it was made by version {}, and this program is version {VERSION}, whose numbers may be others: verify it with that version",
            manifest.version
        ));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let files = match manifest.files.len() {
        1 => "1 file is".to_owned(),
        n => format!("{n} files are"),
    };
    let mut words = format!("{files} as {MANIFEST} says");
    if let Some(number) = arguments.rerun {
        let cells = candidates(folder, manifest).map_err(alone)?;
        let chosen = choose(&cells, number, arguments.seed);
        rerun(folder, manifest, &chosen)?;
        words.push_str(&format!(
            "; {} of {} {} computed anew, with equal rows",
            chosen.len(),
            cells.len(),
            telling::cell_word(manifest.points)
        ));
    }
    match manifest.status {
        Ended::Complete => {}
        Ended::Interrupted => words.push_str("; the run was interrupted"),
        Ended::Failed => {
            words.push_str(&format!("; {} cells of it failed", manifest.failed.len()));
        }
    }
    Ok(words)
}

/// The cells that a folder has results of.
fn candidates(folder: &Path, manifest: &Manifest) -> Result<Vec<Cell>, String> {
    let all = manifest.cells();
    let own: Vec<Cell> = match manifest.shard {
        Some(shard) => list(&shard.of(&all)),
        None if manifest.status == Ended::Interrupted => {
            return cells_in_tables(folder).map_err(|error| error.to_string());
        }
        None => list(&all),
    };
    let failed: BTreeSet<Cell> = manifest.failed.iter().map(|cell| cell.cell()).collect();
    Ok(own
        .into_iter()
        .filter(|cell| !failed.contains(cell))
        .collect())
}

fn list(cells: &dyn Order) -> Vec<Cell> {
    (0..cells.len())
        .map(|position| cells.cell(position))
        .collect()
}

/// Computes cells anew and holds them against what is stored.
fn rerun(folder: &Path, manifest: &Manifest, chosen: &BTreeSet<Cell>) -> Result<(), Vec<String>> {
    let alone = |problem: String| vec![problem];
    let scenario = Scenario::load(&folder.join("scenario.toml"), &[])
        .map_err(|problems| alone(problems.to_string()))?;
    let design = Design::new(&scenario).map_err(|problems| alone(problems.to_string()))?;
    let chosen_list: Vec<Cell> = chosen.iter().copied().collect();
    let computed = chosen_list.par_iter().map(|&cell| {
        let point = design.scenario(cell.point);
        let plan = point.and_then(|scenario| Plan::new(&scenario));
        let plan = plan.map_err(|problems| problems.to_string())?;
        Ok((cell, Finished::simulated(&plan, cell.replicate)))
    });
    let computed: Vec<(Cell, Finished)> = computed.collect::<Result<_, String>>().map_err(alone)?;
    let problems = if manifest.shard.is_some() {
        against_journal(folder, &scenario, &computed)
    } else {
        against_tables(folder, &scenario, chosen, &computed).map_err(alone)?
    };
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// What differs between computed cells and the rows in the tables.
fn against_tables(
    folder: &Path,
    scenario: &Scenario,
    chosen: &BTreeSet<Cell>,
    computed: &[(Cell, Finished)],
) -> Result<Vec<String>, String> {
    let mut problems = Vec::new();
    let Some((_, one)) = computed.first() else {
        return Ok(problems);
    };
    let points = scenario.sweep.is_some();
    for (position, batch) in one.records.batches().into_iter().enumerate() {
        let definition = batch.definition();
        for format in Format::ALL {
            let path = format.path(folder, definition);
            if !path.is_file() {
                continue;
            }
            let stored = stored_rows(folder, format, definition, chosen)
                .map_err(|error| error.to_string())?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            for (cell, finished) in computed {
                let rows = computed_rows(*cell, finished, points);
                let difference = row_difference(*cell, &stored, &rows[position].1);
                problems.extend(difference.map(|words| format!("{name}, {words}")));
            }
        }
    }
    Ok(problems)
}

/// The first row of a cell that differs, in words.
fn row_difference(cell: Cell, stored: &Rows, computed: &str) -> Option<String> {
    let stored = stored.get(&cell).map_or("", String::as_str);
    if stored == computed {
        return None;
    }
    let Cell { replicate, point } = cell;
    let mut rows = (1..).zip(stored.lines().zip(computed.lines()));
    let words = match rows.find(|(_, (stored, computed))| stored != computed) {
        Some((row, (stored, computed))) => {
            format!("row {row} of the cell\n  stored:   {stored}\n  computed: {computed}")
        }
        None => format!(
            "{} rows are stored, and {} computed",
            stored.lines().count(),
            computed.lines().count()
        ),
    };
    Some(format!("point {point}, replicate {replicate}: {words}"))
}

/// What differs between computed cells and those that a part keeps.
fn against_journal(
    folder: &Path,
    scenario: &Scenario,
    computed: &[(Cell, Finished)],
) -> Vec<String> {
    let kept = Kept::open(&folder.join(JOURNAL), &Manifest::identity(scenario));
    let Ok(Some(kept)) = kept else {
        return vec![format!("{JOURNAL} holds no cells of this scenario")];
    };
    let bytes = |finished: &Finished| {
        let mut bytes = Vec::new();
        finished.encode(&mut bytes);
        bytes
    };
    let differs = |(cell, finished): &&(Cell, Finished)| {
        kept.get(*cell).as_ref().map(&bytes) != Some(bytes(finished))
    };
    let words = |(cell, _): &(Cell, Finished)| {
        let Cell { replicate, point } = cell;
        format!(
            "{JOURNAL}, point {point}, replicate {replicate}: what is kept is not what is computed"
        )
    };
    computed.iter().filter(differs).map(words).collect()
}
