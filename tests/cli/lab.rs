//! The lab as a server: who may ask, what it answers, and that its figures are those of a run. Spoken to over a plain socket, as
//! a program would that is no browser and keeps to no rules.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::Place;

/// A lab of the small market; it ends with the test.
pub struct Served {
    process: Child,
    pub address: String,
    port: u16,
    key: String,
}

impl Served {
    /// Starts the lab in a folder.
    pub fn start(place: &Place, arguments: &str) -> Self {
        let mut process = std::process::Command::new(env!("CARGO_BIN_EXE_flywheel"))
            .current_dir(place.path(""))
            .args(["lab", "--no-open"])
            .args(arguments.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let stdout = process.stdout.take().expect("a pipe");
        let mut address = String::new();
        let read = BufReader::new(stdout).read_line(&mut address);
        read.expect("an address");
        let address = address.trim().to_owned();
        let (place, key) = address.split_once("/#key=").expect("a key");
        let port = place.rsplit(':').next().and_then(|port| port.parse().ok());
        Self {
            process,
            port: port.expect("a port"),
            key: key.to_owned(),
            address,
        }
    }

    /// Sends bytes as they are, and gives the status and all that came back.
    fn raw(&self, request: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time limit");
        // a server that refuses early may close before all is sent
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let text = String::from_utf8_lossy(&answer).into_owned();
        let status = text
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        (status.unwrap_or(0), text)
    }

    /// Sends a request with headers that may be replaced, or left out where they are empty.
    fn request(&self, line: &str, changed: &[(&str, &str)], body: &str) -> (u16, String) {
        let host = format!("127.0.0.1:{}", self.port);
        let usual = [
            ("Host", host.clone()),
            ("Origin", format!("http://{host}")),
            ("Sec-Fetch-Site", "same-origin".to_owned()),
            ("Authorization", format!("Bearer {}", self.key)),
            ("Content-Type", "application/json".to_owned()),
        ];
        let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in &usual {
            let other = changed.iter().find(|(changed, _)| changed == name);
            let value = other.map_or(value.as_str(), |(_, value)| value);
            if !value.is_empty() {
                request += &format!("{name}: {value}\r\n");
            }
        }
        request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.raw(request.as_bytes())
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let (status, text) = self.request(&format!("POST {path}"), &[], &body.to_string());
        let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        (status, serde_json::from_str(body).unwrap_or_default())
    }

    /// The frames of an answer, and what it says that is wrong.
    fn frames(&self, before: &Value, after: &Value) -> Vec<Value> {
        let body = json!({"which": {"scenario": 0, "language": "en"}, "page": "test", "before": before, "after": after, "has_before": false});
        let (status, text) = self.request("POST /api/question", &[], &body.to_string());
        assert_eq!(status, 200, "{text}");
        let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
        data.map(|data| serde_json::from_str(data).expect("JSON"))
            .collect()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn which() -> Value {
    json!({"scenario": 0, "language": "en"})
}

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
        let own = |line: &str| lab.request(line, &[(header, value)], "{}").0;
        let is_of_api = status == 401 || status == 415;
        // every route looks at who asks first, those that there are not included
        for path in [
            "/api/lab",
            "/api/market",
            "/api/question",
            "/api/picture",
            "/api/save",
            "/api/alive",
            "/api/none",
        ] {
            let found = own(&format!("POST {path}"));
            let expected = if status == 400 {
                [400, 421]
            } else {
                [status, status]
            };
            assert!(
                expected.contains(&found),
                "{path} with {header}: {value} gives {found}"
            );
        }
        for path in [
            "/",
            "/style.css",
            "/lab/main.js",
            "/report/base.js",
            "/none",
        ] {
            let found = own(&format!("GET {path}"));
            let missing = if path == "/none" { 404 } else { 200 };
            let expected = if is_of_api {
                [missing, missing]
            } else if status == 400 {
                [400, 421]
            } else {
                [status, status]
            };
            assert!(
                expected.contains(&found),
                "{path} with {header}: {value} gives {found}"
            );
        }
    }
    // what other ways there are to send something
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "GET", "HEAD"] {
        assert_eq!(
            lab.request(&format!("{method} /api/save"), &[], "{}").0,
            405,
            "{method}"
        );
    }
    assert_eq!(lab.request("POST /", &[], "{}").0, 405);
}

#[test]
fn every_answer_keeps_the_page_to_itself() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml");
    for (line, status) in [
        ("GET /", 200),
        ("GET /lab/main.js", 200),
        ("GET /none", 404),
        ("POST /api/none", 404),
    ] {
        let (found, text) = lab.request(line, &[], "{}");
        assert_eq!(found, status, "{line}");
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
fn figures_are_those_of_a_run_of_what_is_saved() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml");
    let changes = json!([
        ["firms.coach.price", 0.45],
        ["populations.everyone.awareness", 0.3],
        ["simulation.replicates", 6]
    ]);
    let frames = lab.frames(&json!([]), &changes);
    let done: Vec<&Value> = frames.iter().map(|frame| &frame["done"]).collect();
    assert_eq!(done, [4, 6]);
    let save = json!({"which": which(), "changes": changes, "name": "dearer", "replace": false});
    assert_eq!(
        lab.post("/api/save", &save),
        (200, json!({"file": "dearer.toml"}))
    );
    place
        .flywheel("run dearer.toml -q --charts none")
        .ends(0)
        .silent();
    let rows = place.read("output/dearer/summary.csv");
    let mut lines = rows.lines();
    let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
    let column = |name: &str| head.iter().position(|own| *own == name).expect("a column");
    let places = ["firm", "quantity", "mean", "low", "high"].map(column);
    let mut compared = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let [firm, quantity, mean, low, high] = places.map(|place| cells[place]);
        let all = frames[1]["summary"].as_array().expect("firms");
        let of = all
            .iter()
            .find(|one| one["firm"] == firm)
            .expect("the firm");
        let figures = of["figures"].as_array().expect("figures");
        // the lab does not say in what part of the markets a firm leads
        let Some(own) = figures.iter().find(|figure| figure[0] == quantity) else {
            continue;
        };
        for (position, cell) in [mean, low, high].into_iter().enumerate() {
            let (own, expected) = (own[position + 1].as_f64(), cell.parse::<f64>().ok());
            // the reader of JSON here, unlike that of browsers, may be off by the last bit
            let equal = match (own, expected) {
                (Some(own), Some(expected)) => own.to_bits().abs_diff(expected.to_bits()) <= 1,
                (own, expected) => own == expected,
            };
            assert!(equal, "{firm} {quantity}: {own:?} is not {expected:?}");
        }
        compared += 1;
    }
    assert_eq!(compared, 16);
    // the same scenario, saved without the lab's changes of words, is the one that was shown
    let saved = place.read("dearer.toml");
    assert!(
        saved.contains("name = \"dearer\"") && saved.contains("price = 0.45"),
        "{saved}"
    );
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

#[test]
fn nothing_that_is_sent_ends_it() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml");
    let values = [
        json!(null),
        json!(-1),
        json!(1e308),
        json!(u64::MAX),
        json!("x"),
        json!([]),
        json!({}),
        json!([[]]),
        json!([["firms.coach.price"]]),
        json!([["firms.coach.price", {"rule": "x"}]]),
        json!([["firms.coach.price", -1e308]]),
        json!([["", ""]]),
        json!([["firms.*.*", 1]]),
        json!([["firms.coach.price", 0.1], ["firms.coach.price", 0.2]]),
        json!([["simulation.periods", 0]]),
        json!([["a.b.c.d.e.f.g.h.i.j", 1]]),
    ];
    let bodies = |path: &str| -> Vec<String> {
        let whole = |value: &Value| match path {
            "/api/save" => vec![
                json!({"which": which(), "changes": value, "name": "x", "replace": true}),
                json!({"which": value, "changes": [], "name": "x", "replace": true}),
                json!({"which": which(), "changes": [], "name": value, "replace": value}),
            ],
            "/api/question" => vec![
                json!({"which": which(), "page": "p", "before": [], "after": value, "has_before": true}),
                json!({"which": which(), "page": "p", "before": value, "after": [], "has_before": false}),
                json!({"which": {"scenario": value, "language": "en"}, "page": "p", "before": [], "after": [], "has_before": false}),
                json!({"which": {"scenario": 0, "language": value}, "page": value, "before": [], "after": [], "has_before": false}),
            ],
            "/api/picture" => vec![
                json!({"which": which(), "page": "p", "changes": value, "kind": "fates", "firm": ""}),
                json!({"which": which(), "page": "p", "changes": [], "kind": value, "firm": "coach"}),
                json!({"which": which(), "page": "p", "changes": [], "kind": "sources", "firm": value}),
            ],
            _ => vec![value.clone(), json!({"scenario": value, "language": "en"})],
        };
        values
            .iter()
            .flat_map(whole)
            .map(|body| body.to_string())
            .collect()
    };
    for path in [
        "/api/question",
        "/api/picture",
        "/api/save",
        "/api/market",
        "/api/lab",
    ] {
        for body in bodies(path) {
            let (status, text) = lab.request(&format!("POST {path}"), &[], &body);
            assert!(
                [200, 400, 404, 409, 422, 429].contains(&status),
                "{path} {body}: {text}"
            );
            if status == 429 {
                std::thread::sleep(Duration::from_millis(500));
            }
        }
        for body in [
            "",
            "{",
            "\u{0}",
            "[[[[",
            "[firms]\nname = \"",
            &"[".repeat(5000),
        ] {
            let (status, text) = lab.request(&format!("POST {path}"), &[], body);
            assert!([400, 429].contains(&status), "{path} {body:.20}: {text}");
        }
    }
    for bytes in [
        &b"\0\xff\xfe"[..],
        b"GET",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/lab HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"GET /%00%ff/../.. HTTP/1.1\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(("127.0.0.1", lab.port)).expect("it listens");
        let _ = stream.write_all(bytes);
    }
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(
        lab.frames(&json!([]), &json!([])).len(),
        1,
        "it still answers"
    );
    let kept: Vec<String> = place
        .names("")
        .into_iter()
        .filter(|name| name != "x.toml")
        .collect();
    assert_eq!(kept, ["market.toml"]);
}

#[test]
fn a_question_that_nobody_waits_for_is_given_up() {
    let place = Place::with_market();
    // of this market a replicate takes far longer than the test
    let lab = Served::start(
        &place,
        "market.toml --threads 1 --set populations.everyone.customers=100000 --set simulation.periods=5000 --replicates 2",
    );
    let body = |page: &str, after: Value| {
        json!({"which": which(), "page": page, "before": after, "after": after, "has_before": false}).to_string()
    };
    let long = body("p", json!([]));
    let host = format!("127.0.0.1:{}", lab.port);
    let request = format!(
        "POST /api/question HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{long}",
        lab.key,
        long.len()
    );
    // one whose page goes away, one whose page asks something else
    let mut gone = TcpStream::connect(("127.0.0.1", lab.port)).expect("it listens");
    gone.write_all(request.as_bytes()).expect("it listens");
    std::thread::sleep(Duration::from_millis(300));
    drop(gone);
    let mut other = TcpStream::connect(("127.0.0.1", lab.port)).expect("it listens");
    other.write_all(request.as_bytes()).expect("it listens");
    std::thread::sleep(Duration::from_millis(300));
    let short = body(
        "p",
        json!([
            ["populations.everyone.customers", 50],
            ["simulation.periods", 5]
        ]),
    );
    let (status, text) = lab.request("POST /api/question", &[], &short);
    assert_eq!(status, 200);
    assert!(text.contains("\"done\":2,\"of\":2"), "{text:.300}");
}

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

/// A request from another machine, as it were, to the address at which others join.
fn from_elsewhere(lab: &Served, path: &str, key: &str, body: &Value) -> (u16, Value) {
    let (host, body) = (format!("127.0.0.2:{}", lab.port), body.to_string());
    let request = format!(
        "POST {path} HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\nOrigin: http://{host}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream =
        TcpStream::connect((Ipv4Addr::new(127, 0, 0, 2), lab.port)).expect("it listens");
    stream.write_all(request.as_bytes()).expect("it listens");
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (
        status.unwrap_or(0),
        serde_json::from_str(body).unwrap_or_default(),
    )
}

#[cfg(target_os = "linux")]
#[test]
fn a_class_joins_votes_and_follows_but_neither_saves_nor_shows() {
    let place = Place::empty();
    let lesson = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/scenarios/course/04-needs-that-go-unnoticed.toml"
    );
    let lab = Served::start(
        &place,
        &format!(
            "{lesson} --share 127.0.0.2 --replicates 2 --set populations.*.customers=50 --set simulation.periods=5"
        ),
    );
    let (_, told) = lab.post("/api/lab", &json!({}));
    let code = told["room"]["code"].as_str().expect("a code").to_owned();
    assert_eq!((told["role"].as_str(), code.len()), (Some("teacher"), 6));
    let there = |path: &str, key: &str, body: Value| from_elsewhere(&lab, path, key, &body);
    // without the code, and with the teacher's key, nobody comes in
    assert_eq!(there("/api/lab", "", json!({})).0, 401);
    assert_eq!(there("/api/lab", &lab.key, json!({})).0, 401);
    assert_eq!(there("/api/join", "", json!({"code": "AAAAAA"})).0, 403);
    let key = |number: u32| {
        let (status, told) = there("/api/join", "", json!({"code": code.to_lowercase()}));
        assert_eq!(status, 200, "number {number}");
        told["key"].as_str().expect("a key").to_owned()
    };
    let keys: Vec<String> = (0..3).map(key).collect();
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
        .flywheel(&format!("lab {lesson} --no-open --share 0.0.0.0"))
        .ends(2)
        .says(&["--share takes the one address"]);
    place
        .flywheel(&format!("lab {lesson} --no-open --share 203.0.113.9"))
        .ends(2)
        .says(&["203.0.113.9"]);
}

#[test]
fn a_folder_makes_a_menu_and_no_scenario_the_flagship() {
    let place = Place::with_market();
    place.write(
        "two/b.toml",
        &super::MARKET.replace("A shop and a coach", "B"),
    );
    place.write("two/a.toml", super::MARKET);
    let lab = Served::start(&place, "two");
    let (_, told) = lab.post("/api/lab", &json!({}));
    assert_eq!(
        told["scenarios"],
        json!([{"name": "a", "title": "A shop and a coach"}, {"name": "b", "title": "B"}])
    );
    assert_eq!(
        lab.post("/api/market", &json!({"scenario": 1, "language": "nl"}))
            .1["name"],
        "b"
    );
    assert_eq!(
        lab.post("/api/market", &json!({"scenario": 2, "language": "nl"}))
            .0,
        404
    );
    drop(lab);
    let flagship = Served::start(&place, "");
    assert_eq!(
        flagship.post("/api/lab", &json!({})).1["scenarios"][0]["name"],
        "flywheel"
    );
    let taken = format!("lab --no-open --port {}", flagship.port);
    place
        .flywheel(&taken)
        .ends(2)
        .says(&["cannot listen at port", "leave out --port"]);
    place
        .flywheel("lab missing.toml --no-open")
        .ends(2)
        .says(&["missing.toml"]);
}

#[test]
fn the_script_computes_what_it_should() {
    let tests = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lab/script/tests");
    let Ok(output) = std::process::Command::new("node")
        .args(["--test", tests])
        .output()
    else {
        return; // no node here: the browser tests use the same script
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("# fail 0"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_as_done() {
    let place = Place::with_market();
    let mut lab = Served::start(&place, "market.toml");
    let id = lab.process.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(sent.is_ok_and(|status| status.success()));
    assert_eq!(lab.process.wait().expect("it ends").code(), Some(0));
}
