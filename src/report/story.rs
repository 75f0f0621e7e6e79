//! What happened, in sentences made of the run's own figures.

use std::fmt::Write as _;

use super::html::{Numbers, escape};
use super::words::Words;
use crate::analysis::{Estimate, Quantity, Results};

/// A lead that is shorter than this part of the run is not told.
const SHORTEST_LEAD: f64 = 0.05;

/// The story of a run as HTML: who wins, who led before, what becomes of the market and of value.
#[must_use]
pub fn story(words: Words, results: &Results) -> String {
    let sentences = [
        outcome(words, results),
        leads(words, results),
        coverage(words, results),
        value(words, results),
    ];
    let told = sentences.iter().filter(|sentence| !sentence.is_empty());
    let mut page = String::from("<ul class=\"story\">\n");
    for sentence in told {
        let _ = writeln!(page, "<li>{sentence}</li>");
    }
    page.push_str("</ul>\n");
    page
}

/// What the numbers rest on, as HTML.
#[must_use]
pub fn basis(words: Words, replicates: u32, (first, last): (u32, u32)) -> String {
    let key = if first == last {
        "story.period"
    } else {
        "story.periods"
    };
    let when = words.fill(key, &[("first", &first), ("last", &last)]);
    let key = if replicates < 2 {
        "story.once"
    } else {
        "story.often"
    };
    let told = words.fill(key, &[("replicates", &replicates), ("when", &when)]);
    format!("<p>{told}</p>")
}

/// A figure of `summary`.
fn figure(results: &Results, firm: usize, quantity: Quantity) -> Estimate {
    let found = quantity.of_summary(&results.firms[firm].summary);
    found.copied().unwrap_or(Estimate::EMPTY)
}

/// The firms that have a quantity at the end, the largest first.
fn ranking(results: &Results, quantity: Quantity) -> Vec<(usize, Estimate)> {
    let firms = 0..results.firms.len();
    let mut ranked: Vec<(usize, Estimate)> = firms
        .map(|firm| (firm, figure(results, firm, quantity)))
        .filter(|(_, estimate)| estimate.mean.is_finite())
        .collect();
    ranked.sort_by(|a, b| b.1.mean.total_cmp(&a.1.mean));
    ranked
}

fn name(results: &Results, firm: usize) -> String {
    format!("<strong>{}</strong>", escape(&results.firms[firm].name))
}

fn outcome(words: Words, results: &Results) -> String {
    let ranked = ranking(results, Quantity::Share);
    let write = |estimate: &Estimate| Numbers::Percent.write_estimate(words, estimate);
    match &ranked[..] {
        [] => words.say("story.nobody").to_owned(),
        [(firm, _)] if results.firms.len() == 1 => {
            let customers = figure(results, *firm, Quantity::Customers);
            let customers = Numbers::Decimals(0).write(words, customers.mean);
            let firm = name(results, *firm);
            words.fill("story.home", &[("firm", &firm), ("customers", &customers)])
        }
        [(firm, share)] => {
            let firm = name(results, *firm);
            words.fill("story.alone", &[("firm", &firm), ("share", &write(share))])
        }
        [(first, share), (second, next), ..] => {
            let apart = share.low > next.high;
            let open = share.low.is_finite() && !apart;
            words.fill(
                if open {
                    "story.unsettled"
                } else {
                    "story.largest"
                },
                &[
                    ("first", &name(results, *first)),
                    ("share", &write(share)),
                    ("second", &name(results, *second)),
                    ("next", &write(next)),
                ],
            )
        }
    }
}

/// Who has the largest mean share, and from which period on; short leads are left out.
fn leads_of(results: &Results) -> Vec<(u32, usize)> {
    let least = (f64::from(results.periods) * SHORTEST_LEAD).ceil() as u32;
    let leader = |period: u32| {
        let shares = results
            .firms
            .iter()
            .enumerate()
            .filter_map(|(firm, found)| {
                let share = found.series(Quantity::Share).get(period as usize)?.mean;
                share.is_finite().then_some((firm, share))
            });
        shares
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(firm, _)| firm)
    };
    let mut stretches: Vec<(u32, u32, usize)> = Vec::new();
    for period in 0..results.periods {
        let Some(firm) = leader(period) else { continue };
        match stretches.last_mut() {
            Some((_, length, last)) if *last == firm => *length += 1,
            _ => stretches.push((period, 1, firm)),
        }
    }
    let mut leads: Vec<(u32, usize)> = Vec::new();
    for (period, length, firm) in stretches {
        let repeated = leads.last().is_some_and(|&(_, last)| last == firm);
        if length >= least && !repeated {
            leads.push((period, firm));
        }
    }
    leads
}

fn leads(words: Words, results: &Results) -> String {
    let leads = leads_of(results);
    if results.firms.len() < 2 {
        return String::new();
    }
    let tell = |key: &str, &(period, firm): &(u32, usize)| {
        words.fill(key, &[("firm", &name(results, firm)), ("period", &period)])
    };
    match &leads[..] {
        [] => String::new(),
        [only @ (0, _)] => tell("story.leads_always", only),
        [only] => tell("story.leads_from", only),
        many if many.len() > 6 => words.fill("story.leads_often", &[("count", &(many.len() - 1))]),
        [first, then @ .., last] => {
            let mut sentence = tell("story.leads_first", first);
            sentence.extend(then.iter().map(|lead| tell("story.then", lead)));
            sentence + &tell("story.at_last", last) + words.say("story.by_means")
        }
    }
}

fn coverage(words: Words, results: &Results) -> String {
    let series = &results.market.coverage;
    let mut known = series.iter().filter(|estimate| estimate.mean.is_finite());
    let (Some(first), Some(last)) = (known.next(), known.next_back()) else {
        return String::new();
    };
    let apart = first.high < last.low || last.high < first.low;
    let key = match (apart, last.mean > first.mean) {
        (false, _) => "story.coverage_unsettled",
        (true, true) => "story.coverage_rises",
        (true, false) => "story.coverage_falls",
    };
    let [from, to] = [first, last].map(|share| Numbers::Percent.write(words, share.mean));
    words.fill(key, &[("from", &from), ("to", &to)])
}

fn value(words: Words, results: &Results) -> String {
    let created = ranking(results, Quantity::ValueCreated);
    let profit = ranking(results, Quantity::CumulativeProfit);
    let (Some((first, most)), Some((richest, earned))) = (created.first(), profit.first()) else {
        return String::new();
    };
    if results.firms.len() < 2 {
        return String::new();
    }
    let same = first == richest;
    words.fill(
        if same {
            "story.value_same"
        } else {
            "story.value_other"
        },
        &[
            ("creator", &name(results, *first)),
            ("value", &Numbers::Decimals(3).write_estimate(words, most)),
            ("earner", &name(results, *richest)),
            ("profit", &Numbers::Decimals(0).write(words, earned.mean)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::Sample;
    use crate::scenario::Language;

    fn english() -> Words {
        Words::of(Language::En)
    }

    fn shares(results: &mut Results, firm: usize, share: impl Fn(usize) -> f64) {
        let series = &mut results.firms[firm].series[Quantity::Share as usize];
        for (period, estimate) in series.iter_mut().enumerate() {
            estimate.mean = share(period);
        }
    }

    #[test]
    fn the_lead_is_told_with_its_changes() {
        let mut results = Sample::firms(2).results();
        shares(
            &mut results,
            0,
            |period| if period < 100 { 0.6 } else { 0.3 },
        );
        // a lead of a few periods is none
        shares(&mut results, 1, |period| match period {
            40..45 => 0.65,
            _ if period < 100 => 0.4,
            _ => 0.7,
        });
        assert_eq!(leads_of(&results), [(0, 0), (100, 1)]);
        let told = leads(english(), &results);
        assert_eq!(
            told,
            "<strong>firm-1</strong> leads at first and from period 100 on <strong>firm-2</strong>, by the means over replicates."
        );
    }

    #[test]
    fn names_are_escaped() {
        let mut results = Sample::firms(2).results();
        results.firms[0].name = "<i>".to_owned();
        results.firms[1].name = "<i>".to_owned();
        assert!(!story(english(), &results).contains("<i>"));
    }

    #[test]
    fn overlapping_intervals_settle_nothing() {
        let mut results = Sample::firms(2).results();
        let share = Quantity::Share.in_summary();
        for (firm, mean) in results.firms.iter_mut().zip([0.52, 0.48]) {
            firm.summary[share.expect("share is in the summary")] = Estimate {
                mean,
                low: mean - 0.03,
                high: mean + 0.03,
                ..Estimate::EMPTY
            };
        }
        assert!(outcome(english(), &results).contains("not settled"));
        results.firms[1].summary[0].high = 0.485;
        assert!(!outcome(english(), &results).contains("not settled"));
    }
}
