//! The state of customers: who they are, where they are at home, what they and the firms know of each other.

use super::cohort::Cohort;
use super::curve::Curves;
use super::draws::{ArrivalFamilies, ArrivalKeys, Keys};
use super::log::{Cause, Interaction, Log};
use super::memory::{CACHE_LINE, prefetch};
use super::parameters::{Parameters, Population};
use super::replay::Replay;
use super::tally::Tally;
use crate::random::{beta, normals};

/// Customers per block: large enough to spread a block's costs, small enough to stay in the cache.
///
/// Sums are taken block by block in order, so the size is part of the results' last digits.
pub(super) const BLOCK: u32 = 4096;

/// The home of a customer without one.
pub(super) const NO_FIRM: u16 = u16::MAX;

/// Some consecutive customers of one population, as a structure of arrays.
#[derive(Debug, Clone)]
pub(super) struct Block<const K: usize> {
    /// The population's position.
    pub population: usize,
    /// Number, within the population, of the first customer.
    pub first: u32,
    /// Taste `theta`.
    pub taste: Vec<[f32; K]>,
    /// Agency preference `alpha`.
    pub agency: Vec<f32>,
    /// Period of arrival.
    pub arrival: Vec<u32>,
    /// Home firm, or [`NO_FIRM`].
    pub home: Vec<u16>,
    /// Whether firms may keep data about the customer.
    pub shares_data: Vec<bool>,
    /// Whether the customer takes the history along to another firm.
    pub carries_data: Vec<bool>,
    /// What customers and firms know of each other.
    pub relations: Relations<K>,
    /// What the block's customers did in the current period.
    pub tally: Tally<K>,
    /// What their first, second, … transactions with each firm were like.
    pub curves: Curves,
    /// What they did in the current period, one by one, where somebody asks for it.
    pub log: Log,
    /// Those who were at home with a firm that is watched.
    pub cohort: Cohort,
    /// What happened in the current period, if another world is to have it happen again.
    pub replay: Option<Replay>,
}

/// Beliefs and histories, one row per customer: all beliefs, all precisions, all sums.
///
/// A row of four firms with K = 2 is 64 bytes: one line of the cache.
#[derive(Debug)]
pub(super) struct Relations<const K: usize> {
    firms: usize,
    /// The rows, from `start` on.
    rows: Vec<f32>,
    /// Where the first line of the cache begins, so that a row does not lie in more lines than it must.
    start: usize,
}

/// The most numbers before the first row.
const BEFORE: usize = CACHE_LINE / size_of::<f32>() - 1;

/// Numbers beyond those of the rows: those before the first, and so many after the last that the kernel may read four at once
/// from wherever a row begins.
const SPARE: usize = BEFORE + 3;

/// One customer's row of [`Relations`].
pub(super) struct Row<'a, const K: usize> {
    /// Belief `q` about each firm's WTP; NaN where there was no transaction yet.
    pub beliefs: &'a mut [f32],
    /// Precision `P` of each firm's history.
    pub precisions: &'a mut [f32],
    /// Weighted sum `S` of each firm's history.
    pub sums: &'a mut [[f32; K]],
}

impl<const K: usize> Relations<K> {
    /// Customers and firms who do not know each other.
    fn new(customers: usize, firms: usize) -> Self {
        let mut stranger = vec![f32::NAN; firms];
        stranger.resize(firms * (2 + K), 0.0);
        Self::of(firms, customers * stranger.len(), |rows| {
            (0..customers).for_each(|_| rows.extend_from_slice(&stranger));
        })
    }

    /// Rows of so many numbers together, each of which is written once.
    fn of(firms: usize, numbers: usize, write: impl FnOnce(&mut Vec<f32>)) -> Self {
        let mut rows: Vec<f32> = Vec::with_capacity(numbers + SPARE);
        let start = rows.as_ptr().align_offset(CACHE_LINE).min(BEFORE);
        rows.resize(start, 0.0);
        write(&mut rows);
        rows.resize(numbers + SPARE, 0.0);
        Self { firms, rows, start }
    }

    /// All rows one after the other, and the length of a row.
    #[inline(always)]
    pub fn flat(&self) -> (&[f32], usize) {
        (&self.rows[self.start..], self.firms * (2 + K))
    }

    /// As [`Relations::flat`], to write.
    #[inline(always)]
    pub fn flat_mut(&mut self) -> (&mut [f32], usize) {
        (&mut self.rows[self.start..], self.firms * (2 + K))
    }

    /// Begins to fetch the row of a customer into the cache.
    #[inline(always)]
    pub fn prefetch(&self, customer: usize) {
        let (rows, width) = self.flat();
        prefetch_row(rows, width, customer);
    }

    /// The row of a customer.
    #[inline(always)]
    pub fn row(&mut self, customer: usize) -> Row<'_, K> {
        let firms = self.firms;
        let (rows, width) = self.flat_mut();
        let row = &mut rows[customer * width..(customer + 1) * width];
        let (beliefs, row) = row.split_at_mut(firms);
        let (precisions, sums) = row.split_at_mut(firms);
        Row {
            beliefs,
            precisions,
            sums: sums.as_chunks_mut().0,
        }
    }

    /// A firm's history of a customer: precision `P` and weighted sum `S`.
    pub fn history(&self, customer: usize, firm: usize) -> (f32, [f32; K]) {
        let (rows, width) = self.flat();
        let row = &rows[customer * width..(customer + 1) * width];
        let sums = row[2 * self.firms..].as_chunks().0;
        (row[self.firms + firm], sums[firm])
    }

    /// Makes a customer unknown to all firms, and all firms to the customer.
    fn forget(&mut self, customer: usize) {
        let row = self.row(customer);
        row.beliefs.fill(f32::NAN);
        row.precisions.fill(0.0);
        row.sums.fill([0.0; K]);
    }

    /// Deletes what the firms know of a customer.
    fn delete_history(&mut self, customer: usize) {
        let row = self.row(customer);
        row.precisions.fill(0.0);
        row.sums.fill([0.0; K]);
    }
}

/// Begins to fetch one of [`Relations::flat`].
#[inline(always)]
pub(super) fn prefetch_row(rows: &[f32], width: usize, customer: usize) {
    const NUMBERS: usize = CACHE_LINE / size_of::<f32>();
    let start = customer * width;
    prefetch(rows, start);
    for line in 1..width.div_ceil(NUMBERS) {
        prefetch(rows, start + line * NUMBERS);
    }
}

impl<const K: usize> Clone for Relations<K> {
    /// The same rows, in their own lines of the cache.
    fn clone(&self) -> Self {
        let numbers = self.rows.len() - SPARE;
        let own = &self.rows[self.start..][..numbers];
        Self::of(self.firms, numbers, |rows| rows.extend_from_slice(own))
    }
}

impl<const K: usize> Block<K> {
    /// `len` customers of a population from number `first` on, as they are at the start.
    pub fn new(population: usize, first: u32, len: u32, firms: usize, tally: Tally<K>) -> Self {
        let len = len as usize;
        Self {
            population,
            first,
            taste: vec![[0.0; K]; len],
            agency: vec![0.0; len],
            arrival: vec![0; len],
            home: vec![NO_FIRM; len],
            shares_data: vec![false; len],
            carries_data: vec![false; len],
            relations: Relations::new(len, firms),
            tally,
            curves: Curves::default(),
            log: Log::default(),
            cohort: Cohort::default(),
            replay: None,
        }
    }

    /// Starts a new period: nothing has happened yet.
    pub fn begin_period(&mut self) {
        self.tally.clear();
        self.log.clear();
        if let Some(replay) = &mut self.replay {
            replay.clear();
        }
    }

    /// Number of customers.
    pub fn len(&self) -> usize {
        self.taste.len()
    }

    /// A customer's number in the population, by which draws know the customer.
    #[inline(always)]
    pub fn number(&self, i: usize) -> u32 {
        self.first + i as u32
    }

    /// An interaction of customer i with a firm, of which nothing is said of value.
    pub fn interaction(
        &self,
        i: usize,
        firm: u16,
        experience: usize,
        cause: Cause,
        knowledge: f32,
    ) -> Interaction {
        Interaction {
            customer: self.number(i),
            arrived: self.arrival[i],
            firm,
            experience: experience as u16,
            cause,
            first: false,
            price: f32::NAN,
            fit: f32::NAN,
            wtp: f32::NAN,
            knowledge,
        }
    }

    /// Places a newcomer in customer i's stead (section 2); the caller clears relations and home.
    pub fn draw_newcomer(
        &mut self,
        i: usize,
        period: u32,
        keys: &ArrivalKeys,
        population: &Population<K>,
        data_portability: f32,
    ) {
        let who = self.number(i);
        let z = normals::<K>(&keys.taste, who);
        self.taste[i] =
            std::array::from_fn(|d| population.taste_mean[d] + population.taste_spread * z[d]);
        let [a, b] = population.agency_shapes;
        self.agency[i] = beta(keys.agency, who, a, b) as f32;
        self.arrival[i] = period;
        self.shares_data[i] = keys.data_sharing.uniform(who) < population.data_sharing;
        self.carries_data[i] = keys.data_portability.uniform(who) < data_portability;
    }

    /// Turnover (section 3, step 4a): customer i leaves and a newcomer takes the place.
    pub fn replace(
        &mut self,
        i: usize,
        period: u32,
        keys: &Keys,
        population: &Population<K>,
        data_portability: f32,
    ) {
        self.move_home(i, NO_FIRM);
        self.forget(i);
        self.draw_newcomer(i, period, &keys.arrival, population, data_portability);
    }

    /// Forgets all that is known of customer i and that the customer knows.
    pub fn forget(&mut self, i: usize) {
        self.relations.forget(i);
        self.curves.forget(i);
        self.cohort.forget(i);
    }

    /// Gives customer i another home, or none, and counts it.
    #[inline(always)]
    pub fn move_home(&mut self, i: usize, home: u16) {
        let before = self.home[i];
        if before != home {
            if before != NO_FIRM {
                self.tally.change_home(before as usize, -1);
            }
            if home != NO_FIRM {
                self.tally.change_home(home as usize, 1);
            }
            self.home[i] = home;
        }
    }

    /// Takes the home from all customers of a firm that has left.
    pub fn lose_home(&mut self, firm: u16) {
        for home in &mut self.home {
            if *home == firm {
                *home = NO_FIRM;
            }
        }
    }

    /// What an intervention does to the living (section 1): tastes move with their distribution, consent is
    /// asked again, and those who withdraw it lose their history at every firm.
    pub fn intervene(
        &mut self,
        families: &ArrivalFamilies,
        before: &Parameters<K>,
        after: &Parameters<K>,
    ) {
        let (old, new) = (
            &before.populations[self.population],
            &after.populations[self.population],
        );
        if old.taste_mean != new.taste_mean || old.taste_spread != new.taste_spread {
            let scale = new.taste_spread / old.taste_spread;
            for taste in &mut self.taste {
                *taste = std::array::from_fn(|d| {
                    new.taste_mean[d] + scale * (taste[d] - old.taste_mean[d])
                });
            }
        }
        let consent = old.data_sharing != new.data_sharing;
        let portability = before.data_portability != after.data_portability;
        if !consent && !portability {
            return;
        }
        for i in 0..self.len() {
            let keys = families.keys(self.arrival[i], after.dimensions);
            let who = self.number(i);
            let shared = self.shares_data[i];
            self.shares_data[i] = keys.data_sharing.uniform(who) < new.data_sharing;
            self.carries_data[i] = keys.data_portability.uniform(who) < after.data_portability;
            if shared && !self.shares_data[i] {
                self.relations.delete_history(i);
            }
        }
    }
}
