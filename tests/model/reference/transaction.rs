//! A transaction of the reference: steps g to i.

use flywheel::random::Purpose;
use flywheel::scenario::{Experience, Selection};

use super::Period;
use super::customer::{Customer, Need, Now};
use super::search::first_largest;

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

    fn product(e: &Experience, products: &[Vec<f64>], estimate: &[f64], z: &[f64]) -> usize {
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
    pub fn transact(&mut self, j: usize, need: &Need, now: &Now, period: &mut Period) -> usize {
        let (firm, own, p) = (&now.firms[j], &now.phase.firms[j], now.population);
        let stakes = need.stakes;
        self.carry_history(j, now);
        let (estimate, knowledge, familiarity) = self.known(j, now);
        let number = need
            .experience
            .unwrap_or_else(|| self.experience(j, knowledge, need.stakes, now));
        let e = &now.phase.experiences[number];
        let error = self.normal(Purpose::View, now);
        let view: Vec<f64> = (need.x.iter().zip(error))
            .map(|(x, z)| x + p.articulation_error * z)
            .collect();
        let sold = Self::product(e, &firm.products, &estimate, &view);
        let h = now.phase.market.fit_tolerance;
        let fit = (-distance(&firm.products[sold], &need.x) / (2.0 * h * h)).exp();
        let f = &now.phase.market.friction;
        let friction = if need.made_known { 0.0 } else { f.recognize }
            + (f.request * (1.0 - e.support.request) + f.respond * (1.0 - e.support.respond))
                * (1.0 - e.eased_by_familiarity * familiarity);
        let wtp = fit
            - friction
            - e.control * (stakes.agency_cost * self.agency + stakes.mistake_cost * (1.0 - fit));
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
        let v = stakes.variety.powi(2) + e.signal_noise.powi(2);
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
        let cost = e.unit_cost * (1.0 - own.efficiency_gain * fit);
        if self.watched && period.focal == Some(j) {
            period.watched.transactions += 1.0;
            period.watched.wtp += wtp;
            period.watched.cost += cost;
        }
        let happened = &mut period.firms[j].happened[self.population];
        let kind = happened.of_kind(stakes.kind);
        kind.transactions += 1.0;
        kind.detected += f64::from(u8::from(need.begun_by_firm));
        kind.experiences[number] += 1;
        kind.fit += fit;
        kind.wtp += wtp;
        kind.cost += cost;
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
        happened.cost += cost;
        happened.knowledge += knowledge;
        happened.surplus += wtp - firm.price;
        if first {
            happened.first_time += 1.0;
            happened.first_fit += fit;
            happened.first_wtp += wtp;
        }
        number
    }
}
