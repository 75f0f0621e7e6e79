//! Steps a to e for a block: who leaves, who has a need, and what home firms do about it.

use super::super::conditions::Conditions;
use super::super::customers::{Block, NO_FIRM};
use super::super::knowledge::Prior;
use super::super::level::at_every_level;
use super::super::offer::Offer;
use super::super::replay::{Replay, aware};
use super::tile::{LANES, Tile, fill_up, normals, tile, tiles, uniforms};
use super::work::{Homes, Work};
use crate::math::logistic;
use crate::random::Key;

/// An event that a uniform decides on: it happens where the draw is below the limit.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    key: Key,
    limit: f32,
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
            let who = tile(|l| first + t * LANES as u32 + l as u32);
            let (turnover, need) = (uniforms(leaves.key, &who), uniforms(needs.key, &who));
            let alarm = uniforms(bothered.key, &who);
            for l in 0..LANES {
                let leaves = turnover[l] < leaves.limit;
                let needs = need[l] < needs.limit;
                let bothered = !needs & (alarm[l] < bothered.limit);
                marks[l] = (u8::from(leaves) * LEAVES)
                    | (u8::from(needs) * NEEDS)
                    | (u8::from(bothered) * BOTHERED);
            }
        }
    }
}

/// Lists the positions that have one of these marks, in order.
fn list_marked(marks: &[Tile<u8>], wanted: u8, list: &mut Vec<u32>) {
    const HALF: usize = size_of::<u64>();
    let wanted = u64::from_le_bytes([wanted; HALF]);
    list.resize(marks.len() * LANES, 0);
    let mut listed = 0;
    for (position, &half) in (0..).step_by(HALF).zip(marks.as_flattened().as_chunks().0) {
        let found = u64::from_le_bytes(half) & wanted;
        // one bit for each byte that has any of the three marks
        let mut found = (found | found >> 1 | found >> 2) & u64::from_le_bytes([1; HALF]);
        while found != 0 {
            list[listed] = position + found.trailing_zeros() / 8;
            listed += 1;
            found &= found - 1;
        }
    }
    list.truncate(listed);
}

impl Homes {
    /// Sets up for a period.
    pub fn prepare<const K: usize>(&mut self, now: &Conditions<K>) {
        let experiences = &now.parameters.experiences;
        self.support.clear();
        self.prior.clear();
        self.individual.clear();
        self.price.clear();
        self.any_graduated = false;
        for firm in &now.firms {
            for offer in &firm.offers {
                self.support
                    .push(offer.highest(experiences, |it| it.support[0]));
                self.any_graduated |= matches!(offer, Offer::Graduated { .. });
            }
            self.prior.push(firm.prior.about_nobody());
            self.individual.push(firm.individual);
            self.price.push(firm.price);
        }
        self.any_detects = self.support.iter().any(|&support| support > 0.0);
        let kinds = now.population.kinds.len();
        self.support.resize(self.support.len() + kinds, 0.0);
        self.prior.push(Prior {
            mean: [],
            precision: 1.0,
            initial_precision: 1.0,
        });
        self.individual.push(false);
        self.price.push(0.0);
    }
}

at_every_level! {
    /// For the customers of `needing`: what the need is, and how it may become known.
    fn feel<const K: usize>(
        block: &Block<K>,
        now: &Conditions<K>,
        homes: &Homes,
        needing: &[u32],
        kinds: &mut [Tile<u8>],
        need: &mut [[Tile<f32>; K]],
        courses: &mut [Tile<u8>],
    ) {
        let (rows, width) = block.relations.flat();
        let (tastes, home) = (&block.taste[..], &block.home[..]);
        let firms = now.firms.len();
        let keys = &now.keys;
        let population = now.population;
        let several = &population.kinds[..];
        let (support, prior) = (&homes.support[..], &homes.prior[..=firms]);
        let (individual, price) = (&homes.individual[..=firms], &homes.price[..=firms]);
        let lists = needing.as_chunks::<LANES>().0.iter();
        let mut kinds = kinds.iter_mut();
        for ((list, need), courses) in lists.zip(need).zip(courses) {
            let who = tile(|l| block.first + list[l]);
            let noise = normals::<K>(&keys.need, &who);
            for l in 0..LANES {
                let taste = &tastes[list[l] as usize];
                for d in 0..K {
                    need[d][l] = taste[d];
                }
            }
            let mut kind = [0; LANES];
            let mut variety = [several[0].variety; LANES];
            if let Some(kinds) = kinds.next() {
                let drawn = uniforms(keys.need_kind, &who);
                for l in 0..LANES {
                    kind[l] = population.kind(drawn[l]);
                    variety[l] = several[kind[l]].variety;
                    kinds[l] = kind[l] as u8;
                }
            }
            for d in 0..K {
                for l in 0..LANES {
                    need[d][l] += variety[l] * noise[d][l];
                }
            }
            let noticed = uniforms(keys.awareness, &who);
            if !homes.any_detects {
                for l in 0..LANES {
                    courses[l] = u8::from(noticed[l] < population.awareness) * aware::UNAIDED;
                }
                continue;
            }
            let (mut belief, mut precision) = ([0.0; LANES], [0.0; LANES]);
            let (mut most, mut asked) = ([0.0; LANES], [0.0; LANES]);
            let (mut known, mut initial) = ([0.0; LANES], [0.0; LANES]);
            for l in 0..LANES {
                let i = list[l] as usize;
                let h = (home[i] as usize).min(firms);
                let row = &rows[i * width..][..width];
                belief[l] = row[h];
                precision[l] = if individual[h] { row[firms + h] } else { 0.0 };
                most[l] = support[h * several.len() + kind[l]];
                known[l] = prior[h].precision;
                initial[l] = prior[h].initial_precision;
                asked[l] = price[h];
            }
            let detection = uniforms(keys.detection, &who);
            let acceptance = uniforms(keys.acceptance, &who);
            let cancelling = uniforms(keys.cancelling, &who);
            for l in 0..LANES {
                let prior = Prior::<0> {
                    mean: [],
                    precision: known[l],
                    initial_precision: initial[l],
                };
                let knowledge = prior.knowledge(precision[l]);
                let detected = (most[l] > 0.0) & (detection[l] < most[l] * knowledge);
                let likes = logistic((belief[l] - asked[l]) * population.choice_precision);
                courses[l] = (u8::from(noticed[l] < population.awareness) * aware::UNAIDED)
                    | (u8::from(detected) * aware::DETECTED)
                    | (u8::from(acceptance[l] < likes) * aware::ACCEPTS)
                    | (u8::from(cancelling[l] >= likes) * aware::CANCELS);
            }
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
        let event = |key, limit| Event { key, limit };
        let turnover = if now.period > 0 {
            now.population.turnover
        } else {
            0.0
        };
        work.marks.resize(tiles(self.len()), [0; LANES]);
        mark(
            now.set,
            self.first,
            event(now.keys.turnover, turnover),
            event(now.keys.need_arises, now.population.need_rate),
            event(now.keys.false_alarm, likeliest),
            &mut work.marks,
        );
        // nobody lives in the last tile's places beyond the block
        work.marks.as_flattened_mut()[self.len()..].fill(0);
        list_marked(&work.marks, NEEDS, &mut work.needing);
        list_marked(&work.marks, LEAVES | BOTHERED, &mut work.eventful);
        let marks = work.marks.as_flattened();
        for &i in &work.needing {
            self.relations.prefetch(i as usize);
        }
        for &i in &work.eventful {
            if marks[i as usize] & LEAVES != 0 {
                self.turn_over(i as usize, now);
            }
        }
        self.wander(now);
        if let Some(replay) = replay {
            self.suffer_again(&replay.alarms, now);
        } else {
            for &i in &work.eventful {
                if marks[i as usize] & BOTHERED != 0 {
                    self.feel_no_need(i as usize, now);
                }
            }
        }
        work.needs = fill_up(&mut work.needing);
        self.tally.needs += work.needs as u64;
    }

    /// Steps c and e, and the awareness of step f: what needs are, and how they become known (or did in another world).
    #[inline(never)]
    pub(super) fn detect(
        &mut self,
        now: &Conditions<K>,
        replay: Option<&Replay>,
        work: &mut Work<K>,
    ) {
        let tiles = tiles(work.needs);
        work.homes.prepare(now);
        work.homes.any_detects &= replay.is_none();
        let several = now.population.kinds.len() > 1;
        work.kinds
            .resize(if several { tiles } else { 0 }, [0; LANES]);
        work.need.resize(tiles, [[0.0; LANES]; K]);
        work.courses.resize(tiles, [0; LANES]);
        feel(
            now.set,
            self,
            now,
            &work.homes,
            &work.needing,
            &mut work.kinds,
            &mut work.need,
            &mut work.courses,
        );
        let courses = &mut work.courses.as_flattened_mut()[..work.needs];
        if let Some(replay) = replay {
            courses.copy_from_slice(&replay.courses);
        } else if work.homes.any_graduated {
            // some may not be given the experience that detects most
            let kinds = work.kinds.as_flattened();
            for (n, (course, &i)) in courses.iter_mut().zip(&work.needing).enumerate() {
                let (i, home) = (i as usize, self.home[i as usize]);
                let kind = kinds.get(n).map_or(0, |&kind| usize::from(kind));
                if *course & aware::DETECTED != 0 && !self.detects(i, home, kind, now) {
                    *course &= !aware::DETECTED;
                }
            }
        }
    }

    /// Lists who chooses, and who is served by the home firm.
    #[inline(never)]
    pub(super) fn sort_out(&mut self, work: &mut Work<K>) {
        let courses = &work.courses.as_flattened()[..work.needs];
        work.server.clear();
        work.server.resize(work.needs, NO_FIRM);
        work.choosing.resize(work.needs, 0);
        let (mut choosing, mut accepted) = (0, 0);
        let kinds = work.kinds.as_flattened();
        for (n, (&course, &i)) in (0_u32..).zip(courses.iter().zip(&work.needing)) {
            let (chooses, served) = (aware::chooses(course), aware::served_at_home(course));
            let home = self.home[i as usize];
            work.choosing[choosing] = n;
            choosing += usize::from(chooses);
            accepted += usize::from(served);
            work.server[n as usize] = if served { home } else { NO_FIRM };
            if aware::declined(course) {
                let kind = kinds.get(n as usize).map_or(0, |&kind| usize::from(kind));
                let tally = self.tally.of_kind_mut(home as usize, kind);
                tally.declined += 1;
                tally.cancelled += u64::from(aware::cancels(course));
            }
        }
        work.choosing.truncate(choosing);
        self.tally.recognized += (accepted + choosing) as u64;
    }
}
