//! Rows of one table, held by column.

use std::ops::Range;
use std::sync::Arc;

use super::values::each;
use super::{Definition, Label, Value, Values, Vocabulary};

/// Some rows of one table, held by column.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    definition: &'static Definition,
    vocabulary: Arc<Vocabulary>,
    columns: Vec<Values>,
}

impl Batch {
    /// A batch without rows.
    #[must_use]
    pub fn new(definition: &'static Definition, vocabulary: Arc<Vocabulary>) -> Self {
        let columns = definition
            .columns
            .iter()
            .map(|column| Values::new(column.kind))
            .collect();
        Self {
            definition,
            vocabulary,
            columns,
        }
    }

    /// Makes room for that many more rows.
    pub fn reserve(&mut self, rows: usize) {
        for column in &mut self.columns {
            each!(column, values => values.reserve_exact(rows));
        }
    }

    /// The table to which the rows belong.
    #[must_use]
    pub fn definition(&self) -> &'static Definition {
        self.definition
    }

    /// The names that the text columns refer to.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Takes all rows out; names and memory stay for those to come.
    pub(super) fn clear(&mut self) {
        for column in &mut self.columns {
            each!(column, values => values.clear());
        }
    }

    /// Adds the rows of another batch of the same table.
    pub fn append(&mut self, other: &Self) {
        self.append_rows(other, 0..other.rows());
    }

    /// Adds some rows of another batch of the same table: those from the first position to before the second.
    ///
    /// # Panics
    /// If the other batch has fewer rows: a slip of the program, not of its input.
    pub(super) fn append_rows(&mut self, other: &Self, rows: Range<usize>) {
        let vocabulary = Arc::make_mut(&mut self.vocabulary);
        let names = other.vocabulary.0.iter();
        let labels: Vec<Label> = names.map(|name| vocabulary.label(name)).collect();
        let label = |label: &Label| *labels.get(label.0 as usize).unwrap_or(&Label::NONE);
        for (own, added) in self.columns.iter_mut().zip(&other.columns) {
            match (own, added) {
                (Values::Integer(own), Values::Integer(added)) => own.extend(&added[rows.clone()]),
                (Values::Number(own), Values::Number(added)) => own.extend(&added[rows.clone()]),
                (Values::Flag(own), Values::Flag(added)) => own.extend(&added[rows.clone()]),
                (Values::Answer(own), Values::Answer(added)) => own.extend(&added[rows.clone()]),
                (Values::Text(own), Values::Text(added)) => {
                    own.extend(added[rows.clone()].iter().map(label));
                }
                _ => unreachable!("batches of one table have the same columns"),
            }
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Values::len)
    }

    /// Keeps only the rows for which `keep`, called with their positions, says so.
    pub fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        fn sift<T>(values: &mut Vec<T>, keep: impl Fn(usize) -> bool) {
            let mut row = 0;
            values.retain(|_| {
                row += 1;
                keep(row - 1)
            });
        }
        for column in &mut self.columns {
            each!(column, values => sift(values, &keep));
        }
    }

    /// All columns in the order of the definition.
    #[must_use]
    pub fn columns(&self) -> &[Values] {
        &self.columns
    }

    /// The columns in the order of the table, with the names that text columns refer to.
    #[must_use]
    pub fn into_columns(self) -> (Vec<Values>, Arc<Vocabulary>) {
        (self.columns, self.vocabulary)
    }

    /// The columns in the order of the definition, to add to them, and the names that they refer to.
    pub(super) fn parts_mut(&mut self) -> (&mut [Values], &mut Arc<Vocabulary>) {
        (&mut self.columns, &mut self.vocabulary)
    }

    /// The name of a label; empty for [`Label::NONE`].
    #[must_use]
    pub fn name(&self, label: Label) -> &str {
        self.vocabulary.name(label)
    }

    /// The integers of a column.
    ///
    /// # Panics
    /// If the table has no such column of integers: a slip of the program, not of its input.
    #[must_use]
    pub fn integers(&self, name: &str) -> &[i64] {
        self.values(name)
    }

    /// The numbers of a column; NaN is empty.
    ///
    /// # Panics
    /// If the table has no such column of numbers: a slip of the program, not of its input.
    #[must_use]
    pub fn numbers(&self, name: &str) -> &[f64] {
        self.values(name)
    }

    /// The flags of a column.
    ///
    /// # Panics
    /// If the table has no such column of flags: a slip of the program, not of its input.
    #[must_use]
    pub fn flags(&self, name: &str) -> &[bool] {
        self.values(name)
    }

    /// The names of a column.
    ///
    /// # Panics
    /// If the table has no such column of names: a slip of the program, not of its input.
    #[must_use]
    pub fn labels(&self, name: &str) -> &[Label] {
        self.values(name)
    }

    /// The numbers of a column, if it is one of numbers.
    #[must_use]
    pub fn try_numbers(&self, name: &str) -> Option<&[f64]> {
        f64::of(self.column(name))
    }

    /// The values of a column of numbers or integers, as numbers.
    ///
    /// # Panics
    /// If the table has no such column: a slip of the program, not of its input.
    #[must_use]
    pub fn column_as_numbers(&self, name: &str) -> Vec<f64> {
        match self.column(name) {
            Values::Integer(values) => values.iter().map(|&value| value as f64).collect(),
            _ => self.numbers(name).to_vec(),
        }
    }

    fn values<T: Value>(&self, name: &str) -> &[T] {
        let values = T::of(self.column(name));
        values.unwrap_or_else(|| panic!("{}.{name} is of another kind", self.definition.name))
    }

    fn column(&self, name: &str) -> &Values {
        match self.definition.position(name) {
            Some(position) => &self.columns[position],
            None => panic!("table {} has no column {name}", self.definition.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::SummaryRow;

    /// A row of a firm.
    fn row(firm: &str) -> SummaryRow<&str> {
        SummaryRow {
            firm,
            quantity: "",
            mean: 1.0,
            standard_deviation: 0.0,
            low: 0.0,
            high: 2.0,
            replicates: 4,
            p05: 0.5,
            median: 1.0,
            p95: 1.5,
            standard_deviation_low: 0.0,
            standard_deviation_high: 0.0,
            median_low: 1.0,
            median_high: 1.0,
            leads: 0.5,
            leads_low: 0.0,
            leads_high: 1.0,
        }
    }

    fn batch(firms: &[&'static str]) -> Batch {
        SummaryRow::batch(firms.iter().map(|firm| row(firm)))
    }

    #[test]
    fn appended_rows_keep_their_names() {
        let mut all = batch(&["a", "b"]);
        all.append(&batch(&["b", "c", "a"]));
        let expected = ["a", "b", "b", "c", "a"].map(row);
        assert_eq!(SummaryRow::all(&all).collect::<Vec<_>>(), expected);
    }

    #[test]
    #[should_panic(expected = "another table")]
    fn rows_of_another_table_are_refused() {
        let _ = crate::table::FirmRow::all(&batch(&["a"])).count();
    }
}
