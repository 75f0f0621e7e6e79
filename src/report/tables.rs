//! Tables of the page: the outcome at the end, and the points of a sweep.

use std::fmt::{Display, Write as _};

use super::html::{Numbers, escape};
use super::words::Words;
use crate::analysis::{AxisValue, Estimate, Quantity, SweepPoint, SweepResults};
use crate::statistics::order::largest_first;

/// Most points of a sweep that are listed.
const MOST_POINTS: usize = 200;
/// Most firms that get a column in the table of a sweep.
const MOST_FIRMS: usize = 12;

/// The columns of the outcome: key of the heading and way of writing.
const OUTCOME: [(Quantity, &str, Numbers); 8] = [
    (Quantity::Share, "tables.share", Numbers::Percent),
    (
        Quantity::Customers,
        "tables.customers",
        Numbers::Decimals(0),
    ),
    (Quantity::Price, "tables.price", Numbers::Decimals(2)),
    (
        Quantity::Knowledge,
        "tables.knowledge",
        Numbers::Decimals(3),
    ),
    (Quantity::Fit, "tables.fit", Numbers::Decimals(3)),
    (
        Quantity::ValueCreated,
        "tables.value_created",
        Numbers::Decimals(3),
    ),
    (
        Quantity::CompetitiveAdvantage,
        "tables.competitive_advantage",
        Numbers::Signed(3),
    ),
    (
        Quantity::CumulativeProfit,
        "tables.cumulative_profit",
        Numbers::Decimals(0),
    ),
];

/// The figures of every firm at the end, the largest share first.
///
/// `firms` are names with estimates in the order of [`Quantity::SUMMARY`]; `color` gives a firm's colour.
#[must_use]
pub fn outcome<'a>(
    words: Words,
    firms: impl Iterator<Item = (&'a str, &'a [Estimate])>,
    replicates: u32,
    color: impl Fn(&str) -> String,
) -> String {
    let mut firms: Vec<(&str, &[Estimate])> = firms.collect();
    let share = |summary: &[Estimate]| {
        let share = of(summary, Quantity::Share).mean;
        if share.is_finite() { share } else { -1.0 }
    };
    largest_first(&mut firms, |firm| share(firm.1));
    let mut page = format!(
        "<table><thead><tr><th scope=\"col\">{}</th>",
        words.say("tables.firm")
    );
    for (_, heading, _) in OUTCOME {
        let _ = write!(page, "<th scope=\"col\">{}</th>", words.say(heading));
    }
    page.push_str("</tr></thead><tbody>\n");
    let mut survivors = Vec::new();
    for (name, summary) in firms {
        let count = of(summary, Quantity::Fit).count;
        if 0 < count && count < replicates {
            survivors.push((escape(name), count));
        }
        let _ = write!(
            page,
            "<tr><th scope=\"row\"><span class=\"firm\" style=\"--ink:{}\">{}</span></th>",
            color(name),
            escape(name)
        );
        for (quantity, _, numbers) in OUTCOME {
            let _ = write!(
                page,
                "<td>{}</td>",
                numbers.write_estimate(words, &of(summary, quantity))
            );
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody></table>");
    for (firm, count) in survivors {
        let values: [(&str, &dyn Display); 3] =
            [("firm", &firm), ("count", &count), ("all", &replicates)];
        let _ = write!(page, "<p>{}</p>", words.fill("tables.survivors", &values));
    }
    page
}

fn of(summary: &[Estimate], quantity: Quantity) -> Estimate {
    quantity
        .of_summary(summary)
        .copied()
        .unwrap_or(Estimate::EMPTY)
}

/// The share of each firm at each point of a sweep, and what the points are.
#[must_use]
pub fn sweep(words: Words, results: &SweepResults) -> String {
    let names = results.firms();
    let shown = &names[..names.len().min(MOST_FIRMS)];
    let mut page = format!(
        "<table><thead><tr><th scope=\"col\">{}</th>",
        words.say("tables.point")
    );
    for axis in &results.axes {
        let label = if axis.label.is_empty() {
            &axis.key
        } else {
            &axis.label
        };
        let _ = write!(page, "<th scope=\"col\">{}</th>", escape(label));
    }
    for name in shown {
        let heading = words.fill("tables.share_of", &[("firm", &escape(name))]);
        let _ = write!(page, "<th scope=\"col\">{heading}</th>");
    }
    page.push_str("</tr></thead><tbody>\n");
    for (number, point) in results.points.iter().take(MOST_POINTS).enumerate() {
        page.push_str(&row(words, number, point, shown));
    }
    page.push_str("</tbody></table>");
    let left_out = [
        (results.points.len(), MOST_POINTS, "tables.first_points"),
        (names.len(), MOST_FIRMS, "tables.first_firms"),
    ];
    for (count, most, key) in left_out {
        if count > most {
            let told = words.fill(key, &[("most", &most), ("count", &count)]);
            let _ = write!(page, "<p>{told}</p>");
        }
    }
    page
}

fn row(words: Words, number: usize, point: &SweepPoint, firms: &[&str]) -> String {
    let mut page = format!("<tr><th scope=\"row\">{number}</th>");
    for value in &point.values {
        let _ = match value {
            AxisValue::Number(number) => write!(page, "<td>{}</td>", words.plain(*number)),
            AxisValue::Text(text) => write!(page, "<td>{}</td>", escape(text)),
        };
    }
    for firm in firms {
        let share = point.estimate(firm, Quantity::Share);
        let written = Numbers::Percent.write_estimate(words, &share);
        let bare = written.trim_end_matches(words.digits("%").as_str());
        let _ = write!(page, "<td>{bare}</td>");
    }
    page.push_str("</tr>\n");
    page
}
