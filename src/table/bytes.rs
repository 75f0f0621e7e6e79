//! Batches as bytes, to keep finished work: each column in as many bytes as its values need.

use std::sync::Arc;

use super::{Batch, Definition, Label, Values, Vocabulary};

impl Batch {
    /// Appends the batch to bytes: names, number of rows, then column after column, little-endian.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let count = |n: usize| {
            u32::try_from(n)
                .expect("fewer than 2^32 rows and names")
                .to_le_bytes()
        };
        out.extend(count(self.vocabulary().names().count()));
        for name in self.vocabulary().names() {
            out.extend(count(name.len()));
            out.extend(name.as_bytes());
        }
        out.extend(count(self.rows()));
        for column in self.columns() {
            match column {
                Values::Integer(values) => push_integers(out, values.iter().copied()),
                Values::Number(values) => push_numbers(out, values),
                // no name comes before all names
                Values::Text(values) => push_integers(
                    out,
                    values.iter().map(|label| label.0.wrapping_add(1).into()),
                ),
                Values::Flag(values) => push_all(out, values.iter().map(|&v| [u8::from(v)])),
                Values::Answer(values) => {
                    push_all(out, values.iter().map(|v| [v.map_or(2, u8::from)]));
                }
            }
        }
    }

    /// Takes a batch of a table from the start of bytes; none where they are not one.
    #[must_use]
    pub fn decode(definition: &'static Definition, bytes: &mut &[u8]) -> Option<Self> {
        let names = u32::from_le_bytes(take(bytes)?);
        let mut vocabulary = Vocabulary::default();
        for _ in 0..names {
            let length = u32::from_le_bytes(take(bytes)?) as usize;
            let name = bytes.split_off(..length)?;
            vocabulary
                .0
                .push(std::str::from_utf8(name).ok()?.to_owned());
        }
        let rows = u32::from_le_bytes(take(bytes)?) as usize;
        let mut batch = Self::new(definition, Arc::new(vocabulary));
        for column in batch.parts_mut().0 {
            match column {
                Values::Integer(values) => take_integers(bytes, rows, |value| values.push(value))?,
                Values::Number(values) => take_numbers(bytes, rows, values)?,
                Values::Text(values) => take_integers(bytes, rows, |value| {
                    values.push(Label((value as u32).wrapping_sub(1)));
                })?,
                Values::Flag(values) => {
                    values.extend(bytes.split_off(..rows)?.iter().map(|&byte| byte != 0));
                }
                Values::Answer(values) => {
                    let known = |&byte: &u8| (byte < 2).then_some(byte == 1);
                    values.extend(bytes.split_off(..rows)?.iter().map(known));
                }
            }
        }
        Some(batch)
    }
}

/// Appends whole numbers: the least, bytes of each, and what they are above the least.
fn push_integers(out: &mut Vec<u8>, values: impl ExactSizeIterator<Item = i64> + Clone) {
    let least = values.clone().min().unwrap_or(0);
    let above = values.map(|value| value.wrapping_sub(least) as u64);
    out.extend(least.to_le_bytes());
    match width(above.clone()) {
        0..=8 => push_sized(out, above.map(|above| (above as u8).to_le_bytes())),
        9..=16 => push_sized(out, above.map(|above| (above as u16).to_le_bytes())),
        17..=32 => push_sized(out, above.map(|above| (above as u32).to_le_bytes())),
        _ => push_sized(out, above.map(u64::to_le_bytes)),
    }
}

/// Bits that numbers take, each of them as many as the largest.
pub(super) fn width(numbers: impl Iterator<Item = u64>) -> usize {
    // all together have the highest bit of the largest
    (u64::BITS - numbers.fold(0, |all, one| all | one).leading_zeros()) as usize
}

/// Appends numbers: bytes of each, and each in single precision where that is exact for all.
fn push_numbers(out: &mut Vec<u8>, values: &[f64]) {
    if are_single(values) {
        push_sized(
            out,
            values.iter().map(|&value| (value as f32).to_le_bytes()),
        );
    } else {
        push_sized(out, values.iter().map(|value| value.to_le_bytes()));
    }
}

/// Whether numbers are in single precision, as what customers do is.
pub(super) fn are_single(numbers: &[f64]) -> bool {
    let is_single = |number: &f64| f64::from(*number as f32).to_bits() == number.to_bits();
    numbers.iter().all(is_single)
}

/// Appends how many bytes each value takes, and the values.
fn push_sized<const N: usize>(out: &mut Vec<u8>, values: impl ExactSizeIterator<Item = [u8; N]>) {
    out.push(N as u8);
    push_all(out, values);
}

/// Appends values that take `N` bytes each; all the room they need is made at once.
pub(super) fn push_all<const N: usize>(
    out: &mut Vec<u8>,
    values: impl ExactSizeIterator<Item = [u8; N]>,
) {
    let start = out.len();
    out.resize(start + N * values.len(), 0);
    for (place, value) in out[start..].as_chunks_mut().0.iter_mut().zip(values) {
        *place = value;
    }
}

/// Takes what [`push_integers`] appended.
fn take_integers(bytes: &mut &[u8], rows: usize, take_one: impl FnMut(i64)) -> Option<()> {
    let least = i64::from_le_bytes(take(bytes)?);
    let above = |above: u64| least.wrapping_add(above as i64);
    match take(bytes)? {
        [1] => (take_all(bytes, rows)?.iter())
            .map(|&it| above(u8::from_le_bytes(it).into()))
            .for_each(take_one),
        [2] => (take_all(bytes, rows)?.iter())
            .map(|&it| above(u16::from_le_bytes(it).into()))
            .for_each(take_one),
        [4] => (take_all(bytes, rows)?.iter())
            .map(|&it| above(u32::from_le_bytes(it).into()))
            .for_each(take_one),
        [8] => (take_all(bytes, rows)?.iter())
            .map(|&it| above(u64::from_le_bytes(it)))
            .for_each(take_one),
        _ => return None,
    }
    Some(())
}

/// Takes what [`push_numbers`] appended.
fn take_numbers(bytes: &mut &[u8], rows: usize, values: &mut Vec<f64>) -> Option<()> {
    match take(bytes)? {
        [4] => {
            let singles = take_all(bytes, rows)?.iter();
            values.extend(singles.map(|&it| f64::from(f32::from_le_bytes(it))));
        }
        [8] => values.extend(
            take_all(bytes, rows)?
                .iter()
                .map(|&it| f64::from_le_bytes(it)),
        ),
        _ => return None,
    }
    Some(())
}

/// Takes so many values of `N` bytes from the start of bytes.
fn take_all<'a, const N: usize>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [[u8; N]]> {
    Some(bytes.split_off(..N.checked_mul(count)?)?.as_chunks().0)
}

/// Takes `N` bytes from the start of bytes.
fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    bytes.split_off(..N)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{LOOP, LoopRow};

    /// A batch whose integers are near each other or as far apart as they can be.
    fn batch(far: i64, value: f64) -> Batch {
        let row = |n: i64| LoopRow {
            analysis: n,
            firm: ["one", "", "other"][n as usize % 3],
            period: -300 * n,
            window: [0, far][n as usize % 2],
            quantity: "",
            value,
            low: f64::NAN,
            high: -0.0,
            half_size: f64::INFINITY,
            linear: [None, Some(true), Some(false)][n as usize % 3],
            cause: 0.5,
            effect: 1e300,
            variance_reduction: 3.0,
            replicates: i64::MIN,
        };
        LoopRow::batch((0..100).map(row))
    }

    #[test]
    fn rows_come_back_from_kept_bytes() {
        for far in [0, 1, 255, 256, -65_536, 1 << 32, i64::MIN, i64::MAX] {
            for value in [0.1, 0.5, f64::from(0.1_f32), f64::MIN_POSITIVE] {
                let written = batch(far, value);
                let mut bytes = Vec::new();
                written.encode(&mut bytes);
                let read = Batch::decode(&LOOP, &mut bytes.as_slice()).expect("a batch");
                // NaN is not equal to itself, but its digits are
                assert_eq!(format!("{read:?}"), format!("{written:?}"));
                let cut = &mut &bytes[..bytes.len() - 1];
                assert_eq!(Batch::decode(&LOOP, cut), None);
            }
        }
    }

    #[test]
    fn values_take_the_bytes_that_they_need() {
        let length = |far, value| {
            let mut bytes = Vec::new();
            batch(far, value).encode(&mut bytes);
            bytes.len()
        };
        assert_eq!(length(255, 0.5) + 100, length(256, 0.5));
        assert_eq!(length(255, 0.5) + 300, length(1 << 16, 0.5));
        assert_eq!(length(255, 0.5), length(-1, 0.5));
        assert_eq!(length(255, 0.5) + 700, length(i64::MIN, 0.5));
        assert_eq!(length(255, 0.5) + 400, length(255, 0.1));
    }
}
