//! A market that teams play: what they decide, what they may not, and that the market as it was played is a scenario of its own.

use serde_json::{Value, json};

use super::Served;
use crate::{MARKET, Place};

/// A lab of the small market with rules: rounds of five periods.
fn served(place: &Place, more: &str) -> Served {
    place.write(
        "play.toml",
        &format!("{MARKET}\n[play]\nround = 5\nhighest_price = 0.6\n"),
    );
    Served::start(
        place,
        &format!("play.toml --replicates 4 --set populations.everyone.customers=60 {more}"),
    )
}

fn decided(round: u32, team: &str, experience: &str, price: f64) -> Value {
    json!({"scenario": 0, "decide": {"round": round, "team": team, "experience": experience, "price": price}})
}

fn after(rounds: u32) -> Value {
    json!({"which": {"scenario": 0, "language": "en", "rounds": rounds}, "page": "p", "before": [], "after": [], "has_before": false})
}

/// The last frame of the market after some rounds.
fn shown(lab: &Served, rounds: u32) -> Value {
    let mut frames = lab.events("/api/question", &after(rounds));
    frames.pop().expect("a frame").1
}

#[test]
fn what_was_played_is_saved_as_a_scenario_that_runs_to_the_same_figures() {
    let place = Place::empty();
    let lab = served(&place, "");
    let play = |body: Value| lab.post("/api/play", &body);
    let (status, told) = play(json!({"scenario": 0}));
    assert_eq!(
        (status, &told["round"], &told["of"]),
        (200, &json!(0), &json!(4))
    );
    assert_eq!(
        lab.post("/api/question", &after(1)).0,
        422,
        "not played yet"
    );
    assert_eq!(
        play(decided(0, "coach", "automatic-execution", 0.25)).0,
        200
    );
    let (_, told) = play(json!({"scenario": 0, "play": 0}));
    assert_eq!(
        (&told["round"], &told["teams"][1]["chosen"]["price"]),
        (&json!(1), &json!(0.25))
    );
    let first = shown(&lab, 1);
    assert_eq!(first["after"]["periods"].as_array().map(Vec::len), Some(5));
    assert_eq!(
        first["standing"]["places"].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(play(decided(1, "shop", "coach-behavior", 0.2)).0, 200);
    play(json!({"scenario": 0, "play": 1}));
    // customers, learning and money go on: the first round is as it was
    let second = shown(&lab, 2);
    let profit = |frame: &Value| -> Vec<Value> {
        let all = frame["after"]["quantities"].as_array().expect("quantities");
        let own = all.iter().find(|one| one["name"] == "cumulative_profit");
        let mean = own.expect("money")["series"][0]["mean"].clone();
        let decimals = own.expect("money")["decimals"].as_f64().expect("a number");
        let number = |value: &Value| {
            let value = value.as_f64().map(|value| value / 10_f64.powf(decimals));
            json!(value.map(|value| (value * 10.0).round()))
        };
        mean.as_array()
            .expect("a line")
            .iter()
            .map(number)
            .collect()
    };
    assert_eq!(profit(&first)[..], profit(&second)[..5]);
    assert_eq!(profit(&second).len(), 10);
    // and what is saved runs to what was shown
    let save = json!({"which": {"scenario": 0, "language": "en", "rounds": 2}, "changes": [], "name": "two-rounds", "replace": false});
    assert_eq!(lab.post("/api/save", &save).0, 200);
    place
        .flywheel("run two-rounds.toml -q --charts none")
        .ends(0)
        .silent();
    let rows = place.read("output/two-rounds/summary.csv");
    let row = rows
        .lines()
        .find(|row| row.starts_with("coach,cumulative_profit,"));
    let mean: f64 = row
        .and_then(|row| row.split(',').nth(2)?.parse().ok())
        .expect("a mean");
    let places = second["standing"]["places"].as_array().expect("places");
    let own = places
        .iter()
        .find(|place| place["firm"] == "coach")
        .expect("the coach");
    let shown = own["mean"].as_f64().expect("a mean");
    assert!(
        shown.to_bits().abs_diff(mean.to_bits()) <= 1,
        "{shown} is not {mean}"
    );
    assert!(
        place
            .read("two-rounds.toml")
            .contains("\"firms.shop.price\" = 0.2")
    );
}

#[test]
fn rounds_go_by_the_rules_and_end_with_a_debrief() {
    let place = Place::empty();
    let lab = served(&place, "");
    let play = |body: Value| lab.post("/api/play", &body).0;
    for (wrong, status) in [
        (decided(1, "coach", "coach-behavior", 0.2), 409),
        (decided(0, "nobody", "coach-behavior", 0.2), 422),
        (decided(0, "coach", "telepathy", 0.2), 422),
        (decided(0, "coach", "coach-behavior", 0.7), 422),
        (json!({"scenario": 0, "play": 1}), 409),
        (json!({"scenario": 1}), 404),
        (json!({"scenario": 0, "sit": "coach"}), 403),
    ] {
        assert_eq!(play(wrong.clone()), status, "{wrong}");
    }
    let debrief = json!({"which": {"scenario": 0, "language": "en", "rounds": 4}, "page": "p"});
    assert_eq!(lab.post("/api/debrief", &debrief).0, 409, "too soon");
    for (round, price) in [(0, 0.5), (1, 0.5), (2, 0.2), (3, 0.2)] {
        for team in ["shop", "coach"] {
            assert_eq!(play(decided(round, team, "curated-offering", price)), 200);
        }
        assert_eq!(play(json!({"scenario": 0, "play": round})), 200);
    }
    assert_eq!(play(json!({"scenario": 0, "play": 4})), 409);
    let events = lab.events("/api/debrief", &debrief);
    let (name, told) = events.last().expect("an event");
    assert_eq!(name, "debrief", "{told}");
    let best = &told["standing"]["places"][0]["firm"];
    let moves = told["moves"].as_array().expect("moves");
    let rounds: Vec<&Value> = moves.iter().map(|one| &one["round"]).collect();
    assert_eq!(rounds, [1, 3], "what stayed as it was is no decision");
    for one in moves {
        let worth = one["worth"].as_str().expect("words");
        assert!(
            worth.starts_with(&format!("{}: ", best.as_str().expect("a name"))),
            "{worth}"
        );
    }
    // it is told again without being worked out again
    assert_eq!(
        lab.events("/api/debrief", &debrief),
        events[events.len() - 1..]
    );
    let picture = json!({"which": {"scenario": 0, "language": "es", "rounds": 4}, "page": "p", "changes": [], "kind": "sources", "firm": best});
    let (name, told) = lab
        .events("/api/picture", &picture)
        .pop()
        .expect("an event");
    assert_eq!(name, "picture", "{told}");
    assert_eq!(play(json!({"scenario": 0, "again": true})), 200);
    assert_eq!(lab.post("/api/debrief", &debrief).0, 409, "another play");
}

#[cfg(target_os = "linux")]
#[test]
fn who_joins_decides_for_their_own_team_and_sees_no_other_decision() {
    let place = Place::empty();
    let lab = served(&place, "--share 127.0.0.2");
    let keys = [lab.join(), lab.join()];
    let there = |who: usize, body: Value| lab.post_elsewhere("/api/play", &keys[who], &body);
    assert_eq!(
        there(0, decided(0, "coach", "coach-behavior", 0.2)).0,
        403,
        "no seat"
    );
    let (_, told) = there(0, json!({"scenario": 0, "sit": "coach"}));
    assert_eq!(
        (&told["own"], &told["teams"][1]["seats"]),
        (&json!("coach"), &json!(1))
    );
    there(1, json!({"scenario": 0, "sit": "shop"}));
    assert_eq!(there(0, decided(0, "shop", "coach-behavior", 0.2)).0, 403);
    assert_eq!(
        there(0, decided(0, "coach", "automatic-execution", 0.27)).0,
        200
    );
    for body in [
        json!({"scenario": 0, "play": 0}),
        json!({"scenario": 0, "again": true}),
    ] {
        assert_eq!(there(0, body).0, 403, "that is the teacher's");
    }
    let (_, told) = there(1, json!({"scenario": 0}));
    assert!(
        told["teams"][1]["decided"] == json!(true) && !told.to_string().contains("0.27"),
        "{told}"
    );
    let (_, told) = lab.post("/api/play", &json!({"scenario": 0}));
    assert!(!told.to_string().contains("0.27"), "{told}");
    // one who comes back finds the seat and the decision
    let (_, told) = there(0, json!({"scenario": 0}));
    assert_eq!(
        (&told["own"], &told["own_decision"]["price"]),
        (&json!("coach"), &json!(0.27))
    );
    lab.post("/api/play", &json!({"scenario": 0, "play": 0}));
    let (_, told) = there(1, json!({"scenario": 0}));
    assert_eq!(
        told["played"][0]["coach"]["price"],
        json!(0.27),
        "played is seen by all"
    );
    let key = format!("Bearer {}", keys[1]);
    let line = "POST /api/question";
    let (status, text) = lab.request_to(
        super::ELSEWHERE,
        line,
        &[("Authorization", &key)],
        &after(1).to_string(),
    );
    assert!(
        status == 200 && text.contains("\"standing\":{\"places\""),
        "{text:.300}"
    );
}
