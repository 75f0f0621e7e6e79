//! A customer of the reference, and the steps a to i of a period.

use flywheel::random::Purpose;
use flywheel::scenario::{NeedKind, Phase, Population};

use super::Period;
use super::draws::Draws;
use super::firm::Firm;

#[derive(Debug, Clone)]
pub struct Customer {
    pub population: usize,
    pub number: u32,
    pub taste: Vec<f64>,
    pub agency: f64,
    pub arrival: u32,
    pub shares_data: bool,
    pub carries_data: bool,
    pub home: Option<usize>,
    /// Whether the customer was at home with the firm that has a head start when it got it.
    pub watched: bool,
    /// By firm: belief q, precision P, sum S.
    pub belief: Vec<Option<f64>>,
    pub precision: Vec<f64>,
    pub sum: Vec<Vec<f64>>,
}

/// What is at stake in a need: its kind, sigma, A and G.
#[derive(Debug, Clone, Copy)]
pub struct Stakes {
    pub kind: usize,
    pub variety: f64,
    pub agency_cost: f64,
    pub mistake_cost: f64,
}

impl Stakes {
    /// Of kind n of a population.
    pub fn of(population: &Population, n: usize) -> Self {
        let kind = population.need.kinds.get(n);
        let own =
            |given: fn(&NeedKind) -> Option<f64>, of_all| kind.and_then(given).unwrap_or(of_all);
        Self {
            kind: n,
            variety: own(|kind| kind.variety, population.need.variety),
            agency_cost: own(|kind| kind.agency_cost, population.agency.cost),
            mistake_cost: own(|kind| kind.mistake_cost, population.mistake_cost),
        }
    }
}

/// A need that becomes a transaction.
pub struct Need {
    pub x: Vec<f64>,
    pub stakes: Stakes,
    pub made_known: bool,
    pub begun_by_firm: bool,
    /// The experience, where it is that of another world.
    pub experience: Option<usize>,
}

/// What happens to a customer in a period, as far as another world can have it happen again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fate {
    /// No need, and no firm acts.
    Nothing,
    /// No need, and the home firm acts.
    Alarm { experience: usize, cancels: bool },
    /// A need.
    Need {
        detected: bool,
        accepted: bool,
        cancels: bool,
        known: bool,
        server: Option<usize>,
        experience: Option<usize>,
    },
}

/// What customers of a population meet in a period.
pub struct Now<'a> {
    pub t: u32,
    pub phase: &'a Phase,
    pub population: &'a Population,
    pub firms: &'a [Firm],
    pub draws: &'a Draws,
}

impl Customer {
    pub fn arrive(s: usize, i: u32, t: u32, phase: &Phase, draws: &Draws, firms: usize) -> Self {
        let p = &phase.populations[s];
        let z = draws.normal(Purpose::Taste, s, t, i);
        let dimensions = z.len();
        Self {
            population: s,
            number: i,
            taste: (p.taste.mean.iter().zip(z))
                .map(|(m, z)| m + p.taste.spread * z)
                .collect(),
            agency: draws.agency(s, t, i, p.agency.mean, p.agency.concentration),
            arrival: t,
            shares_data: draws.uniform(Purpose::DataSharing, s, t, i) < p.data_sharing,
            carries_data: draws.uniform(Purpose::DataPortability, s, t, i)
                < phase.market.data_portability,
            home: None,
            watched: false,
            belief: vec![None; firms],
            precision: vec![0.0; firms],
            sum: vec![vec![0.0; dimensions]; firms],
        }
    }

    pub fn intervene(&mut self, before: &Phase, after: &Phase, draws: &Draws) {
        let (s, i, t) = (self.population, self.number, self.arrival);
        let (old, new) = (&before.populations[s], &after.populations[s]);
        let scale = new.taste.spread / old.taste.spread;
        for (d, taste) in self.taste.iter_mut().enumerate() {
            *taste = new.taste.mean[d] + scale * (*taste - old.taste.mean[d]);
        }
        let shared = self.shares_data;
        self.shares_data = draws.uniform(Purpose::DataSharing, s, t, i) < new.data_sharing;
        self.carries_data =
            draws.uniform(Purpose::DataPortability, s, t, i) < after.market.data_portability;
        if shared && !self.shares_data {
            self.precision.fill(0.0);
            self.sum.iter_mut().for_each(|sum| sum.fill(0.0));
        }
    }

    fn uniform(&self, purpose: Purpose, now: &Now) -> f64 {
        now.draws
            .uniform(purpose, self.population, now.t, self.number)
    }

    pub fn normal(&self, purpose: Purpose, now: &Now) -> Vec<f64> {
        now.draws
            .normal(purpose, self.population, now.t, self.number)
    }

    /// A period, or the same again as in another world; says what happened.
    pub fn live(&mut self, again: Option<Fate>, now: &Now, period: &mut Period) -> Fate {
        let (s, t, population) = (self.population, now.t, now.population);
        // a
        if t > 0 && self.uniform(Purpose::Turnover, now) < population.turnover {
            *self = Self::arrive(s, self.number, t, now.phase, now.draws, now.firms.len());
        }
        // b
        let kept = (1.0 - (population.taste.drift / population.taste.spread).powi(2)).sqrt();
        let z = self.normal(Purpose::Drift, now);
        for (d, taste) in self.taste.iter_mut().enumerate() {
            let mean = population.taste.mean[d];
            *taste = mean + kept * (*taste - mean) + population.taste.drift * z[d];
        }
        // c
        if self.uniform(Purpose::NeedArises, now) < population.need.rate {
            period.needs[s] += 1.0;
            let fate = again.unwrap_or_else(|| self.meet_need(now));
            self.fulfil(fate, now, period)
        } else {
            let fate = again.unwrap_or_else(|| self.meet_no_need(now));
            self.suffer(fate, now, period);
            fate
        }
    }

    /// Posterior of firm j: taste estimate, knowledge index, familiarity; P and S as given.
    pub fn posterior(&self, j: usize, p: f64, s: &[f64], now: &Now) -> (Vec<f64>, f64, f64) {
        let firm = &now.firms[j];
        let tau2 = now.population.taste.spread.powi(2);
        let iota2 = now.phase.firms[j].learning.prior_sd.powi(2);
        let v = tau2 + iota2 * firm.weight[self.population];
        let variance = 1.0 / (p + 1.0 / v);
        let mean = &firm.mean[self.population];
        let taste = s
            .iter()
            .zip(mean)
            .map(|(s, m)| variance * (s + m / v))
            .collect();
        (taste, 1.0 - variance / (tau2 + iota2), 1.0 - variance / v)
    }

    /// What firm j knows of the customer now.
    pub fn known(&self, j: usize, now: &Now) -> (Vec<f64>, f64, f64) {
        if now.phase.firms[j].learning.individual {
            self.posterior(j, self.precision[j], &self.sum[j], now)
        } else {
            self.posterior(j, 0.0, &vec![0.0; self.taste.len()], now)
        }
    }

    /// What is at stake in the need of this period, or in a false alarm.
    pub fn stakes(&self, now: &Now) -> Stakes {
        let kinds = &now.population.need.kinds;
        let total: f64 = kinds.iter().map(|kind| kind.share).sum();
        let drawn = self.uniform(Purpose::NeedKind, now) * total;
        let mut sum = 0.0;
        let below = kinds.iter().filter(|kind| {
            sum += kind.share;
            drawn >= sum
        });
        let n = below.count().min(kinds.len().saturating_sub(1));
        Stakes::of(now.population, n)
    }

    pub fn experience(&self, j: usize, knowledge: f64, stakes: Stakes, now: &Now) -> usize {
        let (s, i) = (self.population, self.number);
        let stated = |error: f64| {
            (self.agency + error * now.draws.agency_error(s, j, self.arrival, i)).clamp(0.0, 1.0)
        };
        now.firms[j].experience(
            &now.phase.firms[j].experience,
            now.phase,
            (s, stakes),
            knowledge,
            stated,
        )
    }

    /// d
    fn meet_no_need(&mut self, now: &Now) -> Fate {
        let Some(h) = self.home else {
            return Fate::Nothing;
        };
        let knowledge = self.known(h, now).1;
        let experience = self.experience(h, knowledge, self.stakes(now), now);
        let e = &now.phase.experiences[experience];
        if self.uniform(Purpose::FalseAlarm, now) >= e.false_alarm * (1.0 - knowledge) {
            return Fate::Nothing;
        }
        // the answer depends on the belief after the alarm
        let q = self.belief[h].expect("a home firm is known");
        let believed = q + now.population.belief_speed * (self.alarm_wtp(experience, now) - q);
        let acceptance = acceptance(believed, now.firms[h].price, now.population.choice_noise);
        Fate::Alarm {
            experience,
            cancels: self.uniform(Purpose::Cancelling, now) >= acceptance,
        }
    }

    fn alarm_wtp(&self, experience: usize, now: &Now) -> f64 {
        let stakes = self.stakes(now);
        let control = now.phase.experiences[experience].control;
        -control * (stakes.agency_cost * self.agency + stakes.mistake_cost)
    }

    /// What a false alarm does.
    fn suffer(&mut self, fate: Fate, now: &Now, period: &mut Period) {
        let Fate::Alarm {
            experience,
            cancels,
        } = fate
        else {
            return;
        };
        let h = self.home.expect("a firm that acts");
        let e = &now.phase.experiences[experience];
        let wtp = self.alarm_wtp(experience, now);
        let q = self.belief[h].expect("a home firm is known");
        self.belief[h] = Some(q + now.population.belief_speed * (wtp - q));
        let kind = self.stakes(now).kind;
        let happened = &mut period.firms[h].happened[self.population];
        happened.of_kind(kind).false_alarms += 1.0;
        happened.false_alarms += 1.0;
        happened.false_alarm_surplus += wtp;
        happened.false_alarm_cost += e.control * e.unit_cost;
        if self.watched && period.focal == Some(h) {
            period.watched.false_alarm_cost += e.control * e.unit_cost;
        }
        if cancels {
            happened.cancelled += 1.0;
            self.home = None;
        }
    }

    /// e and f, up to the choice
    fn meet_need(&mut self, now: &Now) -> Fate {
        let (mut detected, mut accepted, mut cancels) = (false, false, false);
        if let Some(h) = self.home {
            let knowledge = self.known(h, now).1;
            let given = self.experience(h, knowledge, self.stakes(now), now);
            let e = &now.phase.experiences[given];
            detected = self.uniform(Purpose::Detection, now) < e.support.recognize * knowledge;
            let q = self.belief[h].expect("a home firm is known");
            let acceptance = acceptance(q, now.firms[h].price, now.population.choice_noise);
            accepted = detected && self.uniform(Purpose::Acceptance, now) < acceptance;
            let declined = detected && !accepted;
            cancels = declined && self.uniform(Purpose::Cancelling, now) >= acceptance;
        }
        let aware = self.uniform(Purpose::Awareness, now) < now.population.awareness;
        let known = detected || aware;
        let server = match (accepted, known) {
            (true, _) => self.home,
            (false, true) => self.choose(self.home.filter(|_| detected), now),
            (false, false) => None,
        };
        Fate::Need {
            detected,
            accepted,
            cancels,
            known,
            server,
            experience: None,
        }
    }

    /// What comes of a need; says in which experience it was served.
    fn fulfil(&mut self, mut fate: Fate, now: &Now, period: &mut Period) -> Fate {
        let Fate::Need {
            detected,
            accepted,
            cancels,
            known,
            server,
            experience,
        } = &mut fate
        else {
            panic!("a need, not {fate:?}");
        };
        let s = self.population;
        period.recognized[s] += f64::from(u8::from(*known));
        if *detected && !*accepted {
            let h = self.home.expect("a firm that detects");
            let kind = self.stakes(now).kind;
            let happened = &mut period.firms[h].happened[s];
            happened.of_kind(kind).declined += 1.0;
            happened.declined += 1.0;
            happened.cancelled += f64::from(u8::from(*cancels));
        }
        match *server {
            Some(j) => {
                let z = self.normal(Purpose::Need, now);
                let stakes = self.stakes(now);
                let x = self.taste.iter().zip(z);
                let need = Need {
                    x: x.map(|(taste, z)| taste + stakes.variety * z).collect(),
                    stakes,
                    made_known: *detected,
                    begun_by_firm: *accepted,
                    experience: *experience,
                };
                *experience = Some(self.transact(j, &need, now, period));
            }
            None if *cancels => self.home = None,
            None => {}
        }
        fate
    }

    fn choose(&mut self, declined: Option<usize>, now: &Now) -> Option<usize> {
        let (s, p) = (self.population, now.population);
        let mut best = (
            p.choice_noise * now.draws.gumbel(s, None, now.t, self.number),
            None,
        );
        for (j, firm) in now.firms.iter().enumerate().filter(|(_, firm)| firm.acting) {
            let is_home = self.home == Some(j);
            if let Some(q) = &mut self.belief[j]
                && !is_home
            {
                *q += p.word_of_mouth * (firm.reputation[s] - *q);
            }
            if declined == Some(j) {
                continue;
            }
            let q = self.belief[j].unwrap_or(firm.reputation[s]);
            let utility = q - firm.price
                + if is_home { p.inertia } else { 0.0 }
                + p.choice_noise * now.draws.gumbel(s, Some(j), now.t, self.number);
            if utility > best.0 {
                best = (utility, Some(j));
            }
        }
        best.1
    }
}

/// acc(i, h).
fn acceptance(q: f64, price: f64, noise: f64) -> f64 {
    1.0 / (1.0 + (-(q - price) / noise).exp())
}
