//! The values of a column: numbers, flags, and names by their place in a vocabulary.

use std::sync::Arc;

use super::Kind;

/// A name in a table, as a position in the batch's [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Label(pub u32);

impl Label {
    /// The empty name.
    pub const NONE: Self = Self(u32::MAX);
}

/// The names that occur in a table's text columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary(pub(super) Vec<String>);

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

    /// The names in the order of their labels.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
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
    /// Flags, or nothing.
    Answer(Vec<Option<bool>>),
}

/// The same for values of every kind.
macro_rules! each {
    ($column:expr, $values:ident => $then:expr) => {
        match $column {
            Values::Integer($values) => $then,
            Values::Number($values) => $then,
            Values::Text($values) => $then,
            Values::Flag($values) => $then,
            Values::Answer($values) => $then,
        }
    };
}

impl Values {
    pub(super) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Integer => Self::Integer(Vec::new()),
            Kind::Number => Self::Number(Vec::new()),
            Kind::Text => Self::Text(Vec::new()),
            Kind::Flag => Self::Flag(Vec::new()),
            Kind::Answer => Self::Answer(Vec::new()),
        }
    }

    /// Number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        each!(self, values => values.len())
    }

    /// Whether there are no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a column can hold: `i64`, `f64`, [`Label`], `bool` or `Option<bool>`.
pub trait Value: Copy {
    /// The values of a column, if they are of this type.
    fn of(column: &Values) -> Option<&[Self]>;

    /// The same, to add to them.
    fn of_mut(column: &mut Values) -> Option<&mut Vec<Self>>;
}

macro_rules! value {
    ($($type:ty: $kind:ident),+) => {$(
        impl Value for $type {
            fn of(column: &Values) -> Option<&[Self]> {
                match column {
                    Values::$kind(values) => Some(values),
                    _ => None,
                }
            }

            fn of_mut(column: &mut Values) -> Option<&mut Vec<Self>> {
                match column {
                    Values::$kind(values) => Some(values),
                    _ => None,
                }
            }
        }
    )+};
}

value!(i64: Integer, f64: Number, Label: Text, bool: Flag, Option<bool>: Answer);

/// What stands for a name in a row: a [`Label`] of the batch's vocabulary, or the name itself.
pub trait Name {
    /// The label of the name, which is added to the vocabulary if it is new.
    fn label(self, vocabulary: &mut Arc<Vocabulary>) -> Label;
}

impl Name for Label {
    fn label(self, _: &mut Arc<Vocabulary>) -> Label {
        self
    }
}

impl Name for &str {
    fn label(self, vocabulary: &mut Arc<Vocabulary>) -> Label {
        Arc::make_mut(vocabulary).label(self)
    }
}

pub(super) use each;
