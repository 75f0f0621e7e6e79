//! The debrief of a play: who won, and what each of the best team's decisions was worth.
//!
//! A decision is worth the difference between the market as it was played and the same market without it: same customers, same
//! shocks, and every other decision of every team as it was. What the decision changed then stays as it was before, up to the
//! next time that the team changes it.

use serde::Serialize;

use super::answers::{Answers, Frame, Question};
use super::standing::{Contest, Standing};
use super::words::Words;
use crate::experiment::Runner;
use crate::scenario::{Decision, Decisions, Language, Scenario};

/// What the teams are told after the last round.
#[derive(Debug, Serialize)]
pub(super) struct Debrief {
    standing: Standing,
    /// Decisions of the best team, in their order.
    moves: Vec<Move>,
}

/// One of its decisions.
#[derive(Debug, Serialize)]
struct Move {
    /// Which round, counted from 1.
    round: usize,
    /// What was changed, in words.
    changes: Vec<String>,
    /// What it was worth, in words.
    worth: String,
    /// Whether the interval leaves out zero.
    clear: bool,
}

/// Works the debrief out of all rounds of a play; `tell` hears how many of how many markets are compared. None if it was given up.
///
/// # Errors
/// A market is not valid.
pub(super) fn debrief(
    scenario: &Scenario,
    rounds: &[Decisions],
    language: Language,
    (answers, runner): (&Answers, Runner<'_>),
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Option<Debrief>, String> {
    let played = |rounds: &[Decisions]| {
        scenario
            .played(rounds)
            .map_err(|problems| problems.to_string())
    };
    let contest = Contest::of(scenario, true).ok_or("the scenario is not one to play")?;
    let after = played(rounds)?;
    let last_of = |before: &Scenario, contest: Option<&Contest>| {
        let question = Question {
            before,
            after: &after,
            language,
            has_before: true,
            contest,
        };
        let mut last: Option<Frame> = None;
        let told = answers.answer(question, runner, &mut |frame| last = Some(frame));
        told.map_err(|problems| problems.to_string())?;
        Ok::<_, String>(last.filter(|frame| frame.done == frame.of))
    };
    let Some(standing) = last_of(&after, Some(&contest))?.and_then(|frame| frame.standing) else {
        return Ok(None);
    };
    let Some(best) = standing.places.first().map(|place| place.firm.clone()) else {
        return Ok(None);
    };
    let decided = |(number, round): (usize, &Decisions)| Some((number, round.get(&best)?.clone()));
    let own: Vec<(usize, Decision)> = rounds.iter().enumerate().filter_map(decided).collect();
    let words = Words::of(language);
    let mut moves = Vec::new();
    for (number, decision) in &own {
        tell(moves.len() as u64, own.len() as u64);
        let mut without = rounds.to_vec();
        without[*number].remove(&best);
        let Some(frame) = last_of(&played(&without)?, None)? else {
            return Ok(None);
        };
        let mut differences = frame.differences.into_iter();
        let found = differences.find(|one| one.firm == best && one.quantity == standing.goal);
        let before = scenario.standing_choice(&best, &rounds[..*number]);
        moves.push(Move {
            round: number + 1,
            changes: changes(words, &before, decision),
            clear: found.as_ref().is_some_and(|one| one.clear),
            worth: found.map(|one| one.words).unwrap_or_default(),
        });
    }
    Ok(Some(Debrief { standing, moves }))
}

/// What a decision changed, in words.
fn changes(words: Words, before: &Decision, decision: &Decision) -> Vec<String> {
    let becomes = |key: &str, before: Option<String>, after: &String| {
        let before = before.unwrap_or_else(|| words.say("page.a_rule").to_owned());
        let name = words.parameter(key);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("name", &name), ("before", &before), ("after", after)];
        words.fill("page.was_becomes", &values)
    };
    // as many decimals as it has, two at least: it may move by less than a hundredth
    let price = |price: f64| {
        let digits = price.to_string();
        let decimals = digits.split_once('.').map_or(0, |(_, part)| part.len());
        words.number(price, decimals.clamp(2, 6), false)
    };
    let experience = decision.experience.iter();
    let experience =
        experience.map(|after| becomes("experience", before.experience.clone(), after));
    let prices = decision.price.iter();
    let prices = prices.map(|after| becomes("price", before.price.map(price), &price(*after)));
    experience.chain(prices).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Cancel;

    fn decided(all: &[(&str, Option<&str>, Option<f64>)]) -> Decisions {
        let one = |(team, experience, price): &(&str, Option<&str>, Option<f64>)| {
            let decision = Decision {
                experience: experience.map(str::to_owned),
                price: *price,
            };
            ((*team).to_owned(), decision)
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn a_decision_is_worth_the_difference_from_the_market_without_it() {
        let text = "[simulation]\nperiods = 24\nreplicates = 6\n[[populations]]\nname = \"town\"\ncustomers = 80\n\
             [[firms]]\nname = \"north\"\nexperience = \"curated-offering\"\nprice = 0.3\n\
             [[firms]]\nname = \"south\"\nexperience = \"curated-offering\"\nprice = 0.3\n[play]\nround = 8\n";
        let scenario = Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"));
        let rounds = [
            // at this price nobody buys
            decided(&[("south", None, Some(0.99))]),
            Decisions::new(),
            decided(&[
                ("north", Some("coach-behavior"), Some(0.25)),
                ("south", None, Some(0.5)),
            ]),
        ];
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
        let (pool, cancel, answers) = (
            pool.expect("threads"),
            Cancel::default(),
            Answers::default(),
        );
        let runner = Runner {
            pool: &pool,
            cancel: &cancel,
        };
        let mut heard = Vec::new();
        let told = |heard: &mut Vec<_>| {
            let tell = &mut |done, of| heard.push((done, of));
            debrief(&scenario, &rounds, Language::En, (&answers, runner), tell).expect("valid")
        };
        let debriefed = told(&mut heard).expect("not given up");
        assert_eq!(heard, [(0, 1)]);
        assert_eq!(debriefed.standing.places[0].firm, "north");
        assert!(debriefed.standing.words.starts_with("north wins: profit"));
        let [only] = &debriefed.moves[..] else {
            panic!("north decided once: {:?}", debriefed.moves)
        };
        assert_eq!(only.round, 3);
        assert_eq!(only.changes.len(), 2);
        assert!(
            only.changes[1].contains("0.30 → 0.25"),
            "{:?}",
            only.changes
        );
        assert!(only.worth.starts_with("north: "), "{}", only.worth);
        cancel.cancel();
        assert!(told(&mut heard).is_none(), "given up");
    }
}
