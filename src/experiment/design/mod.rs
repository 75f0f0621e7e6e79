//! The points of a sweep and the variants of a scenario: which worlds there are, what differs between them, and the scenario of each.
//!
//! # Usual flow
//!
//! 1. [`Design::new`] reads the sweep of a checked scenario; without one there is a single point.
//! 2. [`Design::scenario`] gives the scenario of a point, made when it is asked for, so that a sweep
//!    of 100,000 points holds none of them in memory.
//! 3. [`Design::header`] and [`Design::row`] are the lines of `points.csv`.
//!
//! # Worlds
//!
//! Where a scenario has variants, each point is simulated under each: a *world* is one of a point's variants. Worlds are numbered point
//! by point, and within a point variant by variant, the scenario itself first ([`Numbering`]). Without variants, worlds are points.
//!
//! # Designs
//!
//! - A *grid* has every combination of the axes' values; the last axis varies fastest.
//! - A *list* has the points as they are written.
//! - A *Latin hypercube* of n points has, on every axis, exactly one point in each of n equal parts of
//!   the range, at a random place within the part (McKay, Beckman and Conover, 1979).
//! - A *Sobol* design takes the first n points of an Owen-scrambled Sobol sequence (Burley, 2020).
//!
//! Sampled designs are functions of the scenario's seed: equal scenarios have equal points, on every
//! machine. An axis of a Latin hypercube keeps its places when others are added.

mod sample;
mod words;

use std::ops::Range;

use self::sample::Sample;
use self::words::describe;
pub use self::words::plain_value;
use crate::model::{HeadStart, Perturbation, Plan};
use crate::random::{Purpose, Source};
use crate::scenario::{Axis, Base, DesignKind, Diagnostics, Scenario, Sweep, Variant};
use crate::table::Numbering;

/// The points of a sweep, and the variants of each.
#[derive(Debug, Clone)]
pub struct Design {
    base: Base,
    /// The scenario itself first; empty where there are none.
    variants: Vec<Variant>,
    seed: u64,
    sweep: Sweep,
    sample: Option<Sample>,
    len: u32,
    columns: Vec<String>,
    labels: Vec<String>,
    axes: Vec<DesignAxis>,
}

/// Something that varies over a sweep: one axis, or one parameter of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignAxis {
    /// Name for charts: the axis's label, or else its first path.
    pub label: String,
    /// The columns that move together along it; at least one.
    pub columns: Range<usize>,
}

impl Design {
    /// The points of a scenario: those of its sweep, or else itself as point 0.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub fn new(scenario: &Scenario) -> Result<Self, Diagnostics> {
        // resolved: paths as loading writes them, numbers as parameters take them
        let scenario = scenario.resolve()?;
        let seed = scenario.simulation.seed;
        let base = scenario.base()?;
        let variants = Variant::with_base(&scenario.variants);
        let sweep = scenario.sweep.unwrap_or_else(|| Sweep {
            design: DesignKind::List,
            ..Sweep::default()
        });
        let columns: Vec<String> = sweep.paths().into_iter().map(str::to_owned).collect();
        let axes = axes(&sweep, &columns);
        let labels = axes
            .iter()
            .flat_map(|axis| axis.columns.clone().map(|_| axis.label.clone()))
            .collect();
        Ok(Self {
            base,
            variants,
            seed,
            len: number_of_points(&sweep),
            sample: Sample::of(&sweep, seed),
            sweep,
            columns,
            labels,
            axes,
        })
    }

    /// Number of points; at least one.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Number of worlds: points, or variants of points.
    #[must_use]
    pub fn worlds(&self) -> u32 {
        self.len.saturating_mul(self.variants_of_point())
    }

    /// The variants, the scenario itself first; empty where the scenario has none.
    #[must_use]
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    /// Point and variant of a world, both counted from 0.
    #[must_use]
    pub fn place(&self, world: u32) -> (u32, usize) {
        let count = self.variants_of_point();
        (world / count, (world % count) as usize)
    }

    /// The worlds in which the scenario is as it stands: one for each point.
    pub fn base_worlds(&self) -> impl Iterator<Item = u32> {
        let count = self.variants_of_point();
        (0..self.len).map(move |point| point.saturating_mul(count))
    }

    /// How tables say to which world a row belongs.
    #[must_use]
    pub fn numbering(&self) -> Numbering {
        let names = self.variants.iter().map(|variant| variant.name.clone());
        Numbering::new(self.is_sweep(), names.collect())
    }

    fn variants_of_point(&self) -> u32 {
        u32::try_from(self.variants.len().max(1)).unwrap_or(u32::MAX)
    }

    /// Whether there are no points, which no checked scenario has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the scenario has a sweep.
    #[must_use]
    pub fn is_sweep(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Whether the points are all combinations of the axes' values.
    #[must_use]
    pub fn is_grid(&self) -> bool {
        self.is_sweep() && self.sweep.design == DesignKind::Grid
    }

    /// Whether the points are drawn from ranges.
    #[must_use]
    pub fn is_sampled(&self) -> bool {
        self.sweep.design.is_sampled()
    }

    /// Paths of all parameters that vary, as the scenario writes them; parameters that move together
    /// have a column each.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Names of the columns for charts: the label of the axis, or else its first path.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The axes; each parameter of a list is one.
    #[must_use]
    pub fn axes(&self) -> &[DesignAxis] {
        &self.axes
    }

    /// The values at a point, one for each column. Points beyond the last have none.
    #[must_use]
    pub fn values(&self, point: u32) -> Vec<toml::Value> {
        if point >= self.len {
            return Vec::new();
        }
        match (self.sweep.design, &self.sample) {
            (DesignKind::List, _) => {
                let row = self.sweep.points.get(point as usize);
                row.into_iter()
                    .flat_map(|row| row.values().cloned())
                    .collect()
            }
            (_, Some(sample)) => self.values_at(&sample.places(point)),
            (_, None) => self.grid_values(point),
        }
    }

    fn grid_values(&self, point: u32) -> Vec<toml::Value> {
        let mut rest = point;
        let mut levels = vec![0; self.sweep.axes.len()];
        for (level, axis) in levels.iter_mut().zip(&self.sweep.axes).rev() {
            let number = axis.levels().max(1);
            *level = rest % number;
            rest /= number;
        }
        let axes = self.sweep.axes.iter().zip(levels);
        axes.flat_map(|(axis, level)| axis.paths().filter_map(move |path| axis.level(path, level)))
            .collect()
    }

    /// The place of a point in the unit cube, one coordinate for each axis; nothing where points are not drawn from ranges.
    #[must_use]
    pub fn places(&self, point: u32) -> Vec<f64> {
        let sample = self.sample.as_ref();
        sample.map_or_else(Vec::new, |sample| sample.places(point))
    }

    /// The values at a place in the unit cube, which has one coordinate in [0, 1) for each axis: what a
    /// sampled design, or an analysis with points of its own, picks from the ranges.
    ///
    /// Only axes of sampled designs have places between their values.
    #[must_use]
    pub fn values_at(&self, places: &[f64]) -> Vec<toml::Value> {
        let axes = self.sweep.axes.iter().zip(places);
        axes.flat_map(|(axis, place)| {
            axis.paths()
                .filter_map(move |path| axis.value_at(path, *place))
        })
        .collect()
    }

    /// The scenario of a point, without sweep and analyses.
    ///
    /// # Errors
    /// The values of this point do not go together, which loading finds beforehand in all but the
    /// largest sweeps. Every problem names the point.
    pub fn scenario(&self, point: u32) -> Result<Scenario, Diagnostics> {
        self.scenario_with(point, &self.values(point))
    }

    /// The scenario of a world, without sweep, variants and analyses.
    ///
    /// # Errors
    /// As [`Design::scenario`].
    pub fn world(&self, world: u32) -> Result<Scenario, Diagnostics> {
        self.world_with(world, &[])
    }

    /// The same, in which parameters besides those of the sweep and of the variant take these values.
    ///
    /// # Errors
    /// As [`Design::scenario`].
    pub fn world_with(
        &self,
        world: u32,
        more: &[(String, toml::Value)],
    ) -> Result<Scenario, Diagnostics> {
        let (point, variant) = self.place(world);
        let values = self.values(point);
        let columns = self.columns.iter().map(String::as_str).zip(values);
        let more = more
            .iter()
            .map(|(path, value)| (path.as_str(), value.clone()));
        let mut settings: Vec<(&str, toml::Value)> = columns.chain(more).collect();
        let Some(variant) = self.variants.get(variant).filter(|one| !one.is_base()) else {
            let made = self.base.scenario(&settings, self.own_seed(point));
            return made.map_err(|problems| problems.with_help(&describe(point, &settings)));
        };
        let set = variant.set.iter();
        settings.extend(set.map(|(path, value)| (path.as_str(), value.clone())));
        let made = match variant.interventions {
            true => self.base.scenario(&settings, self.own_seed(point)),
            false => (self.base.without_interventions()).scenario(&settings, self.own_seed(point)),
        };
        let place = format!("this is so in the variant `{}`", variant.name);
        made.map_err(|problems| match self.is_sweep() {
            true => problems
                .with_help(&place)
                .with_help(&describe(point, &settings)),
            false => problems.with_help(&place),
        })
    }

    /// What is simulated in a world.
    ///
    /// # Errors
    /// As [`Design::world`]; and where a firm that gets a head start does not take part.
    pub fn plan(&self, world: u32) -> Result<Plan, Diagnostics> {
        self.plan_of(world, &self.world(world)?)
    }

    /// What is simulated in a world whose scenario was changed.
    ///
    /// # Errors
    /// As [`Design::plan`].
    pub fn plan_of(&self, world: u32, scenario: &Scenario) -> Result<Plan, Diagnostics> {
        let plan = Plan::new(scenario)?;
        let (_, variant) = self.place(world);
        let given = self.variants.get(variant);
        match given.and_then(|variant| variant.head_start.as_ref()) {
            Some(given) => plan.with_perturbation(Perturbation {
                head_start: HeadStart::Observations(given.observations),
                ..Perturbation::of(&given.firm, given.period)
            }),
            None => Ok(plan),
        }
    }

    /// The scenario in which the columns have these values; `point` decides only the seed, where points
    /// do not share their random numbers.
    ///
    /// # Errors
    /// As [`Design::scenario`].
    pub fn scenario_with(
        &self,
        point: u32,
        values: &[toml::Value],
    ) -> Result<Scenario, Diagnostics> {
        let columns = self.columns.iter().map(String::as_str);
        let settings: Vec<(&str, toml::Value)> = columns.zip(values.iter().cloned()).collect();
        self.base
            .scenario(&settings, self.own_seed(point))
            .map_err(|problems| problems.with_help(&describe(point, &settings)))
    }

    /// The seed of a point's random draws.
    #[must_use]
    pub fn seed(&self, point: u32) -> u64 {
        self.own_seed(point).unwrap_or(self.seed)
    }

    /// The seed of a point that shares no random numbers with others.
    fn own_seed(&self, point: u32) -> Option<u64> {
        if self.sweep.common_random_numbers {
            return None;
        }
        let source = Source::new(self.seed, 0);
        let key = source.family(Purpose::PointSeed, &[]).key(point, 0);
        // 53 bits: readers of tables that have no other numbers than doubles keep them exact
        Some((u64::from(key.word(0)) << 32 | u64::from(key.word(1))) >> 11)
    }

    /// The header of `points.csv`: `point`, every column, and `seed` where points have their own.
    #[must_use]
    pub fn header(&self) -> Vec<String> {
        let mut header = vec!["point".to_owned()];
        header.extend(self.columns.iter().cloned());
        if !self.sweep.common_random_numbers {
            header.push("seed".to_owned());
        }
        header
    }

    /// A point's line of `points.csv`: names and numbers plainly, rules and lists as TOML.
    #[must_use]
    pub fn row(&self, point: u32) -> Vec<String> {
        let mut row = vec![point.to_string()];
        row.extend(self.values(point).iter().map(plain_value));
        row.extend(self.own_seed(point).map(|seed| seed.to_string()));
        row
    }
}

fn number_of_points(sweep: &Sweep) -> u32 {
    match sweep.design {
        DesignKind::Grid => sweep
            .axes
            .iter()
            .fold(1, |product, axis| product.saturating_mul(axis.levels())),
        // the list of a scenario without sweep is empty
        DesignKind::List | DesignKind::File => {
            u32::try_from(sweep.points.len().max(1)).unwrap_or(u32::MAX)
        }
        DesignKind::LatinHypercube | DesignKind::Sobol => sweep.samples.unwrap_or(1),
    }
}

fn axes(sweep: &Sweep, columns: &[String]) -> Vec<DesignAxis> {
    if sweep.design == DesignKind::List {
        let single = |(index, label): (usize, &String)| DesignAxis {
            label: label.clone(),
            columns: index..index + 1,
        };
        return columns.iter().enumerate().map(single).collect();
    }
    let mut end = 0;
    let mut of = |axis: &Axis| {
        let start = end;
        end += axis.paths().count();
        DesignAxis {
            label: axis.name().to_owned(),
            columns: start..end,
        }
    };
    sweep.axes.iter().map(&mut of).collect()
}
