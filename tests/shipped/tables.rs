//! Tables of a document, between marks: written by a program, compared by a test.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use flywheel::statistics::Estimate;

/// A document with tables that a program writes.
pub struct Page {
    pub path: &'static str,
    /// The command that writes them.
    pub written_by: &'static str,
}

impl Page {
    /// Holds that the tables of the document are these.
    #[track_caller]
    pub fn assert_current(&self, tables: &[(&'static str, String)]) {
        let path = self.path;
        let advice = format!(
            ": if the model changed on purpose, write the numbers anew: {}",
            self.written_by
        );
        let document = self.text();
        for (name, table) in tables {
            let (before, old, _) = self.parts(&document, name);
            let first = before.lines().count() + 1;
            for (line, (old, new)) in old.trim().lines().zip(table.trim().lines()).enumerate() {
                let number = first + line;
                assert_eq!(old, new, "{path}, near line {number}{advice}");
            }
            assert_eq!(old.trim(), table.trim(), "{path}, {name}{advice}");
        }
    }

    /// Puts the tables into the document, whose words stay.
    pub fn write(&self, tables: &[(&'static str, String)]) {
        let mut document = self.text();
        for (name, table) in tables {
            let (before, _, after) = self.parts(&document, name);
            document = format!("{before}\n{table}{after}");
        }
        fs::write(self.place(), document).expect("the document can be written");
    }

    fn place(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(self.path)
    }

    fn text(&self) -> String {
        fs::read_to_string(self.place()).expect("the document can be read")
    }

    /// The document up to a table, the table, and the rest.
    fn parts<'a>(&self, document: &'a str, name: &str) -> (&'a str, &'a str, &'a str) {
        let start = format!("<!-- table: {name} -->\n");
        let end = "<!-- end of table -->";
        let found = document.find(&start).and_then(|place| {
            let (before, rest) = document.split_at(place + start.len());
            let (table, after) = rest.split_at(rest.find(end)?);
            Some((before, table, after))
        });
        found.unwrap_or_else(|| panic!("{} has no place for the table {name}", self.path))
    }
}

/// The first rows of a table.
pub fn heading(cells: &[&str]) -> String {
    let mut table = String::new();
    row(&mut table, cells);
    row(&mut table, &vec!["---"; cells.len()]);
    table
}

/// Adds a row to a table.
pub fn row(table: &mut String, cells: &[&str]) {
    let _ = writeln!(table, "| {} |", cells.join(" | "));
}

/// A mean with its interval, with as many decimals as the interval bears; alone where there is none.
pub fn with_interval(estimate: &Estimate) -> String {
    if estimate.low >= estimate.high {
        return format!("{:.2}", estimate.mean);
    }
    let decimals = (1.0 - estimate.reach().log10().floor()).clamp(0.0, 6.0) as usize;
    let number = |value: f64| {
        let text = format!("{value:.decimals$}");
        let zero = text.chars().all(|digit| matches!(digit, '-' | '0' | '.'));
        if zero { text.replace('-', "") } else { text }
    };
    format!(
        "{} [{}, {}]",
        number(estimate.mean),
        number(estimate.low),
        number(estimate.high)
    )
}
