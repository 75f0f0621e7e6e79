//! Pictures on demand: of single markets, of the journey and the wheel, and of what learning adds and feeds back. They take
//! markets of their own, so they come with progress, and can be given up.

use crate::analysis::kind::{Setting, answer_all};
use crate::analysis::{AnalysisError, Collector, Results};
use crate::chart::{ChartKind, Figure, draw, draw_answers};
use crate::experiment::{Cells, Journal, Observer, PlanOf, Progress, Runner, Stage, Study};
use crate::model::Plan;
use crate::scenario::{Analysis, FeedbackOutcome, Language, Quantity, Record, Scenario, Sources};

/// What a picture is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// A chart of the market, from all of its replicates.
    Chart(ChartKind),
    /// What a firm owes to each kind of learning.
    Sources,
    /// What comes back of knowing more.
    Feedback,
}

impl Picture {
    /// All that can be asked for, by name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("fates", Self::Chart(ChartKind::Fates)),
        ("journey", Self::Chart(ChartKind::Journey)),
        ("wheel", Self::Chart(ChartKind::Wheel)),
        ("sources", Self::Sources),
        ("feedback", Self::Feedback),
    ];

    /// The picture of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(known, _)| *known == name);
        found.map(|(_, picture)| picture)
    }

    /// Whether it is of one firm.
    #[must_use]
    pub fn is_of_firm(self) -> bool {
        matches!(self, Self::Sources | Self::Feedback)
    }

    /// Draws it of a market and, where it is of one, of a firm, as SVG documents; `tell` hears how many of how many markets are done. Empty
    /// if it was given up.
    ///
    /// # Errors
    /// The market has no such firm, or something cannot be simulated.
    pub fn of(
        self,
        market: &Scenario,
        firm: &str,
        language: Language,
        runner: Runner<'_>,
        tell: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<String>, AnalysisError> {
        let mut scenario = market.clone();
        scenario.chart_style.language = language;
        // what the page does not show needs no table, and pictures need every period
        if !scenario.simulation.record.keeps_all_periods() {
            scenario.simulation.record = Record::default();
        }
        scenario.charts.clear();
        scenario.lesson = None;
        scenario.analyses = self.analysis(firm, &scenario).into_iter().collect();
        let scenario = scenario.resolve()?;
        let mut heard = Heard::new(tell);
        let figures = match self {
            Self::Chart(kind) => {
                let plan = |_| Plan::new(&scenario);
                let found = results(&scenario, &plan, runner, &mut heard)?;
                let drawn = found.and_then(|found| draw(kind, &scenario, &found));
                drawn.into_iter().collect()
            }
            Self::Sources | Self::Feedback => answers(&scenario, runner, &mut heard)?,
        };
        let svg = |figure: &Figure| figure.svg().to_owned();
        Ok(figures.iter().map(svg).collect())
    }

    /// The question that a picture answers.
    fn analysis(self, firm: &str, scenario: &Scenario) -> Option<Analysis> {
        match self {
            Self::Chart(_) => None,
            Self::Sources => Some(Analysis::Sources(Sources {
                firm: firm.to_owned(),
                outcome: Quantity::CumulativeProfit,
                experiences: Some(Vec::new()),
                at_each_point: false,
            })),
            Self::Feedback => Some(Analysis::Feedback {
                firm: firm.to_owned(),
                period: Some((scenario.simulation.periods / 10).max(1)),
                periods: Vec::new(),
                observations: 1.0,
                outcome: FeedbackOutcome::default(),
                at_each_point: false,
            }),
        }
    }
}

/// What all replicates of a market come to, by its plan; none if it was given up.
pub(super) fn results(
    scenario: &Scenario,
    plan: PlanOf<'_>,
    runner: Runner<'_>,
    heard: &mut Heard<'_>,
) -> Result<Option<Results>, AnalysisError> {
    let journal = Journal::without_cells();
    let cells = Cells {
        points: 1,
        replicates: scenario.simulation.replicates,
    };
    let mut collector = Collector::new(scenario);
    heard.of = cells.replicates.into();
    let complete = Study::new(&journal, plan).run_all(
        runner,
        &cells,
        &mut |_, finished| collector.take(&finished.records),
        &mut |progress| heard.progress(progress),
    );
    let complete = complete.map_err(AnalysisError::Experiment)?;
    Ok(complete.then(|| collector.finish()))
}

/// The charts of the scenario's analysis; none if it was given up.
fn answers(
    scenario: &Scenario,
    runner: Runner<'_>,
    heard: &mut Heard<'_>,
) -> Result<Vec<Figure>, AnalysisError> {
    let journal = Journal::without_cells();
    let setting = Setting {
        scenario,
        journal: &journal,
        runner,
    };
    let answers = answer_all(&setting, heard)?;
    Ok(match answers.stopped {
        true => Vec::new(),
        false => draw_answers(scenario, &answers.all),
    })
}

/// Hears how far it is, and passes it on.
pub(super) struct Heard<'a> {
    tell: &'a mut dyn FnMut(u64, u64),
    of: u64,
}

impl<'a> Heard<'a> {
    /// Hears of nothing yet.
    pub fn new(tell: &'a mut dyn FnMut(u64, u64)) -> Self {
        Self { tell, of: 0 }
    }
}

impl Observer for Heard<'_> {
    fn begin(&mut self, stage: Stage) {
        self.of = stage.cells;
    }

    fn extend(&mut self, cells: u64) {
        self.of = cells;
    }

    fn progress(&mut self, progress: Progress) {
        (self.tell)(progress.cells, self.of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Cancel;

    fn drawn(picture: Picture, firm: &str, cancel: &Cancel) -> Result<Vec<String>, AnalysisError> {
        let text = "[simulation]\nperiods = 20\nreplicates = 3\n[[populations]]\nname = \"all\"\ncustomers = 60\n\
            [[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n[[firms]]\nname = \"coach\"\nexperience = \"coach-behavior\"\n";
        let scenario = Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(2)
            .build()
            .expect("threads");
        let runner = Runner {
            pool: &pool,
            cancel,
        };
        let mut last = (0, 0);
        let drawn = picture.of(&scenario, firm, Language::Nl, runner, &mut |done, of| {
            last = (done, of);
        });
        assert!(
            drawn.is_err() || cancel.is_cancelled() || (last.0 == last.1 && last.1 > 0),
            "{last:?}"
        );
        drawn
    }

    #[test]
    fn every_picture_is_drawn_of_any_market() {
        for (name, picture) in Picture::ALL {
            assert_eq!(Picture::named(name), Some(picture));
            let drawn = drawn(picture, "coach", &Cancel::default()).expect("a picture");
            assert!(!drawn.is_empty(), "{name}");
            assert!(drawn.iter().all(|svg| svg.starts_with("<svg")), "{name}");
        }
    }

    #[test]
    fn one_of_a_firm_needs_the_firm_and_any_can_be_given_up() {
        assert!(drawn(Picture::Sources, "nobody", &Cancel::default()).is_err());
        let cancel = Cancel::default();
        cancel.cancel();
        for (name, picture) in Picture::ALL {
            let drawn = drawn(picture, "coach", &cancel).expect("nothing");
            assert!(drawn.is_empty(), "{name}");
        }
    }
}
