//! The results of a sweep, from its summaries as they were computed or as they were stored.

use std::collections::BTreeMap;
use std::path::Path;

use super::{
    AxisValue, Estimate, Quantity, Spread, SweepAxis, SweepFirm, SweepPoint, SweepResults,
};
use crate::experiment::{Design, DesignAxis, Summary};
use crate::table::{self, SUMMARY, SummaryRow, TableError};

impl SweepResults {
    /// From the summaries, one for each point.
    #[must_use]
    pub fn of(design: &Design, summaries: &[Summary]) -> Self {
        let firms = |summary: &Summary| {
            let firm =
                |((name, summary), spreads): ((&str, Vec<Estimate>), Vec<Spread>)| SweepFirm {
                    name: name.to_owned(),
                    summary,
                    spreads,
                };
            summary.firms().zip(summary.spreads()).map(firm).collect()
        };
        // of variants, the scenario itself
        let own = design
            .base_worlds()
            .filter_map(|world| summaries.get(world as usize));
        let simulated = (0..)
            .zip(own)
            .filter(|(_, summary)| summary.replicates() > 0);
        results(
            design,
            simulated.map(|(point, summary)| (point, firms(summary))),
        )
    }

    /// From the table `summary` in a folder.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(folder: &Path, design: &Design) -> Result<Self, TableError> {
        let mut points: BTreeMap<u32, Vec<SweepFirm>> = BTreeMap::new();
        table::read(folder, &SUMMARY, &design.numbering(), |batch, of| {
            for (row, world) in SummaryRow::all(batch).zip(of) {
                let (point, variant) = design.place(u32::try_from(*world).unwrap_or(u32::MAX));
                if variant > 0 {
                    continue;
                }
                take_row(points.entry(point).or_default(), &row);
            }
        })?;
        Ok(results(design, points.into_iter()))
    }
}

/// Takes in one row of the table `summary`.
fn take_row(firms: &mut Vec<SweepFirm>, row: &SummaryRow<&str>) {
    if firms.last().is_none_or(|firm| firm.name != row.firm) {
        firms.push(SweepFirm {
            name: row.firm.to_owned(),
            summary: vec![Estimate::EMPTY; Quantity::SUMMARY.len()],
            spreads: vec![Spread::EMPTY; Quantity::SUMMARY.len()],
        });
    }
    let place = Quantity::named(row.quantity).and_then(Quantity::in_summary);
    if let (Some(firm), Some(place)) = (firms.last_mut(), place) {
        firm.summary[place] = Estimate {
            standard_deviation: row.standard_deviation,
            ..Estimate::stored([row.mean, row.low, row.high], row.replicates)
        };
        let stored = |bounds| Estimate::stored(bounds, row.replicates);
        firm.spreads[place] = Spread {
            median: stored([row.median, row.median_low, row.median_high]),
            standard_deviation: stored([
                row.standard_deviation,
                row.standard_deviation_low,
                row.standard_deviation_high,
            ]),
            leads: stored([row.leads, row.leads_low, row.leads_high]),
        };
    }
}

fn results(design: &Design, points: impl Iterator<Item = (u32, Vec<SweepFirm>)>) -> SweepResults {
    let point = |(number, firms)| {
        let values = design.values(number);
        // parameters that move together along an axis show as the first of them
        let first = |axis: &DesignAxis| axis_value(&values[axis.columns.start]);
        let values = design.axes().iter().map(first).collect();
        SweepPoint {
            number,
            values,
            firms,
            figures: Vec::new(),
        }
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
