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
            if now.firms[firm].push.is_some() {
                self.account_cell::<true>(groups, work);
            } else {
                self.account_cell::<false>(groups, work);
            }
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
                self.curves
                    .count(i, firm, served.fit[l], served.wtp[l], served.knowledge[l]);
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
                let cause = Cause::of_transaction(served.begun[l]);
                let mut interaction =
                    self.interaction(i, firm, group.experience, cause, served.knowledge[l]);
                interaction.is_of_value(price, served.fit[l], served.wtp[l], served.first[l]);
                self.log.add(interaction);
            }
        }
    }

    /// Adds up the groups of a firm in a kind of need, and puts them in order where somebody else needs that;
    /// `PUSHED`: some of the transactions teach the firm as much as two.
    fn account_cell<const PUSHED: bool>(&mut self, groups: Range<usize>, work: &mut Work<K>) {
        let own = &work.groups.groups[groups.clone()];
        let (firm, kind) = (own[0].firm, own[0].kind);
        for group in own {
            self.tally
                .count_experience(firm, kind, group.experience, group.len as u64);
        }
        if let [group] = *own {
            self.account_group::<PUSHED>(group, &work.served[group.tiles()]);
            if self.cohort.watches(firm) {
                work.put_in_order(groups);
            }
            return;
        }
        work.put_in_order(groups);
        let (tally, assigned) = self.tally.cell(firm, kind);
        for &(_, place) in &work.in_order {
            work.served[place / LANES].add::<PUSHED>(place % LANES, tally, assigned);
        }
    }

    /// What the transactions in order, of a kind of need, add to the tally of the cohort.
    fn count_cohort(&mut self, kind: usize, work: &Work<K>) {
        let tally = self.tally.cohort_of_kind(kind);
        for &(need, place) in &work.in_order {
            if self.cohort.has(word::position(need)) {
                let (served, l) = (&work.served[place / LANES], place % LANES);
                tally.count(served.wtp[l], served.cost[l]);
            }
        }
    }

    /// As above for a firm whose customers all have the same experience: they are in order already.
    #[inline(never)]
    fn account_group<const PUSHED: bool>(&mut self, group: Group, served: &[Served<K>]) {
        let (total, assigned) = self.tally.cell(group.firm, group.kind);
        // in registers
        let mut tally = *total;
        for (t, served) in served.iter().enumerate() {
            for l in 0..entries_in(t, group.len) {
                served.add::<PUSHED>(l, &mut tally, assigned);
            }
        }
        *total = tally;
    }
}

impl<const K: usize> Served<K> {
    /// Adds one transaction.
    #[inline(always)]
    fn add<const PUSHED: bool>(
        &self,
        l: usize,
        tally: &mut FirmTally<K>,
        assigned: &mut [Observations<K>],
    ) {
        let twice = PUSHED && self.twice[l];
        let times = if twice { 2.0_f32 } else { 1.0 };
        tally.transactions += 1;
        tally.taught_twice += u64::from(twice);
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
            *total += f64::from(times * y[l]);
        }
        let taste = self.estimate.map(|taste| taste[l]);
        assigned[self.assigned[l] as usize].assign(&taste, times.into());
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
