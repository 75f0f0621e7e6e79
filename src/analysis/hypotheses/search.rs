//! Where hypotheses stop holding, found by bisection: all limits of a scenario at a time, round by round.
//!
//! Nine values over the whole range come first: they show on which stretch the verdict changes. Then the last value at which the hypothesis is
//! supported and the first at which it is refuted are each found by halving what lies between them and their neighbours. All values share the
//! draws of the scenario's replicates, so the verdict changes with the parameter and not with luck.

use std::collections::BTreeMap;

use super::asked::{Asked, Found};
use super::judged::{Hypotheses, Verdict};
use super::limit::FoundLimit;
use super::trial::{Laboratory, Trial};
use crate::analysis::AnalysisError;
use crate::experiment::{Design, Observer};
use crate::scenario::Limit;

/// Parts of the range that are looked at before any is halved.
const PARTS: u32 = 8;

/// A limit that is looked for.
struct Search<'a> {
    asked: &'a Asked,
    limit: &'a Limit,
    /// What was found, by place along the range.
    found: BTreeMap<u32, Found>,
}

impl Search<'_> {
    fn verdicts(&self) -> BTreeMap<u32, Verdict> {
        let found = self.found.iter();
        found
            .map(|(place, found)| (*place, found.verdict))
            .collect()
    }

    /// The places to look at next; none where all is known.
    fn next(&self) -> Vec<u32> {
        next(self.limit.steps, &self.verdicts())
    }

    fn finish(&self) -> FoundLimit {
        let (holds, fails) = ends(&self.verdicts());
        let last = self.limit.steps;
        let at = |place: u32| self.found[&place].estimate;
        FoundLimit {
            key: self.limit.key.clone(),
            name: self.limit.name(),
            tried: (self.limit.from, self.limit.to),
            holds: holds.map(|place| self.limit.number(place)),
            at_holds: at(holds.unwrap_or(0)),
            fails: fails.map(|place| self.limit.number(place)),
            at_fails: at(fails.unwrap_or(last)),
        }
    }
}

/// The last place that is supported before any that is refuted, if the first is; and the first that is refuted.
fn ends(verdicts: &BTreeMap<u32, Verdict>) -> (Option<u32>, Option<u32>) {
    let of = |verdict| verdicts.iter().filter(move |(_, own)| **own == verdict);
    let fails = of(Verdict::Refuted).map(|(place, _)| *place).next();
    let is_supported = verdicts.get(&0) == Some(&Verdict::Supported);
    let before = |place: &u32| is_supported && fails.is_none_or(|fails| *place < fails);
    let mut holds = of(Verdict::Supported).map(|(place, _)| *place);
    (holds.rfind(before), fails)
}

/// The places to look at next, of 0 to `last`: the grid, then the middles next to both ends.
fn next(last: u32, verdicts: &BTreeMap<u32, Verdict>) -> Vec<u32> {
    let part = |part: u32| u64::from(part) * u64::from(last) / u64::from(PARTS);
    let grid = (0..=PARTS).map(|place| u32::try_from(part(place)).unwrap_or(last));
    let mut wanted: Vec<u32> = grid.filter(|place| !verdicts.contains_key(place)).collect();
    wanted.dedup();
    if !wanted.is_empty() {
        return wanted;
    }
    let (holds, fails) = ends(verdicts);
    let after = holds.and_then(|holds| {
        let next = verdicts.range(holds + 1..).next()?;
        Some((holds, *next.0))
    });
    let before = fails.and_then(|fails| {
        let before = verdicts.range(..fails).next_back()?;
        Some((*before.0, fails))
    });
    let middle = |(from, to): (u32, u32)| (to - from > 1).then(|| from + (to - from) / 2);
    let mut wanted: Vec<u32> = after.into_iter().chain(before).filter_map(middle).collect();
    wanted.dedup();
    wanted
}

/// Looks for all limits of a scenario's hypotheses; false where the run was stopped.
///
/// # Errors
/// As [`Laboratory::attempt`].
pub(super) fn search(
    found: &mut Hypotheses,
    (asked, design): (&[Asked], &Design),
    laboratory: &mut Laboratory<'_>,
    observer: &mut dyn Observer,
) -> Result<bool, AnalysisError> {
    let mut all: Vec<Search<'_>> = Vec::new();
    for one in asked {
        all.extend(one.limits().map(|limit| Search {
            asked: one,
            limit,
            found: BTreeMap::new(),
        }));
    }
    loop {
        let places = all.iter().enumerate();
        let places: Vec<(usize, u32)> = places
            .flat_map(|(number, one)| one.next().into_iter().map(move |place| (number, place)))
            .collect();
        if places.is_empty() {
            break;
        }
        let trial = |&(number, place): &(usize, u32)| Trial {
            asked: all[number].asked,
            design,
            settings: all[number].limit.settings(place),
        };
        let trials: Vec<Trial<'_>> = places.iter().map(trial).collect();
        let Some(moments) = laboratory.attempt(&trials, observer)? else {
            return Ok(false);
        };
        for ((number, place), moments) in places.into_iter().zip(&moments) {
            let one = &mut all[number];
            let error = 1.0 - one.asked.hypothesis.confidence;
            one.found.insert(place, one.asked.judged(moments, error));
        }
    }
    let mut limits = all.iter().map(Search::finish);
    for (judged, asked) in found.all.iter_mut().zip(asked) {
        judged.limits = limits.by_ref().take(asked.limits().count()).collect();
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::Verdict::{Refuted, Supported, Undecided};
    use super::*;

    /// What a search finds of a hypothesis with these verdicts along a range.
    fn found(last: u32, verdict: impl Fn(u32) -> Verdict) -> (Option<u32>, Option<u32>, usize) {
        let mut known = BTreeMap::new();
        loop {
            let places = next(last, &known);
            if places.is_empty() {
                let (holds, fails) = ends(&known);
                return (holds, fails, known.len());
            }
            known.extend(places.into_iter().map(|place| (place, verdict(place))));
        }
    }

    /// An effect that falls and has intervals of a half width.
    fn falling(root: f64, half: f64) -> impl Fn(u32) -> Verdict {
        move |place| match root - f64::from(place) {
            effect if effect > half => Supported,
            effect if effect < -half => Refuted,
            _ => Undecided,
        }
    }

    #[test]
    fn both_ends_are_found_to_the_place() {
        for (last, root, half, ends) in [
            (100, 41.5, 0.0, (41, 42)),
            (100, 41.5, 7.0, (34, 49)),
            // within one part of the grid, and over several
            (100, 31.5, 0.6, (30, 33)),
            (1000, 500.0, 300.0, (199, 801)),
            (5, 2.5, 0.0, (2, 3)),
            (1, 0.5, 0.0, (0, 1)),
        ] {
            let (holds, fails, looks) = found(last, falling(root, half));
            assert_eq!(
                (holds, fails),
                (Some(ends.0), Some(ends.1)),
                "{root} {half}"
            );
            assert!(looks <= 9 + 2 * 8, "{looks}");
        }
    }

    #[test]
    fn what_never_turns_is_told_apart() {
        assert_eq!(found(100, falling(200.0, 7.0)), (Some(100), None, 9));
        let (holds, fails, _) = found(100, falling(99.0, 7.0));
        assert_eq!((holds, fails), (Some(91), None));
        let (holds, fails, _) = found(100, falling(1.0, 7.0));
        assert_eq!((holds, fails), (None, Some(9)));
    }

    #[test]
    fn what_holds_again_beyond_is_not_taken_for_where_it_stops() {
        let twice = |place: u32| match place {
            30..60 => Refuted,
            _ => Supported,
        };
        let (holds, fails, _) = found(100, twice);
        assert_eq!((holds, fails), (Some(29), Some(30)));
    }
}
