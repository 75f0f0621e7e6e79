//! A customer of the reference, and the steps a to i of a period.

use flywheel::random::Purpose;
use flywheel::scenario::{Phase, Population};

use super::draws::Draws;
use super::firm::Firm;
use super::{Happened, Period};

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
    /// By firm: belief q, precision P, sum S.
    pub belief: Vec<Option<f64>>,
    pub precision: Vec<f64>,
    pub sum: Vec<Vec<f64>>,
}

/// A need on its way through steps e to g.
pub struct Need {
    pub x: Vec<f64>,
    pub made_known: bool,
    pub begun_by_firm: bool,
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

    pub fn live(
        &mut self,
        t: u32,
        phase: &Phase,
        firms: &[Firm],
        draws: &Draws,
        period: &mut Period,
    ) {
        let s = self.population;
        let population = &phase.populations[s];
        let now = Now {
            t,
            phase,
            population,
            firms,
            draws,
        };
        // a
        if t > 0 && self.uniform(Purpose::Turnover, &now) < population.turnover {
            *self = Self::arrive(s, self.number, t, phase, draws, firms.len());
        }
        // b
        let kept = (1.0 - (population.taste.drift / population.taste.spread).powi(2)).sqrt();
        let z = self.normal(Purpose::Drift, &now);
        for (d, taste) in self.taste.iter_mut().enumerate() {
            let mean = population.taste.mean[d];
            *taste = mean + kept * (*taste - mean) + population.taste.drift * z[d];
        }
        // c
        if self.uniform(Purpose::NeedArises, &now) < population.need.rate {
            period.needs[s] += 1.0;
            self.feel_need(&now, period);
        } else if let Some(h) = self.home {
            self.feel_no_need(h, &now, &mut period.firms[h].happened[s]);
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

    pub fn experience(&self, j: usize, knowledge: f64, now: &Now) -> usize {
        let (s, i) = (self.population, self.number);
        let stated = |error: f64| {
            (self.agency + error * now.draws.agency_error(s, j, self.arrival, i)).clamp(0.0, 1.0)
        };
        now.firms[j].experience(
            &now.phase.firms[j].experience,
            now.phase,
            s,
            knowledge,
            stated,
        )
    }

    /// acc(i, h).
    fn acceptance(&self, h: usize, now: &Now) -> f64 {
        let q = self.belief[h].expect("a home firm is known");
        1.0 / (1.0 + (-(q - now.firms[h].price) / now.population.choice_noise).exp())
    }

    /// d
    fn feel_no_need(&mut self, h: usize, now: &Now, happened: &mut Happened) {
        let knowledge = self.known(h, now).1;
        let e = &now.phase.experiences[self.experience(h, knowledge, now)];
        if self.uniform(Purpose::FalseAlarm, now) >= e.false_alarm * (1.0 - knowledge) {
            return;
        }
        let p = now.population;
        let wtp = -e.control * (p.agency.cost * self.agency + p.mistake_cost);
        let q = self.belief[h].expect("a home firm is known");
        self.belief[h] = Some(q + p.belief_speed * (wtp - q));
        happened.false_alarms += 1.0;
        happened.false_alarm_surplus += wtp;
        happened.false_alarm_cost += e.control * e.unit_cost;
        if self.uniform(Purpose::Cancelling, now) >= self.acceptance(h, now) {
            happened.cancelled += 1.0;
            self.home = None;
        }
    }

    /// e and f
    fn feel_need(&mut self, now: &Now, period: &mut Period) {
        let s = self.population;
        let z = self.normal(Purpose::Need, now);
        let variety = now.population.need.variety;
        let x = self
            .taste
            .iter()
            .zip(z)
            .map(|(taste, z)| taste + variety * z)
            .collect();
        let mut need = Need {
            x,
            made_known: false,
            begun_by_firm: false,
        };
        let mut cancels = false;
        if let Some(h) = self.home {
            let knowledge = self.known(h, now).1;
            let e = &now.phase.experiences[self.experience(h, knowledge, now)];
            if self.uniform(Purpose::Detection, now) < e.support.recognize * knowledge {
                need.made_known = true;
                let acceptance = self.acceptance(h, now);
                if self.uniform(Purpose::Acceptance, now) < acceptance {
                    need.begun_by_firm = true;
                    period.recognized[s] += 1.0;
                    self.transact(h, &need, now, &mut period.firms[h].happened[s]);
                    return;
                }
                cancels = self.uniform(Purpose::Cancelling, now) >= acceptance;
                let happened = &mut period.firms[h].happened[s];
                happened.declined += 1.0;
                happened.cancelled += f64::from(u8::from(cancels));
            }
        }
        if !need.made_known && self.uniform(Purpose::Awareness, now) >= now.population.awareness {
            return;
        }
        period.recognized[s] += 1.0;
        let declined = self.home.filter(|_| need.made_known);
        match self.choose(declined, now) {
            Some(j) => self.transact(j, &need, now, &mut period.firms[j].happened[s]),
            None if cancels => self.home = None,
            None => {}
        }
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
