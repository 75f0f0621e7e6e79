//! The lab in a browser: what a class sees and does. Needs Chromium, so it runs by name only:
//! `cargo test --test cli lab_in_a_browser -- --ignored`. With `REPORT_PICTURES=FOLDER` it also leaves pictures to look at.

use std::time::{Duration, Instant};

use serde_json::json;

use super::Place;
use super::lab::Served;
use super::report::browser::Browser;
use super::report::{BEYOND, CLIPPED, WINDOWS, picture};

/// Waits until the page shows all replicates of its latest question.
fn wait(browser: &mut Browser) {
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
fn slide(browser: &mut Browser, key: &str, to: f64) {
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

fn text(browser: &mut Browser, id: &str) -> String {
    let value = browser.value(&format!("document.getElementById('{id}').textContent"));
    value.as_str().unwrap_or_default().to_owned()
}

const AWARENESS: &str = "populations.everyone.awareness";

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
    let start = Instant::now();
    while !text(&mut browser, "keeping-said").contains("flywheel run found.toml") {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{}",
            text(&mut browser, "keeping-said")
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    picture(&mut browser, "lab-saved");
    browser.value("document.getElementById('keeping-no').click()");
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
        let start = Instant::now();
        while browser.value("document.querySelectorAll('#drawn img').length") == json!(0) {
            assert!(
                start.elapsed() < Duration::from_secs(120),
                "no picture of {picture}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        let sound = browser.value("(async () => { const image = document.querySelector('#drawn img'); await image.decode(); return [image.naturalWidth > 500, image.alt.length > 20]; })()");
        assert_eq!(sound, json!([true, true]), "{picture}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

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
    let lesson = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/scenarios/course/04-needs-that-go-unnoticed.toml"
    );
    let lab = Served::start(
        &place,
        &format!(
            "{lesson} --replicates 2 --set populations.*.customers=100 --set simulation.periods=30"
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
    let start = Instant::now();
    while browser.value("document.querySelectorAll('#lesson-told ol button').length") != json!(3) {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{}",
            text(&mut browser, "lesson-told")
        );
        std::thread::sleep(Duration::from_millis(50));
    }
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
    let lesson = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/scenarios/course/04-needs-that-go-unnoticed.toml"
    );
    let lab = Served::start(
        &place,
        &format!(
            "{lesson} --share 127.0.0.2 --replicates 2 --set populations.*.customers=60 --set simulation.periods=10"
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
    let until = |browser: &mut Browser, what: &str, expected: &serde_json::Value| {
        let start = Instant::now();
        while browser.value(what) != *expected {
            let now = browser.value(what);
            assert!(
                start.elapsed() < Duration::from_secs(40),
                "{what} is {now}, not {expected}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    };
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
