//! What a finished run shows: its charts and its page, drawn from its tables.

use std::path::Path;

use super::{Compared, RunError, figures};
use crate::analysis::hypotheses::Hypotheses;
use crate::analysis::kind::{Answers, Kind, Missing, each_answer, read_all};
use crate::analysis::{Findings, Variants};
use crate::chart::{ChartKind, Figure, draw};
use crate::experiment::{Manifest, SCENARIO, sound_manifest};
use crate::report::Report;
use crate::scenario::{Override, Scenario};

/// A finished run, read from its folder and drawn; nothing is written.
#[derive(Debug)]
pub struct Shown {
    /// The scenario as the run stored it.
    pub stored: Scenario,
    /// The same with the changes to how charts look.
    pub scenario: Scenario,
    /// What the tables hold.
    pub findings: Findings,
    /// What its variants found, if there are any.
    pub variants: Option<Variants>,
    /// What became of its hypotheses, if there are any.
    pub hypotheses: Option<Hypotheses>,
    /// Every chart of the run, those of its analyses included.
    pub figures: Vec<Figure>,
    /// Analyses of which the run has no tables yet.
    pub missing: Vec<Missing>,
    /// How the run went.
    pub manifest: Manifest,
    answers: Answers,
}

impl Shown {
    /// Reads the folder of a run and draws its charts; `style` are changes to how they look.
    ///
    /// # Errors
    /// The folder's results are not those that its manifest names, or cannot be read.
    pub fn read(path: &Path, style: &[Override]) -> Result<Self, RunError> {
        // new pictures beside other tables would make these look like results
        let manifest = sound_manifest(path)?;
        let load = |overrides: &[Override]| Scenario::load(&path.join(SCENARIO), overrides);
        // the report tells of the file as it is, whatever the charts look like, but in their language
        let (stored, scenario) = (load(&[])?, load(style)?);
        let mut findings = Findings::read(path, &scenario)?;
        let variants = Variants::read(path, &scenario)?;
        let hypotheses = Hypotheses::read(path, &scenario)?;
        let compared = Compared {
            variants: variants.as_ref(),
            hypotheses: hypotheses.as_ref(),
        };
        let (answers, missing) = read_all(path, &scenario)?;
        findings.take(&answers);
        Ok(Self {
            figures: figures(&scenario, &findings, compared, &answers),
            variants,
            hypotheses,
            stored,
            scenario,
            findings,
            missing,
            manifest,
            answers,
        })
    }

    /// A chart by its name: one of the run's, or any kind that shows one market, although the run did not draw it.
    #[must_use]
    pub fn chart(&self, name: &str) -> Option<Figure> {
        let drawn = self.figures.iter().find(|figure| figure.name() == name);
        drawn.cloned().or_else(|| {
            let Findings::Series(results) = &self.findings else {
                return None;
            };
            let kind = ChartKind::of_market().find(|kind| kind.name() == name)?;
            let has_tables = kind.has_tables(results);
            has_tables
                .then(|| draw(kind, &self.scenario, results))
                .flatten()
        })
    }

    /// What the analyses of the scenario found, in sentences.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let own = self.answers.all.iter().filter(|one| one.point.is_none());
        own.flat_map(|one| each_answer!(&one.answer, answer => answer.tell(&self.stored)))
            .collect()
    }

    /// The page.
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        Report {
            scenario: &self.stored,
            language: self.scenario.chart_style.language,
            findings: &self.findings,
            variants: self.variants.as_ref(),
            hypotheses: self.hypotheses.as_ref(),
            pictures: &self.figures,
        }
    }
}
