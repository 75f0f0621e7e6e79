//! Kind "game": every profile, those that decide what is undecided more often.

use super::{
    Found, Game, GameReader, Labels, Numbered, Payoffs, ProfileVerdict, Rounds, Shape, solve,
    to_tables,
};
use crate::analysis::AnalysisError;
use crate::analysis::kind::{
    Asked, FigureKind, FigureShape, FigureValue, Kind, PointFigure, StoredTables, only_figures,
};
use crate::experiment::{Cell, Cells, Finished, Order};
use crate::model::Plan;
use crate::scenario::{self, Analysis, Contest, Diagnostics, Scenario, SweepOutcome};
use crate::table::{Batch, Definition, GAME, GAME_CYCLES, GAME_EQUILIBRIA};

/// A game as the scenario states it.
#[derive(Debug, Clone)]
pub struct GameQuestion {
    number: u32,
    asked: scenario::Game,
    contest: Contest,
    rounds: Rounds,
    shape: Shape,
}

/// A game that was played.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// Number of the analysis, from 1.
    pub number: u32,
    /// What the scenario says of it.
    pub asked: scenario::Game,
    /// Roles and strategies.
    pub shape: Shape,
    /// What they are called.
    pub labels: Labels,
    /// What was found.
    pub game: Game,
}

impl GameQuestion {
    fn labels(&self) -> Labels {
        Labels::new(&self.contest.names(), self.contest.strategies())
    }

    fn played(&self, game: Game) -> Played {
        Played {
            number: self.number,
            asked: self.asked.clone(),
            shape: self.shape.clone(),
            labels: self.labels(),
            game,
        }
    }
}

impl Played {
    /// The game as its tables and charts take it.
    #[must_use]
    pub fn numbered(&self) -> Numbered<'_> {
        Numbered {
            number: self.number as usize,
            shape: &self.shape,
            labels: &self.labels,
            game: &self.game,
        }
    }
}

impl Kind for Played {
    const NAME: &'static str = "game";
    const TELLS_CHANGE: bool = true;
    const TABLES: &'static [&'static Definition] = &[&GAME, &GAME_EQUILIBRIA, &GAME_CYCLES];
    const FIGURES: &'static [FigureKind] = &[FigureKind {
        outcome: SweepOutcome::GameEquilibrium,
        shape: FigureShape::Verdict,
    }];
    type Question = GameQuestion;
    type Taken = Payoffs;

    fn ask(asked: &Asked<'_>) -> Result<Option<GameQuestion>, AnalysisError> {
        let Analysis::Game(game) = asked.analysis else {
            return Ok(None);
        };
        let contest = Contest::new(asked.scenario, game)?;
        let sizes: Vec<u32> = contest
            .roles()
            .iter()
            .map(|role| role.len() as u32)
            .collect();
        let first = asked.scenario.simulation.replicates;
        Ok(Some(GameQuestion {
            number: asked.number,
            asked: game.clone(),
            rounds: Rounds {
                first,
                at_most: game.at_most.unwrap_or(first.saturating_mul(8)),
            },
            shape: Shape::new(&sizes, contest.strategies().len()),
            contest,
        }))
    }

    fn start(question: &GameQuestion) -> Payoffs {
        Payoffs::new(question.shape.clone())
    }

    fn cells(question: &GameQuestion, payoffs: &Payoffs, round: u32) -> Option<Box<dyn Order>> {
        let Some(before) = round.checked_sub(1) else {
            return Some(Box::new(Cells {
                points: u32::try_from(question.shape.profiles().len()).unwrap_or(u32::MAX),
                replicates: question.rounds.first,
            }));
        };
        let wanted = question.rounds.missing(payoffs, before).into_iter();
        let cells: Vec<Cell> = wanted
            .map(|(profile, replicate)| Cell {
                replicate,
                point: profile as u32,
            })
            .collect();
        (!cells.is_empty()).then(|| Box::new(cells) as _)
    }

    fn plan(question: &GameQuestion, profile: u32) -> Result<Plan, Diagnostics> {
        let choices = question.shape.assignment(profile as usize);
        Plan::new(&only_figures(question.contest.scenario(&choices)))
    }

    fn take(question: &GameQuestion, payoffs: &mut Payoffs, cell: Cell, finished: &Finished) {
        let payoff = |&firm: &usize| {
            let figures = finished.figures.get(firm);
            let own = figures.and_then(|all| question.asked.outcome.of_summary(all));
            own.copied().unwrap_or(f64::NAN)
        };
        let players: Vec<f64> = question
            .contest
            .roles()
            .iter()
            .flatten()
            .map(payoff)
            .collect();
        payoffs.add(cell.point as usize, &players);
    }

    fn answer(question: GameQuestion, payoffs: Payoffs) -> Result<Self, AnalysisError> {
        Ok(question.played(solve(&payoffs, question.rounds.looks())))
    }

    fn tables(answers: &[(u32, &Self)]) -> Vec<Batch> {
        let games: Vec<Numbered> = answers.iter().map(|(_, game)| game.numbered()).collect();
        to_tables(&games).into()
    }

    fn read(questions: &[(u32, GameQuestion)], tables: &StoredTables) -> Vec<(u32, Self)> {
        let read = |(number, question): &(u32, GameQuestion)| {
            let (shape, labels) = (question.shape.clone(), question.labels());
            let mut reader = GameReader::new(*number as usize, shape, labels);
            reader.take_profiles(tables.table(0));
            reader.take_equilibria(tables.table(1));
            reader.take_cycles(tables.table(2));
            Some((*number, question.played(reader.finish()?)))
        };
        questions.iter().filter_map(read).collect()
    }

    fn figures(&self) -> Vec<PointFigure> {
        vec![PointFigure {
            outcome: SweepOutcome::GameEquilibrium,
            firm: String::new(),
            period: None,
            by: self.asked.outcome.column(),
            value: FigureValue::Word(self.pure()),
        }]
    }

    fn tell(&self, _: &Scenario) -> Vec<String> {
        let Self { shape, game, .. } = self;
        let mut found: Vec<String> = game
            .equilibria(shape)
            .into_iter()
            .map(|found| self.equilibrium(found))
            .collect();
        found.extend(game.cycles.iter().map(|cycle| {
            let steps = cycle.steps.iter();
            let steps = steps.map(|step| self.labels.choices(shape, step.profile));
            let steps: Vec<String> = steps.collect();
            format!("best responses go round: {}", steps.join(", then "))
        }));
        let undecided = (game.judgements.iter())
            .filter(|judgement| judgement.verdict == ProfileVerdict::Undecided)
            .count();
        if undecided > 0 {
            found.push(format!(
                "{undecided} of {} profiles may or may not be equilibria; more replicates (at_most) would tell",
                game.judgements.len()
            ));
        }
        if let Some(factor) = game.variance_reduction() {
            found.push(format!(
                "common random numbers reduced the variance of what a deviation gains by a factor of {factor:.1} (median)"
            ));
        }
        found.iter().map(|text| format!("game: {text}")).collect()
    }
}

impl Played {
    /// The profiles that are equilibria with 95 % confidence, in words; "none" where no profile is one, and "undecided" where some
    /// may or may not be.
    fn pure(&self) -> String {
        let judged = |wanted: ProfileVerdict| {
            let judgements = self.game.judgements.iter().enumerate();
            let own = judgements.filter(move |(_, judged)| judged.verdict == wanted);
            own.map(|(profile, _)| self.labels.choices(&self.shape, profile))
        };
        let found: Vec<String> = judged(ProfileVerdict::Equilibrium).collect();
        match (found.is_empty(), judged(ProfileVerdict::Undecided).count()) {
            (false, _) => found.join(" / "),
            (true, 0) => "none".to_owned(),
            (true, _) => "undecided".to_owned(),
        }
    }

    /// An equilibrium in words.
    fn equilibrium(&self, found: Found) -> String {
        let Self {
            shape,
            labels,
            game,
            ..
        } = self;
        let percent = |share: f64| format!("{:.1} %", 100.0 * share);
        let basin = found.mixture.map_or(String::new(), |mixture| {
            format!(
                "; {} of the replicator dynamics end there",
                percent(mixture.basin)
            )
        });
        match (found.profile, found.mixture) {
            (Some(profile), _) => format!(
                "{} {} an equilibrium ({}{basin})",
                labels.choices(shape, profile),
                verb(game.judgements[profile].confidence),
                sureness(game.judgements[profile].confidence)
            ),
            (None, Some(mixture)) => {
                let played = (0..shape.slots()).filter(|&slot| mixture.shares[slot].mean > 0.0);
                let parts = played.map(|slot| {
                    let (role, strategy) = shape.of_slot(slot);
                    let who = match shape.roles().len() {
                        1 => String::new(),
                        _ => format!("{}: ", labels.roles[role]),
                    };
                    let share = percent(mixture.shares[slot].mean);
                    format!("{who}{} {share}", labels.strategies[strategy])
                });
                format!(
                    "mixing {} {} an equilibrium ({}{basin})",
                    parts.collect::<Vec<_>>().join(", "),
                    verb(mixture.confidence),
                    sureness(mixture.confidence)
                )
            }
            (None, None) => String::new(),
        }
    }
}

/// What is claimed of an equilibrium.
fn verb(confidence: f64) -> &'static str {
    if confidence < 0.5 { "may be" } else { "is" }
}

/// How sure an equilibrium is; what is less likely than not rests on nothing but the means.
fn sureness(confidence: f64) -> String {
    if confidence < 0.5 {
        "by the mean payoffs, which do not tell for sure".to_owned()
    } else {
        // a bound is rounded down
        format!(
            "confidence at least {:.1} %",
            (confidence * 1000.0).floor() / 10.0
        )
    }
}
