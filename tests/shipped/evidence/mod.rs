//! What the world says, held against the model: published regularities, each with a scenario in `scenarios/evidence`.
//!
//! What figures of a run can say, the hypotheses of a scenario do; what takes single purchases is measured here, as it is of households.
//! `docs/evidence.md` shows the results, misses included, and a test holds it against the model, digit by digit. No regularity has to hold:
//! what has to is that the document says whether it does.

mod purchases;

use std::sync::LazyLock;

use flywheel::analysis::hypotheses::{Judged, Verdict};
use flywheel::scenario::Scenario;
use flywheel::statistics::{Estimate, Moments};

use crate::claims::study::{Claim, judge};
use crate::tables::{Page, heading, row, with_interval};
use purchases::Purchases;

const PAGE: Page = Page {
    path: "docs/evidence.md",
    written_by: "cargo test --release --test shipped evidence -- --ignored",
};

/// What the world says, and what the model gives.
struct Found {
    says: String,
    model: Estimate,
    /// What the estimate is held against, in words.
    against: String,
    verdict: Verdict,
}

static EVIDENCE: LazyLock<Vec<Claim>> = LazyLock::new(|| Claim::all("evidence"));

/// By scenario, measured once for all tests.
static FOUND: LazyLock<Vec<Vec<Found>>> = LazyLock::new(|| {
    let found = |claim: &Claim| {
        let judged = if claim.scenario.hypotheses.is_empty() {
            Vec::new()
        } else {
            judge(&claim.scenario)
        };
        let mut all: Vec<Found> = judged.into_iter().map(Found::of_hypothesis).collect();
        all.extend(of_purchases(claim));
        all
    };
    EVIDENCE.iter().map(found).collect()
});

impl Found {
    fn of_hypothesis(judged: Judged) -> Self {
        Self {
            says: judged.claim,
            model: judged.estimate,
            against: match judged.threshold {
                0.0 => String::new(),
                threshold => format!(", against {threshold}"),
            },
            verdict: judged.verdict,
        }
    }

    /// A figure of each replicate, held against the range that the world gives.
    fn of_figures(says: &str, figures: impl Iterator<Item = f64>, (from, to): (f64, f64)) -> Self {
        let model = Moments::of(figures).estimate();
        Self {
            says: says.to_owned(),
            model,
            against: match (from.is_finite(), to.is_finite()) {
                (true, true) => format!(", against {from} to {to}"),
                _ if from == 0.0 => String::new(),
                _ => format!(", against {from} and more"),
            },
            verdict: if from <= model.low && model.high <= to {
                Verdict::Supported
            } else if model.high < from || to < model.low {
                Verdict::Refuted
            } else {
                Verdict::Undecided
            },
        }
    }
}

/// What takes single purchases.
fn of_purchases(claim: &Claim) -> Vec<Found> {
    match claim.letter() {
        "a" => vec![of_own_history(&base(claim))],
        "d" => of_boxes(claim),
        "g" => of_repeats(claim),
        "k" => of_sizes(&base(claim)),
        "n" => of_heavy_buyers(claim),
        _ => Vec::new(),
    }
}

/// The purchases of a scenario.
fn base(claim: &Claim) -> Vec<Purchases> {
    Purchases::of(&claim.scenario)
}

/// The purchases of one of its variants.
fn variant(claim: &Claim, name: &str) -> Vec<Purchases> {
    let variants = &claim.scenario.variants;
    let variant = variants.iter().find(|variant| variant.name == name);
    let set = variant.expect("a variant of that name").set.clone();
    let mut scenario: Scenario = claim.with(&set.into_iter().collect::<Vec<_>>());
    scenario.variants.clear();
    Purchases::of(&scenario)
}

const ANY: (f64, f64) = (0.0, f64::INFINITY);

fn of_own_history(purchases: &[Purchases]) -> Found {
    let says = "By the customers' own purchases, measured as those of the panels: after 1.0 to 3.5";
    let weights = purchases.iter().map(Purchases::weight_of_all);
    Found::of_figures(says, weights, (1.0, 3.5))
}

fn of_boxes(claim: &Claim) -> Vec<Found> {
    let found = |says, purchases: Vec<Purchases>| {
        let kept = purchases.iter().map(Purchases::kept);
        Found::of_figures(says, kept.map(|[first, sixth]| sixth - first), (0.05, 0.15))
    };
    vec![
        found(
            "The sixth box is kept more often than the first, by some ten points in a hundred",
            base(claim),
        ),
        found(
            "*Fitted:* by ten points where what is sent back says less",
            variant(claim, "terse"),
        ),
    ]
}

fn of_repeats(claim: &Claim) -> Vec<Found> {
    let found = |says, purchases: &[Purchases], range| {
        let beyond = purchases.iter().map(Purchases::repeats_beyond_taste);
        Found::of_figures(says, beyond, range)
    };
    let base = base(claim);
    vec![
        found(
            "Households repeat their last choice more often than their tastes explain",
            &base,
            ANY,
        ),
        found(
            "By 2 to 11 points in a hundred, in three panels",
            &base,
            (0.019, 0.114),
        ),
        found(
            "It is loyalty, not learning: without inertia, nothing is left of it",
            &variant(claim, "no-inertia"),
            (-0.005, 0.005),
        ),
    ]
}

fn of_sizes(purchases: &[Purchases]) -> Vec<Found> {
    let buyers: Vec<_> = purchases.iter().map(Purchases::buyers).collect();
    let reach = buyers.iter().map(|[big, small]| big[0] / small[0] - 1.0);
    let often = buyers.iter().map(|[big, small]| big[1] / small[1] - 1.0);
    let more = reach.clone().zip(often.clone());
    vec![
        Found::of_figures("Large firms have more buyers", reach, ANY),
        Found::of_figures("Their buyers also buy more often", often, ANY),
        Found::of_figures(
            "The difference is in the number of buyers: it is larger than that in how often they buy",
            more.map(|(reach, often)| reach - often),
            ANY,
        ),
    ]
}

fn of_heavy_buyers(claim: &Claim) -> Vec<Found> {
    let found = |says, purchases: Vec<Purchases>| {
        let heaviest = purchases.iter().map(Purchases::of_heaviest_fifth);
        Found::of_figures(says, heaviest, (0.5, 0.65))
    };
    vec![
        found(
            "The fifth of the buyers who buy most make a little more than half of the purchases",
            base(claim),
        ),
        found(
            "So where light, medium and heavy buyers are three populations",
            variant(claim, "three-kinds"),
        ),
    ]
}

/// What the verdict of a hypothesis says of the world.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "as in the world",
        Verdict::Refuted => "**missed**",
        Verdict::Undecided => "cannot be told",
    }
}

fn table() -> String {
    let mut table = heading(&["", "the world", "the model, with its 95 % interval", ""]);
    for (claim, findings) in EVIDENCE.iter().zip(FOUND.iter()) {
        let title = &claim.scenario.title;
        let link = format!("../scenarios/evidence/{}.toml", claim.scenario.name);
        let title = format!("**[{title}]({link})**");
        row(&mut table, &[claim.letter(), &title, "", ""]);
        for (place, found) in findings.iter().enumerate() {
            let model = format!("{}{}", with_interval(&found.model), found.against);
            let number = claim.numbered(place);
            row(
                &mut table,
                &[&number, &found.says, &model, verdict(found.verdict)],
            );
        }
    }
    table
}

#[test]
fn every_scenario_says_what_the_world_says() {
    let letters: Vec<&str> = EVIDENCE.iter().map(Claim::letter).collect();
    assert_eq!(letters.concat(), "abcdefghijklmn");
    for (claim, found) in EVIDENCE.iter().zip(FOUND.iter()) {
        let (name, scenario) = (&claim.scenario.name, &claim.scenario);
        assert!(scenario.warnings().is_empty(), "{name} has warnings");
        assert!(!found.is_empty(), "{name} measures nothing");
        let question = scenario.description.lines().next().unwrap_or_default();
        assert!(
            question.starts_with("**") && question.ends_with("?**"),
            "{name}: the description starts with the question in bold"
        );
    }
}

/// What is measured of purchases, on purchases where it is known.
#[test]
fn the_document_says_what_the_model_gives() {
    PAGE.assert_current(&[("evidence", table())]);
}

/// Not a test: writes the table of the document.
#[test]
#[ignore = "writes docs/evidence.md"]
fn write_the_document() {
    PAGE.write(&[("evidence", table())]);
}
