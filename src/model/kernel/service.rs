//! Steps g to i for a block: transactions, firm by firm, as [`Block::transact`] does for one.

use super::super::conditions::Conditions;
use super::super::customers::Block;
use super::super::level::at_every_level;
use super::super::transaction::value;
use super::search::{choose_from_menu, nearest};
use super::tile::{LANES, Tile, entries_in, normals, tile};
use super::work::{Group, Search, Served, Work, aware};
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
        let weight = now.observation_precisions[group.experience];
        let products = firm.products;
        let population = now.population;
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
            let noise = normals::<K>(&now.keys.signal, &who);
            let mut weighted = [[0.0; LANES]; K];
            for d in 0..K {
                for l in 0..LANES {
                    let y = x[d][l] + experience.signal_noise * noise[d][l];
                    served.observed[d][l] = y;
                    weighted[d][l] = y * weight;
                    sum[d][l] = firm.kept * sum[d][l] + weighted[d][l];
                }
            }
            for l in 0..LANES {
                precision[l] = firm.kept * precision[l] + weight;
                let known = if learns[l] { precision[l] } else { weight };
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

impl<const K: usize> Block<K> {
    /// Steps g to i, group by group; sums are taken firm by firm, in the order of the customers.
    #[inline(never)]
    pub(super) fn serve(&mut self, now: &Conditions<K>, work: &mut Work<K>) {
        self.group(now, work);
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
            self.account(firm, work);
        }
        for (tally, &left) in self.tally.firms.iter_mut().zip(&work.left) {
            tally.home_change -= i64::from(left);
        }
    }
}
