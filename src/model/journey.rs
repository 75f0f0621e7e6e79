//! One customer's period: turnover, drift, need, detection, choice (section 3, steps 4a to 4f).

use super::choice::choose;
use super::conditions::Conditions;
use super::customers::{Block, NO_FIRM};
use super::log::Cause;
use super::replay::{Alarm, Fate, Replay, aware};
use super::transaction::{Noise, Occasion};
use crate::math::logistic;
use crate::random::normals;

impl<const K: usize> Block<K> {
    /// Takes all customers of the block through the period, one after the other; has happen to them again what did in
    /// another world, if one is given.
    ///
    /// This is the model as its document describes it; [`Block::live`] gives the same bytes faster.
    pub fn live_one_by_one(&mut self, now: &Conditions<K>, replay: Option<&Replay>) {
        self.begin_period();
        let mut again = replay.map(Replay::again);
        for i in 0..self.len() {
            self.turn_over(i, now);
            self.drift(i, now);
            let needs = now.keys.need_arises.uniform(self.number(i)) < now.population.need_rate;
            match &mut again {
                None if needs => self.feel_need(i, now),
                None => self.feel_no_need(i, now),
                Some(again) if needs => self.feel_need_again(i, again.need(), now),
                Some(again) => self.suffer_again(again.alarm(i), now),
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
        let who = self.number(i);
        let home = self.home[i];
        let mut course = 0;
        let kind = now.kind(who);
        if home != NO_FIRM && self.detects(i, home, kind, now) {
            course = aware::DETECTED;
            let acceptance = self.acceptance(i, home, now);
            if now.keys.acceptance.uniform(who) < acceptance {
                course |= aware::ACCEPTS;
            } else if now.keys.cancelling.uniform(who) >= acceptance {
                course |= aware::CANCELS;
            }
        } else if now.keys.awareness.uniform(who) < now.population.awareness {
            course = aware::UNAIDED;
        }
        let server = if aware::served_at_home(course) {
            Some(home)
        } else if aware::chooses(course) {
            let excluded = if aware::declined(course) {
                home
            } else {
                NO_FIRM
            };
            choose(who, self.relations.row(i).beliefs, home, excluded, now)
        } else {
            None
        };
        self.fulfil(i, course, server, None, now);
    }

    /// The same need in another world: how it became known and which firm served it, in which experience.
    fn feel_need_again(&mut self, i: usize, fate: Fate, now: &Conditions<K>) {
        let server = (fate.server != NO_FIRM).then_some(fate.server);
        self.fulfil(i, fate.course, server, Some(fate.experience), now);
    }

    /// What comes of a need: a transaction, in a given experience or in the one that the firm gives; or none.
    fn fulfil(
        &mut self,
        i: usize,
        course: u8,
        server: Option<u16>,
        experience: Option<usize>,
        now: &Conditions<K>,
    ) {
        self.tally.needs += 1;
        let known = aware::served_at_home(course) || aware::chooses(course);
        self.tally.recognized += u64::from(known);
        let (home, cancels) = (self.home[i], aware::cancels(course));
        let kind = now.kind(self.number(i));
        if aware::declined(course) {
            let tally = self.tally.of_kind_mut(home as usize, kind);
            tally.declined += 1;
            tally.cancelled += u64::from(cancels);
        }
        let mut given = 0;
        if let Some(firm) = server {
            let occasion = Occasion {
                need: self.need(i, kind, now),
                kind,
                made_known_by_firm: course & aware::DETECTED != 0,
                begun_by_firm: aware::served_at_home(course),
            };
            let noise = Noise::draw(self.number(i), now);
            given = self.transact(i, firm, &occasion, experience, &noise, now);
        } else if cancels {
            self.move_home(i, NO_FIRM);
        }
        if let Some(replay) = &mut self.replay {
            replay.add(course, server.unwrap_or(NO_FIRM), given as u16);
        }
    }

    /// The need of customer i, should one arise: x = theta + N(0, sigma).
    #[inline(always)]
    fn need(&self, i: usize, kind: usize, now: &Conditions<K>) -> [f32; K] {
        let z = normals::<K>(&now.keys.need, self.number(i));
        let variety = now.population.kinds[kind].variety;
        std::array::from_fn(|d| self.taste[i][d] + variety * z[d])
    }

    /// Step c: whether the home firm detects the need, with probability support.recognize * k.
    #[inline(always)]
    pub(super) fn detects(
        &mut self,
        i: usize,
        home: u16,
        kind: usize,
        now: &Conditions<K>,
    ) -> bool {
        let (experience, knowledge) = self.experience_with(i, home, kind, now);
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
            let kind = now.kind(self.number(i));
            let (experience, knowledge) = self.experience_with(i, home, kind, now);
            if chance < now.parameters.experiences[experience].false_alarm * (1.0 - knowledge) {
                self.suffer_false_alarm(i, experience, now);
                let acceptance = self.acceptance(i, home, now);
                let alarm = Alarm {
                    customer: i as u32,
                    experience: experience as u16,
                    cancels: now.keys.cancelling.uniform(self.number(i)) >= acceptance,
                };
                self.end_false_alarm(alarm, now);
            }
        }
    }

    /// A false alarm: what the customer suffers and believes, and what the firm loses.
    fn suffer_false_alarm(&mut self, i: usize, experience: usize, now: &Conditions<K>) {
        let population = now.population;
        let (home, kind) = (self.home[i] as usize, now.kind(self.number(i)));
        let stakes = &population.kinds[kind];
        let index = experience;
        let experience = &now.parameters.experiences[index];
        let wtp = -experience.control * (stakes.agency_cost * self.agency[i] + stakes.mistake_cost);
        let belief = &mut self.relations.row(i).beliefs[home];
        *belief += population.belief_speed * (wtp - *belief);
        if self.log.follows(self.number(i)) {
            let firm = self.home[i];
            let (_, knowledge) = self.experience_with(i, firm, kind, now);
            let mut interaction = self.interaction(i, firm, index, Cause::FalseAlarm, knowledge);
            interaction.wtp = wtp;
            self.log.add(interaction);
        }
        let cost = f64::from(experience.control * experience.unit_cost);
        let tally = self.tally.of_kind_mut(home, kind);
        tally.false_alarms += 1;
        tally.false_alarm_surplus += f64::from(wtp);
        tally.false_alarm_cost += cost;
        if self.cohort.watches(home) && self.cohort.has(i) {
            self.tally.cohort_of_kind(kind).false_alarm_cost += cost;
        }
    }

    /// What follows from a false alarm: some customers cancel.
    fn end_false_alarm(&mut self, alarm: Alarm, now: &Conditions<K>) {
        let i = alarm.customer as usize;
        if alarm.cancels {
            let (home, kind) = (self.home[i] as usize, now.kind(self.number(i)));
            self.tally.of_kind_mut(home, kind).cancelled += 1;
            self.move_home(i, NO_FIRM);
        }
        if let Some(replay) = &mut self.replay {
            replay.alarms.push(alarm);
        }
    }

    /// The false alarms of another world.
    pub(super) fn suffer_again(&mut self, alarms: &[Alarm], now: &Conditions<K>) {
        for &alarm in alarms {
            self.suffer_false_alarm(alarm.customer as usize, alarm.experience.into(), now);
            self.end_false_alarm(alarm, now);
        }
    }

    /// The experience that a firm gives the customer for a kind of need, and its knowledge index.
    #[inline(always)]
    pub(super) fn experience_with(
        &mut self,
        i: usize,
        j: u16,
        kind: usize,
        now: &Conditions<K>,
    ) -> (usize, f32) {
        let firm = &now.firms[j as usize];
        let precision = self.relations.row(i).precisions[j as usize];
        let knowledge = firm
            .prior
            .knowledge(if firm.individual { precision } else { 0.0 });
        (
            firm.experience(
                kind,
                knowledge,
                self.number(i),
                self.arrival[i],
                self.agency[i],
            ),
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
}
