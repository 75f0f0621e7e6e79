//! Analyses of kinds "amplification", "feedback" and "loop": firms, times and windows that cannot be.

use crate::errors::{end, problems};

/// Holds that an analysis with these lines is wrong, and that what is said of it has these words.
#[track_caller]
fn assert_wrong(kind: &str, lines: &str, words: &[&str]) {
    let text = problems(&end(&format!("[[analyses]]\nkind = \"{kind}\"\n{lines}")));
    for word in words {
        assert!(text.contains(word), "`{word}` is not in:\n{text}");
    }
}

#[test]
fn a_head_start_needs_a_known_firm_and_a_time() {
    let wrong = |lines, words| assert_wrong("amplification", lines, words);
    wrong(
        "firm = \"acne\"\nperiod = 20",
        &["no firm named `acne`", "acme"],
    );
    wrong("firm = \"acme\"", &["period"]);
    wrong("firm = \"acme\"\nperiod = 0", &["period", "0"]);
    wrong(
        "firm = \"acme\"\nperiod = 20\nprecision = 0.0",
        &["precision"],
    );
    wrong(
        "firm = \"acme\"\nperiod = 20\noutcome = \"value\"",
        &["value_created"],
    );
}

#[test]
fn a_head_start_needs_time_to_be_followed() {
    assert_wrong(
        "amplification",
        "firm = \"acme\"\nperiod = 289",
        &[
            "cannot be followed",
            "should be at most 288",
            "simulation.periods is 300",
        ],
    );
}

#[test]
fn feedback_needs_a_known_firm_a_size_and_time_to_be_followed() {
    let wrong = |lines, words| assert_wrong("feedback", lines, words);
    wrong(
        "firm = \"acne\"\nperiod = 20",
        &["no firm named `acne`", "acme"],
    );
    wrong(
        "firm = \"acme\"",
        &["a feedback analysis has either `period` or `periods`"],
    );
    wrong(
        "firm = \"acme\"\nperiods = [20, 289]",
        &[
            "a head start in period 289 cannot be followed",
            "at most 288",
        ],
    );
    wrong(
        "firm = \"acme\"\nperiod = 20\nobservations = 0.0",
        &["observations"],
    );
    wrong(
        "firm = \"acme\"\nperiod = 20\noutcome = \"share\"",
        &["value_created", "profit"],
    );
}

#[test]
fn an_analysis_at_each_point_needs_points() {
    assert_wrong(
        "feedback",
        "firm = \"acme\"\nperiod = 20\nat_each_point = true",
        &[
            "an analysis at each point needs a [sweep]",
            "at which points?",
        ],
    );
}

#[test]
fn a_loop_needs_a_known_firm_and_one_way_to_say_when() {
    let wrong = |lines, words| assert_wrong("loop", lines, words);
    wrong(
        "firm = \"acne\"\nperiod = 20",
        &["no firm named `acne`", "acme"],
    );
    wrong(
        "firm = \"acme\"",
        &["either `period` or `periods`", "when does it start?"],
    );
    wrong(
        "firm = \"acme\"\nperiod = 20\nperiods = [40, 60]",
        &["either `period` or `periods`", "both are given"],
    );
    wrong("firm = \"acme\"\nperiods = [0, 20]", &["0"]);
    wrong(
        "firm = \"acme\"\nperiod = 20\nwidow = 10",
        &["widow", "window"],
    );
}

#[test]
fn the_window_of_a_loop_ends_before_the_market_does() {
    let wrong = |lines, words| assert_wrong("loop", lines, words);
    wrong(
        "firm = \"acme\"\nperiods = [20, 281]",
        &[
            "window of 20 periods from period 281",
            "should be at most 280",
        ],
    );
    wrong(
        "firm = \"acme\"\nperiod = 20\nwindow = 400",
        &["window of 400 periods"],
    );
}
