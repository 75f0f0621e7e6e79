//! Columns of a row group as bytes. We know more of them than a writer for all the world: names are places in a
//! dictionary already, whole numbers follow each other, and a number is one of a few (a price) or like no other.

use std::borrow::Cow;
use std::io::Write;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, SerializedRowGroupWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::bits::{push_differences, push_packed, push_runs};
use crate::table::bytes::{are_single, push_all, width};
use crate::table::{Label, Vocabulary};

/// The values of a column in a row group, encoded.
pub struct Encoded {
    rows: usize,
    /// The different values, one after the other, and how many they are, where rows have places in a dictionary.
    dictionary: Option<(Vec<u8>, usize)>,
    data: Vec<u8>,
    encoding: Encoding,
    statistics: Statistics,
}

impl Encoded {
    /// Whole numbers, as differences.
    pub fn integers(values: &[i64]) -> Self {
        let mut data = Vec::new();
        push_differences(&mut data, values);
        let (least, most) = (values.iter().min(), values.iter().max());
        Self {
            rows: values.len(),
            dictionary: None,
            data,
            encoding: Encoding::DELTA_BINARY_PACKED,
            statistics: Statistics::int64(least.copied(), most.copied(), None, Some(0), false),
        }
    }

    /// Flags, a bit each.
    pub fn flags(values: &[bool]) -> Self {
        Self::bits(values.len(), Vec::new(), values, 0)
    }

    /// Flags that may be missing.
    pub fn answers(values: &[Option<bool>]) -> Self {
        let mut data = Vec::new();
        let nulls = push_levels(&mut data, values.iter().map(Option::is_some));
        let there: Vec<bool> = values.iter().copied().flatten().collect();
        Self::bits(values.len(), data, &there, nulls)
    }

    fn bits(rows: usize, mut data: Vec<u8>, there: &[bool], nulls: u64) -> Self {
        push_packed(&mut data, there.iter().map(|&flag| flag.into()), 1);
        let (least, most) = (there.iter().min(), there.iter().max());
        Self {
            rows,
            dictionary: None,
            data,
            encoding: Encoding::PLAIN,
            statistics: Statistics::boolean(
                least.copied(),
                most.copied(),
                None,
                Some(nulls),
                false,
            ),
        }
    }

    /// Numbers; what is not finite is missing.
    pub fn numbers(values: &[f64]) -> Self {
        let mut data = Vec::new();
        let nulls = push_levels(&mut data, values.iter().map(|value| value.is_finite()));
        let there = match nulls {
            0 => Cow::Borrowed(values),
            _ => (values.iter().copied())
                .filter(|value| value.is_finite())
                .collect(),
        };
        let few = few(&there);
        let (least, most) = range(few.as_ref().map_or(&there, |(different, _)| different));
        let dictionary = few.map(|(different, places)| {
            push_places(&mut data, &places, different.len());
            let mut values = Vec::new();
            push_all(
                &mut values,
                different.iter().map(|number| number.to_le_bytes()),
            );
            (values, different.len())
        });
        let encoding = if dictionary.is_some() {
            Encoding::RLE_DICTIONARY
        } else if !there.is_empty() && are_single(&there) {
            push_split(&mut data, &there);
            Encoding::BYTE_STREAM_SPLIT
        } else {
            push_all(&mut data, there.iter().map(|number| number.to_le_bytes()));
            Encoding::PLAIN
        };
        Self {
            rows: values.len(),
            encoding,
            dictionary,
            data,
            statistics: Statistics::double(least, most, None, Some(nulls), false),
        }
    }

    /// Names, those of a vocabulary.
    pub fn names(labels: &[Label], vocabulary: &Vocabulary) -> Self {
        let mut data = Vec::new();
        let nulls = push_levels(&mut data, labels.iter().map(|&label| label != Label::NONE));
        // only names that occur, in the order in which they do
        let mut place_of = vec![None; vocabulary.names().count()];
        let mut different = Vec::new();
        let mut places = Vec::with_capacity(labels.len());
        for label in labels {
            let Some(place) = place_of.get_mut(label.0 as usize) else {
                continue;
            };
            places.push(*place.get_or_insert_with(|| {
                different.push(vocabulary.name(*label));
                different.len() as u32 - 1
            }));
        }
        push_places(&mut data, &places, different.len());
        let text = |name: &&str| ByteArray::from(*name);
        let (least, most) = (
            different.iter().min().map(text),
            different.iter().max().map(text),
        );
        let plain = different.iter().flat_map(|name| {
            let length = (name.len() as u32).to_le_bytes();
            length.into_iter().chain(name.bytes())
        });
        Self {
            rows: labels.len(),
            dictionary: Some((plain.collect(), different.len())),
            data,
            encoding: Encoding::RLE_DICTIONARY,
            statistics: Statistics::byte_array(least, most, None, Some(nulls), false),
        }
    }

    /// Appends the column to a row group.
    pub fn write<W: Write + Send>(
        self,
        column: ColumnDescPtr,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        let mut chunk = TrackedWrite::new(Vec::new());
        let mut pages = SerializedPageWriter::new(&mut chunk);
        let (mut uncompressed, mut dictionary_size) = (0, 0);
        let is_there = self.dictionary.is_some();
        if let Some((values, count)) = self.dictionary {
            let size = values.len();
            let page = Page::DictionaryPage {
                buf: values.into(),
                num_values: count as u32,
                encoding: Encoding::PLAIN,
                is_sorted: false,
            };
            let written = pages.write_page(CompressedPage::new(page, size))?;
            uncompressed += written.uncompressed_size;
            dictionary_size = written.compressed_size;
        }
        let size = self.data.len();
        // places and differences leave nothing that would become shorter
        let is_full = [Encoding::BYTE_STREAM_SPLIT, Encoding::PLAIN].contains(&self.encoding);
        let (compression, data) = if is_full {
            let compressed = snap::raw::Encoder::new().compress_vec(&self.data);
            let compressed = compressed.map_err(|error| ParquetError::External(error.into()))?;
            (Compression::SNAPPY, compressed)
        } else {
            (Compression::UNCOMPRESSED, self.data)
        };
        let page = Page::DataPage {
            buf: data.into(),
            num_values: self.rows as u32,
            encoding: self.encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        uncompressed += pages
            .write_page(CompressedPage::new(page, size))?
            .uncompressed_size;
        let bytes = chunk.into_inner()?;
        let metadata = ColumnChunkMetaData::builder(column)
            .set_compression(compression)
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, self.encoding])
            .set_num_values(self.rows as i64)
            .set_statistics(self.statistics)
            .set_dictionary_page_offset(is_there.then_some(0))
            .set_data_page_offset(dictionary_size as i64)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(uncompressed as i64)
            .build()?;
        let closed = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        group.append_column(&Bytes::from(bytes), closed)
    }
}

/// Appends which rows have a value, and says how many have none.
fn push_levels(data: &mut Vec<u8>, there: impl Iterator<Item = bool>) -> u64 {
    let levels: Vec<u32> = there.map(u32::from).collect();
    let start = data.len();
    data.extend([0; 4]);
    push_runs(data, &levels, 1);
    let length = (data.len() - start - 4) as u32;
    data[start..start + 4].copy_from_slice(&length.to_le_bytes());
    let there: u32 = levels.iter().sum();
    levels.len() as u64 - u64::from(there)
}

/// Appends places in a dictionary of so many values.
fn push_places(data: &mut Vec<u8>, places: &[u32], count: usize) {
    let width = width(std::iter::once(count.saturating_sub(1) as u64));
    data.push(width as u8);
    push_runs(data, places, width);
}

/// Appends the first bytes of all numbers, then the second ones, and so on: of those in single precision, three in eight
/// are zeros.
fn push_split(data: &mut Vec<u8>, numbers: &[f64]) {
    let start = data.len();
    data.resize(start + 8 * numbers.len(), 0);
    for (place, bytes) in data[start..].chunks_exact_mut(numbers.len()).enumerate() {
        for (byte, number) in bytes.iter_mut().zip(numbers) {
            *byte = (number.to_bits() >> (8 * place)) as u8;
        }
    }
}

/// The different ones of numbers, where they are few, and the place of each number among them.
fn few(numbers: &[f64]) -> Option<(Vec<f64>, Vec<u32>)> {
    /// At most so many: then a search takes one step or two, and a place takes one byte of the eight of a number.
    const FEW: usize = 256;
    const SLOTS: usize = 4 * FEW;
    const EMPTY: u32 = u32::MAX;
    let mut slots = [(0, EMPTY); SLOTS];
    let mut different = Vec::new();
    let mut places = Vec::with_capacity(numbers.len());
    for number in numbers {
        let bits = number.to_bits();
        // multiplied by the golden ratio, numbers close to each other are spread over all slots
        let hash = bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SLOTS.ilog2());
        let mut slot = hash as usize;
        while slots[slot].1 != EMPTY && slots[slot].0 != bits {
            slot = (slot + 1) % SLOTS;
        }
        if slots[slot].1 == EMPTY {
            if different.len() == FEW.min(numbers.len() / 2) {
                return None;
            }
            slots[slot] = (bits, different.len() as u32);
            different.push(*number);
        }
        places.push(slots[slot].1);
    }
    (!places.is_empty()).then_some((different, places))
}

/// The least and the largest of numbers; as zeros of either sign are equal, negative zero is the least, the other the largest.
fn range(numbers: &[f64]) -> (Option<f64>, Option<f64>) {
    let less = |one: f64, other: f64| if other < one { other } else { one };
    let more = |one: f64, other: f64| if other > one { other } else { one };
    // eight at once
    let (eights, rest) = numbers.as_chunks::<8>();
    let (mut least, mut most) = ([f64::INFINITY; 8], [f64::NEG_INFINITY; 8]);
    for numbers in eights {
        least = std::array::from_fn(|lane| less(least[lane], numbers[lane]));
        most = std::array::from_fn(|lane| more(most[lane], numbers[lane]));
    }
    let least = rest.iter().copied().chain(least).reduce(less);
    let most = rest.iter().copied().chain(most).reduce(more);
    let least = least.map(|least| if least == 0.0 { -0.0 } else { least });
    (
        least.filter(|it| it.is_finite()),
        most.map(|most| most + 0.0).filter(|it| it.is_finite()),
    )
}
