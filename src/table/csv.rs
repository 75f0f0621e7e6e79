//! Tables as text: a header, empty fields for empty values, numbers as the shortest decimal that reads back as the
//! same number. Fields are divided by commas, or as spreadsheets expect it where people write decimal commas.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::sync::Arc;

use super::{Batch, Definition, Name, Numbering, POINT, TableWriter, VARIANT, Values};

/// Rows per batch when reading.
const ROWS_PER_BATCH: usize = 65_536;

/// What divides fields, and how numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Commas between fields and a point in numbers, as programs expect.
    Plain,
    /// Semicolons between fields, a comma in numbers, and in front the mark of UTF-8, without which Excel takes
    /// letters with accents for others.
    Spreadsheet,
}

impl Dialect {
    /// What begins a file.
    const fn mark(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Spreadsheet => "\u{feff}",
        }
    }

    const fn separator(self) -> u8 {
        match self {
            Self::Plain => b',',
            Self::Spreadsheet => b';',
        }
    }

    const fn decimal(self) -> u8 {
        match self {
            Self::Plain => b'.',
            Self::Spreadsheet => b',',
        }
    }

    /// A table of texts that are there already, such as the points of a sweep; what is a number is written as one.
    #[must_use]
    pub fn text(self, rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
        let mut out = self.mark().as_bytes().to_vec();
        for row in rows {
            for field in row {
                if field.parse::<f64>().is_ok() {
                    push_number(&mut out, &field, self);
                } else {
                    push_text(&mut out, &field, self);
                }
                out.push(self.separator());
            }
            end_row(&mut out);
        }
        out
    }
}

/// Writes a table as CSV.
pub(super) struct Writer {
    out: BufWriter<File>,
    dialect: Dialect,
    /// The rows of a batch, whose memory is used again for those of the next.
    rows: Vec<u8>,
    numbering: Numbering,
}

/// The rows of a batch, without a header.
pub(super) fn rows(batch: &Batch, numbering: &Numbering, world: u32) -> String {
    // some ten characters a value
    let mut rows = Vec::with_capacity(10 * batch.rows() * batch.columns().len());
    push_rows(&mut rows, batch, (numbering, world), Dialect::Plain);
    String::from_utf8(rows).expect("names and digits are UTF-8")
}

impl Writer {
    /// Starts the file with its header.
    pub fn new(
        file: File,
        table: &Definition,
        numbering: &Numbering,
        dialect: Dialect,
    ) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        let columns = numbering.columns().chain(table.columns);
        let header = columns.map(|column| column.name.to_owned()).collect();
        out.write_all(&dialect.text([header]))?;
        Ok(Self {
            out,
            dialect,
            rows: Vec::new(),
            numbering: numbering.clone(),
        })
    }
}

impl TableWriter for Writer {
    fn write(&mut self, batch: &Batch, world: u32) -> io::Result<()> {
        self.rows.clear();
        push_rows(
            &mut self.rows,
            batch,
            (&self.numbering, world),
            self.dialect,
        );
        self.out.write_all(&self.rows)
    }

    fn write_made(&mut self, batch: &Batch, world: u32, csv: Option<&str>) -> io::Result<()> {
        match csv.filter(|_| self.dialect == Dialect::Plain) {
            Some(rows) => self.out.write_all(rows.as_bytes()),
            None => self.write(batch, world),
        }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()
    }
}

/// Appends the rows of a batch. Written by hand, for this is most of the work of storing: numbers need no look for
/// characters to quote.
fn push_rows(
    out: &mut Vec<u8>,
    batch: &Batch,
    (numbering, world): (&Numbering, u32),
    dialect: Dialect,
) {
    let mut number = zmij::Buffer::new();
    let mut integer = itoa::Buffer::new();
    let leading = leading(numbering, world, dialect);
    for row in 0..batch.rows() {
        out.extend_from_slice(&leading);
        for column in batch.columns() {
            match column {
                Values::Integer(values) => {
                    out.extend_from_slice(integer.format(values[row]).as_bytes());
                }
                Values::Number(values) if !values[row].is_finite() => {}
                Values::Number(values) => {
                    // with its ".0", so that readers take a column of whole values for numbers too
                    push_number(out, number.format(values[row]), dialect);
                }
                Values::Text(values) => {
                    push_text(out, batch.vocabulary().name(values[row]), dialect);
                }
                Values::Flag(values) => out.extend_from_slice(word(values[row])),
                Values::Answer(values) => {
                    out.extend_from_slice(values[row].map_or(b"", word));
                }
            }
            out.push(dialect.separator());
        }
        end_row(out);
    }
}

/// The last separator ends the row instead.
fn end_row(out: &mut [u8]) {
    if let Some(last) = out.last_mut() {
        *last = b'\n';
    }
}

/// Appends the digits of a number.
fn push_number(out: &mut Vec<u8>, digits: &str, dialect: Dialect) {
    let start = out.len();
    out.extend_from_slice(digits.as_bytes());
    if dialect == Dialect::Spreadsheet
        && let Some(point) = out[start..].iter_mut().find(|byte| **byte == b'.')
    {
        *point = dialect.decimal();
    }
}

/// The fields that begin every row of a world.
fn leading(numbering: &Numbering, world: u32, dialect: Dialect) -> Vec<u8> {
    let mut fields = Vec::new();
    let (point, variant) = numbering.of(world);
    if let Some(point) = point {
        fields.extend_from_slice(point.to_string().as_bytes());
        fields.push(dialect.separator());
    }
    if let Some(variant) = variant {
        push_text(&mut fields, variant, dialect);
        fields.push(dialect.separator());
    }
    fields
}

fn word(flag: bool) -> &'static [u8] {
    if flag { b"true" } else { b"false" }
}

/// Appends a text, in quotation marks where it has characters with a meaning in CSV.
fn push_text(out: &mut Vec<u8>, text: &str, dialect: Dialect) {
    if !text.contains([char::from(dialect.separator()), '"', '\n', '\r']) {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

/// Reads a table, a batch at a time.
pub(super) fn read(
    file: File,
    table: &'static Definition,
    numbering: &Numbering,
    dialect: Dialect,
    take: &mut dyn FnMut(&Batch, &[i64]),
) -> Result<(), String> {
    // it passes over the mark
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(dialect.separator())
        .from_reader(BufReader::with_capacity(1 << 16, file));
    let header = reader.headers().map_err(|error| error.to_string())?;
    let points = header.get(0) == Some(POINT.name);
    // a table may have a column of that name itself
    let leading = header.len().saturating_sub(table.columns.len());
    let variants = leading > points.into() && header.get(points.into()) == Some(VARIANT.name);
    let skipped = usize::from(points) + usize::from(variants);
    let expected = table.columns.iter().map(|column| column.name);
    if !header.iter().skip(skipped).eq(expected.clone()) {
        let expected: Vec<&str> = expected.collect();
        return Err(format!(
            "its columns are not those of `{}`: {}",
            table.name,
            expected.join(", ")
        ));
    }
    let mut worlds = Vec::new();
    let mut batch = Batch::new(table, Arc::default());
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|error| error.to_string())?
    {
        if skipped > 0 {
            let point = points.then(|| parse_point(&record)).transpose()?;
            let variant = variants.then(|| record.get(skipped - 1).unwrap_or(""));
            let world = numbering.world(point, variant);
            worlds.push(world.ok_or_else(|| unknown(variant, &record))?);
        }
        push_record(&record, skipped, dialect, &mut batch)?;
        if batch.rows() == ROWS_PER_BATCH {
            take(&batch, &worlds);
            worlds.clear();
            batch.clear();
        }
    }
    take(&batch, &worlds);
    Ok(())
}

/// What is wrong with a record of a variant that the scenario does not have.
fn unknown(variant: Option<&str>, record: &csv::StringRecord) -> String {
    let line = record.position().map_or(0, csv::Position::line);
    let name = variant.unwrap_or("");
    format!(
        "line {line}, column {}: there is no variant `{name}`",
        VARIANT.name
    )
}

/// The point of a record that begins with one.
fn parse_point(record: &csv::StringRecord) -> Result<i64, String> {
    let field = record.get(0).unwrap_or("");
    let line = record.position().map_or(0, csv::Position::line);
    field.parse().map_err(|_| {
        format!(
            "line {line}, column {}: `{field}` is not a whole number",
            POINT.name
        )
    })
}

fn push_record(
    record: &csv::StringRecord,
    skipped: usize,
    dialect: Dialect,
    batch: &mut Batch,
) -> Result<(), String> {
    let columns = batch.definition().columns;
    let (values, vocabulary) = batch.parts_mut();
    let fields = record.iter().skip(skipped);
    for ((field, values), column) in fields.zip(values).zip(columns) {
        let wrong = |kind: &str| {
            let line = record.position().map_or(0, csv::Position::line);
            format!(
                "line {line}, column {}: `{field}` is not {kind}",
                column.name
            )
        };
        match values {
            Values::Integer(values) => {
                values.push(field.parse().map_err(|_| wrong("a whole number"))?);
            }
            Values::Number(values) if field.is_empty() => values.push(f64::NAN),
            Values::Number(values) => {
                values.push(parse_number(field, dialect).ok_or_else(|| wrong("a number"))?);
            }
            Values::Text(values) => values.push(field.label(vocabulary)),
            Values::Flag(values) => {
                values.push(field.parse().map_err(|_| wrong("true or false"))?);
            }
            Values::Answer(values) if field.is_empty() => values.push(None),
            Values::Answer(values) => {
                let answer = field.parse().map_err(|_| wrong("true, false or empty"))?;
                values.push(Some(answer));
            }
        }
    }
    Ok(())
}

/// The number that a field holds.
fn parse_number(field: &str, dialect: Dialect) -> Option<f64> {
    match dialect {
        Dialect::Plain => field.parse().ok(),
        // what has a point was written by something else
        Dialect::Spreadsheet if field.contains('.') => None,
        Dialect::Spreadsheet => field.replacen(',', ".", 1).parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, push_text};

    #[test]
    fn texts_are_quoted_as_readers_of_csv_expect() {
        for text in [
            "plain",
            "",
            "a,b",
            "a;b",
            "a \"b\" c",
            "two\nlines",
            "ends\r",
            "\"",
            "späti",
        ] {
            for dialect in [Dialect::Plain, Dialect::Spreadsheet] {
                let mut line = Vec::new();
                push_text(&mut line, text, dialect);
                line.push(dialect.separator());
                line.extend(b"next\n");
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .delimiter(dialect.separator())
                    .from_reader(line.as_slice());
                let record = reader.records().next().expect("a record").expect("CSV");
                assert_eq!(record.iter().collect::<Vec<_>>(), [text, "next"]);
            }
        }
    }
}
