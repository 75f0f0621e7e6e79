//! Teams that play: at one screen, and one of them from another machine.

use serde_json::json;

use super::{hand, slide, text, until, wait};
use crate::lab::Served;
use crate::report::browser::Browser;
use crate::report::{BEYOND, WINDOWS, picture};
use crate::{MARKET, Place};

/// A place with the small market and rules: two rounds.
fn place() -> Place {
    let place = Place::empty();
    let rules = "[play]\nround = 10\nlowest_price = 0.1\nhighest_price = 0.6\n";
    place.write("play.toml", &format!("{MARKET}\n{rules}"));
    place
}

fn click(browser: &mut Browser, id: &str) {
    browser.value(&format!("document.getElementById('{id}').click()"));
}

fn is_seen(browser: &mut Browser, id: &str) -> bool {
    let seen = format!("document.getElementById('{id}').checkVisibility()");
    browser.value(&seen) == json!(true)
}

#[test]
#[ignore = "needs Chromium"]
fn two_teams_at_one_screen_play_two_rounds() {
    let place = place();
    let lab = Served::start(&place, "play.toml");
    let mut browser = Browser::start();
    browser.open_address(&lab.address, WINDOWS[1]);
    until(
        &mut browser,
        "document.getElementById('play-title').textContent",
        &json!("Round 1 of 2"),
    );
    assert!(!is_seen(&mut browser, "first") && !is_seen(&mut browser, "hands"));
    picture(&mut browser, "lab-play-start");
    // the shop asks less; its decision is on the page no more once it is taken
    slide(&mut browser, "play.price", 0.2);
    click(&mut browser, "play-decide");
    until(
        &mut browser,
        "document.getElementById('play-team').value",
        &json!("coach"),
    );
    assert_eq!(
        text(&mut browser, "play-waiting"),
        "shop has decidedcoach is choosing"
    );
    let price = format!("{}.value", hand("play.price"));
    assert_eq!(browser.value(&price), json!("0.3"));
    click(&mut browser, "play-round");
    until(
        &mut browser,
        "document.getElementById('play-title').textContent",
        &json!("Round 2 of 2"),
    );
    wait(&mut browser);
    assert!(is_seen(&mut browser, "first"));
    assert!(text(&mut browser, "said").starts_with("4 markets simulated"));
    let standing = text(&mut browser, "play-standing");
    assert!(standing.contains("profit"), "{standing}");
    let places = "document.querySelectorAll('#play-places tbody tr').length";
    assert_eq!(browser.value(places), json!(2));
    assert!(text(&mut browser, "play-history").contains("0.2"));
    picture(&mut browser, "lab-play-round");
    // nobody decides anything: the round goes on as before
    click(&mut browser, "play-round");
    until(
        &mut browser,
        "document.getElementById('play-title').textContent",
        &json!("All 2 rounds are played"),
    );
    wait(&mut browser);
    assert!(!is_seen(&mut browser, "play-form") && !is_seen(&mut browser, "play-round"));
    click(&mut browser, "play-debrief");
    until(
        &mut browser,
        "document.querySelectorAll('#play-debriefed img').length >= 2",
        &json!(true),
    );
    until(
        &mut browser,
        "[...document.querySelectorAll('#play-debriefed img')].every(image => image.complete && image.naturalWidth > 300)",
        &json!(true),
    );
    let told = text(&mut browser, "play-debriefed");
    assert!(told.contains("What ") && told.contains("markets"), "{told}");
    picture(&mut browser, "lab-play-debrief");
    // what was played is saved, and a page that is loaded again shows it
    click(&mut browser, "play-save");
    click(&mut browser, "keeping-yes");
    until(
        &mut browser,
        "document.getElementById('keeping-said').textContent.includes('play-2-rounds.toml')",
        &json!(true),
    );
    place.flywheel("check play-2-rounds.toml").ends(0);
    browser.value("window.isOld = true; location.reload()");
    until(
        &mut browser,
        "window.isOld ? null : document.getElementById('play-title')?.textContent",
        &json!("All 2 rounds are played"),
    );
    wait(&mut browser);
    // to the scenario under one's own hands, and back
    click(&mut browser, "teams");
    wait(&mut browser);
    assert!(is_seen(&mut browser, "hands") && !is_seen(&mut browser, "play"));
    click(&mut browser, "teams");
    wait(&mut browser);
    assert!(!is_seen(&mut browser, "hands") && is_seen(&mut browser, "play"));
    // begun anew only after a second click
    click(&mut browser, "play-again");
    browser.settle();
    assert_eq!(text(&mut browser, "play-title"), "All 2 rounds are played");
    click(&mut browser, "play-again");
    until(
        &mut browser,
        "document.getElementById('play-title').textContent",
        &json!("Round 1 of 2"),
    );
    assert!(!is_seen(&mut browser, "first"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs Chromium"]
fn a_team_joins_with_a_telephone() {
    let place = place();
    let lab = Served::start(&place, "play.toml --share 127.0.0.2");
    let [mut teacher, mut member] = [Browser::start(), Browser::start()];
    teacher.open_address(&lab.address, WINDOWS[1]);
    until(
        &mut teacher,
        "document.getElementById('play-title')?.textContent",
        &json!("Round 1 of 2"),
    );
    let address = teacher.value("document.querySelector('#room-code img').alt");
    let address = address
        .as_str()
        .expect("an address")
        .replace("/#", "/?lang=es#");
    member.open_address(&address, WINDOWS[0]);
    until(
        &mut member,
        "document.getElementById('play-title')?.textContent",
        &json!("Ronda 1 de 2"),
    );
    let is_locked = "document.getElementById('play-decide').disabled";
    assert_eq!(member.value(is_locked), json!(true), "without a team");
    assert!(!is_seen(&mut member, "play-round") && !is_seen(&mut member, "play-again"));
    member.value("(() => { const menu = document.getElementById('play-team'); menu.value = 'coach'; menu.dispatchEvent(new Event('change')); })()");
    until(&mut member, is_locked, &json!(false));
    member.value(&format!("(() => {{ const menu = {}; menu.value = 'automatic-execution'; menu.dispatchEvent(new Event('change')); }})()", hand("play.experience")));
    slide(&mut member, "play.price", 0.25);
    click(&mut member, "play-decide");
    until(
        &mut teacher,
        "document.getElementById('play-waiting').textContent",
        &json!("shop is choosingcoach has decided (1 here)"),
    );
    let widest = member.value("document.documentElement.scrollWidth");
    assert!(widest.as_u64() <= Some(390), "{widest}");
    assert_eq!(member.value(BEYOND), json!([]));
    picture(&mut member, "lab-play-member");
    // what was decided is there after a refresh
    member.value("window.isOld = true; location.reload()");
    let price = format!("window.isOld ? null : {}?.value", hand("play.price"));
    until(&mut member, &price, &json!("0.25"));
    click(&mut teacher, "play-round");
    until(
        &mut member,
        "document.getElementById('play-title').textContent",
        &json!("Ronda 2 de 2"),
    );
    wait(&mut member);
    assert!(text(&mut member, "play-history").contains("automatic-execution, 0,25"));
    assert!(is_seen(&mut member, "first"));
    assert_eq!(member.value(BEYOND), json!([]));
    picture(&mut member, "lab-play-member-round");
    for browser in [&mut teacher, &mut member] {
        assert_eq!(browser.complaints(), Vec::<String>::new());
    }
}
