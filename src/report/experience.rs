//! A firm's experience in words, and the part of the customer's journey that it takes over.

use std::fmt::Write as _;

use super::html::{Numbers, escape};
use crate::scenario::{Experience, ExperienceRule, Firm, Scenario, Selection, Step};

/// How a firm chooses its experience, as HTML, and the experiences that it may offer by name.
#[must_use]
pub fn experiences_of<'a>(
    scenario: &'a Scenario,
    firm: &'a Firm,
) -> (String, Vec<(&'a str, &'a Experience)>) {
    let mut names: Vec<&str> = Vec::new();
    let mut words = String::new();
    match &firm.experience {
        ExperienceRule::Fixed(name) => names.push(name),
        ExperienceRule::Portfolio {
            by_population,
            otherwise,
        } => {
            words.push_str("<p>One experience for each population:</p><ul>");
            for (population, name) in by_population {
                item(&mut words, &format!("{population}: {name}"));
                names.push(name);
            }
            if let Some(name) = otherwise {
                item(&mut words, &format!("all others: {name}"));
                names.push(name);
            }
            words.push_str("</ul>");
        }
        ExperienceRule::Graduated { steps, .. } => {
            words.push_str(
                "<p>For each customer the last step whose conditions the customer meets:</p><ul>",
            );
            for step in steps {
                item(&mut words, &step_words(step));
                names.push(&step.experience);
            }
            words.push_str("</ul>");
        }
        ExperienceRule::Adaptive {
            candidates,
            review_every,
            explore,
            ..
        } => {
            let _ = write!(
                words,
                "<p>Tries these experiences for {review_every} periods each, then mostly offers the most profitable one \
                 (and in {} of its reviews one at random):</p>",
                Numbers::Percent.write(*explore)
            );
            names.extend(candidates.iter().map(String::as_str));
        }
        ExperienceRule::Imitate {
            start,
            review_every,
            ..
        } => {
            let _ = write!(
                words,
                "<p>Every {review_every} periods it copies the experience of the most profitable firm. It starts with:</p>"
            );
            names.push(start);
        }
    }
    let mut found: Vec<(&str, &Experience)> = Vec::new();
    for name in names {
        if let Some((name, experience)) = scenario.experiences.get_key_value(name)
            && found.iter().all(|(known, _)| known != name)
        {
            found.push((name, experience));
        }
    }
    (words, found)
}

fn item(words: &mut String, text: &str) {
    let _ = write!(words, "<li>{}</li>", escape(text));
}

fn step_words(step: &Step) -> String {
    let mut conditions = Vec::new();
    if step.knowledge > 0.0 {
        conditions.push(format!("knowledge from {}", step.knowledge));
    }
    if step.max_agency < 1.0 {
        conditions.push(format!("wish to decide up to {}", step.max_agency));
    }
    if conditions.is_empty() {
        format!("{}: everybody", step.experience)
    } else {
        format!("{}: {}", step.experience, conditions.join(", "))
    }
}

/// What an experience does in the three phases of the journey, as HTML: bars of support, and who acts.
#[must_use]
pub fn journey(name: &str, experience: &Experience, assortment: u32) -> String {
    let support = &experience.support;
    let phases = [
        (
            "Recognize",
            support.recognize,
            "of needs, where the customer is known completely",
        ),
        ("Request", support.request, "of the effort of choosing"),
        (
            "Respond",
            support.respond,
            "of the effort of ordering and receiving",
        ),
    ];
    let mut page = format!(
        "<p class=\"experience\">{}</p><dl class=\"journey\">",
        escape(name)
    );
    for (phase, part, of_what) in phases {
        let percent = (part * 100.0).round();
        let _ = write!(
            page,
            "<div><dt>{phase}</dt><dd><span class=\"meter\" aria-hidden=\"true\"><i style=\"width:{percent}%\"></i></span>\
             <span>{percent}%<span class=\"hidden\"> {of_what}</span></span></dd></div>"
        );
    }
    page.push_str("</dl><p>");
    page.push_str(match (support.recognize > 0.0, experience.false_alarm > 0.0) {
        (false, _) => "Customers notice their needs themselves. ",
        (true, false) => "The firm notices needs of customers whom it knows. ",
        (true, true) => "The firm notices needs of customers whom it knows, and sometimes acts when there is none. ",
    });
    let menu = experience.menu_size.unwrap_or(assortment).min(assortment);
    let _ = match experience.selection {
        Selection::Customer => write!(
            page,
            "The customer chooses among all {assortment} products."
        ),
        Selection::Menu => write!(
            page,
            "The firm proposes {menu} of its {assortment} products, and the customer chooses."
        ),
        Selection::Firm => write!(page, "The firm chooses among its {assortment} products."),
    };
    page.push_str("</p>\n");
    page
}
