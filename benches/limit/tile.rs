//! Sixteen customers side by side.

use flywheel::math;
use flywheel::random::{Key, NormalKeys};

/// Customers in a tile.
pub const LANES: usize = 16;

/// Tiles that are read and written together, so that what is written number by number is not on its way when it is read.
pub const BATCH: usize = 8;

pub type Tile<T> = [T; LANES];

#[inline(always)]
pub fn uniforms(key: Key, who: &Tile<u32>) -> Tile<f32> {
    let mut out = [0.0; LANES];
    for l in 0..LANES {
        out[l] = key.uniform(who[l]);
    }
    out
}

#[inline(always)]
pub fn exponentials(key: Key, who: &Tile<u32>) -> Tile<f32> {
    let mut out = [0.0; LANES];
    for l in 0..LANES {
        out[l] = key.exponential(who[l]);
    }
    out
}

/// Two normals for each.
#[inline(always)]
pub fn normals(keys: &NormalKeys, who: &Tile<u32>) -> [Tile<f32>; 2] {
    let [radius, angle] = keys.pairs()[0];
    let mut out = [[0.0; LANES]; 2];
    for l in 0..LANES {
        let r = (2.0 * radius.exponential(who[l])).sqrt();
        let (c, s) = math::turn(angle.word(who[l]));
        out[0][l] = r * c;
        out[1][l] = r * s;
    }
    out
}
