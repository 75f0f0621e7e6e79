//! A need in one word: where its customer lies in the block, and how the need may become known.
//!
//! Words are in the order of the customers, and one list of them says all that a stage must know of its needs.

use super::super::replay::aware;

/// Bits of the course, see [`aware`]; the position lies above them.
const COURSE: u32 = 8;

const DETECTED: u32 = aware::DETECTED as u32;
const ACCEPTS: u32 = aware::ACCEPTS as u32;

/// The need of the customer at a position.
#[inline(always)]
pub fn of(position: u32, course: u8) -> u32 {
    position << COURSE | u32::from(course)
}

/// Where the customer lies in the block.
#[inline(always)]
pub fn position(word: u32) -> usize {
    (word >> COURSE) as usize
}

/// How the need may become known.
#[inline(always)]
pub fn course(word: u32) -> u8 {
    word as u8
}

/// Whether the home firm detects the need.
#[inline(always)]
pub fn is_detected(word: u32) -> bool {
    word & DETECTED != 0
}

/// Whether the home firm detects the need and serves it.
#[inline(always)]
pub fn is_served_at_home(word: u32) -> bool {
    word & (DETECTED | ACCEPTS) == DETECTED | ACCEPTS
}
