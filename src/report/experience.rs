//! A firm's experience in words, and the part of the customer's journey that it takes over.

use std::fmt::Write as _;

use super::html::{Numbers, escape};
use super::words::Words;
use crate::scenario::{Experience, ExperienceRule, Firm, Scenario, Selection, Step};

/// How a firm chooses its experience, as HTML, and the experiences that it may offer by name.
#[must_use]
pub fn experiences_of<'a>(
    words: Words,
    scenario: &'a Scenario,
    firm: &'a Firm,
) -> (String, Vec<(&'a str, &'a Experience)>) {
    let mut names: Vec<&str> = Vec::new();
    let mut told = String::new();
    match &firm.experience {
        ExperienceRule::Fixed(name) => names.push(name),
        ExperienceRule::Portfolio {
            by_need,
            by_population,
            otherwise,
        } => {
            told.push_str(
                &words.paragraph(match (by_need.is_empty(), by_population.is_empty()) {
                    (true, _) => "experience.by_population",
                    (false, true) => "experience.by_need",
                    (false, false) => "experience.by_both",
                }),
            );
            told.push_str("<ul>");
            for (whom, name) in by_need.iter().chain(by_population) {
                item(&mut told, &format!("{whom}: {name}"));
                names.push(name);
            }
            if let Some(name) = otherwise {
                item(
                    &mut told,
                    &format!("{}: {name}", words.say("experience.all_others")),
                );
                names.push(name);
            }
            told.push_str("</ul>");
        }
        ExperienceRule::Graduated { steps, .. } => {
            told.push_str(&words.paragraph("experience.steps"));
            told.push_str("<ul>");
            for step in steps {
                item(&mut told, &step_words(words, step));
                names.push(&step.experience);
            }
            told.push_str("</ul>");
        }
        ExperienceRule::Adaptive {
            candidates,
            review_every,
            explore,
            ..
        } => {
            let share = Numbers::Percent.write(words, *explore);
            let text = words.fill(
                "experience.adaptive",
                &[("periods", review_every), ("share", &share)],
            );
            let _ = write!(told, "<p>{text}</p>");
            names.extend(candidates.iter().map(String::as_str));
        }
        ExperienceRule::Imitate {
            start,
            review_every,
            ..
        } => {
            let text = words.fill("experience.imitate", &[("periods", review_every)]);
            let _ = write!(told, "<p>{text}</p>");
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
    (told, found)
}

fn item(list: &mut String, text: &str) {
    let _ = write!(list, "<li>{}</li>", escape(text));
}

fn step_words(words: Words, step: &Step) -> String {
    let mut conditions = Vec::new();
    let mut condition = |key: &str, value: f64| {
        conditions.push(words.fill(key, &[("value", &words.plain(value))]));
    };
    if step.knowledge > 0.0 {
        condition("experience.knowledge_from", step.knowledge);
    }
    if step.max_agency < 1.0 {
        condition("experience.agency_up_to", step.max_agency);
    }
    if let Some(stakes) = step.max_stakes {
        condition("experience.stakes_up_to", stakes);
    }
    if conditions.is_empty() {
        format!("{}: {}", step.experience, words.say("experience.everybody"))
    } else {
        format!("{}: {}", step.experience, conditions.join(", "))
    }
}

/// What an experience does in the three phases of the journey, as HTML: bars of support, and who acts.
#[must_use]
pub fn journey(words: Words, name: &str, experience: &Experience, assortment: u32) -> String {
    let support = &experience.support;
    let phases = [
        (
            "experience.recognize",
            support.recognize,
            "experience.recognize_of",
        ),
        (
            "experience.request",
            support.request,
            "experience.request_of",
        ),
        (
            "experience.respond",
            support.respond,
            "experience.respond_of",
        ),
    ];
    let mut page = format!(
        "<p class=\"experience\">{}</p><dl class=\"journey\">",
        escape(name)
    );
    for (phase, part, of_what) in phases {
        let percent = (part * 100.0).round();
        let written = words.digits(&format!("{percent}%"));
        let (phase, of_what) = (words.say(phase), words.say(of_what));
        let _ = write!(
            page,
            "<div><dt>{phase}</dt><dd><span class=\"meter\" aria-hidden=\"true\"><i style=\"width:{percent}%\"></i></span>\
             <span>{written}<span class=\"hidden\"> {of_what}</span></span></dd></div>"
        );
    }
    page.push_str("</dl>");
    let notices = match (support.recognize > 0.0, experience.false_alarm > 0.0) {
        (false, _) => "experience.customers_notice",
        (true, false) => "experience.firm_notices",
        (true, true) => "experience.firm_errs",
    };
    let menu = experience.menu_size.unwrap_or(assortment).min(assortment);
    let chooses = match experience.selection {
        Selection::Customer => "experience.customer_chooses",
        Selection::Menu => "experience.menu",
        Selection::Firm => "experience.firm_chooses",
    };
    let chosen = words.fill(chooses, &[("menu", &menu), ("count", &assortment)]);
    let _ = writeln!(page, "<p>{} {chosen}</p>", words.say(notices));
    page
}
