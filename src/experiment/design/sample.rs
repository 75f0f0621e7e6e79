//! Places in the unit cube: Latin hypercube and scrambled Sobol.

use crate::random::{Purpose, Source};
use crate::scenario::{Axis, DesignKind, Sweep};

/// A sampled design: as many places in the unit cube as it has points.
#[derive(Debug, Clone)]
pub(super) enum Sample {
    /// One column of places per axis.
    LatinHypercube(Vec<Vec<f64>>),
    /// A scrambling of the sequence, and its number of dimensions.
    Sobol { seed: u32, dimensions: u32 },
}

impl Sample {
    /// The sample of a sweep; none for a grid and a list.
    pub fn of(sweep: &Sweep, seed: u64) -> Option<Self> {
        let source = Source::new(seed, 0);
        match sweep.design {
            DesignKind::Grid | DesignKind::List | DesignKind::File => None,
            DesignKind::LatinHypercube => {
                let samples = sweep.samples.unwrap_or(1);
                let column = |axis| strata(&source, axis, samples);
                Some(Self::LatinHypercube(
                    sweep.axes.iter().map(column).collect(),
                ))
            }
            DesignKind::Sobol => Some(Self::Sobol {
                seed: source.family(Purpose::DesignPlace, &[]).key(0, 0).word(0),
                dimensions: u32::try_from(sweep.axes.len()).unwrap_or(u32::MAX),
            }),
        }
    }

    /// The place of a point, one coordinate in [0, 1) for each axis.
    pub fn places(&self, point: u32) -> Vec<f64> {
        match self {
            Self::LatinHypercube(columns) => columns
                .iter()
                .filter_map(|column| column.get(point as usize).copied())
                .collect(),
            Self::Sobol { seed, dimensions } => (0..*dimensions)
                .map(|dimension| f64::from(sobol_burley::sample(point, dimension, *seed)))
                .collect(),
        }
    }
}

/// One place in each of `samples` equal parts of [0, 1), in random order.
///
/// Draws are keyed by the axis's first path, so that they do not depend on other axes.
fn strata(source: &Source, axis: &Axis, samples: u32) -> Vec<f64> {
    let name = [axis.paths().next().unwrap_or_default()];
    let order = source.family(Purpose::DesignOrder, &name).key(0, 0);
    let place = source.family(Purpose::DesignPlace, &name).key(0, 0);
    let mut strata: Vec<u32> = (0..samples).collect();
    // Fisher and Yates; the fixed-point product favours no number by more than 2^-32 times its size
    for last in (1..samples).rev() {
        let other = (u64::from(order.word(last)) * (u64::from(last) + 1)) >> 32;
        strata.swap(last as usize, usize::try_from(other).unwrap_or(0));
    }
    strata
        .into_iter()
        .map(|stratum| {
            let within = f64::from(place.word(stratum)) / 4_294_967_296.0;
            (f64::from(stratum) + within) / f64::from(samples)
        })
        .collect()
}
