//! Rows of one table, held by column.

use std::sync::Arc;

use super::{Definition, Kind};

/// A name in a table, as a position in the batch's [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label(pub u32);

impl Label {
    /// The empty name.
    pub const NONE: Self = Self(u32::MAX);
}

/// The names that occur in a table's text columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary(Vec<String>);

impl Vocabulary {
    /// The label of a name, which is added if it is new.
    pub fn label(&mut self, name: &str) -> Label {
        if name.is_empty() {
            return Label::NONE;
        }
        let position = self
            .0
            .iter()
            .position(|known| known == name)
            .unwrap_or_else(|| {
                self.0.push(name.to_owned());
                self.0.len() - 1
            });
        Label(u32::try_from(position).expect("fewer than 2^32 names"))
    }

    /// The name of a label; empty for [`Label::NONE`].
    #[must_use]
    pub fn name(&self, label: Label) -> &str {
        self.0.get(label.0 as usize).map_or("", String::as_str)
    }
}

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Real numbers; NaN is empty.
    Number(Vec<f64>),
    /// Names.
    Text(Vec<Label>),
    /// Flags.
    Flag(Vec<bool>),
}

// The methods bear the names of the kinds, so that the table macro can call them by kind.
#[allow(non_snake_case, clippy::missing_panics_doc)]
impl Values {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Integer => Self::Integer(Vec::new()),
            Kind::Number => Self::Number(Vec::new()),
            Kind::Text => Self::Text(Vec::new()),
            Kind::Flag => Self::Flag(Vec::new()),
        }
    }

    pub(super) fn Integer(&mut self) -> &mut Vec<i64> {
        match self {
            Self::Integer(values) => values,
            _ => unreachable!("the definition fixes the kind of a column"),
        }
    }

    pub(super) fn Number(&mut self) -> &mut Vec<f64> {
        match self {
            Self::Number(values) => values,
            _ => unreachable!("the definition fixes the kind of a column"),
        }
    }

    pub(super) fn Text(&mut self) -> &mut Vec<Label> {
        match self {
            Self::Text(values) => values,
            _ => unreachable!("the definition fixes the kind of a column"),
        }
    }

    pub(super) fn Flag(&mut self) -> &mut Vec<bool> {
        match self {
            Self::Flag(values) => values,
            _ => unreachable!("the definition fixes the kind of a column"),
        }
    }

    /// Number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Integer(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::Text(values) => values.len(),
            Self::Flag(values) => values.len(),
        }
    }

    /// Whether there are no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

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
            match column {
                Values::Integer(values) => values.reserve_exact(rows),
                Values::Number(values) => values.reserve_exact(rows),
                Values::Text(values) => values.reserve_exact(rows),
                Values::Flag(values) => values.reserve_exact(rows),
            }
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

    /// Replaces the names, for readers that meet them while they read.
    pub(super) fn set_vocabulary(&mut self, vocabulary: Arc<Vocabulary>) {
        self.vocabulary = vocabulary;
    }

    /// Adds the rows of another batch of the same table.
    pub fn append(&mut self, other: &Self) {
        let mut vocabulary = Vocabulary::clone(&self.vocabulary);
        let names = other.vocabulary.0.iter();
        let labels: Vec<Label> = names.map(|name| vocabulary.label(name)).collect();
        let label = |label: &Label| labels.get(label.0 as usize).copied();
        for (own, added) in self.columns.iter_mut().zip(&other.columns) {
            match added {
                Values::Integer(values) => own.Integer().extend(values),
                Values::Number(values) => own.Number().extend(values),
                Values::Flag(values) => own.Flag().extend(values),
                Values::Text(values) => {
                    let known = values.iter().map(|text| label(text).unwrap_or(Label::NONE));
                    own.Text().extend(known);
                }
            }
        }
        self.vocabulary = Arc::new(vocabulary);
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
            match column {
                Values::Integer(values) => sift(values, &keep),
                Values::Number(values) => sift(values, &keep),
                Values::Text(values) => sift(values, &keep),
                Values::Flag(values) => sift(values, &keep),
            }
        }
    }

    /// All columns in the order of the definition.
    #[must_use]
    pub fn columns(&self) -> &[Values] {
        &self.columns
    }

    pub(super) fn columns_mut(&mut self) -> &mut [Values] {
        &mut self.columns
    }

    /// The integers of a column.
    ///
    /// # Panics
    /// If the table has no such column of integers: a slip of the program, not of its input.
    #[must_use]
    pub fn integers(&self, name: &str) -> &[i64] {
        match self.column(name) {
            Values::Integer(values) => values,
            _ => panic!("{}.{name} does not hold integers", self.definition.name),
        }
    }

    /// The numbers of a column; NaN is empty.
    ///
    /// # Panics
    /// If the table has no such column of numbers: a slip of the program, not of its input.
    #[must_use]
    pub fn numbers(&self, name: &str) -> &[f64] {
        match self.column(name) {
            Values::Number(values) => values,
            _ => panic!("{}.{name} does not hold numbers", self.definition.name),
        }
    }

    /// The numbers of a column, if it is one of numbers.
    #[must_use]
    pub fn try_numbers(&self, name: &str) -> Option<&[f64]> {
        match self.column(name) {
            Values::Number(values) => Some(values),
            _ => None,
        }
    }

    /// The values of a column of numbers or integers, as numbers.
    ///
    /// # Panics
    /// If the table has no such column: a slip of the program, not of its input.
    #[must_use]
    pub fn column_as_numbers(&self, name: &str) -> Vec<f64> {
        match self.column(name) {
            Values::Number(values) => values.clone(),
            Values::Integer(values) => values.iter().map(|&value| value as f64).collect(),
            _ => panic!("{}.{name} does not hold numbers", self.definition.name),
        }
    }

    /// The flags of a column.
    ///
    /// # Panics
    /// If the table has no such column of flags: a slip of the program, not of its input.
    #[must_use]
    pub fn flags(&self, name: &str) -> &[bool] {
        match self.column(name) {
            Values::Flag(values) => values,
            _ => panic!("{}.{name} does not hold flags", self.definition.name),
        }
    }

    /// The names of a column.
    ///
    /// # Panics
    /// If the table has no such column of names: a slip of the program, not of its input.
    #[must_use]
    pub fn labels(&self, name: &str) -> &[Label] {
        match self.column(name) {
            Values::Text(values) => values,
            _ => panic!("{}.{name} does not hold names", self.definition.name),
        }
    }

    fn column(&self, name: &str) -> &Values {
        match self.definition.position(name) {
            Some(position) => &self.columns[position],
            None => panic!("table {} has no column {name}", self.definition.name),
        }
    }
}

/// Batches as bytes, to keep finished work.
impl Batch {
    /// Appends the batch to bytes: names, number of rows, then column after column, little-endian.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let count = |n: usize| {
            u32::try_from(n)
                .expect("fewer than 2^32 rows and names")
                .to_le_bytes()
        };
        out.extend(count(self.vocabulary.0.len()));
        for name in &self.vocabulary.0 {
            out.extend(count(name.len()));
            out.extend(name.as_bytes());
        }
        out.extend(count(self.rows()));
        for column in &self.columns {
            match column {
                Values::Integer(values) => push_all(out, values.iter().map(|v| v.to_le_bytes())),
                Values::Number(values) => push_all(out, values.iter().map(|v| v.to_le_bytes())),
                Values::Text(values) => push_all(out, values.iter().map(|v| v.0.to_le_bytes())),
                Values::Flag(values) => push_all(out, values.iter().map(|&v| [u8::from(v)])),
            }
        }
    }

    /// Takes a batch of a table from the start of bytes; none where they are not one.
    #[must_use]
    pub fn decode(definition: &'static Definition, bytes: &mut &[u8]) -> Option<Self> {
        let names = take_number(bytes)?;
        let mut vocabulary = Vocabulary::default();
        for _ in 0..names {
            let length = take_number(bytes)? as usize;
            let name = bytes.split_off(..length)?;
            vocabulary
                .0
                .push(std::str::from_utf8(name).ok()?.to_owned());
        }
        let rows = take_number(bytes)? as usize;
        let mut batch = Self::new(definition, Arc::new(vocabulary));
        for column in &mut batch.columns {
            match column {
                Values::Integer(values) => {
                    let (chunks, _) = bytes.split_off(..8 * rows)?.as_chunks();
                    values.extend(chunks.iter().map(|&chunk| i64::from_le_bytes(chunk)));
                }
                Values::Number(values) => {
                    let (chunks, _) = bytes.split_off(..8 * rows)?.as_chunks();
                    values.extend(chunks.iter().map(|&chunk| f64::from_le_bytes(chunk)));
                }
                Values::Text(values) => {
                    let (chunks, _) = bytes.split_off(..4 * rows)?.as_chunks();
                    values.extend(chunks.iter().map(|&chunk| Label(u32::from_le_bytes(chunk))));
                }
                Values::Flag(values) => {
                    values.extend(bytes.split_off(..rows)?.iter().map(|&byte| byte != 0));
                }
            }
        }
        Some(batch)
    }
}

/// Appends values that take `N` bytes each; all the room they need is made at once.
fn push_all<const N: usize>(out: &mut Vec<u8>, values: impl ExactSizeIterator<Item = [u8; N]>) {
    let start = out.len();
    out.resize(start + N * values.len(), 0);
    for (place, value) in out[start..].as_chunks_mut().0.iter_mut().zip(values) {
        *place = value;
    }
}

/// Takes a number from the start of bytes.
fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.split_off(..4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{SUMMARY, SummaryRow};

    fn batch(names: &[&str]) -> Batch {
        let mut vocabulary = Vocabulary::default();
        let labels: Vec<Label> = names.iter().map(|name| vocabulary.label(name)).collect();
        let mut batch = Batch::new(&SUMMARY, vocabulary.into());
        for firm in labels {
            SummaryRow {
                firm,
                quantity: Label::NONE,
                mean: 1.0,
                standard_deviation: 0.0,
                low: 0.0,
                high: 2.0,
                replicates: 4,
            }
            .push(&mut batch);
        }
        batch
    }

    #[test]
    fn appended_rows_keep_their_names() {
        let mut all = batch(&["a", "b"]);
        all.append(&batch(&["b", "c", "a"]));
        assert_eq!(all.rows(), 5);
        let name = |label: &Label| all.vocabulary().name(*label).to_owned();
        let names: Vec<String> = all.labels("firm").iter().map(name).collect();
        assert_eq!(names, ["a", "b", "b", "c", "a"]);
        assert!(
            all.labels("quantity")
                .iter()
                .all(|label| *label == Label::NONE)
        );
        assert_eq!(all.integers("replicates"), [4; 5]);
    }
}
