//! What a run found, as a small table for the terminal.

use flywheel::analysis::{Estimate, Quantity, Results};
use flywheel::scenario::Scenario;

/// The columns shown: a quantity of `summary`, its heading, and its factor and decimals.
const COLUMNS: [(Quantity, &str, f64, usize); 5] = [
    (Quantity::Share, "share %", 100.0, 1),
    (Quantity::ValueCreated, "value created", 1.0, 3),
    (Quantity::CompetitiveAdvantage, "advantage", 1.0, 3),
    (Quantity::Knowledge, "knowledge", 1.0, 2),
    (Quantity::CumulativeProfit, "cumulative profit", 1.0, 0),
];

/// One line per firm, with the half-widths of the 95 % intervals.
pub fn table(scenario: &Scenario, results: &Results) -> String {
    let mut rows = vec![heading()];
    for firm in &results.firms {
        let cells = COLUMNS.iter().map(|(quantity, _, factor, decimals)| {
            let position = Quantity::SUMMARY.iter().position(|known| known == quantity);
            position.map_or_else(String::new, |at| {
                cell(&firm.summary[at], *factor, *decimals)
            })
        });
        rows.push(std::iter::once(firm.name.clone()).chain(cells).collect());
    }
    let (first, last) = results.closing;
    let title = if scenario.title.is_empty() {
        scenario.name.clone()
    } else {
        format!("{}: {}", scenario.name, scenario.title)
    };
    let replicates = match results.replicates {
        1 => "one replicate".to_owned(),
        n => format!("mean of {n} replicates ± 95 % interval"),
    };
    format!(
        "{title}\n{}periods {first} to {last}, {replicates}",
        align(&rows)
    )
}

fn heading() -> Vec<String> {
    std::iter::once("firm")
        .chain(COLUMNS.map(|(_, heading, ..)| heading))
        .map(str::to_owned)
        .collect()
}

fn cell(estimate: &Estimate, factor: f64, decimals: usize) -> String {
    let mean = estimate.mean * factor;
    let half_width = (estimate.high - estimate.mean) * factor;
    match (mean.is_nan(), half_width.is_nan()) {
        (true, _) => "-".to_owned(),
        (false, true) => format!("{mean:.decimals$}"),
        (false, false) => format!("{mean:.decimals$} ± {half_width:.decimals$}"),
    }
}

/// Pads the columns to equal widths, the first to the left, the others to the right.
fn align(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            if column == 0 {
                text.push_str(&format!("  {cell:<width$}"));
            } else {
                text.push_str(&format!("   {cell:>width$}"));
            }
        }
        text.push('\n');
    }
    text
}
