//! The charts of analyses: what each kind draws of an answer.

use super::game::draw_game;
use super::links::draw_wheels;
use super::sensitivity::{Effect, Measured, Sensitivity as Sheet, Share, draw_sensitivity};
use super::sources::draw_sources;
use crate::analysis::Estimate;
use crate::analysis::feedback::{Feedback, Feedbacks};
use crate::analysis::game::Played;
use crate::analysis::kind::{Answered, Kind, Listed, each_answer};
use crate::analysis::sensitivity::{Parameter, Sensitivity};
use crate::analysis::sources::Sources;
use crate::analysis::wheel::{Loop, Wheel};
use crate::chart::kit::fitted::fitted;
use crate::chart::kit::subject::Subject;
use crate::chart::kit::{Figure, Style};
use crate::scenario::{Scenario, SensitivityMethod};

/// A kind of analysis whose answers are drawn.
pub(super) trait Drawn: Kind {
    /// The charts of an answer.
    fn draw(&self, scenario: &Scenario, among: &Among<'_>) -> Vec<Figure>;
}

/// Where an answer stands.
pub(super) struct Among<'a> {
    /// The number of its analysis in the scenario, from 1.
    pub number: u32,
    /// Its place among those of its kind, from 1.
    pub place: u32,
    /// All answers of the run.
    pub all: &'a [Answered],
}

impl Among<'_> {
    /// The feedback factor of a firm after a head start in a period, where the run measured it and it can be told.
    fn factor(&self, firm: &str, period: u32) -> Option<Estimate> {
        let whole = self.all.iter().filter(|one| one.point.is_none());
        let feedbacks = whole.filter_map(|one| Some(&Feedbacks::of(&one.answer)?.all));
        let is_asked = |found: &&Feedback| {
            let asked = &found.question;
            (asked.firm.as_str(), asked.period) == (firm, period)
        };
        let found = feedbacks.flatten().find(is_asked)?;
        found.is_told().then(|| found.factor())
    }
}

/// Draws the charts of answers, in their order.
#[must_use]
pub fn draw_answers(scenario: &Scenario, answers: &[Answered]) -> Vec<Figure> {
    let draw = |one: &Answered| {
        let about = Subject::Analysis {
            kind: one.answer.kind(),
            number: one.number,
        };
        let among = Among {
            number: one.number,
            place: one.place,
            all: answers,
        };
        let figures = each_answer!(&one.answer, own => {
            fitted(scenario, &|scenario| own.draw(scenario, &among))
        });
        figures.into_iter().map(move |figure| figure.about(about))
    };
    // of the points of a sweep, the tables tell
    let whole = answers.iter().filter(|one| one.point.is_none());
    whole.flat_map(draw).collect()
}

/// A stem of files, with a number behind it from 2 on.
pub(super) fn numbered(stem: &str, number: u32) -> String {
    match number {
        0 | 1 => stem.to_owned(),
        number => format!("{stem}-{number}"),
    }
}

impl Drawn for Played {
    fn draw(&self, scenario: &Scenario, _: &Among<'_>) -> Vec<Figure> {
        draw_game(scenario, &self.asked, self.numbered())
    }
}

impl Drawn for Loop {
    fn draw(&self, scenario: &Scenario, among: &Among<'_>) -> Vec<Figure> {
        let factor = |wheel: &Wheel| among.factor(&wheel.question.firm, wheel.question.period);
        let factors: Vec<_> = self.wheels.iter().map(factor).collect();
        vec![draw_wheels(scenario, &self.wheels, &factors)]
    }
}

impl Drawn for Sources {
    fn draw(&self, scenario: &Scenario, among: &Among<'_>) -> Vec<Figure> {
        draw_sources(scenario, self, among.place as usize)
    }
}

impl Drawn for Sensitivity {
    fn draw(&self, scenario: &Scenario, among: &Among<'_>) -> Vec<Figure> {
        let method = self.asked.method;
        let share = |parameter: &Parameter| Share {
            label: parameter.label.clone(),
            first_order: parameter.index(method, "first_order"),
            total: parameter.index(method, "total"),
        };
        let effect = |parameter: &Parameter| Effect {
            label: parameter.label.clone(),
            mu_star: parameter.index(method, "mu_star"),
            sigma: parameter.index(method, "sigma").value,
        };
        let parameters = self.parameters.iter();
        let sheet = Sheet {
            name: numbered("sensitivity", among.number),
            quantity: self.asked.outcome,
            firm: self.asked.firm.clone(),
            samples: u64::from(self.asked.samples),
            replicates: scenario.simulation.replicates,
            scenario: scenario.title.clone(),
            measured: match method {
                SensitivityMethod::Sobol => Measured::Shares(parameters.map(share).collect()),
                SensitivityMethod::Morris => Measured::Effects(parameters.map(effect).collect()),
            },
        };
        vec![draw_sensitivity(&Style::new(&scenario.chart_style), &sheet)]
    }
}
