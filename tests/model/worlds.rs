//! Three worlds: open is base where there is no head start, and all three are what the reference makes of them.

use flywheel::model::{HeadStart, Market, Plan, Records};
use flywheel::scenario::Scenario;

use crate::everything::{load, with_kinds};
use crate::reference::{self, Period, simulate_worlds};
use crate::run::{assert_close, value};

const T0: u32 = 12;

fn plan(scenario: &Scenario, firm: &str, observations: f64) -> Plan {
    let plan = Plan::new(scenario).expect("a valid scenario");
    plan.with_worlds(firm, T0, HeadStart::Observations(observations))
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn live(mut market: Market) -> Vec<Records> {
    while !market.is_done() {
        market.step();
    }
    market.into_worlds()
}

/// The tables of a world as text, in which empty equals empty.
fn shown(records: &Records) -> [String; 5] {
    let tables = [
        &records.periods,
        &records.firms,
        &records.market,
        &records.kinds,
        &records.learning,
    ];
    tables.map(|table| format!("{table:?}"))
}

/// Every rule, entry, exit, turnover, drift, portability, interventions; and learning curves.
fn everything() -> Scenario {
    let mut scenario = load(&with_kinds());
    let tables = &mut scenario.simulation.record.tables;
    tables.push(flywheel::scenario::RecordedTable::Learning);
    scenario
}

#[test]
fn without_a_head_start_all_worlds_are_one() {
    let scenario = everything();
    for firm in ["portfolio", "graduated", "adaptive"] {
        let plain = live(Plan::new(&scenario).expect("valid").market(2));
        let worlds = live(plan(&scenario, firm, 0.0).market(2));
        assert_eq!((plain.len(), worlds.len()), (1, 3));
        for world in &worlds {
            assert_eq!(shown(world), shown(&plain[0]), "{firm}");
        }
        let compared = &worlds[0].worlds;
        assert_eq!(compared.rows(), 3 * 48);
        let created = compared.numbers("value_created");
        assert!(created.iter().any(|&created| created > 0.0), "{firm}");
        for three in created.chunks(3) {
            assert!(three[0] == three[1] && three[0] == three[2]);
        }
    }
}

#[test]
fn a_head_start_moves_the_worlds_apart() {
    let scenario = everything();
    let worlds = live(plan(&scenario, "graduated", 2.0).market(0));
    let plain = live(Plan::new(&scenario).expect("valid").market(0));
    assert_eq!(
        shown(&worlds[0]),
        shown(&plain[0]),
        "base knows nothing of it"
    );
    // in open, customers do what they did in base
    for column in [
        "transactions",
        "detected",
        "declined",
        "false_alarms",
        "cancelled",
        "first_time",
        "customers",
    ] {
        let [base, open] = [0, 2].map(|world| worlds[world].periods.integers(column));
        assert_eq!(base, open, "{column}");
    }
    assert_ne!(
        worlds[0].periods.integers("transactions"),
        worlds[1].periods.integers("transactions")
    );
    assert_ne!(
        worlds[0].periods.numbers("fit"),
        worlds[2].periods.numbers("fit")
    );
}

#[test]
fn one_by_one_and_the_kernel_and_threads_give_the_same_worlds() {
    let scenario = everything();
    let plan = plan(&scenario, "graduated", 1.5);
    let fast = live(plan.market(1));
    let mut market = plan.market(1);
    market.set_one_by_one(true);
    for (plain, fast) in live(market).iter().zip(&fast) {
        assert_eq!(shown(plain), shown(fast));
        assert_eq!(format!("{:?}", plain.worlds), format!("{:?}", fast.worlds));
    }
    for (parallel, fast) in live(plan.parallel_market(1)).iter().zip(&fast) {
        assert_eq!(shown(parallel), shown(fast));
        assert_eq!(
            format!("{:?}", parallel.worlds),
            format!("{:?}", fast.worlds)
        );
    }
}

/// What a row of `worlds` says of a period of the reference.
fn expected(period: &Period, firm: usize) -> [(&'static str, f64); 5] {
    let own = &period.firms[firm];
    let sum = |part: fn(&reference::Happened) -> f64| own.happened.iter().map(part).sum::<f64>();
    let sold =
        |firm: &reference::FirmPeriod| firm.happened.iter().map(|h| h.transactions).sum::<f64>();
    let all: f64 = period.firms.iter().map(sold).sum();
    let watched = &period.watched;
    let revenue = if own.acting {
        watched.transactions * own.price
    } else {
        0.0
    };
    [
        ("value_created", sum(|h| h.wtp) - sum(|h| h.cost)),
        ("value_created_at_home", watched.wtp - watched.cost),
        ("profit", own.profit),
        (
            "profit_at_home",
            revenue - watched.cost - watched.false_alarm_cost,
        ),
        ("share", sold(own) / all),
    ]
}

#[test]
fn worlds_are_what_the_reference_makes_of_them() {
    let scenario = load(&with_kinds());
    for (name, observations) in [
        ("portfolio", 1.0),
        ("graduated", 2.5),
        ("adaptive", 1.0),
        ("doomed", 3.0),
    ] {
        let firm = scenario
            .firms
            .iter()
            .position(|it| it.name == name)
            .expect("a firm");
        let engine = live(plan(&scenario, name, observations).market(0));
        let given = reference::HeadStart {
            firm,
            period: T0,
            observations,
        };
        let reference = simulate_worlds(&scenario, 0, given);
        for (world, periods) in reference.iter().enumerate() {
            for (t, period) in periods.iter().enumerate().skip(T0 as usize) {
                let row = 3 * (t - T0 as usize) + world;
                for (column, expected) in expected(period, firm) {
                    let actual = value(&engine[0].worlds, column, row);
                    let place = format!("{name}, world {world}, period {t}: {column}");
                    assert_close(actual, expected, 1e-4, &place);
                }
            }
        }
    }
}

#[test]
fn worlds_that_make_no_sense_are_refused() {
    let scenario = load(&with_kinds());
    let refused = |firm: &str, period, size| {
        let plan = Plan::new(&scenario).expect("a valid scenario");
        let worlds = plan.with_worlds(firm, period, HeadStart::Observations(size));
        worlds.unwrap_err().to_string()
    };
    assert!(refused("nobody", 3, 1.0).contains("no firm named `nobody`"));
    assert!(refused("doomed", 60, 1.0).contains("after the last, 59"));
    assert!(refused("doomed", 3, -1.0).contains("-1"));
}
