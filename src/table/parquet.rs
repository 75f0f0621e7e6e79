//! Tables as Apache Parquet files: one column each, nulls for empty values, Snappy compression.

use std::fs::File;
use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{
    Batch, Column, Definition, Kind, Label, Metadata, Name, Numbering, POINT, TableWriter, VARIANT,
    Values, Vocabulary,
};

/// Rows per row group, at most: large enough to compress, small enough to keep memory bounded.
const ROWS_PER_GROUP: usize = 131_072;

/// Writes a table as Parquet.
pub(super) struct Writer {
    out: SerializedFileWriter<File>,
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
            .set_compression(Compression::SNAPPY)
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
        let out =
            SerializedFileWriter::new(file, schema, properties.into()).map_err(io::Error::other)?;
        Ok(Self {
            out,
            rows: Batch::new(table, Arc::default()),
            worlds: Vec::new(),
            numbering: numbering.clone(),
        })
    }

    /// Writes the rows that are kept as a row group.
    fn write_group(&mut self) -> Result<(), ParquetError> {
        if self.rows.rows() == 0 {
            return Ok(());
        }
        let mut group = self.out.next_row_group()?;
        let (mut points, mut variants) = (Vec::new(), Vec::new());
        for &world in &self.worlds {
            let (point, variant) = self.numbering.of(world);
            points.extend(point.map(i64::from));
            variants.extend(variant.map(ByteArray::from));
        }
        if !points.is_empty()
            && let Some(mut column) = group.next_column()?
        {
            write_cells::<Int64Type>(&mut column, &points, None)?;
            column.close()?;
        }
        if !variants.is_empty()
            && let Some(mut column) = group.next_column()?
        {
            let levels = vec![1; variants.len()];
            write_cells::<ByteArrayType>(&mut column, &variants, Some(&levels))?;
            column.close()?;
        }
        self.worlds.clear();
        let names = names(self.rows.vocabulary());
        for values in self.rows.columns() {
            if let Some(mut column) = group.next_column()? {
                write_column(&mut column, values, &names)?;
                column.close()?;
            }
        }
        group.close()?;
        self.rows.clear();
        Ok(())
    }
}

impl TableWriter for Writer {
    fn write(&mut self, batch: &Batch, world: u32) -> io::Result<()> {
        // a batch of interactions can be many times as long
        for from in (0..batch.rows()).step_by(ROWS_PER_GROUP) {
            if self.rows.rows() + batch.rows() - from > ROWS_PER_GROUP {
                self.write_group().map_err(io::Error::other)?;
            }
            let to = batch.rows().min(from + ROWS_PER_GROUP);
            self.rows.append_rows(batch, from..to);
            self.worlds.resize(self.rows.rows(), world);
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.write_group().map_err(io::Error::other)?;
        let file = self.out.into_inner().map_err(io::Error::other)?;
        file.sync_all()
    }
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

/// The names as Parquet takes them: their bytes are shared by all rows.
fn names(vocabulary: &Vocabulary) -> Vec<ByteArray> {
    vocabulary.names().map(ByteArray::from).collect()
}

fn write_column(
    column: &mut SerializedColumnWriter<'_>,
    values: &Values,
    names: &[ByteArray],
) -> Result<(), ParquetError> {
    match values {
        Values::Integer(values) => write_cells::<Int64Type>(column, values, None),
        Values::Flag(values) => write_cells::<BoolType>(column, values, None),
        Values::Number(values) => {
            let levels: Vec<i16> = values
                .iter()
                .map(|value| value.is_finite().into())
                .collect();
            let there = values.iter().copied().filter(|value| value.is_finite());
            write_cells::<DoubleType>(column, &there.collect::<Vec<_>>(), Some(&levels))
        }
        Values::Answer(values) => {
            let levels: Vec<i16> = values.iter().map(|value| value.is_some().into()).collect();
            let there = values.iter().copied().flatten();
            write_cells::<BoolType>(column, &there.collect::<Vec<_>>(), Some(&levels))
        }
        Values::Text(labels) => {
            let levels: Vec<i16> = (labels.iter())
                .map(|label| (*label != Label::NONE).into())
                .collect();
            let there = labels
                .iter()
                .filter_map(|label| names.get(label.0 as usize));
            write_cells::<ByteArrayType>(column, &there.cloned().collect::<Vec<_>>(), Some(&levels))
        }
    }
}

/// Writes the values of a column that are there; `levels`: for every row, 1 where it has one, 0 where it is null.
fn write_cells<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, levels, None)?;
    Ok(())
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
