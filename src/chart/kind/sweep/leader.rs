//! Two axes on a grid: which firm has the largest share where, and where that is not decided.

use super::beside::BesideKey;
use super::cells::Cells;
use super::description::plain;
use super::lead::{Lead, draw_lead, lead};
use super::leaders::leader_key;
use super::stage::Stage;
use crate::chart::form::grid::{CellPlace, GridCells, GridChart};
use crate::chart::kit::{Canvas, Data, Entry, Figure, Heading, Point, Told, fill, theme};

/// Width of the key beside the map, on a sheet of the usual width.
pub const KEY: f64 = 290.0;
/// Space between map and key.
pub const APART: f64 = 28.0;

/// The map of who leads, and its key.
struct LeaderMap<'a> {
    stage: &'a Stage<'a>,
    leads: Vec<Lead>,
    cells: Cells,
    key: BesideKey<Lead>,
}

/// Draws the chart.
#[must_use]
pub fn draw(stage: &Stage<'_>) -> Figure {
    let style = &stage.style;
    let points = stage.results.points.iter();
    let leads: Vec<Lead> = points.map(|point| lead(stage, point)).collect();
    let map = LeaderMap {
        stage,
        cells: Cells::new(stage),
        key: leader_key(stage, &leads, style.part(KEY)),
        leads,
    };
    GridChart {
        style,
        told: Told {
            name: stage.name.clone(),
            heading: heading(stage, &map.leads),
            description: map.key.description(),
            data: data(stage, &map.leads),
        },
        maps: vec![(String::new(), theme::INK)],
        columns: map.cells.columns.clone(),
        rows: map.cells.rows.clone(),
        scale: None,
        beside: style.part(KEY) + APART,
        tall: &|_| (map.key.height(), f64::INFINITY),
    }
    .draw(&map)
}

impl GridCells for LeaderMap<'_> {
    fn draw(&self, canvas: &mut Canvas, place: CellPlace, from: Point, to: Point) {
        let point = self.cells.point(place);
        let lead = point.map_or(Lead::Nobody, |point| self.leads[point]);
        draw_lead(canvas, self.stage, lead, from, to);
    }

    fn draw_beside(&self, canvas: &mut Canvas, (left, top): Point) {
        self.key
            .draw(canvas, (left + APART, top), |canvas, lead, from, to| {
                draw_lead(canvas, self.stage, *lead, from, to);
            });
    }
}

/// A row for every point: values of the axes, the leader, and whether it leads clearly.
fn data(stage: &Stage<'_>, leads: &[Lead]) -> Data {
    let keys = stage.results.axes.iter().map(|axis| axis.key.as_str());
    let columns: Vec<&str> = keys.chain(["leader", "runner_up", "decided"]).collect();
    let mut data = Data::new(&columns);
    for (point, lead) in stage.results.points.iter().zip(leads) {
        let name = |firm: usize| stage.actor(firm).name.clone();
        let (leader, rival, decided) = match *lead {
            Lead::Nobody => (String::new(), String::new(), ""),
            Lead::Decided(firm) => (name(firm), String::new(), "true"),
            Lead::Undecided(firm, rival) | Lead::Tied(firm, rival) => {
                (name(firm), name(rival), "false")
            }
        };
        let mut row: Vec<String> = point.values.iter().map(plain).collect();
        row.extend([leader, rival, decided.to_owned()]);
        let entries: Vec<&dyn Entry> = row.iter().map(|entry| entry as &dyn Entry).collect();
        data.push(&entries);
    }
    data
}

fn heading(stage: &Stage<'_>, leads: &[Lead]) -> Heading {
    let mut also = Vec::new();
    if leads
        .iter()
        .any(|lead| matches!(lead, Lead::Undecided(..) | Lead::Tied(..)))
    {
        let why = if stage.results.replicates > 1 {
            stage.style.say("leader.overlap")
        } else {
            stage.style.say("leader.once")
        };
        also.push(why.to_owned());
    }
    let title = fill!(stage.style, "leader.title", axes = stage.by());
    let subtitle = stage.style.say("leader.measured");
    stage.heading_of(true, title, subtitle.to_owned(), false, also)
}
