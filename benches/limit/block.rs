//! Some consecutive customers, what is handed on between stages, and who comes, has a need, or suffers a false alarm.

use flywheel::math;
use flywheel::random::normals;

use super::super::reference::experiences::{
    AGENCY_COST, BELIEF_SPEED, EXPERIENCES, MISTAKE_COST, NEED_RATE, NOISE, PRICE, PRODUCTS,
    TURNOVER,
};
use super::super::reference::firms::{Firm, Standing};
use super::arrived::Arrived;
use super::draws::{Arrival, Families, Now};
use super::tile::{BATCH, LANES};
use super::{FIRMS, K};

/// The home of a customer without one, and the server of a need that nobody serves.
pub const NOBODY: u8 = FIRMS as u8;

/// Customers in a block.
const SIZE: usize = 4096;

/// Of a customer and a firm: belief, precision, sums. One line of the cache holds all four.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Row(pub [[f32; 2 + K]; FIRMS]);

impl Row {
    const NOTHING: Self = Self([[f32::NAN, 0.0, 0.0, 0.0]; FIRMS]);
}

pub struct Block {
    pub first: u32,
    pub taste: Vec<[f32; K]>,
    pub agency: Vec<f32>,
    pub home: Vec<u8>,
    pub rows: Vec<Row>,
}

/// What the transactions of a block's customers add to a firm.
#[derive(Clone, Copy)]
pub struct Tally {
    pub sold: f64,
    pub wtp: f64,
    pub cost: f64,
    pub observed: [f64; K],
    /// By product: number and sum of taste estimates.
    pub assigned: [[f32; K + 1]; PRODUCTS],
}

impl Tally {
    const NOTHING: Self = Self {
        sold: 0.0,
        wtp: 0.0,
        cost: 0.0,
        observed: [0.0; K],
        assigned: [[0.0; K + 1]; PRODUCTS],
    };

    pub fn add_to(&self, firm: &mut Firm<K>, standing: &mut Standing<K>) {
        standing.sold += self.sold;
        standing.wtp += self.wtp;
        standing.cost += self.cost;
        standing.observed.0 += self.sold;
        for d in 0..K {
            standing.observed.1[d] += self.observed[d];
        }
        for (total, &[count, x, y]) in firm.assigned.iter_mut().zip(&self.assigned) {
            total.0 += f64::from(count);
            total.1[0] += f64::from(x);
            total.1[1] += f64::from(y);
        }
    }
}

/// What stages hand on.
pub struct Work {
    /// Positions of customers with a need, and how many there are.
    pub needing: Vec<u16>,
    pub needs: usize,
    /// Positions of those who choose among firms, with marks, and how many there are.
    pub choosing: Vec<u16>,
    pub choosers: usize,
    /// Positions of those who may suffer a false alarm.
    pub bothered: Vec<u16>,
    /// By server: positions, with marks, and how many there are.
    pub groups: [Vec<u16>; FIRMS + 1],
    pub served: [usize; FIRMS + 1],
    pub arrived: Box<[Arrived; BATCH]>,
    pub tallies: [Tally; FIRMS],
}

impl Default for Work {
    fn default() -> Self {
        Self {
            needing: vec![0; SIZE + LANES],
            needs: 0,
            choosing: vec![0; SIZE + LANES],
            choosers: 0,
            bothered: Vec::with_capacity(SIZE),
            groups: std::array::from_fn(|_| vec![0; SIZE + LANES]),
            served: [0; FIRMS + 1],
            arrived: Box::new([Arrived::NOBODY; BATCH]),
            tallies: [Tally::NOTHING; FIRMS],
        }
    }
}

impl Work {
    #[inline(always)]
    pub fn clear(&mut self) {
        self.bothered.clear();
        self.served = [0; FIRMS + 1];
        self.tallies = [Tally::NOTHING; FIRMS];
    }
}

/// Fills the first `len` entries of a list up to whole tiles by repeating the last of them; these tiles.
#[inline(always)]
pub fn whole_tiles(list: &mut [u16], len: usize) -> &[[u16; LANES]] {
    let filled = len.next_multiple_of(LANES);
    if len > 0 {
        let last = list[len - 1];
        list[len..filled].fill(last);
    }
    list[..filled].as_chunks().0
}

/// By eight bits: the places of those that are set, in order.
const PLACES: [[u8; 8]; 256] = {
    let mut places = [[0; 8]; 256];
    let mut bits = 0;
    while bits < places.len() {
        let (mut place, mut listed) = (0, 0);
        while place < 8 {
            if bits >> place & 1 != 0 {
                places[bits][listed] = place as u8;
                listed += 1;
            }
            place += 1;
        }
        bits += 1;
    }
    places
};

/// Below this, the upper 24 bits of a word happen with a probability.
const fn limit(probability: f64) -> i32 {
    (probability * 16_777_216.0) as i32
}

/// Begins to fetch a row into the cache, as the engine does; without effect on any value.
#[inline(always)]
fn prefetch(row: &Row) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every x86-64 processor has the instruction, and it may be given any address
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(row).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = row;
}

impl Block {
    pub fn all(customers: usize, families: &Families) -> Vec<Self> {
        let arrival = families.arrival(0);
        let block = |first: usize| {
            let len = SIZE.min(customers - first);
            let mut block = Self {
                first: first as u32,
                taste: vec![[0.0; K]; len],
                agency: vec![0.0; len],
                home: vec![NOBODY; len],
                rows: vec![Row::NOTHING; len],
            };
            (0..len).for_each(|i| block.place_newcomer(i, &arrival));
            block
        };
        (0..customers).step_by(SIZE).map(block).collect()
    }

    #[inline(always)]
    fn place_newcomer(&mut self, i: usize, keys: &Arrival) {
        let who = self.first + i as u32;
        self.taste[i] = normals(&keys.taste, who);
        // the second of three uniforms is Beta(2, 2)
        let [a, b, c] = keys.agency.map(|key| key.uniform(who));
        self.agency[i] = a.min(b).max(a.max(b).min(c));
        self.home[i] = NOBODY;
        self.rows[i] = Row::NOTHING;
    }

    /// Newcomers, from one who leaves to the next.
    #[inline(always)]
    pub fn turn_over(&mut self, now: &Now) {
        if now.is_first {
            return;
        }
        // -1/ln(1 - TURNOVER)
        let scale = (1.0 / (TURNOVER + TURNOVER * TURNOVER / 2.0 + TURNOVER.powi(3) / 3.0)) as f32;
        let (mut i, mut draw) = (0, self.first);
        loop {
            i += (now.turnover.exponential(draw) * scale) as usize;
            if i >= self.home.len() {
                return;
            }
            self.place_newcomer(i, &now.arrival);
            i += 1;
            draw += 1;
        }
    }

    /// One word says who has a need, and who of the others may suffer a false alarm.
    #[inline(always)]
    pub fn list_needs(&mut self, now: &Now, work: &mut Work) {
        const ALARM: f64 = EXPERIENCES[2].false_alarm;
        const ONE_EACH: u64 = u64::from_le_bytes([1; 8]);
        const TO_BITS: u64 = 0x0102_0408_1020_4080;
        let (need, bother) = (
            limit(NEED_RATE),
            limit(NEED_RATE + (1.0 - NEED_RATE) * ALARM),
        );
        let len = self.home.len();
        let mut needs = 0;
        for start in (0..len).step_by(LANES) {
            let mut marks = [0_u8; LANES];
            for l in 0..LANES {
                let word = (now.need_arises.word(self.first + (start + l) as u32) >> 8) as i32;
                marks[l] = u8::from(word < need) | u8::from(word < bother) << 1;
            }
            for l in len.saturating_sub(start)..LANES {
                marks[l] = 0;
            }
            for (eight, marks) in marks.as_chunks().0.iter().enumerate() {
                let position = (start + 8 * eight) as u16;
                let marks = u64::from_le_bytes(*marks);
                let found = marks & ONE_EACH;
                let places = &PLACES[(found.wrapping_mul(TO_BITS) >> 56) as usize];
                for (entry, &place) in work.needing[needs..needs + 8].iter_mut().zip(places) {
                    *entry = position + u16::from(place);
                }
                needs += found.count_ones() as usize;
                let mut bothered = marks >> 1 & !marks & ONE_EACH;
                while bothered != 0 {
                    let place = bothered.trailing_zeros() / 8;
                    work.bothered.push(position + place as u16);
                    bothered &= bothered - 1;
                }
            }
        }
        work.needs = needs;
        for &i in &work.needing[..needs] {
            prefetch(&self.rows[usize::from(i)]);
        }
    }

    /// Home firms act without a need, where they know too little.
    #[inline(always)]
    pub fn suffer_false_alarms(&mut self, now: &Now, work: &Work) {
        for &i in &work.bothered {
            let (i, who) = (usize::from(i), self.first + u32::from(i));
            let home = usize::from(self.home[i]);
            if home != 2 && home != 3 {
                continue;
            }
            let firm = &now.firms[home];
            let [belief, precision, ..] = &mut self.rows[i].0[home];
            let unknown = firm.initial / (*precision + firm.known);
            if now.alarm.uniform(who) >= unknown {
                continue;
            }
            let control = EXPERIENCES[home].control as f32;
            let wtp = -control * (AGENCY_COST as f32 * self.agency[i] + MISTAKE_COST as f32);
            *belief += BELIEF_SPEED as f32 * (wtp - *belief);
            let likes = math::logistic((*belief - PRICE as f32) * (1.0 / NOISE) as f32);
            if now.leaving.uniform(who) >= likes {
                self.home[i] = NOBODY;
            }
        }
    }
}
