//! The interactive charts of a lesson: those of its run, and of each change the same figure before and after.

use crate::analysis::Results;
use crate::course::Told;
use crate::report::charts::{Chart, Plot, plots};
use crate::report::html::escape;
use crate::report::words::Words;
use crate::scenario::Lesson;

/// The interactive charts that show what charts of these kinds show.
const SAME: [(&str, &str); 7] = [
    ("share", "share"),
    ("fit", "fit"),
    ("market", "coverage"),
    ("value", "value-parts"),
    ("advantage", "advantage"),
    ("frontier", "plane"),
    ("map", "map"),
];

/// The charts of a lesson.
pub struct LessonCharts {
    /// Those of the run.
    run: Vec<Plot>,
    /// Of each change: what is shown, and the place of its variant.
    changes: Vec<(Plot, usize)>,
}

impl LessonCharts {
    /// The charts of a lesson that was run.
    pub fn of(lesson: &Lesson, results: &Results, told: &Told) -> Self {
        let all: Vec<Plot> = plots(results).collect();
        let named = |id: &str| all.iter().find(|plot| plot.id == id).copied();
        let same = lesson.charts.iter().filter_map(|name| {
            let (_, id) = SAME.iter().find(|(kind, _)| kind == name)?;
            named(id)
        });
        let mut run: Vec<Plot> = same.collect();
        let usual = named("share").or_else(|| named("fit"));
        if run.is_empty() {
            run.extend(usual);
        }
        let changes = told.changes.iter().filter_map(|change| {
            let figure = change.figure.as_ref().map(|figure| figure.column());
            // where the change's own figure has no chart over time, one of the lesson's
            let own = figure.and_then(|column| all.iter().find(|plot| plot.is_of(column)));
            let line = || run.iter().find(|plot| plot.is_over_time()).copied();
            let plot = own.copied().or_else(line).or(usual)?;
            Some((plot, change.place))
        });
        Self {
            changes: changes.collect(),
            run,
        }
    }

    /// The charts as the script draws them.
    pub fn to_draw(&self, words: Words) -> Vec<Chart> {
        let run = self.run.iter().map(|plot| {
            let id = Self::of_run(plot);
            plot.to_chart(words).placed(id, None)
        });
        let changes = (1..)
            .zip(&self.changes)
            .flat_map(|(number, (plot, place))| {
                let side = |variant| {
                    let id = Self::of_change(number, variant);
                    plot.to_chart(words).placed(id, Some(variant))
                };
                [side(0), side(*place)]
            });
        run.chain(changes).collect()
    }

    /// The places of the charts of the run.
    pub fn places_of_run(&self, words: Words) -> String {
        let places = self.run.iter();
        let places = places.map(|plot| plot.place(words, &Self::of_run(plot)));
        format!(
            "<div class=\"charts\">\n{}</div>\n",
            places.collect::<String>()
        )
    }

    /// The places of the charts of a change, counted from 1: before, and beside it after.
    pub fn places_of_change(&self, words: Words, number: usize, after: &str) -> String {
        let Some((plot, place)) = self.changes.get(number - 1) else {
            return String::new();
        };
        let sides = [
            (0, words.say("lesson.before").to_owned()),
            (*place, escape(after)),
        ];
        let named = |(variant, name)| (Self::of_change(number, variant), name);
        plot.places_beside(words, sides.map(named))
    }

    fn of_run(plot: &Plot) -> String {
        format!("lesson-{}", plot.id)
    }

    fn of_change(number: usize, variant: usize) -> String {
        format!("change-{number}-{variant}")
    }
}
