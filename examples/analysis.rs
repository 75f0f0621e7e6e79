//! An analysis in code: what does a coach's market share owe to learning about each customer, and to learning across them?
//!
//! Run with `cargo run --release --example analysis`.

use std::error::Error;
use std::path::Path;

use flywheel::analysis::kind::{Answer, Setting, answer_all};
use flywheel::analysis::sources::{Part, Sources};
use flywheel::experiment::{Cancel, Folder, Runner};
use flywheel::prelude::*;

const MARKET: &str = r#"
name = "what-a-coach-owes"

[simulation]
periods = 60
replicates = 6

[[populations]]
name = "everyone"
customers = 500

[[firms]]
name = "shop"
experience = "respond-to-desire"

[[firms]]
name = "coach"
experience = "coach-behavior"

[[analyses]]
kind = "sources"
firm = "coach"
outcome = "share"
experiences = []
"#;

/// The answer to the scenario's question; finished cells are kept in a folder below another, so that nothing is
/// simulated twice.
///
/// # Errors
/// If the scenario has errors, or the folder cannot be written to.
pub fn sources(output: &Path) -> Result<Sources, Box<dyn Error>> {
    let scenario = Scenario::from_toml(MARKET)?;
    let folder = Folder::prepare(output, &scenario)?;
    let pool = rayon::ThreadPoolBuilder::new().build()?;
    let setting = Setting {
        scenario: &scenario,
        journal: &folder.journal(false)?,
        runner: Runner {
            pool: &pool,
            cancel: &Cancel::default(),
        },
    };
    // `()` hears nothing of how it goes
    let answers = answer_all(&setting, &mut ())?;
    let found = answers.all.into_iter().find_map(|one| match one.answer {
        Answer::Sources(sources) => Some(sources),
        _ => None,
    });
    Ok(found.ok_or("the scenario asks for sources")?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let sources = sources(Path::new("output"))?;
    let closing = sources.candidates[0].closing;
    println!(
        "What the share of {} owes to learning, in points:",
        sources.firm
    );
    for part in [Part::Individual, Part::Population, Part::Total] {
        let Estimate {
            mean, low, high, ..
        } = closing.part(part).estimate;
        let [mean, low, high] = [mean, low, high].map(|share| 100.0 * share);
        let name = part.name();
        println!("{name:11} {mean:6.1}, {low:.1} to {high:.1}");
    }
    Ok(())
}
