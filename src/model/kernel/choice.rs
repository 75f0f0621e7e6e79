//! Step f for a block: word of mouth and the choice among firms, as [`super::super::choice::choose`] does for one.

use super::super::conditions::Conditions;
use super::super::customers::{Block, NO_FIRM, prefetch_row};
use super::super::level::at_every_level;
use super::super::replay::{Replay, aware};
use super::tile::{BATCH, LANES, Tile, exponentials, fill_up, make_room, tiles};
use super::word;
use super::work::{Choice, FOUR, Standing, Work};
use crate::math::exp;

impl Choice {
    /// Sets up for a period; the last four firms are filled up with some that do not act.
    fn prepare<const K: usize>(&mut self, now: &Conditions<K>) {
        let pull = now.population.word_of_mouth;
        self.firms.clear();
        self.firms.extend(now.firms.chunks(FOUR).map(|firms| {
            let mut standing = Standing {
                reputation: [0.0; FOUR],
                price: [f32::INFINITY; FOUR],
                pull: [0.0; FOUR],
            };
            for (f, firm) in firms.iter().enumerate() {
                standing.reputation[f] = firm.reputation;
                if firm.acting {
                    (standing.price[f], standing.pull[f]) = (firm.price, pull);
                }
            }
            standing
        }));
        let tiles = self.firms.len() * self.at_once();
        self.beliefs.resize(tiles, [[0.0; LANES]; FOUR]);
        self.utilities.resize(tiles, [[0.0; LANES]; FOUR]);
    }

    /// Tiles that are taken together: fewer of many firms, whose numbers are many as it is.
    fn at_once(&self) -> usize {
        (2 * BATCH / self.firms.len()).clamp(1, BATCH)
    }
}

at_every_level! {
    /// For the customers of `choosing`: which firm is chosen. Firms are taken four by four, and numbers that lie
    /// customer by customer are read and written in loops of their own.
    fn choose<const K: usize>(
        block: &mut Block<K>,
        now: &Conditions<K>,
        choice: &mut Choice,
        choosing: &[Tile<u32>],
    ) {
        let at_once = choice.at_once();
        let Choice { firms, beliefs, utilities, chosen } = choice;
        let first = block.first;
        let home = &block.home[..];
        let (rows, width) = block.relations.flat_mut();
        let (inertia, precision) = (now.population.inertia, now.population.choice_precision);
        let outside = now.keys.outside;
        let mut who = [[0; LANES]; BATCH];
        let mut at_home = [[0; LANES]; BATCH];
        for list in choosing.iter().take(at_once) {
            fetch(rows, width, list);
        }
        let mut ahead = choosing.iter().skip(at_once);
        for (lists, chosen) in choosing.chunks(at_once).zip(chosen.chunks_mut(at_once)) {
            for (t, list) in lists.iter().enumerate() {
                for l in 0..LANES {
                    at_home[t][l] = u32::from(home[word::position(list[l])]);
                }
                for l in 0..LANES {
                    who[t][l] = first + word::position(list[l]) as u32;
                }
            }
            for (q, beliefs) in beliefs.chunks_mut(at_once).enumerate() {
                for (list, beliefs) in lists.iter().zip(beliefs) {
                    for l in 0..LANES {
                        let start = word::position(list[l]) * width + q * FOUR;
                        let row = &rows[start..start + FOUR];
                        for f in 0..FOUR {
                            beliefs[f][l] = row[f];
                        }
                    }
                }
            }

            // the outside option has utility 0
            let mut largest = [[0.0; LANES]; BATCH];
            for (q, firms) in firms.iter().enumerate() {
                let Standing { reputation, price, pull } = *firms;
                let tiles = q * at_once..(q + 1) * at_once;
                let both = beliefs[tiles.clone()].iter_mut().zip(&mut utilities[tiles]);
                for (t, ((beliefs, utilities), list)) in both.zip(lists).enumerate() {
                    let home = at_home[t];
                    let mut best = largest[t];
                    for f in 0..FOUR {
                        let j = (q * FOUR + f) as u32;
                        let (reputation, price, pull) = (reputation[f], price[f], pull[f]);
                        let belief = beliefs[f];
                        let (mut believed, mut utility) = ([0.0; LANES], [0.0; LANES]);
                        for l in 0..LANES {
                            let is_home = home[l] == j;
                            let heard = belief[l] + pull * (reputation - belief[l]);
                            // the home firm is judged by experience alone
                            let it = if is_home { belief[l] } else { heard };
                            let expected = if it.is_nan() { reputation } else { it };
                            let inertia = if is_home { inertia } else { 0.0 };
                            let u = (expected - price + inertia) * precision;
                            let excluded = is_home & word::is_detected(list[l]);
                            let u = if excluded { f32::NEG_INFINITY } else { u };
                            believed[l] = it;
                            utility[l] = u;
                            best[l] = if u > best[l] { u } else { best[l] };
                        }
                        beliefs[f] = believed;
                        utilities[f] = utility;
                    }
                    largest[t] = best;
                }
            }

            for (t, chosen) in chosen.iter_mut().enumerate() {
                // a tile of the next ones: fetched while this one is computed, and not all at once
                if let Some(list) = ahead.next() {
                    fetch(rows, width, list);
                }
                let (who, largest) = (who[t], largest[t]);
                let mut winner = [u32::from(NO_FIRM); LANES];
                let mut shortest = exponentials(outside, &who);
                for l in 0..LANES {
                    shortest[l] *= exp(largest[l]);
                }
                for (j, &key) in now.keys.choice.iter().enumerate() {
                    let shock = exponentials(key, &who);
                    let utility = utilities[j / FOUR * at_once + t][j % FOUR];
                    for l in 0..LANES {
                        let time = shock[l] * exp(largest[l] - utility[l]);
                        let wins = time < shortest[l];
                        shortest[l] = if wins { time } else { shortest[l] };
                        winner[l] = if wins { j as u32 } else { winner[l] };
                    }
                }
                *chosen = winner;
            }

            for (q, beliefs) in beliefs.chunks(at_once).enumerate() {
                let firms = (now.firms.len() - q * FOUR).min(FOUR);
                for (list, beliefs) in lists.iter().zip(beliefs) {
                    for l in 0..LANES {
                        let start = word::position(list[l]) * width + q * FOUR;
                        if firms == FOUR {
                            let row = &mut rows[start..start + FOUR];
                            for f in 0..FOUR {
                                row[f] = beliefs[f][l];
                            }
                        } else {
                            for (f, value) in rows[start..start + firms].iter_mut().enumerate() {
                                *value = beliefs[f][l];
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Begins to fetch what is known of a tile of customers.
#[inline(always)]
fn fetch(rows: &[f32], width: usize, list: &Tile<u32>) {
    for l in 0..LANES {
        prefetch_row(rows, width, word::position(list[l]));
    }
}

impl<const K: usize> Block<K> {
    /// Step f: word of mouth and the choice; those who cancel and find no other firm have no home.
    #[inline(never)]
    pub(super) fn choose(&mut self, now: &Conditions<K>, work: &mut Work<K>) {
        work.choice.prepare(now);
        let choosers = fill_up(&mut work.choosing, work.choosers);
        make_room(&mut work.choice.chosen, tiles(choosers), [0; LANES]);
        let choosing = work.choosing[..choosers].as_chunks().0;
        choose(now.set, self, now, &mut work.choice, choosing);
        let chosen = work.choice.chosen.as_flattened();
        let server = &mut work.server[..work.needs];
        for (&n, &firm) in work.choosing_at[..work.choosers].iter().zip(chosen) {
            server[n as usize] = firm as u16;
        }
        self.give_up(work);
    }

    /// Who was chosen in another world.
    pub(super) fn choose_again(&mut self, replay: &Replay, work: &mut Work<K>) {
        for &word in &work.choosing[..work.choosers] {
            self.relations.prefetch(word::position(word));
        }
        work.server[..work.needs].copy_from_slice(&replay.servers);
        self.give_up(work);
    }

    /// Who cancelled and found no other firm has no home.
    fn give_up(&mut self, work: &Work<K>) {
        for &n in &work.declining[..work.declined] {
            let (word, server) = (work.words[n as usize], work.server[n as usize]);
            if server == NO_FIRM && aware::cancels(word::course(word)) {
                self.move_home(word::position(word), NO_FIRM);
            }
        }
    }
}
