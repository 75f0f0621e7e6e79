//! The tables of `docs/claims.md`: written by a program, compared by a test.

use flywheel::analysis::hypotheses::Judged;
use flywheel::scenario::Hypothesis;

use crate::claims::edges::Edge;
use crate::claims::random::{Drawn, Fares, PRIOR};
use crate::claims::study::{Claim, Finding};
use crate::tables::{Page, heading, row, with_interval};

/// All that the tables tell.
pub struct Told<'a> {
    pub claims: &'a [Claim],
    /// By claim and hypothesis.
    pub findings: &'a [Vec<Finding>],
    pub edges: &'a [Edge],
    pub fares: &'a [Fares],
}

const PAGE: Page = Page {
    path: "docs/claims.md",
    written_by: "cargo test --release --test shipped claims -- --ignored",
};

/// Holds that the tables of the document are those that the measured effects give.
#[track_caller]
pub fn assert_current(told: &Told<'_>) {
    PAGE.assert_current(&told.tables());
}

/// Puts the tables into the document, whose words stay.
pub fn write(told: &Told<'_>) {
    PAGE.write(&told.tables());
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
                    &format!("{}{against}", with_interval(&finding.judged.estimate)),
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
            let at =
                |value, judged: &Judged| format!("at {value}: {}", with_interval(&judged.estimate));
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
