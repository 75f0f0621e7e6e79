//! What happens to customers at the start of a period, as marks, and lists of those who are marked.

use super::super::level::{InstructionSet, at_every_level};
use super::tile::{LANES, Tile, make_room};
use crate::random::Key;

/// An event that a draw decides on.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    key: Key,
    /// It happens where the upper 24 bits of the word lie below this.
    limit: i32,
}

impl Event {
    /// What happens where the uniform lies below a probability: a uniform is a multiple of 2^-24, which is what
    /// multiplying by 2^24 and rounding up leave as it is.
    pub fn new(key: Key, probability: f32) -> Self {
        const STEPS: f64 = 16_777_216.0;
        let limit = (f64::from(probability) * STEPS).clamp(0.0, STEPS);
        Self {
            key,
            limit: limit.ceil() as i32,
        }
    }

    /// Whether it happens to `who`.
    #[inline(always)]
    pub fn happens(self, who: u32) -> bool {
        ((self.key.word(who) >> 8) as i32) < self.limit
    }
}

/// Marks of a customer at the start of a period, as bits.
pub const LEAVES: u8 = 1;
pub const NEEDS: u8 = 2;
/// Has no need, but a firm may act.
pub const BOTHERED: u8 = 4;

at_every_level! {
    /// Marks the customers from number `first` on, tile by tile.
    pub fn mark(first: u32, leaves: Event, needs: Event, bothered: Event, marks: &mut [Tile<u8>]) {
        for (t, marks) in (0..).zip(marks) {
            let start = first + t * LANES as u32;
            let mut own = [0; LANES];
            for l in 0..LANES {
                let who = start + l as u32;
                let in_need = needs.happens(who);
                let mark = if in_need { NEEDS } else { 0 };
                let mark = mark | if leaves.happens(who) { LEAVES } else { 0 };
                own[l] = mark | if !in_need & bothered.happens(who) { BOTHERED } else { 0 };
            }
            *marks = own;
        }
    }
}

/// Customers whose marks are looked at together: as many as a word has bytes.
pub const EIGHT: usize = size_of::<u64>();

/// By eight bits, one for each of eight customers: the places of those that are set, in order.
const PLACES: [[u8; EIGHT]; 256] = {
    let mut places = [[0; EIGHT]; 256];
    let mut bits = 0;
    while bits < places.len() {
        let (mut place, mut listed) = (0, 0);
        while place < EIGHT {
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

at_every_level! {
    /// Lists the positions, the first of which is given, that have one of these marks, in order, and returns how many
    /// there are; the list has room for all and eight more.
    pub fn list_marked(first: u32, marks: &[Tile<u8>], wanted: u8, list: &mut [u32]) -> usize {
        const ONE_EACH: u64 = u64::from_le_bytes([1; EIGHT]);
        let wanted = u64::from(wanted) * ONE_EACH;
        let mut listed = 0;
        let eights = marks.as_flattened().as_chunks().0;
        for (position, &eight) in (first..).step_by(EIGHT).zip(eights) {
            let found = u64::from_le_bytes(eight) & wanted;
            // one bit for each byte that has any of the three marks, and these side by side
            let found = (found | found >> 1 | found >> 2) & ONE_EACH;
            let places = &PLACES[(found.wrapping_mul(0x0102_0408_1020_4080) >> 56) as usize];
            let room = &mut list[listed..listed + EIGHT];
            for (entry, &place) in room.iter_mut().zip(places) {
                *entry = position + u32::from(place);
            }
            listed += (found.wrapping_mul(ONE_EACH) >> 56) as usize;
        }
        listed
    }
}

/// As [`list_marked`] from the first position on, into a list that grows where it must and is not cleared before.
pub fn list(set: InstructionSet, marks: &[Tile<u8>], wanted: u8, list: &mut Vec<u32>) -> usize {
    make_room(list, marks.len() * LANES + EIGHT, 0);
    list_marked(set, 0, marks, wanted, list)
}
