//! The page of a lesson in a browser: its steps, the votes, and that nothing of the future is shown.

use serde_json::json;

use super::browser::Browser;
use super::{BEYOND, CLIPPED, WINDOWS, page, picture, print, slide};

/// What of the page can be seen: the sections of steps, and whether the rest is.
const SEEN: &str = "[...document.querySelectorAll('.step, .rest')].filter(part => part.checkVisibility()).map(part => part.id || part.className)";

/// The largest position along the lines that are drawn, in parts of the plot's width.
const REACH: &str = "(() => { const plot = document.querySelector('[data-chart=lesson-share] .plot');
    const area = plot.querySelector('.area').getBBox();
    const ends = [...plot.querySelectorAll('.curves polyline, .curves polygon')].flatMap(line => [...line.points].map(point => point.x));
    return (Math.max(area.x, ...ends) - area.x) / area.width; })()";

/// Texts that a change of what is shown makes for the charts, and those that can be seen then: as many.
const DRAWN: &str = "(() => { let made = 0; const plain = document.createElementNS;
    document.createElementNS = function (space, tag) { made += tag === 'text'; return plain.call(document, space, tag); };
    [...document.querySelectorAll('.chip')].at(-1).click();
    delete document.createElementNS;
    const seen = [...document.querySelectorAll('.plot')].filter(plot => plot.clientWidth > 0).flatMap(plot => [...plot.querySelectorAll('svg text')]);
    return [made, seen.length]; })()";

fn next(browser: &mut Browser) {
    browser.value("document.querySelector('#steps .next').click()");
    browser.settle();
}

#[test]
#[ignore = "needs Chromium"]
fn a_lesson_goes_step_by_step_and_shows_nothing_of_the_future() {
    let folder = tempfile::tempdir().expect("a folder for the runs");
    let page = page(&folder, "course/06-the-loop-and-the-latecomer", &[]);
    let mut browser = Browser::start();
    browser.open(&page, WINDOWS[1]);
    assert_eq!(browser.value(SEEN), json!(["question"]));
    // votes are counted by button and by number
    browser.value("document.querySelectorAll('#question .hands button')[1].click()");
    browser.value("(() => { const third = document.querySelectorAll('#question .hands input')[2]; third.value = 3; third.dispatchEvent(new Event('input')); })()");
    let voters = browser.value("document.querySelector('.voters').textContent");
    assert_eq!(voters, json!("4 votes"));
    next(&mut browser);
    assert_eq!(browser.value(SEEN), json!(["run"]));
    let reach = |browser: &mut Browser| browser.value(REACH).as_f64().expect("a number");
    assert!(reach(&mut browser) < 0.01);
    slide(&mut browser, 100);
    let until = reach(&mut browser);
    assert!((until - 100.0 / 299.0).abs() < 0.01, "{until}");
    let drawn = browser.value(DRAWN);
    assert!(drawn[0] == drawn[1] && drawn[0] != json!(0), "{drawn}");
    // the numbers end there too, and so do the names of the lines
    browser.value("document.querySelector('[data-chart=lesson-share] details').open = true");
    browser.settle();
    let last = browser.value(
        "document.querySelector('[data-chart=lesson-share] tbody tr:last-child th').textContent",
    );
    assert_eq!(last, json!("100"));
    assert_eq!(browser.value("location.hash"), json!("#run"));
    next(&mut browser);
    assert_eq!(browser.value(SEEN), json!(["look", "run", "pictures"]));
    assert!((reach(&mut browser) - 1.0).abs() < 0.01);
    next(&mut browser);
    assert_eq!(browser.value(SEEN), json!(["answer"]));
    let counts = browser
        .value("[...document.querySelectorAll('#answer .count')].map(count => count.textContent)");
    assert_eq!(counts, json!(["25%", "0%", "75%"]));
    for number in 1..=3 {
        next(&mut browser);
        assert_eq!(browser.value(SEEN), json!([format!("change-{number}")]));
        let charts = format!(
            "[...document.querySelectorAll('#change-{number} .plot')].map(plot => plot.querySelectorAll('.line').length)"
        );
        assert_eq!(browser.value(&charts), json!([2, 2]));
    }
    next(&mut browser);
    let all = browser.value(SEEN);
    assert_eq!(all.as_array().map(Vec::len), Some(9), "{all}");
    // a presenter's remote control goes back
    browser.value(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'PageUp', bubbles: true}))",
    );
    browser.settle();
    assert_eq!(browser.value(SEEN), json!(["change-3"]));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium"]
fn lessons_fit_every_window_in_light_and_dark_and_on_paper() {
    let folder = tempfile::tempdir().expect("a folder for the runs");
    let mut browser = Browser::start();
    for (lesson, language) in [
        ("03-the-journey", "es"),
        ("01-one-firm-learns", "nl"),
        ("11-what-is-at-stake", "en"),
    ] {
        let page = page(
            &folder,
            &format!("course/{lesson}"),
            &["--language", language],
        );
        for theme in ["light", "dark"] {
            let media = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
            browser.order("Emulation.setEmulatedMedia", media);
            for (width, height) in WINDOWS {
                browser.open(&page, (width, height));
                for step in ["question", "run", "look", "answer", "change-1", "whole"] {
                    browser.value(&format!(
                        "document.querySelector('[data-to=\"{step}\"]').click()"
                    ));
                    browser.settle();
                    if step == "run" {
                        slide(&mut browser, 40);
                    }
                    let place = format!("{lesson} in {theme} at {width}, {step}");
                    let beyond = browser.value(BEYOND);
                    assert_eq!(beyond, json!([]), "{place}");
                    assert_eq!(browser.value(CLIPPED), json!([]), "{place}");
                    picture(&mut browser, &format!("{lesson}-{step}-{theme}-{width}"));
                }
            }
        }
        print(&mut browser, lesson);
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{lesson}");
    }
}
