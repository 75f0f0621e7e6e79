//! Kind "calibration": points of the parameters' ranges, one market each, and the statistics of its log.

use super::inference::{Inferred, Points, QUANTILES, infer};
use super::{
    Calibrated, CalibratedParameter, FittedStatistic, Interval, Pair, Recovered, files, table,
};
use crate::analysis::AnalysisError;
use crate::analysis::kind::{Asked, Kind, StoredTables};
use crate::experiment::{Cell, Cells, Design, Finished, Order};
use crate::log::{Shape, Statistic};
use crate::model::{Plan, Seen};
use crate::random::{Purpose, Source};
use crate::scenario::{
    Analysis, Calibrate, DesignKind, Diagnostics, Problem, Record, RecordedTable, Scale, Scenario,
    Sweep,
};
use crate::table::{Batch, Definition, FIT, PAIRS, POSTERIOR, RECOVERY};

/// A log with the points at which markets are simulated.
#[derive(Debug)]
pub struct CalibrationPoints {
    pub(super) number: u32,
    pub(super) scenario: Scenario,
    pub(super) design: Design,
    pub(super) asked: Calibrate,
    firms: Vec<String>,
    seen: Seen,
    /// The statistics that count, with their places among all.
    statistics: Vec<(usize, Statistic)>,
    /// What was observed of each, and its standard error.
    observed: Vec<(f64, f64)>,
}

impl CalibrationPoints {
    fn new(number: u32, scenario: &Scenario) -> Result<Self, Diagnostics> {
        let none = || {
            let problem = Problem::new(
                "an analysis of kind \"calibration\" needs [calibrate], which says of which log",
            );
            Diagnostics::one(&scenario.name, problem)
        };
        let asked = scenario.calibrate.clone().ok_or_else(none)?;
        let mut swept = scenario.market_alone();
        // single markets, each with chances of its own: shared ones would be taken for what the parameters do
        swept.sweep = Some(Sweep {
            design: DesignKind::Sobol,
            samples: Some(asked.samples),
            common_random_numbers: false,
            axes: asked.parameters.clone(),
            ..Sweep::default()
        });
        let design = Design::new(&swept)?;
        let firms: Vec<String> = design
            .scenario(0)?
            .firms
            .into_iter()
            .map(|firm| firm.name)
            .collect();
        let periods = scenario.simulation.periods.saturating_sub(asked.from);
        let shape = Shape {
            firms: firms.len(),
            periods: asked.periods.unwrap_or(periods).min(periods).max(1),
        };
        let all = shape.statistics();
        let (mut statistics, mut observed) = (Vec::new(), Vec::new());
        for one in &asked.observed {
            let is_wanted =
                asked.statistics.is_empty() || asked.statistics.contains(&one.statistic);
            let is = |statistic: &Statistic| {
                (statistic.kind, statistic.from, statistic.to) == (one.statistic, one.from, one.to)
                    && statistic.firm_in(&firms) == one.firm
            };
            if let Some(place) = all.iter().position(is).filter(|_| is_wanted) {
                statistics.push((place, all[place]));
                observed.push((one.value, one.standard_error));
            }
        }
        Ok(Self {
            number,
            scenario: scenario.clone(),
            design,
            firms,
            seen: Seen {
                from: asked.from,
                shape,
                by_number: scenario.are_numbers_used_again(),
            },
            asked,
            statistics,
            observed,
        })
    }

    /// The values of the axes at a place in the unit cube, each that of its first path.
    pub(super) fn values(&self, places: &[f64]) -> Vec<f64> {
        let all = self.design.values_at(places);
        let number = |value: &toml::Value| {
            let float = value.as_float();
            float
                .or_else(|| value.as_integer().map(|whole| whole as f64))
                .unwrap_or(f64::NAN)
        };
        let axes = self.design.axes().iter();
        axes.map(|axis| all.get(axis.columns.start).map_or(f64::NAN, number))
            .collect()
    }

    /// The path of each axis: its first.
    pub(super) fn paths(&self) -> Vec<String> {
        self.asked
            .parameters
            .iter()
            .map(|axis| axis.paths().next().unwrap_or_default().to_owned())
            .collect()
    }

    /// What the statistics of a target that has a standard error are off by, at a point.
    fn error(&self, place: usize, point: u32) -> f64 {
        let (_, standard_error) = self.observed[place];
        if standard_error <= 0.0 {
            return 0.0;
        }
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        let source = Source::new(self.scenario.simulation.seed, 0);
        let key = source.family(Purpose::TargetError, &[]).key(number, 0);
        let uniform = |who: u32| (f64::from(key.word(who)) + 0.5) / 4_294_967_296.0;
        let (radius, angle) = (uniform(2 * point), uniform(2 * point + 1));
        let radius = (-2.0 * libm::log(radius)).sqrt();
        standard_error * radius * libm::cos(2.0 * std::f64::consts::PI * angle)
    }
}

impl Kind for Calibrated {
    const NAME: &'static str = "calibration";
    const TABLES: &'static [&'static Definition] = &[&POSTERIOR, &FIT, &PAIRS, &RECOVERY];
    type Question = CalibrationPoints;
    type Taken = Points;

    fn ask(asked: &Asked<'_>) -> Result<Option<CalibrationPoints>, AnalysisError> {
        match asked.analysis {
            Analysis::Calibration {} => {
                Ok(Some(CalibrationPoints::new(asked.number, asked.scenario)?))
            }
            _ => Ok(None),
        }
    }

    fn start(posed: &CalibrationPoints) -> Points {
        Points {
            places: (0..posed.design.len())
                .map(|point| posed.design.places(point))
                .collect(),
            statistics: vec![Vec::new(); posed.design.len() as usize],
        }
    }

    fn cells(posed: &CalibrationPoints, _: &Points, round: u32) -> Option<Box<dyn Order>> {
        (round == 0).then(|| {
            Box::new(Cells {
                points: posed.design.len(),
                replicates: 1,
            }) as _
        })
    }

    fn plan(posed: &CalibrationPoints, point: u32) -> Result<Plan, Diagnostics> {
        let mut market = posed.design.scenario(point)?;
        // what happens after the log ends is not seen
        market.simulation.periods = posed.seen.from + posed.seen.shape.periods;
        market
            .interventions
            .retain(|change| change.period < market.simulation.periods);
        market.simulation.precision = None;
        market.simulation.record = Record {
            tables: vec![RecordedTable::Interactions],
            customers: posed.asked.customers.unwrap_or(0),
            ..Record::default()
        };
        Ok(Plan::new(&market)?.with_statistics(posed.seen))
    }

    fn take(posed: &CalibrationPoints, taken: &mut Points, cell: Cell, finished: &Finished) {
        let all = finished.records.statistics.numbers("value");
        let own = posed
            .statistics
            .iter()
            .enumerate()
            .map(|(number, (place, _))| {
                all.get(*place).copied().unwrap_or(f64::NAN) + posed.error(number, cell.point)
            });
        taken.statistics[cell.point as usize] = own.collect();
    }

    fn answer(posed: CalibrationPoints, taken: Points) -> Result<Self, AnalysisError> {
        let observed: Vec<f64> = posed.observed.iter().map(|(value, _)| *value).collect();
        let inferred = infer(&taken, &observed);
        Ok(posed.answer(&taken, &inferred))
    }

    fn tables(answers: &[(u32, &Self)]) -> Vec<Batch> {
        table::tables(answers)
    }

    fn read(_: &[(u32, CalibrationPoints)], tables: &StoredTables) -> Vec<(u32, Self)> {
        table::read(tables)
    }

    fn tell(&self, _: &Scenario) -> Vec<String> {
        self.sentences()
    }

    fn files(&self) -> &[(String, String)] {
        &self.files
    }
}

impl CalibrationPoints {
    fn answer(&self, taken: &Points, inferred: &Inferred) -> Calibrated {
        let paths = self.paths();
        let at = |parameter: usize, place: f64| self.values(&vec![place; paths.len()])[parameter];
        let interval = |parameter: usize, places: [f64; 5]| Interval {
            quantiles: places.map(|place| at(parameter, place)),
        };
        let recoveries: Vec<Recovered> = (inferred.recoveries.iter())
            .flat_map(|one| {
                let paths = paths.iter().enumerate();
                paths.map(|(parameter, path)| Recovered {
                    point: u32::try_from(one.point).unwrap_or(u32::MAX),
                    path: path.clone(),
                    truth: at(parameter, one.truth[parameter]),
                    posterior: interval(parameter, one.quantiles[parameter]),
                })
            })
            .collect();
        let parameter = |(number, axis): (usize, &crate::scenario::Axis)| {
            let own = inferred.posterior.of(number);
            let covered = |one: &&Recovered| one.path == paths[number] && one.is_covered();
            let range = axis.range.as_ref();
            CalibratedParameter {
                path: paths[number].clone(),
                prior: range.map_or((f64::NAN, f64::NAN), |range| (range.from, range.to)),
                is_log: range.is_some_and(|range| range.scale == Scale::Log),
                posterior: interval(number, QUANTILES.map(|part| own.quantile(part))),
                predictivity: inferred.predictivity[number],
                coverage: recoveries.iter().filter(covered).count() as f64
                    / inferred.recoveries.len() as f64,
            }
        };
        let fit: Vec<FittedStatistic> = self.fit(taken, inferred);
        Calibrated {
            number: self.number,
            samples: self.design.len(),
            is_possible: !inferred.is_far && fit.iter().all(FittedStatistic::is_possible),
            parameters: self
                .asked
                .parameters
                .iter()
                .enumerate()
                .map(parameter)
                .collect(),
            pairs: pairs(&paths, inferred),
            fit,
            recoveries,
            files: Vec::new(),
        }
        .with_files(|found| files::files(self, inferred, found))
    }

    fn fit(&self, taken: &Points, inferred: &Inferred) -> Vec<FittedStatistic> {
        let one = |(number, (_, statistic)): (usize, &(usize, Statistic))| {
            let values = taken
                .statistics
                .iter()
                .map(|row| row[number])
                .filter(|value| value.is_finite());
            FittedStatistic {
                kind: statistic.kind,
                firm: statistic.firm_in(&self.firms),
                over: (statistic.from, statistic.to),
                observed: self.observed[number],
                predictive: Interval {
                    quantiles: QUANTILES.map(|part| {
                        let moved = inferred.predictive[number].quantile(part);
                        statistic.kind.possible(moved)
                    }),
                },
                range: values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                }),
            }
        };
        self.statistics.iter().enumerate().map(one).collect()
    }
}

impl Calibrated {
    /// The same with the files that are made of it.
    fn with_files(mut self, make: impl FnOnce(&Self) -> Vec<(String, String)>) -> Self {
        self.files = make(&self);
        self
    }
}

/// How the draws of each pair of parameters go together.
fn pairs(paths: &[String], inferred: &Inferred) -> Vec<Pair> {
    let posterior = &inferred.posterior;
    let rows = || {
        posterior
            .places
            .iter()
            .zip(posterior.near.iter().map(|(_, weight)| *weight))
    };
    let mean =
        |parameter: usize| -> f64 { rows().map(|(row, weight)| weight * row[parameter]).sum() };
    let means: Vec<f64> = (0..paths.len()).map(mean).collect();
    let product = |one: usize, other: usize| -> f64 {
        let own = |(row, weight): (&Vec<f64>, f64)| {
            weight * (row[one] - means[one]) * (row[other] - means[other])
        };
        rows().map(own).sum()
    };
    let numbers = 0..paths.len();
    let both = numbers
        .clone()
        .flat_map(|one| (one + 1..paths.len()).map(move |other| (one, other)));
    let pair = |(one, other): (usize, usize)| Pair {
        paths: (paths[one].clone(), paths[other].clone()),
        correlation: product(one, other) / (product(one, one) * product(other, other)).sqrt(),
    };
    both.map(pair).collect()
}
