//! Tables as comma-separated values: a header, empty fields for empty values, numbers as the shortest
//! decimal that reads back as the same number.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::sync::Arc;

use super::{Batch, Definition, Label, TableWriter, Values, Vocabulary};

/// Rows per batch when reading.
const ROWS_PER_BATCH: usize = 65_536;

/// Writes a table as CSV.
pub(super) struct Writer {
    out: csv::Writer<BufWriter<File>>,
}

impl Writer {
    /// Starts the file with its header.
    pub fn new(file: File, table: &Definition) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(BufWriter::with_capacity(1 << 16, file));
        out.write_record(table.columns.iter().map(|column| column.name))?;
        Ok(Self { out })
    }
}

impl TableWriter for Writer {
    fn write(&mut self, batch: &Batch) -> io::Result<()> {
        let mut number = ryu::Buffer::new();
        let mut integer = String::new();
        for row in 0..batch.rows() {
            for column in batch.columns() {
                match column {
                    Values::Integer(values) => {
                        use std::fmt::Write as _;
                        integer.clear();
                        write!(integer, "{}", values[row]).map_err(io::Error::other)?;
                        self.out.write_field(&integer)?;
                    }
                    Values::Number(values) if values[row].is_nan() => self.out.write_field("")?,
                    Values::Number(values) => {
                        // with its ".0", so that readers take a column of whole values for numbers too
                        self.out.write_field(number.format(values[row]))?;
                    }
                    Values::Text(values) => {
                        self.out.write_field(batch.vocabulary().name(values[row]))?;
                    }
                    Values::Flag(values) => {
                        self.out
                            .write_field(if values[row] { "true" } else { "false" })?;
                    }
                }
            }
            self.out.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let mut buffered = self.out.into_inner().map_err(|error| error.into_error())?;
        buffered.flush()?;
        buffered.get_ref().sync_all()
    }
}

/// Reads a table, a batch at a time.
pub(super) fn read(
    file: File,
    table: &'static Definition,
    take: &mut dyn FnMut(&Batch),
) -> Result<(), String> {
    let mut reader = csv::Reader::from_reader(BufReader::with_capacity(1 << 16, file));
    let header = reader.headers().map_err(|error| error.to_string())?;
    let expected = table.columns.iter().map(|column| column.name);
    if !header.iter().eq(expected.clone()) {
        let expected: Vec<&str> = expected.collect();
        return Err(format!(
            "its columns are not those of `{}`: {}",
            table.name,
            expected.join(", ")
        ));
    }
    let mut vocabulary = Vocabulary::default();
    let mut batch = Batch::new(table, Arc::default());
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|error| error.to_string())?
    {
        push_record(&record, &mut batch, &mut vocabulary)?;
        if batch.rows() == ROWS_PER_BATCH {
            batch.set_vocabulary(Arc::new(vocabulary.clone()));
            take(&batch);
            batch = Batch::new(table, Arc::default());
        }
    }
    batch.set_vocabulary(Arc::new(vocabulary));
    take(&batch);
    Ok(())
}

fn push_record(
    record: &csv::StringRecord,
    batch: &mut Batch,
    vocabulary: &mut Vocabulary,
) -> Result<(), String> {
    let definition = batch.definition();
    for ((field, values), column) in record
        .iter()
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
