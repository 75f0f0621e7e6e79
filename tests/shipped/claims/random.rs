//! Random markets: in which part of the parameter space the effects hold, and in which their opposite.
//!
//! The scenarios of the claims were chosen so that the claims can hold in them. Here each is simulated with its parameters
//! drawn at random: a Latin hypercube over [`PRIOR`], as `[sweep]` draws it. What a claim compares stays as it is.

use std::fs;
use std::path::PathBuf;

use flywheel::analysis::hypotheses::Judged;
use flywheel::experiment::Design;
use flywheel::scenario::expression::Statement;
use flywheel::scenario::{Axis, AxisRange, DesignKind, Scale, Sweep};
use serde::{Deserialize, Serialize};

use crate::claims::study::{Claim, checked, judge};

/// Random markets of each claim.
pub const MARKETS: u32 = 60;
/// Replicates of each.
const REPLICATES: u32 = 20;
/// Least rank correlation that is told: with 60 markets, by chance one in two hundred is beyond it.
const LEAST: f64 = 0.36;

/// A parameter of a random market.
#[derive(Debug, Clone, Copy)]
pub struct Drawn {
    /// Its path.
    pub key: &'static str,
    /// The range that it is drawn from.
    pub from: f64,
    pub to: f64,
    /// Whether equal ratios are equally likely, in place of equal differences.
    pub is_log: bool,
}

const fn drawn(key: &'static str, from: f64, to: f64) -> Drawn {
    Drawn {
        key,
        from,
        to,
        is_log: false,
    }
}

const fn by_ratios(key: &'static str, from: f64, to: f64) -> Drawn {
    Drawn {
        is_log: true,
        ..drawn(key, from, to)
    }
}

/// What is drawn, and from which range.
pub const PRIOR: [Drawn; 24] = [
    drawn("market.taste_dimensions", 1.0, 4.0),
    drawn("market.fit_tolerance", 0.7, 1.5),
    drawn("market.friction.recognize", 0.0, 0.15),
    drawn("market.friction.request", 0.0, 0.4),
    drawn("market.friction.respond", 0.0, 0.4),
    by_ratios("market.reputation.speed", 0.02, 0.3),
    drawn("populations.*.awareness", 0.1, 0.9),
    drawn("populations.*.articulation_error", 0.0, 1.0),
    drawn("populations.*.agency.mean", 0.1, 0.9),
    drawn("populations.*.agency.cost", 0.0, 0.8),
    drawn("populations.*.mistake_cost", 0.0, 0.8),
    drawn("populations.*.need.rate", 0.1, 0.6),
    drawn("populations.*.need.variety", 0.1, 0.8),
    drawn("populations.*.taste.drift", 0.0, 0.2),
    by_ratios("populations.*.choice_noise", 0.03, 0.3),
    drawn("populations.*.inertia", 0.0, 0.2),
    drawn("populations.*.belief_speed", 0.1, 0.9),
    by_ratios("populations.*.word_of_mouth", 0.005, 0.2),
    by_ratios("populations.*.turnover", 0.001, 0.05),
    drawn("firms.*.price", 0.1, 0.5),
    drawn("firms.*.assortment", 4.0, 24.0),
    drawn("firms.*.learning.prior_sd", 0.2, 1.5),
    by_ratios("firms.*.learning.inertia", 500.0, 20_000.0),
    drawn("firms.*.efficiency_gain", 0.0, 1.0),
];

/// What is drawn in place of a parameter of the prior, in markets with two populations or two kinds of needs: each from its half
/// of the range, so that their names stay true.
fn halves(claim: &Claim) -> Vec<Drawn> {
    match claim.letter() {
        "i" | "j" => vec![
            drawn("populations.delegating.agency.mean", 0.1, 0.5),
            drawn("populations.guarded.agency.mean", 0.5, 0.9),
            drawn("populations.delegating.mistake_cost", 0.0, 0.4),
            drawn("populations.guarded.mistake_cost", 0.4, 0.8),
        ],
        "l" => vec![
            by_ratios("populations.households.need.kinds.refill.share", 0.1, 20.0),
            drawn(
                "populations.households.need.kinds.refill.mistake_cost",
                0.0,
                0.4,
            ),
            drawn(
                "populations.households.need.kinds.choice.mistake_cost",
                0.4,
                0.8,
            ),
            drawn(
                "populations.households.need.kinds.refill.agency_cost",
                0.0,
                0.4,
            ),
            drawn(
                "populations.households.need.kinds.choice.agency_cost",
                0.4,
                0.8,
            ),
            drawn(
                "populations.households.need.kinds.refill.variety",
                0.1,
                0.45,
            ),
            drawn(
                "populations.households.need.kinds.choice.variety",
                0.45,
                0.8,
            ),
        ],
        _ => Vec::new(),
    }
}

/// Prior parameters that a claim keeps as they are.
fn kept(claim: &Claim) -> &'static [&'static str] {
    match claim.letter() {
        // what others experience is the subject of claim g
        "f" => &["market.reputation.speed"],
        _ => &[],
    }
}

/// How an effect fares in the random markets of its claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fares {
    /// Letter of the claim and place of the hypothesis.
    pub effect: String,
    /// By market: `+` clearly above zero, `-` clearly below, `.` neither.
    pub sides: String,
    /// What it goes along with most, and the rank correlation: the drawn parameter, and -1 to 1.
    pub along: Vec<(String, f64)>,
}

#[derive(Serialize, Deserialize)]
struct File {
    effect: Vec<Fares>,
}

impl Fares {
    /// Markets in which the effect is clearly above zero, and clearly below.
    pub fn counts(&self) -> (usize, usize) {
        let count = |side| self.sides.matches(side).count();
        (count('+'), count('-'))
    }
}

/// What is replaced in the random markets of a claim.
pub fn settings(claim: &Claim) -> Vec<Vec<(String, toml::Value)>> {
    let design = design(claim);
    let setting = |market| {
        let values = design.values(market);
        design.columns().iter().cloned().zip(values).collect()
    };
    (0..design.len()).map(setting).collect()
}

/// The sides on which the effects of a claim are in a random market.
pub fn sides(claim: &Claim, drawn: &[(String, toml::Value)]) -> Vec<(char, f64)> {
    let mut scenario = claim.with(drawn);
    scenario.simulation.replicates = REPLICATES;
    let asked = asked(claim);
    scenario.hypotheses = asked
        .iter()
        .map(|&place| scenario.hypotheses[place].clone())
        .collect();
    let side = |judged: Judged| (sign(&judged), judged.estimate.mean);
    judge(&scenario).into_iter().map(side).collect()
}

/// The places of the hypotheses that random markets can say something of: none of their variants sets what is drawn.
pub fn asked(claim: &Claim) -> Vec<usize> {
    let drawn = axes(claim);
    let is_drawn = |path: &String| {
        let last = |key: &str| {
            key.rsplit_once('*')
                .map_or(key, |(_, last)| last)
                .to_owned()
        };
        drawn.iter().any(|one| path.ends_with(&last(one.key)))
    };
    let variants = claim.scenario.variants.iter();
    let fixed: Vec<String> = variants
        .filter(|variant| variant.set.keys().any(is_drawn))
        .map(|variant| variant.name.clone())
        .collect();
    let is_open = |place: &usize| {
        let holds_if = &claim.scenario.hypotheses[*place].holds_if;
        let statement = checked(Statement::parse(holds_if));
        let mut names = statement
            .figures
            .into_iter()
            .filter_map(|figure| figure.variant);
        !names.any(|name| fixed.contains(&name))
    };
    (0..claim.scenario.hypotheses.len())
        .filter(is_open)
        .collect()
}

/// Where the random markets of a claim are.
fn design(claim: &Claim) -> Design {
    let axes = axes(claim).into_iter().map(|drawn| Axis {
        key: Some(drawn.key.to_owned()),
        range: Some(AxisRange {
            from: drawn.from,
            to: drawn.to,
            steps: None,
            scale: if drawn.is_log {
                Scale::Log
            } else {
                Scale::Linear
            },
        }),
        ..Axis::default()
    });
    let mut scenario = claim.scenario.clone();
    scenario.variants.clear();
    scenario.hypotheses.clear();
    scenario.analyses.clear();
    scenario.charts.clear();
    scenario.sweep = Some(Sweep {
        design: DesignKind::LatinHypercube,
        samples: Some(MARKETS),
        axes: axes.collect(),
        ..Sweep::default()
    });
    checked(Design::new(&scenario))
}

/// What is drawn for a claim: the prior, but for what the claim keeps, or draws in its own way.
fn axes(claim: &Claim) -> Vec<Drawn> {
    let last = |key: &str| {
        key.rsplit_once('*')
            .map_or(key.to_owned(), |(_, last)| last.to_owned())
    };
    let halves = halves(claim);
    let is_own = |drawn: &&Drawn| {
        let is_half = |half: &Drawn| half.key.ends_with(&last(drawn.key));
        kept(claim).contains(&drawn.key) || halves.iter().any(is_half)
    };
    let prior = PRIOR.iter().filter(|drawn| !is_own(drawn));
    prior.chain(&halves).copied().collect()
}

/// Measures all effects in all random markets. Takes minutes.
pub fn measure_all(claims: &[Claim]) -> Vec<Fares> {
    claims.iter().flat_map(fares).collect()
}

fn fares(claim: &Claim) -> Vec<Fares> {
    let markets = settings(claim);
    let found: Vec<Vec<(char, f64)>> = markets.iter().map(|drawn| sides(claim, drawn)).collect();
    println!("claim {}: {MARKETS} random markets", claim.letter());
    let fares = |(position, place): (usize, usize)| {
        let own: Vec<(char, f64)> = found.iter().map(|market| market[position]).collect();
        let means: Vec<f64> = own.iter().map(|(_, mean)| *mean).collect();
        Fares {
            effect: claim.numbered(place),
            sides: own.iter().map(|(side, _)| side).collect(),
            along: along(claim, &means),
        }
    };
    asked(claim).into_iter().enumerate().map(fares).collect()
}

/// The side of zero that an effect is on, as the file has it.
fn sign(found: &Judged) -> char {
    match (found.estimate.low > 0.0, found.estimate.high < 0.0) {
        (true, _) => '+',
        (_, true) => '-',
        _ => '.',
    }
}

/// The drawn parameters that the size of an effect goes along with, the closest first.
fn along(claim: &Claim, means: &[f64]) -> Vec<(String, f64)> {
    let design = design(claim);
    let number = |value: &toml::Value| {
        let whole = value.as_integer().map(|whole| whole as f64);
        value.as_float().or(whole).expect("a number")
    };
    let markets: Vec<Vec<f64>> = (0..design.len())
        .map(|market| design.values(market).iter().map(number).collect())
        .collect();
    let known: Vec<usize> = (0..means.len())
        .filter(|&market| means[market].is_finite())
        .collect();
    let sizes: Vec<f64> = known.iter().map(|&market| means[market]).collect();
    let correlation = |(column, key): (usize, &String)| {
        let values: Vec<f64> = known
            .iter()
            .map(|&market| markets[market][column])
            .collect();
        let rounded = (100.0 * rank_correlation(&values, &sizes)).round() / 100.0;
        (key.clone(), rounded)
    };
    let mut along: Vec<(String, f64)> = design
        .columns()
        .iter()
        .enumerate()
        .map(correlation)
        .collect();
    along.retain(|(_, correlation)| correlation.abs() >= LEAST);
    along.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    along.truncate(3);
    along
}

/// Spearman's: the correlation of the places in order, equal values sharing the middle of theirs.
fn rank_correlation(x: &[f64], y: &[f64]) -> f64 {
    let ranks = |values: &[f64]| -> Vec<f64> {
        let rank = |value: &f64| {
            let below = values.iter().filter(|other| *other < value).count();
            let equal = values.iter().filter(|other| *other == value).count();
            below as f64 + (equal as f64 - 1.0) / 2.0
        };
        values.iter().map(rank).collect()
    };
    let (x, y) = (ranks(x), ranks(y));
    let middle = (x.len() as f64 - 1.0) / 2.0;
    let product = |x: &[f64], y: &[f64]| -> f64 {
        x.iter()
            .zip(y)
            .map(|(x, y)| (x - middle) * (y - middle))
            .sum()
    };
    product(&x, &y) / (product(&x, &x) * product(&y, &y)).sqrt()
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/shipped/claims/random.toml")
}

/// What was found, as the file has it.
pub fn load() -> Vec<Fares> {
    let text = fs::read_to_string(path()).expect("tests/shipped/claims/random.toml");
    let file: File = toml::from_str(&text).expect("effects in tests/shipped/claims/random.toml");
    file.effect
}

/// Replaces the file.
pub fn store(fares: &[Fares]) {
    let effect = fares.to_vec();
    let text = toml::to_string(&File { effect }).expect("effects are TOML");
    let header = "# Written by `cargo test --release --test shipped claims -- --ignored`; the other tests measure some of the markets anew.\n\n";
    fs::write(path(), format!("{header}{text}"))
        .expect("tests/shipped/claims/random.toml can be written");
}

#[test]
fn ranks_correlate_as_spearman_says() {
    assert_eq!(rank_correlation(&[1.0, 2.0, 9.0], &[0.1, 0.2, 0.3]), 1.0);
    assert_eq!(rank_correlation(&[1.0, 2.0, 9.0], &[3.0, 2.0, 1.0]), -1.0);
    // places 0 1 2 3 against 1 0 2 3: 1 - 6 * 2 / (4 * 15)
    let near = rank_correlation(&[1.0, 2.0, 3.0, 4.0], &[2.0, 1.0, 3.0, 4.0]);
    assert!((near - 0.8).abs() < 1e-12);
    // two share a place
    let tied = rank_correlation(&[1.0, 1.0, 2.0], &[1.0, 2.0, 3.0]);
    assert!((tied - 0.75_f64.sqrt()).abs() < 1e-12);
}
