//! Where the records of a journal's file are, and which places in it are damaged.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;

use super::key::CellKey;
use super::record::{HEADER, MARK, check};

/// The records of a file.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Where each cell's body starts, and its length.
    pub places: BTreeMap<CellKey, (u64, u32)>,
    /// Bytes that belong to no record, in order: damaged ones, or the last, which was cut off.
    pub damaged: Vec<Range<u64>>,
    /// End of the last whole record.
    pub end: u64,
}

impl Index {
    /// Finds all whole records from an offset on, whatever stands between them.
    pub fn read(file: &mut File, start: u64) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut index = Self {
            end: start,
            ..Self::default()
        };
        let mut at = start;
        reader.seek(SeekFrom::Start(at.min(length)))?;
        while at < length {
            if let Some((key, bytes)) = check(&mut reader, length - at)? {
                index.note_damage(at);
                let body = at + HEADER as u64;
                index.places.insert(key, (body, bytes));
                at = body + u64::from(bytes);
                index.end = at;
            } else {
                at = next_mark(&mut reader, at + 1)?.unwrap_or(length);
                reader.seek(SeekFrom::Start(at))?;
            }
        }
        index.note_damage(length);
        Ok(index)
    }

    /// What lies between the last whole record and the next is damaged.
    fn note_damage(&mut self, next: u64) {
        if self.end < next {
            self.damaged.push(self.end..next);
        }
    }
}

/// The first mark from an offset on.
fn next_mark(reader: &mut BufReader<&mut File>, from: u64) -> io::Result<Option<u64>> {
    reader.seek(SeekFrom::Start(from))?;
    let mut window = Vec::new();
    let mut start = from;
    loop {
        let before = window.len();
        reader.by_ref().take(1 << 16).read_to_end(&mut window)?;
        if window.len() == before {
            return Ok(None);
        }
        if let Some(place) = window.windows(MARK.len()).position(|bytes| bytes == MARK) {
            return Ok(Some(start + place as u64));
        }
        // a mark may lie across the edge
        let rest = window.len().saturating_sub(MARK.len() - 1);
        window.drain(..rest);
        start += rest as u64;
    }
}
