//! What happens while a market runs: firms that enter, parameters that change.

use std::collections::BTreeMap;

use crate::chart::form::event::Event;
use crate::chart::kind::view::View;
use crate::chart::kit::{Style, fill, words};

/// Entries after the start and interventions, in order, one event per period.
#[must_use]
pub fn events(view: &View<'_>) -> Vec<Event> {
    let (style, scenario) = (&view.style, view.scenario);
    let is_within = |period: u32| period > view.first && period - view.first < view.results.periods;
    let mut found: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for firm in &scenario.firms {
        if is_within(firm.entry)
            && view
                .cast
                .iter()
                .any(|actor| view.results.firms[actor.firm].name == firm.name)
        {
            let words = found.entry(firm.entry).or_default();
            words.push(fill!(
                style,
                "events.enters",
                firm = style.label(&firm.name)
            ));
        }
    }
    for intervention in &scenario.interventions {
        if is_within(intervention.period) {
            let words = found.entry(intervention.period).or_default();
            let label = intervention.label.trim();
            if !label.is_empty() {
                words.push(label.to_owned());
                continue;
            }
            for path in intervention.set.keys() {
                let changed = parameter(style, path);
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
                style.count("change", words.len() as u64)
            } else {
                words.join(", ")
            },
        })
        .collect()
}

/// A parameter in words: the keys of its path below the name of its owner.
fn parameter(style: &Style, path: &str) -> String {
    let keys: Vec<&str> = path.split('.').collect();
    let owner = if keys[0] == "market" { 1 } else { 2 };
    let own = if keys.len() > owner {
        &keys[owner..]
    } else {
        &keys[..]
    };
    words::first_small(&words::parameter(style, &own.join(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_read_as_words() {
        let style = Style::default();
        assert_eq!(
            parameter(&style, "populations.all.data_sharing"),
            "data sharing"
        );
        assert_eq!(
            parameter(&style, "market.friction.request"),
            "friction request"
        );
        assert_eq!(parameter(&style, "firms.a.price"), "price");
        assert_eq!(parameter(&style, "market.data_pooling"), "data pooling");
        assert_eq!(parameter(&style, "odd"), "odd");
    }
}
