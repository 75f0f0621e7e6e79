//! Nothing that is sent ends the lab: values of every kind where others are asked for, requests that are changed at random, and
//! bytes that are no request.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Served, routes, which};
use crate::Place;

/// A question for each route, as a page would ask it.
fn questions() -> Vec<(&'static str, Value)> {
    let change = json!([["firms.coach.price", 0.4]]);
    let question =
        json!({"which": which(), "page": "p", "before": [], "after": change, "has_before": false});
    let picture =
        json!({"which": which(), "page": "p", "changes": change, "kind": "wheel", "firm": "coach"});
    let decide = json!({"round": 0, "team": "coach", "experience": "coach-behavior", "price": 0.4});
    vec![
        ("/api/lab", json!({})),
        ("/api/join", json!({"code": "ABCDEF"})),
        (
            "/api/room",
            json!({"scenario": 0, "show": {"changes": change, "revealed": true}}),
        ),
        ("/api/alive", json!({})),
        ("/api/market", which()),
        ("/api/question", question),
        ("/api/picture", picture),
        ("/api/lesson", json!({"which": which(), "page": "p"})),
        ("/api/play", json!({"scenario": 0, "decide": decide})),
        ("/api/play", json!({"scenario": 0, "play": 0})),
        ("/api/debrief", json!({"which": which(), "page": "p"})),
        (
            "/api/save",
            json!({"which": which(), "changes": change, "name": "x", "replace": true}),
        ),
    ]
}

/// Values that are asked for nowhere, or too much of what is.
fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0.5),
        json!(1e308),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("x"),
        json!("../../etc/passwd"),
        json!("[firms]\nname = \""),
        json!("é\u{0}\u{202e}\"'<script>"),
        json!("x".repeat(5000)),
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
    ]
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// A question with another value somewhere in it, less of it, or more.
fn changed(question: &Value, dice: &mut Dice) -> Value {
    let mut whole = question.clone();
    change(&mut whole, dice);
    whole
}

fn change(part: &mut Value, dice: &mut Dice) {
    let goes_deeper = dice.below(3) > 0;
    let within = match part {
        Value::Object(keys) if goes_deeper => {
            let position = dice.below(keys.len());
            keys.values_mut().nth(position)
        }
        Value::Array(items) if goes_deeper => {
            let position = dice.below(items.len());
            items.get_mut(position)
        }
        _ => None,
    };
    if let Some(within) = within {
        return change(within, dice);
    }
    let values = values();
    let value = values[dice.below(values.len())].clone();
    match (part, dice.below(3)) {
        (Value::Object(keys), 0) => {
            let first = keys.keys().next().cloned();
            first.and_then(|key| keys.remove(&key));
        }
        (Value::Object(keys), 1) => {
            keys.insert("more".to_owned(), value);
        }
        (Value::Array(items), 1) => items.push(value),
        (part, _) => *part = value,
    }
}

/// Sends a body until the lab has time for it; whatever it says, it is an answer.
fn answered(lab: &Served, path: &str, body: &str) {
    for _ in 0..40 {
        let (status, text) = lab.request(&format!("POST {path}"), &[], body);
        if status != 429 {
            let answers = [200, 400, 403, 404, 409, 413, 422];
            assert!(answers.contains(&status), "{path} {body:.300}: {text:.500}");
            assert!(
                !text.contains("defect of the program"),
                "{path} {body:.300}: {text:.500}"
            );
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("{path} is never answered");
}

#[test]
fn nothing_that_is_sent_ends_it() {
    let place = Place::with_market();
    let rules = "\n[play]\nround = 5\n";
    place.write(
        "market.toml",
        &format!("{}{rules}", place.read("market.toml")),
    );
    let lab = Served::start(
        &place,
        "market.toml --replicates 2 --set populations.everyone.customers=20",
    );
    let questions = questions();
    for path in routes() {
        assert!(questions.iter().any(|(known, _)| *known == path), "{path}");
    }
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for (path, question) in &questions {
        answered(&lab, path, &question.to_string());
        for _ in 0..30 {
            answered(&lab, path, &changed(question, &mut dice).to_string());
        }
        // cut off, and with a byte that is another one
        let text = question.to_string();
        for _ in 0..8 {
            answered(&lab, path, &text[..dice.below(text.len())]);
            let mut bytes = text.clone().into_bytes();
            let place = dice.below(bytes.len());
            bytes[place] = b'!' + (dice.below(90) as u8);
            answered(&lab, path, &String::from_utf8_lossy(&bytes));
        }
        for body in [
            "",
            "{",
            "\u{0}",
            "[[[[",
            "[firms]\nname = \"",
            &"[".repeat(5000),
        ] {
            answered(&lab, path, body);
        }
    }
    assert_eq!(
        lab.frames(&json!([]), &json!([])).len(),
        1,
        "it still answers"
    );
    let kept = place
        .names("")
        .into_iter()
        .filter(|name| !name.starts_with('x'));
    assert_eq!(kept.collect::<Vec<_>>(), ["market.toml"]);
}

#[test]
fn requests_that_break_off_and_bytes_that_are_none_are_nothing_to_it() {
    let place = Place::with_market();
    let lab = Served::start(&place, "market.toml --replicates 2");
    let send = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(("127.0.0.1", lab.port)).expect("it listens");
        let _ = stream.write_all(bytes);
    };
    for bytes in [
        &b"\0\xff\xfe"[..],
        b"GET",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/lab HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST /api/lab HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST /api/lab HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n",
        b"GET /%00%ff/../.. HTTP/1.1\r\n\r\n",
    ] {
        send(bytes);
    }
    // a good request, broken off at every tenth byte
    let body =
        json!({"which": which(), "page": "p", "before": [], "after": [], "has_before": false})
            .to_string();
    let whole = format!(
        "POST /api/question HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        lab.port,
        lab.key,
        body.len()
    );
    for end in (0..whole.len()).step_by(10) {
        send(&whole.as_bytes()[..end]);
    }
    let header = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    send(header.as_bytes());
    assert_eq!(
        lab.frames(&json!([]), &json!([])).len(),
        1,
        "it still answers"
    );
}
