//! Columns and the names that they refer to, laid out as Arrow has them.
//!
//! What is empty in a table is null: a bit says of each value whether it is there. Flags are bits, names a dictionary of texts
//! with the labels of the library as its indices. Everything else is the library's own memory.

use std::sync::Arc;

use flywheel::table::{Label, Values, Vocabulary};

/// A column with its name.
pub struct Column {
    /// What it is called.
    pub name: String,
    /// What it holds, with its unit.
    pub description: String,
    /// Its values.
    pub values: Values,
    /// A bit for each value that is there; none where all are.
    pub validity: Option<Vec<u8>>,
    /// How many are not there.
    pub nulls: usize,
    /// Flags as bits.
    pub bits: Vec<u8>,
}

/// Columns of the same length.
pub struct Columns {
    /// The columns.
    pub all: Vec<Column>,
    /// Number of rows.
    pub rows: usize,
    /// The names that text columns refer to.
    pub names: Arc<Vocabulary>,
    /// Where each name starts in `letters`, and where the last ends.
    pub offsets: Vec<i32>,
    /// All names, one after the other.
    pub letters: Vec<u8>,
}

impl Column {
    /// A column of these values.
    pub fn new(name: &str, description: &str, values: Values) -> Self {
        let there: Vec<bool> = match &values {
            Values::Integer(_) | Values::Flag(_) => Vec::new(),
            // as in files, where what is infinite is empty too
            Values::Number(values) => values.iter().map(|value| value.is_finite()).collect(),
            Values::Text(values) => values.iter().map(|value| *value != Label::NONE).collect(),
            Values::Answer(values) => values.iter().map(Option::is_some).collect(),
        };
        let nulls = there.iter().filter(|there| !**there).count();
        let bits = match &values {
            Values::Flag(values) => packed(values.iter().copied()),
            Values::Answer(values) => packed(values.iter().map(|value| *value == Some(true))),
            _ => Vec::new(),
        };
        Self {
            name: name.to_owned(),
            description: description.to_owned(),
            validity: (nulls > 0).then(|| packed(there.into_iter())),
            nulls,
            bits,
            values,
        }
    }
}

/// Flags as bits, the first one the lowest.
fn packed(flags: impl Iterator<Item = bool>) -> Vec<u8> {
    let mut bits = Vec::new();
    for (n, flag) in flags.enumerate() {
        if n % 8 == 0 {
            bits.push(0);
        }
        bits[n / 8] |= u8::from(flag) << (n % 8);
    }
    bits
}

impl Columns {
    /// Columns, all of the same length, with the names that their labels refer to.
    pub fn new(all: Vec<Column>, names: Arc<Vocabulary>) -> Self {
        let mut offsets = vec![0];
        let mut letters = Vec::new();
        for name in names.names() {
            letters.extend_from_slice(name.as_bytes());
            offsets.push(i32::try_from(letters.len()).expect("names shorter than 2 GB"));
        }
        Self {
            rows: all.first().map_or(0, |column| column.values.len()),
            all,
            names,
            offsets,
            letters,
        }
    }
}
