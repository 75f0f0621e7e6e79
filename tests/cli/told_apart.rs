//! No noise as fact: who leads, earns most or creates most is told only where it can be told from luck, and texts quote what charts show.

use super::Place;

/// Firms that differ in nothing but luck.
const ALIKE: &str = r#"
title = "Firms alike"

[simulation]
periods = 40
replicates = 8

[market]
equal_start = false

[[populations]]
name = "everyone"
customers = 120

[[firms]]
name = "firm"
count = 3
experience = "curated-offering"

[lesson]
question = "Which firm is ahead at the end?"
charts = ["share"]
look = "the shares: {share of firm-1} and {share of firm-2}"
explanation = "They are alike: fit is {fit of firm-1} and {fit of firm-2}."

[[lesson.answers]]
text = "firm-1"
right_if = ["share of firm-1 > share of firm-2"]

[[lesson.answers]]
text = "firm-2"
right_if = ["share of firm-1 < share of firm-2"]
"#;

/// What the report claims of who has more; the key of each kind of sentence, in English.
const CLAIMS: [&str; 5] = [
    "has the largest share of transactions",
    "Most value per transaction is created by",
    "Most was earned by",
    "leads from start to end",
    "Who leads, where the two largest shares are told apart",
];
/// What it says instead.
const INSTEAD: [&str; 5] = [
    "% of the transactions, ",
    " of value per transaction, ",
    " in all, ",
    "At no time is one firm’s lead told from luck",
    "At no time is one firm’s lead told from luck",
];

#[test]
fn of_firms_that_are_alike_nobody_is_said_to_win() {
    let place = Place::empty();
    place.write("alike.toml", ALIKE);
    let seeds = 1..=8;
    let mut claimed = [0; CLAIMS.len()];
    for seed in seeds.clone() {
        place
            .flywheel(&format!("run alike.toml -q --charts svg --seed {seed}"))
            .ends(0);
        let report = place.read("output/alike/report.html");
        for (number, claim) in CLAIMS.iter().enumerate() {
            let is_claimed = report.contains(claim);
            claimed[number] += usize::from(is_claimed);
            let is_left_open = report.contains(INSTEAD[number]);
            // of the two sentences about the lead, one stands
            assert!(
                is_claimed || is_left_open || number >= 3,
                "seed {seed}: neither `{claim}` nor `{}`",
                INSTEAD[number]
            );
        }
        assert!(report.contains("are not told apart"), "seed {seed}");
        let chart = place.read("output/alike/charts/advantage.svg");
        assert!(!chart.contains("has the largest share"), "seed {seed}");
    }
    // intervals of 95 % leave zero out one time in twenty where nothing differs
    assert!(claimed.iter().all(|&times| times <= 1), "{claimed:?}");
}

#[test]
fn a_lesson_whose_answer_luck_decides_is_undecided() {
    let place = Place::empty();
    place.write("alike.toml", ALIKE);
    let outcome = place.flywheel("course alike.toml --charts none").ends(0);
    let answer = "The answer: undecided (8 replicates do not tell A and B apart; more would)";
    assert!(outcome.stdout.contains(answer), "{}", outcome.stdout);
    let report = place.read("output/alike/report.html");
    assert!(report.contains("Undecided: this run does not tell A, B apart."));
    // one of two is a little cheaper, and then the answer is decided
    let better = ALIKE
        .replace("replicates = 8", "replicates = 12")
        .replace("equal_start = false", "equal_start = true")
        .replace("customers = 120", "customers = 400")
        .replace("count = 3\n", "")
        .replace("name = \"firm\"\n", "name = \"firm-2\"\n")
        .replace(
            "[lesson]",
            "[[firms]]\nname = \"firm-1\"\nexperience = \"curated-offering\"\nprice = 0.27\n\n[lesson]",
        );
    place.write("better.toml", &better);
    let outcome = place.flywheel("course better.toml --charts none").ends(0);
    assert!(
        outcome.stdout.contains("The answer: A\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn texts_quote_what_the_chart_beside_them_shows() {
    let place = Place::empty();
    // markets that end alike, of which the chart shows means
    let market = ALIKE
        .replace("equal_start = false", "equal_start = true")
        .replace("customers = 120", "customers = 400");
    place.write("alike.toml", &market);
    let told = place
        .flywheel("course alike.toml --charts svg")
        .ends(0)
        .stdout;
    let look = told.lines().find(|line| line.starts_with("Look at"));
    let look = look.expect("what to look at");
    let quoted: Vec<&str> = look
        .split(' ')
        .filter_map(|word| word.trim_end_matches('.').strip_suffix('%'))
        .collect();
    assert_eq!(quoted.len(), 2, "{look}");
    let chart = place.read("output/alike/charts/share.svg");
    let summary = place.read("output/alike/summary.csv");
    for (firm, share) in ["firm-1", "firm-2"].into_iter().zip(quoted) {
        // in the chart, the number stands behind the name
        let label = format!("{share}%");
        assert!(
            chart.lines().any(|line| line.contains(&label)),
            "the chart does not show {label} of {firm}"
        );
        let row = summary
            .lines()
            .find(|row| row.starts_with(&format!("{firm},share,")));
        let mean: f64 = row
            .and_then(|row| row.split(',').nth(2)?.parse().ok())
            .expect("a share");
        assert_eq!(format!("{:.0}", 100.0 * mean), share, "{firm}");
    }
    assert!(chart.contains("Numbers at the ends of lines: periods 36 to 39."));
}
