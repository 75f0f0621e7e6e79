//! What happened, in sentences made of the run's own figures.

use std::fmt::Write as _;

use super::html::{Numbers, escape};
use crate::analysis::{Estimate, Quantity, Results};

/// A lead that is shorter than this part of the run is not told.
const SHORTEST_LEAD: f64 = 0.05;

/// The words that the story needs.
pub const TERMS: &str = "<p>A <dfn>transaction</dfn> is one need that one firm meets; a firm’s <dfn>share</dfn> is its part of all \
    transactions. The <dfn>value created</dfn> by a transaction is what it is worth to the customer, less what it costs the firm. \
    A product that fits perfectly and takes no effort is worth 1.</p>\n";

/// The words that the table of the outcome needs besides.
pub const TABLE_TERMS: &str = "<p>A firm’s <dfn>home customers</dfn> are those whose last transaction was with it. \
    <dfn>Knowledge</dfn> is how much of a customer’s taste the firm knows, <dfn>fit</dfn> how well its product matches the need, \
    both between 0 and 1. <dfn>Advantage</dfn> is the value that it creates per transaction, less that of its best rival.</p>\n";

/// The story of a run as HTML: who wins, who led before, what becomes of the market and of value.
#[must_use]
pub fn story(results: &Results) -> String {
    let sentences = [
        outcome(results),
        leads(results),
        coverage(results),
        value(results),
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
pub fn basis(replicates: u32, closing: (u32, u32)) -> String {
    let when = match closing {
        (first, last) if first == last => format!("period {first}"),
        (first, last) => format!("periods {first} to {last}"),
    };
    if replicates < 2 {
        return format!(
            "<p>“At the end” means the last tenth of the run, {when}. The market was simulated once: another run of it would \
             give other numbers, and nothing here says how different. More <dfn>replicates</dfn>, repetitions with other \
             customers and other luck, would.</p>"
        );
    }
    format!(
        "<p>The same market was simulated {replicates} times with other customers and other luck; each time is a \
         <dfn>replicate</dfn>. Numbers are means over the replicates, and “at the end” means over the last tenth of the \
         periods, {when}. The pale band around a line, and the number after ±, is the <dfn>95&nbsp;% interval</dfn> of the mean: \
         it says how well the mean is known, not how much single replicates differ.</p>"
    )
}

/// A figure of `summary`.
fn figure(results: &Results, firm: usize, quantity: Quantity) -> Estimate {
    let position = Quantity::SUMMARY.iter().position(|&held| held == quantity);
    let summary = &results.firms[firm].summary;
    let found = position.and_then(|position| summary.get(position));
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

fn outcome(results: &Results) -> String {
    let ranked = ranking(results, Quantity::Share);
    let write = |estimate: &Estimate| Numbers::Percent.write_estimate(estimate);
    match &ranked[..] {
        [] => "At the end nobody has any transactions.".to_owned(),
        [(firm, _)] if results.firms.len() == 1 => {
            let customers = figure(results, *firm, Quantity::Customers);
            format!(
                "At the end {} is the home of {} customers.",
                name(results, *firm),
                Numbers::Decimals(0).write(customers.mean)
            )
        }
        [(firm, share)] => format!(
            "At the end {} alone has transactions: {} of them.",
            name(results, *firm),
            write(share)
        ),
        [(first, share), (second, next), ..] => {
            let apart = share.low > next.high;
            let open = share.low.is_finite() && !apart;
            let verdict = if open {
                "; the intervals overlap, so the order of the two is not settled"
            } else {
                ""
            };
            format!(
                "At the end {} has the largest share of transactions, {}, before {} with {}{verdict}.",
                name(results, *first),
                write(share),
                name(results, *second),
                write(next)
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

fn leads(results: &Results) -> String {
    let leads = leads_of(results);
    if results.firms.len() < 2 {
        return String::new();
    }
    match &leads[..] {
        [] => String::new(),
        [(0, firm)] => format!("{} leads from start to end.", name(results, *firm)),
        [(period, firm)] => format!("{} leads from period {period} on.", name(results, *firm)),
        many if many.len() > 6 => format!(
            "The lead changes {} times, so no firm holds it for long.",
            many.len() - 1
        ),
        [first, rest @ ..] => {
            let mut sentence = format!("{} leads at first", name(results, first.1));
            for (number, (period, firm)) in rest.iter().enumerate() {
                let then = if number + 1 == rest.len() {
                    " and from"
                } else {
                    ", from"
                };
                let _ = write!(
                    sentence,
                    "{then} period {period} on {}",
                    name(results, *firm)
                );
            }
            sentence.push_str(", by the means over replicates.");
            sentence
        }
    }
}

fn coverage(results: &Results) -> String {
    let series = &results.market.coverage;
    let mut known = series.iter().filter(|estimate| estimate.mean.is_finite());
    let (Some(first), Some(last)) = (known.next(), known.next_back()) else {
        return String::new();
    };
    let apart = first.high < last.low || last.high < first.low;
    let (from, to) = (
        Numbers::Percent.write(first.mean),
        Numbers::Percent.write(last.mean),
    );
    if !apart {
        return format!(
            "The share of needs that are met is {from} at the start and {to} at the end; the intervals overlap, so it is not settled \
             whether the market grows."
        );
    }
    let (verb, market) = if last.mean > first.mean {
        ("rises", "grows")
    } else {
        ("falls", "shrinks")
    };
    format!("The share of needs that are met {verb} from {from} to {to}: the market {market}.")
}

fn value(results: &Results) -> String {
    let created = ranking(results, Quantity::ValueCreated);
    let profit = ranking(results, Quantity::CumulativeProfit);
    let (Some((first, most)), Some((richest, earned))) = (created.first(), profit.first()) else {
        return String::new();
    };
    if results.firms.len() < 2 {
        return String::new();
    }
    let value = Numbers::Decimals(3).write_estimate(most);
    let profit = Numbers::Decimals(0).write(earned.mean);
    let creator = name(results, *first);
    let earner = if first == richest {
        "It has also earned most".to_owned()
    } else {
        format!("Most was earned by {}", name(results, *richest))
    };
    format!(
        "Most value per transaction is created by {creator} ({value}). {earner}: {profit} in all."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::samples::Sample;

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
        let told = leads(&results);
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
        assert!(!story(&results).contains("<i>"));
    }

    #[test]
    fn overlapping_intervals_settle_nothing() {
        let mut results = Sample::firms(2).results();
        let share = Quantity::SUMMARY
            .iter()
            .position(|&held| held == Quantity::Share);
        for (firm, mean) in results.firms.iter_mut().zip([0.52, 0.48]) {
            firm.summary[share.expect("share is in the summary")] = Estimate {
                mean,
                low: mean - 0.03,
                high: mean + 0.03,
                ..Estimate::EMPTY
            };
        }
        assert!(outcome(&results).contains("not settled"));
        results.firms[1].summary[0].high = 0.485;
        assert!(!outcome(&results).contains("not settled"));
    }
}
