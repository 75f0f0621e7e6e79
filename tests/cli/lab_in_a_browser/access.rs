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
        assert_eq!(
            said,
            json!(format!("{expected}; in the scenario 0.6")),
            "{key}"
        );
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
        // as a window of 1280 is at a zoom of 200 %
        ("es", (640, 400)),
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

#[test]
#[ignore = "needs Chromium"]
fn a_change_is_said_once_and_not_with_every_frame() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 20");
    let mut browser = Browser::start();
    browser.open_address(&lab.address, WINDOWS[1]);
    wait(&mut browser);
    browser.value(
        "(() => { window.said = []; const place = document.getElementById('said'); \
         new MutationObserver(() => said.push(place.textContent)).observe(place, { childList: true, characterData: true, subtree: true }); \
         window.frames = 0; new MutationObserver(() => { frames += 1; }).observe(document.body, { attributeFilter: ['data-answered'] }); })()",
    );
    slide(&mut browser, AWARENESS, 0.2);
    wait(&mut browser);
    let said = browser.value("said");
    assert_eq!(said.as_array().map(Vec::len), Some(1), "{said}");
    assert!(
        said[0]
            .as_str()
            .is_some_and(|words| words.starts_with("20 markets simulated. ")),
        "{said}"
    );
    // those of 4, 8 and 20 replicates; what comes at once is seen at once
    let frames = browser.value("frames").as_u64();
    assert!(
        frames.is_some_and(|frames| (1..=3).contains(&frames)),
        "{frames:?}"
    );
    // nothing else on the page speaks by itself while replicates come
    let live = browser.value(
        "[...document.querySelectorAll('[aria-live], [role=status], [role=alert]')].filter(e => e.closest('main') && e.checkVisibility() && e.textContent).length",
    );
    assert_eq!(live, json!(0));
}

#[test]
#[ignore = "needs Chromium"]
fn who_wants_no_motion_gets_none() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 3");
    let mut browser = Browser::start();
    let moved = "(() => { document.querySelector('#first .holder').classList.add('unfolding', 'growing'); \
                 return [...document.querySelectorAll('#first .curves > *')].filter(e => getComputedStyle(e).animationName !== 'none').length > 0; })()";
    for (wish, expected) in [("no-preference", true), ("reduce", false)] {
        let features = json!({"features": [{"name": "prefers-reduced-motion", "value": wish}]});
        browser.order("Emulation.setEmulatedMedia", features);
        browser.open_address("about:blank", WINDOWS[1]);
        browser.open_address(&lab.address, WINDOWS[1]);
        wait(&mut browser);
        assert_eq!(browser.value(moved), json!(expected), "{wish}");
    }
}

#[test]
#[ignore = "needs Chromium"]
fn what_a_parameter_means_is_said_in_every_language() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 2");
    let mut browser = Browser::start();
    for (language, expected) in [
        ("en", "How likely a customer is to notice a need unaided."),
        (
            "es",
            "Con qué probabilidad nota un cliente por sí solo una necesidad.",
        ),
        (
            "nl",
            "Hoe waarschijnlijk een klant zelf een behoefte opmerkt.",
        ),
    ] {
        let address = lab.address.replace("/#", &format!("/?lang={language}#"));
        browser.open_address(&address, WINDOWS[1]);
        wait(&mut browser);
        let described = browser.value(&format!(
            "document.getElementById({}.getAttribute('aria-describedby')).textContent",
            hand(AWARENESS)
        ));
        let words = described.as_str().unwrap_or_default();
        assert!(words.starts_with(expected), "{words}");
        browser.value(&format!("{}.focus()", hand(AWARENESS)));
        picture(&mut browser, &format!("lab-meaning-{language}"));
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
