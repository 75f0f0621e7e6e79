//! Who competes: a card for each firm, or group of firms alike, and for each population.

use std::fmt::Write as _;

use super::experience::{experiences_of, journey};
use super::html::{Numbers, escape};
use super::words::Words;
use crate::analysis::{Quantity, Results};
use crate::chart::Actor;
use crate::scenario::{Firm, Funding, Population, PriceRule, Scenario};

/// The cards of all firms, those that differ in nothing but their name on one card.
#[must_use]
pub fn firm_cards(
    words: Words,
    scenario: &Scenario,
    actors: &[Actor],
    results: Option<&Results>,
) -> String {
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
    let card = |(firm, members): &(Firm, Vec<usize>)| {
        firm_card(words, scenario, (firm, members), actors, results)
    };
    groups.iter().map(card).collect()
}

fn firm_card(
    words: Words,
    scenario: &Scenario,
    (firm, members): (&Firm, &[usize]),
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
    let alike = members.len().max(firm.count as usize);
    if alike > 1 {
        let told = words.fill("who.alike", &[("count", &alike)]);
        let _ = writeln!(card, "<p>{told}</p>");
    }
    let (told, experiences) = experiences_of(words, scenario, firm);
    card.push_str(&told);
    for (name, experience) in experiences {
        card.push_str(&journey(words, name, experience, firm.assortment));
    }
    card.push_str("<dl class=\"facts\">");
    for (term, fact) in facts(words, firm, members, results) {
        write_fact(&mut card, words.say(term), &fact);
    }
    card.push_str("</dl></article>\n");
    card
}

fn write_fact(card: &mut String, term: &str, fact: &str) {
    let _ = write!(card, "<div><dt>{term}</dt><dd>{fact}</dd></div>");
}

/// What else tells a firm from others: keys of terms, and facts.
fn facts(
    words: Words,
    firm: &Firm,
    members: &[usize],
    results: Option<&Results>,
) -> Vec<(&'static str, String)> {
    let mut facts = vec![("who.price", price(words, &firm.price))];
    let learns = match (firm.learning.individual, firm.learning.population) {
        (true, true) => "who.learns_both",
        (true, false) => "who.learns_individual",
        (false, true) => "who.learns_population",
        (false, false) => "who.learns_nothing",
    };
    facts.push(("who.learns", words.say(learns).to_owned()));
    if let Some(results) = results {
        facts.push(("who.knows", known(words, members, results)));
    }
    if firm.entry > 0 {
        facts.push((
            "who.enters",
            words.fill("who.enters_in", &[("period", &firm.entry)]),
        ));
    }
    if firm.fixed_cost > 0.0 {
        let cost = words.plain(firm.fixed_cost);
        facts.push((
            "who.fixed_cost",
            words.fill("who.per_period", &[("cost", &cost)]),
        ));
    }
    if firm.range_cost > 0.0 {
        let cost = words.plain(firm.range_cost);
        facts.push((
            "who.range_cost",
            words.fill("who.per_period_and_experience", &[("cost", &cost)]),
        ));
    }
    if let Funding::Limit(limit) = firm.funding {
        let limit = words.plain(limit);
        facts.push((
            "who.leaves",
            words.fill("who.leaves_once", &[("limit", &limit)]),
        ));
    }
    facts
}

/// How much of a customer's taste the firms of a card know at the end.
fn known(words: Words, members: &[usize], results: &Results) -> String {
    let known = members.iter().filter_map(|&member| {
        let summary = &results.firms.get(member)?.summary;
        let knowledge = Quantity::Knowledge.of_summary(summary)?.mean;
        knowledge.is_finite().then_some(knowledge)
    });
    let known: Vec<f64> = known.collect();
    if known.is_empty() {
        return words.say("who.knows_nobody").to_owned();
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let share = Numbers::Percent.write(words, mean);
    words.fill("who.knows_part", &[("share", &share)])
}

fn price(words: Words, rule: &PriceRule) -> String {
    match rule {
        PriceRule::Fixed(price) => words.plain(*price),
        PriceRule::ValueShare { share, .. } => {
            let share = Numbers::Percent.write(words, *share);
            words.fill("who.value_share", &[("share", &share)])
        }
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
pub fn population_cards(words: Words, scenario: &Scenario) -> String {
    let populations = scenario.populations.iter();
    populations
        .map(|population| population_card(words, population))
        .collect()
}

/// A percentage without decimals where it has none.
fn percent(words: Words, value: f64) -> String {
    let written = Numbers::Percent.write(words, value);
    written.replace(&words.digits(".0%"), &words.digits("%"))
}

/// The kinds of needs of a population: how frequent each is, and what is at stake; nothing where needs are all of one kind.
fn kinds(words: Words, population: &Population) -> String {
    let need = &population.need;
    if need.kinds.is_empty() {
        return String::new();
    }
    let mut told = words.paragraph("who.kinds") + "<ul>";
    for (kind, frequency) in need.kinds.iter().zip(need.frequencies()) {
        let agency = kind.agency_cost.unwrap_or(population.agency.cost);
        let text = words.fill(
            "who.kind",
            &[
                ("name", &escape(&kind.name)),
                ("share", &percent(words, frequency)),
                (
                    "cost",
                    &words.plain(kind.mistake_cost.unwrap_or(population.mistake_cost)),
                ),
                ("agency", &words.plain(agency)),
                (
                    "variety",
                    &words.plain(kind.variety.unwrap_or(need.variety)),
                ),
            ],
        );
        let _ = write!(told, "<li>{text}</li>");
    }
    told + "</ul>\n"
}

fn population_card(words: Words, population: &Population) -> String {
    let percent = |value: f64| percent(words, value);
    let Population {
        need,
        agency,
        taste,
        ..
    } = population;
    let facts = [
        ("who.needs", "who.needs_each", percent(need.rate)),
        (
            "who.awareness",
            "who.awareness_alone",
            percent(population.awareness),
        ),
        ("who.agency", "who.agency_mean", words.plain(agency.mean)),
        (
            "who.mistakes",
            "who.mistakes_cost",
            words.plain(population.mistake_cost),
        ),
        (
            "who.data",
            "who.data_shared",
            percent(population.data_sharing),
        ),
        (
            "who.turnover",
            "who.turnover_share",
            percent(population.turnover),
        ),
        ("who.tastes", "who.tastes_wander", words.plain(taste.drift)),
    ];
    let mut card = format!(
        "<article class=\"card\"><h3>{}</h3>\n<p>{}</p>\n{}<dl class=\"facts\">",
        escape(&population.name),
        words.things("customer", u64::from(population.customers)),
        kinds(words, population)
    );
    for (term, fact, value) in facts {
        let is_by_kind = term == "who.mistakes" && !need.kinds.is_empty();
        if !is_by_kind && (term != "who.tastes" || taste.drift > 0.0) {
            // each text has one placeholder, under one of these names
            let names = ["share", "mean", "cost", "drift"];
            let values = names.map(|name| (name, &value as &dyn std::fmt::Display));
            write_fact(&mut card, words.say(term), &words.fill(fact, &values));
        }
    }
    card.push_str("</dl></article>\n");
    card
}
