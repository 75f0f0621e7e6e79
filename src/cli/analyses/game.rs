//! Kind "game": firms choose among experiences, and each answers the others.

use flywheel::analysis::Quantity;
use std::path::Path;

use flywheel::analysis::game::{
    Found, Game, Labels, Numbered, Payoffs, Reader, Rounds, Shape, Verdict, solve, tables,
};
use flywheel::chart::{Figure, draw_game};
use flywheel::experiment::Cell;
use flywheel::model::Plan;
use flywheel::scenario::{self, Contest, Scenario};
use flywheel::table::{self, GAME, GAME_CYCLES, GAME_EQUILIBRIA, TableError};

use super::super::job::Failure;
use super::{Context, only_figures};

/// A game as the scenario states it.
struct Question<'a> {
    number: usize,
    game: &'a scenario::Game,
    contest: Contest,
    rounds: Rounds,
}

/// A game that was played.
struct Answer {
    number: usize,
    shape: Shape,
    labels: Labels,
    game: Game,
}

/// Does the analyses of this kind; their figures, or none if the run was stopped.
pub(super) fn run(context: &Context) -> Result<Option<Vec<Figure>>, Failure> {
    let scenario = context.scenario;
    let mut answers = Vec::new();
    let mut figures = Vec::new();
    for (number, game) in scenario.games() {
        let first = scenario.simulation.replicates;
        let question = Question {
            number,
            game,
            contest: Contest::new(scenario, game)?,
            rounds: Rounds {
                first,
                at_most: game.at_most.unwrap_or(first.saturating_mul(8)),
            },
        };
        let Some(answer) = play(context, &question)? else {
            return Ok(None);
        };
        tell(context, &answer);
        figures.extend(draw_game(scenario, game, answer.numbered()));
        answers.push(answer);
    }
    if !answers.is_empty() {
        let numbered: Vec<Numbered> = answers.iter().map(Answer::numbered).collect();
        let [profiles, equilibria, cycles] = tables(&numbered);
        context.write(&GAME, &profiles)?;
        context.write(&GAME_EQUILIBRIA, &equilibria)?;
        context.write(&GAME_CYCLES, &cycles)?;
    }
    Ok(Some(figures))
}

impl Answer {
    fn numbered(&self) -> Numbered<'_> {
        Numbered {
            number: self.number,
            shape: &self.shape,
            labels: &self.labels,
            game: &self.game,
        }
    }
}

/// Simulates every profile, those that decide what is undecided more often; none if the run was stopped.
fn play(context: &Context, question: &Question) -> Result<Option<Answer>, Failure> {
    let Question {
        number,
        contest,
        rounds,
        ..
    } = question;
    let shape = shape_of(contest);
    let mut payoffs = Payoffs::new(shape.clone());
    let profiles = shape.profiles().len();
    let mut wanted: Vec<(usize, u32)> = (0..rounds.first)
        .flat_map(|replicate| (0..profiles).map(move |profile| (profile, replicate)))
        .collect();
    for round in 0.. {
        if wanted.is_empty() {
            break;
        }
        if !simulate(context, question, &wanted, &mut payoffs)? {
            return Ok(None);
        }
        wanted = rounds.missing(&payoffs, round);
    }
    Ok(Some(Answer {
        number: *number,
        game: solve(&payoffs, rounds.looks()),
        labels: Labels::new(&contest.names(), contest.strategies()),
        shape,
    }))
}

/// Adds these replicates of profiles to the payoffs; returns whether nobody asked to stop.
fn simulate(
    context: &Context,
    question: &Question,
    wanted: &[(usize, u32)],
    payoffs: &mut Payoffs,
) -> Result<bool, Failure> {
    let contest = &question.contest;
    let asked = Quantity::from(question.game.outcome);
    let known = Quantity::SUMMARY.iter().position(|&known| known == asked);
    let figure = known.unwrap_or(0);
    let shape = payoffs.shape().clone();
    let cells: Vec<Cell> = wanted
        .iter()
        .map(|&(profile, replicate)| Cell {
            replicate,
            point: profile as u32,
        })
        .collect();
    let plan = |profile: u32| {
        let chosen = contest.scenario(&shape.assignment(profile as usize));
        Plan::new(&only_figures(chosen))
    };
    let analysis = &context.scenario.analyses[question.number - 1];
    context.simulate(
        question.number,
        analysis,
        &cells,
        &plan,
        &mut |cell, finished| {
            let own = contest.roles().iter().flatten();
            let own = own.map(|&firm| {
                finished
                    .figures
                    .get(firm)
                    .map_or(f64::NAN, |all| all[figure])
            });
            payoffs.add(cell.point as usize, &own.collect::<Vec<_>>());
        },
    )
}

/// The charts of a scenario's games from the tables in a folder; none where a run did not come that far.
pub fn redraw(folder: &Path, scenario: &Scenario) -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for (number, game) in scenario.games() {
        let contest = Contest::new(scenario, game).map_err(|problems| problems.to_string())?;
        let shape = shape_of(&contest);
        let labels = Labels::new(&contest.names(), contest.strategies());
        let mut reader = Reader::new(number, shape.clone(), labels.clone());
        let read = table::read(folder, &GAME, |batch, _| reader.take_profiles(batch))
            .and_then(|()| {
                table::read(folder, &GAME_EQUILIBRIA, |batch, _| {
                    reader.take_equilibria(batch)
                })
            })
            .and_then(|()| table::read(folder, &GAME_CYCLES, |batch, _| reader.take_cycles(batch)));
        match read {
            Err(TableError::Missing { .. }) => return Ok(figures),
            other => other.map_err(|error| error.to_string())?,
        }
        let Some(found) = reader.finish() else {
            return Err(format!(
                "{}: the table game lacks profiles",
                folder.display()
            ));
        };
        let numbered = Numbered {
            number,
            shape: &shape,
            labels: &labels,
            game: &found,
        };
        figures.extend(draw_game(scenario, game, numbered));
    }
    Ok(figures)
}

/// The roles and strategies of a game.
fn shape_of(contest: &Contest) -> Shape {
    let sizes = contest.roles().iter().map(|role| role.len() as u32);
    Shape::new(&sizes.collect::<Vec<_>>(), contest.strategies().len())
}

/// Says what was found.
fn tell(context: &Context, answer: &Answer) {
    let Answer {
        shape,
        labels,
        game,
        ..
    } = answer;
    let note = |text: String| context.note(&format!("game: {text}"));
    for found in game.equilibria(shape) {
        note(words(found, answer));
    }
    for cycle in &game.cycles {
        let steps = cycle
            .steps
            .iter()
            .map(|step| labels.choices(shape, step.profile));
        note(format!(
            "best responses go round: {}",
            steps.collect::<Vec<_>>().join(", then ")
        ));
    }
    let undecided = (game.judgements.iter())
        .filter(|judgement| judgement.verdict == Verdict::Undecided)
        .count();
    if undecided > 0 {
        note(format!(
            "{undecided} of {} profiles may or may not be equilibria; more replicates (at_most) would tell",
            game.judgements.len()
        ));
    }
    if let Some(factor) = game.variance_reduction() {
        note(format!(
            "common random numbers reduced the variance of what a deviation gains by a factor of {factor:.1} (median)"
        ));
    }
}

/// An equilibrium in words.
fn words(found: Found, answer: &Answer) -> String {
    let Answer {
        shape,
        labels,
        game,
        ..
    } = answer;
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    let basin = found.mixture.map_or(String::new(), |mixture| {
        format!(
            "; {} of the replicator dynamics end there",
            percent(mixture.basin)
        )
    });
    match (found.profile, found.mixture) {
        (Some(profile), _) => format!(
            "{} is an equilibrium ({}{basin})",
            labels.choices(shape, profile),
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
                format!(
                    "{who}{} {}",
                    labels.strategies[strategy],
                    percent(mixture.shares[slot].mean)
                )
            });
            format!(
                "mixing {} is an equilibrium ({}{basin})",
                parts.collect::<Vec<_>>().join(", "),
                sureness(mixture.confidence)
            )
        }
        (None, None) => String::new(),
    }
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
