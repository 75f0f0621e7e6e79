//! The figures of the table `summary`: per replicate, and over replicates.

use std::sync::Arc;

use crate::scenario::Quantity;
use crate::statistics::spread::{median, standard_deviation};
use crate::statistics::{Estimate, Moments, Spread, quantile};
use crate::table::{Batch, SUMMARY, SummaryRow};

/// What the table `summary` calls the part of the replicates in which a firm has the largest share.
const LEADS: &str = "leads";

/// With fewer replicates nothing is called precise.
const LEAST: u32 = 10;

/// One firm's figures in one replicate, in the order of [`Quantity::SUMMARY`]; NaN is empty.
pub type Figures = [f64; Quantity::SUMMARY.len()];

/// Each firm's figures, from the complete table `firms` of one replicate with this many firms: means over
/// the last tenth of the periods, and the cumulative profit at the end.
#[must_use]
pub fn figures(firms: &Batch, count: usize) -> Vec<Figures> {
    let periods = u32::try_from(firms.rows() / count.max(1)).unwrap_or(u32::MAX);
    let mut figures = vec![Figures::default(); count];
    for (position, quantity) in Quantity::SUMMARY.into_iter().enumerate() {
        let column = firms.column_as_numbers(quantity.column());
        // rows are in the order of periods, then firms
        for (firm, figures) in figures.iter_mut().enumerate() {
            let window = quantity.window(periods).map(|period| period as usize);
            figures[position] =
                Moments::of(window.map(|period| column[period * count + firm])).mean();
        }
    }
    figures
}

/// 1 where a figure is the largest of all, 0 where it is not, and its part where several are; NaN where there is none.
#[must_use]
pub fn leads(own: f64, all: &[f64]) -> f64 {
    let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let ties = all.iter().filter(|figure| **figure == most).count();
    match most.is_finite() {
        true if own == most => 1.0 / ties as f64,
        true => 0.0,
        false => f64::NAN,
    }
}

/// The summary of one point: every firm's figures over the replicates so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    firms: Vec<String>,
    /// By firm and replicate.
    figures: Vec<Vec<Figures>>,
    replicates: u32,
}

impl Summary {
    /// A summary of firms with these names, without a replicate yet.
    #[must_use]
    pub fn new(firms: Vec<String>) -> Self {
        let figures = vec![Vec::new(); firms.len()];
        Self {
            firms,
            figures,
            replicates: 0,
        }
    }

    /// Takes in a replicate.
    pub fn add(&mut self, figures: &[Figures]) {
        self.replicates += 1;
        for (all, figures) in self.figures.iter_mut().zip(figures) {
            all.push(*figures);
        }
    }

    /// Replicates so far.
    #[must_use]
    pub fn replicates(&self) -> u32 {
        self.replicates
    }

    /// The firms with their estimates, in the order of [`Quantity::SUMMARY`].
    pub fn firms(&self) -> impl Iterator<Item = (&str, Vec<Estimate>)> {
        let estimates = |all: &Vec<Figures>| -> Vec<Estimate> {
            let places = (0..).zip(Quantity::SUMMARY);
            let estimate = |(place, quantity)| estimate(all, place, quantity);
            places.map(estimate).collect()
        };
        let names = self.firms.iter().map(String::as_str);
        names.zip(self.figures.iter().map(estimates))
    }

    /// The rows of the table `summary`, in which a firm's figures have their quantiles over the replicates, too, and which says
    /// in what part of them the firm leads.
    #[must_use]
    pub fn table(&self) -> Batch {
        let mut batch = Batch::new(&SUMMARY, Arc::default());
        for (place, (firm, all)) in self.firms.iter().zip(&self.figures).enumerate() {
            for (position, quantity) in Quantity::SUMMARY.into_iter().enumerate() {
                let values = all.iter().map(|figures| figures[position]).collect();
                let estimate = estimate(all, position, quantity);
                let spread = self.spread(place, position);
                row(firm, quantity.column(), &estimate, &spread, values).push(&mut batch);
            }
            let leads = self.leads(place, Quantity::Share as usize);
            let estimate = Moments::of(leads.iter().copied()).proportion();
            row(firm, LEADS, &estimate, &Spread::EMPTY, leads).push(&mut batch);
        }
        batch
    }

    /// How the figures of each firm are spread over replicates, in the order of [`Quantity::SUMMARY`].
    pub fn spreads(&self) -> impl Iterator<Item = Vec<Spread>> {
        (0..self.firms.len()).map(|firm| {
            let positions = 0..Quantity::SUMMARY.len();
            positions
                .map(|position| self.spread(firm, position))
                .collect()
        })
    }

    fn spread(&self, firm: usize, position: usize) -> Spread {
        let figures = self.figures[firm].iter();
        let values: Vec<f64> = figures.map(|figures| figures[position]).collect();
        Spread {
            median: median(&values),
            standard_deviation: standard_deviation(&values),
            leads: Moments::of(self.leads(firm, position)).proportion(),
        }
    }

    /// By replicate: 1 where a firm has more of a figure than any other, 0 where it has not, and its part where several have most; NaN
    /// where none has any.
    fn leads(&self, firm: usize, position: usize) -> Vec<f64> {
        let part = |replicate: usize| {
            let all = self.figures.iter().map(|firm| firm[replicate][position]);
            leads(
                self.figures[firm][replicate][position],
                &all.collect::<Vec<_>>(),
            )
        };
        (0..self.figures[firm].len()).map(part).collect()
    }

    /// The widest half-width of a firm's 95 % interval of a quantity; infinite with fewer than 10 replicates, which may be
    /// alike by chance, and where no firm has an interval.
    #[must_use]
    pub fn widest(&self, quantity: Quantity) -> f64 {
        let Some(place) = quantity.in_summary() else {
            return f64::INFINITY;
        };
        let estimates = (self.figures.iter()).map(|all| estimate(all, place, quantity));
        let known = estimates.filter(|estimate| estimate.count > 0);
        let widths = known.map(|estimate| estimate.reach());
        // NaN, of a firm with a single value, is as wide as can be
        let widest = widths.fold(f64::NAN, |widest, width| match width.is_nan() {
            true => f64::INFINITY,
            false => width.max(widest),
        });
        if self.replicates < LEAST || widest.is_nan() {
            return f64::INFINITY;
        }
        widest
    }
}

/// A row of the table `summary`, with the quantiles of these values.
fn row<'a>(
    firm: &'a str,
    quantity: &'a str,
    estimate: &Estimate,
    spread: &Spread,
    mut values: Vec<f64>,
) -> SummaryRow<&'a str> {
    values.retain(|value| !value.is_nan());
    values.sort_unstable_by(f64::total_cmp);
    SummaryRow {
        firm,
        quantity,
        mean: estimate.mean,
        standard_deviation: estimate.standard_deviation,
        low: estimate.low,
        high: estimate.high,
        replicates: i64::from(estimate.count),
        p05: quantile(&values, 0.05),
        median: quantile(&values, 0.5),
        p95: quantile(&values, 0.95),
        standard_deviation_low: spread.standard_deviation.low,
        standard_deviation_high: spread.standard_deviation.high,
        median_low: spread.median.low,
        median_high: spread.median.high,
        leads: spread.leads.mean,
        leads_low: spread.leads.low,
        leads_high: spread.leads.high,
    }
}

/// A firm's figure at this place over the replicates in which it has one.
fn estimate(all: &[Figures], place: usize, quantity: Quantity) -> Estimate {
    let moments = Moments::of(all.iter().map(|figures| figures[place]));
    moments.estimate().within(quantity.range())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A summary of two firms, of which the first has these shares and the second never has a fit.
    fn summary(shares: &[f64]) -> Summary {
        let mut summary = Summary::new(vec!["one".to_owned(), "other".to_owned()]);
        for &share in shares {
            let mut figures = [[f64::NAN; Quantity::SUMMARY.len()]; 2];
            (figures[0][0], figures[1][0]) = (share, 1.0 - share);
            summary.add(&figures);
        }
        summary
    }

    #[test]
    fn few_or_no_values_are_not_precise() {
        assert!(summary(&[0.5; 9]).widest(Quantity::Share).is_infinite());
        assert!(summary(&[0.5; 10]).widest(Quantity::Share) < 1e-12);
        assert!(summary(&[0.5; 10]).widest(Quantity::Fit).is_infinite());
        let mut sole = [f64::NAN; 10];
        sole[3] = 0.5;
        assert!(summary(&sole).widest(Quantity::Share).is_infinite());
    }

    #[test]
    fn the_table_tells_the_markets_apart_that_a_mean_mixes() {
        let mut shares = [0.05; 20];
        shares[10..].fill(0.95);
        let table = summary(&shares).table();
        let row = SummaryRow::all(&table)
            .next()
            .expect("the share of the first firm");
        assert_eq!(
            (row.firm, row.quantity, row.replicates),
            ("one", "share", 20)
        );
        assert!((row.mean - 0.5).abs() < 1e-12 && (row.median - 0.5).abs() < 1e-12);
        assert_eq!((row.p05, row.p95), (0.05, 0.95));
        assert!(row.low > 0.05 && row.high < 0.95);
        let leads = |firm: &str| {
            let mut rows = SummaryRow::all(&table);
            rows.find(|row| row.firm == firm && row.quantity == "leads")
                .expect("the row")
        };
        assert_eq!((leads("one").mean, leads("other").mean), (0.5, 0.5));
        // half here and half there: the median may be either, and the spread is 0.46
        assert_eq!((row.median_low, row.median_high), (0.05, 0.95));
        assert!(row.standard_deviation_low < 0.4617 && row.standard_deviation_high > 0.4617);
        assert_eq!((row.leads, row.leads_low), (0.5, leads("one").low));
        assert!(leads("one").low > 0.25 && leads("one").high < 0.75);
    }

    #[test]
    fn ties_divide_the_lead_and_a_sure_one_is_not_certain() {
        let table = summary(&[0.5, 0.5, 0.7, 0.7]).table();
        let rows = SummaryRow::all(&table).filter(|row| row.quantity == "leads");
        let means: Vec<f64> = rows.map(|row| row.mean).collect();
        assert_eq!(means, [0.75, 0.25]);
        let table = summary(&[0.9; 20]).table();
        let row = SummaryRow::all(&table).find(|row| row.quantity == "leads");
        let row = row.expect("the row");
        // Wilson's interval of 20 in 20 begins at 0.8389 (R: prop.test(20, 20, correct = FALSE))
        assert_eq!((row.mean, row.high), (1.0, 1.0));
        assert!((row.low - 0.8389).abs() < 1e-4, "{}", row.low);
    }
}
