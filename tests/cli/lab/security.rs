//! Who may ask, what for, and that nothing that is sent ends the lab.

use serde_json::{Value, json};

use super::{Served, routes, which};
use crate::Place;

#[test]
fn only_its_own_page_with_its_key_is_answered() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml");
    let ok = ("POST /api/lab", "{}");
    assert_eq!(lab.request(ok.0, &[], ok.1).0, 200);
    for (header, value, status) in [
        ("Host", "evil.example", 421),
        ("Host", "", 400),
        ("Host", "127.0.0.1:1", 421),
        ("Origin", "http://evil.example", 403),
        ("Origin", "null", 403),
        ("Sec-Fetch-Site", "cross-site", 403),
        ("Sec-Fetch-Site", "same-site", 403),
        ("Authorization", "", 401),
        ("Authorization", "Bearer 0000", 401),
        ("Content-Type", "application/x-www-form-urlencoded", 415),
        ("Content-Type", "multipart/form-data", 415),
        ("Content-Type", "text/plain", 415),
        ("Content-Type", "", 415),
    ] {
        let check = |method: &str, path: &str, status: u16| {
            let line = format!("{method} {path}");
            let found = lab.request(&line, &[(header, value)], "{}").0;
            // without a host either of the two may be said
            let expected = if status == 400 {
                [400, 421]
            } else {
                [status, status]
            };
            assert!(
                expected.contains(&found),
                "{path} with {header}: {value} gives {found}"
            );
        };
        let is_of_api = status == 401 || status == 415;
        // every route looks at who asks first, those that there are not included
        for path in routes().into_iter().chain(["/api/none"]) {
            check("POST", path, status);
        }
        for path in files().iter().chain(&["/none".to_owned()]) {
            let missing = if *path == "/none" { 404 } else { 200 };
            check("GET", path, if is_of_api { missing } else { status });
        }
    }
    // what other ways there are to send something
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "GET", "HEAD"] {
        for path in ["/api/save", "/api/play", "/api/none"] {
            let found = lab.request(&format!("{method} {path}"), &[], "{}").0;
            assert_eq!(found, 405, "{method} {path}");
        }
    }
    assert_eq!(lab.request("POST /", &[], "{}").0, 405);
}

/// All files of the page.
fn files() -> Vec<String> {
    let page = include_str!("../../../src/lab/page.rs");
    let modules = page.split("include_str!(\"script/").skip(1);
    let modules = modules.filter_map(|piece| piece.split('"').next());
    let modules = modules.map(|name| format!("/lab/{name}"));
    let others = ["/", "/style.css", "/report/base.js"].map(str::to_owned);
    let files: Vec<String> = modules.chain(others).collect();
    assert!(files.len() > 10, "{files:?}");
    files
}

#[test]
fn every_answer_keeps_the_page_to_itself() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml");
    // what is refused has them as well
    let lines = files().into_iter().map(|file| format!("GET {file}"));
    let lines = lines.chain(routes().into_iter().map(|path| format!("POST {path}")));
    for line in lines.chain(["GET /none".to_owned(), "POST /api/none".to_owned()]) {
        let (found, text) = lab.request(&line, &[], "[]");
        assert!([200, 400, 404].contains(&found), "{line}: {found}");
        let text = text.to_lowercase();
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "cross-origin-resource-policy: same-origin",
            "referrer-policy: no-referrer",
        ] {
            assert!(text.contains(header), "{line} lacks {header}");
        }
        assert!(
            !text.contains("unsafe-inline") && !text.contains("access-control-allow"),
            "{line}"
        );
        assert!(!text.contains(&lab.key), "the page does not hold the key");
    }
}

#[test]
fn files_are_written_by_save_only_and_never_over_another_unasked() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml");
    let save = |name: &str, replace: bool, changes: Value| {
        lab.post(
            "/api/save",
            &json!({"which": which(), "changes": changes, "name": name, "replace": replace}),
        )
    };
    let before = place.read("market.toml");
    assert_eq!(
        save("market", false, json!([])),
        (409, json!({"exists": "market.toml"}))
    );
    assert_eq!(place.read("market.toml"), before);
    for name in ["../market", "a/b", "", ".", "market.toml", "/tmp/x"] {
        assert_eq!(save(name, true, json!([])).0, 422, "{name}");
    }
    assert_eq!(
        save("other", false, json!([["firms.coach.price", 99]])).0,
        200
    );
    assert_eq!(
        save("bad", false, json!([["populations.everyone.awareness", 7]])).0,
        422
    );
    assert_eq!(place.names(""), ["market.toml", "other.toml"]);
    assert_eq!(save("market", true, json!([])).0, 200);
    assert!(
        place.read("market.toml").contains("awareness = 0.6"),
        "complete, with every default"
    );
}

#[test]
fn what_pages_may_ask_for_has_limits() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml");
    let ask = |after: Value| {
        lab.post("/api/question", &json!({"which": which(), "page": "p", "before": [], "after": after, "has_before": false}))
    };
    for (key, value) in [
        ("simulation.replicates", json!(1_000_000)),
        ("simulation.periods", json!(1_000_000)),
        ("populations.everyone.customers", json!(4_000_000_000_u32)),
        ("firms.coach.assortment", json!(10_000_000)),
    ] {
        let (status, told) = ask(json!([[key, value]]));
        assert_eq!(status, 422, "{key}: {told}");
        assert!(told["problem"].is_string(), "{key}: {told}");
    }
    let large = format!("{{\"x\":\"{}\"}}", "x".repeat(100_000));
    assert_eq!(lab.request("POST /api/lab", &[], &large).0, 413);
    let (status, told) = ask(json!([["populations.everyone.awareness", 2]]));
    assert_eq!(status, 422);
    assert!(
        told["problem"]
            .as_str()
            .is_some_and(|words| words.contains("from 0 to 1")),
        "{told}"
    );
}
