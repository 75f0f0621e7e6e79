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
            if self.cohort.watches(firm) {
                self.count_cohort(kind, work);
            }
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

    /// Adds up the groups of a firm in a kind of need, and puts them in order where somebody else needs that;
    /// `pushed`: some of the transactions teach the firm as much as two.
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
                let times = work.served[group.tiles()].iter().flat_map(|it| it.times);
                let twice = times.take(group.len).filter(|&times| times > 1.0);
                tally.taught_twice += twice.count() as u64;
            }
        }
        if let [group] = *own {
            self.account_group(group, &work.served[group.tiles()]);
            if self.cohort.watches(firm) {
                work.put_in_order(groups);
            }
            return;
        }
        work.put_in_order(groups);
        let (tally, assigned) = self.tally.cell(firm, kind);
        for &(_, place) in &work.in_order {
            work.served[place / LANES].add(place % LANES, tally, assigned);
        }
    }

    /// What the transactions in order, of a kind of need, add to the tally of the cohort.
    fn count_cohort(&mut self, kind: usize, work: &Work<K>) {
        let tally = self.tally.cohort_of_kind(kind);
        for &(need, place) in &work.in_order {
            if self.cohort.has(word::position(need)) {
                let (served, l) = (&work.served[place / LANES], place % LANES);
                tally.count(served.wtp[l] as f32, served.cost[l] as f32);
            }
        }
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
