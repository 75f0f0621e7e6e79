//! What a page is answered: figures that are those of a run, menus, and work that is given up.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Served, which};
use crate::{MARKET, Place};

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
fn a_folder_makes_a_menu_and_no_scenario_the_flagship() {
    let place = Place::with_market();
    place.write("two/b.toml", &MARKET.replace("A shop and a coach", "B"));
    place.write("two/a.toml", MARKET);
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
