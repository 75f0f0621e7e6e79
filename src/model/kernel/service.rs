//! Steps g to i for a block: transactions, firm by firm, as [`Block::transact`] does for one.

use super::super::conditions::Conditions;
use super::super::customers::Block;
use super::super::knowledge::Prior;
use super::super::level::at_every_level;
use super::super::parameters::NeedKind;
use super::super::replay::Replay;
use super::super::transaction::value;
use super::search::{choose_from_menu, nearest};
use super::stakes::Stakes;
use super::tile::{BATCH, LANES, Tile, make_room, normals, wide};
use super::word;
use super::work::{Arrived, Group, Search, Served, Work};
use crate::scenario::Selection;

at_every_level! {
    /// The transactions of a group, some tiles at once. What lies customer by customer is read and written in loops of its own.
    fn serve<const K: usize>(
        block: &mut Block<K>,
        now: &Conditions<K>,
        group: Group,
        needs: &[Tile<u32>],
        search: &mut Search,
        arrived: &mut [Arrived<K>; BATCH],
        served: &mut [Served<K>],
    ) {
        let firms = now.firms.len();
        let firm = &now.firms[group.firm];
        for arrived in arrived.iter_mut() {
            arrived.stakes = Stakes::of_first(now, group.experience);
        }
        for (lists, served) in needs.chunks(BATCH).zip(served.chunks_mut(BATCH)) {
            for (list, arrived) in lists.iter().zip(arrived.iter_mut()) {
                receive(block, group.firm, firms, firm.individual, list, arrived);
            }
            for ((list, arrived), served) in lists.iter().zip(arrived.iter_mut()).zip(served) {
                transact(now, group, list, arrived, search, served);
            }
            let (rows, width) = block.relations.flat_mut();
            let [belief, precision, sum] = places::<K>(group.firm, firms, width);
            for (list, arrived) in lists.iter().zip(arrived.iter()) {
                for l in 0..LANES {
                    let row = &mut rows[word::position(list[l]) * width..][..width];
                    row[belief] = arrived.belief[l];
                    row[precision] = arrived.precision[l];
                    for d in 0..K {
                        row[sum + d] = arrived.sum[d][l];
                    }
                }
            }
        }
    }
}

/// Where in a row belief, precision and sum of a firm are; asked here for good whether they are in the row.
#[inline(always)]
fn places<const K: usize>(j: usize, firms: usize, width: usize) -> [usize; 3] {
    let [belief, precision, sum] = [j, firms + j, 2 * firms + j * K];
    assert!(belief < width && precision < width && sum < width && sum + K <= width);
    [belief, precision, sum]
}

/// Looks up what is known of a tile of customers.
#[inline(always)]
fn receive<const K: usize>(
    block: &Block<K>,
    j: usize,
    firms: usize,
    individual: bool,
    list: &Tile<u32>,
    arrived: &mut Arrived<K>,
) {
    let (rows, width) = block.relations.flat();
    let [belief, precision, sum] = places::<K>(j, firms, width);
    for l in 0..LANES {
        let row = &rows[word::position(list[l]) * width..][..width];
        arrived.belief[l] = row[belief];
        arrived.precision[l] = row[precision];
        for d in 0..K {
            arrived.sum[d][l] = row[sum + d];
        }
    }
    for l in 0..LANES {
        let taste = &block.taste[word::position(list[l])];
        for d in 0..K {
            arrived.taste[d][l] = taste[d];
        }
    }
    for l in 0..LANES {
        let i = word::position(list[l]);
        arrived.agency[l] = block.agency[i];
        arrived.learns[l] = u32::from(individual & block.shares_data[i]);
        arrived.who[l] = block.first + i as u32;
    }
}

/// A tile of transactions.
#[inline(always)]
fn transact<const K: usize>(
    now: &Conditions<K>,
    group: Group,
    list: &Tile<u32>,
    arrived: &mut Arrived<K>,
    search: &mut Search,
    served: &mut Served<K>,
) {
    let firm = &now.firms[group.firm];
    if now.population.kinds.len() > 1 {
        arrived.stakes = Stakes::of(now, group.experience, list);
    }
    let variety = arrived.stakes.variety;
    let noise = normals::<K>(&now.keys.need, &arrived.who);
    let mut need = arrived.taste;
    move_by(&mut need, &variety, &noise);
    // a firm that does not learn individually uses no history
    let (mut used, mut used_sum) = (arrived.precision, arrived.sum);
    if !firm.individual {
        (used, used_sum) = ([0.0; LANES], [[0.0; LANES]; K]);
    }
    let estimate = estimates(&firm.prior, &used, &used_sum);
    let (mut knowledge, mut familiarity) = ([0.0; LANES], [0.0; LANES]);
    for l in 0..LANES {
        knowledge[l] = firm.prior.knowledge(used[l]);
        familiarity[l] = firm.prior.familiarity(used[l]);
    }
    served.knowledge = wide(&knowledge);

    let distance = fit_a_product(now, group, &arrived.who, &need, &estimate, search);
    create_value(now, group, list, &distance, &familiarity, arrived, served);
    learn(now, group, &need, arrived, served);
}

/// Moves points by some times as many steps, in one loop over all dimensions: one over these would be vectorised first.
#[inline(always)]
fn move_by<const K: usize>(points: &mut [Tile<f32>; K], times: &Tile<f32>, steps: &[Tile<f32>; K]) {
    let times = [*times; K];
    let (points, steps) = (points.as_flattened_mut(), steps.as_flattened());
    let times = times.as_flattened();
    for n in 0..K * LANES {
        points[n] += times[n] * steps[n];
    }
}

/// Taste estimates from precisions and weighted sums, as [`Prior::update`].
#[inline(always)]
fn estimates<const K: usize>(
    prior: &Prior<K>,
    precision: &Tile<f32>,
    sum: &[Tile<f32>; K],
) -> [Tile<f32>; K] {
    let mut estimates = [[0.0; LANES]; K];
    for l in 0..LANES {
        let posterior = prior.update(precision[l], &std::array::from_fn(|d| sum[d][l]));
        for d in 0..K {
            estimates[d][l] = posterior.taste[d];
        }
    }
    estimates
}

/// How far the products that customers get are from their needs, squared.
#[inline(always)]
fn fit_a_product<const K: usize>(
    now: &Conditions<K>,
    group: Group,
    who: &Tile<u32>,
    need: &[Tile<f32>; K],
    estimate: &[Tile<f32>; K],
    search: &mut Search,
) -> Tile<f32> {
    let products = now.firms[group.firm].products;
    let experience = now.parameters.experiences[group.experience];
    let product = if experience.selection == Selection::Firm {
        nearest(products, estimate)
    } else {
        let noise = normals::<K>(&now.keys.view, who);
        let error = [now.population.articulation_error; LANES];
        let mut view = *need;
        move_by(&mut view, &error, &noise);
        if experience.selection == Selection::Menu && experience.menu_size < products.len() {
            choose_from_menu(products, experience.menu_size, estimate, &view, search)
        } else {
            nearest(products, &view)
        }
    };
    let mut places = [[0.0; LANES]; K];
    for l in 0..LANES {
        let place = &products[product[l] as usize];
        for d in 0..K {
            places[d][l] = place[d];
        }
    }
    let mut distance = [0.0; LANES];
    for d in 0..K {
        for l in 0..LANES {
            let step = places[d][l] - need[d][l];
            distance[l] += step * step;
        }
    }
    distance
}

/// What the transactions are worth, and what customers believe of the firm from then on.
#[inline(always)]
fn create_value<const K: usize>(
    now: &Conditions<K>,
    group: Group,
    list: &Tile<u32>,
    distance: &Tile<f32>,
    familiarity: &Tile<f32>,
    arrived: &mut Arrived<K>,
    served: &mut Served<K>,
) {
    let firm = &now.firms[group.firm];
    let experience = now.parameters.experiences[group.experience];
    let Stakes {
        agency_cost,
        mistake_cost,
        ..
    } = arrived.stakes;
    let kind = now.population.kinds[0];
    // by value, so that no lane must ask whether there is a push before it may read it
    let (gain, push) = (firm.efficiency_gain, firm.push);
    let agency = arrived.agency;
    let (mut fit, mut friction) = ([0.0; LANES], [0.0; LANES]);
    let (mut wtp, mut cost) = ([0.0; LANES], [0.0; LANES]);
    for l in 0..LANES {
        let stakes = NeedKind {
            agency_cost: agency_cost[l],
            mistake_cost: mistake_cost[l],
            ..kind
        };
        let value = value(
            distance[l],
            word::is_detected(list[l]),
            familiarity[l],
            agency[l],
            &stakes,
            &experience,
            gain,
            push,
            now,
        );
        fit[l] = value.fit;
        friction[l] = value.friction;
        wtp[l] = value.wtp;
        cost[l] = value.cost;
    }
    (served.fit, served.friction) = (wide(&fit), wide(&friction));
    (served.wtp, served.cost) = (wide(&wtp), wide(&cost));
    let (price, reputation) = (firm.price, firm.reputation);
    let speed = now.population.belief_speed;
    let mut belief = arrived.belief;
    let (mut first, mut surplus) = ([false; LANES], [0.0; LANES]);
    for l in 0..LANES {
        surplus[l] = wtp[l] - price;
        first[l] = belief[l].is_nan();
        let before = if first[l] { reputation } else { belief[l] };
        belief[l] = before + speed * (wtp[l] - before);
    }
    (served.first, served.surplus) = (first, wide(&surplus));
    arrived.belief = belief;
}

/// What the firm observes and what it knows of the customers from then on.
#[inline(always)]
fn learn<const K: usize>(
    now: &Conditions<K>,
    group: Group,
    need: &[Tile<f32>; K],
    arrived: &mut Arrived<K>,
    served: &mut Served<K>,
) {
    let firm = &now.firms[group.firm];
    let noisiness = now.parameters.experiences[group.experience].signal_noise;
    let Arrived { who, learns, .. } = *arrived;
    let (mut times, mut weights) = ([1.0_f32; LANES], arrived.stakes.weight);
    if let Some(push) = firm.push {
        for l in 0..LANES {
            times[l] = if push.teaches_twice(who[l]) { 2.0 } else { 1.0 };
            weights[l] *= times[l];
        }
    }
    let kept = firm.kept;
    let (mut precision, mut sum) = (arrived.precision, arrived.sum);
    // what the firm knows, if only for this once
    let (mut known, mut known_sum) = ([0.0; LANES], [[0.0; LANES]; K]);
    for l in 0..LANES {
        let more = kept * precision[l] + weights[l];
        known[l] = if learns[l] != 0 { more } else { weights[l] };
        precision[l] = if learns[l] != 0 { more } else { precision[l] };
    }
    let noise = normals::<K>(&now.keys.signal, &who);
    for d in 0..K {
        let mut observed = [0.0; LANES];
        for l in 0..LANES {
            let y = need[d][l] + noisiness * noise[d][l];
            observed[l] = times[l] * y;
            let weighted = y * weights[l];
            let more = kept * sum[d][l] + weighted;
            known_sum[d][l] = if learns[l] != 0 { more } else { weighted };
            sum[d][l] = if learns[l] != 0 { more } else { sum[d][l] };
        }
        served.observed[d] = wide(&observed);
    }
    (arrived.precision, arrived.sum) = (precision, sum);
    let estimate = estimates(&firm.prior, &known, &known_sum);
    served.assigned = nearest(firm.products, &estimate);
    let times = wide(&times);
    for d in 0..K {
        let mut estimate = wide(&estimate[d]);
        for l in 0..LANES {
            estimate[l] *= times[l];
        }
        served.estimate[d] = estimate;
    }
    served.times = times;
}

/// Makes a firm the home of customers, and counts those who had another, or none, in the last entry of `left`.
#[inline(never)]
fn settle(homes: &mut [u16], entries: &[u32], firm: u16, left: &mut [u32]) {
    let none = left.len() - 1;
    for &need in entries {
        let home = &mut homes[word::position(need)];
        left[usize::from(*home).min(none)] += 1;
        *home = firm;
    }
}

impl Replay {
    /// Takes in the needs of a period.
    fn take<const K: usize>(&mut self, work: &Work<K>) {
        let courses = &work.courses.as_flattened()[..work.needs];
        self.courses.extend_from_slice(courses);
        self.servers.extend_from_slice(&work.server[..work.needs]);
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
        make_room(&mut work.served, work.groups.tiles, Served::NOTHING);
        work.left.clear();
        work.left.resize(now.firms.len() + 1, 0);
        for &group in &work.groups.groups {
            let entries = &work.groups.entries[group.entries()];
            serve(
                now.set,
                self,
                now,
                group,
                entries.as_chunks().0,
                &mut work.search,
                &mut work.arrived,
                &mut work.served[group.tiles()],
            );
            let entries = &entries[..group.len];
            settle(&mut self.home, entries, group.firm as u16, &mut work.left);
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
