//! A firm's policy, and who else competes, change no draw and no customer.

use flywheel::model::Exogenous;
use flywheel::scenario::{ExperienceRule, Firm, PriceRule, Scenario};

use crate::run::{scenario, start};

const PERIODS: u32 = 50;

fn base() -> Scenario {
    let mut base = scenario(600, PERIODS)
        .firm(Firm::new("one", "curated-offering"))
        .firm(Firm::new("two", "automatic-execution"))
        .firm(Firm::new("three", "coach-behavior"));
    let everyone = &mut base.populations[0];
    everyone.turnover = 0.05;
    everyone.taste.drift = 0.1;
    everyone.data_sharing = 0.6;
    base.market.data_portability = 0.5;
    base
}

/// Holds that two scenarios face the same customers and draws in every period; `firms` pairs the
/// positions of the firms that both have.
fn assert_same_nature(one: &Scenario, other: &Scenario, firms: &[(usize, usize)]) {
    let market = |scenario| start(scenario, 3);
    let (mut one, mut other) = (market(one), market(other));
    for _ in 0..PERIODS {
        let (a, b) = (one.exogenous(0), other.exogenous(0));
        assert_eq!(a.len(), b.len());
        for (a, b) in a.iter().zip(&b) {
            // the outside option comes first
            assert_eq!(a.choice[0].to_bits(), b.choice[0].to_bits());
            for &(j, k) in firms {
                assert_eq!(a.choice[j + 1].to_bits(), b.choice[k + 1].to_bits());
            }
            let without_choice = |customer: &Exogenous| Exogenous {
                choice: Vec::new(),
                ..customer.clone()
            };
            assert_eq!(
                without_choice(a),
                without_choice(b),
                "period {}",
                one.period()
            );
        }
        one.step();
        other.step();
    }
    assert!(one.exogenous(0).iter().any(|customer| customer.arrival > 0));
}

const ALL: [(usize, usize); 3] = [(0, 0), (1, 1), (2, 2)];

#[test]
fn a_firms_policy_changes_no_draw() {
    let base = base();
    let change = |change: &dyn Fn(&mut Firm)| {
        let mut changed = base.clone();
        change(&mut changed.firms[1]);
        assert_same_nature(&base, &changed, &ALL);
    };
    change(&|firm| firm.experience = ExperienceRule::Fixed("respond-to-desire".to_owned()));
    change(&|firm| firm.price = PriceRule::Fixed(0.1));
    change(&|firm| firm.learning.individual = false);
    change(&|firm| firm.assortment = 3);
    change(&|firm| firm.entry = 20);
}

#[test]
fn other_firms_change_no_draw() {
    let base = base();
    let mut more = base.clone();
    more.firms.insert(0, Firm::new("zero", "respond-to-desire"));
    assert_same_nature(&base, &more, &[(0, 1), (1, 2), (2, 3)]);
    let mut reordered = base.clone();
    reordered.firms.rotate_left(1);
    assert_same_nature(&base, &reordered, &[(0, 2), (1, 0), (2, 1)]);
}

#[test]
fn other_populations_change_no_draw() {
    let base = base();
    let mut more = base.clone();
    let mut other = more.populations[0].clone();
    other.name = "others".to_owned();
    more.populations.push(other);
    assert_same_nature(&base, &more, &ALL);
    // and the others differ from the first
    let market = start(&more, 3);
    assert_ne!(market.exogenous(0)[0].taste, market.exogenous(1)[0].taste);
}

#[test]
fn replicates_and_seeds_differ() {
    let base = base();
    let first = |scenario: &Scenario, replicate| {
        let market = start(scenario, replicate);
        market.exogenous(0)[0].clone()
    };
    let mut seeded = base.clone();
    seeded.simulation.seed += 1;
    assert_eq!(first(&base, 0), first(&base, 0));
    assert_ne!(first(&base, 0).taste, first(&base, 1).taste);
    assert_ne!(first(&base, 0).taste, first(&seeded, 0).taste);
}

#[test]
fn less_sharing_only_takes_customers_from_those_who_share() {
    let base = base();
    let mut less = base.clone();
    less.populations[0].data_sharing = 0.5;
    less.market.data_portability = 0.4;
    let market = |scenario| start(scenario, 3);
    let (mut more, mut less) = (market(&base), market(&less));
    for _ in 0..PERIODS {
        let (a, b) = (more.exogenous(0), less.exogenous(0));
        let (mut stopped, mut left_behind) = (0, 0);
        for (a, b) in a.iter().zip(&b) {
            assert!(
                a.shares_data || !b.shares_data,
                "a customer shares only when fewer should"
            );
            assert!(
                a.carries_data || !b.carries_data,
                "a customer carries only when fewer should"
            );
            stopped += usize::from(a.shares_data != b.shares_data);
            left_behind += usize::from(a.carries_data != b.carries_data);
        }
        // one in ten of 600: 60 with a standard error of 7.3
        assert!((27..=93).contains(&stopped), "{stopped} stopped sharing");
        assert!(
            (27..=93).contains(&left_behind),
            "{left_behind} leave data behind"
        );
        more.step();
        less.step();
    }
}
