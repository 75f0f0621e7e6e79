//! Logs that are read, statistics that are counted by hand, and mistakes that are told.

use super::*;

/// A log in a file.
fn log(text: &str, reading: &Reading) -> Result<Log, LogError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log.csv");
    std::fs::write(&path, text).expect("space");
    Log::read(&path, reading)
}

fn value(log: &Log, kind: StatisticKind, from: u32) -> f64 {
    let all = log.statistics();
    let found = all
        .iter()
        .find(|(one, _)| one.kind == kind && one.from == from);
    found.unwrap_or_else(|| panic!("{kind:?} from {from}")).1
}

/// Two customers in six periods: one buys A A B A, the other B B.
const SMALL: &str = "\
customer,period,firm,kind
ann,10,A,requested
bob,10,B,requested
ann,11,A,detected
ann,12,B,requested
bob,14,B,detected
ann,15,A,requested
ann,15,A,false_alarm
";

#[test]
fn statistics_are_those_counted_by_hand() {
    let log = log(SMALL, &Reading::default()).expect("a log");
    assert_eq!((log.customers, log.periods, log.passed_over), (2, 6, 1));
    assert_eq!(log.span, ("10".to_owned(), "15".to_owned()));
    let firms: Vec<_> = log
        .firms
        .iter()
        .map(|firm| (firm.name.as_str(), firm.purchases))
        .collect();
    // equals in the order of their names
    assert_eq!(firms, [("A", 3), ("B", 3)]);
    let is = |kind, from, expected: f64| {
        let found = value(&log, kind, from);
        assert!(
            (found - expected).abs() < 1e-12,
            "{kind:?} from {from}: {found}"
        );
    };
    // one window per period
    is(StatisticKind::Share, 0, 0.5);
    is(StatisticKind::Frequency, 0, 1.0);
    is(StatisticKind::Frequency, 1, 0.5);
    is(StatisticKind::Repeat, 1, 1.0);
    is(StatisticKind::Repeat, 2, 0.0);
    assert!(value(&log, StatisticKind::Repeat, 3).is_nan());
    // second purchases: ann A after A, bob B after B; third: ann changes; fourth: she goes back
    is(StatisticKind::RepeatAfter, 1, 1.0);
    is(StatisticKind::RepeatAfter, 2, 0.0);
    is(StatisticKind::RepeatAfter, 3, 0.0);
    is(StatisticKind::Return, 0, 1.0);
    is(StatisticKind::FirstTime, 0, 1.0);
    is(StatisticKind::FirstTime, 1, 0.0);
    // 4 and 2 purchases: variance 2, mean 3
    is(StatisticKind::Dispersion, 0, 2.0 / 3.0);
    // ann: three of A in four, so 3 of 6 pairs; bob all
    is(StatisticKind::WithinCustomers, 0, 0.75);
    is(StatisticKind::BetweenCustomers, 0, 4.0 / 6.0);
    // runs: 2, 1, 1 of ann, 2 of bob
    is(StatisticKind::RunLength, 1, 0.5);
    is(StatisticKind::RunLength, 2, 0.5);
    // ann's relation with A lives to the end, bob's with B four periods
    is(StatisticKind::Survival, 1, 1.0);
    is(StatisticKind::Survival, 2, 1.0);
    is(StatisticKind::BegunByFirm, 0, 0.0);
    is(StatisticKind::BegunByFirm, 1, 1.0);
    let switching: Vec<f64> = (log.statistics().iter())
        .filter(|(one, _)| one.kind == StatisticKind::Switching)
        .map(|(_, value)| *value)
        .collect();
    assert_eq!(switching, [0.5, 0.5, 0.5, 0.5]);
}

#[test]
fn who_takes_the_number_of_one_who_left_is_another_customer() {
    let shape = Shape {
        firms: 2,
        periods: 8,
    };
    let mut account = Account::new(shape, 1);
    let buy = |period, arrived, firm| Purchase {
        period,
        customer: 0,
        arrived,
        firm,
        begun_by_firm: false,
    };
    for one in [buy(0, 0, 0), buy(1, 0, 0), buy(4, 3, 1), buy(9, 3, 1)] {
        account.add(one);
    }
    account.finish();
    // what comes after the last period is not seen
    assert_eq!((account.customers(), account.totals()), (2, &[1, 2][..]));
}

#[test]
fn dates_become_periods() {
    let text =
        "customer;period;firm;price\n1;2024-01-01;x;1,5\n2;2024-01-08;x;2\n1;2024-01-15;y;\n";
    let days = Reading {
        unit: Some(Unit::Days(7)),
        ..Reading::default()
    };
    let weekly = log(text, &days).expect("a log");
    let periods: Vec<u32> = weekly.purchases.iter().map(|one| one.period).collect();
    assert_eq!((weekly.periods, periods), (3, vec![0, 1, 2]));
    assert_eq!(weekly.firms[0].price, 1.75);
    assert!(weekly.firms[1].price.is_nan() && !weekly.knows_who_began);
    assert!(value(&weekly, StatisticKind::BegunByFirm, 0).is_nan());
    let months = Reading {
        unit: Some(Unit::Months(1)),
        ..Reading::default()
    };
    assert_eq!(log(text, &months).expect("a log").periods, 1);
}

#[test]
fn one_market_of_a_run_is_taken() {
    let text = "\
replicate,period,population,customer,arrived,firm,experience,kind,first,price,fit,wtp,knowledge
0,0,people,0,0,A,coach-behavior,requested,true,0.3,0.5,0.5,0.0
0,5,people,0,4,A,coach-behavior,detected,true,0.3,0.5,0.5,0.0
1,0,people,0,0,A,coach-behavior,requested,true,0.3,0.5,0.5,0.0
";
    let log = log(text, &Reading::default()).expect("a log");
    assert_eq!(
        (log.customers, log.purchases.len(), log.passed_over),
        (2, 2, 1)
    );
    // who took the number of one who left is another customer, but not one more at a time
    assert_eq!(log.populations, [("people".to_owned(), 1)]);
    assert!(log.knows_who_began);
}

#[test]
fn mistakes_have_their_place_and_a_remedy() {
    let told = |text: &str, reading: &Reading| log(text, reading).expect_err("a mistake");
    let plain = Reading::default();
    let first = |text: &str| {
        let error = told(text, &plain);
        let one = error.mistakes[0].clone();
        assert!(!one.remedy.is_empty() && error.to_string().contains(&one.problem));
        (one.line, one.column)
    };
    assert_eq!(first("customer,firm\n1,A\n"), (Some(1), String::new()));
    assert_eq!(
        first("customer,period,firm,firm\n1,1,A,A\n"),
        (Some(1), "firm".to_owned())
    );
    assert_eq!(
        first("customer,period,firm\n1,soon,A\n"),
        (Some(2), "period".to_owned())
    );
    assert_eq!(
        first("customer,period,firm\n1,1,A\n,2,A\n"),
        (Some(3), "customer".to_owned())
    );
    assert_eq!(
        first("customer,period,firm\n1,2024-01-01,A\n"),
        (Some(2), "period".to_owned())
    );
    assert_eq!(
        first("customer,period,firm,price\n1,1,A,€3\n"),
        (Some(2), "price".to_owned())
    );
    assert_eq!(
        first("customer,period,firm,kind\n1,1,A,bought\n"),
        (Some(2), "kind".to_owned())
    );
    assert_eq!(
        first("customer,period,firm\n1,1\n"),
        (Some(2), String::new())
    );
    assert_eq!(first("customer,period,firm\n"), (None, String::new()));
    assert_eq!(
        first("customer,period,firm\n1,1,A\n1,9999999,A\n"),
        (None, String::new())
    );
    let weekly = Reading {
        unit: Some(Unit::Days(7)),
        ..plain.clone()
    };
    let error = told("customer,period,firm\n1,12,A\n", &weekly);
    assert_eq!(
        (error.mistakes[0].line, error.mistakes[0].column.as_str()),
        (Some(2), "period")
    );
    // many are told together, and counted
    let many: String = (0..30).map(|_| "1,?,A\n").collect();
    let error = told(&format!("customer,period,firm\n{many}"), &plain);
    assert_eq!((error.mistakes.len(), error.more), (20, 10));
}

/// Six purchases, as programs write them.
const PLAIN: &str = "customer,period,firm\nann,0,A\nbob,0,B\nann,1,A\nbob,2,A\nann,3,B\nbob,5,B\n";

#[test]
fn a_log_is_the_same_whatever_program_wrote_it() {
    let expected = log(PLAIN, &Reading::default()).expect("a log");
    // what nothing says is NaN, which equals nothing
    let told = |log: &Log| format!("{:?}", log.statistics());
    let lines: Vec<&str> = PLAIN.lines().collect();
    let backwards: Vec<&str> = (lines[..1].iter().chain(lines[1..].iter().rev()))
        .copied()
        .collect();
    let all = |change: &dyn Fn(&str) -> String| -> String {
        lines.iter().map(|line| change(line) + "\n").collect()
    };
    let decimals = |line: &str, point: &str| match line.split(',').collect::<Vec<_>>()[..] {
        [customer, period, firm] if period != "period" => {
            format!("{customer};{period}{point}0;{firm}")
        }
        _ => line.replace(',', ";"),
    };
    let shapes = [
        backwards.join("\n"),
        format!("\u{feff}{PLAIN}"),
        PLAIN.replace('\n', "\r\n"),
        PLAIN.replace('\n', "\n\n"),
        format!("{PLAIN},,\n , ,\n"),
        PLAIN.replace(',', "\t"),
        PLAIN.replace(',', "|"),
        PLAIN.replace("customer,period,firm", " Customer ,PERIOD,\"firm\""),
        all(&|line| decimals(line, ",")),
        all(&|line| decimals(line, ".")),
        // columns that are about something else, whatever they are called
        all(&|line| format!("x;y,{line},\"1, 2\"")).replacen("x;y", "\"variant;point\"", 1),
        all(&|line| format!("{line},{}", line.len())).replacen(",20", ",variant", 1),
    ];
    for text in &shapes {
        let found = log(text, &Reading::default()).unwrap_or_else(|error| panic!("{text}{error}"));
        assert_eq!(told(&found), told(&expected), "{text}");
        assert_eq!(found.passed_over, 0, "{text}");
    }
    let dates = |write: &dyn Fn(&str) -> String, unit| {
        let text = all(&|line| match line.split(',').collect::<Vec<_>>()[..] {
            [customer, period, firm] if period != "period" => {
                format!("{customer},{},{firm}", write(period))
            }
            _ => line.to_owned(),
        });
        let reading = Reading {
            unit: Some(unit),
            ..Reading::default()
        };
        log(&text, &reading).unwrap_or_else(|error| panic!("{text}{error}"))
    };
    for found in [
        dates(&|day| format!("2024-02-2{day}T23:59:00Z"), Unit::Days(1)),
        dates(&|day| format!("2024/02/2{day} 08:00"), Unit::Days(1)),
        dates(&|day| format!("2024.02.2{day}"), Unit::Days(1)),
        dates(
            &|month| format!("2024-0{}", 1 + month.parse::<u32>().expect("a digit")),
            Unit::Months(1),
        ),
    ] {
        assert_eq!(told(&found), told(&expected));
        assert!(found.first.is_none() && expected.first == Some(0));
    }
}

/// Days within a period are in order, though lines are not.
#[test]
fn purchases_of_one_period_are_in_the_order_of_their_dates() {
    let weeks = Reading {
        unit: Some(Unit::Days(7)),
        ..Reading::default()
    };
    let text = "customer,period,firm\n1,2024-01-03,B\n1,2024-01-01,A\n1,2024-01-02,A\n";
    let found = log(text, &weeks).expect("a log");
    let firms: Vec<&str> = (found.purchases.iter())
        .map(|one| found.firms[usize::from(one.firm)].name.as_str())
        .collect();
    assert_eq!(firms, ["A", "A", "B"]);
    assert_eq!((found.periods, found.more_in_a_period()), (1, 2));
}

#[test]
fn what_is_no_text_is_told_for_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log.csv");
    for (bytes, words) in [
        (&b"\x1f\x8b\x08\0"[..], ["compressed", "gunzip"]),
        (b"PK\x03\x04...", ["spreadsheet", "CSV"]),
        (b"PAR1....", ["Parquet", ".parquet"]),
        (b"\xff\xfec\0u\0", ["UTF-16", "UTF-8"]),
        (b"customer,period,firm\n1,1,Caf\xe9\n", ["line 2", "UTF-8"]),
        (
            b"customer,period,firm\n1,1,\"A\n2,2,B\n",
            ["line 2", "quotes"],
        ),
    ] {
        std::fs::write(&path, bytes).expect("space");
        let error = Log::read(&path, &Reading::default()).expect_err("no log");
        let told = error.to_string();
        assert!(words.iter().all(|word| told.contains(word)), "{told}");
    }
}

#[test]
fn names_of_a_log_become_names_of_a_scenario() {
    for (name, expected) in [
        ("Hunts", "Hunts"),
        ("1", "firm 1"),
        ("Ben & Jerry's", "Ben - Jerry-s"),
        ("NA", "firm NA"),
        ("a.b=c", "a-b-c"),
        ("-", "firm"),
        ("2024-01-01", "firm 2024-01-01"),
    ] {
        assert_eq!(scenario_name(name, "firm"), expected);
    }
}
