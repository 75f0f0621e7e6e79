//! Analyses of kinds "amplification" and "loop": firms, times and windows that cannot be.

use crate::{end, mistakes, problems};

fn amplification(lines: &str) -> String {
    problems(&end(&format!(
        "[[analyses]]\nkind = \"amplification\"\n{lines}"
    )))
}

fn of_loop(lines: &str) -> String {
    problems(&end(&format!("[[analyses]]\nkind = \"loop\"\n{lines}")))
}

mistakes! {
    amplification_of_an_unknown_firm: amplification("firm = \"acne\"\nperiod = 20");
    amplification_without_period: amplification("firm = \"acme\"");
    amplification_before_there_are_customers: amplification("firm = \"acme\"\nperiod = 0");
    amplification_too_late_to_follow: amplification("firm = \"acme\"\nperiod = 289");
    amplification_of_no_size: amplification("firm = \"acme\"\nperiod = 20\nprecision = 0.0");
    amplification_of_an_unknown_outcome: amplification("firm = \"acme\"\nperiod = 20\noutcome = \"value\"");
    loop_of_an_unknown_firm: of_loop("firm = \"acne\"\nperiod = 20");
    loop_without_period: of_loop("firm = \"acme\"");
    loop_with_period_and_periods: of_loop("firm = \"acme\"\nperiod = 20\nperiods = [40, 60]");
    loop_before_there_are_customers: of_loop("firm = \"acme\"\nperiods = [0, 20]");
    loop_beyond_the_end: of_loop("firm = \"acme\"\nperiods = [20, 281]");
    loop_of_a_window_too_long: of_loop("firm = \"acme\"\nperiod = 20\nwindow = 400");
    loop_with_key_misspelt: of_loop("firm = \"acme\"\nperiod = 20\nwidow = 10");
}
