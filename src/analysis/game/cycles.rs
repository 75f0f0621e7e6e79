//! Best-response cycles: profiles among which players who always take the best answer never come to rest.

use super::stability::bounded;
use super::{Deviation, Judgement, Payoffs, Shape, Standing};

/// A step of a cycle: in `profile` a player makes the deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CycleStep {
    /// The profile before the step.
    pub profile: usize,
    /// What a player changes.
    pub deviation: Deviation,
    /// What that player gains, as a mean.
    pub gain: f64,
}

/// A shortest cycle among profiles that best responses lead from one to the other, and back.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    /// The steps; the last leads back to the first profile.
    pub steps: Vec<CycleStep>,
    /// Confidence, at least, that every step gains (Bonferroni over steps, looks, and the strategies of which
    /// each step takes the best).
    pub confidence: f64,
}

/// One cycle for every set of profiles among which best responses circulate, in the order of the profiles.
///
/// From a profile leads a step for every slot whose players have a best response that gains, as a mean.
#[must_use]
pub fn cycles(payoffs: &Payoffs, judgements: &[Judgement], looks: u32) -> Vec<Cycle> {
    let shape = payoffs.shape();
    let steps: Vec<Vec<(CycleStep, usize)>> = judgements
        .iter()
        .enumerate()
        .map(|(profile, judgement)| steps_from(shape, profile, judgement))
        .collect();
    let next: Vec<Vec<usize>> = steps
        .iter()
        .map(|steps| steps.iter().map(|(_, after)| *after).collect())
        .collect();
    circulating(&next)
        .into_iter()
        .filter_map(|set| shortest(&steps, &set))
        .map(|steps| {
            let doubt = |step: &CycleStep| payoffs.gain(step.profile, step.deviation).doubt_of_gain;
            let doubts: f64 = steps.iter().map(doubt).sum();
            let chances = f64::from(looks) * (shape.strategies() - 1) as f64;
            Cycle {
                steps,
                confidence: bounded(chances * doubts),
            }
        })
        .collect()
}

/// The best responses in a profile, and the profiles that they lead to.
fn steps_from(shape: &Shape, profile: usize, judgement: &Judgement) -> Vec<(CycleStep, usize)> {
    let step = |standing: &Standing| {
        let (role, from) = shape.of_slot(standing.slot);
        let deviation = Deviation {
            role,
            from,
            to: standing.best,
        };
        (standing.best != from).then(|| {
            let step = CycleStep {
                profile,
                deviation,
                gain: standing.gain.mean,
            };
            (step, shape.after(profile, deviation))
        })
    };
    judgement.standings.iter().filter_map(step).collect()
}

/// Sets of nodes that can all be reached from each other (strongly connected components), of those with
/// more than one node; nodes ascend in each set, and the sets by their first nodes.
///
/// A node is in the set of all nodes that it can reach and that reach it: games are small enough to ask so.
fn circulating(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let reach: Vec<Vec<bool>> = (0..next.len()).map(|from| reachable(next, from)).collect();
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for (node, reached) in reach.iter().enumerate() {
        if sets.iter().any(|set| set.contains(&node)) {
            continue;
        }
        let set: Vec<usize> = (node..next.len())
            .filter(|&other| reached[other] && reach[other][node])
            .collect();
        // a node that does not reach itself is in no cycle
        if set.len() > 1 {
            sets.push(set);
        }
    }
    sets
}

/// Which nodes can be reached in one step or more.
fn reachable(next: &[Vec<usize>], from: usize) -> Vec<bool> {
    let mut seen = vec![false; next.len()];
    let mut waiting = next[from].clone();
    while let Some(node) = waiting.pop() {
        if !std::mem::replace(&mut seen[node], true) {
            waiting.extend(&next[node]);
        }
    }
    seen
}

/// A shortest cycle within a set of nodes: of several, the one found first from the first nodes.
fn shortest(steps: &[Vec<(CycleStep, usize)>], set: &[usize]) -> Option<Vec<CycleStep>> {
    let mut best: Option<Vec<CycleStep>> = None;
    for &start in set {
        let cycle = cycle_through(steps, start);
        let shorter =
            |cycle: &Vec<CycleStep>| best.as_ref().is_none_or(|best| cycle.len() < best.len());
        if let Some(cycle) = cycle.filter(shorter) {
            best = Some(cycle);
        }
    }
    best
}

/// A shortest cycle through a node, by breadth-first search.
fn cycle_through(steps: &[Vec<(CycleStep, usize)>], start: usize) -> Option<Vec<CycleStep>> {
    let mut via: Vec<Option<CycleStep>> = vec![None; steps.len()];
    let mut waiting = std::collections::VecDeque::from([start]);
    while let Some(node) = waiting.pop_front() {
        for &(step, after) in &steps[node] {
            if after == start {
                let mut path = vec![step];
                while let Some(step) = via[path[path.len() - 1].profile] {
                    path.push(step);
                }
                path.reverse();
                return Some(path);
            }
            if via[after].is_none() {
                via[after] = Some(step);
                waiting.push_back(after);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_those_that_reach_each_other() {
        // 0 -> 1 -> 2 -> 0, 2 -> 3, 4 <-> 5, 6 alone
        let next = [
            vec![1],
            vec![2],
            vec![0, 3],
            vec![],
            vec![5],
            vec![4, 3],
            vec![],
        ];
        assert_eq!(circulating(&next), [vec![0, 1, 2], vec![4, 5]]);
    }
}
