//! Parts of an experiment become a whole again.
//!
//! # Usual flow
//!
//! 1. [`Whole::of`] reads the folders of parts and refuses what does not make whole experiments: parts that are
//!    missing, doubled, unfinished, changed, or of another scenario or version.
//! 2. [`Whole::fill`] brings all finished cells, those of analyses too, into the journal of the whole's folder.
//! 3. Whoever runs the scenario into that folder finds its cells there, as after an interruption, and writes the
//!    same tables as a run that was never divided.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::names::{JOURNAL, SCENARIO, VERSION};
use super::{
    Cell, CellKey, Design, ExperimentError, Journal, Manifest, MarketKey, Order, Scope, Shard,
    Status, differences,
};
use crate::scenario::Scenario;

/// All parts of one scenario.
#[derive(Debug)]
pub struct Whole {
    /// What was simulated.
    pub scenario: Scenario,
    parts: Vec<Part>,
}

/// One part, sound in itself.
#[derive(Debug)]
struct Part {
    folder: PathBuf,
    shard: Shard,
    manifest: Manifest,
    scenario: Scenario,
}

impl Whole {
    /// The experiments that the folders of parts make, in the order of the scenarios' names.
    ///
    /// # Errors
    /// Everything that is wrong with the parts, one by one: a sentence that names the folder and the remedy.
    pub fn of(folders: &[PathBuf]) -> Result<Vec<Self>, Vec<String>> {
        let mut problems = Vec::new();
        let mut groups: BTreeMap<String, Vec<Part>> = BTreeMap::new();
        for folder in folders {
            match Part::read(folder) {
                Ok(part) => {
                    let name = part.scenario.name.clone();
                    groups.entry(name).or_default().push(part);
                }
                Err(problem) => problems.push(format!("{}: {problem}", folder.display())),
            }
        }
        // a part that cannot be used would be called missing as well
        let unusable = !problems.is_empty();
        for parts in groups.values_mut() {
            parts.sort_by_key(|part| part.shard);
            check_together(parts, unusable, &mut problems);
        }
        if problems.is_empty() {
            let parts = groups.values().map(Vec::as_slice);
            parts.for_each(|parts| check_cells(parts, &mut problems));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let whole = |parts: Vec<Part>| {
            let scenario = parts.first()?.scenario.clone();
            Some(Self { scenario, parts })
        };
        Ok(groups.into_values().filter_map(whole).collect())
    }

    /// Number of parts.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Brings the finished cells of all parts into a journal.
    ///
    /// # Errors
    /// If a part's cannot be read, or the whole's cannot be written.
    pub fn fill(&self, journal: &Journal) -> Result<(), ExperimentError> {
        for part in &self.parts {
            let path = part.folder.join(JOURNAL);
            let kept = Journal::read(&part.folder).map_err(ExperimentError::reading(&path))?;
            let taken = journal.take_over(&kept);
            taken.map_err(ExperimentError::writing(journal.path()))?;
        }
        journal
            .sync()
            .map_err(ExperimentError::writing(journal.path()))
    }
}

/// What to do about a part that is not as it should be.
const AGAIN: &str = "run it again with the command that began it";

impl Part {
    /// Reads a part and holds it against its own manifest.
    fn read(folder: &Path) -> Result<Self, String> {
        if !folder.is_dir() {
            return Err("there is no such folder: name those that `run --shard` wrote, such as output/market.part-1-of-4".to_owned());
        }
        let manifest = read_manifest(folder)?;
        let shard = manifest.shard.ok_or(
            "this is a whole run, not a part: name folders that `run --shard` wrote, such as output/market.part-1-of-4",
        )?;
        if manifest.version != VERSION {
            return Err(format!(
                "this part was made by version {}, and this program is version {VERSION}: merge with that version, or run all parts again with this one",
                manifest.version
            ));
        }
        if manifest.status == Status::Interrupted {
            return Err(format!(
                "part {shard} was interrupted: {AGAIN}, and it goes on where it was"
            ));
        }
        // what somebody put beside the cells does them no harm
        let changed = differences(folder, &manifest, Scope::Results);
        if let Some(difference) = changed.map_err(|error| error.to_string())?.first() {
            return Err(format!(
                "{difference}: copy the whole folder again, hidden files included, or {AGAIN}"
            ));
        }
        let scenario =
            Scenario::load(&folder.join(SCENARIO), &[]).map_err(|problems| problems.to_string())?;
        Ok(Self {
            folder: folder.to_owned(),
            shard,
            manifest,
            scenario,
        })
    }

    /// A cell of this part that was neither finished nor failed, given the market of each point.
    fn missing_cell(&self, markets: &[Option<MarketKey>]) -> Option<Cell> {
        let kept = Journal::read(&self.folder).ok();
        let is_kept = |cell: &Cell| {
            let market = markets.get(cell.point as usize).copied().flatten();
            let replicate = cell.replicate;
            let key = market.map(|market| CellKey { replicate, market });
            (kept.as_ref().zip(key)).is_some_and(|(kept, key)| kept.contains(key))
        };
        let all = self.manifest.cells();
        let own = self.shard.of(&all);
        let failed = |cell: &Cell| {
            let failures = &self.manifest.failed;
            failures.iter().any(|failure| failure.cell() == *cell)
        };
        (0..own.len())
            .map(|position| own.cell(position))
            .find(|cell| !is_kept(cell) && !failed(cell))
    }
}

/// Looks for all cells of the parts of one scenario.
fn check_cells(parts: &[Part], problems: &mut Vec<String>) {
    let Some(first) = parts.first() else { return };
    let design = match Design::new(&first.scenario) {
        Ok(design) => design,
        Err(error) => return problems.push(error.to_string()),
    };
    let market = |point| design.plan(point).ok().map(|plan| MarketKey::of(&plan));
    let markets: Vec<Option<MarketKey>> = (0..design.worlds()).map(market).collect();
    for part in parts {
        if let Some(Cell { replicate, point }) = part.missing_cell(&markets) {
            problems.push(format!(
                "{}: point {point}, replicate {replicate} of part {} is not in its {JOURNAL}: {AGAIN}",
                part.folder.display(),
                part.shard
            ));
        }
    }
}

fn read_manifest(folder: &Path) -> Result<Manifest, String> {
    Manifest::read(folder).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound if folder.join(JOURNAL).is_file() => {
            format!("it is not finished, for it has no manifest.json: {AGAIN}, and it goes on where it was")
        }
        std::io::ErrorKind::NotFound => {
            "it holds no part of a run: name folders that `run --shard` wrote, such as output/market.part-1-of-4".to_owned()
        }
        _ => format!("manifest.json cannot be read: {error}; {AGAIN}"),
    })
}

/// Holds the parts of one scenario, sorted by number, against each other; where others cannot be used anyway,
/// none is called missing.
fn check_together(parts: &[Part], unusable: bool, problems: &mut Vec<String>) {
    let Some(first) = parts.first() else { return };
    let name = &first.scenario.name;
    for part in &parts[1..] {
        let (one, other) = (first.folder.display(), part.folder.display());
        if part.shard.of != first.shard.of {
            problems.push(format!(
                "{one} is part {} and {other} part {} of `{name}`: name only parts of one division",
                first.shard, part.shard
            ));
            return;
        }
        if part.manifest.scenario_hash != first.manifest.scenario_hash {
            problems.push(format!(
                "{one} and {other} are parts of different scenarios that are both named `{name}`: run all parts from the same file with the same options"
            ));
            return;
        }
    }
    for pair in parts
        .windows(2)
        .filter(|pair| pair[0].shard == pair[1].shard)
    {
        problems.push(format!(
            "{} and {} are both part {} of `{name}`: leave one of them out",
            pair[0].folder.display(),
            pair[1].folder.display(),
            pair[0].shard
        ));
    }
    let of = first.shard.of;
    let there = |number: &u32| parts.iter().any(|part| part.shard.part == *number);
    let mut numbers: Vec<u32> = parts.iter().map(|part| part.shard.part).collect();
    numbers.dedup();
    // there may be thousands of millions
    let missing = of as usize - numbers.len();
    let first = (1..=of).filter(|number| !there(number)).take(SHOWN);
    let first: Vec<String> = first.map(|part| Shard { part, of }.to_string()).collect();
    if let (Some(one), false) = (first.first(), unusable) {
        problems.push(format!(
            "`{name}` lacks {}: name their folders too, after `flywheel run SCENARIO --shard {one}` if there are none",
            listed(&first, missing)
        ));
    }
}

/// How many missing parts are named.
const SHOWN: usize = 10;

/// Parts in words, the first few of so many.
fn listed(first: &[String], of: usize) -> String {
    let word = if of == 1 { "part" } else { "parts" };
    let names = first.join(", ");
    match of - first.len() {
        0 => format!("{word} {names}"),
        more => format!("{word} {names} and {more} more"),
    }
}
