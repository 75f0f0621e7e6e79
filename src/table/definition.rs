//! What a table's columns are called, hold and mean.

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

/// Defines a table: the struct of one row, the [`Definition`], and the way from one into a batch.
///
/// A column's doc comment is its description, so that code, files and documents say the same.
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

        #[doc = concat!("One row of the table `", $name, "`.")]
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct $row {
            $($(#[doc = $description])+ pub $field: table!(@type $kind),)+
        }

        impl $row {
            /// Appends the row to a batch of its table.
            pub fn push(self, batch: &mut $crate::table::Batch) {
                debug_assert!(std::ptr::eq(batch.definition(), &raw const $definition));
                let mut columns = batch.columns_mut().iter_mut();
                $(columns.next().expect("a batch has all columns of its table").$kind().push(self.$field);)+
            }
        }
    };
    (@type Integer) => { i64 };
    (@type Number) => { f64 };
    (@type Text) => { $crate::table::Label };
    (@type Flag) => { bool };
}

pub(super) use table;
