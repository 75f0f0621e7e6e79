//! How large and how small numbers may be: wide, but such that everything computed from them is finite.

/// The smallest of what has to be above zero, such as a spread.
pub const LEAST: f64 = 1e-6;

/// The largest length, value or ratio, to either side of zero.
pub const MOST: f64 = 1e6;

/// The largest price, concentration, or amount that is summed or waited for: costs per period, funding, organizational inertia.
pub const MOST_IN_ALL: f64 = 1e12;

/// Most periods, and most replicates.
pub const MOST_RUNS: u32 = 1_000_000;

/// Most products of a firm.
pub const MOST_PRODUCTS: u32 = 10_000;

/// Most characters of a title, a label or a path.
pub const LONGEST_TEXT: u32 = 500;

/// Most characters of a text of several paragraphs.
pub const LONGEST_PROSE: u32 = 20_000;

/// The largest seed: TOML's whole numbers have a sign.
pub const LARGEST_SEED: u64 = i64::MAX as u64;
