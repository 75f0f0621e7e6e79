//! Tables as Apache Parquet files: one column each, nulls for empty values, Snappy compression.

use std::fs::File;
use std::io;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::{
    Batch, Definition, Kind, Label, Metadata, Name, POINT, TableWriter, Values, Vocabulary,
};

/// Rows per row group: large enough to compress, small enough to keep memory bounded.
const ROWS_PER_GROUP: usize = 131_072;

/// Writes a table as Parquet.
pub(super) struct Writer {
    schema: Arc<Schema>,
    out: ArrowWriter<File>,
}

impl Writer {
    /// Starts the file.
    pub fn new(
        file: File,
        table: &Definition,
        points: bool,
        metadata: &Metadata,
    ) -> io::Result<Self> {
        let schema = Arc::new(schema(table, points));
        let pairs = metadata
            .iter()
            .map(|(key, value)| KeyValue::new(key.clone(), value.clone()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROWS_PER_GROUP))
            .set_created_by(format!("flywheel {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(pairs.collect()))
            .build();
        let out = ArrowWriter::try_new(file, schema.clone(), Some(properties))
            .map_err(io::Error::other)?;
        Ok(Self { schema, out })
    }
}

impl TableWriter for Writer {
    fn write(&mut self, batch: &Batch, point: Option<u32>) -> io::Result<()> {
        let point = point.map(|point| -> ArrayRef {
            Arc::new(Int64Array::from_value(i64::from(point), batch.rows()))
        });
        let columns = batch
            .columns()
            .iter()
            .map(|values| array(values, batch.vocabulary()));
        let columns = point.into_iter().chain(columns).collect();
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(io::Error::other)?;
        self.out.write(&batch).map_err(io::Error::other)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let file = self.out.into_inner().map_err(io::Error::other)?;
        file.sync_all()
    }
}

fn schema(table: &Definition, points: bool) -> Schema {
    let fields = table.columns.iter().map(|column| {
        let (kind, nullable) = match column.kind {
            Kind::Integer => (DataType::Int64, false),
            Kind::Number => (DataType::Float64, true),
            Kind::Text => (DataType::Utf8, true),
            Kind::Flag => (DataType::Boolean, false),
        };
        let about = [(
            "description".to_owned(),
            column.description.trim().to_owned(),
        )];
        Field::new(column.name, kind, nullable).with_metadata(about)
    });
    let point = points.then(|| Field::new(POINT, DataType::Int64, false));
    Schema::new(point.into_iter().chain(fields).collect::<Vec<_>>())
}

fn array(values: &Values, vocabulary: &Vocabulary) -> ArrayRef {
    match values {
        Values::Integer(values) => Arc::new(Int64Array::from_iter_values(values.iter().copied())),
        Values::Number(values) => Arc::new(Float64Array::from_iter(
            values
                .iter()
                .map(|value| (!value.is_nan()).then_some(*value)),
        )),
        Values::Text(values) => {
            Arc::new(StringArray::from_iter(values.iter().map(|&label| {
                (label != Label::NONE).then(|| vocabulary.name(label))
            })))
        }
        Values::Flag(values) => Arc::new(BooleanArray::from(values.clone())),
    }
}

/// Reads a table, a batch at a time.
pub(super) fn read(
    file: File,
    table: &'static Definition,
    take: &mut dyn FnMut(&Batch, &[i64]),
) -> Result<(), String> {
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| error.to_string())?;
    let fields = builder.schema().fields();
    let points = fields.first().is_some_and(|field| field.name() == POINT);
    let names = fields.iter().map(|field| field.name().as_str());
    if !names
        .skip(points.into())
        .eq(table.columns.iter().map(|column| column.name))
    {
        return Err(format!("its columns are not those of `{}`", table.name));
    }
    let reader = builder
        .with_batch_size(ROWS_PER_GROUP)
        .build()
        .map_err(|error| error.to_string())?;
    let mut batch = Batch::new(table, Arc::default());
    for read in reader {
        let read = read.map_err(|error| error.to_string())?;
        batch.clear();
        let mut point = Vec::new();
        if points {
            let array = read.column(0).as_primitive_opt::<Int64Type>();
            let array = array.ok_or("column point is not of the kind expected")?;
            point.extend_from_slice(array.values());
        }
        let (columns, vocabulary) = batch.parts_mut();
        let columns = columns
            .iter_mut()
            .zip(&read.columns()[usize::from(points)..])
            .zip(table.columns);
        for ((values, array), column) in columns {
            fill(values, array, vocabulary)
                .ok_or_else(|| format!("column {} is not of the kind expected", column.name))?;
        }
        take(&batch, &point);
    }
    Ok(())
}

/// Fills a column from an array; none if the array is of another type.
fn fill(values: &mut Values, array: &ArrayRef, vocabulary: &mut Arc<Vocabulary>) -> Option<()> {
    match values {
        Values::Integer(values) => {
            values.extend(array.as_primitive_opt::<Int64Type>()?.values());
        }
        Values::Number(values) => {
            let numbers = array.as_primitive_opt::<Float64Type>()?;
            values.extend(numbers.iter().map(|number| number.unwrap_or(f64::NAN)));
        }
        Values::Text(values) => {
            let texts = array.as_string_opt::<i32>()?;
            values.extend(
                texts
                    .iter()
                    .map(|text| text.unwrap_or("").label(vocabulary)),
            );
        }
        Values::Flag(values) => {
            let flags = array.as_boolean_opt()?;
            values.extend((0..flags.len()).map(|row| flags.value(row)));
        }
    }
    Some(())
}
