//! The tables of `docs/claims.md`: written by a program, compared by a test.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use flywheel::analysis::hypotheses::Judged;
use flywheel::scenario::Hypothesis;

use crate::claims::edges::Edge;
use crate::claims::random::{Drawn, Fares, PRIOR};
use crate::claims::study::{Claim, Finding};

/// All that the tables tell.
pub struct Told<'a> {
    pub claims: &'a [Claim],
    /// By claim and hypothesis.
    pub findings: &'a [Vec<Finding>],
    pub edges: &'a [Edge],
    pub fares: &'a [Fares],
}

const ADVICE: &str = ": if the model changed on purpose, write the numbers anew: \
    cargo test --release --test shipped claims -- --ignored";

/// Holds that the tables of the document are those that the measured effects give.
#[track_caller]
pub fn assert_current(told: &Told<'_>) {
    let document = fs::read_to_string(path()).expect("docs/claims.md");
    for (name, table) in told.tables() {
        let (before, old, _) = parts(&document, name);
        let first = before.lines().count() + 1;
        for (line, (old, new)) in old.trim().lines().zip(table.trim().lines()).enumerate() {
            let number = first + line;
            assert_eq!(old, new, "docs/claims.md, near line {number}{ADVICE}");
        }
        assert_eq!(old.trim(), table.trim(), "docs/claims.md, {name}{ADVICE}");
    }
}

/// Puts the tables into the document, whose words stay.
pub fn write(told: &Told<'_>) {
    let mut document = fs::read_to_string(path()).expect("docs/claims.md");
    for (name, table) in told.tables() {
        let (before, _, after) = parts(&document, name);
        document = format!("{before}\n{table}{after}");
    }
    fs::write(path(), document).expect("docs/claims.md can be written");
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/claims.md")
}

/// The document up to a table, the table, and the rest.
fn parts<'a>(document: &'a str, name: &str) -> (&'a str, &'a str, &'a str) {
    let start = format!("<!-- table: {name} -->\n");
    let end = "<!-- end of table -->";
    let found = document.find(&start).and_then(|place| {
        let (before, rest) = document.split_at(place + start.len());
        let (table, after) = rest.split_at(rest.find(end)?);
        Some((before, table, after))
    });
    found.unwrap_or_else(|| panic!("docs/claims.md has no place for the table {name}"))
}

impl Told<'_> {
    fn tables(&self) -> [(&'static str, String); 5] {
        [
            ("claims", self.of_claims()),
            ("random", self.of_random_markets()),
            ("prior", prior()),
            ("edges", self.of_brackets()),
            ("precision", self.of_precision()),
        ]
    }

    /// Every hypothesis with its number and what was found of it.
    fn all(&self) -> impl Iterator<Item = (String, &Hypothesis, &Finding)> {
        let claims = self.claims.iter().zip(self.findings);
        claims.flat_map(|(claim, findings)| {
            let asked = claim.scenario.hypotheses.iter().zip(findings).enumerate();
            asked.map(|(place, (asked, finding))| (claim.numbered(place), asked, finding))
        })
    }

    /// One row per hypothesis, below the title of its claim.
    fn of_claims(&self) -> String {
        let mut table = heading(&[
            "",
            "claim",
            "it would be refuted if",
            "measured, with its 99 % interval",
            "where it stops",
            "random markets for : against",
        ]);
        for (number, asked, finding) in self.all() {
            let own = self
                .claims
                .iter()
                .find(|claim| number.starts_with(claim.letter()));
            if number.ends_with('1')
                && let Some(claim) = own
            {
                let title = &claim.scenario.title;
                let link = format!("../scenarios/claims/{}.toml", claim.scenario.name);
                let title = format!("**[{title}]({link})**");
                row(&mut table, &[claim.letter(), &title, "", "", "", ""]);
            }
            let edges = self
                .edges
                .iter()
                .filter(|edge| edge.stored.effect == number);
            let fares = self.fares.iter().find(|fares| fares.effect == number);
            let fares = fares.map_or("not asked".to_owned(), |fares| {
                let (above, below) = fares.counts();
                format!("{above} : {below}")
            });
            let construction = if asked.by_construction {
                " (by construction)"
            } else {
                ""
            };
            let against = match finding.judged.threshold {
                0.0 => String::new(),
                threshold => format!(", against {threshold}"),
            };
            row(
                &mut table,
                &[
                    &number,
                    &asked.claim,
                    &asked.refuted_by,
                    &format!("{}{against}", with_interval(&finding.judged)),
                    &edges.map(sentence).collect::<Vec<_>>().join("<br>"),
                    &format!("{fares}{construction}"),
                ],
            );
        }
        table
    }

    /// One row per effect: in how many random markets it is above zero, and what that goes along with.
    fn of_random_markets(&self) -> String {
        let mut table = heading(&[
            "effect",
            "clearly above zero",
            "clearly below",
            "neither",
            "holds by construction",
            "the effect is larger, the",
        ]);
        for (number, asked, _) in self.all() {
            let Some(fares) = self.fares.iter().find(|fares| fares.effect == number) else {
                continue;
            };
            let (above, below) = fares.counts();
            let along = fares.along.iter().map(|(key, correlation)| {
                let direction = if *correlation > 0.0 {
                    "higher"
                } else {
                    "lower"
                };
                format!("{direction} `{key}` ({correlation:+.2})")
            });
            row(
                &mut table,
                &[
                    &number,
                    &above.to_string(),
                    &below.to_string(),
                    &(fares.sides.len() - above - below).to_string(),
                    if asked.by_construction { "yes" } else { "" },
                    &along.collect::<Vec<_>>().join(", "),
                ],
            );
        }
        table
    }

    /// One row per limit: the intervals between which the claim turns.
    fn of_brackets(&self) -> String {
        let mut table = heading(&[
            "effect",
            "along",
            "tried",
            "where it still holds",
            "where it no longer does, or the end",
        ]);
        for edge in self.edges {
            let stored = &edge.stored;
            let (from, to) = edge.tried;
            let at = |value, judged| format!("at {value}: {}", with_interval(judged));
            let threshold = edge.at_holds.threshold;
            let what = match threshold {
                0.0 => stored.effect.clone(),
                _ => format!("{}, against {threshold}", stored.effect),
            };
            row(
                &mut table,
                &[
                    &what,
                    &stored.along,
                    &format!("{from} to {to}"),
                    &at(stored.holds, &edge.at_holds),
                    &at(stored.fails.unwrap_or(to), &edge.beyond),
                ],
            );
        }
        table
    }

    /// One row per effect: what the pairing is worth.
    fn of_precision(&self) -> String {
        let mut table = heading(&[
            "effect",
            "replicates here",
            "variance reduced by a factor of",
            "replicates for ± 5 %",
            "without shared draws",
        ]);
        for (number, _, finding) in self.all() {
            let (reduction, own_draws) = match finding.pairing {
                Some(pairing) => (
                    format!("{:.1}", pairing.reduction),
                    pairing.own_draws.to_string(),
                ),
                None => ("one market".to_owned(), String::new()),
            };
            row(
                &mut table,
                &[
                    &number,
                    &finding.judged.estimate.count.to_string(),
                    &reduction,
                    &finding.replicates.to_string(),
                    &own_draws,
                ],
            );
        }
        table
    }
}

/// What random markets are drawn from.
fn prior() -> String {
    let mut table = heading(&["drawn", "from", "to", "equally likely"]);
    for Drawn {
        key,
        from,
        to,
        is_log,
    } in PRIOR
    {
        let likely = if is_log { "ratios" } else { "differences" };
        let key = format!("`{key}`");
        row(
            &mut table,
            &[&key, &from.to_string(), &to.to_string(), likely],
        );
    }
    table
}

/// Where an effect stops, in words.
fn sentence(edge: &Edge) -> String {
    let along = format!("along {}", edge.stored.along);
    let ((from, to), holds) = (edge.tried, edge.stored.holds);
    match edge.stored.fails {
        Some(fails) => format!("{along}: holds from {from} to {holds}, fails from {fails} on"),
        None if holds == to => {
            format!("{along}: holds over all that was tried, {from} to {to}")
        }
        None => format!("{along}: holds from {from} to {holds}, from there undecided to {to}"),
    }
}

fn heading(cells: &[&str]) -> String {
    let mut table = String::new();
    row(&mut table, cells);
    row(&mut table, &vec!["---"; cells.len()]);
    table
}

fn row(table: &mut String, cells: &[&str]) {
    let _ = writeln!(table, "| {} |", cells.join(" | "));
}

/// A mean with its interval, with as many decimals as the interval bears.
fn with_interval(found: &Judged) -> String {
    let estimate = &found.estimate;
    let decimals = (1.0 - estimate.reach().log10().floor()).clamp(0.0, 6.0) as usize;
    let number = |value: f64| {
        let text = format!("{value:.decimals$}");
        let zero = text.chars().all(|digit| matches!(digit, '-' | '0' | '.'));
        if zero { text.replace('-', "") } else { text }
    };
    format!(
        "{} [{}, {}]",
        number(estimate.mean),
        number(estimate.low),
        number(estimate.high)
    )
}
