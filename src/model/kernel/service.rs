//! Steps g to i for a block: transactions, firm by firm, as [`Block::transact`] does for one.

use super::super::conditions::Conditions;
use super::super::customers::Block;
use super::super::level::at_every_level;
use super::super::replay::{Replay, aware};
use super::super::transaction::value;
use super::search::{choose_from_menu, nearest};
use super::tile::{LANES, Tile, entries_in, normals, tile};
use super::work::{Group, Search, Served, Work};
use crate::scenario::Selection;

at_every_level! {
    /// The transactions of a group: needs, by position in `needing`, of which `group.len` are real.
    fn serve<const K: usize>(
        block: &mut Block<K>,
        now: &Conditions<K>,
        group: Group,
        needs: &[u32],
        needing: &[u32],
        need: &[[Tile<f32>; K]],
        courses: &[u8],
        search: &mut Search,
        served: &mut [Served<K>],
        left: &mut [u32],
    ) {
        let first = block.first;
        let j = group.firm;
        let firms = now.firms.len();
        let (home, agency) = (&mut block.home[..], &block.agency[..]);
        let shares_data = &block.shares_data[..];
        let (rows, width) = block.relations.flat_mut();
        let firm = &now.firms[j];
        let prior = firm.prior;
        let experience = now.parameters.experiences[group.experience];
        let population = now.population;
        let weight = now.observation_precision(group.kind, group.experience);
        let stakes = population.kinds[group.kind];
        let products = firm.products;
        for (t, (list, served)) in needs.as_chunks::<LANES>().0.iter().zip(served).enumerate() {
            let position = tile(|l| needing[list[l] as usize]);
            let who = tile(|l| first + position[l]);
            let mut x = [[0.0; LANES]; K];
            let mut sum = [[0.0; LANES]; K];
            let (mut belief, mut precision) = ([0.0; LANES], [0.0; LANES]);
            let (mut alpha, mut told) = ([0.0; LANES], [false; LANES]);
            let mut learns = [false; LANES];
            for l in 0..LANES {
                let (n, i) = (list[l] as usize, position[l] as usize);
                let x_of_n = &need[n / LANES];
                let row = &rows[i * width..][..width];
                belief[l] = row[j];
                precision[l] = row[firms + j];
                for d in 0..K {
                    x[d][l] = x_of_n[d][n % LANES];
                    sum[d][l] = row[2 * firms + j * K + d];
                }
                alpha[l] = agency[i];
                told[l] = courses[n] & aware::DETECTED != 0;
                served.begun[l] = aware::served_at_home(courses[n]);
                learns[l] = firm.individual & shares_data[i];
            }
            // a firm that does not learn individually uses no history
            let used = if firm.individual { precision } else { [0.0; LANES] };
            let used_sum = if firm.individual { sum } else { [[0.0; LANES]; K] };
            let mut familiarity = [0.0; LANES];
            let mut estimate = [[0.0; LANES]; K];
            for l in 0..LANES {
                let posterior = prior.update(used[l], &std::array::from_fn(|d| used_sum[d][l]));
                served.knowledge[l] = prior.knowledge(used[l]);
                familiarity[l] = prior.familiarity(used[l]);
                for d in 0..K {
                    estimate[d][l] = posterior.taste[d];
                }
            }

            // product
            let noise = normals::<K>(&now.keys.view, &who);
            let mut view = [[0.0; LANES]; K];
            for d in 0..K {
                for l in 0..LANES {
                    view[d][l] = x[d][l] + population.articulation_error * noise[d][l];
                }
            }
            let product = match experience.selection {
                Selection::Firm => nearest(products, &estimate),
                Selection::Menu if experience.menu_size < products.len() => {
                    choose_from_menu(products, experience.menu_size, &estimate, &view, search)
                }
                Selection::Customer | Selection::Menu => nearest(products, &view),
            };
            let mut places = [[0.0; LANES]; K];
            for l in 0..LANES {
                let place = &products[product[l] as usize];
                for d in 0..K {
                    places[d][l] = place[d];
                }
            }

            // value
            let mut distance = [0.0; LANES];
            for d in 0..K {
                for l in 0..LANES {
                    let step = places[d][l] - x[d][l];
                    distance[l] += step * step;
                }
            }
            for l in 0..LANES {
                let value = value(
                    distance[l],
                    told[l],
                    familiarity[l],
                    alpha[l],
                    &stakes,
                    &experience,
                    firm,
                    now,
                );
                served.fit[l] = value.fit;
                served.friction[l] = value.friction;
                served.wtp[l] = value.wtp;
                served.cost[l] = value.cost;
                served.surplus[l] = value.wtp - firm.price;
                served.first[l] = belief[l].is_nan();
                let before = if belief[l].is_nan() { firm.reputation } else { belief[l] };
                belief[l] = before + population.belief_speed * (value.wtp - before);
            }

            // learning
            let mut weights = [weight; LANES];
            if let Some(push) = &firm.push {
                for l in 0..LANES {
                    served.twice[l] = push.teaches_twice(who[l]);
                    weights[l] = if served.twice[l] { 2.0 * weight } else { weight };
                }
            }
            let noise = normals::<K>(&now.keys.signal, &who);
            let mut weighted = [[0.0; LANES]; K];
            for d in 0..K {
                for l in 0..LANES {
                    let y = x[d][l] + experience.signal_noise * noise[d][l];
                    served.observed[d][l] = y;
                    weighted[d][l] = y * weights[l];
                    sum[d][l] = firm.kept * sum[d][l] + weighted[d][l];
                }
            }
            for l in 0..LANES {
                precision[l] = firm.kept * precision[l] + weights[l];
                let known = if learns[l] { precision[l] } else { weights[l] };
                let known_sum =
                    std::array::from_fn(|d| if learns[l] { sum[d][l] } else { weighted[d][l] });
                let posterior = prior.update(known, &known_sum);
                for d in 0..K {
                    served.estimate[d][l] = posterior.taste[d];
                }
            }
            served.assigned = nearest(products, &served.estimate);

            for l in 0..entries_in(t, group.len) {
                let i = position[l] as usize;
                let row = &mut rows[i * width..][..width];
                row[j] = belief[l];
                if learns[l] {
                    row[firms + j] = precision[l];
                    for d in 0..K {
                        row[2 * firms + j * K + d] = sum[d][l];
                    }
                }
                left[(home[i] as usize).min(firms)] += 1;
                home[i] = j as u16;
            }
        }
    }
}

impl Replay {
    /// Takes in the needs of a period.
    fn take<const K: usize>(&mut self, work: &Work<K>) {
        let courses = &work.courses.as_flattened()[..work.needs];
        self.courses.extend_from_slice(courses);
        self.servers.extend_from_slice(&work.server);
        let groups = &work.groups.groups;
        let experience = |&group: &u32| {
            groups
                .get(group as usize)
                .map_or(0, |it| it.experience as u16)
        };
        let experiences = work.groups.group_of.iter().map(experience);
        self.experiences.extend(experiences);
    }
}

impl<const K: usize> Block<K> {
    /// Steps g to i, group by group; sums are taken firm by firm, in the order of the customers.
    #[inline(never)]
    pub(super) fn serve(
        &mut self,
        now: &Conditions<K>,
        replay: Option<&Replay>,
        work: &mut Work<K>,
    ) {
        self.group(now, replay, work);
        if let Some(own) = &mut self.replay {
            own.take(work);
        }
        // what is there from before is overwritten, whole tiles at a time
        let tiles = work.groups.entries.len() / LANES;
        if work.served.len() < tiles {
            work.served.resize(tiles, Served::NOTHING);
        }
        work.left.clear();
        work.left.resize(now.firms.len() + 1, 0);
        let courses = work.courses.as_flattened();
        for &group in &work.groups.groups {
            if group.len == 0 {
                continue;
            }
            serve(
                now.set,
                self,
                now,
                group,
                &work.groups.entries[group.entries()],
                &work.needing,
                &work.need,
                courses,
                &mut work.search,
                &mut work.served[group.tiles()],
                &mut work.left,
            );
        }
        for firm in 0..now.firms.len() {
            self.account(now, firm, work);
        }
        if self.log.is_kept() {
            self.log(now, work);
        }
        for (firm, &left) in work.left[..now.firms.len()].iter().enumerate() {
            self.tally.change_home(firm, -i64::from(left));
        }
    }
}
