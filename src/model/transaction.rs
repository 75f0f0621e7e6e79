//! A transaction: product, fit, friction, value, belief and learning (section 3, steps 4g to 4i).

use super::conditions::Conditions;
use super::customers::{Block, NO_FIRM};
use super::log::Cause;
use super::parameters::{Experience, NeedKind};
use super::perturbation::Push;
use super::selection::{nearest, select, squared_distance};
use crate::math::exp;
use crate::random::normals;

/// How a need came to a transaction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion<const K: usize> {
    /// The need `x`, and its kind.
    pub need: [f32; K],
    pub kind: usize,
    /// Whether a firm made the need known, so that the customer did not have to recognize it.
    pub made_known_by_firm: bool,
    /// Whether the home firm began the transaction and the customer accepted.
    pub begun_by_firm: bool,
}

/// The noises of a transaction, standard normals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noise<const K: usize> {
    /// Of the customer's own view of the need.
    pub view: [f32; K],
    /// Of what the firm observes of the need.
    pub signal: [f32; K],
}

impl<const K: usize> Noise<K> {
    /// The noises of a customer in this period.
    pub fn draw(who: u32, now: &Conditions<K>) -> Self {
        Self {
            view: normals(&now.keys.view, who),
            signal: normals(&now.keys.signal, who),
        }
    }
}

/// What a transaction was worth.
pub(super) struct Value {
    pub fit: f32,
    pub friction: f32,
    pub wtp: f32,
    pub cost: f32,
}

impl<const K: usize> Block<K> {
    /// Customer i transacts with a firm, which becomes the home, in a given experience or in the one that the firm
    /// gives the customer; returns which.
    pub fn transact(
        &mut self,
        i: usize,
        j: u16,
        occasion: &Occasion<K>,
        experience: Option<usize>,
        noise: &Noise<K>,
        now: &Conditions<K>,
    ) -> usize {
        let firm = &now.firms[j as usize];
        let who = self.number(i);
        self.carry_history(i, j, now);
        let row = self.relations.row(i);
        let (belief, precision, sum) = (
            &mut row.beliefs[j as usize],
            &mut row.precisions[j as usize],
            &mut row.sums[j as usize],
        );
        // a firm that does not learn individually uses no history
        let (used, used_sum) = if firm.individual {
            (*precision, *sum)
        } else {
            (0.0, [0.0; K])
        };
        let knowledge = firm.prior.knowledge(used);
        let index = experience.unwrap_or_else(|| {
            firm.experience(
                occasion.kind,
                knowledge,
                who,
                self.arrival[i],
                self.agency[i],
            )
        });
        let experience = &now.parameters.experiences[index];

        // product
        let estimate = firm.prior.update(used, &used_sum).taste;
        let error = now.population.articulation_error;
        let view = std::array::from_fn(|d| occasion.need[d] + error * noise.view[d]);
        let product = select(firm.products, experience, &estimate, &view);
        let squared_distance = squared_distance(&firm.products[product], &occasion.need);

        // value
        let familiarity = firm.prior.familiarity(used);
        let known = occasion.made_known_by_firm;
        let value = value(
            squared_distance,
            known,
            familiarity,
            self.agency[i],
            &now.population.kinds[occasion.kind],
            experience,
            firm.efficiency_gain,
            firm.push,
            now,
        );
        let first = belief.is_nan();
        if first {
            *belief = firm.reputation;
        }
        *belief += now.population.belief_speed * (value.wtp - *belief);

        // learning: y = x + N(0, signal_noise)
        let observed: [f32; K] =
            std::array::from_fn(|d| occasion.need[d] + experience.signal_noise * noise.signal[d]);
        let twice = firm.push.is_some_and(|push| push.teaches_twice(who));
        let times = if twice { 2.0_f32 } else { 1.0 };
        let weight = times * now.observation_precision(occasion.kind, index);
        let weighted = observed.map(|y| y * weight);
        let updated = if firm.individual && self.shares_data[i] {
            *precision = firm.kept * *precision + weight;
            *sum = std::array::from_fn(|d| firm.kept * sum[d] + weighted[d]);
            firm.prior.update(*precision, sum)
        } else {
            firm.prior.update(weight, &weighted)
        };
        let assigned = nearest(firm.products, &updated.taste);

        // accounts
        self.curves
            .count(i, j as usize, value.fit, value.wtp, knowledge);
        if self.cohort.watches(j as usize) {
            let (is_member, wtp, cost) = (self.cohort.has(i), value.wtp, value.cost);
            let tally = self.tally.cohort_of_kind(occasion.kind);
            tally.count_if(is_member, wtp.into(), cost.into());
        }
        if self.log.follows(who) {
            let cause = Cause::of_transaction(occasion.begun_by_firm);
            let mut interaction = self.interaction(i, j, index, cause, knowledge);
            interaction.is_of_value(firm.price, value.fit, value.wtp, first);
            self.log.add(interaction);
        }
        self.tally
            .count_experience(j as usize, occasion.kind, index, 1);
        let (tally, estimates) = self.tally.cell(j as usize, occasion.kind);
        estimates[assigned].assign(&updated.taste, times.into());
        tally.transactions += 1;
        tally.taught_twice += u64::from(twice);
        tally.detected += u64::from(occasion.begun_by_firm);
        tally.fit += f64::from(value.fit);
        tally.wtp += f64::from(value.wtp);
        tally.cost += f64::from(value.cost);
        tally.friction += f64::from(value.friction);
        tally.knowledge += f64::from(knowledge);
        tally.surplus += f64::from(value.wtp - firm.price);
        if first {
            tally.first_time += 1;
            tally.first_fit += f64::from(value.fit);
            tally.first_wtp += f64::from(value.wtp);
        }
        for (total, y) in tally.observed.iter_mut().zip(observed) {
            *total += f64::from(times * y);
        }
        self.move_home(i, j);
        index
    }

    /// Portability (section 4): a customer new to firm j brings along what the home firm knows.
    #[inline(always)]
    pub(super) fn carry_history(&mut self, i: usize, j: u16, now: &Conditions<K>) {
        let home = self.home[i];
        if !self.carries_data[i] || !self.shares_data[i] || home == NO_FIRM {
            return;
        }
        let (from, to) = (home as usize, j as usize);
        let row = self.relations.row(i);
        if row.beliefs[to].is_nan() && now.firms[to].individual && now.firms[from].individual {
            row.precisions[to] = row.precisions[from];
            row.sums[to] = row.sums[from];
        }
    }
}

/// Fit, friction, WTP and cost of a transaction (section 3, step 4g).
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "as many as the equations have")]
pub(super) fn value<const K: usize>(
    squared_distance: f32,
    made_known_by_firm: bool,
    familiarity: f32,
    agency: f32,
    stakes: &NeedKind,
    experience: &Experience,
    efficiency_gain: f32,
    push: Option<Push>,
    now: &Conditions<K>,
) -> Value {
    let parameters = now.parameters;
    let h = parameters.fit_tolerance;
    let fit = exp(-squared_distance / (2.0 * h * h));
    let fit = push.map_or(fit, |push| push.fit(fit));
    let [f1, f2, f3] = parameters.friction;
    let [_, request, respond] = experience.support;
    let unaided = if made_known_by_firm { 0.0 } else { f1 };
    let friction = unaided
        + (f2 * (1.0 - request) + f3 * (1.0 - respond))
            * (1.0 - experience.eased_by_familiarity * familiarity);
    let ceded =
        experience.control * (stakes.agency_cost * agency + stakes.mistake_cost * (1.0 - fit));
    let wtp = fit - friction - ceded;
    Value {
        fit,
        friction,
        wtp: push.map_or(wtp, |push| push.wtp(wtp)),
        cost: experience.unit_cost * (1.0 - efficiency_gain * fit),
    }
}
