//! Where the claims stop holding: found once, kept in a file, and measured anew by every test.

use std::fs;
use std::path::PathBuf;

use flywheel::analysis::hypotheses::{Judged, Verdict};
use flywheel::experiment::{Cancel, Folder, Runner};
use flywheel::run::{Options, run};
use flywheel::scenario::Limit;
use serde::{Deserialize, Serialize};

use crate::claims::study::{Claim, checked, judge};

/// The values of a parameter between which a claim turns, as the file keeps them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// Letter of the claim and place of the hypothesis.
    pub effect: String,
    /// Words of the limit.
    pub along: String,
    /// The last value at which it is supported.
    pub holds: f64,
    /// The first value at which it is refuted; none where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fails: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct File {
    edge: Vec<Stored>,
}

/// A stored bracket with what is found at its ends.
pub struct Edge {
    pub stored: Stored,
    /// First and last value that were tried.
    pub tried: (f64, f64),
    pub at_holds: Judged,
    /// At the value where the claim fails, or at the end of the range where it does not.
    pub beyond: Judged,
}

impl Edge {
    /// Holds that the claim is on either side where the file says so.
    pub fn assert_as_found(&self) {
        let Stored { effect, along, .. } = &self.stored;
        let place = format!("{effect}, {along}");
        assert_eq!(self.at_holds.verdict, Verdict::Supported, "{place}");
        let beyond = match self.stored.fails {
            Some(_) => Verdict::Refuted,
            None if self.stored.holds == self.tried.1 => Verdict::Supported,
            None => Verdict::Undecided,
        };
        assert_eq!(self.beyond.verdict, beyond, "{place}");
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

/// Looks for the limits of all claims, by running their files. Takes minutes.
pub fn search_all(claims: &[Claim]) -> Vec<Stored> {
    let pool = rayon::ThreadPoolBuilder::new().build().expect("threads");
    let runner = Runner {
        pool: &pool,
        cancel: &Cancel::default(),
    };
    let options = Options {
        pictures: Vec::new(),
        ..Options::default()
    };
    let mut all = Vec::new();
    for claim in claims {
        let place = tempfile::tempdir().expect("a folder");
        let folder = checked(Folder::prepare(place.path(), &claim.scenario));
        let ran = checked(run(&claim.scenario, &folder, &options, runner, &mut ()));
        for (place, judged) in ran.hypotheses.expect("hypotheses").all.iter().enumerate() {
            all.extend(judged.limits.iter().map(|limit| Stored {
                effect: claim.numbered(place),
                along: limit.name.clone(),
                holds: limit.holds.expect("it holds where its range begins"),
                fails: limit.fails,
            }));
        }
        println!("claim {}: limits found", claim.letter());
    }
    all
}

/// Measures the effects at both ends of every bracket.
pub fn measure(claims: &[Claim], brackets: &[Stored]) -> Vec<Edge> {
    let mut limits: Vec<(&Claim, usize, &Limit)> = Vec::new();
    for claim in claims {
        for (place, hypothesis) in claim.scenario.hypotheses.iter().enumerate() {
            limits.extend(hypothesis.all_limits().map(|limit| (claim, place, limit)));
        }
    }
    let told =
        |(claim, place, limit): &(&Claim, usize, &Limit)| (claim.numbered(*place), limit.name());
    let known = |stored: &Stored| (stored.effect.clone(), stored.along.clone());
    assert_eq!(
        limits.iter().map(told).collect::<Vec<_>>(),
        brackets.iter().map(known).collect::<Vec<_>>(),
        "tests/shipped/claims/edges.toml has other limits than the claims; write it anew: \
         cargo test --release --test shipped claims -- --ignored"
    );
    let edge = |((claim, place, limit), stored): (&(&Claim, usize, &Limit), &Stored)| Edge {
        tried: (limit.from, limit.to),
        at_holds: at(claim, *place, limit, stored.holds),
        beyond: at(claim, *place, limit, stored.fails.unwrap_or(limit.to)),
        stored: stored.clone(),
    };
    limits.iter().zip(brackets).map(edge).collect()
}

/// What is found of a hypothesis at a value of a limit.
fn at(claim: &Claim, place: usize, limit: &Limit, value: f64) -> Judged {
    let is_it = |step: &u32| limit.number(*step) == value;
    let step = (0..=limit.steps).find(is_it);
    let step = step.unwrap_or_else(|| panic!("{} is no step of {}", value, limit.key));
    let mut scenario = claim.with(&limit.settings(step));
    scenario.hypotheses = vec![scenario.hypotheses[place].clone()];
    judge(&scenario).remove(0)
}
