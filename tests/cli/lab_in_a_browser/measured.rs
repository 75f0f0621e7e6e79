//! How fast the page answers, measured in the browser. With `LAB_PROGRAM` naming an optimised program, the market is that of
//! 5,000 customers, 300 periods, 4 firms and 20 replicates, and what the lab promises has to hold.

use serde_json::{Value, json};

use super::{AWARENESS, hand, wait};
use crate::lab::Served;
use crate::report::WINDOWS;
use crate::report::browser::Browser;
use crate::{MARKET, Place};

/// Moves of a slider.
const MOVES: u32 = 15;

/// Moves the slider to a value, and gives the milliseconds until the first frame is drawn, and until the last.
const MOVE: &str = "new Promise((done) => {
    const slider = HAND;
    const start = performance.now();
    let first = 0;
    const drawn = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const watch = new MutationObserver(async () => {
      const [asked, at] = document.body.dataset.answered.split(':');
      if (asked !== document.body.dataset.asked) return;
      const [count, of] = at.split('/');
      await drawn();
      if (!first) first = performance.now() - start;
      if (count === of) { watch.disconnect(); done([first, performance.now() - start]); }
    });
    watch.observe(document.body, { attributeFilter: ['data-answered'] });
    slider.value = VALUE;
    slider.dispatchEvent(new Event('input'));
    slider.dispatchEvent(new Event('change'));
  })";

/// Bytes of the page, and milliseconds until it first showed something.
const LOADED: &str = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource').filter(({ name }) => !name.includes('/api/'))]
    .reduce(([bytes, paint], one) => [bytes + one.encodedBodySize, paint], [0, performance.getEntriesByName('first-contentful-paint')[0].startTime])";

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
#[ignore = "needs Chromium"]
fn a_moved_slider_is_answered_before_the_finger_leaves_it() {
    let is_promised = std::env::var_os("LAB_PROGRAM").is_some();
    let place = Place::empty();
    let more = "[[firms]]\nname = \"curator\"\nexperience = \"curated-offering\"\n\
                [[firms]]\nname = \"butler\"\nexperience = \"automatic-execution\"\n";
    place.write("market.toml", &format!("{MARKET}\n{more}"));
    let size = match is_promised {
        true => {
            "--set populations.everyone.customers=5000 --set simulation.periods=300 --replicates 20"
        }
        false => "--replicates 20",
    };
    let lab = Served::start(&place, &format!("market.toml {size}"));
    let mut browser = Browser::start();
    browser.open_address(&lab.address, WINDOWS[1]);
    wait(&mut browser);
    let loaded = browser.value(LOADED);
    let (bytes, paint) = (number(&loaded[0]), number(&loaded[1]));
    println!("page {bytes} bytes; first paint after {paint:.0} ms");
    let mut times = [Vec::new(), Vec::new()];
    for step in 0..MOVES {
        let value = 0.05 + 0.03 * f64::from(step);
        let moved = MOVE
            .replace("HAND", &hand(AWARENESS))
            .replace("VALUE", &value.to_string());
        let told = browser.value(&moved);
        for (times, time) in times.iter_mut().zip(told.as_array().expect("two")) {
            times.push(number(time));
        }
    }
    let [first, last] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        println!("median {median:.0} ms, worst {worst:.0} ms");
        median
    });
    assert!(bytes > 50_000.0 && bytes <= 400_000.0, "{bytes} bytes");
    assert!(last >= first, "{first} {last}");
    if is_promised {
        assert!(paint <= 1000.0, "first paint after {paint} ms");
        assert!(first <= 150.0, "first frame after {first} ms");
        assert!(last <= 1000.0, "all replicates after {last} ms");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
    assert_eq!(
        browser.value("document.getElementById('problem').hidden"),
        json!(true)
    );
}
