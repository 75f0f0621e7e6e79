//! The customer step for a whole block, stage by stage: the same bytes as [`Block::live_one_by_one`], faster.
//!
//! Customers do not depend on each other within a period, so instead of taking each through all steps,
//! each step takes all customers for whom it is due. Draws become loops over slices, which compilers
//! turn into vector instructions, and branches that cannot be foretold become short lists. Sums are
//! still taken in the order of the customers, so the bytes are the same; a test holds the two together.

use super::conditions::Conditions;
use super::customers::{Block, NO_FIRM};
use super::selection::Distances;
use super::transaction::{Noise, Occasion};
use crate::math::exp;
use crate::random::batch::{exponentials, normal_pairs, uniforms};

/// Work space of the stages; it grows to what the largest block needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Stages<const K: usize> {
    distances: Distances,
    /// Numbers of the customers concerned by the present stage.
    who: Vec<u32>,
    /// Uniforms of the present stage.
    draws: Vec<f32>,
    /// Customers, by position in the block, whose home firm may act without a need.
    bothered: Vec<u32>,
    /// Customers, by position in the block, with a need; in order.
    needing: Vec<u32>,
    /// By need: what it is.
    need: Vec<[f32; K]>,
    /// By need: the firm that serves it, or [`NO_FIRM`].
    server: Vec<u16>,
    /// By need: how it was recognized.
    course: Vec<Course>,
    /// Needs, by position in `needing`, whose customers choose among firms; in order.
    choosing: Vec<u32>,
    choice: ChoiceStage,
    /// By transaction.
    noise: Vec<Noise<K>>,
    /// Pairs of normals.
    first: Vec<f32>,
    second: Vec<f32>,
}

/// What became of a need before the customer chose.
#[derive(Debug, Clone, Copy, Default)]
struct Course {
    made_known_by_firm: bool,
    begun_by_firm: bool,
    cancels: bool,
}

/// Work space of the choice, by chooser, and by firm and chooser.
#[derive(Debug, Clone, Default)]
struct ChoiceStage {
    /// Utility in units of the noise: that of firm j and chooser c is at j * choosers + c.
    utilities: Vec<f32>,
    largest: Vec<f32>,
    shortest: Vec<f32>,
    shocks: Vec<f32>,
    winner: Vec<u16>,
    /// By firm: reputation, price (infinite where the firm does not act), pull of word of mouth.
    reputations: Vec<f32>,
    prices: Vec<f32>,
    pulls: Vec<f32>,
    /// By firm: one chooser's utilities.
    row: Vec<f32>,
}

impl<const K: usize> Stages<K> {
    /// Draws a uniform for everybody in `who`.
    fn draw(&mut self, key: crate::random::Key) {
        self.draws.resize(self.who.len(), 0.0);
        uniforms(key, &self.who, &mut self.draws);
    }
}

impl<const K: usize> Block<K> {
    /// Takes all customers of the block through the period.
    pub fn live(&mut self, now: &Conditions<K>, stages: &mut Stages<K>) {
        self.tally.clear();
        self.all_turn_over(now, stages);
        self.some_feel_needs(now, stages);
        self.firms_detect(now, stages);
        self.choosers_choose(now, stages);
        self.servers_serve(now, stages);
    }

    /// Steps a and b: turnover and drift.
    #[inline(never)]
    fn all_turn_over(&mut self, now: &Conditions<K>, stages: &mut Stages<K>) {
        stages.who.clear();
        stages.who.extend((0..self.len()).map(|i| self.number(i)));
        if now.period > 0 && now.population.turnover > 0.0 {
            stages.draw(now.keys.turnover);
            for i in 0..self.len() {
                if stages.draws[i] < now.population.turnover {
                    self.turn_over(i, now);
                }
            }
        }
        if now.population.taste_drift > 0.0 {
            for i in 0..self.len() {
                self.drift(i, now);
            }
        }
    }

    /// Steps c and d: who needs what; and false alarms for some of the others.
    #[inline(never)]
    fn some_feel_needs(&mut self, now: &Conditions<K>, stages: &mut Stages<K>) {
        stages.draw(now.keys.need_arises);
        stages.needing.resize(self.len(), 0);
        let mut needs = 0;
        for (i, draw) in (0..).zip(&stages.draws) {
            stages.needing[needs] = i;
            needs += usize::from(*draw < now.population.need_rate);
        }
        stages.needing.truncate(needs);
        self.tally.needs += needs as u64;

        let likeliest = now
            .firms
            .iter()
            .map(|firm| firm.false_alarm)
            .fold(0.0, f32::max);
        if likeliest > 0.0 {
            let has_need: Vec<f32> = std::mem::take(&mut stages.draws);
            stages.draw(now.keys.false_alarm);
            stages.bothered.resize(self.len(), 0);
            let mut bothered = 0;
            for (i, (need, alarm)) in (0..).zip(has_need.iter().zip(&stages.draws)) {
                stages.bothered[bothered] = i;
                let may_be = (*need >= now.population.need_rate) & (*alarm < likeliest);
                bothered += usize::from(may_be);
            }
            for &i in &stages.bothered[..bothered] {
                self.feel_no_need(i as usize, now);
            }
        }

        stages.who.clear();
        stages
            .who
            .extend(stages.needing.iter().map(|&i| self.first + i));
        stages.first.resize(needs, 0.0);
        stages.second.resize(needs, 0.0);
        stages.need.clear();
        stages
            .need
            .extend(stages.needing.iter().map(|&i| self.taste[i as usize]));
        for (pair, keys) in (0..K).step_by(2).zip(now.keys.need) {
            normal_pairs(keys, &stages.who, &mut stages.first, &mut stages.second);
            add_noise(
                &mut stages.need,
                pair,
                now.population.need_variety,
                &stages.first,
            );
            add_noise(
                &mut stages.need,
                pair + 1,
                now.population.need_variety,
                &stages.second,
            );
        }
    }

    /// Steps c and e, and the awareness of step f: who learns of the need from the firm, who without it.
    #[inline(never)]
    fn firms_detect(&mut self, now: &Conditions<K>, stages: &mut Stages<K>) {
        let needs = stages.needing.len();
        stages.draw(now.keys.awareness);
        stages.server.clear();
        stages.server.resize(needs, NO_FIRM);
        stages.course.clear();
        stages.course.resize(needs, Course::default());
        stages.choosing.resize(needs, 0);
        let mut choosing = 0;
        let mut accepted = 0;
        let none_detects = now
            .parameters
            .experiences
            .iter()
            .all(|experience| experience.support[0] == 0.0);
        for (n, &i) in (0_u32..).zip(&stages.needing) {
            let position = n as usize;
            let i = i as usize;
            let home = self.home[i];
            let mut knows = stages.draws[position] < now.population.awareness;
            if !none_detects && home != NO_FIRM && self.detects(i, home, now) {
                let course = &mut stages.course[position];
                course.made_known_by_firm = true;
                knows = true;
                let acceptance = self.acceptance(i, home, now);
                if now.keys.acceptance.uniform(stages.who[position]) < acceptance {
                    course.begun_by_firm = true;
                    stages.server[position] = home;
                    accepted += 1;
                    knows = false;
                } else {
                    self.tally.firms[home as usize].declined += 1;
                    course.cancels = self.cancels(i, home, acceptance, now);
                }
            }
            stages.choosing[choosing] = n;
            choosing += usize::from(knows);
        }
        stages.choosing.truncate(choosing);
        self.tally.recognized += (accepted + choosing) as u64;
    }

    /// Step f: word of mouth and the choice; those who cancel and find no other firm have no home.
    #[inline(never)]
    fn choosers_choose(&mut self, now: &Conditions<K>, stages: &mut Stages<K>) {
        let choosers = stages.choosing.len();
        let who: Vec<u32> = stages
            .choosing
            .iter()
            .map(|&n| stages.who[n as usize])
            .collect();
        let choice = &mut stages.choice;
        choice.prepare(now, choosers);
        for (c, &n) in stages.choosing.iter().enumerate() {
            let i = stages.needing[n as usize] as usize;
            let home = self.home[i];
            let declined = stages.course[n as usize].made_known_by_firm;
            choice.weigh(c, self.relations.row(i).beliefs, home, declined, now);
        }
        choice.race(&who, now);
        for (&n, &winner) in stages.choosing.iter().zip(&choice.winner) {
            stages.server[n as usize] = winner;
            if winner == NO_FIRM && stages.course[n as usize].cancels {
                self.move_home(stages.needing[n as usize] as usize, NO_FIRM);
            }
        }
    }

    /// Steps g to i, in the order of the customers.
    #[inline(never)]
    fn servers_serve(&mut self, now: &Conditions<K>, stages: &mut Stages<K>) {
        let served = |server: u16| server != NO_FIRM;
        let mut transactions = 0;
        for n in 0..stages.needing.len() {
            stages.who[transactions] = self.first + stages.needing[n];
            transactions += usize::from(served(stages.server[n]));
        }
        stages.who.truncate(transactions);
        stages.first.resize(transactions, 0.0);
        stages.second.resize(transactions, 0.0);
        stages.noise.clear();
        stages.noise.resize(
            transactions,
            Noise {
                view: [0.0; K],
                signal: [0.0; K],
            },
        );
        for (pair, (view, signal)) in (0..K)
            .step_by(2)
            .zip(now.keys.view.into_iter().zip(now.keys.signal))
        {
            normal_pairs(view, &stages.who, &mut stages.first, &mut stages.second);
            for (noise, (first, second)) in stages
                .noise
                .iter_mut()
                .zip(stages.first.iter().zip(&stages.second))
            {
                noise.view[pair] = *first;
                if let Some(next) = noise.view.get_mut(pair + 1) {
                    *next = *second;
                }
            }
            normal_pairs(signal, &stages.who, &mut stages.first, &mut stages.second);
            for (noise, (first, second)) in stages
                .noise
                .iter_mut()
                .zip(stages.first.iter().zip(&stages.second))
            {
                noise.signal[pair] = *first;
                if let Some(next) = noise.signal.get_mut(pair + 1) {
                    *next = *second;
                }
            }
        }
        let mut noises = stages.noise.iter();
        for (n, &i) in stages.needing.iter().enumerate() {
            let server = stages.server[n];
            if !served(server) {
                continue;
            }
            let Some(noise) = noises.next() else { return };
            let course = stages.course[n];
            let occasion = Occasion {
                need: stages.need[n],
                made_known_by_firm: course.made_known_by_firm,
                begun_by_firm: course.begun_by_firm,
            };
            self.transact(
                i as usize,
                server,
                &occasion,
                noise,
                now,
                &mut stages.distances,
            );
        }
    }
}

/// Adds scaled noise to one dimension of points; dimensions beyond the last are passed over.
fn add_noise<const K: usize>(points: &mut [[f32; K]], d: usize, scale: f32, noise: &[f32]) {
    if d < K {
        for (point, z) in points.iter_mut().zip(noise) {
            point[d] += scale * z;
        }
    }
}

impl ChoiceStage {
    /// Sets up for this many choosers.
    fn prepare<const K: usize>(&mut self, now: &Conditions<K>, choosers: usize) {
        let firms = now.firms.len();
        self.utilities.resize(firms * choosers, 0.0);
        self.largest.resize(choosers, 0.0);
        self.shortest.resize(choosers, 0.0);
        self.shocks.resize(choosers, 0.0);
        self.winner.clear();
        self.winner.resize(choosers, NO_FIRM);
        self.row.resize(firms, 0.0);
        self.reputations.clear();
        self.reputations
            .extend(now.firms.iter().map(|firm| firm.reputation));
        let price = |acting, price| if acting { price } else { f32::INFINITY };
        self.prices.clear();
        self.prices
            .extend(now.firms.iter().map(|firm| price(firm.acting, firm.price)));
        let pull = |acting| {
            if acting {
                now.population.word_of_mouth
            } else {
                0.0
            }
        };
        self.pulls.clear();
        self.pulls
            .extend(now.firms.iter().map(|firm| pull(firm.acting)));
    }

    /// Word of mouth, then the utilities of chooser `c`; see [`super::choice::choose`].
    #[inline(always)]
    fn weigh<const K: usize>(
        &mut self,
        c: usize,
        beliefs: &mut [f32],
        home: u16,
        declined: bool,
        now: &Conditions<K>,
    ) {
        let population = now.population;
        let firms = self.row.len();
        let beliefs = &mut beliefs[..firms];
        let at_home = beliefs.get(home as usize).copied();
        let (reputations, prices, pulls) = (
            &self.reputations[..firms],
            &self.prices[..firms],
            &self.pulls[..firms],
        );
        for j in 0..firms {
            let belief = beliefs[j] + pulls[j] * (reputations[j] - beliefs[j]);
            beliefs[j] = belief;
            let expected = if belief.is_nan() {
                reputations[j]
            } else {
                belief
            };
            self.row[j] = (expected - prices[j]) * population.choice_precision;
        }
        // the home firm is judged by experience alone
        if let Some(belief) = at_home {
            let h = home as usize;
            beliefs[h] = belief;
            let expected = if belief.is_nan() {
                reputations[h]
            } else {
                belief
            };
            self.row[h] = if declined {
                f32::NEG_INFINITY
            } else {
                (expected - prices[h] + population.inertia) * population.choice_precision
            };
        }
        let choosers = self.largest.len();
        let mut largest = 0.0_f32;
        for (j, utility) in self.row.iter().enumerate() {
            self.utilities[j * choosers + c] = *utility;
            largest = largest.max(*utility);
        }
        self.largest[c] = largest;
    }

    /// The race of exponential variates for all choosers.
    fn race<const K: usize>(&mut self, who: &[u32], now: &Conditions<K>) {
        let choosers = who.len();
        exponentials(now.keys.outside, who, &mut self.shortest);
        for (time, largest) in self.shortest.iter_mut().zip(&self.largest) {
            *time *= exp(*largest);
        }
        for (j, key) in (0..NO_FIRM).zip(&now.keys.choice) {
            exponentials(*key, who, &mut self.shocks);
            let utilities = &self.utilities[j as usize * choosers..][..choosers];
            for ((shock, utility), largest) in
                self.shocks.iter_mut().zip(utilities).zip(&self.largest)
            {
                *shock *= exp(*largest - *utility);
            }
            for ((time, shortest), winner) in self
                .shocks
                .iter()
                .zip(&mut self.shortest)
                .zip(&mut self.winner)
            {
                let wins = time < shortest;
                *shortest = if wins { *time } else { *shortest };
                *winner = if wins { j } else { *winner };
            }
        }
    }
}
