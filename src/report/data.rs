//! The numbers behind the page's charts, as compact JSON that its script reads.
//!
//! Every series is a pair of lists by period shown: means, and half-widths of the 95 % intervals; behind it stands the figure of its end. All are whole
//! numbers in units of 10^-decimals, chosen so that five figures of the largest remain; `null` is empty.

use std::collections::BTreeSet;

use serde::Serialize;

use super::charts::Chart;
use super::map::Map;
use super::named;
use crate::analysis::{Estimate, FirmResults, Quantity, Results, Series, VariantResults, Variants};
use crate::chart::{Actor, Event, View, events};
use crate::experiment::Design;
use crate::scenario::Scenario;

/// Most pairs of numbers on a page; of longer runs with many firms, every so many periods are shown.
const MOST_PAIRS: usize = 300_000;
/// Figures that are kept of the largest number of a series.
const FIGURES: i32 = 5;

/// All that the script needs.
#[derive(Debug, Serialize)]
pub struct Data {
    /// The periods shown: all, or every so many and the last.
    periods: Vec<u32>,
    replicates: u32,
    smoothing: u32,
    firms: Vec<Firm>,
    /// By column of `firms`, then by firm.
    quantities: Vec<Block>,
    /// Of the whole market.
    market: Vec<Block>,
    /// The same of each variant, the scenario itself first; empty without variants.
    variants: Vec<Numbers>,
    charts: Vec<Chart>,
    events: Vec<Mark>,
    /// The map of tastes, where the run has one.
    map: Option<Map>,
}

/// The numbers of a variant.
#[derive(Debug, Serialize)]
struct Numbers {
    name: String,
    quantities: Vec<Block>,
    market: Vec<Block>,
    /// What happens in it, and when: a variant may set that otherwise.
    events: Vec<Mark>,
}

/// A firm as the charts show it.
#[derive(Debug, Serialize)]
struct Firm {
    name: String,
    /// Whether it has a colour of its own; the others are shown as one group.
    leads: bool,
    dashes: Vec<f64>,
}

/// Series in the same unit.
#[derive(Debug, Serialize)]
struct Block {
    name: &'static str,
    decimals: i32,
    series: Vec<Pair>,
}

#[derive(Debug, Serialize)]
struct Pair {
    mean: Vec<Option<i64>>,
    half: Vec<Option<i64>>,
    /// The figure of the closing window, which stands where the line ends; the last mean if none.
    end: Option<i64>,
}

/// Something that happens in a period.
#[derive(Debug, Serialize)]
struct Mark {
    period: u32,
    words: String,
}

impl Data {
    /// The numbers of a run, behind these charts.
    #[must_use]
    pub fn new(
        scenario: &Scenario,
        results: &Results,
        variants: Option<&Variants>,
        charts: Vec<Chart>,
    ) -> Self {
        let worlds = variants.map_or(&[][..], |variants| &variants.all);
        let periods = periods_shown(results, 1 + worlds.len());
        let quantities = |results: &Results| -> Vec<Block> {
            let quantity = |quantity: Quantity| {
                let one = |firm: &FirmResults| {
                    let end = quantity.of_summary(&firm.summary).copied();
                    (firm.series(quantity).clone(), end)
                };
                let series: Vec<_> = results.firms.iter().map(one).collect();
                block(quantity.column(), &series, &periods)
            };
            Quantity::ALL.map(quantity).into()
        };
        // of variants, no more than is drawn
        let needed: BTreeSet<&str> = charts.iter().filter_map(Chart::needs).flatten().collect();
        let design = variants.and_then(|_| Design::new(scenario).ok());
        let numbers = |(world, one): (u32, &VariantResults)| {
            let own = one.results.as_ref().unwrap_or(results);
            let market = design.as_ref().and_then(|design| design.world(world).ok());
            let view = View::whole("", market.as_ref().unwrap_or(scenario), own);
            let mut numbers = Numbers {
                events: marks(&view),
                name: one.variant.label().to_owned(),
                quantities: quantities(own),
                market: whole(own, &periods),
            };
            for blocks in [&mut numbers.quantities, &mut numbers.market] {
                blocks.retain(|block| needed.contains(block.name));
            }
            numbers
        };
        let firm = |actor: Actor| Firm {
            name: actor.name,
            leads: actor.leads,
            dashes: actor.dashes.to_vec(),
        };
        let view = View::whole("", scenario, results);
        let events = marks(&view);
        let actors = named(view);
        Self {
            replicates: results.replicates,
            smoothing: results.smoothing,
            map: Map::new(results, &actors),
            firms: actors.into_iter().map(firm).collect(),
            quantities: quantities(results),
            market: whole(results, &periods),
            variants: (0..).zip(worlds).map(numbers).collect(),
            charts,
            events,
            periods,
        }
    }
}

/// What happens in a market, and when.
fn marks(view: &View<'_>) -> Vec<Mark> {
    let mark = |Event { period, words }| Mark { period, words };
    events(view).into_iter().map(mark).collect()
}

/// The series of the whole market.
fn whole(results: &Results, periods: &[u32]) -> Vec<Block> {
    let market = &results.market;
    let all = [
        ("recognized", &market.recognized, 1),
        ("coverage", &market.coverage, 0),
        ("concentration", &market.concentration, 2),
        ("consumer_surplus", &market.consumer_surplus, 3),
        ("producer_surplus", &market.producer_surplus, 4),
    ];
    all.map(|(name, series, place)| {
        let end = Some(market.closing[place]);
        block(name, &[(series.clone(), end)], periods)
    })
    .into()
}

/// Every period, or every so many and the last, for so many worlds.
fn periods_shown(results: &Results, worlds: usize) -> Vec<u32> {
    let of_world = results.periods as usize * (results.firms.len() * Quantity::ALL.len() + 5);
    let pairs = of_world * worlds;
    let step = pairs.div_ceil(MOST_PAIRS).max(1);
    let last = results.periods.saturating_sub(1);
    let mut periods: Vec<u32> = (0..results.periods).step_by(step).collect();
    if periods.last() != Some(&last) {
        periods.push(last);
    }
    periods
}

/// The series of one quantity, each with its figure of the closing window.
fn block(name: &'static str, all: &[(Series, Option<Estimate>)], periods: &[u32]) -> Block {
    let largest = all
        .iter()
        .flat_map(|(series, _)| series)
        .map(|estimate| estimate.mean.abs())
        .filter(|mean| mean.is_finite())
        .fold(0.0, f64::max);
    let digits = if largest > 0.0 {
        libm::log10(largest).floor() as i32 + 1
    } else {
        1
    };
    let decimals = (FIGURES - digits).clamp(0, 9);
    let unit = 10f64.powi(decimals);
    let whole = |value: f64| value.is_finite().then(|| (value * unit).round() as i64);
    let column = |series: &[Estimate], of: fn(&Estimate) -> f64| {
        let shown = periods.iter().map(|&period| series.get(period as usize));
        shown
            .map(|estimate| estimate.and_then(|estimate| whole(of(estimate))))
            .collect()
    };
    let pair = |(series, end): &(Series, Option<Estimate>)| Pair {
        end: end.and_then(|estimate| whole(estimate.mean)),
        mean: column(series, |estimate| estimate.mean),
        half: column(series, Estimate::reach),
    };
    Block {
        name,
        decimals,
        series: all.iter().map(pair).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(mean: f64, half: f64) -> Estimate {
        Estimate {
            mean,
            low: mean - half,
            high: mean + half,
            ..Estimate::EMPTY
        }
    }

    #[test]
    fn numbers_keep_five_figures() {
        let series = [
            estimate(0.123_456, 0.01),
            Estimate::EMPTY,
            estimate(-0.5, 0.0),
        ];
        let end = Some(estimate(0.25, 0.01));
        let block = block("share", &[(series.to_vec(), end)], &[0, 1, 2]);
        assert_eq!(block.decimals, 5);
        assert_eq!(block.series[0].mean, [Some(12346), None, Some(-50000)]);
        assert_eq!(block.series[0].half, [Some(1000), None, Some(0)]);
        assert_eq!(block.series[0].end, Some(25000));
        let large = [estimate(1_234_567.0, 10.0)];
        assert_eq!(
            super::block("profit", &[(large.to_vec(), None)], &[0]).decimals,
            0
        );
    }
}
