//! What a run found, as a small table for the terminal.

use flywheel::analysis::Variants;
use flywheel::analysis::hypotheses::{Hypotheses, Judged};
use flywheel::experiment::{Design, Summary};
use flywheel::scenario::{Quantity, Scenario, closing};
use flywheel::statistics::Estimate;
use unicode_width::UnicodeWidthStr;

/// The columns shown: a quantity of `summary`, its heading, and its factor and decimals.
const COLUMNS: [(Quantity, &str, f64, usize); 5] = [
    (Quantity::Share, "share %", 100.0, 1),
    (Quantity::ValueCreated, "value created", 1.0, 3),
    (Quantity::CompetitiveAdvantage, "advantage", 1.0, 3),
    (Quantity::Knowledge, "knowledge", 1.0, 2),
    (Quantity::CumulativeProfit, "cumulative profit", 1.0, 0),
];

/// One line per firm, with the half-widths of the 95 % intervals.
pub fn table(scenario: &Scenario, summary: &Summary) -> String {
    let mut rows = vec![heading()];
    let mut survivors = String::new();
    for (name, estimates) in summary.firms() {
        let left = Quantity::Fit
            .of_summary(&estimates)
            .map_or(0, |fit| fit.count);
        if 0 < left && left < summary.replicates() {
            survivors.push_str(&format!(
                "\n{name}: value created, advantage and knowledge are over the {left} surviving replicates of {}, in which it still has transactions at the end",
                summary.replicates()
            ));
        }
        let cells = COLUMNS.iter().map(|(quantity, _, factor, decimals)| {
            let estimate = quantity.of_summary(&estimates);
            estimate.map_or_else(String::new, |one| cell(one, *factor, *decimals))
        });
        rows.push(std::iter::once(name.to_owned()).chain(cells).collect());
    }
    let periods = scenario.simulation.periods;
    let (first, last) = (closing(periods).start, periods - 1);
    let replicates = match summary.replicates() {
        1 => "one replicate".to_owned(),
        n => format!("mean of {n} replicates ± 95 % interval"),
    };
    format!(
        "{}\n{}periods {first} to {last}, {replicates}{survivors}",
        title(scenario),
        align(&rows)
    )
}

/// Points shown of a sweep; the tables have all.
const MOST_POINTS: usize = 20;

/// One line per point of a grid or list: its values, and each firm's share. Sampled points say little one
/// by one, so of those only the number is told.
pub fn sweep(scenario: &Scenario, design: &Design, summaries: &[&Summary]) -> String {
    let replicates = summaries
        .iter()
        .map(|one| one.replicates())
        .max()
        .unwrap_or(0);
    if design.is_sampled() {
        let points = design.len();
        return format!(
            "{}\n  {points} points with {} each: points.csv has their values, summary what was found",
            title(scenario),
            if replicates == 1 {
                "one replicate".to_owned()
            } else {
                format!("{replicates} replicates")
            }
        );
    }
    let names: Vec<&str> = summaries
        .first()
        .map(|summary| summary.firms().map(|(name, _)| name).collect())
        .unwrap_or_default();
    // the last part of a path says what varies; points.csv has the whole
    let last = |path: String| path.rsplit('.').next().unwrap_or_default().to_owned();
    let heading = design.header().into_iter().map(last);
    let mut rows: Vec<Vec<String>> = vec![
        heading
            .chain(names.iter().map(|name| (*name).to_owned()))
            .collect(),
    ];
    for (point, summary) in (0..).zip(summaries).take(MOST_POINTS) {
        let mut row = design.row(point);
        for name in &names {
            let found = summary.firms().find(|(firm, _)| firm == name);
            let share = found.and_then(|(_, own)| Quantity::Share.of_summary(&own).copied());
            row.push(share.map_or_else(|| "-".to_owned(), |share| cell(&share, 100.0, 1)));
        }
        rows.push(row);
    }
    let more = match summaries.len().saturating_sub(MOST_POINTS) {
        0 => String::new(),
        n => format!("  and {n} more points in summary and points.csv\n"),
    };
    let replicates = match replicates {
        1 => "one replicate per point".to_owned(),
        n => format!("{n} replicates per point ± 95 % interval"),
    };
    format!(
        "{}\n{}{more}share of transactions in % over the last tenth of the periods, {replicates}",
        title(scenario),
        align(&rows)
    )
}

/// Lines shown of variants; the table has all.
const MOST_DIFFERENCES: usize = 40;

/// What of the shares differs in variants: one line per variant and firm.
pub fn variants(variants: &Variants) -> String {
    let base = variants.all.first().map_or("base", |one| &one.variant.name);
    let head = [
        "variant",
        "firm",
        "share %",
        "less that of",
        "95 % interval",
    ];
    let mut rows = vec![
        head.map(|cell| cell.replace("less that of", &format!("less {base}")))
            .to_vec(),
    ];
    let others = variants.all.iter().skip(1).zip(&variants.comparisons);
    for (other, comparison) in others {
        for firm in &comparison.firms {
            let one = &firm.figures[Quantity::Share as usize];
            let difference = one.difference;
            let points = |value: f64| match value.is_nan() {
                true => "-".to_owned(),
                false => format!("{:+.1}", 100.0 * value),
            };
            rows.push(vec![
                other.variant.name.clone(),
                firm.name.clone(),
                format!("{:.1}", 100.0 * one.other),
                points(difference.mean),
                match difference.low.is_nan() {
                    true => "-".to_owned(),
                    false => format!("{} to {}", points(difference.low), points(difference.high)),
                },
            ]);
        }
    }
    let more = match rows.len().saturating_sub(MOST_DIFFERENCES + 1) {
        0 => String::new(),
        n => format!("  and {n} more in the table comparison\n"),
    };
    rows.truncate(MOST_DIFFERENCES + 1);
    format!(
        "{}{more}variants with the same draws; comparison has all figures",
        align(&rows)
    )
}

/// Hypotheses shown of a sweep, whose table has all.
const MOST_HYPOTHESES: usize = 20;

/// What became of hypotheses, in sentences.
pub fn hypotheses(found: &Hypotheses) -> String {
    let is_sweep = found.all.iter().any(|one| one.point > 0);
    let line = |one: &Judged| {
        let point = match is_sweep {
            true => format!("point {}: ", one.point),
            false => String::new(),
        };
        format!("{point}{}", one.sentence())
    };
    let mut lines: Vec<String> = found.all.iter().map(line).collect();
    let more = lines.len().saturating_sub(MOST_HYPOTHESES);
    lines.truncate(MOST_HYPOTHESES);
    if more > 0 {
        lines.push(format!("  and {more} more in the table hypotheses"));
    }
    lines.join("\n")
}

/// Name and title of a scenario.
fn title(scenario: &Scenario) -> String {
    if scenario.title.is_empty() {
        scenario.name.clone()
    } else {
        format!("{}: {}", scenario.name, scenario.title)
    }
}

fn heading() -> Vec<String> {
    std::iter::once("firm")
        .chain(COLUMNS.map(|(_, heading, ..)| heading))
        .map(str::to_owned)
        .collect()
}

fn cell(estimate: &Estimate, factor: f64, decimals: usize) -> String {
    let mean = estimate.mean * factor;
    let half_width = estimate.reach() * factor;
    match (mean.is_nan(), half_width.is_nan()) {
        (true, _) => "-".to_owned(),
        (false, true) => format!("{mean:.decimals$}"),
        (false, false) => format!("{mean:.decimals$} ± {half_width:.decimals$}"),
    }
}

/// Pads the columns to equal widths, the first to the left, the others to the right.
pub fn align(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max();
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            // letters such as Chinese ones take two columns
            let blanks = " ".repeat(widths[column] - cell.width());
            if column == 0 {
                text.push_str(&format!("  {cell}{blanks}"));
            } else {
                text.push_str(&format!("   {blanks}{cell}"));
            }
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn wide_letters_take_two_columns() {
        let rows = [["firm", "share"], ["咖啡店", "1"], ["späti", "20"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(
            align(&rows),
            "  firm     share\n  咖啡店       1\n  späti       20\n"
        );
    }
}
