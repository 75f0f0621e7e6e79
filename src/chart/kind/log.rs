//! A log of purchases: shares over time, how customers come back, and from which firm they go to which.

use super::cast::{Actor, cast_of, from_below};
use crate::analysis::Estimate;
use crate::chart::form::across::Across;
use crate::chart::form::curve::Curve;
use crate::chart::form::grid::{CellPlace, GridCells, GridChart};
use crate::chart::form::panel::Panel;
use crate::chart::form::rows::{Cell, Column, Row, RowChart, RowMarks, Sizes, Slot};
use crate::chart::form::scale::ColorScale;
use crate::chart::form::side::Side;
use crate::chart::form::time::TimeChart;
use crate::chart::kit::fitted::fitted;
use crate::chart::kit::{
    Axis, Canvas, Data, Figure, Format, Heading, Ink, Range, Style, Told, fill, theme,
};
use crate::log::{Log, Statistic, StatisticKind};
use crate::scenario::Scenario;

/// Height of a row of a customers' chart.
const ROW: (f64, f64) = (17.0, 24.0);
/// Least and greatest height of a row of a matrix.
const CELL: (f64, f64) = (30.0, 70.0);
/// Most firms in a matrix.
const MOST: usize = 12;

/// Draws the charts of a log; `scenario` says how they look and what they call firms.
#[must_use]
pub fn draw_log(scenario: &Scenario, log: &Log) -> Vec<Figure> {
    // once for all sizes of text that are tried
    let statistics = log.statistics();
    fitted(scenario, &|scenario| {
        let drawing = Drawing::new(Style::new(&scenario.chart_style), log, &statistics);
        let mut figures = vec![drawing.over_time(), drawing.customers()];
        figures.extend((log.firms.len() > 1).then(|| drawing.switching()));
        figures
    })
}

/// A log with its statistics.
struct Drawing<'a> {
    style: Style,
    log: &'a Log,
    cast: Vec<Actor>,
    statistics: &'a [(Statistic, f64)],
    /// Middles of the windows.
    middles: Vec<f64>,
}

impl<'a> Drawing<'a> {
    fn new(style: Style, log: &'a Log, statistics: &'a [(Statistic, f64)]) -> Self {
        let names: Vec<&str> = log.firms.iter().map(|firm| firm.name.as_str()).collect();
        let sizes: Vec<f64> = log.firms.iter().map(|firm| firm.purchases as f64).collect();
        let edges = log.shape().windows();
        let middle = |edge: &[u32]| (f64::from(edge[0]) + f64::from(edge[1]) - 1.0) / 2.0;
        Self {
            cast: cast_of(&style, &names, &sizes, &vec![None; names.len()]),
            statistics,
            middles: edges.windows(2).map(middle).collect(),
            style,
            log,
        }
    }

    /// The values of a kind of statistic, of one firm if it is one of firms.
    fn of(
        &self,
        kind: StatisticKind,
        firm: Option<usize>,
    ) -> impl Iterator<Item = (Statistic, f64)> {
        let all = self.statistics.iter().copied();
        all.filter(move |(one, _)| one.kind == kind && one.firm == firm)
    }

    fn series(&self, kind: StatisticKind, firm: Option<usize>) -> Vec<Estimate> {
        let estimate = |(_, value): (Statistic, f64)| Estimate {
            mean: value,
            ..Estimate::EMPTY
        };
        self.of(kind, firm).map(estimate).collect()
    }

    /// How many customers, purchases and periods.
    fn caption(&self) -> Vec<String> {
        let grouped = |count: u64| self.style.texts.grouped(count);
        let Log {
            customers,
            purchases,
            periods,
            span,
            ..
        } = self.log;
        vec![fill!(
            self.style,
            "log.caption",
            purchases = grouped(purchases.len() as u64),
            customers = grouped(u64::from(*customers)),
            periods = grouped(u64::from(*periods)),
            from = span.0,
            to = span.1
        )]
    }

    fn told(&self, name: &str, keys: (&str, &str), more: Vec<String>, data: Data) -> Told {
        let title = self.style.say(keys.0);
        let mut caption = self.caption();
        caption.extend(more);
        Told {
            name: name.to_owned(),
            description: format!("{title}. {}", caption.join(" ")),
            heading: Heading {
                title: title.to_owned(),
                subtitle: self.style.say(keys.1).to_owned(),
                caption,
            },
            data,
        }
    }

    fn over_time(&self) -> Figure {
        let style = &self.style;
        let curve = |name: &str, kind, color| Curve {
            places: Some(&self.middles),
            is_marked: true,
            series: self.series(kind, None).into(),
            ..Curve::plain(name, &[], color)
        };
        let shares = from_below(&self.cast).map(|actor| Curve {
            places: Some(&self.middles),
            is_marked: true,
            series: self.series(StatisticKind::Share, Some(actor.firm)).into(),
            ..actor.curve(&[])
        });
        let percent = style.percent();
        let mut customers = vec![curve(
            style.say("log.repeat"),
            StatisticKind::Repeat,
            theme::SURPLUS,
        )];
        if self.log.knows_who_began {
            customers.push(curve(
                style.say("log.begun"),
                StatisticKind::BegunByFirm,
                theme::FIRMS[4],
            ));
        }
        let panel = |title: &str, curves, format: Format, range: Range| {
            Panel::new(style.say(title), curves, format, range)
        };
        let frequency = curve("", StatisticKind::Frequency, theme::INK);
        let panels = vec![
            Panel {
                height: 1.4,
                ..panel(
                    "log.shares",
                    shares.collect(),
                    percent,
                    Range::PART.with_zero(),
                )
            },
            panel(
                "log.coming_back",
                customers,
                percent,
                Range::PART.with_zero(),
            ),
            panel(
                "log.frequency",
                vec![frequency],
                style.number(),
                Range::POSITIVE.with_zero(),
            ),
        ];
        let panels = panels
            .into_iter()
            .filter(|panel| !panel.curves.is_empty())
            .collect();
        let more = vec![style.say("log.windows").to_owned()];
        TimeChart {
            style,
            told: self.told("log", ("log.title", "log.measured"), more, Data::default()),
            across: Across::Periods {
                first: 0,
                count: self.log.periods,
            },
            panels,
            events: Vec::new(),
            height: 1.25,
        }
        .draw()
    }

    /// Parts of customers, purchases and relations, in groups of rows.
    fn customers(&self) -> Figure {
        let style = &self.style;
        let (mut rows, mut values) = (Vec::new(), Vec::new());
        let mut data = Data::new(&["statistic", "from", "to", "value"]);
        for (kind, key) in [
            (StatisticKind::RepeatAfter, "log.repeat_after"),
            (StatisticKind::RunLength, "log.run_length"),
            (StatisticKind::Survival, "log.survival"),
            (StatisticKind::FirstTime, "log.first_time"),
        ] {
            for (number, (one, value)) in self.of(kind, None).enumerate() {
                let to = one.to.saturating_sub(1);
                let name = match (one.to, kind) {
                    (0, StatisticKind::Survival) => one.from.to_string(),
                    (0, _) => fill!(style, "log.and_more", from = one.from),
                    _ if to == one.from => one.from.to_string(),
                    _ => format!("{}–{to}", one.from),
                };
                data.push(&[&kind.name(), &one.from, &one.to, &value]);
                rows.push(Row {
                    name,
                    group: if number == 0 {
                        style.say(key).to_owned()
                    } else {
                        String::new()
                    },
                    note: if value.is_nan() {
                        style.say("log.nothing").to_owned()
                    } else {
                        String::new()
                    },
                    cells: vec![Cell::plain(style.percent().write(value, 1))],
                    ..Row::default()
                });
                values.push(value);
            }
        }
        let of_all = |kind| {
            self.of(kind, None)
                .next()
                .map_or(f64::NAN, |(_, value)| value)
        };
        let number = |value: f64, decimals| style.number().write(value, decimals);
        let percent = |value: f64| style.percent().write(value, 0);
        let more = vec![fill!(
            style,
            "log.customers",
            within = percent(of_all(StatisticKind::WithinCustomers)),
            between = percent(of_all(StatisticKind::BetweenCustomers)),
            dispersion = number(of_all(StatisticKind::Dispersion), 2)
        )];
        RowChart {
            style,
            told: self.told(
                "log-customers",
                ("log.customers_title", "log.customers_measured"),
                more,
                data,
            ),
            rows,
            columns: vec![Column {
                head: "",
                color: theme::TEXT,
                width: 80.0,
                swatch: None,
            }],
            sizes: Sizes {
                pitch: ROW,
                space: 2.0,
                ..Sizes::default()
            },
            heads: Default::default(),
            scale: Some((style.percent(), String::new())),
        }
        .draw(&Bars(&values))
    }

    /// From each firm to each.
    fn switching(&self) -> Figure {
        let style = &self.style;
        let shown = &self.cast[..self.cast.len().min(MOST)];
        let mut data = Data::new(&["from", "to", "value"]);
        let row = |from: &Actor| -> Vec<f64> {
            let all = self.of(StatisticKind::Switching, Some(from.firm));
            all.take(shown.len()).map(|(_, value)| value).collect()
        };
        let values: Vec<Vec<f64>> = shown.iter().map(row).collect();
        for (from, row) in shown.iter().zip(&values) {
            for (to, value) in shown.iter().zip(row) {
                data.push(&[&from.name, &to.name, value]);
            }
        }
        let side = |key: &str, actors: Vec<&Actor>| Side {
            title: style.say(key).to_owned(),
            words: actors.iter().map(|actor| actor.name.clone()).collect(),
            colors: actors.iter().map(|actor| actor.ink()).collect(),
            are_names: true,
        };
        let left_out = match self.cast.len() - shown.len() {
            0 => Vec::new(),
            _ => vec![fill!(
                style,
                "log.first",
                shown = shown.len(),
                all = self.cast.len()
            )],
        };
        let scale = ColorScale::new(Some((0.0, 1.0)), Range::PART, style.percent());
        let rows = shown.len() as f64;
        GridChart {
            style,
            told: self.told(
                "log-switching",
                ("log.switching_title", "log.switching_measured"),
                left_out,
                data,
            ),
            maps: vec![(String::new(), theme::INK)],
            columns: side("log.to", shown.iter().collect()),
            // read from above
            rows: side("log.from", shown.iter().rev().collect()),
            scale: Some((scale, style.say("log.part"), "")),
            beside: 0.0,
            tall: &|_| (CELL.0 * rows, CELL.1 * rows),
        }
        .draw(&Matrix(&values))
    }
}

/// A bar for each part.
struct Bars<'a>(&'a [f64]);

impl RowMarks for Bars<'_> {
    fn axis(&self, pixels: (f64, f64)) -> Axis {
        Axis::rounded(0.0, 1.0, 5, pixels)
    }

    fn draw(&self, canvas: &mut Canvas, x: &Axis, slot: Slot) {
        let (top, bottom) = slot.bar(0.62, 15.0);
        let ink = Ink::fill(theme::SURPLUS, 1.0);
        canvas.rectangle((x.at(0.0), top), (x.at(self.0[slot.row]), bottom), ink);
    }
}

/// The parts that go from a firm to a firm.
struct Matrix<'a>(&'a [Vec<f64>]);

impl GridCells for Matrix<'_> {
    fn value(&self, place: CellPlace) -> f64 {
        self.0[self.0.len() - 1 - place.row][place.column]
    }
}
