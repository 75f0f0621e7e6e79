//! Whole numbers in as few bits as they need: Parquet's encodings RLE and DELTA_BINARY_PACKED.

use crate::table::bytes::width;

/// What is packed into bits, where values do not repeat, comes in groups of so many.
const GROUP: usize = 8;

/// Differences that have the smallest of them in common.
const BLOCK: usize = 128;

/// Differences that take equally many bits.
const MINIBLOCK: usize = 32;

/// Appends numbers in `width` bits each, the lowest first; zeros fill the last byte.
pub fn push_packed(out: &mut Vec<u8>, values: impl Iterator<Item = u64>, width: usize) {
    if width == 0 {
        return;
    }
    let (mut bits, mut filled) = (0, 0);
    for value in values {
        bits |= value << filled;
        filled += width;
        if filled >= 64 {
            out.extend_from_slice(&bits.to_le_bytes());
            filled -= 64;
            // what had no room
            bits = if filled > 0 {
                value >> (width - filled)
            } else {
                0
            };
        }
    }
    out.extend_from_slice(&bits.to_le_bytes()[..filled.div_ceil(8)]);
}

/// Appends numbers of at most `width` bits: what repeats as a run, the rest packed (RLE).
pub fn push_runs(out: &mut Vec<u8>, values: &[u32], width: usize) {
    let (mut start, mut place) = (0, 0);
    while let Some(first) = values.get(place) {
        let rest = &values[place..];
        let run = rest.iter().take_while(|value| *value == first).count();
        if run < GROUP {
            place += GROUP.min(rest.len());
            continue;
        }
        push_groups(out, &values[start..place], width);
        push_number(out, (run as u64) << 1);
        out.extend_from_slice(&first.to_le_bytes()[..width.div_ceil(8)]);
        place += run;
        start = place;
    }
    push_groups(out, &values[start..], width);
}

/// Appends packed numbers and how many groups they are; zeros fill the last group.
fn push_groups(out: &mut Vec<u8>, values: &[u32], width: usize) {
    if values.is_empty() {
        return;
    }
    let groups = values.len().div_ceil(GROUP);
    push_number(out, (groups as u64) << 1 | 1);
    let end = out.len() + groups * width;
    push_packed(out, values.iter().map(|&value| value.into()), width);
    out.resize(end, 0);
}

/// Appends numbers as the differences between them (DELTA_BINARY_PACKED).
pub fn push_differences(out: &mut Vec<u8>, values: &[i64]) {
    for count in [BLOCK, BLOCK / MINIBLOCK, values.len()] {
        push_number(out, count as u64);
    }
    push_signed(out, values.first().copied().unwrap_or(0));
    let mut last = values;
    while let [_, next @ ..] = last
        && !next.is_empty()
    {
        let count = next.len().min(BLOCK);
        let mut differences = [0; BLOCK];
        for (difference, pair) in differences.iter_mut().zip(last.windows(2)) {
            *difference = pair[1].wrapping_sub(pair[0]);
        }
        let least = differences[..count].iter().copied().min().unwrap_or(0);
        // beyond the end there is nothing to pack
        let mut above = [0; BLOCK];
        for (above, difference) in above.iter_mut().zip(&differences[..count]) {
            *above = difference.wrapping_sub(least) as u64;
        }
        push_signed(out, least);
        let (miniblocks, _) = above.as_chunks::<MINIBLOCK>();
        let width = |values: &[u64; MINIBLOCK]| width(values.iter().copied());
        out.extend(miniblocks.iter().map(|values| width(values) as u8));
        for values in miniblocks {
            push_packed(out, values.iter().copied(), width(values));
        }
        last = &last[count..];
    }
}

/// Appends a number, seven bits a byte, the lowest first (ULEB128).
fn push_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The same with a sign, which becomes the lowest bit (zigzag).
fn push_signed(out: &mut Vec<u8>, number: i64) {
    push_number(out, (number << 1 ^ number >> 63) as u64);
}
