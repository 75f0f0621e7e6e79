//! A need in one word: where its customer lies in the block, its kind, and how it may become known.
//!
//! Words are in the order of the customers, and one list of them says all that a stage must know of its needs.

use super::super::replay::aware;

/// Bits of the course, see [`aware`]; the kind lies above them.
const COURSE: u32 = 8;

/// Bits below the position.
const POSITION: u32 = 16;

/// The bits of the kind.
const KIND: u32 = (1 << POSITION) - (1 << COURSE);

const DETECTED: u32 = aware::DETECTED as u32;
const ACCEPTS: u32 = aware::ACCEPTS as u32;

/// The need of the customer at a position, of the first kind.
#[inline(always)]
pub fn of(position: u32, course: u8) -> u32 {
    position << POSITION | u32::from(course)
}

/// The same need of another kind.
#[inline(always)]
pub fn of_kind(word: u32, kind: u8) -> u32 {
    word | u32::from(kind) << COURSE
}

/// The kind of the need.
#[inline(always)]
pub fn kind(word: u32) -> usize {
    usize::from((word >> COURSE) as u8)
}

/// Whether the need is of a kind.
#[inline(always)]
pub fn is_of(word: u32, kind: usize) -> bool {
    word & KIND == (kind as u32) << COURSE
}

/// Where the customer lies in the block.
#[inline(always)]
pub fn position(word: u32) -> usize {
    (word >> POSITION) as usize
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
