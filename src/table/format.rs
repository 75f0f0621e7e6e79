//! File formats of tables, behind one trait.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::csv::{self, Dialect};
#[cfg(feature = "system")]
use super::parquet;
use super::{Batch, Definition, Numbering};

/// Why a table in Parquet is neither written nor read without `system`.
#[cfg(not(feature = "system"))]
const NO_PARQUET: &str = "this build of the library has no Parquet";

/// A file format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Comma-separated values, UTF-8, with a header.
    Csv,
    /// The same as a spreadsheet opens it by a double click where decimals have a comma: with semicolons, decimal commas
    /// and a byte-order mark.
    Excel,
    /// Apache Parquet, each column encoded as suits its values; scenario and seed in the file's metadata.
    Parquet,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Excel, Self::Parquet];

    /// The ending of a file's name. A query over all `*/firms.csv` does not meet those for spreadsheets.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Excel => "excel.csv",
            Self::Parquet => "parquet",
        }
    }

    /// The format's name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Excel => "excel",
            Self::Parquet => "parquet",
        }
    }

    /// The file of a table in a folder.
    #[must_use]
    pub fn path(self, folder: &Path, table: &Definition) -> PathBuf {
        folder.join(self.file(table))
    }

    /// Name of the file of a table.
    #[must_use]
    pub fn file(self, table: &Definition) -> String {
        format!("{}.{}", table.name, self.extension())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == text)
            .ok_or_else(|| format!("unknown format `{text}`: use csv, excel or parquet"))
    }
}

/// What a file says about itself besides its rows: keys and values.
pub type Metadata = Vec<(String, String)>;

/// Takes the rows of one table to a file.
pub trait TableWriter: Send {
    /// Appends rows, all of one world: a point of a sweep, or a variant.
    ///
    /// # Errors
    /// If the file cannot be written.
    fn write(&mut self, batch: &Batch, world: u32) -> io::Result<()>;

    /// The same where the rows may be there as CSV already (see [`csv_rows`]), for which other formats have no use.
    ///
    /// # Errors
    /// If the file cannot be written.
    fn write_made(&mut self, batch: &Batch, world: u32, _csv: Option<&str>) -> io::Result<()> {
        self.write(batch, world)
    }

    /// Completes the file and waits until the disk has it.
    ///
    /// # Errors
    /// If the file cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Starts a new file for a table, replacing one of that name, with the leading columns of a numbering.
///
/// # Errors
/// If the file cannot be made.
pub fn create(
    format: Format,
    path: &Path,
    table: &'static Definition,
    numbering: &Numbering,
    metadata: &Metadata,
) -> io::Result<Box<dyn TableWriter>> {
    let file = File::create(path)?;
    Ok(match format {
        Format::Csv => Box::new(csv::Writer::new(file, table, numbering, Dialect::Plain)?),
        Format::Excel => {
            let dialect = Dialect::Spreadsheet;
            Box::new(csv::Writer::new(file, table, numbering, dialect)?)
        }
        #[cfg(feature = "system")]
        Format::Parquet => Box::new(parquet::Writer::new(file, table, numbering, metadata)?),
        #[cfg(not(feature = "system"))]
        Format::Parquet => {
            let _ = metadata;
            return Err(io::Error::other(NO_PARQUET));
        }
    })
}

/// The rows of a batch, all of one world, as CSV, without a header.
#[must_use]
pub fn csv_rows(batch: &Batch, numbering: &Numbering, world: u32) -> String {
    csv::rows(batch, numbering, world)
}

/// Reads a table, in whichever format the folder holds it, a batch at a time in the order of the file.
///
/// `take` gets the rows and, where the file says them, the worlds to which they belong, one for each row: without variants
/// the points of the sweep.
///
/// # Errors
/// If there is no such file, or it is not such a table.
pub fn read(
    folder: &Path,
    table: &'static Definition,
    numbering: &Numbering,
    take: impl FnMut(&Batch, &[i64]),
) -> Result<(), TableError> {
    let mut formats = Format::ALL.into_iter();
    let there = |format: &Format| format.path(folder, table).is_file();
    match formats.find(there) {
        Some(format) => read_format(folder, format, table, numbering, take),
        None => Err(TableError::Missing {
            folder: folder.to_owned(),
            table: table.name,
        }),
    }
}

/// Reads a table in a format, as [`read`] does.
///
/// # Errors
/// If there is no such file, or it is not such a table.
pub fn read_format(
    folder: &Path,
    format: Format,
    table: &'static Definition,
    numbering: &Numbering,
    take: impl FnMut(&Batch, &[i64]),
) -> Result<(), TableError> {
    read_file(&format.path(folder, table), format, table, numbering, take)
}

/// Reads a table from a file of any name, as [`read`] does.
///
/// # Errors
/// If there is no such file, or it is not such a table.
pub fn read_file(
    path: &Path,
    format: Format,
    table: &'static Definition,
    numbering: &Numbering,
    mut take: impl FnMut(&Batch, &[i64]),
) -> Result<(), TableError> {
    let fail = |problem: String| TableError::Unreadable {
        path: path.to_owned(),
        problem,
    };
    let file = File::open(path).map_err(|error| fail(error.to_string()))?;
    match format {
        Format::Csv => csv::read(file, table, numbering, Dialect::Plain, &mut take).map_err(fail),
        Format::Excel => {
            csv::read(file, table, numbering, Dialect::Spreadsheet, &mut take).map_err(fail)
        }
        #[cfg(feature = "system")]
        Format::Parquet => parquet::read(file, table, numbering, &mut take).map_err(fail),
        #[cfg(not(feature = "system"))]
        Format::Parquet => Err(fail(NO_PARQUET.to_owned())),
    }
}

/// Reads the rows of one world, as [`read`] does.
///
/// # Errors
/// If there is no such file, or it is not such a table.
pub fn read_world(
    folder: &Path,
    table: &'static Definition,
    numbering: &Numbering,
    world: u32,
    mut take: impl FnMut(&Batch),
) -> Result<(), TableError> {
    read(folder, table, numbering, |batch, worlds| {
        if worlds.iter().all(|other| *other == i64::from(world)) {
            take(batch);
        } else if worlds.contains(&i64::from(world)) {
            let mut own = batch.clone();
            own.retain(|row| worlds[row] == i64::from(world));
            take(&own);
        }
    })
}

/// Why a table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableError {
    /// The folder holds no such table.
    Missing {
        /// Where it was looked for.
        folder: PathBuf,
        /// Name of the table.
        table: &'static str,
    },
    /// The file is damaged, or no such table.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { folder, table } => write!(
                f,
                "{} holds neither {table}.csv nor {table}.parquet: name the folder of a finished run, such as output/four-experiences",
                folder.display()
            ),
            Self::Unreadable { path, problem } => {
                write!(f, "cannot read {}: {problem}", path.display())
            }
        }
    }
}

impl std::error::Error for TableError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{LOOP, LoopRow};

    /// Rows with every kind of value, and with nothing where there may be nothing.
    fn rows() -> Batch {
        let row = |number: i64| LoopRow {
            analysis: number,
            firm: ["one", "", "a, \"b\" and ü"][number as usize % 3],
            period: -number,
            window: 3,
            quantity: "product",
            value: [0.1, f64::NAN, -0.0, 1e-300][number as usize % 4],
            low: f64::NAN,
            high: 1e300,
            half_size: 2.0,
            linear: [None, Some(true), Some(false)][number as usize % 3],
            cause: 1.0,
            effect: 1.0,
            variance_reduction: 3.0,
            replicates: 4,
        };
        LoopRow::batch((0..1000).map(row))
    }

    /// Writes the rows three times, of worlds 0 to 2, and reads them back.
    fn back(format: Format, numbering: &Numbering) -> (Batch, Vec<i64>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = format.path(folder.path(), &LOOP);
        let mut writer = create(format, &path, &LOOP, numbering, &Vec::new()).expect("a file");
        for point in 0..3 {
            writer.write(&rows(), point).expect("space");
        }
        writer.finish().expect("space");
        let (mut all, mut of) = (Batch::new(&LOOP, std::sync::Arc::default()), Vec::new());
        read(folder.path(), &LOOP, numbering, |batch, points| {
            all.append(batch);
            of.extend_from_slice(points);
        })
        .unwrap_or_else(|error| panic!("{error}"));
        (all, of)
    }

    #[test]
    fn what_is_written_is_read() {
        let mut thrice = rows();
        (0..2).for_each(|_| thrice.append(&rows()));
        for format in Format::ALL {
            let plain = |batch: &Batch| csv_rows(batch, &Numbering::default(), 0);
            let (all, of) = back(format, &Numbering::default());
            assert_eq!((plain(&all), of), (plain(&thrice), Vec::new()));
            let variants = ["base", "a, \"b\" and ü"].map(str::to_owned).to_vec();
            let both = Numbering::new(true, variants);
            for numbering in [Numbering::points(), both] {
                let (all, of) = back(format, &numbering);
                assert_eq!(plain(&all), plain(&thrice));
                assert_eq!(of, [vec![0; 1000], vec![1; 1000], vec![2; 1000]].concat());
            }
        }
    }

    /// A batch of interactions may be far longer than a row group, which bounds what is held in memory.
    #[test]
    fn a_long_batch_is_written_in_several_row_groups() {
        let mut long = Batch::new(&LOOP, std::sync::Arc::default());
        (0..150).for_each(|_| long.append(&rows()));
        let folder = tempfile::tempdir().expect("a folder");
        let path = Format::Parquet.path(folder.path(), &LOOP);
        let points = Numbering::points();
        let mut writer =
            create(Format::Parquet, &path, &LOOP, &points, &Vec::new()).expect("a file");
        for (batch, world) in [(&rows(), 0), (&long, 1), (&rows(), 2)] {
            writer.write(batch, world).expect("space");
        }
        writer.finish().expect("space");
        let (mut all, mut of, mut groups) = (long.clone(), Vec::new(), Vec::new());
        all.clear();
        read(folder.path(), &LOOP, &points, |batch, points| {
            all.append(batch);
            of.extend_from_slice(points);
            groups.push(batch.rows());
        })
        .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(groups, [1_000, 131_072, 19_928]);
        assert_eq!(
            of,
            [vec![0; 1_000], vec![1; 150_000], vec![2; 1_000]].concat()
        );
        let plain = |batch: &Batch| csv_rows(batch, &Numbering::default(), 0);
        let mut expected = rows();
        expected.append(&long);
        expected.append(&rows());
        assert!(plain(&all) == plain(&expected), "the rows differ");
    }

    #[test]
    fn what_is_infinite_is_written_as_empty() {
        let infinite = |row: LoopRow<&'static str>| LoopRow {
            value: f64::INFINITY,
            ..row
        };
        let names = rows();
        let first = LoopRow::all(&names).next().expect("a row");
        let row = infinite(LoopRow {
            firm: "one",
            quantity: "product",
            ..first
        });
        for format in Format::ALL {
            let folder = tempfile::tempdir().expect("a folder");
            let path = format.path(folder.path(), &LOOP);
            let mut writer =
                create(format, &path, &LOOP, &Numbering::default(), &Vec::new()).expect("a file");
            writer.write(&LoopRow::batch([row]), 0).expect("space");
            writer.finish().expect("space");
            read(folder.path(), &LOOP, &Numbering::default(), |batch, _| {
                assert!(batch.numbers("value")[0].is_nan());
            })
            .unwrap_or_else(|error| panic!("{error}"));
        }
    }

    #[test]
    fn a_damaged_file_is_an_error_and_no_panic() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Format::Parquet.path(folder.path(), &LOOP);
        let mut writer = create(
            Format::Parquet,
            &path,
            &LOOP,
            &Numbering::points(),
            &Vec::new(),
        )
        .expect("a file");
        writer.write(&rows(), 1).expect("space");
        writer.finish().expect("space");
        let bytes = std::fs::read(&path).expect("the file");
        let mut refused = 0;
        for place in (0..bytes.len()).step_by(41) {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << (place % 8);
            std::fs::write(&path, damaged).expect("space");
            refused +=
                u32::from(read(folder.path(), &LOOP, &Numbering::default(), |_, _| {}).is_err());
        }
        assert!(refused > 0);
    }
}
