//! Step f for a block: word of mouth and the choice among firms, as [`super::super::choice::choose`] does for one.

use super::super::conditions::Conditions;
use super::super::customers::{Block, NO_FIRM};
use super::super::level::at_every_level;
use super::super::replay::{Replay, aware};
use super::tile::{LANES, entries_in, exponentials, fill_up, tile};
use super::work::{Choice, Standing, Work};
use crate::math::exp;

impl Choice {
    fn prepare<const K: usize>(&mut self, now: &Conditions<K>) {
        self.firms.clear();
        self.firms.extend(now.firms.iter().map(|firm| {
            let (price, pull) = if firm.acting {
                (firm.price, now.population.word_of_mouth)
            } else {
                (f32::INFINITY, 0.0)
            };
            Standing {
                reputation: firm.reputation,
                price,
                pull,
            }
        }));
        self.beliefs.resize(now.firms.len(), [0.0; LANES]);
        self.utilities.resize(now.firms.len(), [0.0; LANES]);
    }
}

at_every_level! {
    /// For the needs of `choosing`, of which `choosers` are real: which firm is chosen.
    fn choose<const K: usize>(
        block: &mut Block<K>,
        now: &Conditions<K>,
        choice: &mut Choice,
        needing: &[u32],
        choosing: &[u32],
        choosers: usize,
        courses: &[u8],
        server: &mut [u16],
    ) {
        let first = block.first;
        let home = &mut block.home[..];
        let (rows, width) = block.relations.flat_mut();
        let firms = &choice.firms[..];
        let beliefs = &mut choice.beliefs[..firms.len()];
        let utilities = &mut choice.utilities[..firms.len()];
        let precision = now.population.choice_precision;
        for (t, list) in choosing.as_chunks::<LANES>().0.iter().enumerate() {
            let position = tile(|l| needing[list[l] as usize]);
            let who = tile(|l| first + position[l]);
            let at_home = tile(|l| u32::from(home[position[l] as usize]));
            let excluded = tile(|l| {
                let declined = courses[list[l] as usize] & aware::DETECTED != 0;
                if declined { at_home[l] } else { u32::from(NO_FIRM) }
            });
            for l in 0..LANES {
                let row = &rows[position[l] as usize * width..][..firms.len()];
                for (belief, &value) in beliefs.iter_mut().zip(row) {
                    belief[l] = value;
                }
            }
            // the outside option has utility 0
            let mut largest = [0.0; LANES];
            let all = firms.iter().zip(beliefs.iter_mut()).zip(utilities.iter_mut());
            for (j, ((firm, belief), utility)) in (0..).zip(all) {
                for l in 0..LANES {
                    let is_home = at_home[l] == j;
                    let heard = belief[l] + firm.pull * (firm.reputation - belief[l]);
                    // the home firm is judged by experience alone
                    let believed = if is_home { belief[l] } else { heard };
                    let expected = if believed.is_nan() { firm.reputation } else { believed };
                    let inertia = if is_home { now.population.inertia } else { 0.0 };
                    let u = (expected - firm.price + inertia) * precision;
                    let u = if excluded[l] == j { f32::NEG_INFINITY } else { u };
                    belief[l] = believed;
                    utility[l] = u;
                    largest[l] = if u > largest[l] { u } else { largest[l] };
                }
            }
            let mut winner = [u32::from(NO_FIRM); LANES];
            let mut shortest = exponentials(now.keys.outside, &who);
            for l in 0..LANES {
                shortest[l] *= exp(largest[l]);
            }
            for (j, (key, utility)) in (0..).zip(now.keys.choice.iter().zip(utilities.iter())) {
                let shock = exponentials(*key, &who);
                for l in 0..LANES {
                    let time = shock[l] * exp(largest[l] - utility[l]);
                    let wins = time < shortest[l];
                    shortest[l] = if wins { time } else { shortest[l] };
                    winner[l] = if wins { j } else { winner[l] };
                }
            }
            for l in 0..entries_in(t, choosers) {
                let (n, i) = (list[l] as usize, position[l] as usize);
                let row = &mut rows[i * width..][..firms.len()];
                for (value, belief) in row.iter_mut().zip(beliefs.iter()) {
                    *value = belief[l];
                }
                server[n] = winner[l] as u16;
            }
        }
    }
}

impl<const K: usize> Block<K> {
    /// Step f: word of mouth and the choice; those who cancel and find no other firm have no home.
    #[inline(never)]
    pub(super) fn choose(&mut self, now: &Conditions<K>, work: &mut Work<K>) {
        work.choice.prepare(now);
        let choosers = fill_up(&mut work.choosing);
        let courses = work.courses.as_flattened();
        choose(
            now.set,
            self,
            now,
            &mut work.choice,
            &work.needing,
            &work.choosing,
            choosers,
            courses,
            &mut work.server,
        );
        self.give_up(choosers, work);
    }

    /// Who was chosen in another world.
    pub(super) fn choose_again(&mut self, replay: &Replay, work: &mut Work<K>) {
        work.server.copy_from_slice(&replay.servers);
        self.give_up(work.choosing.len(), work);
    }

    /// Of those who chose: who cancelled and found no other firm has no home.
    fn give_up(&mut self, choosers: usize, work: &Work<K>) {
        let courses = work.courses.as_flattened();
        for &n in &work.choosing[..choosers] {
            let n = n as usize;
            if aware::cancels(courses[n]) && work.server[n] == NO_FIRM {
                self.move_home(work.needing[n] as usize, NO_FIRM);
            }
        }
    }
}
