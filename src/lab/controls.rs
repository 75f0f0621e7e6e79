//! Controls: parameters with a slider, a switch or a menu, under the name of whom they belong to.

use serde::Serialize;
use serde_json::Value as Json;

use super::words::Words;
use crate::scenario::{Lab, LabControl, Language, Parameter, Scenario, Takes};

/// A parameter that a page can change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Control {
    /// Path of the parameter.
    pub key: String,
    /// Whose it is, such as `coach`; empty for what all share.
    pub owner: String,
    /// What it is called.
    pub label: String,
    /// What it means, in the language of the page.
    pub about: String,
    /// How it is changed.
    pub form: Form,
    /// Its value in the scenario; null where it is a rule.
    pub value: Json,
    /// Its value where a scenario says nothing; null where there is none.
    pub default: Json,
    /// Whether it is on the page from the start, and then where among those that are; the others are found by search.
    pub place: Option<usize>,
}

/// How a parameter is changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Form {
    /// Along a line from one end to the other.
    Slider {
        /// Lower end of the line.
        from: f64,
        /// Upper end of the line.
        to: f64,
        /// Length of a step.
        step: f64,
        /// The least value that can be written in; null where there is none.
        low: Option<f64>,
        /// The largest value that can be written in.
        high: Option<f64>,
        /// Whether only whole numbers are allowed.
        whole: bool,
    },
    /// On or off.
    Switch,
    /// One of several words.
    Menu {
        /// The words.
        words: Vec<String>,
    },
}

/// What a class wants to change first: keys by the part of the path before the name.
const USUAL: [(&str, &[&str]); 3] = [
    ("market", &["data_portability"]),
    (
        "populations",
        &[
            "awareness",
            "agency.mean",
            "mistake_cost",
            "need.variety",
            "taste.drift",
            "data_sharing",
            "choice_noise",
            "turnover",
        ],
    ),
    (
        "firms",
        &[
            "experience",
            "price",
            "entry",
            "learning.individual",
            "learning.population",
        ],
    ),
];

/// All controls, in the order of the schema.
pub(super) fn controls(market: &Scenario, all: &[Parameter], language: Language) -> Vec<Control> {
    let words = Words::of(language);
    let mut controls: Vec<Control> = all.iter().map(|one| control(one, words)).collect();
    match &market.lab {
        Some(Lab { controls: chosen }) if !chosen.is_empty() => {
            for (place, chosen) in chosen.iter().enumerate() {
                choose(&mut controls, all, chosen, place, words);
            }
        }
        _ => {
            let usual = controls
                .iter_mut()
                .zip(all)
                .filter(|(_, one)| is_usual(one));
            for (place, (control, _)) in usual.enumerate() {
                control.place = Some(place);
            }
        }
    }
    controls
}

/// A class's usual ones, and those that the scenario sets.
fn is_usual(parameter: &Parameter) -> bool {
    let Parameter {
        top,
        key,
        value,
        default,
        ..
    } = parameter;
    let usual = USUAL.iter().find(|(kind, _)| kind == top);
    let is_set = !default.is_null() && value != default && !value.is_object();
    usual.is_some_and(|(_, keys)| keys.contains(&key.as_str()) || is_set)
}

fn control(parameter: &Parameter, words: Words) -> Control {
    let Parameter {
        path,
        owner,
        key,
        about,
        value,
        default,
        ..
    } = parameter;
    Control {
        key: path.clone(),
        owner: owner.clone(),
        label: words.parameter(key),
        about: words.meaning(key, about),
        form: form(&parameter.takes, value, default),
        value: match value.is_object() {
            true => Json::Null,
            false => value.clone(),
        },
        default: default.clone(),
        place: None,
    }
}

/// Puts a control that the scenario names in its place; one for all things of a kind is one more.
fn choose(
    controls: &mut Vec<Control>,
    all: &[Parameter],
    chosen: &LabControl,
    place: usize,
    words: Words,
) {
    let known = controls.iter().position(|one| one.key == chosen.key);
    let position = known.or_else(|| {
        let (top, key) = chosen.key.split_once(".*.")?;
        let first = all.iter().find(|one| one.top == top && one.key == key)?;
        controls.push(Control {
            key: chosen.key.clone(),
            owner: words.say("all").to_owned(),
            ..control(first, words)
        });
        Some(controls.len() - 1)
    });
    let Some(control) = position.and_then(|position| controls.get_mut(position)) else {
        return; // a key of a rule, which has no control of its own
    };
    control.place = Some(place);
    if !chosen.label.is_empty() {
        control.label.clone_from(&chosen.label);
    }
    if let Form::Slider {
        from,
        to,
        step,
        whole,
        ..
    } = &mut control.form
    {
        *from = chosen.from.unwrap_or(*from);
        *to = chosen.to.unwrap_or(*to).max(*from);
        *step = chosen.step.unwrap_or_else(|| step_of(*from, *to, *whole));
    }
}

/// A slider over all values where they lie between near ends, else about the present one and the default.
fn form(takes: &Takes, value: &Json, default: &Json) -> Form {
    match takes {
        Takes::Switch => Form::Switch,
        Takes::Words(words) => Form::Menu {
            words: words.clone(),
        },
        &Takes::Number { low, high, whole } => {
            let sizes = [value, default].map(|one| one.as_f64().unwrap_or(0.0).abs());
            let usual = 3.0 * sizes[0].max(sizes[1]);
            let usual = if usual > 0.0 { usual } else { 1.0 };
            let to = match high.filter(|high| *high <= 1.0) {
                Some(high) => high,
                None => round_up(usual.max(if whole { 10.0 } else { 0.0 }))
                    .min(high.unwrap_or(f64::INFINITY)),
            };
            // what has to be above zero starts a step above it
            let floor = low.filter(|low| *low > -1e3);
            let step = step_of(floor.unwrap_or(-to), to, whole);
            let from = match floor {
                Some(low) if low > 0.0 && low < step => step,
                Some(low) => low,
                None => -to,
            };
            Form::Slider {
                from,
                to,
                step,
                low,
                high,
                whole,
            }
        }
    }
}

/// The least of 1, 2 and 5 times a power of ten that is no smaller.
fn round_up(size: f64) -> f64 {
    let power = 10_f64.powi(libm::log10(size).floor() as i32);
    let part = size / power;
    let digit = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|digit| part <= digit * 1.000_001);
    // powers below one are not exact: this writes as it reads
    format!("{:.12}", digit.unwrap_or(10.0) * power)
        .parse()
        .unwrap_or(size)
}

/// About a hundredth of the way.
fn step_of(from: f64, to: f64, whole: bool) -> f64 {
    let step = round_up((to - from).max(1e-9) / 100.0);
    if whole { step.max(1.0).round() } else { step }
}

#[cfg(test)]
mod tests {
    use super::super::bench::Bench;
    use super::*;

    fn bench(lab: &str) -> Bench {
        let text = format!(
            "[[populations]]\nname = \"all\"\nchoice_noise = 0.025\n[[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n\
             price = {{ rule = \"value-share\" }}\n[[firms]]\nname = \"coach\"\nexperience = \"coach-behavior\"\n{lab}"
        );
        let scenario = Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{problems}"));
        Bench::new(&scenario).expect("valid")
    }

    fn of(controls: &[Control], key: &str) -> Control {
        controls
            .iter()
            .find(|one| one.key == key)
            .expect("it is there")
            .clone()
    }

    #[test]
    fn a_class_finds_the_usual_ones_and_what_the_scenario_sets() {
        let controls = bench("").controls(Language::En);
        let awareness = of(&controls, "populations.all.awareness");
        assert!(awareness.place.is_some());
        assert_eq!(
            (awareness.label.as_str(), awareness.owner.as_str()),
            ("Awareness", "all")
        );
        let slider = Form::Slider {
            from: 0.0,
            to: 1.0,
            step: 0.01,
            low: Some(0.0),
            high: Some(1.0),
            whole: false,
        };
        assert_eq!(awareness.form, slider);
        let Form::Slider { from, to, step, .. } =
            of(&controls, "populations.all.choice_noise").form
        else {
            panic!("a slider")
        };
        assert_eq!((from, to, step), (0.005, 0.5, 0.005));
        assert_eq!(
            of(&controls, "firms.shop.price").value,
            Json::Null,
            "a rule"
        );
        assert!(of(&controls, "market.fit_tolerance").place.is_none());
        assert!(
            matches!(of(&controls, "firms.coach.entry").form, Form::Slider { step, whole: true, .. } if step >= 1.0)
        );
    }

    #[test]
    fn every_present_value_lies_on_its_slider() {
        for control in bench("").controls(Language::Nl) {
            if let (
                Form::Slider {
                    from,
                    to,
                    step,
                    low,
                    high,
                    ..
                },
                Some(value),
            ) = (&control.form, control.value.as_f64())
            {
                assert!(from < to && *step > 0.0, "{control:?}");
                assert!(*from <= value && value <= *to, "{control:?}");
                assert!(
                    low.is_none_or(|low| low <= *from) && high.is_none_or(|high| *to <= high),
                    "{control:?}"
                );
            }
            assert!(!control.label.is_empty(), "{control:?}");
        }
    }

    #[test]
    fn every_language_says_what_a_parameter_means() {
        for parameter in bench("").scenario().parameters() {
            for language in Language::ALL {
                let meaning = Words::of(language).meaning(&parameter.key, "");
                assert!(
                    !meaning.is_empty()
                        || parameter.key.starts_with("record")
                        || parameter.key.starts_with("precision"),
                    "{language:?}: {}",
                    parameter.key
                );
            }
        }
    }

    #[test]
    fn a_scenario_names_its_own() {
        let lab = "[lab]\ncontrols = [{ key = \"firms.*.price\", label = \"What all ask\", from = 0.1, to = 0.5, step = 0.1 }, { key = \"market.data_pooling\" }]\n";
        let controls = bench(lab).controls(Language::En);
        let mut chosen: Vec<&Control> = controls.iter().filter(|one| one.place.is_some()).collect();
        chosen.sort_by_key(|one| one.place);
        let keys: Vec<&str> = chosen.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["firms.*.price", "market.data_pooling"]);
        assert_eq!(chosen[0].label, "What all ask");
        assert!(matches!(
            chosen[0].form,
            Form::Slider {
                from: 0.1,
                to: 0.5,
                step: 0.1,
                ..
            }
        ));
        assert_eq!(chosen[1].form, Form::Switch);
    }
}
