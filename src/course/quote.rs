//! Figures of a run, as the texts of a lesson quote them.
//!
//! A quote names a quantity and whose it is, and may name a period: `share of coach`,
//! `fit of coach in period 20`, `coverage of market`. A period's figure is the mean over replicates of the
//! smoothed series that charts show; without a period it is the mean over the last tenth of the periods, as
//! in the table `summary`.

use std::fmt;

use crate::analysis::{Apart, Estimate, Quantity, Results, Series};
use crate::language::{Part, Texts};
use crate::scenario::Language;

/// What is quoted for all firms together, under this name.
const MARKET: &str = "market";

/// A figure of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    measure: Measure,
    /// Name of the firm.
    of: String,
    period: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Firm(Quantity),
    Coverage,
    Recognized,
    Concentration,
}

/// Why a text is no quote, or a quote has no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteError(String);

impl fmt::Display for QuoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for QuoteError {}

impl QuoteError {
    /// The results of a variant that a change is about are not there.
    pub(super) fn missing(variant: &str) -> Self {
        Self(format!("the run has no results of the variant `{variant}`"))
    }
}

impl Measure {
    const MARKET: [(&'static str, Self); 3] = [
        ("coverage", Self::Coverage),
        ("recognized", Self::Recognized),
        ("hhi", Self::Concentration),
    ];

    fn parse(name: &str, of: &str) -> Result<Self, QuoteError> {
        let market = || Self::MARKET.into_iter().find(|(known, _)| *known == name);
        let firm = || Quantity::named(name);
        let found = if of == MARKET {
            market().map(|(_, measure)| measure)
        } else {
            firm().map(Self::Firm)
        };
        found.ok_or_else(|| {
            let known: Vec<&str> = if of == MARKET {
                Self::MARKET.iter().map(|(known, _)| *known).collect()
            } else {
                Quantity::ALL.iter().map(|one| one.column()).collect()
            };
            QuoteError(format!(
                "`{name}` is no quantity of {of}: there are {}",
                known.join(", ")
            ))
        })
    }

    fn series<'a>(self, of: &str, results: &'a Results) -> Option<&'a Series> {
        let market = &results.market;
        Some(match self {
            Self::Firm(quantity) => {
                let firm = results.firms.iter().find(|firm| firm.name == of)?;
                firm.series(quantity)
            }
            Self::Coverage => &market.coverage,
            Self::Recognized => &market.recognized,
            Self::Concentration => &market.concentration,
        })
    }

    /// The figure at the end: that of `summary`, for a quantity that is in it, and its values by replicate; or that of the market.
    fn at_end(self, of: &str, results: &Results) -> Option<(Estimate, Option<Vec<f64>>)> {
        let of_market = |place: usize| Some((results.market.closing[place], None));
        match self {
            Self::Firm(quantity) => {
                let firm = results.firms.iter().find(|firm| firm.name == of)?;
                let estimate = *quantity.of_summary(&firm.summary)?;
                Some((estimate, Some(firm.finals(quantity).to_vec())))
            }
            Self::Coverage => of_market(0),
            Self::Recognized => of_market(1),
            Self::Concentration => of_market(2),
        }
    }

    /// A figure in words.
    fn write(self, value: f64, language: Language) -> String {
        if value.is_nan() {
            return "–".to_owned();
        }
        let (size, decimals, unit) = match self {
            Self::Coverage | Self::Recognized | Self::Firm(Quantity::Share) => {
                (value.abs() * 100.0, 0, "%")
            }
            Self::Firm(Quantity::CumulativeProfit | Quantity::Customers | Quantity::Profit) => {
                (value.abs(), 0, "")
            }
            _ => (value.abs(), 2, ""),
        };
        let digits = format!("{size:.decimals$}");
        let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        let texts = Texts::of(Part::Chart, language);
        let mark = |key: &str| texts.get(&format!("numbers.{key}"));
        let is_zero = digits.bytes().all(|byte| !(b'1'..=b'9').contains(&byte));
        let sign = if value < 0.0 && !is_zero { "−" } else { "" };
        let grouped = texts.grouped(whole.parse().unwrap_or_default());
        let rest = rest.replace('.', mark("decimal"));
        let unit = if unit.is_empty() { "" } else { mark("percent") };
        format!("{sign}{grouped}{rest}{unit}")
    }
}

impl Quote {
    /// Reads `QUANTITY of NAME`, perhaps with `in period N`.
    ///
    /// # Errors
    /// It is none, or the quantity is not known.
    pub fn parse(text: &str) -> Result<Self, QuoteError> {
        let shape = || {
            let example = "`share of NAME`, `fit of NAME in period 20` or `coverage of market`";
            QuoteError(format!("`{text}` is no figure of a run: write {example}"))
        };
        let (quantity, rest) = text.trim().split_once(" of ").ok_or_else(shape)?;
        let (of, period) = match rest.rsplit_once(" in period ") {
            Some((of, period)) => (of, Some(period.trim().parse().map_err(|_| shape())?)),
            None => (rest, None),
        };
        let of = of.trim().to_owned();
        let measure = Measure::parse(quantity.trim(), &of)?;
        Ok(Self {
            measure,
            of,
            period,
        })
    }

    /// The firm, unless all firms together are meant.
    #[must_use]
    pub fn firm(&self) -> Option<&str> {
        matches!(self.measure, Measure::Firm(_)).then_some(self.of.as_str())
    }

    /// The name of the quantity.
    #[must_use]
    pub fn column(&self) -> &'static str {
        match self.measure {
            Measure::Firm(quantity) => quantity.column(),
            market => {
                let known = Measure::MARKET.iter().find(|(_, one)| *one == market);
                known.map_or("", |(name, _)| name)
            }
        }
    }

    /// The period, if one is named.
    #[must_use]
    pub fn period(&self) -> Option<u32> {
        self.period
    }

    /// The figure; NaN where the run has none, as for a firm that sold nothing.
    ///
    /// # Errors
    /// The run has no such firm or period.
    pub fn value(&self, results: &Results) -> Result<f64, QuoteError> {
        self.figure(results).map(|figure| figure.estimate.mean)
    }

    fn figure(&self, results: &Results) -> Result<Figure, QuoteError> {
        let missing = || QuoteError(format!("the run has no firm named `{}`", self.of));
        let series = self.measure.series(&self.of, results).ok_or_else(missing)?;
        if let Some(period) = self.period {
            let estimate = series.get(period as usize);
            return estimate.copied().map(Figure::of).ok_or_else(|| {
                QuoteError(format!(
                    "there is no period {period}: the last is {}",
                    results.periods - 1
                ))
            });
        }
        let at_end = self.measure.at_end(&self.of, results);
        Ok(match at_end {
            Some((estimate, values)) => Figure { estimate, values },
            None => Figure::of(closing(series, results)),
        })
    }

    /// The figure in words, as the language writes numbers.
    ///
    /// # Errors
    /// As [`Quote::value`].
    pub fn write(&self, results: &Results, language: Language) -> Result<String, QuoteError> {
        let value = self.value(results)?;
        Ok(self.measure.write(value, language))
    }
}

/// A figure with its interval and, where they are known, its values in every replicate.
struct Figure {
    estimate: Estimate,
    values: Option<Vec<f64>>,
}

impl Figure {
    fn of(estimate: Estimate) -> Self {
        Self {
            estimate,
            values: None,
        }
    }

    /// A number, about which there is no doubt.
    fn exact(number: f64) -> Self {
        Self::of(Estimate {
            mean: number,
            low: number,
            high: number,
            ..Estimate::EMPTY
        })
    }

    /// The interval of this figure less another: of paired differences, where both are known replicate by replicate; else as wide as
    /// both intervals allow.
    fn less(&self, other: &Self) -> (f64, f64) {
        if let (Some(own), Some(others)) = (&self.values, &other.values) {
            let apart = Apart::of(own.iter().copied().zip(others.iter().copied()));
            return (apart.difference.low, apart.difference.high);
        }
        let (own, other) = (&self.estimate, &other.estimate);
        (own.low - other.high, own.high - other.low)
    }
}

/// Mean of a series, and of the ends of its intervals, over the last tenth of the periods.
fn closing(series: &[Estimate], results: &Results) -> Estimate {
    let (first, last) = results.closing;
    let closing = &series[first as usize..=last as usize];
    let mean =
        |of: fn(&Estimate) -> f64| closing.iter().map(of).sum::<f64>() / closing.len() as f64;
    Estimate {
        mean: mean(|one| one.mean),
        low: mean(|one| one.low),
        high: mean(|one| one.high),
        ..closing[0]
    }
}

/// A comparison such as `share of coach > 0.25` or `fit of coach < fit of respond`.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    left: Term,
    greater: bool,
    right: Term,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Number(f64),
    Quote(Quote),
}

impl Term {
    fn parse(text: &str) -> Result<Self, QuoteError> {
        match text.trim().parse() {
            Ok(number) => Ok(Self::Number(number)),
            Err(_) => Quote::parse(text).map(Self::Quote),
        }
    }

    fn figure(&self, results: &Results) -> Result<Figure, QuoteError> {
        match self {
            Self::Number(number) => Ok(Figure::exact(*number)),
            Self::Quote(quote) => quote.figure(results),
        }
    }
}

impl Comparison {
    /// Reads two figures or numbers with `<` or `>` between.
    ///
    /// # Errors
    /// It is none, or a figure is not known.
    pub fn parse(text: &str) -> Result<Self, QuoteError> {
        let Some(at) = text.find(['<', '>']) else {
            return Err(QuoteError(format!(
                "`{text}` is no comparison: write two figures or numbers with < or > between"
            )));
        };
        Ok(Self {
            left: Term::parse(&text[..at])?,
            greater: text[at..].starts_with('>'),
            right: Term::parse(&text[at + 1..])?,
        })
    }

    /// The figures that are compared.
    pub fn quotes(&self) -> impl Iterator<Item = &Quote> {
        [&self.left, &self.right]
            .into_iter()
            .filter_map(|term| match term {
                Term::Quote(quote) => Some(quote),
                Term::Number(_) => None,
            })
    }

    /// Whether it holds in a run; none where the interval of the difference leaves it open. It does not hold if there is no
    /// figure.
    ///
    /// # Errors
    /// As [`Quote::value`].
    pub fn holds(&self, results: &Results) -> Result<Option<bool>, QuoteError> {
        let (left, right) = (self.left.figure(results)?, self.right.figure(results)?);
        if left.estimate.mean.is_nan() || right.estimate.mean.is_nan() {
            return Ok(Some(false));
        }
        let (low, high) = left.less(&right);
        Ok(if low > 0.0 {
            Some(self.greater)
        } else if high < 0.0 {
            Some(!self.greater)
        } else {
            None
        })
    }
}
