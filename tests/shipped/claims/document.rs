//! The tables of `docs/claims.md`: written by a program, compared by a test.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::claims::claim::{Claim, Effect, Limit, Unit};
use crate::claims::edges::Edge;
use crate::claims::interval::Interval;
use crate::claims::random::{BY_CONSTRUCTION, Drawn, Fares, PRIOR};
use crate::claims::study::Finding;

type Measured = [(Claim, Vec<Finding>)];

/// Holds that the tables of the document are those that the measured effects give.
#[track_caller]
pub fn assert_current(measured: &Measured, edges: &[Edge], fares: &[Fares]) {
    let document = fs::read_to_string(path()).expect("docs/claims.md");
    for (name, table) in tables(measured, edges, fares) {
        let (before, old, _) = parts(&document, name);
        let first = before.lines().count() + 1;
        for (line, (old, new)) in old.trim().lines().zip(table.trim().lines()).enumerate() {
            let number = first + line;
            assert_eq!(old, new, "docs/claims.md, near line {number}{ADVICE}");
        }
        assert_eq!(old.trim(), table.trim(), "docs/claims.md, {name}{ADVICE}");
    }
}

const ADVICE: &str = ": if the model changed on purpose, write the numbers anew: \
    cargo test --release --test shipped claims -- --ignored";

/// Puts the tables into the document, whose words stay.
pub fn write(measured: &Measured, edges: &[Edge], fares: &[Fares]) {
    let mut document = fs::read_to_string(path()).expect("docs/claims.md");
    for (name, table) in tables(measured, edges, fares) {
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

fn tables(measured: &Measured, edges: &[Edge], fares: &[Fares]) -> [(&'static str, String); 5] {
    [
        ("claims", claims(measured, edges, fares)),
        ("random", random(measured, fares)),
        ("prior", prior()),
        ("edges", brackets(measured, edges)),
        ("precision", precision(measured)),
    ]
}

/// One row per claim.
fn claims(measured: &Measured, edges: &[Edge], fares: &[Fares]) -> String {
    let mut table = heading(&[
        "",
        "claim",
        "it would be refuted if",
        "measured effects, with 99 % intervals",
        "where they stop",
        "random markets for : against",
    ]);
    for (claim, findings) in measured {
        let scenario = claim.scenario(&[]);
        let effects = claim.effects.iter().zip(findings).enumerate();
        let effects = effects.map(|(position, (effect, finding))| {
            let interval = with_interval(&finding.interval, effect.unit);
            let number = numbered(claim, position);
            format!(
                "**{number}** {}: {interval} {}",
                effect.name, effect.unit.name
            )
        });
        let own = edges
            .iter()
            .filter(|edge| edge.stored.claim == claim.letter());
        let limits = claim.limits.iter().zip(own);
        let limits = limits.map(|(limit, edge)| sentence(claim, limit, edge));
        let fares = fares.iter().filter(|fares| fares.claim == claim.letter());
        let fares = fares.enumerate().map(|(position, fares)| {
            let (number, (above, below)) = (numbered(claim, position), fares.counts());
            let marked = match construction(&number) {
                Some(_) => " (by construction)",
                None => "",
            };
            format!("**{number}** {above} : {below}{marked}")
        });
        row(
            &mut table,
            &[
                claim.letter(),
                &format!(
                    "[{}](../scenarios/claims/{}.toml)",
                    scenario.title, claim.name
                ),
                &refutation(&scenario.description).unwrap_or_default(),
                &effects.collect::<Vec<_>>().join("<br>"),
                &limits.collect::<Vec<_>>().join("<br>"),
                &fares.collect::<Vec<_>>().join("<br>"),
            ],
        );
    }
    table
}

/// Where an effect holds by construction.
fn construction(number: &str) -> Option<&'static str> {
    let mut known = BY_CONSTRUCTION.iter();
    known
        .find(|(known, _)| *known == number)
        .map(|(_, place)| *place)
}

/// One row per effect: in how many random markets it holds, and what that goes along with.
fn random(measured: &Measured, fares: &[Fares]) -> String {
    let mut table = heading(&[
        "effect",
        "clearly for",
        "clearly against",
        "neither",
        "holds by construction",
        "the effect is larger, the",
    ]);
    let effects = measured
        .iter()
        .flat_map(|(claim, _)| (0..claim.effects.len()).map(|position| numbered(claim, position)));
    for (number, fares) in effects.zip(fares) {
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
                construction(&number).unwrap_or_default(),
                &along.collect::<Vec<_>>().join(", "),
            ],
        );
    }
    table
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

/// The number of an effect: letter and position.
fn numbered(claim: &Claim, effect: usize) -> String {
    format!("{}{}", claim.letter(), effect + 1)
}

/// What would refute a claim: the paragraph of the description that says so.
pub fn refutation(description: &str) -> Option<String> {
    let paragraphs = description
        .split("\n\n")
        .map(|text| text.replace('\n', " "));
    let mut refuting =
        paragraphs.filter_map(|text| Some(text.strip_prefix("Refuted if ")?.trim().to_owned()));
    refuting.next()
}

/// Where an effect stops, in words.
fn sentence(claim: &Claim, limit: &Limit, edge: &Edge) -> String {
    let effect = &claim.effects[limit.effect];
    let number = numbered(claim, limit.effect);
    let along = format!("**{number}** along {}", parameter(limit));
    let (from, to) = limit.range();
    let upward = if from < to { "up" } else { "down" };
    let (holds, sign) = (edge.stored.holds, margin(effect, limit));
    match edge.stored.fails {
        Some(fails) => format!("{along}: above {sign} {upward} to {holds}, below from {fails} on"),
        None if holds == to => {
            format!("{along}: above {sign} over all that was tried, {from} to {to}")
        }
        None => format!(
            "{along}: above {sign} {upward} to {holds}, from there not told apart from it, {upward} to {to}"
        ),
    }
}

/// The parameter of a limit, and what else differs from the scenario.
fn parameter(limit: &Limit) -> String {
    match limit.given {
        "" => limit.parameter.to_owned(),
        given => format!("{}, {given}", limit.parameter),
    }
}

/// What an effect is held against: zero, mostly.
fn margin(effect: &Effect, limit: &Limit) -> String {
    if limit.margin == 0.0 {
        return "zero".to_owned();
    }
    let (number, unit) = (number(limit.margin, effect.unit), effect.unit.name);
    format!("{number} {unit}")
}

/// One row per limit: the intervals between which the claim turns.
fn brackets(measured: &Measured, edges: &[Edge]) -> String {
    let mut table = heading(&[
        "effect",
        "along",
        "tried",
        "where it still holds",
        "where it no longer does, or the end",
    ]);
    let limits = measured
        .iter()
        .flat_map(|(claim, _)| claim.limits.iter().map(move |limit| (claim, limit)));
    for ((claim, limit), edge) in limits.zip(edges) {
        let effect = &claim.effects[limit.effect];
        let (from, to) = limit.range();
        let number = numbered(claim, limit.effect);
        let what = match limit.margin {
            0.0 => number,
            _ => format!("{number} less {}", margin(effect, limit)),
        };
        // one more decimal: these are near zero
        let unit = Unit {
            decimals: effect.unit.decimals + 1,
            ..effect.unit
        };
        let at = |value, interval| format!("at {value}: {}", with_interval(interval, unit));
        row(
            &mut table,
            &[
                &what,
                &parameter(limit),
                &format!("{from} to {to}"),
                &at(edge.stored.holds, &edge.at_holds),
                &at(edge.stored.fails.unwrap_or(to), &edge.beyond),
            ],
        );
    }
    table
}

/// One row per effect: what the pairing is worth.
fn precision(measured: &Measured) -> String {
    let mut table = heading(&[
        "effect",
        "replicates here",
        "variance reduced by a factor of",
        "replicates for ± 5 %",
        "without shared draws",
    ]);
    for (claim, findings) in measured {
        let replicates = claim.scenario(&[]).simulation.replicates;
        for (position, finding) in findings.iter().enumerate() {
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
                    &numbered(claim, position),
                    &replicates.to_string(),
                    &reduction,
                    &finding.replicates.to_string(),
                    &own_draws,
                ],
            );
        }
    }
    table
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

fn with_interval(interval: &Interval, unit: Unit) -> String {
    let [mean, low, high] = [interval.mean, interval.low, interval.high].map(|x| number(x, unit));
    format!("{mean} [{low}, {high}]")
}

/// A number with the decimals of its unit, and a minus sign only where it is not zero.
fn number(value: f64, unit: Unit) -> String {
    let text = format!("{:.*}", unit.decimals, value * unit.factor);
    let zero = text.chars().all(|digit| matches!(digit, '-' | '0' | '.'));
    if zero { text.replace('-', "") } else { text }
}
