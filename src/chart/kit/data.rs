//! The numbers behind a chart, as a table to save beside it.

use crate::analysis::Estimate;

/// The numbers behind a chart: named columns, and rows of as many entries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Data {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// An entry of a table: a text as it is, a number as short as it reads back the same, nothing for NaN.
pub trait Entry {
    /// The entry in letters.
    fn entry(&self) -> String;
}

impl Entry for f64 {
    fn entry(&self) -> String {
        if self.is_nan() {
            String::new()
        } else {
            self.to_string()
        }
    }
}

impl Entry for u32 {
    fn entry(&self) -> String {
        self.to_string()
    }
}

impl Entry for &str {
    fn entry(&self) -> String {
        (*self).to_owned()
    }
}

impl Entry for String {
    fn entry(&self) -> String {
        self.clone()
    }
}

impl Data {
    /// A table without rows.
    #[must_use]
    pub fn new<T: AsRef<str>>(columns: &[T]) -> Self {
        Self {
            columns: columns
                .iter()
                .map(|name| name.as_ref().to_owned())
                .collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; what it has too few of stays empty.
    pub fn push(&mut self, entries: &[&dyn Entry]) {
        self.rows
            .push(entries.iter().map(|entry| entry.entry()).collect());
    }

    /// Adds a row that ends in an estimate: mean, and ends of the interval.
    pub fn push_estimate(&mut self, entries: &[&dyn Entry], estimate: &Estimate) {
        let numbers: [&dyn Entry; 3] = [&estimate.mean, &estimate.low, &estimate.high];
        self.push(&[entries, &numbers].concat());
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as comma-separated values, with a header.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            let entries = (0..self.columns.len()).map(|place| row.get(place).map_or("", |e| e));
            let quoted: Vec<String> = entries.map(quoted).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        text
    }
}

/// In quotes where a reader of commas would be misled.
fn quoted(entry: &str) -> String {
    if entry.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", entry.replace('"', "\"\""))
    } else {
        entry.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_back() {
        let mut data = Data::new(&["firm", "mean", "low", "high"]);
        let estimate = Estimate {
            mean: 0.1,
            ..Estimate::EMPTY
        };
        data.push_estimate(&[&"a, \"b\"".to_owned()], &estimate);
        assert_eq!(
            data.to_csv(),
            "firm,mean,low,high\n\"a, \"\"b\"\"\",0.1,,\n"
        );
        let mut reader =
            csv::Reader::from_reader(data.to_csv().as_bytes().to_vec().leak() as &[u8]);
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(&row[0], "a, \"b\"");
    }
}
