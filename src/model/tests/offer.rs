//! Rules by hand: graduated steps, reviews of adaptive and of imitating firms.

use super::*;

const A: usize = 3;
const B: usize = 1;
const C: usize = 2;

fn step(experience: usize, knowledge: f32, max_agency: f32) -> Step {
    Step {
        experience,
        knowledge,
        max_agency,
    }
}

#[test]
fn graduated_offers_the_last_step_that_is_met() {
    let steps = [step(A, 0.0, 1.0), step(B, 0.5, 1.0), step(C, 0.8, 0.5)];
    let offered = |knowledge, agency| last_step_met(&steps, knowledge, || agency);
    assert_eq!(offered(0.0, 0.1), A);
    assert_eq!(offered(0.49, 0.1), A);
    assert_eq!(offered(0.5, 0.1), B, "a condition is met at its limit");
    assert_eq!(offered(0.8, 0.5), C);
    assert_eq!(
        offered(0.8, 0.51),
        B,
        "who wants agency gets the step before"
    );
    assert_eq!(offered(1.0, 1.0), B);
}

#[test]
fn graduated_steps_need_not_build_on_each_other() {
    // the last one met counts, whatever comes in between
    let steps = [step(A, 0.0, 1.0), step(B, 0.9, 1.0), step(C, 0.2, 1.0)];
    assert_eq!(last_step_met(&steps, 0.5, || 0.5), C);
    assert_eq!(last_step_met(&steps, 0.1, || 0.5), A);
    // the first has no conditions
    assert_eq!(last_step_met(&[step(A, 0.9, 0.1)], 0.0, || 1.0), A);
}

#[test]
fn agency_is_stated_once_and_stays_within_its_range() {
    let source = crate::random::Source::new(1, 0);
    let family = source.family(crate::random::Purpose::StatedAgency, &["customers", "firm"]);
    let stated =
        |who, arrival, error| stated_agency(&family.normal_keys(arrival, 1), who, 0.5, error);
    assert_eq!(stated(7, 3, 0.15), stated(7, 3, 0.15));
    assert_ne!(
        stated(7, 3, 0.15),
        stated(7, 4, 0.15),
        "a newcomer states anew"
    );
    assert_eq!(stated(7, 3, 0.0), 0.5);
    let all: Vec<f32> = (0..20_000).map(|who| stated(who, 0, 0.15)).collect();
    assert!(all.iter().all(|agency| (0.0..=1.0).contains(agency)));
    // 0.5 is 3.3 deviations from either end: clamping hardly matters to the mean
    let mean = all.iter().map(|&a| f64::from(a)).sum::<f64>() / 20_000.0;
    assert!((mean - 0.5).abs() < 4.5 * 0.15 / 20_000_f64.sqrt());
    // with a large error half of the customers state an end of the range
    let ends = (0..20_000).filter(|&who| [0.0, 1.0].contains(&stated(who, 0, 100.0)));
    assert!(ends.count() > 19_800);
}

const NO_EXPLORING: ReviewDraws = ReviewDraws {
    explore: 0.99,
    what: 0.0,
};

fn exploring(what: f32) -> ReviewDraws {
    ReviewDraws { explore: 0.0, what }
}

fn adaptive() -> OfferRule {
    OfferRule::Adaptive {
        candidates: vec![A, B, C],
        review_every: 2,
        explore: 0.1,
        memory: 0.75,
    }
}

/// A firm's search, the second of two firms in a market of four experiences.
struct Firm {
    rule: OfferRule,
    state: OfferState,
    period: u32,
}

impl Firm {
    fn enters(rule: OfferRule, period: u32) -> Self {
        let state = OfferState::new(&rule, period, 2, 4);
        Self {
            rule,
            state,
            period,
        }
    }

    fn search(&mut self) -> &mut Search {
        match &mut self.state {
            OfferState::Searching(search) => search,
            OfferState::Stateless => panic!("the rule searches"),
        }
    }

    /// What is offered in the next period, in which both firms then make a profit with some transactions
    /// by experience.
    fn period(&mut self, draws: ReviewDraws, did: [(f64, [u64; 4]); 2]) -> usize {
        self.period_of(&[true, true], draws, did)
    }

    fn period_of(
        &mut self,
        acting: &[bool],
        draws: ReviewDraws,
        did: [(f64, [u64; 4]); 2],
    ) -> usize {
        let (rule, period) = (self.rule.clone(), self.period);
        self.search().review(&rule, 1, period, acting, || draws);
        self.period += 1;
        let did = acting.iter().zip(&did);
        self.state
            .observe(did.map(|(&acting, (profit, counts))| (acting, *profit, &counts[..])));
        self.search().offered
    }

    /// A period in which the firm itself makes a profit.
    fn earns(&mut self, draws: ReviewDraws, profit: f64) -> usize {
        self.period(draws, [(0.0, [0; 4]), (profit, [1; 4])])
    }
}

#[test]
fn adaptive_tries_every_candidate_in_order_then_offers_the_best() {
    let mut firm = Firm::enters(adaptive(), 5);
    // reviews at entry and every two periods after it; exploring does not come before trying
    let tried: Vec<usize> = [(4.0, 6.0), (1.0, 3.0), (7.0, 1.0)]
        .into_iter()
        .map(|(first, second)| {
            let offered = firm.earns(exploring(0.0), first);
            assert_eq!(
                firm.earns(exploring(0.9), second),
                offered,
                "no review in between"
            );
            offered
        })
        .collect();
    assert_eq!(tried, [A, B, C]);
    // credits: A 5, B 2, C 4
    assert_eq!(firm.earns(NO_EXPLORING, -11.0), A);
    assert_eq!(firm.search().credits, [Some(5.0), Some(2.0), Some(4.0)]);
    assert_eq!(firm.earns(NO_EXPLORING, -5.0), A);
    // A made -8 per period since: 0.75 * 5 - 0.25 * 8 = 1.75
    assert_eq!(firm.earns(NO_EXPLORING, 0.0), C);
    assert_eq!(firm.search().credits, [Some(1.75), Some(2.0), Some(4.0)]);
    // exploring takes one of all at random: the middle of three
    firm.earns(NO_EXPLORING, 0.0);
    assert_eq!(firm.earns(exploring(0.5), 0.0), B);
    // C made 0: 0.75 * 4
    assert_eq!(firm.search().credits, [Some(1.75), Some(2.0), Some(3.0)]);
}

#[test]
fn adaptive_breaks_ties_for_the_first_listed() {
    let mut firm = Firm::enters(adaptive(), 0);
    for _ in 0..6 {
        firm.earns(NO_EXPLORING, 3.0);
    }
    assert_eq!(firm.earns(NO_EXPLORING, 3.0), A);
}

#[test]
fn adaptive_explores_all_candidates_alike() {
    let mut firm = Firm::enters(adaptive(), 0);
    for _ in 0..6 {
        firm.earns(NO_EXPLORING, 3.0);
    }
    let mut explored = Vec::new();
    for what in [0.0, 0.33, 0.34, 0.66, 0.67, 0.999_999_9] {
        explored.push(firm.earns(exploring(what), 3.0));
        firm.earns(NO_EXPLORING, 3.0);
    }
    assert_eq!(explored, [A, A, B, B, C, C]);
}

fn imitate() -> OfferRule {
    OfferRule::Imitate {
        start: A,
        review_every: 2,
        explore: 0.1,
    }
}

#[test]
fn imitate_copies_what_most_transactions_of_the_best_firm_had() {
    let mut firm = Firm::enters(imitate(), 0);
    let rival_wins = [(3.0, [0, 1, 5, 0]), (1.0, [0, 0, 0, 9])];
    assert_eq!(
        firm.period(NO_EXPLORING, rival_wins),
        A,
        "it starts with its own"
    );
    // over both periods the rival had 6 of experience 1 and 5 of C, and more profit
    let later = [(0.5, [0, 5, 0, 0]), (2.0, [0, 0, 0, 9])];
    assert_eq!(firm.period(NO_EXPLORING, later), A, "no review in between");
    assert_eq!(firm.period(NO_EXPLORING, rival_wins), 1);
    // what was before the last review is forgotten
    let own_wins = [(-9.0, [0, 0, 9, 0]), (1.0, [0, 2, 0, 1])];
    firm.period(NO_EXPLORING, own_wins);
    assert_eq!(
        firm.period(NO_EXPLORING, own_wins),
        A,
        "it is the best itself, with A 10 times"
    );
}

#[test]
fn imitate_counts_profit_per_period_in_the_market() {
    let mut firm = Firm::enters(imitate(), 0);
    // the rival enters in the second period: 3 per period against 2
    firm.period_of(
        &[false, true],
        NO_EXPLORING,
        [(0.0, [0; 4]), (2.0, [0, 0, 0, 1])],
    );
    firm.period(NO_EXPLORING, [(3.0, [0, 0, 1, 0]), (2.0, [0, 0, 0, 1])]);
    assert_eq!(firm.period(NO_EXPLORING, [(0.0, [0; 4]); 2]), C);
}

#[test]
fn imitate_passes_over_firms_that_left_and_breaks_ties_for_the_first_listed() {
    let mut firm = Firm::enters(imitate(), 0);
    let did = [(3.0, [0, 0, 1, 0]), (3.0, [0, 1, 0, 0])];
    firm.period(NO_EXPLORING, did);
    firm.period(NO_EXPLORING, did);
    // the rival has left at the review, and comes back only to make the tie
    let alone = [(0.0, [0; 4]), did[1]];
    assert_eq!(firm.period_of(&[false, true], NO_EXPLORING, alone), B);
    firm.period(NO_EXPLORING, did);
    // both made 3 per period
    assert_eq!(firm.period(NO_EXPLORING, did), C);
}

#[test]
fn imitate_keeps_its_experience_where_nothing_was_sold() {
    let mut firm = Firm::enters(imitate(), 0);
    let nothing = [(0.0, [0; 4]); 2];
    for _ in 0..4 {
        assert_eq!(firm.period(NO_EXPLORING, nothing), A);
        assert_eq!(firm.period(exploring(0.5), nothing), A);
    }
}

#[test]
fn imitate_explores_only_what_was_sold() {
    for (what, expected) in [(0.0, 0), (0.49, 0), (0.5, C), (0.999, C)] {
        let mut firm = Firm::enters(imitate(), 0);
        let did = [(1.0, [2, 0, 0, 0]), (9.0, [0, 0, 7, 0])];
        firm.period(NO_EXPLORING, did);
        firm.period(NO_EXPLORING, did);
        assert_eq!(firm.period(exploring(what), did), expected);
    }
}

#[test]
fn the_most_frequent_is_the_first_of_the_largest() {
    assert_eq!(most_frequent(&[]), None);
    assert_eq!(most_frequent(&[0, 0]), None);
    assert_eq!(most_frequent(&[1, 3, 3, 2]), Some(1));
}
