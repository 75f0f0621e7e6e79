//! Syntax errors of TOML in the words of people who write scenarios.

use std::ops::Range;

use crate::scenario::diagnostics::Problem;

/// Quotes of word processors, each pair of which stands for a straight one.
const CURLY: [char; 9] = ['“', '”', '„', '‟', '«', '»', '‘', '’', '‚'];

/// What is wrong at `range` of `text`, of which the parser says `message`.
pub(super) fn explain(text: &str, range: &Range<usize>, message: &str) -> Problem {
    let here = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.start..).unwrap_or_default();
    if message == "duplicate key" {
        return Problem::new(format!("`{here}` is given twice"))
            .label("the second time")
            .help("each key and each [table] is written once; `[[name]]`, with two brackets, starts one more of a list");
    }
    let value = value_of_line(before, after);
    let whole = value.trim().trim_end_matches(';').trim_end();
    if value.contains(CURLY) {
        let straight = format!("\"{}\"", whole.replace(CURLY, "").replace('"', ""));
        return Problem::new("a text has to be in straight quotes")
            .label(format!("write {straight}"))
            .help("word processors make quotes curly; a text editor leaves them as they are");
    }
    if let Some(mended) = number(whole) {
        return Problem::new(format!("`{whole}` is no number in TOML"))
            .label(format!("write {mended}"))
            .help("decimal numbers are written with a point and a digit on either side, whole numbers without commas, shares as 0.4");
    }
    if value.trim_end().ends_with(';') && !whole.contains(';') {
        return Problem::new("lines end without `;`").label(format!("write {whole}"));
    }
    if message.starts_with("string values must be quoted") {
        return if here.trim().is_empty() {
            Problem::new("a value is missing after `=`").label("nothing here")
        } else {
            Problem::new("a text has to be in quotes").label(format!("write \"{here}\""))
        };
    }
    Problem::new("this is not valid TOML").label(message)
}

/// What stands behind the `=` in the line between two texts; empty inside a list or an inline table.
fn value_of_line<'a>(before: &'a str, after: &'a str) -> String {
    let line_before = before.rsplit('\n').next().unwrap_or_default();
    let line_after = after.split('\n').next().unwrap_or_default();
    let line = format!("{line_before}{line_after}");
    let value = line.split_once('=').map_or("", |(_, value)| value);
    let value = value.split(" #").next().unwrap_or_default();
    if value.contains(['[', '{']) {
        String::new()
    } else {
        value.to_owned()
    }
}

/// A number as TOML writes it, for one that people write in another way.
fn number(text: &str) -> Option<String> {
    if text.parse::<f64>().is_ok() && !text.starts_with('.') && !text.ends_with('.') {
        return None;
    }
    let is_plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if let Some(percent) = text.strip_suffix('%') {
        let share = percent.trim().replace(',', ".").parse::<f64>().ok()?;
        return Some(format!("{}", share / 100.0));
    }
    if text.starts_with('.') || text.ends_with('.') {
        let zero = |part: &str| {
            if part.is_empty() {
                "0".to_owned()
            } else {
                part.to_owned()
            }
        };
        let (whole, fraction) = text.split_once('.')?;
        let both = format!("{whole}{fraction}");
        return is_plain(&both).then(|| format!("{}.{}", zero(whole), zero(fraction)));
    }
    let parts: Vec<&str> = text.split(',').collect();
    let (first, rest) = parts.split_first()?;
    if rest.is_empty() || !is_plain(first) || !rest.iter().all(|part| is_plain(part)) {
        return None;
    }
    let is_grouped = first.len() <= 3 && *first != "0" && rest.iter().all(|part| part.len() == 3);
    match (is_grouped, rest) {
        (true, _) => Some(format!("{first}{}", rest.concat())),
        (false, [fraction]) => Some(format!("{first}.{fraction}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_of_other_notations_are_written_as_toml_does() {
        for (written, meant) in [
            (".4", "0.4"),
            ("5.", "5.0"),
            ("0,4", "0.4"),
            ("2,000", "2000"),
            ("1,250,000", "1250000"),
            ("40%", "0.4"),
            ("12,5 %", "0.125"),
        ] {
            assert_eq!(number(written).as_deref(), Some(meant), "{written}");
            assert!(meant.parse::<toml::Value>().is_ok() || meant.parse::<f64>().is_ok());
        }
        for other in ["0.4", "1e5", "a,b", "1,2,3", "", ".", "%"] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
