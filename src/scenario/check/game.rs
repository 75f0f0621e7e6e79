//! `[[analyses]]` of kind "game": players, strategies, and that there are not too many profiles.

use std::sync::Arc;

use super::rules;
use crate::scenario::Contest;
use crate::scenario::checked::Kept;
use crate::scenario::diagnostics::Problem;
use crate::scenario::merge::Groups;
use crate::scenario::tree::{Node, Value};

/// Most profiles of a game: each takes as many runs as there are replicates.
const MOST_PROFILES: u64 = 1_000;

/// Checks every game, and replaces groups among its players by their firms.
pub(super) fn resolve(root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) {
    let Some(analyses) = root.list_mut("analyses") else {
        return;
    };
    let mut analyses = std::mem::take(analyses);
    for analysis in &mut analyses {
        if analysis.get("kind").and_then(Node::text) == Some("game") {
            check_firms(
                root,
                analysis,
                "players",
                "analyses.players",
                groups,
                problems,
            );
            check_strategies(root, analysis, problems);
            check_replicates(root, analysis, problems);
        }
    }
    if let Some(node) = root.get_mut("analyses") {
        node.value = Value::Array(analyses);
    }
}

/// What only whole games show: that their players can choose, and that there are not too many profiles.
pub(in crate::scenario) fn check(kept: &Arc<Kept>, problems: &mut Vec<Problem>) {
    let scenario = kept.scenario();
    for (number, game) in scenario.games() {
        let Ok(contest) = Contest::new(&scenario, game) else {
            continue;
        };
        check_interventions(&kept.root, &contest, problems);
        if let Some(analysis) = kept.root.list("analyses").get(number - 1) {
            check_profiles(analysis, &contest, problems);
        }
    }
}

/// Firms that a list names, each once; groups are replaced by their firms.
pub(super) fn check_firms(
    root: &Node,
    owner: &mut Node,
    key: &str,
    path: &str,
    groups: &Groups,
    problems: &mut Vec<Problem>,
) {
    let firms = root.list("firms");
    let names: Option<Vec<&str>> = firms.iter().map(Node::name).collect();
    let (Some(names), Some(chosen)) = (names, owner.get_mut(key)) else {
        // a firm whose name is wrong may be the one meant
        return;
    };
    let Value::Array(items) = &mut chosen.value else {
        return;
    };
    let mut seen: Vec<Node> = Vec::new();
    for item in std::mem::take(items) {
        let Some(name) = item.text() else { continue };
        let members: Vec<&str> = match groups.get(name) {
            Some(members) => members.iter().map(String::as_str).collect(),
            None => vec![name],
        };
        for member in members {
            if !names.contains(&member) {
                let known = names.iter().copied();
                let known = known.chain(groups.keys().map(String::as_str));
                problems.push(Problem::unknown("firm", name, known).at(item.place(), path));
                break;
            }
            if seen.iter().any(|other| other.text() == Some(member)) {
                let what = if key == "teams" { "team" } else { "player" };
                problems.push(
                    Problem::new(format!("`{member}` is a {what} twice"))
                        .at(item.place(), path)
                        .label("the second time"),
                );
            }
            seen.push(Node {
                value: Value::String(member.to_owned()),
                ..item.clone()
            });
        }
    }
    *items = seen;
}

fn check_strategies(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    let Some(strategies) = analysis.get("strategies") else {
        return;
    };
    let Value::Array(items) = &strategies.value else {
        return;
    };
    let path = "analyses.strategies";
    let mut seen = Vec::new();
    for item in items.iter().filter(|item| !item.is_invalid()) {
        rules::check_strategy(root, item, path, problems);
        let plain = item.to_json();
        if seen.contains(&plain) {
            problems.push(
                Problem::new(format!("the strategy {plain} is listed twice"))
                    .at(item.place(), path)
                    .label("the second time"),
            );
        }
        seen.push(plain);
    }
    if items.len() == 1 {
        problems.push(
            Problem::new("with one strategy there is nothing to choose")
                .at(strategies.place(), path)
                .label("give at least two")
                .help("for example: strategies = [\"curated-offering\", \"coach-behavior\"]; left out, all experiences are strategies"),
        );
    }
}

fn check_replicates(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    let replicates = root.at(&["simulation", "replicates"]);
    let Some(node) = analysis.get("at_most") else {
        return;
    };
    let (Some(replicates), Some(at_most)) = (replicates.and_then(Node::integer), node.integer())
    else {
        return;
    };
    if at_most < replicates {
        problems.push(
            Problem::new(format!(
                "the game stops at {at_most} replicates of a profile, but there are {replicates} to begin with"
            ))
            .at(node.place(), "analyses.at_most")
            .label(format!("should be at least {replicates}"))
            .help("simulation.replicates are run in any case; at_most adds more where the answer is undecided"),
        );
    }
}

/// A player's experience is chosen for the whole game.
fn check_interventions(root: &Node, contest: &Contest, problems: &mut Vec<Problem>) {
    let players = contest.names().concat();
    for intervention in root.list("interventions") {
        let set = intervention.get("set").and_then(Node::table);
        for (path, value) in set.into_iter().flatten() {
            let changed = |player: &&String| *path == format!("firms.{player}.experience");
            let Some(player) = players.iter().find(changed) else {
                continue;
            };
            problems.push(
                Problem::new(format!(
                    "an intervention changes the experience of `{player}`, which the game chooses"
                ))
                .at(value.key_place(), "interventions.set")
                .label("takes the player's choice away")
                .help(format!(
                    "take this out, or leave `{player}` out of the players"
                )),
            );
        }
    }
}

fn check_profiles(node: &Node, contest: &Contest, problems: &mut Vec<Problem>) {
    let profiles = contest.profiles();
    if profiles <= MOST_PROFILES {
        return;
    }
    let players = contest.roles().concat().len();
    let strategies = contest.strategies().len();
    let place = node.get("players").or(node.get("kind"));
    problems.push(
        Problem::new(format!(
            "this game has {profiles} profiles, more than the {MOST_PROFILES} that can be simulated"
        ))
        .at(place.and_then(Node::place), "analyses")
        .label(format!("{players} players with {strategies} strategies"))
        .help("name fewer `players` or `strategies`")
        .help(format!(
            "players who are equal in all but name and experience share profiles; these are {}",
            match contest.roles().len() {
                1 => "all equal".to_owned(),
                kinds => format!("of {kinds} kinds"),
            }
        )),
    );
}
