//! A customer of the reference, and the steps a to i of a period.

use flywheel::random::Purpose;
use flywheel::scenario::{Experience, Phase, Population, Selection};

use super::draws::Draws;
use super::firm::{Firm, first_largest};
use super::{Happened, Period};

#[derive(Debug, Clone)]
pub struct Customer {
    pub population: usize,
    number: u32,
    taste: Vec<f64>,
    agency: f64,
    arrival: u32,
    shares_data: bool,
    carries_data: bool,
    pub home: Option<usize>,
    /// By firm: belief q, precision P, sum S.
    belief: Vec<Option<f64>>,
    precision: Vec<f64>,
    sum: Vec<Vec<f64>>,
}

/// A need on its way through steps e to g.
struct Need {
    x: Vec<f64>,
    made_known: bool,
    begun_by_firm: bool,
}

/// What customers of a population meet in a period.
struct Now<'a> {
    t: u32,
    phase: &'a Phase,
    population: &'a Population,
    firms: &'a [Firm],
    draws: &'a Draws,
}

fn square(distance: impl Iterator<Item = (f64, f64)>) -> f64 {
    distance.map(|(a, b)| (a - b).powi(2)).sum()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    square(a.iter().copied().zip(b.iter().copied()))
}

fn nearest(products: &[Vec<f64>], point: &[f64]) -> usize {
    first_largest(products.iter().map(|product| -distance(product, point)))
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

    fn normal(&self, purpose: Purpose, now: &Now) -> Vec<f64> {
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
    fn posterior(&self, j: usize, p: f64, s: &[f64], now: &Now) -> (Vec<f64>, f64, f64) {
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
    fn known(&self, j: usize, now: &Now) -> (Vec<f64>, f64, f64) {
        if now.phase.firms[j].learning.individual {
            self.posterior(j, self.precision[j], &self.sum[j], now)
        } else {
            self.posterior(j, 0.0, &vec![0.0; self.taste.len()], now)
        }
    }

    fn experience(&self, j: usize, knowledge: f64, now: &Now) -> usize {
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

    /// Portability.
    fn carry_history(&mut self, j: usize, now: &Now) {
        let learns = |firm: usize| now.phase.firms[firm].learning.individual;
        if let Some(h) = self.home
            && self.belief[j].is_none()
            && (self.carries_data && self.shares_data)
            && (learns(j) && learns(h))
        {
            self.precision[j] = self.precision[h];
            self.sum[j] = self.sum[h].clone();
        }
    }

    fn product(&self, e: &Experience, products: &[Vec<f64>], estimate: &[f64], z: &[f64]) -> usize {
        match e.selection {
            Selection::Customer => nearest(products, z),
            Selection::Firm => nearest(products, estimate),
            Selection::Menu => {
                let mut order: Vec<usize> = (0..products.len()).collect();
                let far = |m: usize| distance(&products[m], estimate);
                order.sort_by(|&a, &b| far(a).total_cmp(&far(b)));
                order.truncate(e.menu_size.expect("a menu has a size") as usize);
                order.sort_unstable();
                let best = first_largest(order.iter().map(|&m| -distance(&products[m], z)));
                order[best]
            }
        }
    }

    /// g, h and i
    fn transact(&mut self, j: usize, need: &Need, now: &Now, happened: &mut Happened) {
        let (firm, own, p) = (&now.firms[j], &now.phase.firms[j], now.population);
        self.carry_history(j, now);
        let (estimate, knowledge, familiarity) = self.known(j, now);
        let number = self.experience(j, knowledge, now);
        let e = &now.phase.experiences[number];
        let error = self.normal(Purpose::View, now);
        let view: Vec<f64> = (need.x.iter().zip(error))
            .map(|(x, z)| x + p.articulation_error * z)
            .collect();
        let sold = self.product(e, &firm.products, &estimate, &view);
        let h = now.phase.market.fit_tolerance;
        let fit = (-distance(&firm.products[sold], &need.x) / (2.0 * h * h)).exp();
        let f = &now.phase.market.friction;
        let friction = if need.made_known { 0.0 } else { f.recognize }
            + (f.request * (1.0 - e.support.request) + f.respond * (1.0 - e.support.respond))
                * (1.0 - e.eased_by_familiarity * familiarity);
        let wtp = fit
            - friction
            - e.control * (p.agency.cost * self.agency + p.mistake_cost * (1.0 - fit));
        let first = self.belief[j].is_none();
        let q = self.belief[j].unwrap_or(firm.reputation[self.population]);
        self.belief[j] = Some(q + p.belief_speed * (wtp - q));
        self.home = Some(j);

        let noise = self.normal(Purpose::Signal, now);
        let y: Vec<f64> = need
            .x
            .iter()
            .zip(noise)
            .map(|(x, z)| x + e.signal_noise * z)
            .collect();
        let v = p.need.variety.powi(2) + e.signal_noise.powi(2);
        let updated = if own.learning.individual && self.shares_data {
            let kept = 1.0 - own.learning.individual_forgetting;
            self.precision[j] = kept * self.precision[j] + 1.0 / v;
            for (sum, y) in self.sum[j].iter_mut().zip(&y) {
                *sum = kept * *sum + y / v;
            }
            self.posterior(j, self.precision[j], &self.sum[j], now).0
        } else {
            let weighted: Vec<f64> = y.iter().map(|y| y / v).collect();
            self.posterior(j, 1.0 / v, &weighted, now).0
        };
        happened
            .assigned
            .push((nearest(&firm.products, &updated), updated));
        happened
            .observed
            .iter_mut()
            .zip(&y)
            .for_each(|(total, y)| *total += y);

        happened.transactions += 1.0;
        happened.detected += f64::from(u8::from(need.begun_by_firm));
        happened.experiences[number] += 1;
        happened.fit += fit;
        happened.friction += friction;
        happened.wtp += wtp;
        happened.cost += e.unit_cost * (1.0 - own.efficiency_gain * fit);
        happened.knowledge += knowledge;
        happened.surplus += wtp - firm.price;
        if first {
            happened.first_time += 1.0;
            happened.first_fit += fit;
            happened.first_wtp += wtp;
        }
    }
}
