//! What a firm's transactions add to the tally: sums in the order of the customers, as one by one.

use super::super::customers::Block;
use super::super::knowledge::Observations;
use super::super::tally::FirmTally;
use super::tile::{LANES, entries_in};
use super::work::{Group, Served, Work};

impl<const K: usize> Block<K> {
    /// Adds up the transactions of a firm.
    pub(super) fn account(&mut self, firm: usize, work: &mut Work<K>) {
        let groups = &work.groups.groups[work.groups.of_firm[firm].clone()];
        for group in groups {
            self.tally
                .count_experience(firm, group.experience, group.len as u64);
        }
        if let [group] = groups
            && !self.curves.are_drawn()
        {
            self.account_group(*group, &work.served[group.tiles()]);
            return;
        }
        work.in_order.clear();
        for group in groups {
            let entries = &work.groups.entries[group.entries()][..group.len];
            let places = group.start * LANES..;
            work.in_order.extend(entries.iter().copied().zip(places));
        }
        work.in_order.sort_unstable();
        let (tally, assigned) = self.tally.of_firm(firm);
        for &(need, place) in &work.in_order {
            let (served, l) = (&work.served[place / LANES], place % LANES);
            served.add(l, tally, assigned);
            let i = work.needing[need as usize] as usize;
            self.curves
                .count(i, firm, served.fit[l], served.wtp[l], served.knowledge[l]);
        }
    }

    /// As above for a firm whose customers all have the same experience: they are in order already.
    #[inline(never)]
    fn account_group(&mut self, group: Group, served: &[Served<K>]) {
        let (total, assigned) = self.tally.of_firm(group.firm);
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

impl<const K: usize> Served<K> {
    /// Adds one transaction.
    #[inline(always)]
    fn add(&self, l: usize, tally: &mut FirmTally<K>, assigned: &mut [Observations<K>]) {
        tally.transactions += 1;
        tally.home_change += 1;
        tally.detected += u64::from(self.begun[l]);
        tally.fit += f64::from(self.fit[l]);
        tally.wtp += f64::from(self.wtp[l]);
        tally.cost += f64::from(self.cost[l]);
        tally.friction += f64::from(self.friction[l]);
        tally.knowledge += f64::from(self.knowledge[l]);
        tally.surplus += f64::from(self.surplus[l]);
        if self.first[l] {
            tally.first_time += 1;
            tally.first_fit += f64::from(self.fit[l]);
            tally.first_wtp += f64::from(self.wtp[l]);
        }
        for (total, y) in tally.observed.iter_mut().zip(&self.observed) {
            *total += f64::from(y[l]);
        }
        let assigned = &mut assigned[self.assigned[l] as usize];
        assigned.count += 1.0;
        for (total, taste) in assigned.sum.iter_mut().zip(&self.estimate) {
            *total += f64::from(taste[l]);
        }
    }
}
