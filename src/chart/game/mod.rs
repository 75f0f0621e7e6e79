//! Games become figures: payoffs as a heat map or by profile, and for three strategies the flow on the simplex.
//!
//! `heat` draws games of two players, and of equal players with two strategies; `profiles` all others;
//! `simplex` adds the replicator dynamics where equal players have three strategies.

mod heat;
mod profiles;
mod simplex;

#[cfg(test)]
mod tests;

use plotters::style::RGBColor;

use super::cast::cast_of;
use super::frame::Heading;
use super::sweep::outcome::Outcome;
use super::{Figure, theme, words};
use crate::analysis::Quantity;
use crate::analysis::game::{Game, Labels, Numbered, Shape, Verdict};
use crate::scenario::{self, Scenario};

/// Draws the charts of a game; their names begin with `game`.
#[must_use]
pub fn draw_game(scenario: &Scenario, asked: &scenario::Game, found: Numbered<'_>) -> Vec<Figure> {
    let Some(stage) = Stage::new(scenario, asked, found) else {
        return Vec::new();
    };
    let mut figures = vec![match heat::Grid::new(&stage) {
        Some(grid) => heat::draw(&stage, &grid),
        None => profiles::draw(&stage),
    }];
    figures.extend(simplex::draw(&stage));
    figures
}

/// What the charts of a game share.
struct Stage<'a> {
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
        let names: Vec<&str> = found.labels.strategies.iter().map(String::as_str).collect();
        let cast = cast_of(
            &names,
            &vec![0.0; names.len()],
            Some(&found.labels.strategies),
        );
        Some(Self {
            scenario,
            outcome: Outcome::of(Quantity::from(asked.outcome))?,
            number: found.number,
            shape: found.shape,
            labels: found.labels,
            game: found.game,
            colors: cast
                .into_iter()
                .map(|actor| {
                    if actor.leads {
                        actor.color
                    } else {
                        theme::QUIET
                    }
                })
                .collect(),
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
    fn heading(&self, title: &str, subtitle: String, also: Vec<String>) -> Heading {
        let counts = self
            .game
            .judgements
            .iter()
            .map(|judgement| judgement.replicates);
        let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
        let replicates = if least == most {
            words::replicates_of(least, false)
        } else {
            format!(
                "Means of {least} replicates, of up to {most} where more were needed to decide."
            )
        };
        let mut caption = also;
        caption.push(replicates);
        caption.push(words::scenario_title(self.scenario));
        Heading {
            title: title.to_owned(),
            subtitle,
            caption,
        }
    }

    /// The text alternative: the equilibria.
    fn description(&self) -> String {
        let mut sentences = vec![format!("{}.", self.outcome.measured)];
        for (profile, judgement) in self.game.judgements.iter().enumerate() {
            let choices = self.labels.choices(self.shape, profile);
            match judgement.verdict {
                Verdict::Equilibrium => sentences.push(format!("Equilibrium: {choices}.")),
                Verdict::Undecided => {
                    sentences.push(format!("Perhaps an equilibrium: {choices}."));
                }
                Verdict::None => {}
            }
        }
        sentences.join(" ")
    }
}
