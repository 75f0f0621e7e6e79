//! The lab without a server, for a page that holds the engine: the same questions as those that the server takes.
//!
//! Such a page has one engine in each of its workers. One of them, the desk, takes questions and shows frames; the others simulate
//! replicates for it, a slice of periods at a time, so that what nobody waits for any more is given up soon. A replicate comes
//! from one engine to the other as bytes, and the desk takes replicates in their order: figures are those of any other run.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::answers::{Answers, Begun};
use super::bench::{Bench, BenchError};
use super::kept::Kept;
use super::playing::{self, Debriefing};
use super::requests::{
    self, Comparison, Drawing, IMPOSSIBLE, MISSING, Refusal, Tell, Telling, Written, menu, read,
};
use crate::experiment::{Cancel, Runner};
use crate::model::{Market, Plan, Records};
use crate::scenario::{Diagnostics, Scenario};
use crate::table::Batch;

/// An engine: its markets, and what it is about.
#[derive(Debug)]
pub(super) struct Engine {
    /// The only thread that there is; none if it belongs to somebody else.
    pool: Option<rayon::ThreadPool>,
    benches: Vec<Bench>,
    answers: Answers,
    kept: Kept,
    /// The question that is being answered.
    begun: Option<Begun>,
    /// The market of the latest task, by its file.
    plan: Option<(String, Plan)>,
    /// The replicate that is being simulated.
    market: Option<Market>,
}

/// The scenarios of a page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenarios {
    /// Name of each, and its file.
    scenarios: Vec<(String, String)>,
}

/// A replicate to be simulated, of a market as its file has it: what was played is known to the desk alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    market: String,
    replicate: u32,
}

impl Default for Engine {
    /// An engine without markets.
    fn default() -> Self {
        let alone = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .use_current_thread();
        Self {
            pool: alone.build().ok(),
            benches: Vec::new(),
            answers: Answers::default(),
            kept: Kept::default(),
            begun: None,
            plan: None,
            market: None,
        }
    }
}

impl Engine {
    /// Answers a question with a value; `tell` takes the events of what comes bit by bit.
    ///
    /// # Errors
    /// As the server refuses it; nothing is refused in silence.
    pub fn ask(&mut self, path: &str, body: &[u8], tell: Tell<'_>) -> Result<Json, Refusal> {
        match path {
            "/open" => self.open(body),
            "/task" => self.begin_task(body),
            "/frame" => self.frame(tell),
            "/api/lab" => Ok(json!({
                "scenarios": menu(&self.benches), "role": "teacher", "room": null, "folder": null,
            })),
            "/api/alive" => Ok(json!({})),
            "/api/market" => requests::market(&self.benches, body),
            "/api/question" => self.begin(body),
            "/api/picture" => {
                let wanted = Drawing::read(&self.benches, body)?;
                self.work(|runner| wanted.draw(&self.kept, runner, tell))
            }
            "/api/lesson" => {
                let wanted = Telling::read(&self.benches, body)?;
                self.work(|runner| wanted.tell(&self.kept, runner, tell))
            }
            "/api/play" => playing::play(&self.benches, None, body),
            "/api/debrief" => {
                let wanted = Debriefing::read(&self.benches, body)?;
                self.work(|runner| wanted.tell(&self.kept, (&self.answers, runner), tell))
            }
            "/api/save" => {
                let Written { name, text, .. } = Written::read(&self.benches, body)?;
                Ok(json!({"file": format!("{name}.toml"), "text": text}))
            }
            _ => Err(Refusal(MISSING, "there is nothing of that name".to_owned())),
        }
    }

    /// Takes in the scenarios of the page.
    fn open(&mut self, body: &[u8]) -> Result<Json, Refusal> {
        let Scenarios { scenarios } = read(body)?;
        let bench = |(name, text): &(String, String)| -> Result<Bench, Diagnostics> {
            Bench::new(&Scenario::from_toml_with(text, name, name, &[])?)
        };
        let benches: Result<Vec<Bench>, Diagnostics> = scenarios.iter().map(bench).collect();
        self.benches = benches.map_err(BenchError::Scenario)?;
        Ok(json!({}))
    }

    /// Begins to answer a question; says for each frame after which replicates of which market (0: that before, 1: that after)
    /// it is there, in the order in which it takes them, and the files of both markets.
    fn begin(&mut self, body: &[u8]) -> Result<Json, Refusal> {
        let asked = Comparison::read(&self.benches, body)?;
        let begun = self.answers.begin(asked.question());
        let mut begun = begun.map_err(BenchError::Scenario)?;
        let frames = begun.missing();
        self.begun = Some(begun);
        let markets = [&asked.before, &asked.after].map(Scenario::to_toml);
        Ok(json!({"frames": frames, "markets": markets}))
    }

    /// Takes the next replicate of a market of the question; whether it was one.
    pub fn take(&mut self, side: usize, bytes: &[u8]) -> bool {
        let records = decoded(bytes);
        let course = self.begun.as_mut().and_then(|begun| begun.course(side));
        match (course, records) {
            (Some(course), Some(records)) => {
                course.take(&records);
                true
            }
            _ => false,
        }
    }

    /// Tells what there is to show of the question.
    fn frame(&mut self, tell: Tell<'_>) -> Result<Json, Refusal> {
        let none = || Refusal(MISSING, "there is no question".to_owned());
        let begun = self.begun.as_mut().ok_or_else(none)?;
        tell("frame", &self.answers.frame(begun).to_json());
        Ok(json!({}))
    }

    /// Does work that asks for threads, with the one that there is.
    fn work(&self, work: impl FnOnce(Runner<'_>) -> Result<(), String>) -> Result<Json, Refusal> {
        let none = || Refusal(IMPOSSIBLE, "there is no thread".to_owned());
        let runner = Runner {
            pool: self.pool.as_ref().ok_or_else(none)?,
            cancel: &Cancel::default(),
        };
        work(runner).map_err(|problem| Refusal(IMPOSSIBLE, problem))?;
        Ok(json!({}))
    }

    /// Begins to simulate a replicate.
    fn begin_task(&mut self, body: &[u8]) -> Result<Json, Refusal> {
        let task: Task = read(body)?;
        if (self.plan.as_ref()).is_none_or(|(known, _)| *known != task.market) {
            let plan = Scenario::from_toml(&task.market).and_then(|market| Plan::new(&market));
            self.plan = Some((task.market, plan.map_err(BenchError::Scenario)?));
        }
        let plan = self.plan.as_ref().map(|(_, plan)| plan);
        self.market = plan.map(|plan| plan.market(task.replicate));
        Ok(json!({}))
    }

    /// Simulates some periods more; the tables of the replicate once it is at its end.
    pub fn step(&mut self, periods: u32) -> Option<Vec<u8>> {
        let market = self.market.as_mut()?;
        for _ in 0..periods {
            if market.is_done() {
                break;
            }
            market.step();
        }
        if !market.is_done() {
            return None;
        }
        self.market
            .take()
            .map(|market| encoded(&market.into_records()))
    }
}

/// The tables of a replicate as bytes, in the order of [`Records::TABLES`].
fn encoded(records: &Records) -> Vec<u8> {
    let mut bytes = Vec::new();
    let batches = records.batches().into_iter();
    batches.for_each(|batch| batch.encode(&mut bytes));
    bytes
}

fn decoded(mut bytes: &[u8]) -> Option<Records> {
    Records::from_batches(|table| Batch::decode(table, &mut bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKET: &str = "[simulation]\nperiods = 15\nreplicates = 6\n[[populations]]\nname = \"all\"\ncustomers = 60\n\
                          [[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n\
                          [[firms]]\nname = \"coach\"\nexperience = \"coach-behavior\"\n";

    fn opened() -> Engine {
        let mut engine = Engine::default();
        let scenarios = json!({"scenarios": [["market", MARKET]]});
        asked(&mut engine, "/open", &scenarios).expect("a sound scenario");
        engine
    }

    fn asked(engine: &mut Engine, path: &str, body: &Json) -> Result<(Json, Vec<Json>), Refusal> {
        let mut events = Vec::new();
        let told = engine.ask(path, body.to_string().as_bytes(), &mut |name, text| {
            let read: Json = serde_json::from_str(text).expect("JSON");
            events.push(json!([name, read]));
        });
        told.map(|told| (told, events))
    }

    fn question() -> Json {
        json!({
            "which": {"scenario": 0, "language": "en"}, "page": "p", "has_before": false,
            "before": [], "after": [["firms.coach.price", 0.5]],
        })
    }

    /// The frames of a question, answered by a desk with what another engine simulates.
    fn frames(desk: &mut Engine, hand: &mut Engine) -> (Vec<usize>, Vec<Json>) {
        let asked_for = question();
        let (told, _) = asked(desk, "/api/question", &asked_for).expect("an answer");
        let (mut taken, mut shown) = (Vec::new(), Vec::new());
        for frame in told["frames"].as_array().expect("frames") {
            let missing = frame.as_array().expect("replicates");
            taken.push(missing.len());
            for one in missing {
                let side = one[0].as_u64().map_or(0, |side| side as usize);
                let task = json!({"market": told["markets"][side], "replicate": one[1]});
                asked(hand, "/task", &task).expect("a task");
                let tables = (0..).find_map(|_| hand.step(4)).expect("an end");
                assert!(desk.take(side, &tables));
            }
            let (_, events) = asked(desk, "/frame", &json!({})).expect("a frame");
            shown.extend(events);
        }
        (taken, shown)
    }

    #[test]
    fn frames_are_those_of_the_server() {
        let (mut desk, mut hand) = (opened(), opened());
        let (taken, shown) = frames(&mut desk, &mut hand);
        assert_eq!(taken, [8, 4]);
        let scenario = Scenario::from_toml_with(MARKET, "market", "market", &[]).expect("sound");
        let bench = Bench::new(&scenario).expect("valid");
        let body = question().to_string();
        let wanted =
            Comparison::read(&[bench], body.as_bytes()).unwrap_or_else(|no| panic!("{no:?}"));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(2)
            .build()
            .expect("threads");
        let runner = Runner {
            pool: &pool,
            cancel: &Cancel::default(),
        };
        let mut served: Vec<Json> = Vec::new();
        let tell = &mut |frame: super::super::Frame| {
            served.push(serde_json::from_str(&frame.to_json()).expect("JSON"));
        };
        Answers::default()
            .answer(wanted.question(), runner, tell)
            .expect("valid markets");
        let served: Vec<Json> = served
            .into_iter()
            .map(|frame| json!(["frame", frame]))
            .collect();
        assert_eq!(shown, served);
        // what is known is shown at once
        let (taken, again) = frames(&mut desk, &mut hand);
        assert_eq!((taken, again.last()), (vec![0], served.last()));
    }

    #[test]
    fn other_questions_are_answered_too_and_bad_ones_refused() {
        let mut engine = opened();
        let (told, _) = asked(&mut engine, "/api/lab", &json!({})).expect("an answer");
        assert_eq!(
            (&told["role"], &told["folder"]),
            (&json!("teacher"), &Json::Null)
        );
        let which = json!({"scenario": 0, "language": "nl"});
        let (told, _) = asked(&mut engine, "/api/market", &which).expect("an answer");
        assert_eq!(told["firms"], json!(["shop", "coach"]));
        let wanted = json!({"which": which, "changes": [], "name": "own", "replace": false});
        let (told, _) = asked(&mut engine, "/api/save", &wanted).expect("an answer");
        let text = told["text"].as_str().expect("a text");
        assert!(Scenario::from_toml(text).is_ok() && told["file"] == "own.toml");
        for path in [
            "/api/market",
            "/api/question",
            "/task",
            "/open",
            "/frame",
            "/api/none",
        ] {
            let refused = asked(&mut engine, path, &json!({"no": 1}));
            assert!(refused.is_err_and(|refusal| refusal.0 >= 400), "{path}");
        }
        assert!(!engine.take(1, b"no tables") && engine.step(1).is_none());
    }
}
