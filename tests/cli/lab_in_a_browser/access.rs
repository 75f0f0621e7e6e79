//! Keys, words for those who listen, every window, and every language.

use std::time::Duration;

use serde_json::json;

use super::{AWARENESS, hand, press, slide, text, wait};
use crate::Place;
use crate::lab::Served;
use crate::report::browser::Browser;
use crate::report::{BEYOND, CLIPPED, WINDOWS, picture};

#[test]
#[ignore = "needs Chromium"]
fn keys_alone_reach_and_move_everything() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 3");
    let mut browser = Browser::start();
    browser.open_address(&lab.address, WINDOWS[1]);
    wait(&mut browser);
    browser.value(&format!("{}.focus()", hand(AWARENESS)));
    let value = format!("{}.value", hand(AWARENESS));
    for (key, code, modifiers, expected) in [
        ("ArrowRight", 39, 0, "0.61"),
        ("ArrowLeft", 37, 8, "0.609"),
        ("PageDown", 34, 0, "0.509"),
        ("Home", 36, 0, "0"),
        ("End", 35, 0, "1"),
    ] {
        press(&mut browser, key, code, modifiers);
        assert_eq!(browser.value(&value), json!(expected), "{key}");
        let said = browser.value(&format!(
            "{}.getAttribute('aria-valuetext')",
            hand(AWARENESS)
        ));
        assert_eq!(said, json!(expected), "{key}");
    }
    wait(&mut browser);
    assert!(
        text(&mut browser, "said").starts_with("3 markets simulated"),
        "told once, at the end"
    );
    // Ctrl+Z takes the last step back
    press(&mut browser, "z", 90, 2);
    wait(&mut browser);
    assert_eq!(browser.value(&value), json!("0"));
    // Tab goes through every control, in an order in which nothing is left out
    let all = browser.value("document.querySelectorAll('main :is(button:not(:disabled), select, input, summary, [tabindex=\"0\"])').length");
    browser.value("document.querySelector('.skip').focus()");
    browser.value("window.reached = new Set()");
    for _ in 0..150 {
        press(&mut browser, "Tab", 9, 0);
        browser.value("reached.add(document.activeElement)");
    }
    let missed = browser.value(
        "[...document.querySelectorAll('main :is(button:not(:disabled), select, input, summary)')].filter(e => e.checkVisibility() && !reached.has(e)).map(e => e.outerHTML.slice(0, 90))",
    );
    assert_eq!(missed, json!([]), "of {all}");
    // what a control is called, and what it means, is there for those who listen
    let nameless = browser.value(
        "[...document.querySelectorAll('#hands :is(input, select)')].filter(e => !e.labels?.length && !e.getAttribute('aria-label')).length",
    );
    assert_eq!(nameless, json!(0));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium"]
fn the_page_fits_every_window_in_every_language() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 3");
    let mut browser = Browser::start();
    for (language, (width, height)) in [
        ("en", WINDOWS[0]),
        ("es", WINDOWS[1]),
        ("nl", WINDOWS[2]),
        ("nl", WINDOWS[0]),
    ] {
        for scheme in ["light", "dark"] {
            let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
            browser.order("Emulation.setEmulatedMedia", features);
            let address = lab.address.replace("/#", &format!("/?lang={language}#"));
            browser.open_address("about:blank", (width, height));
            browser.open_address(&address, (width, height));
            wait(&mut browser);
            slide(&mut browser, AWARENESS, 0.2);
            wait(&mut browser);
            std::thread::sleep(Duration::from_millis(600));
            let widest = browser.value("document.documentElement.scrollWidth");
            let beyond = browser.value(BEYOND);
            picture(&mut browser, &format!("lab-{language}-{width}-{scheme}"));
            assert!(
                widest.as_u64() <= Some(u64::from(width)) && beyond == json!([]),
                "{language} at {width}: {widest} {beyond}"
            );
            assert_eq!(browser.value(CLIPPED), json!([]), "{language} at {width}");
        }
    }
}
