//! What happens while a market runs: firms that enter, parameters that change.

use std::collections::BTreeMap;

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Ink};
use super::text::Font;
use super::theme;
use crate::analysis::Results;
use crate::scenario::Scenario;

/// Something that happens in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub period: u32,
    /// What, in a few words.
    pub words: String,
}

/// Entries after the start and interventions, in order, one event per period.
#[must_use]
pub fn events(scenario: &Scenario, results: &Results) -> Vec<Event> {
    let mut found: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for firm in &scenario.firms {
        if firm.entry > 0 && firm.entry < results.periods {
            let words = found.entry(firm.entry).or_default();
            words.push(format!("{} enters", firm.name));
        }
    }
    for intervention in &scenario.interventions {
        if intervention.period > 0 && intervention.period < results.periods {
            let words = found.entry(intervention.period).or_default();
            for path in intervention.set.keys() {
                let changed = parameter(path);
                if !words.contains(&changed) {
                    words.push(changed);
                }
            }
        }
    }
    found
        .into_iter()
        .map(|(period, words)| Event {
            period,
            words: if words.len() > 2 {
                format!("{} changes", words.len())
            } else {
                words.join(", ")
            },
        })
        .collect()
}

/// A parameter in words: the keys of its path below the name of its owner.
fn parameter(path: &str) -> String {
    let keys: Vec<&str> = path.split('.').collect();
    let owner = if keys[0] == "market" { 1 } else { 2 };
    let own = if keys.len() > owner {
        &keys[owner..]
    } else {
        &keys[..]
    };
    own.join(" ").replace('_', " ")
}

/// Draws dotted vertical lines from `top` to `bottom`.
pub fn draw_lines(canvas: &mut Canvas, events: &[Event], x: &Axis, (top, bottom): (f64, f64)) {
    for event in events {
        let at = x.at(f64::from(event.period));
        let ink = Ink::stroke(theme::EVENT, 1.2);
        canvas.dashed(vec![(at, top), (at, bottom)], &[0.1, 4.5], ink);
    }
}

/// Writes the words above the lines, as many as have room within the plot.
pub fn draw_words(canvas: &mut Canvas, events: &[Event], x: &Axis, baseline: f64) {
    let (left, right) = x.pixels;
    let font = Font::regular(theme::CAPTION);
    let mut taken = left;
    for event in events {
        let words = font.shorten(&event.words, 240.0);
        let width = font.width(&words);
        let at = x.at(f64::from(event.period));
        let start = (at - width / 2.0).min(right - width).max(left);
        let near = start - 1.0 <= at && at <= start + width + 1.0;
        if start >= taken && near {
            canvas.text(&words, font, theme::QUIET, (start, baseline), Anchor::Start);
            taken = start + width + 10.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_read_as_words() {
        assert_eq!(parameter("populations.all.data_sharing"), "data sharing");
        assert_eq!(parameter("market.friction.request"), "friction request");
        assert_eq!(parameter("firms.a.price"), "price");
        assert_eq!(parameter("market.data_pooling"), "data pooling");
        assert_eq!(parameter("odd"), "odd");
    }
}
