//! Steps a to e for a block: who leaves, who has a need, and what home firms do about it.

use std::ops::Range;

use super::super::conditions::Conditions;
use super::super::customers::{Block, NO_FIRM};
use super::super::level::{InstructionSet, at_every_level};
use super::super::memory::prefetch_all;
use super::super::offer::Offer;
use super::super::replay::{Replay, aware};
use super::at_home::detect;
use super::marks::{BOTHERED, EIGHT, Event, LEAVES, NEEDS, list, list_marked, mark};
use super::tile::{LANES, Tile, fill_up, make_room, tile, tiles, uniforms};
use super::word;
use super::work::Work;

/// Tiles of customers whose needs are listed together: few, so that the rows of some are fetched while needs of others are
/// drawn, and not all at once.
const AT_ONCE: usize = 32;

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
            // as floating-point numbers, or the loop over kinds would be vectorised; from 2^23 on their last bits count
            let mut own = [8_388_608.0_f32; LANES];
            for kind in bounds {
                let up_to = kind.up_to;
                for l in 0..LANES {
                    own[l] += if drawn[l] >= up_to { 1.0 } else { 0.0 };
                }
            }
            for l in 0..LANES {
                kinds[l] = own[l].to_bits() as u8;
            }
        }
    }
}

impl<const K: usize> Work<K> {
    /// Makes room for the needs of so many tiles of customers, of whom nothing is listed yet.
    fn make_room_for_needs(&mut self, tiles: usize, several_kinds: bool) {
        let kinds = if several_kinds { tiles } else { 0 };
        self.kinds.resize(kinds, [0; LANES]);
        self.marks.resize(tiles, [0; LANES]);
        make_room(&mut self.courses, tiles, [0; LANES]);
        make_room(&mut self.homes, tiles, [NO_FIRM; LANES]);
        for list in [&mut self.eventful, &mut self.needing, &mut self.candidates] {
            make_room(list, tiles * LANES + EIGHT, 0);
        }
        self.newcomers.clear();
        self.detectable = 0;
    }

    /// Asks which firms may detect needs, or act without one.
    fn ask_who_acts(&mut self, now: &Conditions<K>) {
        let experiences = &now.parameters.experiences;
        let highest = |offer: &Offer| offer.highest(experiences, |it| it.support[0]);
        self.support.clear();
        self.detects.clear();
        self.alarms.clear();
        for firm in &now.firms {
            let before = self.support.len();
            self.support.extend(firm.offers.iter().map(highest));
            let detects = self.support[before..].iter().any(|&it| it > 0.0);
            self.detects.push(u8::from(detects));
            self.alarms.push(u8::from(firm.false_alarm > 0.0));
        }
        // those who have no home
        self.detects.push(0);
        self.alarms.push(0);
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
        work.ask_who_acts(now);
        let eventful = self.mark_and_list(now, work);
        self.tally.needs += work.needs as u64;
        self.turn_over_together(&mut work.newcomers, now);
        self.wander(now);
        if let Some(replay) = replay {
            self.suffer_again(&replay.alarms, now);
        } else {
            let marks = work.marks.as_flattened();
            for &i in &work.eventful[..eventful] {
                if marks[i as usize] & BOTHERED != 0 {
                    self.feel_no_need(i as usize, now);
                }
            }
        }
    }

    /// Marks all customers, and lists who leaves, who has a need, and, so many as are returned, to whom anything else may
    /// happen; some tiles at a time.
    fn mark_and_list(&mut self, now: &Conditions<K>, work: &mut Work<K>) -> usize {
        let likeliest = now.firms.iter().map(|firm| firm.false_alarm);
        let likeliest = likeliest.fold(0.0, f32::max);
        let turnover = if now.period > 0 {
            now.population.turnover
        } else {
            0.0
        };
        let leaves = Event::new(now.keys.turnover, turnover);
        let needs = Event::new(now.keys.need_arises, now.population.need_rate);
        let bothered = Event::new(now.keys.false_alarm, likeliest);
        let tiles = tiles(self.len());
        work.make_room_for_needs(tiles, now.population.kinds.len() > 1);
        let (mut listed, mut noticed, mut eventful) = (0, 0, 0);
        for start in (0..tiles).step_by(AT_ONCE) {
            let marks = &mut work.marks[start..tiles.min(start + AT_ONCE)];
            let start = start * LANES;
            let first = start as u32;
            mark(now.set, self.first + first, leaves, needs, bothered, marks);
            // nobody lives in the last tile's places beyond the block
            let marked = marks.as_flattened_mut();
            let inhabited = marked.len().min(self.len() - start);
            marked[inhabited..].fill(0);
            let inhabited = start..start + inhabited;
            prefetch_all(&self.taste[inhabited.clone()]);
            prefetch_all(&self.agency[inhabited.clone()]);
            prefetch_all(&self.shares_data[inhabited]);
            let room = &mut work.eventful[eventful..];
            let more = list_marked(now.set, first, marks, LEAVES | BOTHERED, room);
            for &i in &room[..more] {
                let (position, firms) = (i as usize, now.firms.len());
                let home = usize::from(self.home[position]).min(firms);
                let leaves = marks.as_flattened()[position - start] & LEAVES;
                self.relations
                    .prefetch(position * usize::from(leaves | work.alarms[home]));
                if leaves != 0 {
                    work.newcomers.push(i);
                    self.move_home(position, NO_FIRM);
                }
            }
            eventful += more;
            let room = &mut work.needing[listed..];
            listed += list_marked(now.set, first, marks, NEEDS, room);
            let whole = listed / LANES * LANES;
            self.notice_some(noticed..whole, now, work);
            noticed = whole;
        }
        work.needs = listed;
        fill_up(&mut work.needing, listed);
        self.notice_some(noticed..listed, now, work);
        eventful
    }

    /// Says of some needs, which begin with a tile, whether they would be noticed, and lists those that home firms may detect,
    /// of whom what is known is fetched.
    fn notice_some(&self, needs: Range<usize>, now: &Conditions<K>, work: &mut Work<K>) {
        let tiles = needs.start / LANES..tiles(needs.end);
        let needing = &work.needing.as_chunks().0[tiles.clone()];
        let kinds = work.kinds.get_mut(tiles.clone()).unwrap_or_default();
        let courses = &mut work.courses[tiles];
        notice(now.set, self.first, now, needing, kinds, courses);
        let homes = &mut work.homes.as_flattened_mut()[needs.clone()];
        let (home, detects, firms) = (&self.home[..], &work.detects[..], now.firms.len());
        let candidates = &mut work.candidates[work.detectable..];
        let mut listed = 0;
        for ((need, &i), own) in (needs.start as u32..)
            .zip(needing.as_flattened())
            .zip(homes)
        {
            *own = home[i as usize];
            candidates[listed] = need;
            listed += usize::from(detects[usize::from(*own).min(firms)]);
        }
        work.detectable += listed;
        for &need in &candidates[..listed] {
            self.relations
                .prefetch(work.needing[need as usize] as usize);
        }
    }

    /// Steps c and e: which needs home firms detect, or did in another world.
    #[inline(never)]
    pub(super) fn detect(
        &mut self,
        now: &Conditions<K>,
        replay: Option<&Replay>,
        work: &mut Work<K>,
    ) {
        let courses = work.courses.as_flattened_mut();
        if let Some(replay) = replay {
            courses[..work.needs].copy_from_slice(&replay.courses);
            return;
        }
        let (homes, kinds) = (work.homes.as_flattened(), work.kinds.as_flattened());
        let (needing, support) = (&work.needing[..work.needs], &work.support[..]);
        let filled = fill_up(&mut work.candidates, work.detectable);
        let tiles = work.candidates[..filled].as_chunks().0;
        detect(
            now.set, self, now, tiles, needing, homes, kinds, support, courses,
        );
        let graduated = |offer: &Offer| matches!(offer, Offer::Graduated { .. });
        if (now.firms.iter()).any(|firm| firm.offers.iter().any(graduated)) {
            // some may not be given the experience that detects most
            for &n in &work.candidates[..work.detectable] {
                let (n, i) = (n as usize, needing[n as usize] as usize);
                let kind = kinds.get(n).map_or(0, |&kind| usize::from(kind));
                if courses[n] & aware::DETECTED != 0 && !self.detects(i, homes[n], kind, now) {
                    courses[n] &= !aware::DETECTED;
                }
            }
        }
    }

    /// Says of each need all in one word and whether the home firm serves it, and lists who chooses and who declines.
    #[inline(never)]
    pub(super) fn sort_out(&mut self, set: InstructionSet, work: &mut Work<K>) {
        let (needs, tiles) = (work.needs, tiles(work.needs));
        make_room(&mut work.words, tiles * LANES, 0);
        make_room(&mut work.fates, tiles, [0; LANES]);
        make_room(&mut work.choosing, tiles * LANES, 0);
        make_room(&mut work.server, tiles * LANES, NO_FIRM);
        let (words, fates) = (&mut work.words[..], &mut work.fates[..tiles]);
        let needing = &work.needing.as_chunks().0[..tiles];
        // nobody has a need in the last tile's places beyond
        work.courses.as_flattened_mut()[needs..tiles * LANES].fill(0);
        let (courses, homes) = (&work.courses[..], &work.homes[..]);
        let servers = work.server.as_chunks_mut().0;
        let said = words.as_chunks_mut().0;
        let accepted = say(set, needing, courses, homes, said, fates, servers);
        work.choosers = list(set, fates, CHOOSES, &mut work.choosing_at);
        work.declined = list(set, fates, DECLINES, &mut work.declining);
        let choosing = work
            .choosing
            .iter_mut()
            .zip(&work.choosing_at[..work.choosers]);
        choosing.for_each(|(word, &n)| *word = words[n as usize]);
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
    /// Says all of needs in a word each, what follows from their courses, and which of them the home firm serves; returns
    /// how many it does.
    fn say(
        needing: &[Tile<u32>],
        courses: &[Tile<u8>],
        homes: &[Tile<u16>],
        words: &mut [Tile<u32>],
        fates: &mut [Tile<u8>],
        servers: &mut [Tile<u16>],
    ) -> usize {
        let mut accepted = [0_u16; LANES];
        let needs = needing.iter().zip(courses).zip(homes);
        let said = words.iter_mut().zip(fates).zip(servers);
        for (((list, courses), homes), ((words, fates), servers)) in needs.zip(said) {
            let (mut word, mut fate) = ([0; LANES], [0; LANES]);
            let mut server = [NO_FIRM; LANES];
            for l in 0..LANES {
                word[l] = word::of(list[l], courses[l]);
            }
            for l in 0..LANES {
                let chooses = if aware::chooses(courses[l]) { CHOOSES } else { 0 };
                fate[l] = chooses | if aware::declined(courses[l]) { DECLINES } else { 0 };
            }
            for l in 0..LANES {
                let at_home = aware::served_at_home(courses[l]);
                server[l] = if at_home { homes[l] } else { NO_FIRM };
                accepted[l] += u16::from(at_home);
            }
            (*words, *fates, *servers) = (word, fate, server);
        }
        accepted.iter().map(|&it| usize::from(it)).sum()
    }
}
