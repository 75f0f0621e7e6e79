//! Who competes: a card for each firm, or group of firms alike, and for each population.

use std::fmt::Write as _;

use super::experience::{experiences_of, journey};
use super::html::{Numbers, escape};
use crate::analysis::{Quantity, Results};
use crate::chart::Actor;
use crate::scenario::{Firm, Funding, Population, PriceRule, Scenario};

/// The cards of all firms, those that differ in nothing but their name on one card.
#[must_use]
pub fn firm_cards(scenario: &Scenario, actors: &[Actor], results: Option<&Results>) -> String {
    let mut groups: Vec<(Firm, Vec<usize>)> = Vec::new();
    for (number, firm) in scenario.firms.iter().enumerate() {
        let alike = Firm {
            name: String::new(),
            ..firm.clone()
        };
        match groups.iter_mut().find(|(first, _)| *first == alike) {
            Some((_, members)) => members.push(number),
            None => groups.push((alike, vec![number])),
        }
    }
    let card =
        |(firm, members): &(Firm, Vec<usize>)| firm_card(scenario, firm, members, actors, results);
    groups.iter().map(card).collect()
}

fn firm_card(
    scenario: &Scenario,
    firm: &Firm,
    members: &[usize],
    actors: &[Actor],
    results: Option<&Results>,
) -> String {
    let mut card = String::from("<article class=\"card\"><h3>");
    for &member in members {
        let name = escape(&scenario.firms[member].name);
        let color = color(actors, &scenario.firms[member].name);
        let _ = write!(
            card,
            "<span class=\"firm\" style=\"--ink:{color}\">{name}</span> "
        );
    }
    card.push_str("</h3>\n");
    if members.len() > 1 {
        let _ = writeln!(card, "<p>{} firms alike.</p>", members.len());
    } else if firm.count > 1 {
        let _ = writeln!(card, "<p>{} firms alike.</p>", firm.count);
    }
    let (words, experiences) = experiences_of(scenario, firm);
    card.push_str(&words);
    for (name, experience) in experiences {
        card.push_str(&journey(name, experience, firm.assortment));
    }
    card.push_str("<dl class=\"facts\">");
    for (term, fact) in facts(firm, members, results) {
        let _ = write!(card, "<div><dt>{term}</dt><dd>{fact}</dd></div>");
    }
    card.push_str("</dl></article>\n");
    card
}

/// What else tells a firm from others.
fn facts(firm: &Firm, members: &[usize], results: Option<&Results>) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Price", price(&firm.price))];
    facts.push((
        "Learns",
        match (firm.learning.individual, firm.learning.population) {
            (true, true) => "about each customer, and across customers",
            (true, false) => "about each customer only",
            (false, true) => "across customers only",
            (false, false) => "nothing",
        }
        .to_owned(),
    ));
    if let Some(results) = results {
        let position = |quantity| Quantity::SUMMARY.iter().position(|&held| held == quantity);
        let known = members.iter().filter_map(|&member| {
            let summary = &results.firms.get(member)?.summary;
            let knowledge = summary.get(position(Quantity::Knowledge)?)?.mean;
            knowledge.is_finite().then_some(knowledge)
        });
        let known: Vec<f64> = known.collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        facts.push((
            "Knows at the end",
            if known.is_empty() {
                "– (it serves nobody)".to_owned()
            } else {
                let percent = Numbers::Percent.write(mean);
                format!("{percent} of a customer’s taste, on average")
            },
        ));
    }
    if firm.entry > 0 {
        facts.push(("Enters", format!("in period {}", firm.entry)));
    }
    if firm.fixed_cost > 0.0 {
        facts.push(("Fixed cost", format!("{} per period", firm.fixed_cost)));
    }
    if let Funding::Limit(limit) = firm.funding {
        facts.push(("Leaves", format!("once it has lost more than {limit}")));
    }
    facts
}

fn price(rule: &PriceRule) -> String {
    match rule {
        PriceRule::Fixed(price) => price.to_string(),
        PriceRule::ValueShare { share, .. } => format!(
            "its cost and {} of the value created, as it was of late",
            Numbers::Percent.write(*share)
        ),
    }
}

/// The colour of a firm; of one that is not told apart, that of all others.
pub fn color(actors: &[Actor], name: &str) -> String {
    match actors.iter().position(|actor| actor.name == name) {
        Some(number) if actors[number].leads => format!("var(--firm-{number})"),
        _ => "var(--others)".to_owned(),
    }
}

/// The cards of all populations.
#[must_use]
pub fn population_cards(scenario: &Scenario) -> String {
    scenario.populations.iter().map(population_card).collect()
}

fn population_card(population: &Population) -> String {
    let percent = |value: f64| {
        let written = Numbers::Percent.write(value);
        written.replace(".0%", "%")
    };
    let Population {
        need,
        agency,
        taste,
        ..
    } = population;
    let mut facts = vec![
        (
            "Needs",
            format!("each has one in {} of the periods", percent(need.rate)),
        ),
        (
            "Awareness",
            format!(
                "they notice {} of them alone",
                percent(population.awareness)
            ),
        ),
        (
            "Wish to decide",
            format!(
                "{} on average, between 0 (delegates gladly) and 1 (wants to decide)",
                agency.mean
            ),
        ),
        (
            "Mistakes",
            format!(
                "one by a firm that decides alone costs them up to {}",
                population.mistake_cost
            ),
        ),
        (
            "Data",
            format!("{} let firms keep data", percent(population.data_sharing)),
        ),
        (
            "Turnover",
            format!(
                "{} are replaced by new customers per period",
                percent(population.turnover)
            ),
        ),
    ];
    if taste.drift > 0.0 {
        facts.push((
            "Tastes",
            format!(
                "wander by {} per period, in units of the tolerance",
                taste.drift
            ),
        ));
    }
    let mut card = format!(
        "<article class=\"card\"><h3>{}</h3>\n<p>{} customers</p>\n<dl class=\"facts\">",
        escape(&population.name),
        Numbers::Decimals(0).write(f64::from(population.customers))
    );
    for (term, fact) in facts {
        let _ = write!(card, "<div><dt>{term}</dt><dd>{fact}</dd></div>");
    }
    card.push_str("</dl></article>\n");
    card
}
