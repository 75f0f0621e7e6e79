//! The tables of a calibration, and the way back from them.

use super::{Calibrated, CalibratedParameter, FittedStatistic, Interval, Pair, Recovered};
use crate::analysis::kind::StoredTables;
use crate::log::StatisticKind;
use crate::table::{Batch, FitRow, PairRow, PosteriorRow, RecoveryRow};

/// The rows of answers.
pub(super) fn tables(answers: &[(u32, &Calibrated)]) -> Vec<Batch> {
    let all = || {
        answers
            .iter()
            .map(|(number, found)| (i64::from(*number), *found))
    };
    let posterior = all().flat_map(|(analysis, found)| {
        found.parameters.iter().map(move |one| PosteriorRow {
            analysis,
            parameter: one.path.as_str(),
            prior_from: one.prior.0,
            prior_to: one.prior.1,
            scale: if one.is_log { "log" } else { "linear" },
            median: one.posterior.median(),
            low50: one.posterior.half().0,
            high50: one.posterior.half().1,
            low90: one.posterior.wide().0,
            high90: one.posterior.wide().1,
            predictivity: one.predictivity,
            coverage: one.coverage,
            verdict: one.told().name(),
            possible: found.is_possible,
            samples: i64::from(found.samples),
        })
    });
    let fit = all().flat_map(|(analysis, found)| {
        found.fit.iter().map(move |one| FitRow {
            analysis,
            statistic: one.kind.name(),
            firm: one.firm.as_str(),
            from: i64::from(one.over.0),
            to: i64::from(one.over.1),
            observed: one.observed.0,
            standard_error: if one.observed.1 > 0.0 {
                one.observed.1
            } else {
                f64::NAN
            },
            median: one.predictive.median(),
            low50: one.predictive.half().0,
            high50: one.predictive.half().1,
            low90: one.predictive.wide().0,
            high90: one.predictive.wide().1,
            least: one.range.0,
            greatest: one.range.1,
            possible: one.is_possible(),
        })
    });
    let pairs = all().flat_map(|(analysis, found)| {
        found.pairs.iter().map(move |one| PairRow {
            analysis,
            parameter: one.paths.0.as_str(),
            other: one.paths.1.as_str(),
            correlation: one.correlation,
            together: one.is_together(),
        })
    });
    let recovery = all().flat_map(|(analysis, found)| {
        found.recoveries.iter().map(move |one| RecoveryRow {
            analysis,
            point: i64::from(one.point),
            parameter: one.path.as_str(),
            truth: one.truth,
            median: one.posterior.median(),
            low50: one.posterior.half().0,
            high50: one.posterior.half().1,
            low90: one.posterior.wide().0,
            high90: one.posterior.wide().1,
            covered: one.is_covered(),
        })
    });
    vec![
        PosteriorRow::batch(posterior),
        FitRow::batch(fit),
        PairRow::batch(pairs),
        RecoveryRow::batch(recovery),
    ]
}

/// The answers that tables hold, by number.
pub(super) fn read(tables: &StoredTables) -> Vec<(u32, Calibrated)> {
    let number = |number: i64| u32::try_from(number).unwrap_or(0);
    let mut all: Vec<(u32, Calibrated)> = Vec::new();
    for row in PosteriorRow::all(tables.table(0)) {
        let analysis = number(row.analysis);
        if all.last().is_none_or(|(last, _)| *last != analysis) {
            all.push((
                analysis,
                Calibrated {
                    number: analysis,
                    samples: number(row.samples),
                    is_possible: row.possible,
                    parameters: Vec::new(),
                    fit: Vec::new(),
                    pairs: Vec::new(),
                    recoveries: Vec::new(),
                    files: Vec::new(),
                },
            ));
        }
        if let Some((_, own)) = all.last_mut() {
            own.parameters.push(CalibratedParameter {
                path: row.parameter.to_owned(),
                prior: (row.prior_from, row.prior_to),
                is_log: row.scale == "log",
                posterior: Interval {
                    quantiles: [row.low90, row.low50, row.median, row.high50, row.high90],
                },
                predictivity: row.predictivity,
                coverage: row.coverage,
            });
        }
    }
    let mut of = |analysis: i64, take: &mut dyn FnMut(&mut Calibrated)| {
        if let Some((_, own)) = all.iter_mut().find(|(known, _)| *known == number(analysis)) {
            take(own);
        }
    };
    for row in FitRow::all(tables.table(1)) {
        let Some(kind) = StatisticKind::named(row.statistic) else {
            continue;
        };
        of(row.analysis, &mut |own| {
            own.fit.push(FittedStatistic {
                kind,
                firm: row.firm.to_owned(),
                over: (number(row.from), number(row.to)),
                observed: (
                    row.observed,
                    if row.standard_error.is_nan() {
                        0.0
                    } else {
                        row.standard_error
                    },
                ),
                predictive: Interval {
                    quantiles: [row.low90, row.low50, row.median, row.high50, row.high90],
                },
                range: (row.least, row.greatest),
            });
        });
    }
    for row in PairRow::all(tables.table(2)) {
        of(row.analysis, &mut |own| {
            own.pairs.push(Pair {
                paths: (row.parameter.to_owned(), row.other.to_owned()),
                correlation: row.correlation,
            });
        });
    }
    for row in RecoveryRow::all(tables.table(3)) {
        of(row.analysis, &mut |own| {
            own.recoveries.push(Recovered {
                point: number(row.point),
                path: row.parameter.to_owned(),
                truth: row.truth,
                posterior: Interval {
                    quantiles: [row.low90, row.low50, row.median, row.high50, row.high90],
                },
            });
        });
    }
    all
}
