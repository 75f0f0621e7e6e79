//! The record of a cell: a mark, a header, the cell, and its tables, compressed.

use std::io::{self, Read};

use super::key::CellKey;
use crate::experiment::Finished;

/// What every record begins with, so that the next one is found behind a damaged one. Nothing that is written
/// elsewhere looks like it but by chance, and then the checksum tells.
pub(super) const MARK: [u8; 8] = *b"\xf7\r\ncell\x06";

/// Bytes before the body: the mark, then length and CRC-32 of the body.
pub(super) const HEADER: usize = MARK.len() + 8;

/// Makes records, and uses the memory of one again for the next.
pub(in crate::experiment) struct RecordWriter {
    tables: Vec<u8>,
    record: Vec<u8>,
    encoder: snap::raw::Encoder,
}

impl RecordWriter {
    pub fn new() -> Self {
        Self {
            tables: Vec::new(),
            record: Vec::new(),
            encoder: snap::raw::Encoder::new(),
        }
    }

    /// The record of a cell.
    pub fn record(&mut self, key: CellKey, finished: &Finished) -> io::Result<&[u8]> {
        const START: usize = HEADER + CellKey::BYTES;
        self.tables.clear();
        finished.encode(&mut self.tables);
        let most = START + snap::raw::max_compress_len(self.tables.len());
        if self.record.len() < most {
            self.record.resize(most, 0);
        }
        let (start, room) = self.record.split_at_mut(START);
        start[HEADER..].copy_from_slice(&key.to_bytes());
        let compressed = (self.encoder.compress(&self.tables, room)).map_err(io::Error::other)?;
        let record = &mut self.record[..START + compressed];
        let header = header(&record[HEADER..])?;
        record[..HEADER].copy_from_slice(&header);
        Ok(record)
    }
}

/// What stands before a body.
fn header(body: &[u8]) -> io::Result<[u8; HEADER]> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(&MARK);
    header[8..12].copy_from_slice(&length.to_le_bytes());
    header[12..].copy_from_slice(&crc32fast::hash(body).to_le_bytes());
    Ok(header)
}

/// A record whose body is at hand.
pub(super) fn framed(body: &[u8]) -> io::Result<Vec<u8>> {
    Ok([&header(body)?[..], body].concat())
}

/// What the body of a record holds of its cell.
pub(super) fn finished(body: &[u8]) -> Option<Finished> {
    let tables = snap::raw::Decoder::new().decompress_vec(body.get(CellKey::BYTES..)?);
    Finished::decode(&tables.ok()?)
}

/// Reads a record of which `room` bytes are there at most; its cell and the length of its body, or none if it is
/// not whole.
pub(super) fn check(reader: &mut impl Read, room: u64) -> io::Result<Option<(CellKey, u32)>> {
    let mut header = [0; HEADER];
    if room < HEADER as u64 {
        return Ok(None);
    }
    reader.read_exact(&mut header)?;
    let number = |at: usize| u32::from_le_bytes(std::array::from_fn(|place| header[at + place]));
    let (length, checksum) = (number(8), number(12));
    let fits = u64::from(length) <= room - HEADER as u64 && length as usize >= CellKey::BYTES;
    if header[..8] != MARK || !fits {
        return Ok(None);
    }
    let mut key = [0; CellKey::BYTES];
    reader.read_exact(&mut key)?;
    let mut hash = crc32fast::Hasher::new();
    hash.update(&key);
    let mut left = length as usize - CellKey::BYTES;
    let mut buffer = [0; 1 << 13];
    while left > 0 {
        let part = left.min(buffer.len());
        reader.read_exact(&mut buffer[..part])?;
        hash.update(&buffer[..part]);
        left -= part;
    }
    Ok((hash.finalize() == checksum).then(|| (CellKey::from_bytes(key), length)))
}
