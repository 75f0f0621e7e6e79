//! What a sweep found, from its summaries as they were computed or as they were stored.

use std::collections::BTreeMap;
use std::path::Path;

use flywheel::analysis::{
    AxisValue, Estimate, Quantity, Summary, SweepAxis, SweepFirm, SweepPoint, SweepResults,
};
use flywheel::experiment::Design;
use flywheel::table::{self, SUMMARY, SummaryRow, TableError};

/// The results of a sweep from its summaries, one for each point.
pub fn from_summaries(design: &Design, summaries: &[Summary]) -> SweepResults {
    let firms = |summary: &Summary| {
        let firm = |(name, summary): (&str, Vec<Estimate>)| SweepFirm {
            name: name.to_owned(),
            summary,
        };
        summary.firms().map(firm).collect()
    };
    let simulated = (0..)
        .zip(summaries)
        .filter(|(_, summary)| summary.replicates() > 0);
    results(
        design,
        simulated.map(|(point, summary)| (point, firms(summary))),
    )
}

/// The results of a sweep from the table `summary` in a folder.
pub fn from_table(folder: &Path, design: &Design) -> Result<SweepResults, TableError> {
    let mut points: BTreeMap<u32, Vec<SweepFirm>> = BTreeMap::new();
    table::read(folder, &SUMMARY, |batch, of| {
        for (row, point) in SummaryRow::all(batch).zip(of) {
            let point = u32::try_from(*point).unwrap_or(u32::MAX);
            take_row(points.entry(point).or_default(), &row);
        }
    })?;
    Ok(results(design, points.into_iter()))
}

/// Takes in one row of the table `summary`.
fn take_row(firms: &mut Vec<SweepFirm>, row: &SummaryRow<&str>) {
    if firms.last().is_none_or(|firm| firm.name != row.firm) {
        let summary = vec![Estimate::EMPTY; Quantity::SUMMARY.len()];
        firms.push(SweepFirm {
            name: row.firm.to_owned(),
            summary,
        });
    }
    let position = Quantity::SUMMARY
        .iter()
        .position(|known| known.column() == row.quantity);
    if let (Some(firm), Some(position)) = (firms.last_mut(), position) {
        firm.summary[position] = Estimate {
            standard_deviation: row.standard_deviation,
            ..Estimate::stored([row.mean, row.low, row.high], row.replicates)
        };
    }
}

fn results(design: &Design, points: impl Iterator<Item = (u32, Vec<SweepFirm>)>) -> SweepResults {
    let point = |(point, firms)| {
        let values = design.values(point);
        // parameters that move together along an axis show as the first of them
        let first = |axis: &flywheel::experiment::DesignAxis| &values[axis.columns.start];
        let values = design
            .axes()
            .iter()
            .map(|axis| axis_value(first(axis)))
            .collect();
        SweepPoint { values, firms }
    };
    let points: Vec<SweepPoint> = points.map(point).collect();
    let grid = design.is_grid();
    let axes = design.axes().iter().enumerate().map(|(position, axis)| {
        let mut values: Vec<AxisValue> = Vec::new();
        for value in points
            .iter()
            .map(|point| &point.values[position])
            .filter(|_| grid)
        {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        let key = design.columns()[axis.columns.start].clone();
        // a label that is only the path is none
        let label = if axis.label == key {
            String::new()
        } else {
            axis.label.clone()
        };
        SweepAxis { key, label, values }
    });
    let counts = points
        .iter()
        .flat_map(|point| &point.firms)
        .flat_map(|firm| &firm.summary);
    SweepResults {
        replicates: counts.map(|estimate| estimate.count).max().unwrap_or(0),
        axes: axes.collect(),
        grid,
        points,
    }
}

fn axis_value(value: &toml::Value) -> AxisValue {
    match value {
        toml::Value::Integer(number) => AxisValue::Number(*number as f64),
        toml::Value::Float(number) => AxisValue::Number(*number),
        toml::Value::String(text) => AxisValue::Text(text.clone()),
        other => AxisValue::Text(other.to_string()),
    }
}
