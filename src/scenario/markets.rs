//! Well-known kinds of market, in plain words: scenarios to start from, each of whose values says why.

use super::SCHEMA_LINE;

macro_rules! market {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../scenarios/markets/", $name, ".toml")),
        )
    };
}

/// The kinds of market that come with the program, by name, each with the text of its scenario.
pub const MARKETS: [(&str, &str); 5] = [
    market!("drugstore"),
    market!("insulin-pump"),
    market!("printer-ink"),
    market!("streaming"),
    market!("wedding-dresses"),
];

/// A scenario to start from, like one of [`MARKETS`], beside its schema; none if there is no such kind.
#[must_use]
pub fn market_like(kind: &str) -> Option<String> {
    let (_, text) = MARKETS.into_iter().find(|(name, _)| *name == kind)?;
    // shipped scenarios have the schema elsewhere
    let (_, rest) = text.split_once('\n')?;
    Some(format!("{SCHEMA_LINE}\n{rest}"))
}

/// What a kind of market is, in a sentence: the comment at the top of its scenario.
#[must_use]
pub fn market_in_words(text: &str) -> &str {
    let line = text.lines().nth(1).unwrap_or_default();
    line.trim_start_matches(['#', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// Lines that give a key a value, with the line above each.
    fn values(text: &str) -> impl Iterator<Item = (&str, &str)> {
        let prose = text.split("\"\"\"").nth(1).unwrap_or_default();
        let lines = text.lines().zip(text.lines().skip(1));
        lines.filter(move |(_, line)| {
            let key = line.split(" = ").next().unwrap_or_default();
            let words = ["name", "title", "description", ""];
            let gives = line.contains(" = ") && !line.starts_with('#');
            gives && !words.contains(&key) && !prose.contains(line)
        })
    }

    #[test]
    fn every_value_of_a_kind_of_market_says_why() {
        for (name, _) in MARKETS {
            let text = market_like(name).expect("a scenario");
            assert!(text.starts_with(SCHEMA_LINE), "{name}");
            assert!(market_in_words(&text).len() > 20, "{name}");
            let mut count = 0;
            for (above, line) in values(&text) {
                assert!(above.starts_with("# "), "{name}: no reason for `{line}`");
                count += 1;
            }
            assert!(count >= 15, "{name}: {count} values");
            Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        }
        assert!(market_like("nothing").is_none());
    }
}
