//! What a period's customers face: the draws, and the firms as they stand.

use flywheel::random::{Family, Key, NormalKeys, Purpose, Source};

use super::super::reference::experiences::{PRIOR_SD, PRODUCTS};
use super::super::reference::firms::{Firm, Standing};
use super::{FIRMS, K};

/// The draws of all periods.
pub struct Families {
    taste: Family,
    agency: Family,
    turnover: Family,
    need_arises: Family,
    alarm: Family,
    detection: Family,
    acceptance: Family,
    cancelling: Family,
    awareness: Family,
    outside: Family,
    choice: [Family; FIRMS],
    need: Family,
    view: Family,
    signal: Family,
}

impl Families {
    pub fn new(seed: u64) -> Self {
        let source = Source::new(seed, 0);
        let family = |purpose| source.family(purpose, &["customers"]);
        Self {
            taste: family(Purpose::Taste),
            agency: family(Purpose::Agency),
            turnover: family(Purpose::Turnover),
            need_arises: family(Purpose::NeedArises),
            alarm: family(Purpose::FalseAlarm),
            detection: family(Purpose::Detection),
            acceptance: family(Purpose::Acceptance),
            cancelling: family(Purpose::Cancelling),
            awareness: family(Purpose::Awareness),
            outside: family(Purpose::Choice),
            choice: ["a", "b", "c", "d"].map(|firm| source.family(Purpose::Choice, &[firm])),
            need: family(Purpose::Need),
            view: family(Purpose::View),
            signal: family(Purpose::Signal),
        }
    }

    /// Those of newcomers of a period.
    pub fn arrival(&self, period: u32) -> Arrival {
        Arrival {
            taste: self.taste.normal_keys(period, K),
            agency: [0, 1, 2].map(|n| self.agency.key(period, n)),
        }
    }
}

/// Draws of newcomers.
pub struct Arrival {
    pub taste: NormalKeys,
    pub agency: [Key; 3],
}

/// A firm in a period.
#[derive(Clone, Copy)]
pub struct FirmNow {
    pub reputation: f32,
    pub mean: [f32; K],
    /// 1/V.
    pub known: f32,
    /// 1/(tau^2 + iota^2).
    pub initial: f32,
    /// Products, each with half the square of its distance from the origin.
    pub products: [[f32; K + 1]; PRODUCTS],
}

/// The same for all customers in a period.
pub struct Now {
    pub firms: [FirmNow; FIRMS],
    pub arrival: Arrival,
    pub is_first: bool,
    pub turnover: Key,
    pub need_arises: Key,
    pub alarm: Key,
    pub leaving: Key,
    pub detection: Key,
    pub acceptance: Key,
    pub cancelling: Key,
    pub awareness: Key,
    pub outside: Key,
    pub choice: [Key; FIRMS],
    pub need: NormalKeys,
    pub view: NormalKeys,
    pub signal: NormalKeys,
}

impl Now {
    pub fn new(
        families: &Families,
        period: u32,
        firms: &[Firm<K>; FIRMS],
        standings: &[Standing<K>; FIRMS],
    ) -> Self {
        let key = |family: &Family| family.key(period, 0);
        let normal_keys = |family: &Family| family.normal_keys(period, K);
        let firm = |j: usize| {
            let standing = &standings[j];
            FirmNow {
                reputation: standing.reputation as f32,
                mean: standing.mean.map(|it| it as f32),
                known: (1.0 / standing.variance) as f32,
                initial: (1.0 / (1.0 + PRIOR_SD * PRIOR_SD)) as f32,
                products: firms[j].products.map(|[x, y]| {
                    let half = 0.5 * (x * x + y * y);
                    [x as f32, y as f32, half as f32]
                }),
            }
        };
        Self {
            firms: std::array::from_fn(firm),
            arrival: families.arrival(period),
            is_first: period == 0,
            turnover: key(&families.turnover),
            need_arises: key(&families.need_arises),
            alarm: key(&families.alarm),
            leaving: families.cancelling.key(period, 1),
            detection: key(&families.detection),
            acceptance: key(&families.acceptance),
            cancelling: key(&families.cancelling),
            awareness: key(&families.awareness),
            outside: key(&families.outside),
            choice: families.choice.each_ref().map(key),
            need: normal_keys(&families.need),
            view: normal_keys(&families.view),
            signal: normal_keys(&families.signal),
        }
    }
}
