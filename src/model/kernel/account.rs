//! What a firm's transactions add to the tally: sums in the order of the customers, as one by one.

use std::ops::Range;

use super::super::conditions::Conditions;
use super::super::customers::Block;
use super::super::knowledge::Observations;
use super::super::log::Cause;
use super::super::tally::FirmTally;
use super::tile::{LANES, make_room};
use super::word;
use super::work::{ByKind, Group, Groups, Place, Served, Work};

impl<const K: usize> Block<K> {
    /// Adds up the transactions of a firm, kind of need by kind.
    pub(super) fn account(&mut self, now: &Conditions<K>, firm: usize, work: &mut Work<K>) {
        let groups = work.groups.of_firm[firm].clone();
        let kinds = now.population.kinds.len();
        let pushed = now.firms[firm].push.is_some();
        match work.groups.groups[groups.clone()] {
            [group] if kinds == 1 => {
                self.account_kind(firm, 0, work.groups.places(group), &work.served, pushed);
            }
            _ => {
                work.put_in_order(groups.clone(), kinds);
                for kind in 0..kinds {
                    let own = work.of_kind(kind).iter().copied();
                    self.account_kind(firm, kind, own, &work.served, pushed);
                }
            }
        }
        for kind in 0..kinds {
            let own = &work.groups.groups[groups.clone()];
            for group in own {
                let number = match own.len() {
                    1 => self.tally.of_kind(firm, kind).transactions,
                    _ => number_of(kind, work.groups.entries_of(*group)),
                };
                self.tally
                    .count_experience(firm, kind, group.experience, number);
            }
        }
        if self.curves.are_drawn() {
            work.put_in_order(groups, 1);
            for &(need, place) in &work.in_order {
                let (served, l) = at(&work.served, place);
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
            for (need, place) in work.groups.places(*group) {
                let i = word::position(need);
                if !self.log.follows(self.number(i)) {
                    continue;
                }
                let (served, l) = at(&work.served, place);
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

    /// Adds up the transactions of a firm in a kind of need, which come in the order of the customers; `pushed`: some of
    /// them teach the firm as much as two.
    #[inline(always)]
    fn account_kind(
        &mut self,
        firm: usize,
        kind: usize,
        own: impl ExactSizeIterator<Item = Place> + Clone,
        served: &[Served<K>],
        pushed: bool,
    ) {
        let (total, assigned) = self.tally.cell(firm, kind);
        // in registers
        let mut tally = *total;
        tally.transactions += own.len() as u64;
        tally.home_change += own.len() as i64;
        for (need, place) in own.clone() {
            let (served, l) = at(served, place);
            tally.detected += u64::from(word::is_served_at_home(need));
            served.add(l, &mut tally, assigned);
        }
        if pushed {
            tally.taught_twice += taught_twice(own.clone(), served);
        }
        *total = tally;
        if self.cohort.watches(firm) {
            let total = self.tally.cohort_of_kind(kind);
            let mut tally = *total;
            for (need, place) in own {
                let (served, l) = at(served, place);
                let is_member = self.cohort.has(word::position(need));
                tally.count_if(is_member, served.wtp[l], served.cost[l]);
            }
            *total = tally;
        }
    }
}

/// The tile of a transaction, and its lane there.
#[inline(always)]
fn at<const K: usize>(served: &[Served<K>], place: u32) -> (&Served<K>, usize) {
    let place = place as usize;
    (&served[place / LANES], place % LANES)
}

/// How many of the needs are of a kind.
#[inline(never)]
fn number_of(kind: usize, entries: &[u32]) -> u64 {
    let of_kind = entries
        .iter()
        .map(|&need| u32::from(word::is_of(need, kind)));
    of_kind.sum::<u32>().into()
}

/// How many of the transactions taught the firm as much as two.
#[inline(always)]
fn taught_twice<const K: usize>(own: impl Iterator<Item = Place>, served: &[Served<K>]) -> u64 {
    let twice = own.map(|(_, place)| {
        let (served, l) = at(served, place);
        u64::from(served.times[l] > 1.0)
    });
    twice.sum()
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

impl Groups {
    /// The words of a group, in the order of the customers.
    fn entries_of(&self, group: Group) -> &[u32] {
        &self.entries[group.entries()][..group.len]
    }

    /// The transactions of a group, in the order of the customers.
    fn places(&self, group: Group) -> impl ExactSizeIterator<Item = Place> + Clone {
        let start = group.start * LANES;
        let place = move |(n, &need): (usize, &u32)| (need, (start + n) as u32);
        self.entries_of(group).iter().enumerate().map(place)
    }
}

impl<const K: usize> Work<K> {
    /// Lists the transactions of a firm's groups in the order of the customers, or kind by kind where there are several kinds of
    /// needs.
    #[inline(never)]
    fn put_in_order(&mut self, groups: Range<usize>, kinds: usize) {
        let (in_order, all) = (&mut self.in_order, &self.groups);
        self.by_kind.clear();
        if let [group] = all.groups[groups.clone()]
            && kinds > 1
        {
            return self.by_kind.list(all.places(group), kinds);
        }
        in_order.clear();
        for &group in &all.groups[groups] {
            in_order.extend(all.places(group));
        }
        // not by an unstable sort, which would make nothing of each group's being in order
        in_order.sort_by_key(|&(need, _)| need);
        if kinds > 1 {
            self.by_kind.list(in_order.iter().copied(), kinds);
        }
    }

    /// Those of them in a kind of need.
    fn of_kind(&self, kind: usize) -> &[Place] {
        match self.by_kind.next.get(kind) {
            Some(&end) => &self.by_kind.places[kind * self.by_kind.room..end],
            None => &self.in_order,
        }
    }
}

impl ByKind {
    /// Nothing is listed.
    fn clear(&mut self) {
        self.next.clear();
    }

    /// Lists transactions kind by kind, each kind in their order.
    #[inline(always)]
    fn list(&mut self, transactions: impl ExactSizeIterator<Item = Place>, kinds: usize) {
        self.room = transactions.len();
        make_room(&mut self.places, kinds * self.room, (0, 0));
        self.next.extend((0..kinds).map(|kind| kind * self.room));
        for transaction in transactions {
            let next = &mut self.next[word::kind(transaction.0)];
            self.places[*next] = transaction;
            *next += 1;
        }
    }
}
