//! Games become figures: payoffs as a heat map or by profile, and for three strategies the flow on the simplex.
//!
//! `heat` draws games of two players, and of equal players with two strategies; `profiles` all others;
//! `simplex` adds the replicator dynamics where equal players have three strategies.

mod heat;
mod profile_grid;
mod profiles;
mod simplex;

#[cfg(test)]
mod tests;

use plotters::style::RGBColor;

use crate::analysis::game::{Game, Labels, Numbered, ProfileVerdict, Shape};
use crate::chart::kind::cast::{Actor, cast_of};
use crate::chart::kind::sweep::outcome::Outcome;
use crate::chart::kit::{Data, Entry, Figure, Heading, Style, Told, fill, words};
use crate::scenario::{self, Scenario};

/// Draws the charts of a game; their names begin with `game`.
#[must_use]
pub fn draw_game(scenario: &Scenario, asked: &scenario::Game, found: Numbered<'_>) -> Vec<Figure> {
    let Some(stage) = Stage::new(scenario, asked, found) else {
        return Vec::new();
    };
    let mut figures = vec![match profile_grid::ProfileGrid::new(&stage) {
        Some(grid) => heat::draw(&stage, &grid),
        None => profiles::draw(&stage),
    }];
    figures.extend(simplex::draw(&stage));
    figures
}

/// What the charts of a game share.
struct Stage<'a> {
    style: Style,
    scenario: &'a Scenario,
    outcome: Outcome,
    number: usize,
    shape: &'a Shape,
    labels: &'a Labels,
    game: &'a Game,
    /// By strategy.
    colors: Vec<RGBColor>,
}

impl<'a> Stage<'a> {
    fn new(scenario: &'a Scenario, asked: &scenario::Game, found: Numbered<'a>) -> Option<Self> {
        let style = Style::new(&scenario.chart_style);
        let names: Vec<&str> = found.labels.strategies.iter().map(String::as_str).collect();
        let experiences: Vec<_> = found.labels.strategies.iter().cloned().map(Some).collect();
        let cast = cast_of(&style, &names, &vec![0.0; names.len()], &experiences);
        Some(Self {
            scenario,
            outcome: Outcome::of_mean(&style, asked.outcome)?,
            style,
            number: found.number,
            shape: found.shape,
            labels: found.labels,
            game: found.game,
            colors: cast.iter().map(Actor::ink).collect(),
        })
    }

    /// Name of a figure: the stem of its files.
    fn name(&self, part: &str) -> String {
        match self.number {
            1 => format!("game{part}"),
            number => format!("game-{number}{part}"),
        }
    }

    fn players(&self) -> u32 {
        self.shape.roles().iter().sum()
    }

    /// The words around a plot; `also` are more sentences of the caption.
    fn heading(&self, title: String, subtitle: String, also: Vec<String>) -> Heading {
        let counts = self
            .game
            .judgements
            .iter()
            .map(|judgement| judgement.replicates);
        let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
        let mut caption = also;
        caption.push(if least == most {
            words::replicates(&self.style, least, false)
        } else {
            fill!(self.style, "game.means", least, most)
        });
        caption.push(words::scenario_title(&self.style, &self.scenario.title));
        Heading {
            title,
            subtitle,
            caption,
        }
    }

    /// What is said of a figure with these words around it.
    fn told(&self, part: &str, heading: Heading) -> Told {
        Told {
            name: self.name(part),
            heading,
            description: self.description(),
            data: self.data(),
        }
    }

    /// What charts call a strategy.
    fn strategy(&self, strategy: usize) -> String {
        self.style.label(&self.labels.strategies[strategy])
    }

    /// What charts call all strategies.
    fn strategies(&self) -> Vec<String> {
        (0..self.labels.strategies.len())
            .map(|strategy| self.strategy(strategy))
            .collect()
    }

    /// A profile in the words of charts.
    fn choices(&self, profile: usize) -> String {
        let labels = Labels {
            roles: self.labels.roles.clone(),
            strategies: self.strategies(),
        };
        labels.choices(self.shape, profile)
    }

    /// The text alternative: the equilibria.
    fn description(&self) -> String {
        let mut sentences = vec![format!("{}.", self.outcome.measured)];
        for (profile, judgement) in self.game.judgements.iter().enumerate() {
            let key = match judgement.verdict {
                ProfileVerdict::Equilibrium => "game.is_one",
                ProfileVerdict::Undecided => "game.perhaps",
                ProfileVerdict::None => continue,
            };
            sentences.push(fill!(self.style, key, choices = self.choices(profile)));
        }
        sentences.join(" ")
    }

    /// What was found, for those who want to draw it themselves: a row per profile and strategy.
    fn data(&self) -> Data {
        let mut data = Data::new(&[
            "choices",
            "role",
            "strategy",
            "payoff",
            "gain",
            "regret",
            "equilibrium",
        ]);
        for (profile, judgement) in self.game.judgements.iter().enumerate() {
            for standing in &judgement.standings {
                let (role, strategy) = self.shape.of_slot(standing.slot);
                let entries: [&dyn Entry; 7] = [
                    &self.labels.choices(self.shape, profile),
                    &self.labels.roles[role],
                    &self.labels.strategies[strategy],
                    &standing.payoff.mean,
                    &standing.gain.mean,
                    &judgement.regret,
                    &judgement.verdict.name().to_owned(),
                ];
                data.push(&entries);
            }
        }
        data
    }
}
