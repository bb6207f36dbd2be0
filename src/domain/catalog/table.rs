//! Reading a table: one struct per row, its fields named and ordered like the columns.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use super::{
    ApiKind, Availability, Basis, Confidence, Generation, HostedMethod, LicenceClass, PriceStatus,
    ServingMode, TierClass,
};
use crate::domain::quantity::{Date, YearMonth};

/// A row whose fields are the columns of a table.
pub trait TableRow: Sized {
    /// Names of the columns, in order.
    const COLUMNS: &'static [&'static str];

    /// Read a row from its cells; `None` if one of them is not what its column holds.
    fn read(cells: &csv::StringRecord) -> Option<Self>;
}

/// What a cell can hold. A blank is unknown, never zero: only optional cells may be blank.
pub trait Cell: Sized {
    /// Read a cell.
    fn read(text: &str) -> Option<Self>;
}

impl Cell for String {
    fn read(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl Cell for f64 {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl Cell for u32 {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Cell for bool {
    fn read(text: &str) -> Option<Self> {
        match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }
}

impl<Value: Cell> Cell for Option<Value> {
    fn read(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { Value::read(text).map(Some) }
    }
}

/// Cells that are words with a serde name.
macro_rules! word_cells {
    ($($word:ty),*) => {
        $(impl Cell for $word {
            fn read(text: &str) -> Option<Self> {
                let text: StrDeserializer<Error> = text.into_deserializer();
                Self::deserialize(text).ok()
            }
        })*
    };
}
word_cells!(
    ApiKind,
    Availability,
    Basis,
    Confidence,
    Generation,
    HostedMethod,
    LicenceClass,
    PriceStatus,
    ServingMode,
    TierClass
);

/// Cells that are dates.
macro_rules! date_cells {
    ($($date:ty),*) => {
        $(impl Cell for $date {
            fn read(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        })*
    };
}
date_cells!(Date, YearMonth);

/// Declare a row: the struct, and how it is read from the cells of its columns.
macro_rules! table_row {
    ($(#[$meta:meta])* pub struct $name:ident { $( $(#[$field_meta:meta])* pub $field:ident: $type:ty, )* }) => {
        $(#[$meta])*
        pub struct $name { $( $(#[$field_meta])* pub $field: $type, )* }

        impl $crate::domain::catalog::table::TableRow for $name {
            const COLUMNS: &'static [&'static str] = &[ $( stringify!($field), )* ];

            fn read(cells: &csv::StringRecord) -> Option<Self> {
                let mut cells = cells.iter();
                Some($name { $( $field: $crate::domain::catalog::table::Cell::read(cells.next()?)?, )* })
            }
        }
    };
}
pub(super) use table_row;

/// The rows of a table that can be read; a test proves that all of the embedded ones can.
///
/// None where the columns are not those of the row.
pub fn rows<Row: TableRow>(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    if !reader.headers().is_ok_and(|headers| headers.iter().eq(Row::COLUMNS.iter().copied())) {
        return Vec::new();
    }
    reader.records().filter_map(|record| Row::read(&record.ok()?)).collect()
}
