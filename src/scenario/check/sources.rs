//! Analyses of kind "sources": known experiences, and nothing that undoes what the worlds differ in.

use crate::scenario::diagnostics::Problem;
use crate::scenario::tree::Node;

pub(super) fn check(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    check_experiences(root, analysis, problems);
    check_interventions(root, analysis, problems);
}

fn check_experiences(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    let known = || {
        let table = root.get("experiences").and_then(Node::table);
        table.into_iter().flatten().map(|(name, _)| name.as_str())
    };
    let items = analysis.list("experiences");
    for (place, item) in items.iter().enumerate() {
        let Some(wanted) = item.text() else { continue };
        let problem = if !known().any(|name| name == wanted) {
            Problem::unknown("experience", wanted, known())
        } else if items[..place]
            .iter()
            .any(|before| before.text() == Some(wanted))
        {
            Problem::new(format!("the experience `{wanted}` is named twice"))
                .label("named before")
                .help("leave it out once")
        } else {
            continue;
        };
        problems.push(problem.at(item.place(), "analyses.experiences"));
    }
}

/// Interventions are resolved to concrete paths by now.
fn check_interventions(root: &Node, analysis: &Node, problems: &mut Vec<Problem>) {
    let Some(firm) = analysis.get("firm").and_then(Node::text) else {
        return;
    };
    let items = analysis.get("experiences");
    let others = items.is_none_or(|items| !items.items().is_empty());
    for intervention in root.list("interventions") {
        let set = intervention.get("set").and_then(Node::table);
        for (path, value) in set.into_iter().flatten() {
            let Some(key) = path.strip_prefix(&format!("firms.{firm}.")) else {
                continue;
            };
            let problem = match key {
                "learning.individual" | "learning.population" => Problem::new(format!(
                    "the analysis of sources switches {key} of `{firm}` on and off, and this intervention would undo it"
                ))
                .help("leave the parameter out of the intervention, name another firm in the analysis, or ask in a scenario without the intervention"),
                _ if others && (key == "experience" || key.starts_with("experience.")) => Problem::new(format!(
                    "the analysis of sources gives `{firm}` other experiences, and this intervention would undo it"
                ))
                .help("`experiences = []` in the analysis leaves the firm its own experience"),
                _ => continue,
            };
            let place = value.key_place();
            problems.push(
                problem
                    .at(place, "interventions.set")
                    .label("changed while the market runs"),
            );
        }
    }
}
