//! Sixteen customers side by side: the unit in which the kernel's loops run.
//!
//! Loops over the lanes of a tile have a fixed length, which compilers turn into vector instructions
//! without a remainder. A list is filled up to whole tiles by repeating its last entry; what is
//! computed for the repeated entries is what is computed for the last one: it is thrown away, or written once more.

use crate::math;
use crate::random::{Key, NormalKeys};

/// Customers in a tile.
pub const LANES: usize = 16;

/// Tiles that a stage takes together, so that what is written number by number lies in the cache, and not on its way
/// there, when it is read as a vector.
pub const BATCH: usize = 8;

/// One number for each customer of a tile.
pub type Tile<T> = [T; LANES];

/// Number of tiles that hold this many customers.
#[inline(always)]
pub fn tiles(customers: usize) -> usize {
    customers.div_ceil(LANES)
}

/// Fills the first `len` entries of a list up to whole tiles by repeating the last of them, and returns how many there
/// are then; the list has room for them.
pub fn fill_up<T: Copy>(list: &mut [T], len: usize) -> usize {
    let filled = tiles(len) * LANES;
    if let Some(last) = len.checked_sub(1) {
        let last = list[last];
        list[len..filled].fill(last);
    }
    filled
}

/// Makes a list at least so long; what is there stays, to be overwritten.
pub fn make_room<T: Clone>(list: &mut Vec<T>, len: usize, nothing: T) {
    if list.len() < len {
        list.resize(len, nothing);
    }
}

/// `f` of every lane.
#[inline(always)]
pub fn tile<T: Copy + Default>(f: impl Fn(usize) -> T) -> Tile<T> {
    let mut out = [T::default(); LANES];
    for l in 0..LANES {
        out[l] = f(l);
    }
    out
}

/// The same numbers in double precision.
#[inline(always)]
pub fn wide(numbers: &Tile<f32>) -> Tile<f64> {
    let mut out = [0.0; LANES];
    for l in 0..LANES {
        out[l] = f64::from(numbers[l]);
    }
    out
}

/// Uniforms, as [`Key::uniform`].
#[inline(always)]
pub fn uniforms(key: Key, who: &Tile<u32>) -> Tile<f32> {
    let mut out = [0.0; LANES];
    for l in 0..LANES {
        out[l] = key.uniform(who[l]);
    }
    out
}

/// Standard exponentials, as [`Key::exponential`].
#[inline(always)]
pub fn exponentials(key: Key, who: &Tile<u32>) -> Tile<f32> {
    let mut out = [0.0; LANES];
    for l in 0..LANES {
        out[l] = key.exponential(who[l]);
    }
    out
}

/// Standard normals by dimension, as [`crate::random::normals`].
#[inline(always)]
pub fn normals<const K: usize>(keys: &NormalKeys, who: &Tile<u32>) -> [Tile<f32>; K] {
    let mut out = [[0.0; LANES]; K];
    // a length known to the compiler; dimensions that the market does not have stay zero
    for (pair, [radius, angle]) in keys.pairs().iter().enumerate().take(K.div_ceil(2)) {
        let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
        for l in 0..LANES {
            let r = (2.0 * radius.exponential(who[l])).sqrt();
            let (c, s) = math::turn(angle.word(who[l]));
            first[l] = r * c;
            second[l] = r * s;
        }
        out[2 * pair] = first;
        if 2 * pair + 1 < keys.dimensions().min(K) {
            out[2 * pair + 1] = second;
        }
    }
    out
}
