//! Where the claims stop holding: found once, kept in a file, and measured anew by every test.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::claims::claim::{Claim, Limit};
use crate::claims::interval::{Interval, Side};
use crate::claims::search::{Bracket, search};
use crate::claims::study::measure_one;

/// The values of a parameter between which a claim turns, as the file keeps them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    pub claim: String,
    pub effect: String,
    pub parameter: String,
    /// What else differs from the scenario; may be empty.
    pub given: String,
    /// The last value found at which the effect is above zero (or its margin).
    pub holds: f64,
    /// The first value found at which it is below; none where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fails: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct File {
    edge: Vec<Stored>,
}

/// A stored bracket with the intervals at its ends, measured.
pub struct Edge {
    pub stored: Stored,
    /// The last value that was tried.
    pub end: f64,
    pub at_holds: Interval,
    /// At the value where the claim fails, or at the end of the range where it does not.
    pub beyond: Interval,
}

impl Edge {
    /// Holds that the claim is on either side of zero where the file says so.
    pub fn assert_as_found(&self) {
        let Stored {
            claim, parameter, ..
        } = &self.stored;
        let place = format!("claim {claim}, {parameter}");
        assert_eq!(
            self.at_holds.side(),
            Side::Above,
            "{place}: {:?}",
            self.at_holds
        );
        let beyond = match self.stored.fails {
            Some(_) => Side::Below,
            None if self.stored.holds == self.end => Side::Above,
            None => Side::Neither,
        };
        assert_eq!(self.beyond.side(), beyond, "{place}: {:?}", self.beyond);
    }
}

impl Limit {
    /// The value at a place of the range.
    fn value(&self, place: i32) -> f64 {
        let steps = self.from + place * (self.to - self.from).signum();
        f64::from(steps) / f64::from(self.per)
    }

    /// The last place of the range.
    fn end(&self) -> i32 {
        (self.to - self.from).abs()
    }

    /// The first and the last value of the range.
    pub fn range(&self) -> (f64, f64) {
        (self.value(0), self.value(self.end()))
    }

    fn measure(&self, claim: &Claim, value: f64) -> Interval {
        measure_one(claim, self.effect, self.margin, &(self.settings)(value))
    }
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/shipped/claims/edges.toml")
}

/// The brackets as the file has them.
pub fn load() -> Vec<Stored> {
    let text = fs::read_to_string(path()).expect("tests/shipped/claims/edges.toml");
    let file: File = toml::from_str(&text).expect("brackets in tests/shipped/claims/edges.toml");
    file.edge
}

/// Replaces the file.
pub fn store(brackets: &[Stored]) {
    let edge = brackets.to_vec();
    let text = toml::to_string(&File { edge }).expect("brackets are TOML");
    let header = "# Written by `cargo test --release --test shipped claims -- --ignored`; the other tests measure these values anew.\n\n";
    fs::write(path(), format!("{header}{text}"))
        .expect("tests/shipped/claims/edges.toml can be written");
}

/// Searches for the brackets of all limits. Takes minutes.
pub fn search_all<'a>(claims: impl Iterator<Item = &'a Claim>) -> Vec<Stored> {
    let limits = claims.flat_map(|claim| claim.limits.iter().map(move |limit| (claim, limit)));
    let bracket = |(claim, limit): (&Claim, &Limit)| {
        let place = format!("claim {}, {}", claim.letter(), limit.parameter);
        let mut side = |place| limit.measure(claim, limit.value(place)).side();
        let found = search(limit.end(), &mut side);
        let found = found.unwrap_or_else(|problem| panic!("{place}: {problem}"));
        println!("{place}: {found:?} of {}", limit.end());
        let (holds, fails) = match found {
            Bracket::Throughout => (limit.end(), None),
            Bracket::Fades { holds } => (holds, None),
            Bracket::Turns { holds, fails } => (holds, Some(limit.value(fails))),
        };
        Stored {
            claim: claim.letter().to_owned(),
            effect: claim.effects[limit.effect].name.to_owned(),
            parameter: limit.parameter.to_owned(),
            given: limit.given.to_owned(),
            holds: limit.value(holds),
            fails,
        }
    };
    limits.map(bracket).collect()
}

/// Measures the effects at both ends of every bracket.
pub fn measure<'a>(claims: impl Iterator<Item = &'a Claim>, brackets: &[Stored]) -> Vec<Edge> {
    let limits = claims.flat_map(|claim| claim.limits.iter().map(move |limit| (claim, limit)));
    let limits: Vec<(&Claim, &Limit)> = limits.collect();
    let told = |(claim, limit): &(&Claim, &Limit)| {
        let effect = claim.effects[limit.effect].name;
        [claim.letter(), effect, limit.parameter, limit.given].map(str::to_owned)
    };
    let known = |stored: &Stored| {
        [
            &stored.claim,
            &stored.effect,
            &stored.parameter,
            &stored.given,
        ]
        .map(String::clone)
    };
    assert_eq!(
        limits.iter().map(told).collect::<Vec<_>>(),
        brackets.iter().map(known).collect::<Vec<_>>(),
        "tests/shipped/claims/edges.toml has other limits than the claims; write it anew: \
         cargo test --release --test shipped claims -- --ignored"
    );
    let edge = |((claim, limit), stored): (&(&Claim, &Limit), &Stored)| {
        let (_, end) = limit.range();
        Edge {
            end,
            at_holds: limit.measure(claim, stored.holds),
            beyond: limit.measure(claim, stored.fails.unwrap_or(end)),
            stored: stored.clone(),
        }
    };
    limits.iter().zip(brackets).map(edge).collect()
}
