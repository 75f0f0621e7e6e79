//! Two finished runs with the same draws, held against each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::drawing::paint;
use super::{Options, RunError};
use crate::analysis::{Comparison, RunFigures};
use crate::chart::{ComparisonChart, Style, draw_comparison};
use crate::experiment::{
    Design, ExperimentError, Filled, Manifest, POINTS, SCENARIO, VERSION, sound_manifest,
    write_parts, write_whole,
};
use crate::scenario::{Diagnostics, RecordedTable, Scenario, closing};
use crate::table::{self, Batch, COMPARISON, FIRMS, MARKET, Numbering};

/// Two finished runs whose replicates are pairs: the same customers with the same needs and shocks.
#[derive(Debug)]
pub struct PairOfRuns {
    /// The run that is compared with.
    pub base: FinishedRun,
    /// The run whose differences from it are asked for.
    pub other: FinishedRun,
}

/// A finished run whose tables hold what a comparison needs.
#[derive(Debug)]
pub struct FinishedRun {
    /// Where it is.
    pub folder: PathBuf,
    /// What was simulated.
    pub scenario: Scenario,
    /// The points of its sweep.
    pub design: Design,
    manifest: Manifest,
}

/// What differs between two runs.
#[derive(Debug)]
pub struct ComparedRuns {
    /// The differences.
    pub comparison: Comparison,
    /// Cells of the base, and of the other.
    pub cells: [usize; 2],
}

/// Why two runs are not compared.
#[derive(Debug, Error)]
pub enum CompareError {
    /// A folder is not that of a run, or one of another version.
    #[error("{0}")]
    Unusable(String),
    /// The results in a folder are not those that its run wrote.
    #[error("{}: {source}", folder.display())]
    NotAsWritten {
        /// Where the run is.
        folder: PathBuf,
        /// What has changed.
        source: ExperimentError,
    },
    /// The scenario of a run is not valid.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// The tables of a run lack rows.
    #[error("{}: simulation.record left out rows of the table firms that a comparison needs, those of periods {from} to {to}: run it again with `--set simulation.record.tables=[\"firms\"] --set simulation.record.every=1 --set simulation.record.from=0`", folder.display())]
    Thinned {
        /// Where the run is.
        folder: PathBuf,
        /// First period of those that are needed.
        from: u32,
        /// Last period.
        to: u32,
    },
    /// Replicates of the runs are no pairs, or they have nothing in common.
    #[error("{} and {} cannot be compared: {reason}", base.display(), other.display())]
    Unpaired {
        /// Where the first run is.
        base: PathBuf,
        /// Where the second is.
        other: PathBuf,
        /// Why, with a remedy.
        reason: String,
    },
    /// A file could not be read or written, or a chart not be painted.
    #[error(transparent)]
    Failed(#[from] RunError),
}

impl PairOfRuns {
    /// Opens two runs, and makes sure that their replicates are pairs.
    ///
    /// # Errors
    /// Why they cannot be compared.
    pub fn open(base: &Path, other: &Path) -> Result<Self, CompareError> {
        let pair = Self {
            base: FinishedRun::open(base)?,
            other: FinishedRun::open(other)?,
        };
        match unpaired(&pair.base, &pair.other) {
            Some(reason) => Err(pair.unpaired(reason)),
            None => Ok(pair),
        }
    }

    fn unpaired(&self, reason: String) -> CompareError {
        CompareError::Unpaired {
            base: self.base.folder.clone(),
            other: self.other.folder.clone(),
            reason,
        }
    }

    /// What base and other are called.
    #[must_use]
    pub fn names(&self) -> [String; 2] {
        let (base, other) = (&self.base, &self.other);
        [base.name_beside(other), other.name_beside(base)]
    }

    /// Whether both are sweeps.
    #[must_use]
    pub fn is_sweep(&self) -> bool {
        self.base.design.is_sweep()
    }

    /// Compares them.
    ///
    /// # Errors
    /// They have nothing in common, or a table cannot be read.
    pub fn compare(&self) -> Result<ComparedRuns, CompareError> {
        let (first, second) = (self.base.figures()?, self.other.figures()?);
        let comparison = Comparison::of(&first, &second);
        if comparison.replicates == 0 {
            return Err(self.unpaired("they have no replicate in common".to_owned()));
        }
        if comparison.firms.is_empty() {
            return Err(self.unpaired(format!(
                "no firm takes part in both (in the first: {}; in the second: {})",
                comparison.only_base.join(", "),
                comparison.only_other.join(", ")
            )));
        }
        Ok(ComparedRuns {
            comparison,
            cells: [first.cells(), second.cells()],
        })
    }

    /// Writes table and chart into a folder, which is made if it is not there.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn write(
        &self,
        comparison: &Comparison,
        folder: &Path,
        options: &Options,
    ) -> Result<(), RunError> {
        let made = std::fs::create_dir_all(folder);
        made.map_err(|source| ExperimentError::Write {
            path: folder.to_owned(),
            source,
        })?;
        let swept = self.is_sweep();
        let points = comparison.points().into_iter();
        let filled = Filled {
            table: &COMPARISON,
            numbering: Numbering::new(swept, Vec::new()),
            parts: points
                .map(|point| (point, comparison.table(point)))
                .collect(),
        };
        let metadata = [
            ("flywheel.version", VERSION.to_owned()),
            ("flywheel.seed", self.base.manifest.seed.to_string()),
            ("flywheel.base", self.base.scenario.to_toml()),
            ("flywheel.other", self.other.scenario.to_toml()),
        ];
        let metadata = metadata.map(|(key, value)| (key.to_owned(), value)).into();
        write_parts(folder, &metadata, &options.tables, &filled)?;
        if options.pictures.is_empty() {
            return Ok(());
        }
        let points = (0..self.base.design.len()).filter(|_| swept);
        let points: Vec<String> = points.map(|point| self.base.point_name(point)).collect();
        let [base, other] = &self.names();
        let figure = draw_comparison(&ComparisonChart {
            style: &Style::new(&self.base.scenario.chart_style),
            name: "comparison",
            base,
            other,
            comparison,
            points: &points,
        });
        for file in paint(&[figure], &options.pictures, options.data)? {
            write_whole(&folder.join(&file.name), &file.bytes)?;
        }
        Ok(())
    }
}

impl FinishedRun {
    fn open(folder: &Path) -> Result<Self, CompareError> {
        // what another version wrote need not be as this one writes it
        let manifest = Manifest::of(folder).map_err(|error| match error {
            ExperimentError::NoRun(_) => CompareError::Unusable(error.to_string()),
            other => CompareError::Failed(other.into()),
        })?;
        if manifest.version != VERSION {
            return Err(CompareError::Unusable(format!(
                "{} was made by version {} of this program, which is {VERSION}: run its scenario again",
                folder.display(),
                manifest.version
            )));
        }
        let manifest = sound_manifest(folder).map_err(|source| CompareError::NotAsWritten {
            folder: folder.to_owned(),
            source,
        })?;
        let scenario = Scenario::load(&folder.join(SCENARIO), &[])?;
        let run = Self {
            folder: folder.to_owned(),
            design: Design::new(&scenario)?,
            scenario,
            manifest,
        };
        run.check_record()?;
        Ok(run)
    }

    /// The figures need every firm's rows of the last tenth of the periods.
    fn check_record(&self) -> Result<(), CompareError> {
        let record = &self.scenario.simulation.record;
        let mut closing = closing(self.scenario.simulation.periods);
        let (from, to) = (closing.start, closing.end - 1);
        if record.keeps_table(RecordedTable::Firms) && closing.all(|it| record.keeps_period(it)) {
            return Ok(());
        }
        Err(CompareError::Thinned {
            folder: self.folder.clone(),
            from,
            to,
        })
    }

    /// Whether the figures of the market can be had, too.
    fn keeps_market(&self) -> bool {
        let record = &self.scenario.simulation.record;
        let mut closing = closing(self.scenario.simulation.periods);
        record.keeps_table(RecordedTable::Market) && closing.all(|it| record.keeps_period(it))
    }

    /// Its folder, the folder that this is in, and so on.
    fn folders(&self) -> Vec<String> {
        let folder = self.folder.canonicalize();
        let folder = folder.unwrap_or_else(|_| self.folder.clone());
        let names = folder.ancestors().filter_map(Path::file_name);
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }

    /// What it is called beside another run: its folder, or where both are of one name, the innermost folder
    /// around it that is not.
    fn name_beside(&self, other: &Self) -> String {
        let (own, others) = (self.folders(), other.folders());
        let differing = own.iter().zip(&others).find(|(own, other)| own != other);
        let name = differing.map(|(own, _)| own).or(own.first());
        name.unwrap_or(&self.scenario.name).clone()
    }

    fn figures(&self) -> Result<RunFigures, RunError> {
        let mut columns = self.design.columns().iter();
        let periods = if columns.any(|path| path == "simulation.periods") {
            let scenarios = (0..self.design.len()).map(|point| self.design.scenario(point));
            let periods = scenarios.map(|scenario| Ok(scenario?.simulation.periods));
            periods.collect::<Result<_, Diagnostics>>()?
        } else {
            vec![self.scenario.simulation.periods]
        };
        let mut figures = RunFigures::new(periods).with_customers(vec![self.scenario.customers()]);
        let numbering = self.design.numbering();
        // of variants, the scenario itself
        let mut read = |table, take: fn(&mut RunFigures, &Batch, &[i64])| {
            table::read(&self.folder, table, &numbering, |batch, worlds| {
                let places: Vec<(u32, usize)> = worlds
                    .iter()
                    .map(|world| self.design.place(u32::try_from(*world).unwrap_or(u32::MAX)))
                    .collect();
                if places.iter().all(|(_, variant)| *variant == 0) {
                    let points: Vec<i64> =
                        places.iter().map(|(point, _)| i64::from(*point)).collect();
                    return take(&mut figures, batch, &points);
                }
                let mut own = batch.clone();
                own.retain(|row| places[row].1 == 0);
                let points = places.iter().filter(|(_, variant)| *variant == 0);
                let points: Vec<i64> = points.map(|(point, _)| i64::from(*point)).collect();
                take(&mut figures, &own, &points);
            })
        };
        read(&FIRMS, RunFigures::take)?;
        if self.keeps_market() {
            read(&MARKET, RunFigures::take_market)?;
        }
        Ok(figures)
    }

    /// A point in words: the last part of each path with its value.
    fn point_name(&self, point: u32) -> String {
        let columns = self.design.columns().iter().zip(self.design.values(point));
        let words = columns.map(|(path, value)| {
            let key = path.rsplit('.').next().unwrap_or_default();
            let key = key.replace('_', " ");
            match value.as_str() {
                Some(text) => format!("{key} {text}"),
                None => format!("{key} {value}"),
            }
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

/// Why replicates of two runs are no pairs, with a remedy; none if they are.
fn unpaired(base: &FinishedRun, other: &FinishedRun) -> Option<String> {
    let (first, second) = (base.manifest.seed, other.manifest.seed);
    let (one, two) = (&base.scenario, &other.scenario);
    let (long, short) = (one.simulation.periods, two.simulation.periods);
    let rates = [one, two].map(|scenario| scenario.simulation.discount_rate);
    let dimensions = [one, two].map(|scenario| scenario.market.taste_dimensions);
    let (here, there) = (populations(one), populations(two));
    if first != second {
        Some(format!(
            "their seeds are {first} and {second}, so their customers have nothing in common: run both with the same --seed"
        ))
    } else if long != short {
        Some(format!(
            "they last {long} and {short} periods: run both with the same simulation.periods"
        ))
    } else if rates[0] != rates[1] {
        Some(format!(
            "their discount rates are {} and {}, so cumulative profit means different things: run both with the same simulation.discount_rate",
            rates[0], rates[1]
        ))
    } else if dimensions[0] != dimensions[1] {
        Some(format!(
            "tastes have {} and {} dimensions, so their customers are not the same",
            dimensions[0], dimensions[1]
        ))
    } else if here != there {
        Some(format!(
            "their populations differ, {} and {}, so their customers are not the same: names and numbers of customers must agree",
            listed(&here),
            listed(&there)
        ))
    } else {
        other_points(base, other)
    }
}

/// The populations with their numbers of customers.
fn populations(scenario: &Scenario) -> BTreeMap<&str, u32> {
    let populations = scenario.populations.iter();
    populations
        .map(|population| (population.name.as_str(), population.customers))
        .collect()
}

fn listed(populations: &BTreeMap<&str, u32>) -> String {
    let each = populations.iter();
    let each: Vec<String> = each
        .map(|(name, count)| format!("{name} ({count})"))
        .collect();
    each.join(", ")
}

/// Points of sweeps are compared one by one.
fn other_points(base: &FinishedRun, other: &FinishedRun) -> Option<String> {
    match (base.design.is_sweep(), other.design.is_sweep()) {
        (false, false) => return None,
        (true, true) => {}
        (swept, _) => {
            let (with, without) = if swept { (base, other) } else { (other, base) };
            return Some(format!(
                "{} is a sweep and {} is not",
                with.folder.display(),
                without.folder.display()
            ));
        }
    }
    let points = |run: &FinishedRun| std::fs::read(run.folder.join(POINTS));
    match (points(base), points(other)) {
        (Ok(first), Ok(second)) if first == second => None,
        (Ok(_), Ok(_)) => Some("their sweeps have different points (see points.csv)".to_owned()),
        _ => Some("points.csv of one of them cannot be read: run its scenario again".to_owned()),
    }
}
