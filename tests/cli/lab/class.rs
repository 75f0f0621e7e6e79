//! A class that joins: what those who joined may do, and what not.

use serde_json::{Value, json};

use super::{ELSEWHERE, LESSON, Served, routes, which};
use crate::Place;

#[cfg(target_os = "linux")]
#[test]
fn a_class_joins_votes_and_follows_but_neither_saves_nor_shows() {
    let place = Place::empty();
    let lab = Served::start(
        &place,
        &format!(
            "{LESSON} --share 127.0.0.2 --replicates 2 --set populations.*.customers=50 --set simulation.periods=5"
        ),
    );
    let (_, told) = lab.post("/api/lab", &json!({}));
    assert_eq!(
        (told["role"].as_str(), lab.code().len()),
        (Some("teacher"), 6)
    );
    let there = |path: &str, key: &str, body: Value| lab.post_elsewhere(path, key, &body);
    // without the code, and with the teacher's key, nobody comes in
    assert_eq!(there("/api/lab", "", json!({})).0, 401);
    assert_eq!(there("/api/lab", &lab.key, json!({})).0, 401);
    assert_eq!(there("/api/join", "", json!({"code": "AAAAAA"})).0, 403);
    let keys: Vec<String> = (0..3).map(|_| lab.join()).collect();
    let (_, told) = there("/api/lab", &keys[0], json!({}));
    assert_eq!(
        (told["role"].as_str(), &told["room"], &told["folder"]),
        (Some("member"), &Value::Null, &json!(""))
    );
    // their own copy of the market is theirs
    let question = json!({"which": which(), "page": "p", "before": [], "after": [["populations.customers.awareness", 0.9]], "has_before": false});
    assert_eq!(there("/api/question", &keys[0], question).0, 200);
    let save = json!({"which": which(), "changes": [], "name": "x", "replace": true});
    assert_eq!(there("/api/save", &keys[0], save).0, 403);
    assert_eq!(
        there(
            "/api/lesson",
            &keys[0],
            json!({"which": which(), "page": "p"})
        )
        .0,
        403
    );
    assert!(place.names("").is_empty());
    // votes are counted, and what is shown is the teacher's
    for (key, answer) in keys.iter().zip([0, 2, 2]) {
        assert_eq!(
            there(
                "/api/room",
                key,
                json!({"scenario": 0, "vote": [0, answer]})
            )
            .0,
            200
        );
    }
    let show = json!({"scenario": 0, "show": {"changes": [["populations.customers.awareness", 0.9]], "revealed": true}});
    let (_, told) = lab.post("/api/room", &show);
    assert_eq!(told, json!({"joined": 3, "votes": [1, 0, 2]}));
    let other = json!({"scenario": 0, "show": {"changes": [], "revealed": false}});
    let (_, told) = there("/api/room", &keys[1], other);
    assert_eq!(
        told["shown"],
        json!({"revision": 1, "scenario": 0, "changes": [["populations.customers.awareness", 0.9]], "revealed": true})
    );
    drop(lab);
    place
        .flywheel(&format!("lab {LESSON} --no-open --share 0.0.0.0"))
        .ends(2)
        .says(&["--share takes the one address"]);
    place
        .flywheel(&format!("lab {LESSON} --no-open --share 203.0.113.9"))
        .ends(2)
        .says(&["203.0.113.9"]);
}

/// What those who joined may ask for.
const OPEN: [&str; 8] = [
    "/api/lab",
    "/api/alive",
    "/api/market",
    "/api/question",
    "/api/picture",
    "/api/room",
    "/api/play",
    "/api/debrief",
];

#[cfg(target_os = "linux")]
#[test]
fn every_route_looks_at_who_comes_post_elsewhere() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --share 127.0.0.2");
    let own = format!("Bearer {}", lab.join());
    let teacher = format!("Bearer {}", lab.key);
    let here = format!("127.0.0.1:{}", lab.port);
    let ask = |path: &str, changed: &[(&str, &str)]| {
        let line = format!("POST {path}");
        lab.request_to(ELSEWHERE, &line, changed, "[]").0
    };
    for path in routes().into_iter().chain(["/api/none"]) {
        let mine = ("Authorization", own.as_str());
        // a body that is no question: whoever may ask is told so
        let expected = match path {
            "/api/join" => 400,
            path if OPEN.contains(&path) => 400,
            _ => 403,
        };
        let found = ask(path, &[mine]);
        assert_eq!(found, expected, "{path} of a member");
        for (header, value, status) in [
            ("Authorization", "", 401),
            ("Authorization", teacher.as_str(), 401),
            ("Authorization", "Bearer 0000", 401),
            ("Host", "evil.example", 421),
            ("Origin", "http://evil.example", 403),
            ("Sec-Fetch-Site", "cross-site", 403),
            ("Content-Type", "text/plain", 415),
        ] {
            let changed = match header {
                "Authorization" => vec![(header, value)],
                _ => vec![mine, (header, value)],
            };
            let found = ask(path, &changed);
            let expected = match (path, header) {
                // the code is asked for in place of a key
                ("/api/join", "Authorization") => 400,
                ("/api/join", "Content-Type") => 415,
                (path, "Content-Type") if !OPEN.contains(&path) => 403,
                _ => status,
            };
            assert_eq!(found, expected, "{path} with {header}: {value}");
        }
        // by the name of this machine's own address, a page of the other one is foreign
        let found = ask(path, &[mine, ("Host", here.as_str())]);
        assert!(found == 403 || found == 421, "{path}: {found}");
    }
}
