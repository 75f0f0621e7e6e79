//! What is written is read, whatever columns hold: by the reader of the library for Parquet, which is none of ours.

use std::sync::Arc;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::statistics::Statistics;

use crate::table::{Batch, Format, LOOP, LoopRow, Numbering, create, csv_rows, read};

/// A row from one whole number, on which all its values depend.
fn row(number: i64) -> LoopRow<&'static str> {
    LoopRow {
        analysis: 7,
        firm: ["one", "", "ü"][number.rem_euclid(3) as usize],
        // in both directions beyond what differences can be
        period: [0, i64::MAX, i64::MIN, -1][number.rem_euclid(4) as usize],
        window: number / 50,
        quantity: "",
        // too many for a dictionary, a few, none
        value: number as f64 / 7.0,
        low: [0.0, f64::NAN, -0.0, 1e-300][number.rem_euclid(4) as usize],
        high: f64::NAN,
        half_size: f64::INFINITY,
        linear: [None, Some(true), Some(false)][(number / 30).rem_euclid(3) as usize],
        cause: -2.5,
        effect: [1.0, f64::NEG_INFINITY][usize::from(number > 20)],
        variance_reduction: (number % 300) as f64,
        replicates: number * number * number,
    }
}

/// Writes rows to a file of its own, and hands over its folder.
fn written(rows: &Batch) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Format::Parquet.path(folder.path(), &LOOP);
    let numbering = Numbering::default();
    let writer = create(Format::Parquet, &path, &LOOP, &numbering, &Vec::new());
    let mut writer = writer.expect("a file");
    writer.write(rows, 0).expect("space");
    writer.finish().expect("space");
    folder
}

#[test]
fn columns_of_all_lengths_come_back() {
    let lengths = (0..40).chain([127, 128, 129, 130, 255, 256, 257, 258, 600, 5_000]);
    for length in lengths {
        let rows = LoopRow::batch((0..length).map(|number| row(number - 20)));
        let mut all = Batch::new(&LOOP, Arc::default());
        read(
            written(&rows).path(),
            &LOOP,
            &Numbering::default(),
            |batch, _| all.append(batch),
        )
        .unwrap_or_else(|error| panic!("{error}"));
        let plain = |batch: &Batch| csv_rows(batch, &Numbering::default(), 0);
        assert_eq!(plain(&all), plain(&rows), "{length} rows");
    }
}

/// By these, readers pass over row groups in which a query finds nothing.
#[test]
fn the_least_and_the_largest_value_are_told() {
    let rows = LoopRow::batch((0..600).map(row));
    let folder = written(&rows);
    let file = std::fs::File::open(Format::Parquet.path(folder.path(), &LOOP));
    let reader = SerializedFileReader::new(file.expect("the file")).expect("a sound file");
    let group = reader.metadata().row_group(0);
    let of = |name: &str| {
        let place = LOOP.position(name).expect("a column");
        let statistics = group.column(place).statistics().expect("statistics");
        (statistics.clone(), statistics.null_count_opt())
    };
    let (window, _) = of("window");
    assert_eq!(
        window,
        Statistics::int64(Some(0), Some(11), None, Some(0), false)
    );
    let (value, _) = of("value");
    let most = Some(599.0 / 7.0);
    assert_eq!(
        value,
        Statistics::double(Some(-0.0), most, None, Some(0), false)
    );
    let (firm, missing) = of("firm");
    let name = |bytes: Option<&[u8]>| bytes.map(|it| String::from_utf8_lossy(it).into_owned());
    assert_eq!(name(firm.min_bytes_opt()).as_deref(), Some("one"));
    assert_eq!(name(firm.max_bytes_opt()).as_deref(), Some("ü"));
    assert_eq!(missing, Some(200));
    let (high, missing) = of("high");
    assert_eq!((high.min_bytes_opt(), missing), (None, Some(600)));
}
