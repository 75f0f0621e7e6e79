//! Controls: moved, answered, undone, saved, found.

use serde_json::json;

use super::{AWARENESS, hand, is_as_a_run_of_what_was_saved, slide, text, until, wait};
use crate::Place;
use crate::lab::Served;
use crate::report::browser::Browser;
use crate::report::{WINDOWS, picture};

#[test]
#[ignore = "needs Chromium"]
fn a_moved_slider_is_answered_undone_and_saved_as_what_it_showed() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 10");
    let mut browser = Browser::start();
    browser.open_address(&lab.address, WINDOWS[1]);
    wait(&mut browser);
    assert!(text(&mut browser, "title").contains("A shop and a coach"));
    let lines = "document.querySelectorAll('#first .line:not(.before)').length";
    let before = "document.querySelectorAll('#first .line.before').length";
    assert_eq!(
        (browser.value(lines), browser.value(before)),
        (json!(2), json!(0))
    );
    slide(&mut browser, AWARENESS, 0.234);
    wait(&mut browser);
    assert_eq!(
        (browser.value(lines), browser.value(before)),
        (json!(2), json!(2))
    );
    assert!(
        text(&mut browser, "changed").contains("0.6 → 0.23"),
        "on the nearest step"
    );
    let sentences = text(&mut browser, "sentences");
    assert!(sentences.contains("10 markets"), "{sentences}");
    picture(&mut browser, "lab-changed");
    // the figures of the table are those of a run of what is saved
    browser.value("document.getElementById('all-differences').open = true");
    browser.value("document.getElementById('save').click()");
    browser.value("document.getElementById('keeping-name').value = 'found'");
    browser.value("document.getElementById('keeping-yes').click()");
    let is_said =
        "document.getElementById('keeping-said').textContent.includes('flywheel run found.toml')";
    until(&mut browser, is_said, &json!(true));
    picture(&mut browser, "lab-saved");
    browser.value("document.getElementById('keeping-no').click()");
    is_as_a_run_of_what_was_saved(&mut browser, &place);
    // undone, and done again
    browser.value("document.getElementById('undo').click()");
    wait(&mut browser);
    assert_eq!(browser.value(before), json!(0));
    assert_eq!(
        browser.value(&format!("{}.value", hand(AWARENESS))),
        json!("0.6")
    );
    browser.value("document.getElementById('redo').click()");
    wait(&mut browser);
    assert_eq!(
        browser.value(&format!("{}.value", hand(AWARENESS))),
        json!("0.23")
    );
    // the address holds it: a second browser opens the same
    let address = browser.value("location.href");
    let mut other = Browser::start();
    other.open_address(address.as_str().expect("an address"), WINDOWS[1]);
    wait(&mut other);
    assert_eq!(
        other.value(&format!("{}.value", hand(AWARENESS))),
        json!("0.23")
    );
    assert_eq!(
        text(&mut other, "sentences"),
        text(&mut browser, "sentences")
    );
    for one in [&mut browser, &mut other] {
        assert_eq!(one.complaints(), Vec::<String>::new());
    }
}

#[test]
#[ignore = "needs Chromium"]
fn other_controls_are_found_and_taken_away_again() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 3");
    let mut browser = Browser::start();
    browser.open_address(&lab.address, WINDOWS[1]);
    wait(&mut browser);
    browser.value("(() => { const search = document.getElementById('search'); search.value = 'word mouth'; search.dispatchEvent(new Event('input')); })()");
    browser.value("document.querySelector('#found button').click()");
    let key = "populations.everyone.word_of_mouth";
    assert_eq!(
        browser.value("document.activeElement.id"),
        json!(format!("hand-{key}"))
    );
    slide(&mut browser, key, 0.05);
    wait(&mut browser);
    assert!(text(&mut browser, "changed").contains("everyone: Word of mouth: 0.02 → 0.05"));
    browser.value("document.querySelector('.hand .away').click()");
    wait(&mut browser);
    assert_eq!(
        browser.value(&format!("{} === null", hand(key))),
        json!(true)
    );
    assert!(!text(&mut browser, "changed").contains("Word of mouth"));
    // an experience is chosen from a menu; what cannot be is told and changes nothing else
    browser.value("(() => { const menu = document.getElementById('hand-firms.shop.experience'); menu.value = 'automatic-execution'; menu.dispatchEvent(new Event('change')); })()");
    wait(&mut browser);
    let sentences = text(&mut browser, "sentences");
    assert!(sentences.contains("shop"), "{sentences}");
    assert_eq!(
        browser.value("document.getElementById('problem').hidden"),
        json!(true)
    );
    // pictures are drawn when asked for, with what they say
    for picture in ["fates", "sources"] {
        browser.value(&format!("(() => {{ const menu = document.getElementById('picture'); menu.value = '{picture}'; menu.dispatchEvent(new Event('change')); document.getElementById('draw').click(); }})()"));
        let is_drawn = "document.querySelectorAll('#drawn img').length > 0";
        until(&mut browser, is_drawn, &json!(true));
        let sound = browser.value("(async () => { const image = document.querySelector('#drawn img'); await image.decode(); return [image.naturalWidth > 500, image.alt.length > 20]; })()");
        assert_eq!(sound, json!([true, true]), "{picture}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
