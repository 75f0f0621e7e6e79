//! What happened, in sentences made of the run's own figures.

use std::fmt::Write as _;

use super::html::{Numbers, escape};
use super::words::Words;
use crate::analysis::{Apart, Estimate, Quantity, Results};

/// A lead that is shorter than this part of the run is not told.
const SHORTEST_LEAD: f64 = 0.05;
/// Of more leads, only the number of changes is told.
const MOST_LEADS: usize = 6;

/// The story of a run as HTML: who wins, who led before, what becomes of the market and of value. It says who has more only where that can
/// be told from luck.
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

fn name(results: &Results, firm: usize) -> String {
    format!("<strong>{}</strong>", escape(&results.firms[firm].name))
}

/// The two firms that have most of a quantity at the end.
struct Two {
    first: (usize, Estimate),
    second: (usize, Estimate),
    apart: Apart,
}

impl Two {
    /// None where fewer than two firms have it.
    fn of(results: &Results, quantity: Quantity) -> Option<Self> {
        let [first, second, ..] = results.ranking(quantity)[..] else {
            return None;
        };
        let apart = results.apart(quantity, first.0, second.0);
        Some(Self {
            first,
            second,
            apart,
        })
    }

    /// By one key where the two are apart, by another where luck could have made the difference; with one replicate, the words for that
    /// stand behind.
    fn tell(
        &self,
        words: Words,
        results: &Results,
        (told, open): (&str, &str),
        write: impl Fn(&Estimate) -> String,
    ) -> String {
        let sentence = words.fill(
            if self.apart.is_told() { told } else { open },
            &[
                ("first", &name(results, self.first.0)),
                ("most", &write(&self.first.1)),
                ("second", &name(results, self.second.0)),
                ("next", &write(&self.second.1)),
            ],
        );
        let count = self.apart.difference.count;
        if self.apart.is_told() {
            return sentence;
        }
        let why = if count < 2 {
            words.say("story.one_tells_nothing").to_owned()
        } else {
            words.fill(
                "story.not_apart",
                &[
                    ("first", &name(results, self.first.0)),
                    ("ahead", &self.apart.ahead),
                    ("count", &count),
                ],
            )
        };
        format!("{sentence} {why}")
    }
}

fn outcome(words: Words, results: &Results) -> String {
    let write = |estimate: &Estimate| Numbers::Percent.write_estimate(words, estimate);
    if let Some(two) = Two::of(results, Quantity::Share) {
        return two.tell(words, results, ("story.largest", "story.shares"), write);
    }
    let ranked = results.ranking(Quantity::Share);
    let Some((firm, share)) = ranked.first() else {
        return words.say("story.nobody").to_owned();
    };
    let firm_name = name(results, *firm);
    if results.firms.len() > 1 {
        let share = write(share);
        return words.fill("story.alone", &[("firm", &firm_name), ("share", &share)]);
    }
    let customers = Quantity::Customers.of_summary(&results.firms[*firm].summary);
    let customers = customers.map_or(f64::NAN, |estimate| estimate.mean);
    let customers = Numbers::Decimals(0).write(words, customers);
    words.fill(
        "story.home",
        &[("firm", &firm_name), ("customers", &customers)],
    )
}

/// A stretch of periods, from the first to the last, in which a firm leads.
type Lead = (u32, u32, usize);

/// Who leads, and in which periods: where the two largest shares can be told apart. Short leads are left out, and a lead is not broken
/// by a short time in which nobody can be told to have it.
fn leads_of(results: &Results) -> Vec<Lead> {
    let least = (f64::from(results.periods) * SHORTEST_LEAD).ceil() as u32;
    let mut stretches: Vec<Lead> = Vec::new();
    for period in 0..results.periods {
        let Some(firm) = results.leader(period) else {
            continue;
        };
        match stretches.last_mut() {
            Some((_, last, leader)) if *leader == firm && period - *last <= least => *last = period,
            _ => stretches.push((period, period, firm)),
        }
    }
    let mut leads: Vec<Lead> = Vec::new();
    for (from, to, firm) in stretches {
        if to - from + 1 < least {
            continue;
        }
        match leads.last_mut() {
            Some((_, last, leader)) if *leader == firm && from - *last <= least => *last = to,
            _ => leads.push((from, to, firm)),
        }
    }
    leads
}

fn leads(words: Words, results: &Results) -> String {
    if results.firms.len() < 2 || results.replicates < 2 {
        return String::new();
    }
    let end = results.periods.saturating_sub(1);
    let tell = |key: &str, &(from, to, firm): &Lead| {
        let firm = name(results, firm);
        words.fill(key, &[("firm", &firm), ("from", &from), ("to", &to)])
    };
    let leads = leads_of(results);
    match &leads[..] {
        [] => words.say("story.leads_nobody").to_owned(),
        [only @ (0, last, _)] if *last == end => tell("story.leads_always", only),
        many if many.len() > MOST_LEADS => {
            let changes = many.windows(2).filter(|two| two[0].2 != two[1].2).count();
            words.fill("story.leads_often", &[("count", &changes)])
        }
        many => {
            let one = |lead: &Lead| {
                let key = if lead.1 == end {
                    "story.lead_from"
                } else {
                    "story.lead_between"
                };
                tell(key, lead)
            };
            let told: Vec<String> = many.iter().map(one).collect();
            words.fill("story.leads", &[("leads", &told.join(", "))])
        }
    }
}

fn coverage(words: Words, results: &Results) -> String {
    let series = &results.market.coverage;
    let mut known = series.iter().filter(|estimate| estimate.mean.is_finite());
    let last = &results.market.closing[0];
    let Some(first) = known.next().filter(|_| last.mean.is_finite()) else {
        return String::new();
    };
    let apart = first.high < last.low || last.high < first.low;
    let key = match (apart, last.mean > first.mean) {
        // nothing follows from one replicate
        _ if first.low.is_nan() || last.low.is_nan() => "story.coverage_once",
        (false, _) => "story.coverage_unsettled",
        (true, true) => "story.coverage_rises",
        (true, false) => "story.coverage_falls",
    };
    let [from, to] = [first, last].map(|share| Numbers::Percent.write(words, share.mean));
    words.fill(key, &[("from", &from), ("to", &to)])
}

fn value(words: Words, results: &Results) -> String {
    let quantities = [
        (
            Quantity::ValueCreated,
            ("story.value", "story.values"),
            Numbers::Decimals(3),
        ),
        (
            Quantity::CumulativeProfit,
            ("story.earned", "story.earnings"),
            Numbers::Decimals(0),
        ),
    ];
    let tell = |(quantity, keys, numbers): (Quantity, (&str, &str), Numbers)| {
        let two = Two::of(results, quantity)?;
        Some(two.tell(words, results, keys, |estimate| {
            numbers.write_estimate(words, estimate)
        }))
    };
    let told: Vec<String> = quantities.into_iter().filter_map(tell).collect();
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Moments;
    use crate::chart::samples::Sample;
    use crate::scenario::Language;

    fn english() -> Words {
        Words::of(Language::En)
    }

    /// Gives a firm shares in every replicate, about which single ones vary by up to a hundredth.
    fn shares(results: &mut Results, firm: usize, share: impl Fn(usize) -> f64) {
        let series = &mut results.firms[firm].series[Quantity::Share as usize];
        for (period, estimate) in series.iter_mut().enumerate() {
            estimate.mean = share(period);
        }
        for (replicate, line) in results.fates.firms[firm].lines.iter_mut().enumerate() {
            for (period, value) in line.iter_mut().enumerate() {
                *value = share(period) + 0.01 * ((replicate * (firm + 3)) as f64).sin();
            }
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
        // a lead of a few periods is none, and neither are equal shares
        shares(&mut results, 1, |period| match period {
            40..45 => 0.65,
            _ if period < 100 => 0.4,
            100..160 => 0.3,
            _ => 0.7,
        });
        assert_eq!(leads_of(&results), [(0, 99, 0), (160, 299, 1)]);
        let told = leads(english(), &results);
        assert!(
            told.contains("<strong>firm-1</strong> in periods 0 to 99, <strong>firm-2</strong> from period 160 on"),
            "{told}"
        );
    }

    #[test]
    fn who_leads_all_the_time_and_nobody_who_leads() {
        let mut results = Sample::firms(2).results();
        shares(&mut results, 0, |_| 0.6);
        shares(&mut results, 1, |_| 0.4);
        let told = leads(english(), &results);
        assert_eq!(told, "<strong>firm-1</strong> leads from start to end.");
        shares(&mut results, 1, |_| 0.6);
        assert!(leads_of(&results).is_empty());
        assert!(leads(english(), &results).contains("At no time"));
    }

    #[test]
    fn names_are_escaped() {
        let mut results = Sample::firms(2).results();
        results.firms[0].name = "<i>".to_owned();
        results.firms[1].name = "<i>".to_owned();
        assert!(!story(english(), &results).contains("<i>"));
    }

    /// Every quantity of `summary` of two firms, replicate by replicate.
    fn ends(pairs: &[(f64, f64)]) -> Results {
        let mut results = Sample::firms(2).results();
        for place in 0..Quantity::SUMMARY.len() {
            for firm in 0..2 {
                let of = |pair: &(f64, f64)| if firm == 0 { pair.0 } else { pair.1 };
                let finals: Vec<f64> = pairs.iter().map(of).collect();
                let found = &mut results.firms[firm];
                found.summary[place] = Moments::of(finals.iter().copied()).estimate();
                found.finals[place] = finals;
            }
        }
        results
    }

    #[test]
    fn who_has_more_is_told_only_where_it_can_be_told_from_luck() {
        // intervals overlap by far, but the first has more in every market
        let apart = story(
            english(),
            &ends(&[(0.9, 0.8), (0.3, 0.21), (0.5, 0.41), (0.7, 0.59)]),
        );
        for words in [
            "the largest share of",
            "Most value per transaction",
            "Most was earned",
        ] {
            assert!(apart.contains(words), "{words}: {apart}");
        }
        assert!(!apart.contains("not told apart"), "{apart}");
        // the first has more on average, but not in every market
        let luck = story(
            english(),
            &ends(&[(0.9, 0.1), (0.2, 0.8), (0.9, 0.1), (0.5, 0.5)]),
        );
        for words in [
            "the largest share of",
            "Most value per transaction",
            "Most was earned",
        ] {
            assert!(!luck.contains(words), "{words}: {luck}");
        }
        assert_eq!(
            luck.matches("not told apart: <strong>firm-1</strong> has more in 2 of 4 markets")
                .count(),
            3,
            "{luck}"
        );
        let one = story(english(), &ends(&[(0.9, 0.1)]));
        assert_eq!(
            one.matches("One replicate does not tell").count(),
            3,
            "{one}"
        );
    }
}
