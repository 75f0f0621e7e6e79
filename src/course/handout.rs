//! The hand-out for students: two pages to print, with what they need to know, their votes, and their predictions.

use std::fmt::Write as _;

use super::plan::taught;
use super::told::letter;
use super::{Course, Spoken, Told};
use crate::scenario::Language;

const STYLE: &str = include_str!("handout.css");

/// The hand-out as a page of HTML that loads nothing, for the lessons of the plan; it gives no answer away.
#[must_use]
pub fn handout(lessons: &[(Course, Told)], language: Language) -> String {
    let words = Spoken::of(language);
    let say = |key: &str| escape(words.say(&format!("handout.{key}")));
    let made = words.fill("handout.made", &[("version", &env!("CARGO_PKG_VERSION"))]);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <main class=\"sheet\">\n<header><h1>{title}</h1><p class=\"name\">{}</p></header>\n{}{}</main>\n\
         <main class=\"sheet\">\n{}{}{}<footer>{made}</footer>\n</main>\n</body>\n</html>\n",
        words.code(),
        say("name"),
        basics(&say),
        votes(&say, words, lessons),
        predictions(&say, words, lessons),
        game(&say),
        own(&say),
        title = say("title"),
    )
}

/// The loop, the experiences and the words.
fn basics(say: &impl Fn(&str) -> String) -> String {
    let list = |keys: &[&str]| -> String {
        let item = |key: &&str| {
            let text = say(key);
            let (term, rest) = text.split_once(':').unwrap_or((&text, ""));
            format!("<li><b>{term}:</b>{rest}</li>\n")
        };
        keys.iter().map(item).collect()
    };
    format!(
        "<section class=\"basics\">\n<div>\n<h2>{}</h2>\n<p>{}</p>\n</div>\n{}\n</section>\n\
         <section class=\"two\">\n<div><h2>{}</h2>\n<ul>\n{}</ul></div>\n<div><h2>{}</h2>\n<ul>\n{}</ul></div>\n</section>\n",
        say("loop_title"),
        say("loop"),
        wheel(say),
        say("experiences_title"),
        list(&["respond", "curated", "coach", "automatic"]),
        say("words_title"),
        list(&["fit", "knowledge", "share", "interval"]),
    )
}

/// The loop as a drawing: five stations around a circle, with arrows between.
fn wheel(say: &impl Fn(&str) -> String) -> String {
    let stations = ["interactions", "knowledge", "fit", "value", "customers"];
    let at = |turn: f64, radius: f64| {
        let angle = std::f64::consts::TAU * (turn / stations.len() as f64 - 0.25);
        (radius * libm::cos(angle), radius * libm::sin(angle))
    };
    let mut svg = String::from(
        "<svg viewBox=\"-160 -115 320 220\" aria-hidden=\"true\"><defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"6\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
         <path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n",
    );
    for (number, station) in stations.into_iter().enumerate() {
        let turn = number as f64;
        let ((x, y), (from, top), (to, end)) =
            (at(turn, 92.0), at(turn + 0.33, 84.0), at(turn + 0.67, 84.0));
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\">{}</text><path class=\"arc\" d=\"M{from:.1} {top:.1}A84 84 0 0 1 {to:.1} {end:.1}\" marker-end=\"url(#tip)\"/>",
            y + 4.0,
            say(&format!("link_{station}"))
        );
    }
    svg + "</svg>"
}

/// For every lesson of the plan its question, with boxes to tick and lines to write on.
fn votes(say: &impl Fn(&str) -> String, words: Spoken, lessons: &[(Course, Told)]) -> String {
    let mut page = format!("<section>\n<h2>{}</h2>\n", say("votes_title"));
    for (number, (course, _)) in taught(lessons) {
        let title = words.fill(
            "guide.lesson",
            &[("number", &number), ("title", &course.scenario.title)],
        );
        let _ = write!(
            page,
            "<article><h3>{}</h3>\n<p>{}</p>\n<ul class=\"boxes\">",
            escape(&title),
            escape(course.lesson().question.trim())
        );
        for (place, answer) in course.lesson().answers.iter().enumerate() {
            let letter = letter(place);
            let text = escape(answer.text.trim());
            let _ = write!(page, "<li><i></i><b>{letter}</b> {text}</li>");
        }
        let _ = writeln!(
            page,
            "</ul>\n<div class=\"lines\"><p>{}</p><p>{}</p></div></article>",
            say("reason"),
            say("came")
        );
    }
    page + "</section>\n"
}

/// The changes to predict: of all lessons of the plan but the last, which has a table of its own.
fn predictions(say: &impl Fn(&str) -> String, words: Spoken, lessons: &[(Course, Told)]) -> String {
    let [change, figure, guess, result] = ["change", "figure", "guess", "result"].map(say);
    let mut page = format!(
        "<section>\n<h2>{}</h2>\n<p>{}</p>\n<table><thead><tr><th></th><th>{change}</th><th>{figure}</th><th>{guess}</th><th>{result}</th></tr></thead><tbody>\n",
        say("predict_title"),
        say("predict_about")
    );
    let all: Vec<_> = taught(lessons).collect();
    for (number, (_, told)) in &all[..all.len().saturating_sub(1)] {
        for change in &told.changes {
            let figure = change.figure.as_ref();
            let _ = writeln!(
                page,
                "<tr><td>{number}</td><td>{}</td><td>{}</td><td class=\"pick\">↑ &nbsp; = &nbsp; ↓</td><td></td></tr>",
                escape(change.variant.label()),
                escape(&figure.map_or_else(String::new, |figure| figure.name(words)))
            );
        }
    }
    page + "</tbody></table>\n</section>\n"
}

/// The table of profits of two firms with two experiences each.
fn game(say: &impl Fn(&str) -> String) -> String {
    let [you, rival, respond, automatic] =
        ["you", "rival", "respond_short", "automatic_short"].map(say);
    let row = |choice: &str| {
        format!(
            "<tr><th>{you}: {choice}</th><td class=\"field\"></td><td class=\"field\"></td></tr>\n"
        )
    };
    format!(
        "<section>\n<h2>{}</h2>\n<p>{}</p>\n<table class=\"game\"><thead><tr><th></th><th>{rival}: {respond}</th><th>{rival}: {automatic}</th></tr></thead><tbody>\n{}{}</tbody></table>\n</section>\n",
        say("game_title"),
        say("game_about"),
        row(&respond),
        row(&automatic)
    )
}

/// Questions to take home.
fn own(say: &impl Fn(&str) -> String) -> String {
    let asked: String = ["own_market", "own_link", "own_try"]
        .map(|key| {
            format!(
                "<p>{}</p><p class=\"line\"></p><p class=\"line\"></p>\n",
                say(key)
            )
        })
        .concat();
    format!(
        "<section>\n<h2>{}</h2>\n{asked}</section>\n",
        say("own_title")
    )
}

/// Text as it may stand in an element.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
