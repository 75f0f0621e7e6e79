//! A table in a text file, whichever program wrote it: what its fields are divided by, and what a file is that is none.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::Mistake;

/// What fields may be divided by, the usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// What files begin with that are no text, what they are, and what to do.
const OTHERS: [(&[u8], &str, &str); 5] = [
    (
        b"\x1f\x8b",
        "a compressed file",
        "unpack it first, for example with gunzip",
    ),
    (
        b"PK\x03\x04",
        "the file of a spreadsheet program, or an archive",
        "save the sheet as CSV (UTF-8), or unpack the archive",
    ),
    (b"PAR1", "a Parquet file", "let its name end in .parquet"),
    (b"\xff\xfe", "text in UTF-16", UTF8),
    (b"\xfe\xff", "text in UTF-16", UTF8),
];
const UTF8: &str = "save it as CSV in UTF-8 (spreadsheet programs call it \"CSV UTF-8\", editors \"Save with encoding\")";

/// A table, line by line.
pub(super) struct Sheet {
    reader: csv::Reader<BufReader<File>>,
    /// The names of the columns.
    pub header: csv::StringRecord,
    delimiter: u8,
    /// Whether a line could not be understood, behind which there is no going on.
    is_over: bool,
}

impl Sheet {
    /// Opens a file and reads its first line.
    ///
    /// # Errors
    /// It is not there, or no text with fields.
    pub fn open(path: &Path) -> Result<Self, Mistake> {
        let unreadable = |error: std::io::Error| {
            let remedy =
                "check its name, which counts from the folder of the scenario, or of the command";
            Mistake::of_file(format!("it cannot be read ({error})"), remedy)
        };
        let file = File::open(path).map_err(unreadable)?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        let beginning = file.fill_buf().map_err(unreadable)?;
        if let Some((_, what, remedy)) = OTHERS.iter().find(|one| beginning.starts_with(one.0)) {
            return Err(Mistake::of_file(format!("it is {what}, no CSV"), *remedy));
        }
        let mark = beginning.starts_with(b"\xef\xbb\xbf");
        let delimiter = delimiter(beginning);
        if mark {
            file.read_exact(&mut [0; 3]).map_err(unreadable)?;
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(file);
        let header = reader.headers().map_err(|error| broken(&error))?.clone();
        Ok(Self {
            reader,
            header,
            delimiter,
            is_over: false,
        })
    }

    /// Reads the next line that holds anything; false at the end.
    ///
    /// # Errors
    /// It has more or fewer fields than there are columns, or cannot be understood.
    pub fn read(&mut self, record: &mut csv::StringRecord) -> Result<bool, Mistake> {
        loop {
            let is_there = !self.is_over
                && self.reader.read_record(record).map_err(|error| {
                    self.is_over = true;
                    broken(&error)
                })?;
            if !is_there {
                return Ok(false);
            }
            if record.iter().any(|field| !field.trim().is_empty()) {
                break;
            }
        }
        let wrong = |problem: String, remedy: &str| Mistake {
            line: record.position().map(csv::Position::line),
            column: String::new(),
            problem,
            remedy: remedy.to_owned(),
        };
        let columns = self.header.len();
        let is_row = |line: &str| line.split(char::from(self.delimiter)).count() == columns;
        if record.iter().any(|field| field.lines().skip(1).any(is_row)) {
            return Err(wrong(
                "double quotes that begin in it hold the lines behind it".to_owned(),
                "close them, or write two where one is meant",
            ));
        }
        if record.len() != columns {
            let problem = format!(
                "it has {} fields, but the first line names {columns} columns",
                record.len()
            );
            return Err(wrong(
                problem,
                "put texts that contain the separator in double quotes",
            ));
        }
        Ok(true)
    }

    /// Whether decimals may have a comma: where fields are not divided by it.
    pub fn has_decimal_commas(&self) -> bool {
        self.delimiter != b','
    }
}

/// What the first line has most of outside of quotes.
fn delimiter(beginning: &[u8]) -> u8 {
    let first = beginning.split(|byte| matches!(byte, b'\n' | b'\r'));
    let first = first.map(<[u8]>::trim_ascii).find(|line| !line.is_empty());
    let unquoted: Vec<u8> = (first.unwrap_or(&[]).split(|byte| *byte == b'"'))
        .step_by(2)
        .flatten()
        .copied()
        .collect();
    let parts = |own: u8| unquoted.split(|byte| *byte == own).count();
    // of equals the last is taken
    let most = DELIMITERS.into_iter().rev().max_by_key(|own| parts(*own));
    most.unwrap_or(b',')
}

/// What no reader understands.
fn broken(error: &csv::Error) -> Mistake {
    let (problem, remedy) = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => ("a text in it is not UTF-8".to_owned(), UTF8),
        _ => (error.to_string(), "save the table as CSV anew"),
    };
    Mistake {
        line: error.position().map(csv::Position::line),
        column: String::new(),
        problem,
        remedy: remedy.to_owned(),
    }
}
