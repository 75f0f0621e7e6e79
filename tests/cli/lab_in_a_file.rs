//! The lab as one file: the engine as a module of WebAssembly, in node and in a browser. Most of it needs the module, which `.ci/web`
//! makes before the program is built, and node or Chromium, so it runs by name only: `cargo test --test cli lab_in_a_file -- --ignored`.

use std::fs;
use std::process::Command;

use flywheel::experiment::Finished;
use flywheel::model::{Plan, Records};
use flywheel::scenario::{Override, Scenario};
use flywheel::table::{Batch, Numbering, csv_rows};
use serde_json::json;

use super::Place;
use super::lab_in_a_browser::{AWARENESS, is_as_a_run_of_what_was_saved, slide, text, until, wait};
use super::report::browser::Browser;
use super::report::{BEYOND, CLIPPED, WINDOWS, picture};

/// Shipped scenarios whose tables are compared.
const SCENARIOS: [&str; 12] = [
    "flywheel",
    "four-experiences",
    "crowded",
    "delegating-customers",
    "guarded-customers",
    "latecomer",
    "learners",
    "portability",
    "range-of-experiences",
    "searching-firms",
    "shock",
    "what-is-at-stake",
];

/// What a page weighs at most.
const MOST_BYTES: usize = 1_500_000;

/// Replicates of each.
const REPLICATES: u32 = 2;

/// Compiles the module as a page does: `compile()`.
const COMPILE: &str = r#"
const { readFileSync, writeFileSync } = require("node:fs");
const [, , unpack, packed, engine, list] = process.argv;
const compile = async () => {
  const { unpacked } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(unpack, "utf8"))}`);
  return new WebAssembly.Module(unpacked(readFileSync(packed)));
};
"#;

/// Has the worker of a page simulate what a list in a file asks for, and writes the tables of each replicate.
const SIMULATE: &str = r#"
const waiting = new Map();
globalThis.postMessage = ({ number, status, told }) => {
  if (status !== 200) throw new Error(JSON.stringify(told));
  waiting.get(number)(told);
};
(0, eval)(readFileSync(engine, "utf8"));
let last = 0;
const order = (order, given) => new Promise((done) => {
  waiting.set(++last, done);
  onmessage({ data: { number: last, order, given } });
});
(async () => {
  const { scenarios, replicates } = JSON.parse(readFileSync(list, "utf8"));
  await order("open", { module: await compile(), scenarios });
  for (let scenario = 0; scenario < scenarios.length; scenario += 1) {
    for (let replicate = 0; replicate < replicates; replicate += 1) {
      const tables = await order("simulate", { market: scenarios[scenario][1], replicate });
      writeFileSync(`${scenarios[scenario][0]}-${replicate}.bin`, new Uint8Array(tables));
    }
  }
})();
"#;

/// Asks the module, before anything else, for more room than there is, and prints what it tells of that.
const DEFECT: &str = r#"
compile().then((module) => {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => {};
  imports.page.tell = (_, __, text, length) => console.log(Buffer.from(own.memory.buffer, text, length).toString());
  const own = new WebAssembly.Instance(module, imports).exports;
  try {
    own.room(-1);
  } catch {
    console.log("ended");
  }
});
"#;

/// What node says to a script about the module, in a folder with a list of what to simulate.
fn node(place: &Place, script: &str) -> String {
    place.write("node.cjs", &[COMPILE, script].concat());
    let own = |path: &str| format!("{}/src/lab/{path}", env!("CARGO_MANIFEST_DIR"));
    let sources = ["script/unpack.js", "flywheel.wasm.lzma", "script/engine.js"];
    let output = Command::new("node")
        .current_dir(place.path(""))
        .arg("node.cjs")
        .args(sources.map(own))
        .arg("list.json")
        .output()
        .expect("node is installed");
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{trouble}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A shipped scenario without what needs further runs, in few replicates: programs that are not optimised simulate it too.
fn reduced(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("it is shipped");
    let replicates = format!("simulation.replicates={REPLICATES}");
    let replicates = Override::parse(&replicates).expect("an override");
    let mut scenario = Scenario::from_toml_with(&text, name, name, &[replicates])
        .unwrap_or_else(|problems| panic!("{problems}"));
    scenario.analyses.clear();
    scenario.hypotheses.clear();
    scenario.charts.clear();
    scenario
}

#[test]
#[ignore = "needs the engine for pages, and node"]
fn the_engine_of_pages_gives_the_bytes_of_a_run() {
    let place = Place::empty();
    let scenarios = SCENARIOS.map(reduced);
    let files = scenarios.each_ref().map(|one| (&one.name, one.to_toml()));
    for (name, text) in &files {
        place.write(&format!("{name}.toml"), text);
    }
    let list = json!({"scenarios": files, "replicates": REPLICATES});
    place.write("list.json", &list.to_string());
    assert_eq!(node(&place, SIMULATE), "");
    for (name, _) in &files {
        place
            .flywheel(&format!("run {name}.toml -q --charts none"))
            .ends(0);
    }
    for scenario in &scenarios {
        compare(&place, scenario);
    }
}

#[test]
#[ignore = "needs the engine for pages, and node"]
fn the_engine_of_pages_tells_of_a_defect_from_the_first_call() {
    let told = node(&Place::empty(), DEFECT);
    let lines: Vec<&str> = told.lines().collect();
    assert!(
        matches!(lines[..], [defect, "ended"] if defect.contains("this is a defect of the program: ")),
        "{told}"
    );
}

/// Holds that the tables of a run are those of the replicates that the engine of pages simulated.
fn compare(place: &Place, scenario: &Scenario) {
    let name = &scenario.name;
    let finished = |replicate| {
        let bytes = fs::read(place.path(&format!("{name}-{replicate}.bin"))).expect("tables");
        let mut bytes = bytes.as_slice();
        let records = Records::from_batches(|table| Batch::decode(table, &mut bytes));
        Finished::of(records.expect("all tables"), scenario)
    };
    let all: Vec<Finished> = (0..REPLICATES).map(finished).collect();
    let mut compared = 0;
    for (place_of_table, table) in Records::TABLES.into_iter().enumerate() {
        let file = format!("output/{name}/{}.csv", table.name);
        if !place.path(&file).exists() {
            continue;
        }
        let rows = |one: &Finished| {
            let batch = one.records.batches()[place_of_table];
            csv_rows(batch, &Numbering::default(), 0)
        };
        let rows: String = all.iter().map(rows).collect();
        let written = place.read(&file);
        let (_, body) = written.split_once('\n').expect("a header");
        assert!(!rows.is_empty() && rows == body, "{name}: {}", table.name);
        compared += 1;
    }
    assert!(compared >= 3, "{name}: {compared} tables");
    // and of other replicates the figures differ
    let plan = Plan::new(scenario).expect("valid");
    assert_ne!(Finished::simulated(&plan, REPLICATES), all[0]);
}

/// A page of the small market.
fn exported(place: &Place, arguments: &str) -> std::path::PathBuf {
    let outcome = place.flywheel(&format!("lab --export lab.html {arguments}"));
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    place.path("lab.html")
}

#[test]
fn a_program_without_the_engine_says_how_to_make_it() {
    let place = Place::with_market();
    let outcome = place.flywheel("lab --export lab.html market.toml");
    if outcome.status == Some(0) {
        let page = place.read("lab.html");
        assert!(page.contains("A shop and a coach") && page.len() < MOST_BYTES);
    } else {
        outcome
            .ends(1)
            .says(&[".ci/web", "build the program again"]);
        assert!(!place.path("lab.html").exists());
    }
    for other in [
        "--port 8080",
        "--share 127.0.0.1",
        "--no-open",
        "--threads 2",
    ] {
        place
            .flywheel(&format!("lab --export lab.html market.toml {other}"))
            .ends(2);
    }
}

#[test]
#[ignore = "needs the engine for pages, and Chromium"]
fn a_page_alone_answers_as_a_run_does() {
    let place = Place::with_market();
    let page = exported(&place, "market.toml --replicates 10");
    let mut browser = Browser::start();
    for window in [WINDOWS[0], WINDOWS[1]] {
        browser.open(&page, window);
        wait(&mut browser);
        assert!(text(&mut browser, "title").contains("A shop and a coach"));
        slide(&mut browser, AWARENESS, 0.234);
        wait(&mut browser);
        let widest = browser.value("document.documentElement.scrollWidth");
        assert!(widest.as_u64() <= Some(u64::from(window.0)), "{widest}");
        assert_eq!(
            (browser.value(BEYOND), browser.value(CLIPPED)),
            (json!([]), json!([]))
        );
        picture(&mut browser, &format!("lab-alone-{}", window.0));
    }
    browser.value("document.getElementById('all-differences').open = true");
    // the file is handed to the browser; here it is kept instead
    browser.value(
        "HTMLAnchorElement.prototype.click = () => {}; URL.createObjectURL = (file) => { globalThis.kept = file.text(); return '#'; }",
    );
    browser.value("document.getElementById('save').click()");
    browser.value("document.getElementById('keeping-name').value = 'found'");
    picture(&mut browser, "lab-alone-save");
    browser.value("document.getElementById('keeping-yes').click()");
    let is_said = "document.getElementById('keeping-said').textContent.includes('found.toml')";
    until(&mut browser, is_said, &json!(true));
    let kept = browser.value("globalThis.kept");
    place.write("found.toml", kept.as_str().expect("a file"));
    is_as_a_run_of_what_was_saved(&mut browser, &place);
    // the address holds the changes, and another language
    let address = browser.value("location.href.replace('#', '?lang=nl#')");
    let address = address
        .as_str()
        .expect("an address")
        .trim_start_matches("file://")
        .to_owned();
    let sentences = text(&mut browser, "sentences");
    browser.open(std::path::Path::new(&address), WINDOWS[1]);
    wait(&mut browser);
    assert_eq!(browser.value("document.documentElement.lang"), json!("nl"));
    let other = text(&mut browser, "sentences");
    assert!(
        other != sentences && other.contains("10 markten"),
        "{other}"
    );
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs the engine for pages, and Chromium"]
fn the_page_of_the_course_is_light_and_tells_its_lessons() {
    let place = Place::empty();
    let page = exported(&place, "");
    let weight = fs::metadata(&page).expect("the page").len() as usize;
    assert!(weight < MOST_BYTES, "{weight} bytes");
    let mut browser = Browser::start();
    browser.open(&page, WINDOWS[1]);
    wait(&mut browser);
    let took = browser.value("Math.round(performance.now())");
    println!(
        "{weight} bytes; the flagship's replicates were shown within {took} ms of the page's start"
    );
    let lessons = browser.value("document.querySelectorAll('#scenario option').length");
    assert_eq!(lessons, json!(12));
    browser.value(
        "(() => { const menu = document.getElementById('scenario'); menu.value = 1; menu.dispatchEvent(new Event('change')); })()",
    );
    let is_hidden = "document.getElementById('lesson').hidden";
    until(&mut browser, is_hidden, &json!(false));
    wait(&mut browser);
    browser.value("document.getElementById('lesson-reveal').click()");
    let is_told = "document.querySelectorAll('#lesson-told ol li').length > 0";
    until(&mut browser, is_told, &json!(true));
    let told = browser.value("document.querySelectorAll('#lesson-answers .right').length");
    assert!(told.as_u64() >= Some(1), "{told}");
    picture(&mut browser, "lab-alone-lesson");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
