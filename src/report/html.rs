//! What HTML and its numbers look like: nothing from a scenario reaches the page unescaped.

use super::words::Words;
use crate::analysis::Estimate;
use crate::chart::Figure;

/// A change to a scenario as an option that sh, cmd and PowerShell all take for one word.
///
/// Double quotes hold it together, so texts in it become literal strings of TOML, between single ones; a text that cannot,
/// because it has such quotes or escapes itself, is left to sh and cmd.
pub fn set_option(change: &str) -> String {
    let inside = if change.contains(['\'', '\\']) {
        change.replace('\\', "\\\\").replace('"', "\\\"")
    } else {
        change.replace('"', "'")
    };
    format!("--set \"{inside}\"")
}

/// Text as it may stand in an element or in a quoted attribute.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// What is wider than a phone scrolls by itself.
pub fn scrolling(label: &str, content: &str) -> String {
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">{content}</div>"
    )
}

/// JSON as it may stand in a `<script>`: no `<`, so that no name in it can end the element.
#[must_use]
pub fn escape_json(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// How the numbers of a quantity are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// A share as a percentage.
    Percent,
    /// So many decimals.
    Decimals(usize),
    /// So many decimals, with a sign.
    Signed(usize),
}

impl Numbers {
    /// The number in figures; a dash where there is none.
    #[must_use]
    pub fn write(self, words: Words, value: f64) -> String {
        words.digits(&self.in_english(value))
    }

    fn in_english(self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let (value, decimals, unit) = match self {
            Self::Percent => (value * 100.0, 1, "%"),
            Self::Decimals(decimals) | Self::Signed(decimals) => (value, decimals, ""),
        };
        let digits = grouped(&format!("{:.decimals$}", value.abs()));
        let is_zero = digits.bytes().all(|byte| !(b'1'..=b'9').contains(&byte));
        let sign = match self {
            _ if is_zero => "",
            _ if value < 0.0 => "−",
            Self::Signed(_) => "+",
            _ => "",
        };
        format!("{sign}{digits}{unit}")
    }

    /// The mean with the half-width of its interval, unless it has none or it is 0.
    #[must_use]
    pub fn write_estimate(self, words: Words, estimate: &Estimate) -> String {
        let half_width = estimate.reach();
        if !half_width.is_finite() || half_width == 0.0 {
            return self.write(words, estimate.mean);
        }
        let plain = match self {
            Self::Signed(decimals) => Self::Decimals(decimals),
            other => other,
        };
        let mean = self.in_english(estimate.mean);
        let half_width = plain.in_english(half_width);
        let written = match self {
            Self::Percent => format!("{} ± {half_width}", mean.trim_end_matches('%')),
            _ => format!("{mean} ± {half_width}"),
        };
        words.digits(&written)
    }
}

/// Whole digits in groups of three.
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut written = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written + rest
}

/// A chart as it is in `charts`.
pub fn drawn(figure: &Figure) -> String {
    format!(
        "<figure class=\"drawn\" data-figure=\"{}\"><div class=\"scroll\" tabindex=\"0\">{}</div></figure>\n",
        escape(figure.name()),
        figure.svg()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Language;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            escape("<b onclick='x(\"&\")'>"),
            "&lt;b onclick=&#39;x(&quot;&amp;&quot;)&#39;&gt;"
        );
        assert_eq!(escape_json("\"</script>\""), "\"\\u003c/script>\"");
    }

    #[test]
    fn numbers_read_well() {
        let english = Words::of(Language::En);
        assert_eq!(Numbers::Percent.write(english, 0.4125), "41.2%");
        assert_eq!(
            Numbers::Decimals(0).write(english, 1_234_567.2),
            "1,234,567"
        );
        assert_eq!(Numbers::Signed(2).write(english, 0.104), "+0.10");
        assert_eq!(Numbers::Signed(2).write(english, -0.001), "0.00");
        assert_eq!(Numbers::Decimals(1).write(english, -1500.0), "−1,500.0");
        assert_eq!(Numbers::Percent.write(english, f64::NAN), "–");
        let estimate = Estimate {
            mean: 0.4,
            low: 0.38,
            high: 0.42,
            ..Estimate::EMPTY
        };
        assert_eq!(
            Numbers::Percent.write_estimate(english, &estimate),
            "40.0 ± 2.0%"
        );
        let spanish = Words::of(Language::Es);
        let written = Numbers::Percent.write_estimate(spanish, &estimate);
        assert_eq!(written.replace('\u{a0}', " "), "40,0 ± 2,0 %");
        assert_eq!(Numbers::Decimals(1).write(spanish, -1500.0), "−1.500,0");
        assert_eq!(
            Numbers::Signed(2).write_estimate(english, &estimate),
            "+0.40 ± 0.02"
        );
    }
}
