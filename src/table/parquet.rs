//! Tables as Apache Parquet files: nulls for empty values, each column encoded as suits what it holds.

mod bits;
mod column;

use std::fs::File;
use std::io::{self, BufWriter};
use std::iter::repeat_n;
use std::ops::Range;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use self::column::Encoded;
use super::{
    Batch, Column, Definition, Kind, Metadata, Name, Numbering, POINT, TableWriter, VARIANT,
    Values, Vocabulary,
};

/// Rows per row group, at most: large enough to compress, small enough to keep memory bounded.
const ROWS_PER_GROUP: usize = 131_072;

/// Writes a table as Parquet.
pub(super) struct Writer {
    out: SerializedFileWriter<BufWriter<File>>,
    /// The rows of the next row group, and their worlds.
    rows: Batch,
    worlds: Vec<u32>,
    numbering: Numbering,
}

impl Writer {
    /// Starts the file.
    pub fn new(
        file: File,
        table: &'static Definition,
        numbering: &Numbering,
        metadata: &Metadata,
    ) -> io::Result<Self> {
        let columns = || numbering.columns().chain(table.columns);
        let about = columns().map(|column| {
            let key = format!("column:{}", column.name);
            KeyValue::new(key, column.description.trim().to_owned())
        });
        let run = metadata
            .iter()
            .map(|(key, value)| KeyValue::new(key.clone(), value.clone()));
        let properties = WriterProperties::builder()
            .set_created_by(format!("flywheel {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(run.chain(about).collect()))
            .build();
        let fields = columns().map(field).collect::<Result<_, _>>();
        let schema = fields.and_then(|fields| {
            Type::group_type_builder(table.name)
                .with_fields(fields)
                .build()
        });
        let schema = Arc::new(schema.map_err(io::Error::other)?);
        let file = BufWriter::with_capacity(1 << 18, file);
        let out = SerializedFileWriter::new(file, schema, properties.into())?;
        Ok(Self {
            out,
            rows: Batch::new(table, Arc::default()),
            worlds: Vec::new(),
            numbering: numbering.clone(),
        })
    }

    /// Writes the rows that are kept as a row group.
    fn write_kept(&mut self) -> io::Result<()> {
        let all = 0..self.rows.rows();
        write_group(
            &mut self.out,
            &self.numbering,
            &self.worlds,
            &self.rows,
            all,
        )?;
        self.worlds.clear();
        self.rows.clear();
        Ok(())
    }
}

impl TableWriter for Writer {
    fn write(&mut self, batch: &Batch, world: u32) -> io::Result<()> {
        // a batch of interactions can be many times as long as a row group
        for from in (0..batch.rows()).step_by(ROWS_PER_GROUP) {
            if self.rows.rows() + batch.rows() - from > ROWS_PER_GROUP {
                self.write_kept()?;
            }
            let rows = from..batch.rows().min(from + ROWS_PER_GROUP);
            if rows.len() == ROWS_PER_GROUP {
                let worlds = vec![world; rows.len()];
                write_group(&mut self.out, &self.numbering, &worlds, batch, rows)?;
            } else {
                self.rows.append_rows(batch, rows);
                self.worlds.resize(self.rows.rows(), world);
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.write_kept()?;
        let file = self.out.into_inner().map_err(io::Error::other)?;
        let file = file.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()
    }
}

/// Writes rows, of these worlds, as a row group.
fn write_group(
    out: &mut SerializedFileWriter<BufWriter<File>>,
    numbering: &Numbering,
    worlds: &[u32],
    batch: &Batch,
    rows: Range<usize>,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut points = Vec::new();
    let (mut variants, mut vocabulary) = (Vec::new(), Vocabulary::default());
    for run in worlds.chunk_by(u32::eq) {
        let (point, variant) = numbering.of(run[0]);
        let variant = variant.map(|name| vocabulary.label(name));
        points.extend(
            point
                .into_iter()
                .flat_map(|point| repeat_n(i64::from(point), run.len())),
        );
        variants.extend(
            variant
                .into_iter()
                .flat_map(|label| repeat_n(label, run.len())),
        );
    }
    let points = (!points.is_empty()).then(|| Encoded::integers(&points));
    let variants = (!variants.is_empty()).then(|| Encoded::names(&variants, &vocabulary));
    let columns = batch.columns().iter().map(|values| match values {
        Values::Integer(values) => Encoded::integers(&values[rows.clone()]),
        Values::Number(values) => Encoded::numbers(&values[rows.clone()]),
        Values::Flag(values) => Encoded::flags(&values[rows.clone()]),
        Values::Answer(values) => Encoded::answers(&values[rows.clone()]),
        Values::Text(labels) => Encoded::names(&labels[rows.clone()], batch.vocabulary()),
    });
    let about = out.schema_descr().columns().to_vec();
    let mut group = out.next_row_group()?;
    for (column, about) in points.into_iter().chain(variants).chain(columns).zip(about) {
        column.write(about, &mut group)?;
    }
    group.close()?;
    Ok(())
}

/// The type of a column: whole numbers and flags are always there, the others may be null.
fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, repetition) = match column.kind {
        Kind::Integer => (Physical::INT64, Repetition::REQUIRED),
        Kind::Number => (Physical::DOUBLE, Repetition::OPTIONAL),
        Kind::Text => (Physical::BYTE_ARRAY, Repetition::OPTIONAL),
        Kind::Flag => (Physical::BOOLEAN, Repetition::REQUIRED),
        Kind::Answer => (Physical::BOOLEAN, Repetition::OPTIONAL),
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(repetition)
        .with_logical_type((column.kind == Kind::Text).then_some(LogicalType::String));
    Ok(Arc::new(field.build()?))
}

/// Reads a table, a row group at a time.
pub(super) fn read(
    file: File,
    table: &'static Definition,
    numbering: &Numbering,
    take: &mut dyn FnMut(&Batch, &[i64]),
) -> Result<(), String> {
    let reader = guarded(|| SerializedFileReader::new(file).map_err(|error| error.to_string()))?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let found: Vec<&str> = (schema.columns().iter())
        .filter(|column| column.path().parts().len() == 1 && column.max_rep_level() == 0)
        .map(|column| column.name())
        .collect();
    let points = found.first() == Some(&POINT.name);
    // a table may have a column of that name itself
    let leading = found.len().saturating_sub(table.columns.len());
    let variants =
        leading > usize::from(points) && found.get(usize::from(points)) == Some(&VARIANT.name);
    let leading = [points.then_some(&POINT), variants.then_some(&VARIANT)];
    let leading = leading.into_iter().flatten();
    let expected: Vec<&str> = (leading.chain(table.columns))
        .map(|column| column.name)
        .collect();
    if found != expected || schema.num_columns() != expected.len() {
        return Err(format!("its columns are not those of `{}`", table.name));
    }
    let mut batch = Batch::new(table, Arc::default());
    for number in 0..reader.num_row_groups() {
        let group = reader.get_row_group(number);
        let group = group.map_err(|error| error.to_string())?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let column = |place| {
            let column = group.get_column_reader(place);
            column.map_err(|error| error.to_string())
        };
        let mut point = Values::new(Kind::Integer);
        let mut variant = Values::new(Kind::Text);
        batch.clear();
        let (columns, vocabulary) = batch.parts_mut();
        let leading = [
            points.then_some((&mut point, &POINT)),
            variants.then_some((&mut variant, &VARIANT)),
        ];
        let columns = columns.iter_mut().zip(table.columns);
        let all = leading.into_iter().flatten().chain(columns);
        for (place, (values, about)) in all.enumerate() {
            guarded(|| fill(values, column(place)?, rows, vocabulary))
                .map_err(|problem| format!("column {} {problem}", about.name))?;
        }
        let (Values::Integer(point), Values::Text(variant)) = (point, variant) else {
            unreachable!("made as integers and texts");
        };
        let world = |row: usize| {
            let variant = variant.get(row).map(|label| batch.name(*label));
            let world = numbering.world(point.get(row).copied(), variant);
            world.ok_or_else(|| {
                format!(
                    "column variant has an unknown one: `{}`",
                    variant.unwrap_or("")
                )
            })
        };
        let numbered = if points || variants { rows } else { 0 };
        let worlds: Vec<i64> = (0..numbered).map(world).collect::<Result<_, _>>()?;
        take(&batch, &worlds);
    }
    Ok(())
}

/// Decodes what may be damaged: the reader of Parquet panics at some damages, which are errors to us.
fn guarded<T>(decode: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let decoded = std::panic::catch_unwind(std::panic::AssertUnwindSafe(decode));
    decoded.unwrap_or_else(|_| Err("is damaged".to_owned()))
}

/// Fills a column from a file's.
fn fill(
    values: &mut Values,
    column: ColumnReader,
    rows: usize,
    vocabulary: &mut Arc<Vocabulary>,
) -> Result<(), String> {
    match (values, column) {
        (Values::Integer(values), ColumnReader::Int64ColumnReader(column)) => {
            values.extend(required(cells(column, rows)?)?);
        }
        (Values::Flag(values), ColumnReader::BoolColumnReader(column)) => {
            values.extend(required(cells(column, rows)?)?);
        }
        (Values::Answer(values), ColumnReader::BoolColumnReader(column)) => {
            values.extend(cells(column, rows)?);
        }
        (Values::Number(values), ColumnReader::DoubleColumnReader(column)) => {
            let numbers = cells(column, rows)?;
            values.extend(numbers.into_iter().map(|number| number.unwrap_or(f64::NAN)));
        }
        (Values::Text(values), ColumnReader::ByteArrayColumnReader(column)) => {
            for text in cells(column, rows)? {
                let text = text.as_ref().map_or(Ok(""), ByteArray::as_utf8);
                let text = text.map_err(|error| error.to_string())?;
                values.push(text.label(vocabulary));
            }
        }
        _ => return Err("is not of the kind expected".to_owned()),
    }
    Ok(())
}

/// The cells of a column; none where it is null.
fn cells<T: DataType>(
    mut column: ColumnReaderImpl<T>,
    rows: usize,
) -> Result<Vec<Option<T::T>>, String> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let read = column.read_records(rows, Some(&mut levels), None, &mut values);
    let (records, ..) = read.map_err(|error| format!("is damaged: {error}"))?;
    if records != rows {
        return Err(format!("is damaged: it has {records} of {rows} values"));
    }
    // a column that is never null has no levels
    levels.resize(rows, 1);
    let mut values = values.into_iter();
    let cell = |level| if level == 1 { values.next() } else { None };
    Ok(levels.into_iter().map(cell).collect())
}

fn required<T>(cells: Vec<Option<T>>) -> Result<Vec<T>, String> {
    let all: Option<Vec<T>> = cells.into_iter().collect();
    all.ok_or_else(|| "has empty values where there must be none".to_owned())
}

#[cfg(test)]
mod tests;
