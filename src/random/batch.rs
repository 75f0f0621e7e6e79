//! Draws of many customers at once, as loops over slices that compilers turn into vector instructions.
//!
//! Each function gives the same bits as its counterpart for one customer.

use super::Key;
use crate::math;

/// Uniforms in [0, 1), as [`Key::uniform`]; `out` is as long as `who`.
pub fn uniforms(key: Key, who: &[u32], out: &mut [f32]) {
    for (out, &who) in out.iter_mut().zip(who) {
        *out = key.uniform(who);
    }
}

/// Standard exponentials, as [`Key::exponential`]; `out` is as long as `who`.
pub fn exponentials(key: Key, who: &[u32], out: &mut [f32]) {
    for (out, &who) in out.iter_mut().zip(who) {
        *out = key.exponential(who);
    }
}

/// Pairs of standard normals, as [`super::normals`]; both outputs are as long as `who`.
pub fn normal_pairs([radius, angle]: [Key; 2], who: &[u32], first: &mut [f32], second: &mut [f32]) {
    for ((first, second), &who) in first.iter_mut().zip(second).zip(who) {
        let r = (2.0 * radius.exponential(who)).sqrt();
        let (c, s) = math::turn(angle.word(who));
        *first = r * c;
        *second = r * s;
    }
}
