//! Results that the theory has in closed form, where the model comes to their case: what data about others add to data about
//! oneself, when a market with increasing returns tips, when an incumbent with data is displaced, and which of two firms luck locks in.

use flywheel::random::{Purpose, Source, normals};
use flywheel::scenario::{Firm, Funding, PriceRule, Scenario};
use flywheel::statistics::Moments;

use crate::run::{Run, assert_within, captive, run, scenario, set, start};

/// Mean squared error per dimension of the estimates that a firm has of its customers after `n` observations of each of `customers`.
///
/// Its customers' tastes spread by `tau2`; an observation is off by `s2`. The estimate weights the mean of the customer's own
/// observations by `a = n tau2 / (s2 + n tau2)` and the mean over all customers of the n - 1 earlier ones by `1 - a`. Of many others,
/// N with m observations each, that is `tau2 s2 / (s2 + n tau2) + (s2 / (s2 + n tau2))^2 (tau2 + s2 / m) / N`. Here the customer is one of
/// the N, so that a part of the mean is its own taste and error.
fn squared_error(n: f64, customers: f64, tau2: f64, s2: f64) -> f64 {
    let (a, m) = (n * tau2 / (s2 + n * tau2), n - 1.0);
    let of_mean = tau2 * (customers - 1.0) / customers + s2 / (m * customers);
    a * a * s2 / n + (1.0 - a).powi(2) * of_mean + 2.0 * a * (1.0 - a) * s2 / (n * customers)
}

#[test]
fn data_about_others_and_about_oneself_add_up_as_in_the_normal_model() {
    for (customers, periods) in [(2_u32, 3_u32), (5, 3), (20, 2), (20, 12)] {
        let mut one = captive(customers, periods, "curated-offering");
        one.populations[0].need.variety = 0.5;
        one.experiences["curated-offering"].signal_noise = 1.2;
        // what the firm thought at first counts for nothing once there are data
        one.firms[0].learning.inertia = 1e-6;
        let (tau2, s2) = (1.0, 0.5 * 0.5 + 1.2 * 1.2);
        let mut errors = Moments::default();
        for seed in 0..600 {
            one.simulation.seed = seed;
            let mut market = start(&one, 0);
            (0..periods).for_each(|_| market.step());
            let map = market.map(100);
            let believed = &map.firms[0].believes[0].estimates;
            assert_eq!(believed.len(), customers as usize);
            let squares = believed.iter().map(|one| {
                let both = one.estimate.iter().zip(&one.taste);
                let off = both.map(|(estimate, taste)| f64::from(estimate - taste).powi(2));
                off.sum::<f64>() / 2.0
            });
            // customers share the mean over all, so markets are what is independent
            errors.add(squares.sum::<f64>() / f64::from(customers));
        }
        let expected = squared_error(f64::from(periods), f64::from(customers), tau2, s2);
        let error = errors.standard_deviation() / 600.0_f64.sqrt();
        let what = format!("{periods} observations of {customers} customers");
        assert_within(errors.mean(), expected, error, &what);
    }
}

/// Customers of every period: all are new to the firms, which hear nothing of the ones before but how well they were served.
const CUSTOMERS: f64 = 40_000.0;

/// A market in which value depends on share, and on nothing else. In every period all customers are new: they hear how well each
/// firm served those of the period before, and choose. A firm has one product, which it moves from its first place to where last
/// period's customers were, the farther the more there were.
struct Hearsay {
    scenario: Scenario,
    /// The firm's first guess and the first place of its product, less the mean of tastes.
    first: [[f64; 2]; 2],
}

/// Variance of tastes.
const TAU2: f64 = 1.0;
/// Variance of needs about a taste.
const SIGMA2: f64 = 0.16;
/// Variance of what a firm sees of a need.
const SEEN2: f64 = 1.44;
/// Variance of a firm's first guess.
const IOTA2: f64 = 0.49;

impl Hearsay {
    fn new(periods: u32, seed: u64, noise: f64) -> Self {
        let mut scenario = scenario(CUSTOMERS as u32, periods)
            .firm(Firm::new("a", "automatic-execution"))
            .firm(Firm::new("b", "automatic-execution"));
        scenario.simulation.seed = seed;
        scenario.market.reputation.speed = 1.0;
        let friction = &mut scenario.market.friction;
        (friction.recognize, friction.request, friction.respond) = (0.0, 0.0, 0.0);
        let everyone = &mut scenario.populations[0];
        (everyone.need.rate, everyone.awareness, everyone.turnover) = (1.0, 1.0, 1.0);
        (everyone.agency.cost, everyone.mistake_cost) = (0.0, 0.0);
        everyone.choice_noise = noise;
        for firm in &mut scenario.firms {
            firm.assortment = 1;
            firm.price = PriceRule::Fixed(0.0);
            firm.learning.inertia = CUSTOMERS;
            // next to nothing is left of the periods before the last
            firm.learning.population_forgetting = 0.9999;
        }
        let source = Source::new(seed, 0);
        let draw = |purpose| {
            let family = source.family(purpose, &["customers"]);
            normals::<8>(&family.normal_keys(0, 8), 0).map(f64::from)
        };
        let (guess, product) = (draw(Purpose::FirstGuess), draw(Purpose::FirstProducts));
        let guess = [0, 1].map(|d| IOTA2.sqrt() * guess[d]);
        let product = [0, 1].map(|d| guess[d] + TAU2.sqrt() * product[d]);
        Self {
            scenario,
            first: [guess, product],
        }
    }

    /// Mean fit, which is the value here, of a firm that serves this part of all customers period after period: E exp(-|b - x|^2 / 2)
    /// over needs x, where the product b is the mean of its first place and of the firm's estimates of those whom it served.
    fn value(&self, share: f64) -> f64 {
        let w = 1.0 / (1.0 + share);
        let prior = TAU2 + IOTA2 * w;
        let own = prior / (prior + SIGMA2 + SEEN2);
        let squares = [0, 1].map(|d| {
            // customers' own means cancel, so what is left of an estimate is the firm's guess
            let estimate = (1.0 - own) * w * self.first[0][d];
            (w * self.first[1][d] + (1.0 - w) * estimate).powi(2)
        });
        let wide = 1.0 + TAU2 + SIGMA2;
        (-squares.iter().sum::<f64>() / (2.0 * wide)).exp() / wide
    }

    /// What a unit of share adds to the value, where both firms have half.
    fn return_to_share(&self) -> f64 {
        (self.value(0.501) - self.value(0.499)) / 0.002
    }

    /// Seeds with which a product has some way to go, so that learning matters.
    fn seeds() -> impl Iterator<Item = u64> {
        let matters = |&seed: &u64| Self::new(1, seed, 0.05).return_to_share() > 0.06;
        (1..200).filter(matters).take(8)
    }

    fn run(&self) -> Run {
        run(&self.scenario, 0)
    }
}

#[test]
fn value_depends_on_share_as_computed() {
    for seed in Hearsay::seeds() {
        let market = Hearsay::new(6, seed, 0.05);
        let run = market.run();
        let expected = market.value(0.5);
        // half of the customers, whose mean fit varies by less than 0.35 each, and who are less than half by chance
        let error = 0.35 / (CUSTOMERS / 2.0).sqrt();
        for j in [0, 1] {
            assert_within(run.firm("wtp", 5, j), expected, error, "value at half");
        }
    }
}

/// How far apart two equal firms end, as a difference of shares: chance sets them apart a little from the start.
fn ends_apart(noise_over_threshold: f64) -> Moments {
    let apart = |seed| {
        let threshold = Hearsay::new(1, seed, 0.05).return_to_share() / 2.0;
        let run = Hearsay::new(40, seed, threshold * noise_over_threshold).run();
        (run.firm("share", 39, 0) - run.firm("share", 39, 1)).abs()
    };
    Moments::of(Hearsay::seeds().map(apart))
}

/// With a logit of scale m over two firms whose value rises by theta with share, equal shares are stable if and only if theta / m < 2.
#[test]
fn a_market_tips_where_the_return_to_share_exceeds_twice_the_noise() {
    let stable = ends_apart(1.4);
    assert!(stable.estimate().high < 0.15, "stable: {stable:?}");
    let tipped = ends_apart(0.7);
    assert!(tipped.estimate().low > 0.5, "tips: {tipped:?}");
}

/// An incumbent with data faces an entrant, and buyers take what is better today (A. Hagiu and J. Wright, 2023, RAND Journal of Economics 54):
/// the entrant displaces it if and only if what it offers otherwise, here a lower price, exceeds what the data add to the incumbent.
#[test]
fn an_entrant_displaces_an_incumbent_where_it_offers_more_than_data_add() {
    for seed in Hearsay::seeds() {
        let plain = Hearsay::new(12, seed, 1e-4);
        let added = plain.value(1.0) - plain.value(0.0);
        for (more, entrant_wins) in [(-0.015, false), (0.015, true)] {
            let mut market = Hearsay::new(12, seed, 1e-4);
            market.scenario.market.reputation.initial = plain.value(0.0);
            market.scenario.firms[1].entry = 6;
            // as long as it has no data, nobody would pay for them
            market.scenario.interventions = vec![set(6, "firms.a.price", added + more)];
            let run = market.run();
            assert!(run.firm("share", 5, 0) > 0.999, "alone at first");
            let entrant = run.firm("share", 11, 1);
            let what = format!("seed {seed}, {more} more than data add: {entrant}");
            assert!((entrant > 0.999) == entrant_wins, "{what}");
            assert!(entrant_wins || entrant < 0.001, "{what}");
        }
    }
}

/// Two firms fight for one buyer a period, who is a new one each time and goes by the price alone. Whoever serves it earns one step, the
/// other loses one, so that what one is ahead is a random walk; who has lost its funds leaves, and the other has the market for good.
struct Duel {
    scenario: Scenario,
    /// Chance that the first firm wins a buyer.
    wins: f64,
    /// Steps that each may lose before the last.
    funds: [u32; 2],
}

impl Duel {
    fn new(dearer: f64, funds: [u32; 2]) -> Self {
        let mut scenario = scenario(1, 250)
            .firm(Firm::new("a", "respond-to-desire"))
            .firm(Firm::new("b", "respond-to-desire"));
        // nobody does without
        scenario.market.reputation.initial = 100.0;
        scenario.market.reputation.speed = 0.0;
        let everyone = &mut scenario.populations[0];
        (everyone.need.rate, everyone.awareness, everyone.turnover) = (1.0, 1.0, 1.0);
        everyone.choice_noise = 0.1;
        let cost = scenario.experiences["respond-to-desire"].unit_cost;
        for (firm, more) in scenario.firms.iter_mut().zip([0.0, dearer]) {
            let price = 0.3 + more;
            let step = (price - cost) / 2.0;
            firm.price = PriceRule::Fixed(price);
            (firm.fixed_cost, firm.efficiency_gain) = (step, 0.0);
        }
        for (firm, funds) in scenario.firms.iter_mut().zip(funds) {
            // half a step more, so that no rounding decides
            firm.funding = Funding::Limit((f64::from(funds) - 0.5) * firm.fixed_cost);
        }
        Self {
            scenario,
            wins: 1.0 / (1.0 + (-dearer / 0.1).exp()),
            funds,
        }
    }

    /// Whether the second firm is ruined, and in which period one of them is.
    fn fight(&mut self, seed: u64) -> (bool, f64) {
        self.scenario.simulation.seed = seed;
        let run = run(&self.scenario, 0);
        let acts = |t, j| run.firm("active", t, j) > 0.5;
        let end = (0..run.periods).find(|&t| !(acts(t, 0) && acts(t, 1)));
        let end = end.expect("one of them is ruined within 250 periods");
        let last = run.periods - 1;
        assert_eq!(acts(end, 0), acts(last, 0), "who is left stays");
        assert_eq!(run.market("hhi", last, 0), 1.0, "and serves everybody");
        (acts(end, 0), end as f64)
    }
}

/// Ruin of a gambler (W. Feller, 1968, An Introduction to Probability Theory and Its Applications I, XIV.2 and 3): with a steps to lose and b
/// to win, each won with chance p, r = (1 - p) / p, the gambler takes all with chance (1 - r^a) / (1 - r^(a + b)), or a / (a + b) where p is
/// one half; then it takes a b steps on average.
#[test]
fn luck_locks_in_a_firm_as_often_as_the_ruin_of_a_gambler_has_it() {
    const SEEDS: u64 = 400;
    for (dearer, funds) in [(0.0, [4, 4]), (0.0, [3, 7]), (0.02, [4, 4]), (0.02, [3, 7])] {
        let mut duel = Duel::new(dearer, funds);
        let [a, b] = duel.funds.map(f64::from);
        let r = (1.0 - duel.wins) / duel.wins;
        let expected = match dearer {
            0.0 => a / (a + b),
            _ => (1.0 - r.powf(a)) / (1.0 - r.powf(a + b)),
        };
        let fights: Vec<(bool, f64)> = (0..SEEDS).map(|seed| duel.fight(seed)).collect();
        let won = fights.iter().filter(|(won, _)| *won).count() as f64 / SEEDS as f64;
        let error = (expected * (1.0 - expected) / SEEDS as f64).sqrt();
        let what = format!("the first firm is left, {dearer} cheaper, with funds {funds:?}");
        assert_within(won, expected, error, &what);
        if dearer == 0.0 {
            let lengths = Moments::of(fights.iter().map(|(_, length)| *length));
            let error = lengths.standard_deviation() / (SEEDS as f64).sqrt();
            assert_within(lengths.mean(), a * b, error, "periods until one is ruined");
        }
    }
}
