//! A finished run, held against what is computed anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::RunError;
use super::stored::Stored;
use super::wrong::{UnequalRows, Wrong};
use crate::analysis::hypotheses::HypothesesCollector;
use crate::analysis::kind::{Setting, answer_all, tables};
use crate::analysis::{RunFigures, VariantsCollector};
use crate::experiment::{
    Cell, CellKey, Filled, Finished, MarketKey, Observer, Rows, Runner, Status, Study, Summary,
    choose, computed_rows, stored_rows,
};
use crate::scenario::RecordedTable;
use crate::table::{self, Definition, FIRMS, Format, Numbering, SUMMARY, TableError, csv_rows};

/// What of a run is computed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rerun {
    /// How many cells are simulated.
    pub cells: usize,
    /// Which these are depends on this.
    pub seed: u64,
}

/// What was computed anew, and is equal.
#[derive(Debug, Default)]
pub struct Again {
    /// Cells that were simulated.
    pub cells: usize,
    /// Cells that there are.
    pub of: usize,
    /// Names of the tables that follow from cells.
    pub derived: Vec<&'static str>,
    /// Whether `summary` was left out, for rows that it follows from are not stored.
    pub thinned: bool,
}

impl Stored<'_> {
    /// Computes anew what is asked for: what was done, and all that is not equal.
    pub fn again(
        &self,
        rerun: Rerun,
        runner: Runner<'_>,
        observer: &mut dyn Observer,
    ) -> Result<(Again, Vec<Wrong>), RunError> {
        let cells = self.cells()?;
        let chosen = choose(&cells, rerun.cells, rerun.seed);
        let list: Vec<Cell> = chosen.iter().copied().collect();
        let simulated = |&cell: &Cell| -> Result<(Cell, Finished), RunError> {
            let plan = self.plan(cell.point)?;
            Ok((cell, Finished::simulated(&plan, cell.replicate)))
        };
        let computed: Vec<(Cell, Finished)> = (runner.pool).install(|| {
            list.par_iter()
                .map(simulated)
                .collect::<Result<_, RunError>>()
        })?;
        let mut again = Again {
            cells: chosen.len(),
            of: cells.len(),
            ..Again::default()
        };
        if self.manifest.shard.is_some() {
            return Ok((again, self.against_journal(&computed)?));
        }
        let mut wrong = self.against_tables(&chosen, &computed)?;
        match self.summary(&cells)? {
            Some(rows) => {
                again.derived.push(SUMMARY.name);
                wrong.extend(self.against_rows(&rows)?);
            }
            None => again.thinned = true,
        }
        for filled in self.analyses(runner, observer)? {
            again.derived.push(filled.table.name);
            wrong.extend(self.against_rows(&filled)?);
        }
        for filled in self.variants(&cells, runner, observer)? {
            again.derived.push(filled.table.name);
            wrong.extend(self.against_rows(&filled)?);
        }
        Ok((again, wrong))
    }

    /// What differs between computed cells and the rows in the tables.
    fn against_tables(
        &self,
        chosen: &BTreeSet<Cell>,
        computed: &[(Cell, Finished)],
    ) -> Result<Vec<Wrong>, RunError> {
        let mut wrong = Vec::new();
        let Some((_, one)) = computed.first() else {
            return Ok(wrong);
        };
        let numbering = self.design.numbering();
        for (position, batch) in one.records.batches().into_iter().enumerate() {
            let definition = batch.definition();
            for format in self.formats(definition) {
                let stored = stored_rows(self.folder, format, definition, &numbering, chosen)?;
                for (cell, finished) in computed {
                    let rows = computed_rows(*cell, finished, &numbering);
                    let differ = unequal(*cell, &stored, &rows[position].1);
                    wrong.extend(differ.map(|rows| Wrong::Cell {
                        file: format.file(definition),
                        cell: *cell,
                        rows,
                    }));
                }
            }
        }
        Ok(wrong)
    }

    /// The formats in which a table is there.
    fn formats(&self, table: &'static Definition) -> impl Iterator<Item = Format> {
        let there = |format: &Format| format.path(self.folder, table).is_file();
        Format::ALL.into_iter().filter(there)
    }

    /// What differs between computed cells and those that a part keeps.
    fn against_journal(&self, computed: &[(Cell, Finished)]) -> Result<Vec<Wrong>, RunError> {
        let kept = self.journal()?;
        let bytes = |finished: &Finished| {
            let mut bytes = Vec::new();
            finished.encode(&mut bytes);
            bytes
        };
        let mut wrong = Vec::new();
        for (cell, finished) in computed {
            let market = MarketKey::of(&self.plan(cell.point)?);
            let replicate = cell.replicate;
            let stored = kept.get(CellKey { replicate, market });
            if stored.as_ref().map(bytes) != Some(bytes(finished)) {
                wrong.push(Wrong::Kept(*cell));
            }
        }
        Ok(wrong)
    }

    /// The rows of `summary`, from those of `firms`; none if these do not say enough.
    fn summary(&self, cells: &[Cell]) -> Result<Option<Filled>, RunError> {
        let record = &self.scenario.simulation.record;
        if !(record.keeps_table(RecordedTable::Firms) && record.every == 1 && record.from == 0) {
            return Ok(None);
        }
        let mut points: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for cell in cells {
            points.entry(cell.point).or_default().push(cell.replicate);
        }
        let mut periods = vec![0; self.design.worlds() as usize];
        let mut firms: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for &point in points.keys() {
            let plan = self.plan(point)?;
            periods[point as usize] = plan.periods();
            let names = plan.scenario().firms.iter().map(|firm| firm.name.clone());
            firms.insert(point, names.collect());
        }
        let mut figures = RunFigures::new(periods);
        let numbering = self.design.numbering();
        table::read(self.folder, &FIRMS, &numbering, |batch, of| {
            figures.take(batch, of);
        })?;
        let mut parts = Vec::new();
        for (point, replicates) in points {
            let names = firms.remove(&point).unwrap_or_default();
            let mut summary = Summary::new(names.clone());
            for replicate in replicates {
                let own = |name: &String| figures.figures((point, replicate), name);
                let all: Option<Vec<_>> = names.iter().map(own).collect();
                summary.add(&all.unwrap_or_default());
            }
            parts.push((point, summary.table()));
        }
        Ok(Some(Filled {
            table: &SUMMARY,
            numbering,
            parts,
        }))
    }

    /// The tables of analyses that the folder holds, computed anew: from the cells that it keeps, and from simulated ones.
    fn analyses(
        &self,
        runner: Runner<'_>,
        observer: &mut dyn Observer,
    ) -> Result<Vec<Filled>, RunError> {
        if self.manifest.status == Status::Interrupted {
            return Ok(Vec::new());
        }
        let journal = self.journal()?;
        let setting = Setting {
            scenario: &self.scenario,
            journal: &journal,
            runner,
        };
        let answers = answer_all(&setting, observer)?;
        Ok(tables(&answers.all))
    }

    /// The tables of variants and hypotheses, computed anew likewise.
    fn variants(
        &self,
        cells: &Vec<Cell>,
        runner: Runner<'_>,
        observer: &mut dyn Observer,
    ) -> Result<Vec<Filled>, RunError> {
        let firms = |world| -> Result<Vec<String>, RunError> {
            let plan = self.plan(world)?;
            let firms = plan.scenario().firms.iter();
            Ok(firms.map(|firm| firm.name.clone()).collect())
        };
        let worlds: Vec<_> = (0..self.design.worlds())
            .map(|world| firms(world).unwrap_or_default())
            .collect();
        let (scenario, design) = (&self.scenario, &self.design);
        let mut variants = VariantsCollector::new(scenario, design, worlds)?;
        let mut hypotheses = HypothesesCollector::new(scenario, design)?;
        if variants.is_none() && hypotheses.is_none() {
            return Ok(Vec::new());
        }
        let journal = self.journal()?;
        let plan = |world| self.design.plan(world);
        let study = Study::new(&journal, &plan);
        let take = &mut |cell: Cell, finished: &Finished| {
            if let Some(variants) = &mut variants {
                variants.take(cell, finished);
            }
            if let Some(hypotheses) = &mut hypotheses {
                hypotheses.take(cell, finished);
            }
        };
        let report = &mut |progress| observer.progress(progress);
        study.run_all(runner, cells, take, report)?;
        let mut tables = Vec::new();
        if let Some(variants) = variants {
            tables.extend(variants.finish().tables(design));
        }
        if let Some(mut hypotheses) = hypotheses {
            let setting = Setting {
                scenario,
                journal: &journal,
                runner,
            };
            let is_whole = self.manifest.status != Status::Interrupted;
            if is_whole {
                hypotheses.take_analyses(&setting, observer)?;
            }
            let mut found = hypotheses.judge();
            if is_whole {
                found.examine(&setting, self.manifest.replicates, observer)?;
            }
            tables.extend(found.tables(design.is_sweep()));
        }
        Ok(tables)
    }

    /// What differs between a stored table that follows from cells and its computed rows.
    fn against_rows(&self, computed: &Filled) -> Result<Vec<Wrong>, RunError> {
        let (mut wrong, table, rows) = (Vec::new(), computed.table, computed.csv());
        for format in self.formats(table) {
            let stored = whole_table(self.folder, format, table, &computed.numbering)?;
            let rows = UnequalRows::of("table", &stored, &rows);
            wrong.extend(rows.map(|rows| Wrong::Derived {
                file: format.file(table),
                rows,
            }));
        }
        Ok(wrong)
    }
}

/// What differs between the stored rows of a cell and its computed ones.
fn unequal(cell: Cell, stored: &Rows, computed: &str) -> Option<UnequalRows> {
    let stored = stored.get(&cell).map_or("", String::as_str);
    UnequalRows::of("cell", stored, computed)
}

/// All rows of a small table, as lines of CSV; of a CSV file, as they stand in it.
fn whole_table(
    folder: &Path,
    format: Format,
    table: &'static Definition,
    numbering: &Numbering,
) -> Result<String, RunError> {
    let mut rows = String::new();
    if format == Format::Csv {
        let path = format.path(folder, table);
        let text = std::fs::read_to_string(&path).map_err(|error| TableError::Unreadable {
            path,
            problem: error.to_string(),
        })?;
        return Ok(text
            .split_once('\n')
            .map_or(String::new(), |(_, rows)| rows.to_owned()));
    }
    table::read_format(folder, format, table, numbering, |batch, worlds| {
        let mut worlds_there = worlds.to_vec();
        worlds_there.dedup();
        if worlds_there.len() < 2 {
            let world = worlds_there.first().copied().unwrap_or(0);
            rows += &csv_rows(batch, numbering, u32::try_from(world).unwrap_or(0));
            return;
        }
        for world in worlds_there {
            let mut own = batch.clone();
            own.retain(|row| worlds[row] == world);
            rows += &csv_rows(&own, numbering, u32::try_from(world).unwrap_or(0));
        }
    })?;
    Ok(rows)
}
