//! Tables as comma-separated values: a header, empty fields for empty values, numbers as the shortest
//! decimal that reads back as the same number.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::sync::Arc;

use super::{Batch, Definition, Label, POINT, TableWriter, Values, Vocabulary};

/// Rows per batch when reading.
const ROWS_PER_BATCH: usize = 65_536;

/// Writes a table as CSV.
pub(super) struct Writer {
    out: csv::Writer<BufWriter<File>>,
}

/// The rows of a batch, without a header.
pub(super) fn rows(batch: &Batch, point: Option<u32>) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // memory takes all bytes, and all of them come from texts
    let written = write_rows(&mut out, batch, point).ok();
    let bytes = written.and_then(|()| out.into_inner().ok());
    String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
}

impl Writer {
    /// Starts the file with its header.
    pub fn new(file: File, table: &Definition, points: bool) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(BufWriter::with_capacity(1 << 16, file));
        let names = table.columns.iter().map(|column| column.name);
        out.write_record(points.then_some(POINT).into_iter().chain(names))?;
        Ok(Self { out })
    }
}

impl TableWriter for Writer {
    fn write(&mut self, batch: &Batch, point: Option<u32>) -> io::Result<()> {
        write_rows(&mut self.out, batch, point)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let mut buffered = self.out.into_inner().map_err(|error| error.into_error())?;
        buffered.flush()?;
        buffered.get_ref().sync_all()
    }
}

/// Writes the rows of a batch.
fn write_rows<W: Write>(
    out: &mut csv::Writer<W>,
    batch: &Batch,
    point: Option<u32>,
) -> io::Result<()> {
    let point = point.map(|point| point.to_string());
    let mut number = ryu::Buffer::new();
    let mut integer = String::new();
    for row in 0..batch.rows() {
        if let Some(point) = &point {
            out.write_field(point)?;
        }
        for column in batch.columns() {
            match column {
                Values::Integer(values) => {
                    use std::fmt::Write as _;
                    integer.clear();
                    write!(integer, "{}", values[row]).map_err(io::Error::other)?;
                    out.write_field(&integer)?;
                }
                Values::Number(values) if values[row].is_nan() => out.write_field("")?,
                Values::Number(values) => {
                    // with its ".0", so that readers take a column of whole values for numbers too
                    out.write_field(number.format(values[row]))?;
                }
                Values::Text(values) => {
                    out.write_field(batch.vocabulary().name(values[row]))?;
                }
                Values::Flag(values) => {
                    out.write_field(if values[row] { "true" } else { "false" })?;
                }
            }
        }
        out.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

/// Reads a table, a batch at a time.
pub(super) fn read(
    file: File,
    table: &'static Definition,
    take: &mut dyn FnMut(&Batch, &[i64]),
) -> Result<(), String> {
    let mut reader = csv::Reader::from_reader(BufReader::with_capacity(1 << 16, file));
    let header = reader.headers().map_err(|error| error.to_string())?;
    let points = header.get(0) == Some(POINT);
    let expected = table.columns.iter().map(|column| column.name);
    if !header.iter().skip(points.into()).eq(expected.clone()) {
        let expected: Vec<&str> = expected.collect();
        return Err(format!(
            "its columns are not those of `{}`: {}",
            table.name,
            expected.join(", ")
        ));
    }
    let mut point = Vec::new();
    let mut vocabulary = Vocabulary::default();
    let mut batch = Batch::new(table, Arc::default());
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|error| error.to_string())?
    {
        if points {
            point.push(parse_point(&record)?);
        }
        push_record(&record, points.into(), &mut batch, &mut vocabulary)?;
        if batch.rows() == ROWS_PER_BATCH {
            batch.set_vocabulary(Arc::new(vocabulary.clone()));
            take(&batch, &point);
            point.clear();
            batch = Batch::new(table, Arc::default());
        }
    }
    batch.set_vocabulary(Arc::new(vocabulary));
    take(&batch, &point);
    Ok(())
}

/// The point of a record that begins with one.
fn parse_point(record: &csv::StringRecord) -> Result<i64, String> {
    let field = record.get(0).unwrap_or("");
    let line = record.position().map_or(0, csv::Position::line);
    field
        .parse()
        .map_err(|_| format!("line {line}, column {POINT}: `{field}` is not a whole number"))
}

fn push_record(
    record: &csv::StringRecord,
    skipped: usize,
    batch: &mut Batch,
    vocabulary: &mut Vocabulary,
) -> Result<(), String> {
    let definition = batch.definition();
    for ((field, values), column) in record
        .iter()
        .skip(skipped)
        .zip(batch.columns_mut())
        .zip(definition.columns)
    {
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
            Values::Number(values) => values.push(field.parse().map_err(|_| wrong("a number"))?),
            Values::Text(values) if field.is_empty() => values.push(Label::NONE),
            Values::Text(values) => values.push(vocabulary.label(field)),
            Values::Flag(values) => {
                values.push(field.parse().map_err(|_| wrong("true or false"))?);
            }
        }
    }
    Ok(())
}
