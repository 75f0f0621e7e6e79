//! One customer's period: turnover, drift, need, detection, choice (section 3, steps 4a to 4f).

use super::choice::choose;
use super::conditions::Conditions;
use super::customers::{Block, NO_FIRM};
use super::transaction::{Noise, Occasion};
use crate::math::logistic;
use crate::random::normals;

impl<const K: usize> Block<K> {
    /// Takes all customers of the block through the period, one after the other.
    ///
    /// This is the model as its document describes it; [`Block::live`] gives the same bytes faster.
    pub fn live_one_by_one(&mut self, now: &Conditions<K>) {
        self.tally.clear();
        for i in 0..self.len() {
            self.turn_over(i, now);
            self.drift(i, now);
            if now.keys.need_arises.uniform(self.number(i)) < now.population.need_rate {
                self.feel_need(i, now);
            } else {
                self.feel_no_need(i, now);
            }
        }
    }

    /// Step a.
    #[inline(always)]
    pub(super) fn turn_over(&mut self, i: usize, now: &Conditions<K>) {
        let leaves = now.keys.turnover.uniform(self.number(i)) < now.population.turnover;
        if leaves && now.period > 0 {
            let portability = now.parameters.data_portability;
            self.replace(i, now.period, &now.keys, now.population, portability);
        }
    }

    /// Step b.
    #[inline(always)]
    pub(super) fn drift(&mut self, i: usize, now: &Conditions<K>) {
        if now.population.taste_drift == 0.0 {
            return;
        }
        let kept = now.population.taste_kept();
        let z = normals::<K>(&now.keys.drift, self.number(i));
        for (d, taste) in self.taste[i].iter_mut().enumerate() {
            *taste = now.population.drifted(d, *taste, kept, z[d]);
        }
    }

    /// Steps c, e and f: the need x arises, is detected, noticed or lost, and perhaps fulfilled.
    fn feel_need(&mut self, i: usize, now: &Conditions<K>) {
        self.tally.needs += 1;
        let who = self.number(i);
        let need = self.need(i, now);
        let home = self.home[i];
        let mut occasion = Occasion {
            need,
            made_known_by_firm: false,
            begun_by_firm: false,
        };
        let mut declined = false;
        let mut cancels = false;
        if home != NO_FIRM && self.detects(i, home, now) {
            self.tally.recognized += 1;
            occasion.made_known_by_firm = true;
            let acceptance = self.acceptance(i, home, now);
            if now.keys.acceptance.uniform(who) < acceptance {
                occasion.begun_by_firm = true;
                self.transact(i, home, &occasion, &Noise::draw(who, now), now);
                return;
            }
            declined = true;
            self.tally.firms[home as usize].declined += 1;
            cancels = self.cancels(i, home, acceptance, now);
        } else if now.keys.awareness.uniform(who) < now.population.awareness {
            self.tally.recognized += 1;
        } else {
            return;
        }
        let excluded = if declined { home } else { NO_FIRM };
        match choose(who, self.relations.row(i).beliefs, home, excluded, now) {
            Some(firm) => {
                self.transact(i, firm, &occasion, &Noise::draw(who, now), now);
            }
            None if cancels => self.move_home(i, NO_FIRM),
            None => {}
        }
    }

    /// The need of customer i, should one arise: x = theta + N(0, sigma).
    #[inline(always)]
    pub(super) fn need(&self, i: usize, now: &Conditions<K>) -> [f32; K] {
        let z = normals::<K>(&now.keys.need, self.number(i));
        std::array::from_fn(|d| self.taste[i][d] + now.population.need_variety * z[d])
    }

    /// Step c: whether the home firm detects the need, with probability support.recognize * k.
    #[inline(always)]
    pub(super) fn detects(&mut self, i: usize, home: u16, now: &Conditions<K>) -> bool {
        let (experience, knowledge) = self.experience_with(i, home, now);
        let support = now.parameters.experiences[experience].support[0];
        support > 0.0 && now.keys.detection.uniform(self.number(i)) < support * knowledge
    }

    /// Step d: without a need, the home firm may act all the same.
    #[inline(always)]
    pub(super) fn feel_no_need(&mut self, i: usize, now: &Conditions<K>) {
        let home = self.home[i];
        if home == NO_FIRM {
            return;
        }
        let firm = &now.firms[home as usize];
        let chance = now.keys.false_alarm.uniform(self.number(i));
        if chance < firm.false_alarm {
            let (experience, knowledge) = self.experience_with(i, home, now);
            if chance < now.parameters.experiences[experience].false_alarm * (1.0 - knowledge) {
                self.suffer_false_alarm(i, home, experience, now);
            }
        }
    }

    fn suffer_false_alarm(&mut self, i: usize, home: u16, experience: usize, now: &Conditions<K>) {
        let population = now.population;
        let experience = &now.parameters.experiences[experience];
        let wtp = -experience.control
            * (population.agency_cost * self.agency[i] + population.mistake_cost);
        let belief = &mut self.relations.row(i).beliefs[home as usize];
        *belief += population.belief_speed * (wtp - *belief);
        let tally = &mut self.tally.firms[home as usize];
        tally.false_alarms += 1;
        tally.false_alarm_surplus += f64::from(wtp);
        tally.false_alarm_cost += f64::from(experience.control * experience.unit_cost);
        let acceptance = self.acceptance(i, home, now);
        if self.cancels(i, home, acceptance, now) {
            self.move_home(i, NO_FIRM);
        }
    }

    /// The experience that a firm gives the customer, and its knowledge index.
    #[inline(always)]
    pub(super) fn experience_with(
        &mut self,
        i: usize,
        j: u16,
        now: &Conditions<K>,
    ) -> (usize, f32) {
        let firm = &now.firms[j as usize];
        let precision = self.relations.row(i).precisions[j as usize];
        let knowledge = firm
            .prior
            .knowledge(if firm.individual { precision } else { 0.0 });
        (
            firm.experience(knowledge, self.number(i), self.arrival[i], self.agency[i]),
            knowledge,
        )
    }

    /// acc(i, h) = 1 / (1 + exp(-(q - p) / m)).
    #[inline(always)]
    pub(super) fn acceptance(&mut self, i: usize, home: u16, now: &Conditions<K>) -> f32 {
        let belief = self.relations.row(i).beliefs[home as usize];
        let price = now.firms[home as usize].price;
        logistic((belief - price) * now.population.choice_precision)
    }

    /// Whether the customer cancels, with probability 1 - acc; counts it.
    #[inline(always)]
    pub(super) fn cancels(
        &mut self,
        i: usize,
        home: u16,
        acceptance: f32,
        now: &Conditions<K>,
    ) -> bool {
        let cancels = now.keys.cancelling.uniform(self.number(i)) >= acceptance;
        self.tally.firms[home as usize].cancelled += u64::from(cancels);
        cancels
    }
}
