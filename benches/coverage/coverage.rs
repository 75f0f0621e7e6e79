//! How often the intervals of means hold the true mean: of runs with many replicates, whose mean is taken for the truth, groups of
//! 20 replicates are drawn, and their intervals counted that hold it.
//!
//! `flywheel run scenarios --replicates 6000 --charts none -o many --set 'simulation.record.tables=["firms"]'`, which takes an hour
//! or two, then `cargo run --release --example coverage -- many/*`. What it gave is in `docs/tables.md`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use flywheel::analysis::RunFigures;
use flywheel::scenario::{Quantity, Scenario};
use flywheel::statistics::Moments;
use flywheel::table::{self, FIRMS, Numbering};

/// Replicates in a group, and groups of a quantity.
const GROUP: usize = 20;
const GROUPS: usize = 2000;

fn main() -> ExitCode {
    let mut all = Vec::new();
    for folder in std::env::args().skip(1).map(PathBuf::from) {
        match study(&folder) {
            Ok(found) => all.extend(found),
            Err(problem) => {
                eprintln!("{}: {problem}", folder.display());
                return ExitCode::FAILURE;
            }
        }
    }
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (covered, skewness, name) in all.iter().take(20) {
        println!("{:5.1} %  skewness {skewness:5.1}  {name}", 100.0 * covered);
    }
    let mean = all.iter().map(|one| one.0).sum::<f64>() / all.len() as f64;
    println!("{} quantities, {:.1} % on average", all.len(), 100.0 * mean);
    ExitCode::SUCCESS
}

/// A part of groups, a skewness, and the quantity that they are of.
type Covered = (f64, f64, String);

/// By firm and quantity of a run: part of the groups whose interval holds the mean of all, and how skewed the quantity is.
fn study(folder: &std::path::Path) -> Result<Vec<Covered>, Box<dyn std::error::Error>> {
    let scenario = Scenario::load(&folder.join("scenario.toml"), &[])?;
    let mut run = RunFigures::new(vec![scenario.simulation.periods]);
    let mut names = BTreeSet::new();
    table::read(folder, &FIRMS, &Numbering::default(), |batch, _| {
        run.take(batch, &[]);
        names.extend(table::FirmRow::all(batch).map(|row| row.firm.to_owned()));
    })?;
    let replicates = u32::try_from(run.cells())?;
    let mut found = Vec::new();
    for name in &names {
        let figures = (0..replicates).filter_map(|replicate| run.figures((0, replicate), name));
        let figures: Vec<_> = figures.collect();
        for (place, quantity) in Quantity::SUMMARY.into_iter().enumerate() {
            let values: Vec<f64> = (figures.iter().map(|one| one[place]))
                .filter(|value| value.is_finite())
                .collect();
            let truth = Moments::of(values.iter().copied());
            if values.len() < 10 * GROUP || truth.standard_deviation() <= 1e-12 * truth.mean().abs()
            {
                continue;
            }
            let held = (0..GROUPS).filter(|group| {
                let drawn = (0..GROUP).map(|member| draw(group * GROUP + member, values.len()));
                let moments = Moments::of(drawn.map(|place| values[place]));
                let interval = moments.estimate().within(quantity.range());
                interval.low <= truth.mean() && truth.mean() <= interval.high
            });
            let covered = held.count() as f64 / GROUPS as f64;
            let name = format!("{} {name} {}", scenario.name, quantity.column());
            found.push((covered, truth.skewness(), name));
        }
    }
    Ok(found)
}

/// A place below `count`, evenly and without a pattern (splitmix64).
fn draw(number: usize, count: usize) -> usize {
    let mut word = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((u128::from(word ^ (word >> 31)) * count as u128) >> 64) as usize
}
