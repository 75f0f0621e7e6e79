//! The theory's claims, each put to the test by a scenario in `scenarios/claims` that could refute it.
//!
//! A [`claim::Claim`] says which markets are compared, by which [`claim::Effect`]s, and along which
//! parameters it is pushed until it fails. All markets of a claim are simulated in the same replicates,
//! so that they differ by nothing but what is compared; every interval is at 99 % confidence, and all
//! seeds are those of the scenarios.
//!
//! `docs/claims.md` shows the results. The tests measure every effect anew, and again at both ends of
//! every bracket in which a claim turns, and hold all of it against the document, digit by digit. Only
//! the search for the brackets, which takes minutes, is left to
//! `cargo test --release --test shipped claims -- --ignored`, which writes `tests/shipped/claims/edges.toml` and the
//! tables of the document.

mod claim;
mod document;
mod edges;
mod interval;
mod list;
mod random;
mod run;
mod search;
mod study;

use std::ffi::OsStr;
use std::sync::LazyLock;

use flywheel::scenario::scenario_files;

use claim::Claim;
use edges::Edge;
use interval::Side;
use study::{Finding, intervals, measure};

/// All claims and what their effects are, measured once for all tests.
static MEASURED: LazyLock<Vec<(Claim, Vec<Finding>)>> = LazyLock::new(|| {
    let measured = list::all().into_iter().map(|claim| {
        let findings = measure(&claim, &[]);
        (claim, findings)
    });
    measured.collect()
});

/// Where the claims stop holding, as the document has it, measured anew.
static EDGES: LazyLock<Vec<Edge>> = LazyLock::new(|| {
    let brackets = edges::load();
    edges::measure(MEASURED.iter().map(|(claim, _)| claim), &brackets)
});

/// Holds that all effects of a claim are above zero.
#[track_caller]
fn assert_holds(letter: &str) {
    let (claim, findings) = MEASURED
        .iter()
        .find(|(claim, _)| claim.letter() == letter)
        .unwrap_or_else(|| panic!("there is no claim {letter}"));
    for (effect, finding) in claim.effects.iter().zip(findings) {
        let interval = finding.interval;
        assert_eq!(
            interval.side(),
            Side::Above,
            "{letter}: {} is {:.4} [{:.4}, {:.4}]",
            effect.name,
            interval.mean,
            interval.low,
            interval.high
        );
    }
}

macro_rules! claims {
    ($($name:ident $letter:literal;)*) => {
        $(#[test]
        fn $name() {
            assert_holds($letter);
        })*

        #[test]
        fn every_claim_has_its_test() {
            let tested: Vec<&str> = vec![$($letter),*];
            let claims: Vec<&str> = MEASURED.iter().map(|(claim, _)| claim.letter()).collect();
            assert_eq!(claims, tested);
        }
    };
}

claims! {
    responding_and_curating_need_aware_customers "a";
    a_coach_makes_customers_recognize_needs "b";
    automatic_execution_has_the_shortest_journey "c";
    interactions_improve_fit "d";
    better_fit_is_worth_more_and_costs_less "e";
    more_value_brings_customers_back "f";
    more_value_attracts_newcomers "g";
    a_lead_in_knowledge_compounds "h";
    automatic_execution_is_not_for_everybody "i";
    a_range_beats_every_single_experience "j";
    data_that_move_shrink_the_lead "k";
    letting_stakes_decide_beats_every_single_experience "l";
}

#[test]
fn every_scenario_asks_its_question_and_says_what_would_refute_it() {
    let files = scenario_files(&[claim::folder()]).expect("the folder holds scenarios");
    let names = files
        .iter()
        .map(|file| file.file_stem().unwrap_or_default());
    let claims = MEASURED.iter().map(|(claim, _)| OsStr::new(claim.name));
    assert_eq!(names.collect::<Vec<_>>(), claims.collect::<Vec<_>>());
    for (claim, _) in MEASURED.iter() {
        let (name, scenario) = (claim.name, claim.scenario(&[]));
        assert!(scenario.warnings().is_empty(), "{name} has warnings");
        assert!(!scenario.title.is_empty(), "{name} has no title");
        let question = scenario.description.lines().next().unwrap_or_default();
        assert!(
            question.starts_with("**") && question.ends_with("?**"),
            "{name}: the description starts with the question in bold"
        );
        let refutation = document::refutation(&scenario.description);
        assert!(
            refutation.is_some(),
            "{name} does not say what would refute it"
        );
    }
}

#[test]
fn claims_stop_holding_where_the_document_says() {
    for edge in EDGES.iter() {
        edge.assert_as_found();
    }
}

#[test]
fn the_document_says_what_is_measured() {
    document::assert_current(&MEASURED, &EDGES, &random::load());
}

/// The claims do not hang on the luck of one seed. Takes a minute.
#[test]
#[ignore = "measures everything five times more"]
fn claims_hold_with_other_seeds() {
    for seed in 2..=6 {
        for (claim, _) in MEASURED.iter() {
            let findings = measure(claim, &[format!("simulation.seed={seed}")]);
            for (effect, finding) in claim.effects.iter().zip(findings) {
                let (side, name) = (finding.interval.side(), effect.name);
                assert_eq!(side, Side::Above, "seed {seed}, {}: {name}", claim.letter());
            }
        }
    }
}

/// Two of the random markets, measured anew.
#[test]
fn random_markets_are_as_the_document_counts_them() {
    let known = random::load();
    let mut known = known.iter();
    for (claim, _) in MEASURED.iter() {
        let settings = random::settings(claim);
        let markets = [7, 42].map(|market| intervals(claim, &settings[market]));
        for (position, effect) in claim.effects.iter().enumerate() {
            let fares = known.next().expect("all effects are in the file");
            assert_eq!(
                (&*fares.claim, &*fares.effect),
                (claim.letter(), effect.name)
            );
            let sides: Vec<char> = fares.sides.chars().collect();
            assert_eq!(sides.len(), random::MARKETS as usize);
            let found = markets
                .each_ref()
                .map(|market| random::sign(market[position].side()));
            assert_eq!(
                found,
                [sides[7], sides[42]],
                "{}: {}",
                claim.letter(),
                effect.name
            );
        }
    }
    assert_eq!(known.next(), None, "no more effects than the claims have");
}

/// Not a test: searches for the edges of all claims, and writes them and the document. Takes minutes.
#[test]
#[ignore = "writes docs/claims.md and tests/shipped/claims/edges.toml"]
fn write_the_document() {
    let brackets = edges::search_all(MEASURED.iter().map(|(claim, _)| claim));
    edges::store(&brackets);
    let found = edges::measure(MEASURED.iter().map(|(claim, _)| claim), &brackets);
    let fares = random::measure_all(MEASURED.iter().map(|(claim, _)| claim));
    random::store(&fares);
    document::write(&MEASURED, &found, &fares);
}
