//! What a firm's transactions add to the tally: sums in the order of the customers, as one by one.

use std::ops::Range;

use super::super::conditions::Conditions;
use super::super::customers::Block;
use super::super::knowledge::Observations;
use super::super::log::Cause;
use super::super::tally::FirmTally;
use super::tile::{LANES, entries_in};
use super::word;
use super::work::{Group, Served, Work};

impl<const K: usize> Block<K> {
    /// Adds up the transactions of a firm, kind of need by kind.
    pub(super) fn account(&mut self, now: &Conditions<K>, firm: usize, work: &mut Work<K>) {
        let kinds = now.population.kinds.len();
        for kind in 0..kinds {
            let groups = work.groups.of_cell[firm * kinds + kind].clone();
            self.account_cell(groups, now.firms[firm].push.is_some(), work);
        }
        if self.curves.are_drawn() {
            let cells = &work.groups.of_cell[firm * kinds..(firm + 1) * kinds];
            work.put_in_order(cells[0].start..cells[kinds - 1].end);
            for &(need, place) in &work.in_order {
                let (served, l) = (&work.served[place / LANES], place % LANES);
                let i = word::position(need);
                let [fit, wtp, knowledge] =
                    [served.fit[l], served.wtp[l], served.knowledge[l]].map(|it| it as f32);
                self.curves.count(i, firm, fit, wtp, knowledge);
            }
        }
    }

    /// Takes the transactions into the log, of customers who are followed.
    pub(super) fn log(&mut self, now: &Conditions<K>, work: &Work<K>) {
        for group in &work.groups.groups {
            let entries = &work.groups.entries[group.entries()][..group.len];
            for (&need, place) in entries.iter().zip(group.start * LANES..) {
                let i = word::position(need);
                if !self.log.follows(self.number(i)) {
                    continue;
                }
                let (served, l) = (&work.served[place / LANES], place % LANES);
                let (firm, price) = (group.firm as u16, now.firms[group.firm].price);
                let [fit, wtp, knowledge] =
                    [served.fit[l], served.wtp[l], served.knowledge[l]].map(|it| it as f32);
                let cause = Cause::of_transaction(word::is_served_at_home(need));
                let mut interaction = self.interaction(i, firm, group.experience, cause, knowledge);
                interaction.is_of_value(price, fit, wtp, served.first[l]);
                self.log.add(interaction);
            }
        }
    }

    /// Adds up the groups of a firm in a kind of need; `pushed`: some of the transactions teach the firm as much as two.
    fn account_cell(&mut self, groups: Range<usize>, pushed: bool, work: &mut Work<K>) {
        let own = &work.groups.groups[groups.clone()];
        let (firm, kind) = (own[0].firm, own[0].kind);
        for group in own {
            self.tally
                .count_experience(firm, kind, group.experience, group.len as u64);
            let entries = &work.groups.entries[group.entries()][..group.len];
            let tally = self.tally.of_kind_mut(firm, kind);
            tally.count(entries);
            if pushed {
                tally.taught_twice += taught_twice(&work.served[group.tiles()], group.len);
            }
        }
        let watched = self.cohort.watches(firm);
        if let [group] = *own {
            let served = &work.served[group.tiles()];
            self.account_group(group, served);
            if watched {
                let entries = &work.groups.entries[group.entries()][..group.len];
                let places = entries.iter().copied().zip(0..);
                self.count_cohort(kind, places, served);
            }
            return;
        }
        work.put_in_order(groups);
        let (tally, assigned) = self.tally.cell(firm, kind);
        for &(_, place) in &work.in_order {
            work.served[place / LANES].add(place % LANES, tally, assigned);
        }
        if watched {
            self.count_cohort(kind, work.in_order.iter().copied(), &work.served);
        }
    }

    /// What transactions, by their needs and their places among those served, add to the tally of the cohort, in this order.
    #[inline(always)]
    fn count_cohort(
        &mut self,
        kind: usize,
        transactions: impl Iterator<Item = (u32, usize)>,
        served: &[Served<K>],
    ) {
        let total = self.tally.cohort_of_kind(kind);
        let mut tally = *total;
        for (need, place) in transactions {
            let (served, l) = (&served[place / LANES], place % LANES);
            tally.count_if(
                self.cohort.has(word::position(need)),
                served.wtp[l],
                served.cost[l],
            );
        }
        *total = tally;
    }

    /// As above for a firm whose customers all have the same experience: they are in order already.
    #[inline(never)]
    fn account_group(&mut self, group: Group, served: &[Served<K>]) {
        let (total, assigned) = self.tally.cell(group.firm, group.kind);
        // in registers
        let mut tally = *total;
        for (t, served) in served.iter().enumerate() {
            for l in 0..entries_in(t, group.len) {
                served.add(l, &mut tally, assigned);
            }
        }
        *total = tally;
    }
}

/// How many of the first `len` transactions taught the firm as much as two.
#[inline(never)]
fn taught_twice<const K: usize>(served: &[Served<K>], len: usize) -> u64 {
    let mut twice = 0;
    for (t, served) in served.iter().enumerate() {
        for &times in &served.times[..entries_in(t, len)] {
            twice += u64::from(times > 1.0);
        }
    }
    twice
}

impl<const K: usize> FirmTally<K> {
    /// Counts transactions, by the words of their needs.
    fn count(&mut self, entries: &[u32]) {
        let begun = |&&need: &&u32| word::is_served_at_home(need);
        self.transactions += entries.len() as u64;
        self.home_change += entries.len() as i64;
        self.detected += entries.iter().filter(begun).count() as u64;
    }
}

impl<const K: usize> Served<K> {
    /// Adds one transaction, which is counted elsewhere.
    #[inline(always)]
    fn add(&self, l: usize, tally: &mut FirmTally<K>, assigned: &mut [Observations<K>]) {
        tally.fit += self.fit[l];
        tally.wtp += self.wtp[l];
        tally.cost += self.cost[l];
        tally.friction += self.friction[l];
        tally.knowledge += self.knowledge[l];
        tally.surplus += self.surplus[l];
        if self.first[l] {
            tally.first_time += 1;
            tally.first_fit += self.fit[l];
            tally.first_wtp += self.wtp[l];
        }
        for d in 0..K {
            tally.observed[d] += self.observed[d][l];
        }
        let taste = std::array::from_fn(|d| self.estimate[d][l]);
        assigned[self.assigned[l] as usize].add(self.times[l], &taste);
    }
}

impl<const K: usize> Work<K> {
    /// Lists the transactions of some groups in the order of the customers.
    fn put_in_order(&mut self, groups: Range<usize>) {
        self.in_order.clear();
        for group in &self.groups.groups[groups] {
            let entries = &self.groups.entries[group.entries()][..group.len];
            let places = group.start * LANES..;
            self.in_order.extend(entries.iter().copied().zip(places));
        }
        self.in_order.sort_unstable();
    }
}
