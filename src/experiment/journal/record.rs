//! The record of a cell: a header, the cell, and its tables, compressed.

use std::io;

use super::{Cell, Finished};

/// Bytes of a record's header: the length and the CRC-32 of the rest.
const HEADER: usize = 8;

/// Bytes of the cell behind it.
const CELL: usize = 8;

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

    /// The record of a cell, with its header.
    pub fn record(&mut self, cell: Cell, finished: &Finished) -> io::Result<&[u8]> {
        self.tables.clear();
        finished.encode(&mut self.tables);
        let most = HEADER + CELL + snap::raw::max_compress_len(self.tables.len());
        if self.record.len() < most {
            self.record.resize(most, 0);
        }
        let (start, room) = self.record.split_at_mut(HEADER + CELL);
        start[HEADER..][..4].copy_from_slice(&cell.replicate.to_le_bytes());
        start[HEADER + 4..].copy_from_slice(&cell.point.to_le_bytes());
        let compressed = (self.encoder.compress(&self.tables, room)).map_err(io::Error::other)?;
        let record = &mut self.record[..HEADER + CELL + compressed];
        let header = header(&record[HEADER..])?;
        record[..HEADER].copy_from_slice(&header);
        Ok(record)
    }
}

/// The header of what it stands before.
fn header(body: &[u8]) -> io::Result<[u8; HEADER]> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    let mut header = [0; HEADER];
    header[..4].copy_from_slice(&length.to_le_bytes());
    header[4..].copy_from_slice(&crc32fast::hash(body).to_le_bytes());
    Ok(header)
}

/// A record with its header.
pub(super) fn framed(body: &[u8]) -> io::Result<Vec<u8>> {
    Ok([&header(body)?[..], body].concat())
}
