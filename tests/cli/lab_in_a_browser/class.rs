//! A class: predictions, lessons, and those who join.

use std::time::Duration;

use serde_json::json;

use super::{press, slide, text, until, wait};
use crate::Place;
use crate::lab::{LESSON, Served};
use crate::report::browser::Browser;
use crate::report::{WINDOWS, picture};

#[test]
#[ignore = "needs Chromium"]
fn a_class_predicts_before_it_sees() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 5");
    let mut browser = Browser::start();
    browser.open_address(&lab.address, WINDOWS[1]);
    wait(&mut browser);
    browser.value("document.getElementById('predict').click()");
    slide(&mut browser, "firms.coach.price", 0.6);
    wait(&mut browser);
    // what follows is not shown yet: neither lines nor sentences
    let lines = "document.querySelectorAll('#first .line').length";
    assert_eq!(browser.value(lines), json!(2));
    assert_eq!(text(&mut browser, "sentences"), "");
    // a line is drawn with the pointer for one firm, with keys for the other
    let area = browser.value("(() => { const box = document.querySelector('#first .area').getBoundingClientRect(); return [box.left, box.top, box.width, box.height]; })()");
    let side = |place: usize| area[place].as_f64().expect("a number");
    for (kind, part) in [
        ("mousePressed", 0.0),
        ("mouseMoved", 0.5),
        ("mouseMoved", 0.98),
        ("mouseReleased", 0.98),
    ] {
        let (x, y) = (side(0) + part * side(2), side(1) + 0.25 * side(3));
        let buttons = u32::from(kind != "mouseReleased");
        browser.order("Input.dispatchMouseEvent", json!({"type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1}));
    }
    browser.value("(() => { const menu = document.getElementById('expects'); menu.value = 'coach'; menu.dispatchEvent(new Event('change')); document.querySelector('#first .plot').focus(); })()");
    for (key, code) in [
        ("Home", 36),
        ("ArrowUp", 38),
        ("End", 35),
        ("ArrowDown", 40),
    ] {
        press(&mut browser, key, code, 0);
    }
    assert_eq!(
        browser.value("document.querySelectorAll('#first .expected polyline').length"),
        json!(2)
    );
    assert!(text(&mut browser, "said").starts_with("coach, period 19: "));
    picture(&mut browser, "lab-predicted");
    browser.value("document.getElementById('reveal').click()");
    browser.settle();
    assert_eq!(
        browser.value(lines),
        json!(4),
        "the market before, and the one after"
    );
    let said = text(&mut browser, "verdicts");
    assert!(
        said.contains("shop: you expected 75.0% in period 19")
            && said.contains("points off on average"),
        "{said}"
    );
    assert!(!text(&mut browser, "sentences").is_empty());
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium"]
fn a_lesson_is_voted_on_before_it_is_told() {
    let place = Place::empty();
    let lab = Served::start(
        &place,
        &format!(
            "{LESSON} --replicates 2 --set populations.*.customers=100 --set simulation.periods=30"
        ),
    );
    let mut browser = Browser::start();
    browser.open_address(&lab.address, WINDOWS[1]);
    wait(&mut browser);
    let is_seen = "document.getElementById('first').checkVisibility()";
    assert_eq!(browser.value(is_seen), json!(false));
    assert!(text(&mut browser, "lesson-question").starts_with("How many of all needs"));
    for hand in [0, 2, 2] {
        browser.value(&format!(
            "document.querySelectorAll('#lesson-answers button')[{hand}].click()"
        ));
    }
    assert_eq!(
        browser.value("[...document.querySelectorAll('.votes')].map(votes => votes.textContent)"),
        json!(["1", "0", "2"])
    );
    picture(&mut browser, "lab-vote");
    browser.value("document.getElementById('lesson-reveal').click()");
    let changes = "document.querySelectorAll('#lesson-told ol button').length";
    until(&mut browser, changes, &json!(3));
    assert_eq!(browser.value(is_seen), json!(true));
    assert!(text(&mut browser, "lesson-told").contains("Nobody can order"));
    // its changes are tried on the market itself
    browser.value("document.querySelectorAll('#lesson-told ol button')[2].click()");
    wait(&mut browser);
    assert!(text(&mut browser, "changed").contains("Awareness: 0.3 → 0.9"));
    picture(&mut browser, "lab-told");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs Chromium"]
fn a_class_joins_votes_and_follows() {
    let place = Place::empty();
    let lab = Served::start(
        &place,
        &format!(
            "{LESSON} --share 127.0.0.2 --replicates 2 --set populations.*.customers=60 --set simulation.periods=10"
        ),
    );
    let [mut teacher, mut member] = [Browser::start(), Browser::start()];
    teacher.open_address(&lab.address, WINDOWS[1]);
    wait(&mut teacher);
    let address = teacher.value("document.querySelector('#room-code img').alt");
    let address = address.as_str().expect("an address").to_owned();
    assert!(address.starts_with("http://127.0.0.2:"), "{address}");
    picture(&mut teacher, "lab-room");
    member.open_address(&address, WINDOWS[0]);
    wait(&mut member);
    assert_eq!(
        member.value("document.getElementById('save').checkVisibility()"),
        json!(false)
    );
    member.value("document.querySelectorAll('#lesson-answers button')[2].click()");
    until(
        &mut teacher,
        "[...document.querySelectorAll('.votes')].map(votes => votes.textContent).join()",
        &json!("0,0,1"),
    );
    until(
        &mut teacher,
        "document.getElementById('room-joined').textContent",
        &json!("1 joined"),
    );
    picture(&mut member, "lab-member");
    // nothing is seen before the teacher shows it; then the member goes where the teacher goes
    let is_seen = "document.getElementById('first').checkVisibility()";
    assert_eq!(member.value(is_seen), json!(false));
    teacher.value("document.getElementById('lesson-reveal').click()");
    until(&mut member, is_seen, &json!(true));
    slide(&mut teacher, "populations.customers.awareness", 0.8);
    until(
        &mut member,
        "document.getElementById('changed').textContent.includes('Awareness: 0.3 → 0.8')",
        &json!(true),
    );
    // a member's own change stays their own, and is there after a refresh
    member.value("document.getElementById('follow').click()");
    slide(&mut member, "populations.customers.awareness", 0.1);
    wait(&mut member);
    member.value("location.reload()");
    std::thread::sleep(Duration::from_millis(500));
    wait(&mut member);
    assert!(text(&mut member, "changed").contains("0.3 → 0.1"));
    assert!(text(&mut teacher, "changed").contains("0.3 → 0.8"));
    for browser in [&mut teacher, &mut member] {
        assert_eq!(browser.complaints(), Vec::<String>::new());
    }
}
