//! Steps a to e for a block: who leaves, who has a need, and what home firms do about it.

use super::super::conditions::Conditions;
use super::super::customers::{Block, NO_FIRM};
use super::super::level::{InstructionSet, at_every_level};
use super::super::offer::Offer;
use super::super::replay::{Replay, aware};
use super::at_home::detect;
use super::tile::{LANES, Tile, fill_up, make_room, tile, tiles, uniforms};
use super::word;
use super::work::{Candidate, Work};
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
    fn new(key: Key, probability: f32) -> Self {
        const STEPS: f64 = 16_777_216.0;
        let limit = (f64::from(probability) * STEPS).clamp(0.0, STEPS);
        Self {
            key,
            limit: limit.ceil() as i32,
        }
    }

    /// Whether it happens to `who`.
    #[inline(always)]
    fn happens(self, who: u32) -> bool {
        ((self.key.word(who) >> 8) as i32) < self.limit
    }
}

/// Marks of a customer at the start of a period, as bits.
const LEAVES: u8 = 1;
const NEEDS: u8 = 2;
/// Has no need, but a firm may act.
const BOTHERED: u8 = 4;

at_every_level! {
    /// Marks the customers from number `first` on, tile by tile.
    fn mark(first: u32, leaves: Event, needs: Event, bothered: Event, marks: &mut [Tile<u8>]) {
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
const EIGHT: usize = size_of::<u64>();

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
    /// Lists the positions that have one of these marks, in order, and returns how many there are; the list has room
    /// for all and eight more.
    fn list_marked(marks: &[Tile<u8>], wanted: u8, list: &mut [u32]) -> usize {
        const ONE_EACH: u64 = u64::from_le_bytes([1; EIGHT]);
        let wanted = u64::from(wanted) * ONE_EACH;
        let mut listed = 0;
        for (position, &eight) in (0..).step_by(EIGHT).zip(marks.as_flattened().as_chunks().0) {
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

/// As above, into a list that grows where it must and is not cleared before.
fn list(set: InstructionSet, marks: &[Tile<u8>], wanted: u8, list: &mut Vec<u32>) -> usize {
    make_room(list, marks.len() * LANES + EIGHT, 0);
    list_marked(set, marks, wanted, list)
}

at_every_level! {
    /// For the customers of `needing`: whether they would notice the need, and its kind, where there are several.
    fn notice<const K: usize>(
        first: u32,
        now: &Conditions<K>,
        needing: &[Tile<u32>],
        kinds: &mut [Tile<u8>],
        courses: &mut [Tile<u8>],
    ) {
        let noticed = Event::new(now.keys.awareness, now.population.awareness);
        for (list, courses) in needing.iter().zip(courses) {
            let mut own = [0; LANES];
            for l in 0..LANES {
                own[l] = if noticed.happens(first + list[l]) { aware::UNAIDED } else { 0 };
            }
            *courses = own;
        }
        let (key, bounds) = (now.keys.need_kind, now.population.before_last_kind());
        for (list, kinds) in needing.iter().zip(kinds) {
            let who = tile(|l| first + list[l]);
            let drawn = uniforms(key, &who);
            let mut own = [0; LANES];
            for kind in bounds {
                let up_to = kind.up_to;
                for l in 0..LANES {
                    own[l] += u8::from(drawn[l] >= up_to);
                }
            }
            *kinds = own;
        }
    }
}

impl<const K: usize> Block<K> {
    /// Steps a, b and d: turnover, drift and false alarms (or those of another world); lists those who have a need.
    #[inline(never)]
    pub(super) fn list_needs(
        &mut self,
        now: &Conditions<K>,
        replay: Option<&Replay>,
        work: &mut Work<K>,
    ) {
        let likeliest = now.firms.iter().map(|firm| firm.false_alarm);
        let likeliest = likeliest.fold(0.0, f32::max);
        let turnover = if now.period > 0 {
            now.population.turnover
        } else {
            0.0
        };
        work.marks.resize(tiles(self.len()), [0; LANES]);
        mark(
            now.set,
            self.first,
            Event::new(now.keys.turnover, turnover),
            Event::new(now.keys.need_arises, now.population.need_rate),
            Event::new(now.keys.false_alarm, likeliest),
            &mut work.marks,
        );
        // nobody lives in the last tile's places beyond the block
        work.marks.as_flattened_mut()[self.len()..].fill(0);
        let marks = work.marks.as_flattened();
        work.needs = list(now.set, &work.marks, NEEDS, &mut work.needing);
        fill_up(&mut work.needing, work.needs);
        self.tally.needs += work.needs as u64;
        self.relations.prefetch(&work.needing[..work.needs]);
        let eventful = list(now.set, &work.marks, LEAVES | BOTHERED, &mut work.eventful);
        let eventful = &work.eventful[..eventful];
        let leaves = |&&i: &&u32| marks[i as usize] & LEAVES != 0;
        work.newcomers.clear();
        work.newcomers.extend(eventful.iter().filter(leaves));
        self.turn_over_together(&mut work.newcomers, now);
        self.wander(now);
        if let Some(replay) = replay {
            self.suffer_again(&replay.alarms, now);
        } else {
            for &i in eventful {
                if marks[i as usize] & BOTHERED != 0 {
                    self.feel_no_need(i as usize, now);
                }
            }
        }
    }

    /// Steps c and e, and the awareness of step f: how needs become known, or did in another world.
    #[inline(never)]
    pub(super) fn detect(
        &mut self,
        now: &Conditions<K>,
        replay: Option<&Replay>,
        work: &mut Work<K>,
    ) {
        let tiles = tiles(work.needs);
        let several = now.population.kinds.len() > 1;
        make_room(&mut work.courses, tiles, [0; LANES]);
        work.kinds
            .resize(if several { tiles } else { 0 }, [0; LANES]);
        let needing = &work.needing.as_chunks().0[..tiles];
        notice(
            now.set,
            self.first,
            now,
            needing,
            &mut work.kinds,
            &mut work.courses,
        );
        if let Some(replay) = replay {
            let courses = &mut work.courses.as_flattened_mut()[..work.needs];
            courses.copy_from_slice(&replay.courses);
            return;
        }
        let candidates = self.list_candidates(now, work);
        let candidates = &work.candidates[..candidates];
        let courses = work.courses.as_flattened_mut();
        detect(now.set, self, now, candidates.as_chunks().0, courses);
        let graduated = |offer: &Offer| matches!(offer, Offer::Graduated { .. });
        if (now.firms.iter()).any(|firm| firm.offers.iter().any(graduated)) {
            // some may not be given the experience that detects most
            let kinds = work.kinds.as_flattened();
            for &Candidate {
                need,
                position,
                home,
                ..
            } in candidates
            {
                let (n, i) = (need as usize, position as usize);
                let kind = kinds.get(n).map_or(0, |&kind| usize::from(kind));
                if courses[n] & aware::DETECTED != 0 && !self.detects(i, home, kind, now) {
                    courses[n] &= !aware::DETECTED;
                }
            }
        }
    }

    /// Lists the needs whose home firm may detect them, filled up to whole tiles; returns the length of the list.
    fn list_candidates(&self, now: &Conditions<K>, work: &mut Work<K>) -> usize {
        let experiences = &now.parameters.experiences;
        let highest = |offer: &Offer| offer.highest(experiences, |it| it.support[0]);
        work.support.clear();
        for firm in &now.firms {
            work.support.extend(firm.offers.iter().map(highest));
        }
        let kinds = now.population.kinds.len();
        if work.support.iter().all(|&support| support == 0.0) {
            return 0;
        }
        // of those who have no home
        work.support.resize(work.support.len() + kinds, 0.0);
        make_room(
            &mut work.candidates,
            tiles(work.needs) * LANES,
            Candidate::default(),
        );
        let (home, support, kind_of) =
            (&self.home[..], &work.support[..], work.kinds.as_flattened());
        let candidates = &mut work.candidates[..];
        let firms = now.firms.len();
        let mut listed = 0;
        for (need, &position) in (0..).zip(&work.needing[..work.needs]) {
            let home = home[position as usize];
            let mut cell = usize::from(home).min(firms);
            if kinds > 1 {
                cell = cell * kinds + usize::from(kind_of[need as usize]);
            }
            let support = support[cell];
            candidates[listed] = Candidate {
                need,
                position,
                home,
                support,
            };
            listed += usize::from(support > 0.0);
        }
        fill_up(&mut work.candidates, listed)
    }

    /// Says of each need all in one word and whether the home firm serves it, and lists who chooses and who declines.
    #[inline(never)]
    pub(super) fn sort_out(&mut self, set: InstructionSet, work: &mut Work<K>) {
        let (needs, tiles) = (work.needs, tiles(work.needs));
        make_room(&mut work.words, tiles * LANES, 0);
        make_room(&mut work.fates, tiles, [0; LANES]);
        make_room(&mut work.choosing, tiles * LANES, 0);
        make_room(&mut work.server, needs, NO_FIRM);
        let (words, fates) = (&mut work.words[..], &mut work.fates[..tiles]);
        let needing = work.needing.as_chunks().0;
        say(set, needing, &work.courses, words.as_chunks_mut().0, fates);
        // nobody has a need in the last tile's places beyond
        fates.as_flattened_mut()[needs..].fill(0);
        work.choosers = list(set, fates, CHOOSES, &mut work.choosing_at);
        work.declined = list(set, fates, DECLINES, &mut work.declining);
        let choosing = work
            .choosing
            .iter_mut()
            .zip(&work.choosing_at[..work.choosers]);
        choosing.for_each(|(word, &n)| *word = words[n as usize]);
        let accepted = serve_at_home(&words[..needs], &self.home, &mut work.server);
        self.tally.recognized += (accepted + work.choosers) as u64;
        let kinds = work.kinds.as_flattened();
        for &n in &work.declining[..work.declined] {
            let (n, word) = (n as usize, words[n as usize]);
            let kind = kinds.get(n).map_or(0, |&kind| usize::from(kind));
            let home = self.home[word::position(word)];
            let tally = self.tally.of_kind_mut(home as usize, kind);
            tally.declined += 1;
            tally.cancelled += u64::from(aware::cancels(word::course(word)));
        }
    }
}

/// What follows from the course of a need, as bits.
const CHOOSES: u8 = 1;
const DECLINES: u8 = 2;

at_every_level! {
    /// Says all of needs in a word each, and what follows from their courses.
    fn say(
        needing: &[Tile<u32>],
        courses: &[Tile<u8>],
        words: &mut [Tile<u32>],
        fates: &mut [Tile<u8>],
    ) {
        let needs = needing.iter().zip(courses);
        for ((list, courses), (words, fates)) in needs.zip(words.iter_mut().zip(fates)) {
            let (mut said, mut fate) = ([0; LANES], [0; LANES]);
            for l in 0..LANES {
                said[l] = word::of(list[l], courses[l]);
            }
            for l in 0..LANES {
                let chooses = if aware::chooses(courses[l]) { CHOOSES } else { 0 };
                fate[l] = chooses | if aware::declined(courses[l]) { DECLINES } else { 0 };
            }
            (*words, *fates) = (said, fate);
        }
    }
}

/// The home firm as the server of each need that it serves, and nobody as that of others; returns how many it serves.
#[inline(never)]
fn serve_at_home(words: &[u32], home: &[u16], server: &mut [u16]) -> usize {
    let mut served = 0;
    for (&word, server) in words.iter().zip(server) {
        let at_home = u16::from(word::is_served_at_home(word));
        served += usize::from(at_home);
        // without a branch, which nobody could foretell: all bits set is no firm
        *server = home[word::position(word)] | at_home.wrapping_sub(1);
    }
    served
}
