//! `[play]`: teams, what they can choose, and whether the run has room for whole rounds.

use super::rules;
use crate::scenario::diagnostics::Problem;
use crate::scenario::merge::Groups;
use crate::scenario::tree::{Node, Value};

/// Checks the rules of a play, and replaces groups among its teams by their firms.
pub(super) fn resolve(root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) {
    let Some(mut play) = root.get("play").cloned() else {
        return;
    };
    check_rounds(root, &play, problems);
    super::game::check_firms(root, &mut play, "teams", "play.teams", groups, problems);
    let experiences = play.get("experiences");
    for (place, item) in play.list("experiences").iter().enumerate() {
        rules::check_strategy(root, item, "play.experiences", problems);
        let before = &play.list("experiences")[..place];
        if before
            .iter()
            .any(|one| one.text().is_some() && one.text() == item.text())
        {
            problems.push(
                Problem::new(format!(
                    "the experience `{}` is named twice",
                    item.text().unwrap_or_default()
                ))
                .at(item.place(), "play.experiences")
                .label("named before")
                .help("leave it out once"),
            );
        }
    }
    check_choice(&play, experiences, problems);
    check_interventions(root, &play, problems);
    if let Some(node) = root.get_mut("play") {
        *node = play;
    }
}

/// All rounds are equally long.
fn check_rounds(root: &Node, play: &Node, problems: &mut Vec<Problem>) {
    let periods = root.at(&["simulation", "periods"]).and_then(Node::integer);
    let (Some(periods), Some(node)) = (periods, play.get("round")) else {
        return;
    };
    let Some(round) = node.integer().filter(|round| *round > 0) else {
        return;
    };
    if periods % round == 0 {
        return;
    }
    let whole = (periods / round).max(1) * round;
    problems.push(
        Problem::new(format!("{periods} periods are not whole rounds of {round}"))
            .at(node.place(), "play.round")
            .label(format!("does not divide {periods}"))
            .help(format!(
                "simulation.periods = {whole} makes {}",
                match whole / round {
                    1 => "one round".to_owned(),
                    rounds => format!("{rounds} rounds"),
                }
            )),
    );
}

/// A team has something to choose.
fn check_choice(play: &Node, experiences: Option<&Node>, problems: &mut Vec<Problem>) {
    let price = |key: &str| match play.get(key).map(|node| &node.value) {
        Some(Value::Float(price)) => Some(*price),
        _ => None,
    };
    let (Some(lowest), Some(highest)) = (price("lowest_price"), price("highest_price")) else {
        return;
    };
    let place = |key: &str| play.get(key).and_then(Node::place);
    if lowest > highest {
        problems.push(
            Problem::new(format!(
                "teams can ask for no price from {lowest} to {highest}"
            ))
            .at(
                place("highest_price").or(place("lowest_price")),
                "play.highest_price",
            )
            .label("`highest_price` should be no less than `lowest_price`"),
        );
    } else if lowest == highest && experiences.is_some_and(|all| all.items().len() == 1) {
        problems.push(
            Problem::new("teams have one experience and one price, and nothing to choose")
                .at(experiences.and_then(Node::place), "play.experiences")
                .label("give at least two")
                .help("or give teams a choice of prices: lowest_price below highest_price"),
        );
    }
}

/// What a team holds in its hands nobody else changes. Interventions are resolved to concrete paths by now.
fn check_interventions(root: &Node, play: &Node, problems: &mut Vec<Problem>) {
    let teams = play.list("teams");
    let all = if teams.is_empty() {
        root.list("firms").iter().filter_map(Node::name).collect()
    } else {
        teams.iter().filter_map(Node::text).collect::<Vec<_>>()
    };
    for intervention in root.list("interventions") {
        let set = intervention.get("set").and_then(Node::table);
        for (path, value) in set.into_iter().flatten() {
            let changed = |team: &&str, key| *path == format!("firms.{team}.{key}");
            for key in ["experience", "price"] {
                let Some(team) = all.iter().find(|team| changed(team, key)) else {
                    continue;
                };
                problems.push(
                    Problem::new(format!(
                        "an intervention changes the {key} of `{team}`, which its team chooses"
                    ))
                    .at(value.key_place(), "interventions.set")
                    .label("takes the team's choice away")
                    .help(format!("take this out, or leave `{team}` out of the teams")),
                );
            }
        }
    }
}
