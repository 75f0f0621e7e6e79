//! The tables of one replicate (section 7).

use crate::table::{
    Batch, Definition, FIRMS, INTERACTIONS, KINDS, LEARNING, MAP, MARKET, PERIODS, STATISTICS,
    WORLDS,
};

/// The tables of one replicate.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// One row per period, firm and population.
    pub periods: Batch,
    /// One row per period and firm.
    pub firms: Batch,
    /// One row per period and population.
    pub market: Batch,
    /// One row per period, firm, population and kind of need, where a population has kinds.
    pub kinds: Batch,
    /// One row per firm and number of the transaction, if the scenario asks for the table.
    pub learning: Batch,
    /// The map of tastes at some moments of the first replicate, if the scenario asks for the table.
    pub map: Batch,
    /// One row per transaction and false alarm, if the scenario asks for the table.
    pub interactions: Batch,
    /// What single interactions come to, if the plan asks for it ([`Plan::with_statistics`](super::Plan::with_statistics)). No file of a run is
    /// made of it.
    pub statistics: Batch,
    /// One row per period and world from the head start on, if the plan has worlds
    /// ([`Plan::with_worlds`](super::Plan::with_worlds)). No file of its own is made of it.
    pub worlds: Batch,
}

impl Records {
    /// What the tables are, in their fixed order.
    pub const TABLES: [&'static Definition; 9] = [
        &PERIODS,
        &FIRMS,
        &MARKET,
        &KINDS,
        &LEARNING,
        &MAP,
        &INTERACTIONS,
        &STATISTICS,
        &WORLDS,
    ];

    /// The tables, in the order of [`Records::TABLES`].
    #[must_use]
    pub fn batches(&self) -> [&Batch; 9] {
        [
            &self.periods,
            &self.firms,
            &self.market,
            &self.kinds,
            &self.learning,
            &self.map,
            &self.interactions,
            &self.statistics,
            &self.worlds,
        ]
    }

    /// Records from a source of tables, which is asked for them in the order of [`Records::batches`].
    pub fn from_batches(
        mut source: impl FnMut(&'static Definition) -> Option<Batch>,
    ) -> Option<Self> {
        Some(Self {
            periods: source(&PERIODS)?,
            firms: source(&FIRMS)?,
            market: source(&MARKET)?,
            kinds: source(&KINDS)?,
            learning: source(&LEARNING)?,
            map: source(&MAP)?,
            interactions: source(&INTERACTIONS)?,
            statistics: source(&STATISTICS)?,
            worlds: source(&WORLDS)?,
        })
    }
}
