//! Many pages at once.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Served, which};
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
