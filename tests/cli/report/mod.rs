//! The page of a run in a browser: what readers see and do. Needs Chromium, so it runs by name only:
//! `cargo test --test cli report -- --ignored`. With `REPORT_PICTURES=FOLDER` it also leaves pictures to look at.

pub mod browser;
mod lesson;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use browser::Browser;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Windows of a phone, a laptop and a projector.
pub const WINDOWS: [(u32, u32); 3] = [(390, 844), (1280, 800), (1920, 1080)];

/// Shipped scenarios that differ in what their pages have to cope with.
const SCENARIOS: [&str; 6] = [
    "delegating-customers",
    "four-experiences",
    "range-of-experiences",
    "shock",
    "crowded",
    "experiments/awareness",
];

/// Runs a shipped scenario in little time, and gives the place of its page.
fn page(folder: &TempDir, scenario: &str, options: &[&str]) -> PathBuf {
    let file = format!("{}/scenarios/{scenario}.toml", env!("CARGO_MANIFEST_DIR"));
    Command::new(env!("CARGO_BIN_EXE_flywheel"))
        .current_dir(folder.path())
        .args(["run", &file, "-q", "--charts", "none", "--replicates", "3"])
        .args(options)
        .assert()
        .success();
    let name = scenario.rsplit('/').next().unwrap_or_default();
    folder.path().join("output").join(name).join("report.html")
}

/// Moves the slider of periods.
fn slide(browser: &mut Browser, to: u32) {
    browser.value(&format!("(() => {{ const slider = document.getElementById('period'); slider.value = {to}; slider.dispatchEvent(new Event('input')); }})()"));
    browser.settle();
}

/// Leaves a picture of the whole page, if somebody wants to look at it.
pub fn picture(browser: &mut Browser, name: &str) {
    let Ok(folder) = std::env::var("REPORT_PICTURES") else {
        return;
    };
    let order = json!({"format": "png", "captureBeyondViewport": true});
    save(
        &Path::new(&folder).join(format!("{name}.png")),
        &browser.order("Page.captureScreenshot", order),
    );
}

/// Leaves the page as it is printed, likewise.
fn print(browser: &mut Browser, name: &str) {
    let Ok(folder) = std::env::var("REPORT_PICTURES") else {
        return;
    };
    let order = json!({"preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69});
    save(
        &Path::new(&folder).join(format!("{name}.pdf")),
        &browser.order("Page.printToPDF", order),
    );
}

fn save(path: &Path, answer: &Value) {
    let text = answer["data"].as_str().expect("the browser gives data");
    std::fs::write(path, decoded(text)).expect("the picture is written");
}

/// The bytes of a text in base 64.
fn decoded(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits =
            four.iter().fold(0, |bits, &byte| bits << 6 | digit(byte)) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}

#[test]
#[ignore = "needs Chromium"]
fn pages_fit_every_window_and_complain_about_nothing() {
    let folder = tempfile::tempdir().expect("a folder for the runs");
    let mut browser = Browser::start();
    for scenario in SCENARIOS {
        let page = page(&folder, scenario, &[]);
        let name = scenario.replace('/', "-");
        for (width, height) in WINDOWS {
            browser.open(&page, (width, height));
            let widest = browser.value("document.documentElement.scrollWidth");
            let beyond = browser.value(BEYOND);
            assert!(
                widest.as_u64() <= Some(u64::from(width)) && beyond == json!([]),
                "{scenario} is {widest} wide in a window of {width}: {beyond}"
            );
            let clipped = browser.value(CLIPPED);
            assert_eq!(
                clipped,
                json!([]),
                "{scenario} at {width}: texts beyond their charts"
            );
            picture(&mut browser, &format!("{name}-{width}"));
        }
        print(&mut browser, &name);
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{scenario}");
    }
}

/// Elements that reach beyond the window, but for what scrolls by itself or is hidden from view.
pub const BEYOND: &str = "[...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility() && !e.closest('.scroll, .skip, .hidden, .tip') && e.getBoundingClientRect().right > innerWidth + 0.5)
    .map(e => e.tagName + '.' + e.getAttribute('class') + ' ' + e.textContent.slice(0, 40))";

/// Texts of charts that reach beyond their chart.
pub const CLIPPED: &str = "[...document.querySelectorAll('.plot svg text')].filter(text => {
        const [box, plot] = [text.getBoundingClientRect(), text.closest('.plot').getBoundingClientRect()];
        return box.left < plot.left - 1 || box.right > plot.right + 1 || box.top < plot.top - 1 || box.bottom > plot.bottom + 1;
    }).map(text => text.closest('[data-chart]').dataset.chart + ': ' + text.textContent)";

/// The marks of the map of tastes: products, and the lines from beliefs to the truth.
const MAP: &str = "[...document.querySelectorAll('[data-chart=map] .product, [data-chart=map] .error')].map(mark => mark.outerHTML).join()";

/// Names above the maps.
const MAPPED: &str =
    "[...document.querySelectorAll('[data-chart=map] .name')].map(name => name.textContent)";

#[test]
#[ignore = "needs Chromium"]
fn the_slider_moves_the_map_and_firms_can_be_taken_off_it() {
    let folder = tempfile::tempdir().expect("a folder for the runs");
    let page = page(&folder, "four-experiences", &[]);
    let mut browser = Browser::start();
    browser.open(&page, WINDOWS[1]);
    assert_eq!(
        browser.value(MAPPED),
        json!(["respond", "curated", "coach", "automatic"])
    );
    let end = browser.value(MAP);
    let mut map_at = |to: u32| {
        slide(&mut browser, to);
        browser.value(MAP)
    };
    let (start, between, after) = (map_at(0), map_at(26), map_at(27));
    assert!(start != end && between != start);
    // nothing is on record between period 26 and the next moment
    assert_eq!(between, after);
    assert_eq!(map_at(299), end);
    browser.value("document.querySelectorAll('#controls .chip')[1].click()");
    browser.settle();
    assert_eq!(
        browser.value(MAPPED),
        json!(["respond", "coach", "automatic"])
    );
    let words = browser
        .value("document.querySelector('[data-chart=map] .plot').getAttribute('aria-valuetext')");
    let words = words.as_str().expect("words").to_owned();
    assert!(
        words.starts_with("Period 299: ") && words.contains("coach 0."),
        "{words}"
    );
    browser.value("document.querySelector('[data-chart=map] details').open = true");
    browser.settle();
    let rows = browser.value("document.querySelectorAll('[data-chart=map] tbody tr').length");
    assert_eq!(rows, json!(26));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// Number of marks of every chart: lines, bands, bars and dots.
const MARKS: &str =
    "Object.fromEntries([...document.querySelectorAll('[data-chart]')].map(figure =>
    [figure.dataset.chart, figure.querySelectorAll('.curves polyline, .part').length]))";

/// Where the marks of the chosen period are in every chart.
const MARKED: &str = "Object.fromEntries([...document.querySelectorAll('[data-chart]')].map(figure =>
    [figure.dataset.chart, [...figure.querySelectorAll('.chosen, .part, .curves circle')].map(mark => mark.outerHTML).join()]))";

#[test]
#[ignore = "needs Chromium"]
fn every_chart_has_marks_and_the_slider_moves_them() {
    let folder = tempfile::tempdir().expect("a folder for the runs");
    let page = page(&folder, "delegating-customers", &[]);
    let mut browser = Browser::start();
    browser.open(&page, WINDOWS[1]);
    let marks = browser.value(MARKS);
    let marks = marks.as_object().expect("charts by name");
    assert_eq!(marks.len(), 13, "{marks:?}");
    for (chart, count) in marks {
        assert!(count.as_u64() >= Some(1), "{chart} is empty");
    }
    let before = browser.value(MARKED);
    slide(&mut browser, 20);
    let after = browser.value(MARKED);
    for chart in marks.keys() {
        assert_ne!(
            before[chart], after[chart],
            "the slider does not move {chart}"
        );
    }
    let standing = browser.value("document.querySelector('#standing caption').textContent");
    assert!(
        standing.as_str().unwrap_or_default().contains("period 20"),
        "{standing}"
    );
    picture(&mut browser, "period-20");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium"]
fn keys_pointer_and_buttons_do_what_they_say() {
    let folder = tempfile::tempdir().expect("a folder for the runs");
    let page = page(&folder, "delegating-customers", &[]);
    let mut browser = Browser::start();
    browser.open(&page, WINDOWS[1]);
    // arrow keys on a chart move the period of all of them
    let key = |key: &str| {
        format!(
            "document.querySelector('.plot').dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}'}}))"
        )
    };
    for (pressed, period) in [("Home", 0), ("ArrowRight", 1), ("PageUp", 31), ("End", 299)] {
        browser.value(&key(pressed));
        let now = browser.value(
            "document.querySelector('[data-chart=fit] .plot').getAttribute('aria-valuenow')",
        );
        assert_eq!(now, json!(period.to_string()), "{pressed}");
    }
    // what a screen reader says names every firm with its value
    let said = browser.value("document.querySelector('.plot').getAttribute('aria-valuetext')");
    for firm in ["respond", "curated", "coach", "automatic"] {
        assert!(said.as_str().unwrap_or_default().contains(firm), "{said}");
    }
    // a pointer shows values, a click chooses the period
    browser.value("document.querySelector('.plot').scrollIntoView()");
    let place = browser.value("(() => { const box = document.querySelector('.plot .area').getBoundingClientRect(); return [box.left + box.width / 2, box.top + 50]; })()");
    let mouse = |kind: &str| json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
    browser.order("Input.dispatchMouseEvent", mouse("mouseMoved"));
    browser.settle();
    let tip = browser.value(
        "document.querySelector('.tip').hidden ? '' : document.querySelector('.tip').textContent",
    );
    assert!(
        tip.as_str().unwrap_or_default().contains("automatic"),
        "{tip}"
    );
    picture(&mut browser, "hover");
    browser.order("Input.dispatchMouseEvent", mouse("mousePressed"));
    browser.settle();
    let chosen = browser.value("document.getElementById('period').value");
    assert!(
        ["149", "150"].contains(&chosen.as_str().unwrap_or_default()),
        "{chosen}"
    );
    // firms and intervals go and come back
    let lines = "document.querySelectorAll('[data-chart=share] .line').length";
    let bands = "document.querySelectorAll('[data-chart=share] .band').length";
    let click = |words: &str| {
        format!(
            "[...document.querySelectorAll('.chip')].find(chip => chip.textContent === '{words}').click()"
        )
    };
    for (button, counted, with, without) in [("coach", lines, 4, 3), ("Intervals", bands, 4, 0)] {
        for expected in [without, with] {
            browser.value(&click(button));
            assert_eq!(browser.value(counted), json!(expected), "{button}");
        }
    }
    // numbers of a chart appear on demand
    browser.value("document.querySelector('details.numbers summary').click()");
    browser.settle();
    let rows = browser.value("document.querySelectorAll('details.numbers tbody tr').length");
    assert!(rows.as_u64() >= Some(20), "{rows} rows");
    // light becomes dark
    let ground = "getComputedStyle(document.body).backgroundColor";
    let light = browser.value(ground);
    browser.value("document.getElementById('theme').click()");
    assert_ne!(browser.value(ground), light);
    picture(&mut browser, "dark");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium"]
fn dark_is_dark_where_the_system_is() {
    let folder = tempfile::tempdir().expect("a folder for the runs");
    let page = page(&folder, "shock", &[]);
    let mut browser = Browser::start();
    let dark = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
    browser.order("Emulation.setEmulatedMedia", dark);
    browser.open(&page, WINDOWS[1]);
    let ground = browser.value("getComputedStyle(document.body).backgroundColor");
    assert_eq!(ground, json!("rgb(22, 24, 27)"));
    picture(&mut browser, "dark-system");
}
