//! The theory's claims, each put to the test by a scenario in `scenarios/claims` that could refute it.
//!
//! The files say all of it: which variants of a market are compared, which hypotheses are held against them, and along which parameters
//! these are pushed until they fail. All variants of a claim share their replicates, so that they differ by nothing but what is compared; every
//! interval is at 99 % confidence, and all seeds are those of the scenarios.
//!
//! `docs/claims.md` shows the results. The tests judge every hypothesis anew, and again at both ends of
//! every bracket in which one turns, and hold all of it against the document, digit by digit. Only
//! the search for the brackets, which takes minutes, is left to
//! `cargo test --release --test shipped claims -- --ignored`, which writes `tests/shipped/claims/edges.toml` and the
//! tables of the document.

mod document;
mod edges;
mod precision;
mod random;
pub mod study;

use std::sync::LazyLock;

use flywheel::analysis::hypotheses::Verdict;

use document::Told;
use edges::Edge;
use study::{Claim, Finding, judge, measure};

/// All claims.
static CLAIMS: LazyLock<Vec<Claim>> = LazyLock::new(|| Claim::all("claims"));

/// What is found of their hypotheses, measured once for all tests.
static FINDINGS: LazyLock<Vec<Vec<Finding>>> = LazyLock::new(|| {
    CLAIMS
        .iter()
        .map(|claim| measure(&claim.scenario))
        .collect()
});

/// Where the claims stop holding, as the file has it, measured anew.
static EDGES: LazyLock<Vec<Edge>> = LazyLock::new(|| edges::measure(&CLAIMS, &edges::load()));

#[test]
fn all_claims_hold() {
    let letters: Vec<&str> = CLAIMS.iter().map(Claim::letter).collect();
    assert_eq!(letters.concat(), "abcdefghijkl");
    for (claim, findings) in CLAIMS.iter().zip(FINDINGS.iter()) {
        assert_eq!(findings.len(), claim.scenario.hypotheses.len());
        for (place, finding) in findings.iter().enumerate() {
            let sentence = finding.judged.sentence();
            let number = claim.numbered(place);
            assert_eq!(
                finding.judged.verdict,
                Verdict::Supported,
                "{number}: {sentence}"
            );
        }
    }
}

#[test]
fn every_scenario_asks_its_question_and_says_what_would_refute_it() {
    for claim in CLAIMS.iter() {
        let (name, scenario) = (&claim.scenario.name, &claim.scenario);
        assert!(scenario.warnings().is_empty(), "{name} has warnings");
        assert!(!scenario.title.is_empty(), "{name} has no title");
        let question = scenario.description.lines().next().unwrap_or_default();
        assert!(
            question.starts_with("**") && question.ends_with("?**"),
            "{name}: the description starts with the question in bold"
        );
        for hypothesis in &scenario.hypotheses {
            assert!(
                !hypothesis.refuted_by.is_empty(),
                "{name}: {}",
                hypothesis.claim
            );
            assert_eq!(hypothesis.confidence, 0.99, "{name}: {}", hypothesis.claim);
        }
    }
}

#[test]
fn claims_stop_holding_where_the_document_says() {
    EDGES.iter().for_each(Edge::assert_as_found);
}

#[test]
fn the_document_says_what_is_measured() {
    document::assert_current(&Told {
        claims: &CLAIMS,
        findings: &FINDINGS,
        edges: &EDGES,
        fares: &random::load(),
    });
}

/// The claims do not hang on the luck of one seed. Takes a minute.
#[test]
#[ignore = "measures everything five times more"]
fn claims_hold_with_other_seeds() {
    for seed in 2..=6_i64 {
        for claim in CLAIMS.iter() {
            let scenario = claim.with(&[("simulation.seed".to_owned(), seed.into())]);
            for judged in judge(&scenario) {
                let sentence = judged.sentence();
                assert_eq!(
                    judged.verdict,
                    Verdict::Supported,
                    "seed {seed}: {sentence}"
                );
            }
        }
    }
}

/// Two of the random markets, measured anew.
#[test]
fn random_markets_are_as_the_document_counts_them() {
    let known = random::load();
    let mut known = known.iter();
    for claim in CLAIMS.iter() {
        let settings = random::settings(claim);
        let markets = [7, 42].map(|market| random::sides(claim, &settings[market]));
        for (position, place) in random::asked(claim).into_iter().enumerate() {
            let fares = known.next().expect("all effects are in the file");
            assert_eq!(fares.effect, claim.numbered(place));
            let sides: Vec<char> = fares.sides.chars().collect();
            assert_eq!(sides.len(), random::MARKETS as usize);
            let found = markets.each_ref().map(|market| market[position].0);
            assert_eq!(found, [sides[7], sides[42]], "{}", fares.effect);
        }
    }
    assert_eq!(known.next(), None, "no more effects than the claims have");
}

/// Not a test: looks for the limits of all claims, and writes them and the document. Takes minutes.
#[test]
#[ignore = "writes docs/claims.md and tests/shipped/claims/edges.toml"]
fn write_the_document() {
    let brackets = edges::search_all(&CLAIMS);
    edges::store(&brackets);
    let found = edges::measure(&CLAIMS, &brackets);
    let fares = random::measure_all(&CLAIMS);
    random::store(&fares);
    document::write(&Told {
        claims: &CLAIMS,
        findings: &FINDINGS,
        edges: &found,
        fares: &fares,
    });
}
