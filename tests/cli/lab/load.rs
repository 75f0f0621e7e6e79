//! Many pages at once.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{ELSEWHERE, Served, which};
use crate::Place;

#[test]
fn sixty_pages_at_once_lose_nothing() {
    let place = Place::with_market();
    let lab = Served::start(
        &place,
        "market.toml --set simulation.periods=8 --replicates 5",
    );
    let ask = |page: u32, after: Value| {
        let body = json!({"which": which(), "page": format!("page-{page}"), "before": [], "after": after, "has_before": false});
        lab.request("POST /api/question", &[], &body.to_string())
    };
    std::thread::scope(|scope| {
        let pages: Vec<_> = (0..60)
            .map(|page| {
                let ask = &ask;
                scope.spawn(move || {
                    for round in 0..3 {
                        let awareness = f64::from(10 + (7 * page + round) % 80) / 100.0;
                        let after = json!([["populations.everyone.awareness", awareness]]);
                        // more at once than there may be are told to wait
                        let (status, text) = loop {
                            let (status, text) = ask(page, after.clone());
                            if status != 429 {
                                break (status, text);
                            }
                            std::thread::sleep(Duration::from_millis(300));
                        };
                        assert_eq!(status, 200, "{text}");
                        assert!(
                            text.contains("\"done\":5,\"of\":5"),
                            "page {page}: {text:.200}"
                        );
                    }
                })
            })
            .collect();
        for page in pages {
            page.join().expect("every page is answered");
        }
    });
}

/// Kilobytes of memory that a process holds.
fn memory(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    number.expect("a number")
}

/// Most kilobytes that a lab of a small market may hold: what it remembers of markets, and as much again.
const MOST_MEMORY: u64 = 256 << 10;

/// 60 who joined, each of whom moves a slider, looks at the answer, and moves it again; half of the places are new to the lab. Runs
/// for a minute, or for `LAB_LOAD_SECONDS`, and prints how it went.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a minute"]
fn a_class_of_sixty_for_a_minute_loses_nothing() {
    let seconds =
        std::env::var("LAB_LOAD_SECONDS").map_or(60, |text| text.parse().expect("seconds"));
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --share 127.0.0.2 --replicates 20");
    let keys: Vec<String> = (0..60).map(|_| lab.join()).collect();
    let (times, waited) = (Mutex::new(Vec::new()), Mutex::new(0_u32));
    let start = Instant::now();
    let end = Duration::from_secs(seconds);
    let mut held = Vec::new();
    std::thread::scope(|scope| {
        for (number, key) in keys.iter().enumerate() {
            let (lab, times, waited) = (&lab, &times, &waited);
            scope.spawn(move || {
                let bearer = format!("Bearer {key}");
                for round in 0_u32.. {
                    if start.elapsed() > end {
                        return;
                    }
                    let known = f64::from(round % 20) / 20.0;
                    let new = (f64::from(round) * 0.000_7 + number as f64 * 0.016_1) % 1.0;
                    let awareness = if round % 2 == 0 { known } else { new };
                    let body = json!({"which": which(), "page": format!("page-{number}"), "before": [],
                        "after": [["populations.everyone.awareness", awareness]], "has_before": false});
                    let asked = Instant::now();
                    let changed = [("Authorization", bearer.as_str())];
                    let line = "POST /api/question";
                    let (status, text) = lab.request_to(ELSEWHERE, line, &changed, &body.to_string());
                    if status == 429 {
                        *waited.lock().expect("no panic") += 1;
                        std::thread::sleep(Duration::from_millis(200));
                        continue;
                    }
                    assert_eq!(status, 200, "{text:.300}");
                    assert!(text.contains("\"done\":20,\"of\":20"), "an answer without its end: {text:.300}");
                    times.lock().expect("no panic").push(asked.elapsed().as_secs_f64() * 1000.0);
                    let (status, told) = lab.post_elsewhere("/api/room", key, &json!({"scenario": 0}));
                    assert!(status == 200 || status == 429, "{told}");
                }
            });
        }
        while start.elapsed() < end {
            std::thread::sleep(end / 6);
            held.push(memory(lab.process.id()));
        }
    });
    let mut times = times.into_inner().expect("no panic");
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!(
        "{} answers in {seconds} s, none lost; {} told to wait; median {:.0} ms, 95 % within {:.0} ms; kilobytes held, at sixths: {held:?}",
        times.len(),
        waited.into_inner().expect("no panic"),
        at(0.5),
        at(0.95)
    );
    assert!(times.len() > 60, "everybody is answered");
    assert!(
        held.iter().all(|kilobytes| *kilobytes < MOST_MEMORY),
        "{held:?}"
    );
}
