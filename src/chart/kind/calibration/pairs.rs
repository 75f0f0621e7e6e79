//! Which parameters of a calibration cannot be told apart.

use super::{caption, parameter};
use crate::analysis::calibration::{Calibrated, Pair};
use crate::chart::form::grid::{CellPlace, GridCells, GridChart};
use crate::chart::form::scale::ColorScale;
use crate::chart::form::side::Side;
use crate::chart::kit::{Data, Figure, Heading, Style, Told as Words, fill, theme, words};
use crate::scenario::Scenario;

/// Least and greatest height of a row of a matrix.
const CELL: (f64, f64) = (30.0, 60.0);

/// The correlations of parameters in the posterior, each with each.
pub fn draw_pairs(style: &Style, scenario: &Scenario, found: &Calibrated, name: String) -> Figure {
    let names: Vec<String> = found
        .parameters
        .iter()
        .map(|one| parameter(style, &one.path))
        .collect();
    let mut data = Data::new(&["parameter", "other", "correlation"]);
    for pair in &found.pairs {
        data.push(&[&pair.paths.0, &pair.paths.1, &pair.correlation]);
    }
    let together: Vec<String> = (found.pairs.iter().filter(|pair| pair.is_together()))
        .map(|pair| {
            let both = [&pair.paths.0, &pair.paths.1]
                .map(|path| words::first_small(&parameter(style, path)));
            format!("{} – {}", both[0], both[1])
        })
        .collect();
    let said = match together.is_empty() {
        true => style.say("calibration.none_together").to_owned(),
        false => fill!(style, "calibration.together", pairs = together.join("; ")),
    };
    let mut told = caption(style, scenario, found, &[]);
    told.insert(0, said.clone());
    let side = |words: Vec<String>| Side {
        words,
        are_names: true,
        ..Side::default()
    };
    let count = names.len() as f64;
    GridChart {
        style,
        told: Words {
            name,
            heading: Heading {
                title: style.say("calibration.pairs").to_owned(),
                subtitle: style.say("calibration.pairs_measured").to_owned(),
                caption: told,
            },
            description: said,
            data,
        },
        maps: vec![(String::new(), theme::INK)],
        columns: side(names.clone()),
        // read from above
        rows: side(names.iter().rev().cloned().collect()),
        scale: Some((
            ColorScale::diverging(Some((-1.0, 1.0)), 0.0, style.signed()),
            style.say("calibration.correlation"),
            "",
        )),
        beside: 0.0,
        tall: &|_| (CELL.0 * count, CELL.1 * count),
    }
    .draw(&Matrix(found))
}

/// The correlations; nothing of a parameter with itself.
struct Matrix<'a>(&'a Calibrated);

impl Matrix<'_> {
    fn pair(&self, place: CellPlace) -> Option<&Pair> {
        let all = &self.0.parameters;
        let (row, column) = (
            &all[all.len() - 1 - place.row].path,
            &all[place.column].path,
        );
        let is_of_both = |pair: &&Pair| {
            let (one, other) = &pair.paths;
            (one, other) == (row, column) || (other, one) == (row, column)
        };
        self.0.pairs.iter().find(is_of_both)
    }
}

impl GridCells for Matrix<'_> {
    fn value(&self, place: CellPlace) -> f64 {
        self.pair(place).map_or(f64::NAN, |pair| pair.correlation)
    }

    fn is_bold(&self, place: CellPlace) -> bool {
        self.pair(place).is_some_and(Pair::is_together)
    }
}
