//! A scenario to start from that has the firms, customers and length of a log.

use std::fmt::Write as _;

use super::{FirmInLog, Log, Unit};

/// Part of the needs that end in a purchase at the defaults of the model, roughly: what needs are guessed by.
const FULFILLED: f64 = 0.6;
/// Price of a firm at the defaults.
const PRICE: f64 = 0.3;

impl Log {
    /// A scenario with the firms, customers and periods of the log, as TOML: what the log does not say has its default, and a guess
    /// says that it is one.
    #[must_use]
    pub fn market(&self) -> String {
        let (from, to) = &self.span;
        let mut text = format!(
            "\
# Firms, customers and periods are those of a log of purchases ({from} to {to}).\n# What it does not say has its default, and guesses say that they are. `flywheel calibrate` asks which parameters could have made it.
title = {}
description = {}

[simulation]
periods = {}
",
            quoted("A market like that of a log of purchases"),
            quoted("What would a market with the firms, customers and periods of this log do?"),
            self.periods
        );
        let rate =
            self.purchases.len() as f64 / f64::from(self.customers) / f64::from(self.periods);
        for (name, customers) in &self.populations {
            let name = if name.is_empty() { "customers" } else { name };
            let _ = write!(
                text,
                "
[[populations]]
name = {}
customers = {customers}
# a guess from {rate:.3} purchases per customer and period
need.rate = {}
",
                quoted(&scenario_name(name, "population")),
                round((rate / FULFILLED).clamp(0.001, 1.0))
            );
        }
        let prices = self.firms.iter().filter(|firm| firm.price.is_finite());
        let mean = prices
            .clone()
            .map(|firm| firm.price * firm.purchases as f64)
            .sum::<f64>()
            / prices.map(|firm| firm.purchases as f64).sum::<f64>();
        for firm in &self.firms {
            let experience = if firm.begun > 0 {
                "coach-behavior"
            } else {
                "respond-to-desire"
            };
            let _ = write!(
                text,
                "
[[firms]]
name = {}
# a guess: {} of its {} purchases are known to have been begun by the firm
experience = {}
",
                quoted(&firm.scenario_name()),
                firm.begun,
                firm.purchases,
                quoted(experience)
            );
            if firm.price.is_finite() && mean > 0.0 {
                let _ = writeln!(
                    text,
                    "# the default times its mean price, {}, over that of all firms\nprice = {}",
                    round(firm.price),
                    round(PRICE * (firm.price / mean).max(0.0))
                );
            }
        }
        text
    }

    /// The same, and what it asks of the log: `file` is what the log is called beside the scenario, and `unit` how long its periods are,
    /// where that is needed.
    #[must_use]
    pub fn scenario(&self, file: &str, unit: Option<Unit>) -> String {
        let mut text = self.market();
        let _ = write!(text, "\n[calibrate]\nlog = {}\n", quoted(file));
        if let Some(unit) = unit {
            let _ = writeln!(text, "period = {}", quoted(&unit.to_string()));
        }
        if self.first.is_some_and(|first| first > 1) {
            text.push_str("# the simulated period in which the log begins\nfrom = 0\n");
        }
        text.push_str(PARAMETERS);
        text
    }
}

/// What is asked by default: what a log of purchases can say something about.
const PARAMETERS: &str = "samples = 4096

[[calibrate.parameters]]
key = \"populations.*.awareness\"
range = { from = 0.2, to = 0.95 }

[[calibrate.parameters]]
key = \"populations.*.choice_noise\"
range = { from = 0.02, to = 0.4, scale = \"log\" }

[[calibrate.parameters]]
key = \"populations.*.inertia\"
range = { from = 0.0, to = 0.4 }

[[calibrate.parameters]]
key = \"populations.*.belief_speed\"
range = { from = 0.05, to = 0.9 }
";

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

impl FirmInLog {
    /// What a scenario calls the firm.
    #[must_use]
    pub fn scenario_name(&self) -> String {
        scenario_name(&self.name, "firm")
    }
}

/// A name of a log as scenarios take names: without characters that mean something in paths, and not one that reads as a number.
#[must_use]
pub fn scenario_name(name: &str, kind: &str) -> String {
    let plain = |c: char| match c.is_alphanumeric() || c == '_' {
        true => c,
        false if c.is_whitespace() => ' ',
        false => '-',
    };
    let plain: String = name.trim().chars().map(plain).take(50).collect();
    let plain = plain.trim_matches(|c: char| c == ' ' || c == '-');
    let begins = plain.chars().next().is_some_and(char::is_alphabetic);
    let is_read_otherwise = [
        "na", "n-a", "nan", "null", "none", "true", "false", "t", "f", "inf", "infinity",
    ];
    if begins && !is_read_otherwise.contains(&plain.to_lowercase().as_str()) {
        plain.to_owned()
    } else {
        format!("{kind} {plain}").trim().to_owned()
    }
}

/// A number with three digits that count.
fn round(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let digits = (2 - libm::log10(value.abs()).floor() as i32).clamp(0, 9);
    format!("{value:.*}", digits as usize)
        .parse()
        .unwrap_or(value)
}
