//! What a table's columns are called, hold and mean.

use super::{Value, Values};

/// The type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Integer,
    /// A real number, possibly empty.
    Number,
    /// A name, possibly empty.
    Text,
    /// true or false.
    Flag,
    /// true, false or empty.
    Answer,
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name, as in the file's header.
    pub name: &'static str,
    /// Type of its values.
    pub kind: Kind,
    /// What it holds, with its unit.
    pub description: &'static str,
}

/// The column in front of the others that says to which point of a sweep a row belongs.
pub const POINT: Column = Column {
    name: "point",
    kind: Kind::Integer,
    description: "Point of the sweep, counted from 0: points.csv has its values.",
};

/// The column in front of the others that says to which variant of the scenario a row belongs.
pub const VARIANT: Column = Column {
    name: "variant",
    kind: Kind::Text,
    description: "Variant of the scenario: variants.csv says what each sets.",
};

/// A table: its name, which is also its file's stem, and its columns in order.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// Name of the table.
    pub name: &'static str,
    /// Columns in the order of the file.
    pub columns: &'static [Column],
}

impl Definition {
    /// The position of the column of that name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// Defines a table: the struct of one row, the [`Definition`], and the ways from rows into a batch and back.
///
/// A column's doc comment is its description, so that code, files and documents say the same. Every table has a
/// column of names. A row is written with labels, which is fast, or with names; it is read with names.
macro_rules! table {
    ($(#[doc = $about:literal])* $definition:ident = $name:literal, $row:ident {
        $($(#[doc = $description:literal])+ $field:ident: $kind:ident,)+
    }) => {
        $(#[doc = $about])*
        pub static $definition: $crate::table::Definition = $crate::table::Definition {
            name: $name,
            columns: &[$($crate::table::Column {
                name: stringify!($field),
                kind: $crate::table::Kind::$kind,
                description: concat!($($description),+),
            }),+],
        };

        #[doc = concat!("One row of the table `", $name, "`; names are labels, or texts.")]
        pub struct $row<Name = $crate::table::Label> {
            $($(#[doc = $description])+ pub $field: table!(@type $kind Name),)+
        }

        impl<Name: Copy> Copy for $row<Name> {}

        #[expect(clippy::expl_impl_clone_on_copy, reason = "types that a macro makes cannot be derived on")]
        impl<Name: Copy> Clone for $row<Name> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<Name: PartialEq> PartialEq for $row<Name> {
            fn eq(&self, other: &Self) -> bool {
                $(self.$field == other.$field)&&+
            }
        }

        impl<Name: std::fmt::Debug> std::fmt::Debug for $row<Name> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut row = f.debug_struct(stringify!($row));
                $(row.field(stringify!($field), &self.$field);)+
                row.finish()
            }
        }

        impl<Name: $crate::table::Name> $row<Name> {
            /// Appends the row to a batch of its table.
            pub fn push(self, batch: &mut $crate::table::Batch) {
                debug_assert!(std::ptr::eq(batch.definition(), &raw const $definition));
                let (columns, names) = batch.parts_mut();
                let mut columns = columns.iter_mut();
                $($crate::table::definition::next_mut(&mut columns).push(table!(@put $kind self.$field, names));)+
            }
        }

        impl $row {
            /// Appends rows to a batch of their table, column after column, which is faster for many.
            pub fn extend(batch: &mut $crate::table::Batch, rows: impl Iterator<Item = Self> + Clone) {
                debug_assert!(std::ptr::eq(batch.definition(), &raw const $definition));
                let mut columns = batch.parts_mut().0.iter_mut();
                $($crate::table::definition::next_mut(&mut columns).extend(rows.clone().map(|row| row.$field));)+
            }
        }

        impl<'a> $row<&'a str> {
            /// The rows of a batch of the table, in order.
            ///
            /// # Panics
            /// If the batch is one of another table: a slip of the program, not of its input.
            pub fn all(batch: &'a $crate::table::Batch) -> impl ExactSizeIterator<Item = Self> {
                assert_eq!(batch.definition().name, $name, "rows of another table");
                let mut columns = batch.columns().iter();
                $(let $field = $crate::table::definition::next(&mut columns);)+
                (0..batch.rows()).map(move |row| Self {
                    $($field: table!(@get $kind $field[row], batch)),+
                })
            }

            /// Rows as a batch of the table.
            pub fn batch(rows: impl IntoIterator<Item = Self>) -> $crate::table::Batch {
                let mut batch = $crate::table::Batch::new(&$definition, Default::default());
                rows.into_iter().for_each(|row| row.push(&mut batch));
                batch
            }
        }
    };
    (@type Integer $name:ty) => { i64 };
    (@type Number $name:ty) => { f64 };
    (@type Text $name:ty) => { $name };
    (@type Flag $name:ty) => { bool };
    (@type Answer $name:ty) => { Option<bool> };
    (@put Text $value:expr, $names:expr) => { $value.label($names) };
    (@put $kind:ident $value:expr, $names:expr) => { $value };
    (@get Text $value:expr, $batch:expr) => { $batch.name($value) };
    (@get $kind:ident $value:expr, $batch:expr) => { $value };
}

pub(super) use table;

const FIXED: &str = "the definition fixes a table's columns and their kinds";

/// The values of the next column of a batch.
pub(super) fn next<'a, T: Value + 'a>(columns: &mut std::slice::Iter<'a, Values>) -> &'a [T] {
    columns.next().and_then(T::of).expect(FIXED)
}

/// The same, to add to them.
pub(super) fn next_mut<'a, T: Value + 'a>(
    columns: &mut std::slice::IterMut<'a, Values>,
) -> &'a mut Vec<T> {
    columns.next().and_then(T::of_mut).expect(FIXED)
}
