//! What a head start gives back, held against figures of an independent implementation.
//!
//! Its figures are means over replicates of its own draws, given with their standard errors; ours may differ by three
//! standard errors of the difference.

use flywheel::model::{HeadStart, Plan};
use flywheel::scenario::{Firm, Scenario};
use rayon::prelude::*;

use crate::everything::load;
use crate::run::scenario;

/// What the worlds of one replicate came to, by period from the head start on.
struct Course {
    /// Value created in open and in closed, less that in base.
    direct: Vec<f64>,
    total: Vec<f64>,
    /// Share in closed less that in base.
    lead: Vec<f64>,
}

fn courses(scenario: &Scenario, firm: &str, period: u32, replicates: u32) -> Vec<Course> {
    let plan = Plan::new(scenario)
        .and_then(|plan| plan.with_worlds(firm, period, HeadStart::Observations(1.0)))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let course = |replicate| {
        let mut market = plan.market(replicate);
        while !market.is_done() {
            market.step();
        }
        let worlds = market.into_records().worlds;
        let apart = |column: &str, world: usize| -> Vec<f64> {
            let periods = worlds.numbers(column).chunks(3);
            periods.map(|three| three[world] - three[0]).collect()
        };
        Course {
            direct: apart("value_created", 2),
            total: apart("value_created", 1),
            lead: apart("share", 1),
        }
    };
    (0..replicates).into_par_iter().map(course).collect()
}

/// A mean with its standard error, of values left out one at a time.
fn jackknife(n: usize, of: impl Fn(&dyn Fn(usize) -> bool) -> f64) -> (f64, f64) {
    let left_out: Vec<f64> = (0..n)
        .map(|out| of(&|replicate| replicate != out))
        .collect();
    let mean = left_out.iter().sum::<f64>() / n as f64;
    let squares: f64 = left_out.iter().map(|x| (x - mean).powi(2)).sum();
    (of(&|_| true), ((n - 1) as f64 / n as f64 * squares).sqrt())
}

/// phi(L): the total effect of the first so many periods over the direct one.
fn factor(courses: &[Course], length: usize) -> (f64, f64) {
    let sum = |values: &[f64]| values[..length].iter().sum::<f64>();
    let effects: Vec<(f64, f64)> = (courses.iter())
        .map(|course| (sum(&course.direct), sum(&course.total)))
        .collect();
    jackknife(courses.len(), |kept| {
        let own = effects.iter().enumerate().filter(|(r, _)| kept(*r));
        let (direct, total) = own.fold((0.0, 0.0), |(d, e), (_, own)| (d + own.0, e + own.1));
        total / direct
    })
}

/// The mean lead in share, in points, of some periods after the head start.
fn lead(courses: &[Course], periods: std::ops::Range<usize>) -> (f64, f64) {
    let mean = |course: &Course| {
        let own = &course.lead[periods.clone()];
        100.0 * own.iter().sum::<f64>() / own.len() as f64
    };
    let means: Vec<f64> = courses.iter().map(mean).collect();
    jackknife(courses.len(), |kept| {
        let own: Vec<f64> = (0..means.len())
            .filter(|&r| kept(r))
            .map(|r| means[r])
            .collect();
        own.iter().sum::<f64>() / own.len() as f64
    })
}

#[track_caller]
fn assert_docks(ours: (f64, f64), theirs: (f64, f64), what: &str) {
    let error = ours.1.hypot(theirs.1);
    println!(
        "{what}: {:.3} +- {:.3}, theirs {} +- {}",
        ours.0, ours.1, theirs.0, theirs.1
    );
    assert!(
        (ours.0 - theirs.0).abs() <= 3.0 * error,
        "{what}: {:.3} +- {:.3}, theirs {} +- {}",
        ours.0,
        ours.1,
        theirs.0,
        theirs.1
    );
}

/// Two firms alike with curated offering.
fn two_curated(periods: u32) -> Scenario {
    scenario(3_000, periods)
        .firm(Firm::new("one", "curated-offering"))
        .firm(Firm::new("two", "curated-offering"))
}

#[test]
fn at_the_defaults_a_lead_comes_back_and_fades() {
    let found = courses(&two_curated(220), "one", 20, 40);
    assert_docks(factor(&found, 10), (1.36, 0.06), "phi(10)");
    assert_docks(factor(&found, 50), (2.9, 0.1), "phi(50)");
    assert_docks(factor(&found, 200), (5.7, 0.5), "phi(200)");
    println!("{:?} {:?}", lead(&found, 0..11), lead(&found, 160..200));
}

#[test]
fn in_a_market_that_tips_a_lead_compounds() {
    let mut tips = two_curated(300);
    tips.market.taste_dimensions = 3;
    let customers = &mut tips.populations[0];
    customers.choice_noise = 0.03;
    customers.turnover = 0.02;
    customers.word_of_mouth = 0.15;
    customers.belief_speed = 0.15;
    for firm in &mut tips.firms {
        firm.learning.prior_sd = 1.5;
    }
    let found = courses(&tips, "one", 20, 40);
    assert_docks(factor(&found, 280), (14.0, 6.0), "phi(280)");
    println!("{:?} {:?}", lead(&found, 0..11), lead(&found, 224..280));
}

#[test]
fn four_experiences_give_back_what_the_other_implementation_found() {
    let market = load(include_str!("../../scenarios/four-experiences.toml"));
    let curated = courses(&market, "curated", 20, 40);
    assert_docks(factor(&curated, 100), (5.0, 0.9), "curated, phi(100)");
    let coach = courses(&market, "coach", 60, 40);
    assert_docks(factor(&coach, 100), (11.0, 4.0), "coach, phi(100)");
}
