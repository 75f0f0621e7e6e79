//! The interactive charts of the page: what each shows, in which words it is read, and where it stands.

use std::fmt::Write as _;

use serde::Serialize;

use crate::analysis::Results;

/// Where in the story a chart stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// What happened.
    Happened,
    /// Why it happened.
    Why,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A line for each firm over time.
    Firms,
    /// Lines of the whole market over time.
    Market,
    /// For each firm a bar of the parts of value in one period.
    Value,
    /// Each firm's path through cost and willingness to pay.
    Plane,
    /// For each firm the map of tastes at the last moment known by one period.
    Map,
}

/// A chart of the page.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Its name on the page.
    pub id: &'static str,
    kind: Kind,
    /// What is seen.
    pub title: &'static str,
    /// The axis of values.
    unit: &'static str,
    /// How to read it: HTML.
    #[serde(skip)]
    reading: &'static str,
    #[serde(skip)]
    chapter: Chapter,
    /// Columns of `firms`, or series of the market with their names and colours.
    lines: &'static [Line],
    percent: bool,
    signed: bool,
    /// Whether the axis includes zero in any case.
    zero: bool,
    /// Least and greatest value that can be, where there are any.
    limits: [Option<f64>; 2],
}

/// A series of a chart: for [`Kind::Firms`] the same of every firm.
#[derive(Debug, Clone, Copy, Serialize)]
struct Line {
    of: &'static str,
    name: &'static str,
    color: &'static str,
}

const fn line(of: &'static str, name: &'static str, color: &'static str) -> Line {
    Line { of, name, color }
}

/// A number between 0 and 1 of each firm.
const FRACTION: Chart = Chart {
    id: "",
    kind: Kind::Firms,
    title: "",
    unit: "0: none, 1: all",
    reading: "",
    chapter: Chapter::Why,
    lines: &[],
    percent: false,
    signed: false,
    zero: false,
    limits: [Some(0.0), Some(1.0)],
};

/// A number of any size and sign.
const AMOUNT: Chart = Chart {
    unit: "value (1: a perfect fit without effort)",
    zero: true,
    limits: [None, None],
    ..FRACTION
};

const SHARE: Chart = Chart {
    id: "share",
    title: "Who wins the market",
    unit: "share of transactions",
    reading: "Each firm’s part of all transactions in a period.",
    chapter: Chapter::Happened,
    lines: &[line("share", "", "")],
    percent: true,
    zero: true,
    ..FRACTION
};

const CUSTOMERS: Chart = Chart {
    id: "customers",
    title: "Whose customers they are",
    unit: "home customers",
    reading: "A customer’s home is the firm of the last transaction, until the customer <dfn>cancels</dfn> it. A firm can act \
        unasked only for its home customers, and they come back to it more readily.",
    chapter: Chapter::Happened,
    lines: &[line("customers", "", "")],
    limits: [Some(0.0), None],
    ..AMOUNT
};

const COVERAGE: Chart = Chart {
    id: "coverage",
    kind: Kind::Market,
    title: "How many needs are met",
    unit: "share of all needs",
    reading: "Customers overlook some of their needs. A need is <dfn>recognized</dfn> once its customer knows of it, alone or \
        because a firm noticed; it is <dfn>fulfilled</dfn> once it ends in a transaction. If both lines rise, firms make the \
        market grow; if not, they only divide it.",
    chapter: Chapter::Happened,
    lines: &[
        line("recognized", "Recognized", "quiet"),
        line("coverage", "Fulfilled", "ink"),
    ],
    percent: true,
    ..FRACTION
};

const CONCENTRATION: Chart = Chart {
    id: "concentration",
    kind: Kind::Market,
    title: "How concentrated the market is",
    unit: "sum of squared shares",
    reading: "The <dfn>concentration</dfn> (Herfindahl-Hirschman index, HHI) is 1 if one firm has all transactions, and one \
        over the number of firms if all have the same.",
    chapter: Chapter::Happened,
    lines: &[line("concentration", "Concentration", "ink")],
    ..FRACTION
};

const SURPLUS: Chart = Chart {
    id: "surplus",
    kind: Kind::Market,
    title: "Who gains",
    unit: "value per customer and period",
    reading: "<dfn>Customers’ surplus</dfn> is what transactions are worth to customers above the price; \
        <dfn>producers’ surplus</dfn> is what firms earn above the cost of the transactions. Both per customer and period.",
    chapter: Chapter::Happened,
    lines: &[
        line("consumer_surplus", "Customers", "surplus"),
        line("producer_surplus", "Producers", "profit"),
    ],
    ..AMOUNT
};

const KNOWLEDGE: Chart = Chart {
    id: "knowledge",
    title: "What firms know of the customers they serve",
    reading: "Knowledge is the part of the initial uncertainty about a customer’s taste that is resolved before the \
        transaction: 0 is a stranger, 1 a customer known completely. It comes from the customer’s own history (<dfn>individual \
        learning</dfn>) and from what all customers have in common (<dfn>population learning</dfn>).",
    lines: &[line("knowledge", "", "")],
    ..FRACTION
};

const POPULATION_KNOWLEDGE: Chart = Chart {
    id: "population-knowledge",
    title: "What firms know of a newcomer",
    reading: "The part of that knowledge that comes from population learning alone: it also serves a customer whom \
        the firm never met. The rest, up to the line above, the firm learned from each customer’s own history.",
    lines: &[line("population_knowledge", "", "")],
    ..FRACTION
};

const FIT: Chart = Chart {
    id: "fit",
    title: "How well products fit needs",
    reading: "Fit says how near the product comes to what the customer needs: 1 is a perfect match, 0 none at all. \
        Firms that know their customers choose better for them, and develop better products.",
    lines: &[line("fit", "", "")],
    ..FRACTION
};

const PARTS: Chart = Chart {
    id: "value-parts",
    kind: Kind::Value,
    title: "Where the value goes",
    unit: "parts of the value of a perfect fit, which is 1",
    reading: "A perfect fit without any effort is worth 1 to a customer. A part of it is lost because the fit is not perfect, \
        another through friction (effort) and loss of control. What is left is the <dfn>willingness to pay</dfn>. Of \
        this the firm spends its cost and keeps its profit, both of which make up the price, and the customer keeps the \
        surplus. Parts left of the line are negative.",
    limits: [None, None],
    ..FRACTION
};

const VALUE: Chart = Chart {
    id: "value-created",
    title: "How much value a transaction creates",
    reading: "Value created is willingness to pay less cost: what customer and firm have to share between them. \
        The price decides only who gets which part.",
    lines: &[line("value_created", "", "")],
    ..AMOUNT
};

const ADVANTAGE: Chart = Chart {
    id: "advantage",
    title: "Who has a competitive advantage",
    reading: "<dfn>Competitive advantage</dfn> is the value created per transaction less that of the best rival. A firm \
        above zero creates more than every rival; below zero, its best rival creates more.",
    lines: &[line("competitive_advantage", "", "")],
    signed: true,
    ..AMOUNT
};

const PLANE: Chart = Chart {
    id: "plane",
    kind: Kind::Plane,
    title: "Better, cheaper, or both",
    unit: "willingness to pay",
    reading: "Each firm’s path from its first period (ring) to the period chosen above (dot). Up is more willingness to pay, \
        right is less cost. Along a dashed line the value created is the same, so a path that crosses the dashed lines creates \
        more and more.",
    limits: [None, None],
    ..AMOUNT
};

const MAP: Chart = Chart {
    id: "map",
    kind: Kind::Map,
    title: "What firms believe of their customers’ tastes",
    unit: "map of tastes, in units of the tolerance",
    reading: "A map of what customers like: the farther apart two points are, the more tastes differ. Grey: where customers are, the \
        darker the more. Diamonds: the firm’s products. Dots: where the firm believes its customers to be, each with a line to \
        where the customer really is, and above how far these are apart on average (off by). Cross: where it expects a newcomer. As the slider moves, lines grow shorter where the \
        firm learns about each customer, and cross and products move towards the customers where it learns from all of \
        them. One market, that of replicate 0, at the last moment on record by the period chosen above.",
    limits: [None, None],
    ..FRACTION
};

const PROFIT: Chart = Chart {
    id: "profit",
    title: "What it earns",
    unit: "cumulative profit",
    reading: "Profit is price less cost, summed over all transactions since the start, less fixed cost if there is any. A firm \
        that invests in learning may earn less at first.",
    lines: &[line("cumulative_profit", "", "")],
    signed: false,
    ..AMOUNT
};

/// The charts of a run, in the order of the page.
#[must_use]
pub fn charts(results: &Results) -> Vec<Chart> {
    let all = [
        SHARE,
        CUSTOMERS,
        COVERAGE,
        CONCENTRATION,
        SURPLUS,
        KNOWLEDGE,
        POPULATION_KNOWLEDGE,
        MAP,
        FIT,
        PARTS,
        VALUE,
        ADVANTAGE,
        PLANE,
        PROFIT,
    ];
    // without a rival there is neither a contest nor an advantage
    let alone = ["share", "concentration", "advantage"];
    all.into_iter()
        .filter(|chart| results.firms.len() > 1 || !alone.contains(&chart.id))
        .filter(|chart| chart.kind != Kind::Map || !results.map.is_empty())
        .collect()
}

/// The places of a chapter's charts, which the script fills.
#[must_use]
pub fn places(results: &Results, chapter: Chapter) -> String {
    let mut page = String::new();
    for chart in charts(results)
        .iter()
        .filter(|chart| chart.chapter == chapter)
    {
        let Chart {
            id, title, reading, ..
        } = chart;
        let _ = write!(
            page,
            r#"<figure class="chart" data-chart="{id}">
<figcaption><h3 id="title-{id}">{title}</h3><p>{reading}</p></figcaption>
<div class="plot"></div>
<details class="numbers" hidden><summary>Numbers of this chart</summary><div class="scroll" tabindex="0" role="region" aria-label="Numbers: {title}"></div></details>
</figure>
"#
        );
    }
    page
}
