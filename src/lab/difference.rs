//! What the changed market differs in from the other one, market by market, and what is said of it.

use serde::Serialize;

use super::words::Words;
use crate::analysis::Quantity;
use crate::analysis::paired::Paired;
use crate::experiment::Figures;
use crate::scenario::Language;

/// A figure of a firm in both markets, over the replicates that have it in both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differing {
    /// Name of the firm.
    pub firm: String,
    /// Name of the quantity, as in `summary`.
    pub quantity: &'static str,
    /// Mean before.
    pub before: f64,
    /// Mean after.
    pub after: f64,
    /// After less before.
    pub mean: f64,
    /// Lower end of its 95 % interval; NaN, which JSON writes as null, with fewer than two replicates.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Replicates in which it is higher than before.
    pub higher: u32,
    /// Replicates in which it is lower.
    pub lower: u32,
    /// Replicates that have it in both.
    pub of: u32,
    /// Whether the interval leaves out zero.
    pub clear: bool,
    /// The same in words.
    pub words: String,
}

/// What differs, firm by firm in the order of the market after, for firms that are in both. Figures are by replicate, then firm.
#[must_use]
pub fn differences(
    firms: [&[String]; 2],
    figures: [&[Vec<Figures>]; 2],
    language: Language,
) -> Vec<Differing> {
    let words = Words::of(language);
    let mut all = Vec::new();
    for (position, name) in firms[1].iter().enumerate() {
        let Some(first) = firms[0].iter().position(|known| known == name) else {
            continue;
        };
        for (place, quantity) in Quantity::SUMMARY.into_iter().enumerate() {
            let pairs = figures[0].iter().zip(figures[1]);
            let pairs = pairs.map(|(before, after)| [before[first][place], after[position][place]]);
            all.extend(differing(words, name, quantity, pairs));
        }
    }
    all
}

fn differing(
    words: Words,
    firm: &str,
    quantity: Quantity,
    pairs: impl Iterator<Item = [f64; 2]>,
) -> Option<Differing> {
    let mut paired = Paired::difference();
    let (mut higher, mut lower) = (0, 0);
    for [before, after] in pairs {
        paired.add([before, after]);
        higher += u32::from(after > before);
        lower += u32::from(after < before);
    }
    let estimate = paired.estimate();
    let [before, after] = paired.variants().map(|estimate| estimate.mean);
    let mut found = Differing {
        firm: firm.to_owned(),
        quantity: quantity.column(),
        before,
        after,
        mean: estimate.mean,
        low: estimate.low,
        high: estimate.high,
        higher,
        lower,
        of: estimate.count,
        clear: estimate.low > 0.0 || estimate.high < 0.0,
        words: String::new(),
    };
    found.words = found.in_words(words, quantity);
    (found.of > 0).then_some(found)
}

impl Differing {
    /// Says that it is higher or lower only where the interval bears it out.
    fn in_words(&self, words: Words, quantity: Quantity) -> String {
        let [difference, low, high] = written(words, quantity, [self.mean, self.low, self.high]);
        let (firm, of) = (&self.firm, self.of);
        let quantity = words.say(&format!("quantities.{}", self.quantity));
        let (key, count) = match (self.higher, self.lower) {
            (0, 0) => ("sentence.same", 0),
            _ if of < 2 => ("sentence.single", 0),
            (higher, _) if self.clear && self.mean > 0.0 => ("sentence.higher", higher),
            (_, lower) if self.clear => ("sentence.lower", lower),
            _ => ("sentence.unclear", 0),
        };
        words.fill(
            key,
            &[
                ("firm", firm),
                ("quantity", &quantity),
                ("difference", &difference),
                ("low", &low),
                ("high", &high),
                ("count", &count),
                ("of", &of),
            ],
        )
    }
}

/// A difference of a quantity with its unit, and the ends of its interval, each with as many digits as the interval bears.
pub(super) fn written(
    words: Words,
    quantity: Quantity,
    [mean, low, high]: [f64; 3],
) -> [String; 3] {
    let (factor, unit) = match quantity {
        Quantity::Share => (100.0, words.say("sentence.points")),
        _ => (1.0, ""),
    };
    let decimals = decimals(factor * mean, factor * (high - low) / 2.0);
    let number = |value: f64| words.number(factor * value, decimals, true);
    [format!("{}{unit}", number(mean)), number(low), number(high)]
}

/// Decimals that show the half-width of an interval, or else the value itself, with two digits.
fn decimals(mean: f64, half: f64) -> usize {
    let size = if half > 0.0 && half.is_finite() {
        half
    } else {
        mean.abs()
    };
    if size > 0.0 && size.is_finite() {
        (1.0 - libm::log10(size).floor()).clamp(0.0, 5.0) as usize
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of the share of one firm in markets before and after.
    fn said(pairs: &[[f64; 2]], language: Language) -> Differing {
        let names = ["coach".to_owned()];
        let figures = |side: usize| -> Vec<Vec<Figures>> {
            let of = |pair: &[f64; 2]| {
                let mut figures = [f64::NAN; Quantity::SUMMARY.len()];
                figures[0] = pair[side];
                vec![figures]
            };
            pairs.iter().map(of).collect()
        };
        let found = differences([&names, &names], [&figures(0), &figures(1)], language);
        assert_eq!(found.len(), 1, "what has no value is left out");
        found.into_iter().next().expect("one")
    }

    #[test]
    fn a_sentence_says_what_the_interval_bears_out() {
        let up = said(&[[0.2, 0.24], [0.3, 0.35], [0.25, 0.28]], Language::En);
        assert!(up.clear);
        assert_eq!(
            up.words,
            "coach: share +4.0 points (95 % +1.5 to +6.5); higher in 3 of 3 markets"
        );
        let down = said(&[[0.24, 0.2], [0.35, 0.3], [0.28, 0.25]], Language::Es);
        assert_eq!(
            down.words,
            "coach: cuota −4,0 puntos (95 %: −6,5 a −1,5); menor en 3 de 3 mercados"
        );
        let unclear = said(&[[0.2, 0.3], [0.3, 0.2], [0.2, 0.25]], Language::En);
        assert!(
            !unclear.clear && unclear.words.starts_with("coach: no change in share"),
            "{}",
            unclear.words
        );
        assert_eq!((unclear.higher, unclear.lower, unclear.of), (2, 1, 3));
    }

    #[test]
    fn what_is_equal_or_alone_is_said_to_be() {
        let same = said(&[[0.2, 0.2], [0.3, 0.3]], Language::En);
        assert_eq!(same.words, "coach: share is the same in all 2 markets");
        let single = said(&[[0.2, 0.3]], Language::En);
        assert!(
            !single.clear && single.words.contains("one market"),
            "{}",
            single.words
        );
        let gone = said(&[[0.2, f64::NAN], [0.3, 0.31], [0.2, 0.21]], Language::En);
        assert_eq!(
            gone.of, 2,
            "a market without a value counts for neither side"
        );
    }

    #[test]
    fn only_firms_of_both_markets_are_compared() {
        let [one, other] = [["a".to_owned()], ["b".to_owned()]];
        let figures = vec![vec![[0.5; Quantity::SUMMARY.len()]]];
        assert!(differences([&one, &other], [&figures, &figures], Language::En).is_empty());
    }
}
