//! What a run found: every series and figure that charts and summaries show.

use super::{
    Estimate, Fates, Journey, KindResults, Learning, MapFrame, PopulationResults, Quantity,
};

/// Estimates by period.
pub type Series = Vec<Estimate>;

/// What a run found, over all its replicates.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Replicates that the estimates rest on.
    pub replicates: u32,
    /// Number of periods; every series has as many entries.
    pub periods: u32,
    /// Series are trailing means over this many periods, taken within each replicate (1: as they are).
    pub smoothing: u32,
    /// The closing window, over which `summary` and the value split are taken: first and last period.
    pub closing: (u32, u32),
    /// The firms in the order of the scenario.
    pub firms: Vec<FirmResults>,
    /// What becomes of the firms in single replicates.
    pub fates: Fates,
    /// All firms and populations together.
    pub market: MarketResults,
    /// The customers' journey through each firm, and its wheel.
    pub journey: Journey,
    /// The map of tastes at some moments of replicate 0, in order; none where the table was not asked for.
    pub map: Vec<MapFrame>,
    /// What firms learned about each customer and across customers.
    pub learning: Learning,
    /// Who serves which kind of customer, by population in the order of the scenario.
    pub populations: Vec<PopulationResults>,
    /// Which experience serves which kind of need, by population and kind in the order of the scenario; none without kinds.
    pub kinds: Vec<KindResults>,
}

impl Results {
    /// The results of some periods, both included; figures of the closing window stay.
    #[must_use]
    pub fn between(&self, from: u32, to: u32) -> Self {
        let count = (to - from) as usize + 1;
        let cut = |series: &Series| -> Series {
            let kept = series.iter().skip(from as usize).take(count);
            kept.copied().collect()
        };
        let mut part = self.clone();
        part.periods = to - from + 1;
        for firm in &mut part.firms {
            firm.series = firm.series.iter().map(cut).collect();
        }
        for line in part.fates.firms.iter_mut().flat_map(|fate| &mut fate.lines) {
            let kept = line.iter().skip(from as usize).take(count);
            *line = kept.copied().collect();
        }
        part.map.retain(|frame| (from..=to).contains(&frame.period));
        let market = &mut part.market;
        for series in [
            &mut market.coverage,
            &mut market.recognized,
            &mut market.concentration,
            &mut market.consumer_surplus,
            &mut market.producer_surplus,
        ] {
            *series = cut(series);
        }
        part
    }
}

/// What a run found about one firm.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmResults {
    /// Name of the firm.
    pub name: String,
    /// Series in the order of [`Quantity::ALL`]: smoothed, but for the cumulative profit, which is what it is at the end of a period.
    pub series: Vec<Series>,
    /// The figures of `summary`, in the order of [`Quantity::SUMMARY`].
    pub summary: Vec<Estimate>,
    /// The same replicate by replicate: by quantity, in the order of the replicates; NaN is empty.
    pub finals: Vec<Vec<f64>>,
    /// Where the value of a perfect fit goes.
    pub value: ValueSplit,
}

impl FirmResults {
    /// The series of a quantity.
    #[must_use]
    pub fn series(&self, quantity: Quantity) -> &Series {
        &self.series[quantity as usize]
    }

    /// The figures of a quantity of `summary`, replicate by replicate; none of another.
    #[must_use]
    pub fn finals(&self, quantity: Quantity) -> &[f64] {
        let place = quantity.in_summary();
        place.map_or(&[], |place| &self.finals[place])
    }
}

/// Where the value of a perfect fit (1) goes, per transaction in the closing window.
///
/// The first six parts add up to 1: `lost_fit + friction + control + cost + profit + surplus`; any
/// may be negative except the first two. Price is cost plus profit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueSplit {
    /// Fit that is missing: 1 - fit.
    pub lost_fit: Estimate,
    /// Friction that remains in the journey.
    pub friction: Estimate,
    /// Value lost by ceding the decision and by mistakes.
    pub control: Estimate,
    /// Cost to the firm.
    pub cost: Estimate,
    /// Price less cost.
    pub profit: Estimate,
    /// Willingness to pay less price.
    pub surplus: Estimate,
}

/// What a run found about the whole market; series are smoothed like the firms'.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketResults {
    /// Means over the closing window of the five series that follow, in their order.
    pub closing: [Estimate; 5],
    /// Needs fulfilled over needs, 0 to 1.
    pub coverage: Series,
    /// Needs recognized over needs, 0 to 1.
    pub recognized: Series,
    /// Sum of squared shares of all transactions (HHI), 0 to 1.
    pub concentration: Series,
    /// Consumer surplus of transactions per customer and period.
    pub consumer_surplus: Series,
    /// Producer surplus of transactions per customer and period.
    pub producer_surplus: Series,
}
