//! The lab in a browser: what a class sees and does. Needs Chromium, so it runs by name only:
//! `cargo test --test cli lab_in_a_browser -- --ignored`. With `REPORT_PICTURES=FOLDER` it also leaves pictures to look at.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Place;
use super::report::browser::Browser;

mod access;
mod class;
mod controls;
mod measured;
mod play;

/// Waits until the page shows all replicates of its latest question.
pub fn wait(browser: &mut Browser) {
    let start = Instant::now();
    let done = "document.body.dataset.answered === `${document.body.dataset.asked}:${(document.body.dataset.answered ?? '').split(':')[1]}` \
                && /(\\d+)\\/\\1$/.test(document.body.dataset.answered)";
    while browser.value(done) != json!(true) {
        let trouble = browser.value("document.getElementById('problem').textContent");
        assert!(
            start.elapsed() < Duration::from_secs(120),
            "no answer: {trouble}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    browser.settle();
}

/// The elements whose controls are of that key.
fn hand(key: &str) -> String {
    format!("document.getElementById('hand-{key}')")
}

/// Moves a slider as a finger does.
pub fn slide(browser: &mut Browser, key: &str, to: f64) {
    let hand = hand(key);
    browser.value(&format!(
        "(() => {{ const slider = {hand}; slider.value = {to}; slider.dispatchEvent(new Event('input')); slider.dispatchEvent(new Event('change')); }})()"
    ));
}

fn press(browser: &mut Browser, key: &str, code: u32, modifiers: u32) {
    for kind in ["rawKeyDown", "keyUp"] {
        let order = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers});
        browser.order("Input.dispatchKeyEvent", order);
    }
    browser.settle();
}

pub fn text(browser: &mut Browser, id: &str) -> String {
    let value = browser.value(&format!("document.getElementById('{id}').textContent"));
    value.as_str().unwrap_or_default().to_owned()
}

pub const AWARENESS: &str = "populations.everyone.awareness";

/// Waits until something has a value.
pub fn until(browser: &mut Browser, what: &str, expected: &Value) {
    let start = Instant::now();
    while browser.value(what) != *expected {
        let now = browser.value(what);
        assert!(
            start.elapsed() < Duration::from_secs(120),
            "{what} is {now}, not {expected}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Holds that the table of differences has the coach's share as a run of what was saved gives it.
pub fn is_as_a_run_of_what_was_saved(browser: &mut Browser, place: &Place) {
    place.flywheel("run found.toml -q --charts none").ends(0);
    let summary = place.read("output/found/summary.csv");
    let row = summary
        .lines()
        .find(|line| line.starts_with("coach,share,"))
        .expect("a row");
    let mean: f64 = row
        .split(',')
        .nth(2)
        .and_then(|mean| mean.parse().ok())
        .expect("a number");
    let shown = browser.value(
        "[...document.querySelectorAll('#all-differences tbody tr')].find(row => row.textContent.startsWith('coachShare')).children[3].textContent",
    );
    let shown = shown
        .as_str()
        .unwrap_or_default()
        .replace(['\u{a0}', ' '], "");
    assert_eq!(shown, format!("{:.1}%", mean * 100.0));
}
