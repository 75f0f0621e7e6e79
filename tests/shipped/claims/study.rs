//! The claims as their files state them, and what is found of each.

use std::path::{Path, PathBuf};

use flywheel::analysis::hypotheses::{HypothesesCollector, Judged};
use flywheel::analysis::kind::Setting;
use flywheel::experiment::{Cancel, Cell, Design, Finished, Folder, Runner};
use flywheel::scenario::expression::Statement;
use flywheel::scenario::{Hypothesis, Override, Scenario, scenario_files};
use rayon::prelude::*;

use crate::claims::precision::{Pairing, replicates_needed};

/// A claim: a scenario with its hypotheses.
pub struct Claim {
    file: PathBuf,
    pub scenario: Scenario,
}

/// A hypothesis as it was found.
pub struct Finding {
    pub judged: Judged,
    /// Replicates for a 95 % interval of ± 5 % of the effect.
    pub replicates: u64,
    /// None where the comparison is within one market.
    pub pairing: Option<Pairing>,
}

impl Claim {
    /// All of a folder of `scenarios/`, in the order of their letters.
    pub fn all(folder: &str) -> Vec<Self> {
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let files = scenario_files(&[scenarios.join(folder)]).expect("the folder holds scenarios");
        let load = |file: &PathBuf| Self {
            file: file.clone(),
            scenario: checked(Scenario::load(file, &[])),
        };
        files.iter().map(load).collect()
    }

    /// `a` to `l`.
    pub fn letter(&self) -> &str {
        &self.scenario.name[..1]
    }

    /// The number of a hypothesis: letter and place.
    pub fn numbered(&self, place: usize) -> String {
        format!("{}{}", self.letter(), place + 1)
    }

    /// The scenario with some parameters replaced.
    pub fn with(&self, settings: &[(String, toml::Value)]) -> Scenario {
        let set = |(path, value): &(String, toml::Value)| Override::new(path, value.clone());
        let overrides: Vec<Override> = settings.iter().map(set).collect();
        checked(Scenario::load(&self.file, &overrides))
    }
}

/// The value, or the problems as they are shown to people.
#[track_caller]
pub fn checked<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|problems| panic!("{problems}"))
}

/// What becomes of all hypotheses of a scenario.
pub fn measure(scenario: &Scenario) -> Vec<Finding> {
    let collector = simulate(scenario);
    let finding = |judged: Judged| {
        let hypothesis = &scenario.hypotheses[judged.number as usize - 1];
        let (statement, rows) = (statement(hypothesis), collector.figures(0, judged.number));
        let threshold = statement.threshold();
        let effect: Vec<f64> = rows
            .iter()
            .map(|row| statement.difference(row) + threshold)
            .collect();
        let pairing = Pairing::of_figures(&statement, &rows);
        Finding {
            replicates: replicates_needed(&effect, 1.0),
            pairing: pairing.map(|pairing| pairing.of_effect(&effect)),
            judged,
        }
    };
    collector.judge().all.into_iter().map(finding).collect()
}

/// What becomes of all hypotheses of a scenario, and nothing else.
pub fn judge(scenario: &Scenario) -> Vec<Judged> {
    simulate(scenario).judge().all
}

fn statement(hypothesis: &Hypothesis) -> Statement {
    checked(Statement::parse(&hypothesis.holds_if))
}

/// Simulates the variants that hypotheses name.
fn simulate(scenario: &Scenario) -> HypothesesCollector {
    let design = checked(Design::new(scenario));
    let mut names: Vec<Option<String>> = Vec::new();
    for hypothesis in &scenario.hypotheses {
        let figures = statement(hypothesis).figures.into_iter();
        names.extend(figures.map(|figure| figure.variant));
    }
    let is_named = |world: &u32| {
        let variant = design.variants().get(*world as usize);
        let name = variant.map(|variant| variant.name.clone());
        names.contains(&name) || (*world == 0 && names.contains(&None))
    };
    let worlds: Vec<u32> = (0..design.worlds()).filter(is_named).collect();
    let plans: Vec<_> = worlds
        .iter()
        .map(|&world| checked(design.plan(world)))
        .collect();
    let collector = checked(HypothesesCollector::new(scenario, &design));
    let mut collector = collector.expect("there are hypotheses");
    let replicates: Vec<u32> = (0..scenario.simulation.replicates).collect();
    // a few at a time, for the tables of one may be large
    for some in replicates.chunks(8) {
        let cells: Vec<(Cell, Finished)> = some
            .par_iter()
            .flat_map_iter(|&replicate| {
                let of_world = move |(&point, plan)| {
                    let cell = Cell { replicate, point };
                    (cell, Finished::simulated(plan, replicate))
                };
                worlds.iter().zip(&plans).map(of_world)
            })
            .collect();
        cells
            .iter()
            .for_each(|(cell, finished)| collector.take(*cell, finished));
    }
    take_analyses(&mut collector, scenario);
    collector
}

/// Answers the analyses that statements name.
fn take_analyses(collector: &mut HypothesesCollector, scenario: &Scenario) {
    let place = tempfile::tempdir().expect("a folder");
    let folder = checked(Folder::prepare(place.path(), scenario));
    let journal = checked(folder.journal(true));
    let pool = rayon::ThreadPoolBuilder::new().build().expect("threads");
    let setting = Setting {
        scenario,
        journal: &journal,
        runner: Runner {
            pool: &pool,
            cancel: &Cancel::default(),
        },
    };
    assert!(checked(collector.take_analyses(&setting, &mut ())));
}
