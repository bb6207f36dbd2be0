//! The built-in tables of every version that was shipped.
//!
//! The present tables stand whole. Each earlier version is written as what it holds otherwise than the one after it
//! (`past/*.csv`, made by `tools/past.py`), so that a link needs no more than a number to find its prices again.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::table::{Sheet, row, rows};
use super::{
    API_PRICES, CATALOG_DATE, CATALOG_VERSION, Catalog, EFFORT_DEFAULTS, GPUS, HOSTED_TUNING, OPEN_MODELS,
    PRICE_CHANGES,
};

/// How many versions are past.
const PAST_VERSIONS: usize = CATALOG_VERSION as usize - 1;
/// Of each past version, the first first: the day its tables were compiled, and what they hold otherwise than those of
/// the version after it.
const PAST: [(&str, &str); PAST_VERSIONS] =
    [("2026-11-27", include_str!("past/1.csv")), ("2026-11-27", include_str!("past/2.csv"))];

/// A table of the catalogue, by its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// Models at API providers.
    ApiPrices,
    /// Dated changes of their prices.
    PriceChanges,
    /// Offers to tune and serve a base model.
    HostedTuning,
    /// Open-weight architectures.
    OpenModels,
    /// Accelerators.
    Gpus,
    /// People and process defaults.
    EffortDefaults,
}

impl File {
    /// All of them, in the order of the catalogue.
    pub const ALL: [File; 6] = [
        File::ApiPrices,
        File::PriceChanges,
        File::HostedTuning,
        File::OpenModels,
        File::Gpus,
        File::EffortDefaults,
    ];

    /// Its name, without the ending.
    const fn name(self) -> &'static str {
        match self {
            File::ApiPrices => "api_prices",
            File::PriceChanges => "price_changes",
            File::HostedTuning => "hosted_tuning",
            File::OpenModels => "open_models",
            File::Gpus => "gpus",
            File::EffortDefaults => "effort_defaults",
        }
    }

    /// The present table.
    const fn text(self) -> &'static str {
        match self {
            File::ApiPrices => API_PRICES,
            File::PriceChanges => PRICE_CHANGES,
            File::HostedTuning => HOSTED_TUNING,
            File::OpenModels => OPEN_MODELS,
            File::Gpus => GPUS,
            File::EffortDefaults => EFFORT_DEFAULTS,
        }
    }

    /// The columns that make up the key of a row.
    pub(super) const fn key_columns(self) -> &'static [&'static str] {
        match self {
            File::ApiPrices => &["model_id"],
            File::PriceChanges => &["model_id", "valid_from"],
            File::HostedTuning => &["provider", "base_model", "method"],
            File::OpenModels => &["model"],
            File::Gpus => &["name"],
            File::EffortDefaults => &["id"],
        }
    }
}

/// The tables of one version.
pub struct Edition {
    /// Its number, from 1.
    pub version: u32,
    /// Day its tables were compiled, `YYYY-MM-DD`.
    pub date: &'static str,
    /// The tables as texts, in the columns of the present ones.
    sheets: [Sheet; File::ALL.len()],
    catalog: Arc<Catalog>,
}

impl fmt::Debug for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Edition {}", self.version)
    }
}

impl PartialEq for Edition {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
    }
}

impl Edition {
    /// The present tables.
    pub fn current() -> &'static Edition {
        static CURRENT: LazyLock<Edition> = LazyLock::new(|| {
            let catalog = Catalog {
                api_models: rows(API_PRICES),
                price_changes: rows(PRICE_CHANGES),
                hosted_tuning: rows(HOSTED_TUNING),
                open_models: rows(OPEN_MODELS),
                gpus: rows(GPUS),
                efforts: rows(EFFORT_DEFAULTS),
            };
            let sheets = File::ALL.map(|file| Sheet::read(file.text()));
            Edition { version: CATALOG_VERSION, date: CATALOG_DATE, sheets, catalog: Arc::new(catalog) }
        });
        &CURRENT
    }

    /// The tables of a version; none of one that is still to come.
    pub fn of(version: u32) -> Option<&'static Edition> {
        static EDITIONS: [OnceLock<Edition>; PAST_VERSIONS] = [const { OnceLock::new() }; PAST_VERSIONS];
        if version == CATALOG_VERSION {
            return Some(Edition::current());
        }
        let place = (version as usize).checked_sub(1)?;
        let (edition, since) = (EDITIONS.get(place)?, PAST.get(place..)?);
        Some(edition.get_or_init(|| Edition::past(version, since)))
    }

    /// Every version, the first first.
    pub fn all() -> impl Iterator<Item = &'static Edition> {
        (1..=CATALOG_VERSION).filter_map(Edition::of)
    }

    /// A past version from the differences of it and of those after it.
    fn past(version: u32, since: &[(&'static str, &str)]) -> Edition {
        let mut sheets = Edition::current().sheets.clone();
        for (_, differences) in since.iter().rev() {
            go_back(&mut sheets, &rows(differences));
        }
        let catalog = Arc::new(catalog(&sheets));
        Edition { version, date: since.first().map_or("", |(date, _)| date), sheets, catalog }
    }

    /// Its rows, read.
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// A table as texts.
    pub(super) fn sheet(&self, file: File) -> &Sheet {
        &self.sheets[file as usize]
    }

    /// Whether these are the present tables.
    pub fn is_current(&self) -> bool {
        self.version == CATALOG_VERSION
    }
}

impl Catalog {
    /// The tables that ship with this version.
    pub fn builtin() -> &'static Catalog {
        Edition::current().catalog()
    }

    /// The same, to be held beside others.
    pub fn shared() -> Arc<Catalog> {
        Arc::clone(Edition::current().catalog())
    }
}

/// A cell that read otherwise in an earlier version.
#[derive(Debug, Deserialize)]
struct Difference {
    table: String,
    /// Key of the row.
    row: String,
    /// Blank where the earlier version has no such row, `#` for the place of a row that the later one has not.
    column: String,
    value: String,
}

/// Column of a difference that tells the place of a row.
const PLACE: &str = "#";

/// Turn tables into those of the version before.
fn go_back(sheets: &mut [Sheet; File::ALL.len()], differences: &[Difference]) {
    for (file, sheet) in File::ALL.into_iter().zip(sheets) {
        let mut of_rows: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
        for difference in differences.iter().filter(|difference| difference.table == file.name()) {
            of_rows.entry(&difference.row).or_default().push(difference);
        }
        let mut gone = Vec::new();
        for (key, cells) in of_rows {
            let place = sheet.rows.iter().position(|row| sheet.key(row, file.key_columns()) == key);
            match (place, cells.iter().find(|cell| cell.column == PLACE)) {
                (Some(place), None) if cells.iter().any(|cell| cell.column.is_empty()) => {
                    sheet.rows.remove(place);
                }
                (Some(place), None) => fill(sheet, place, &cells),
                (None, Some(place)) => gone.push((place.value.parse().unwrap_or(usize::MAX), cells)),
                // A test proves that no difference speaks of a row that is not there, or that is there already.
                (None, None) | (Some(_), Some(_)) => {}
            }
        }
        gone.sort_by_key(|(place, _)| *place);
        for (place, cells) in gone {
            let place = place.min(sheet.rows.len());
            sheet.rows.insert(place, vec![String::new(); sheet.columns.len()]);
            fill(sheet, place, &cells);
        }
    }
}

/// Write the cells of a row as they were.
fn fill(sheet: &mut Sheet, place: usize, cells: &[&Difference]) {
    for cell in cells {
        let column = sheet.columns.iter().position(|column| column == cell.column);
        let written = sheet.rows.get_mut(place).zip(column).and_then(|(row, column)| row.get_mut(column));
        if let Some(written) = written {
            written.clone_from(&cell.value);
        }
    }
}

/// The rows of tables, all of which can be read: a test proves it.
fn catalog(sheets: &[Sheet; File::ALL.len()]) -> Catalog {
    fn of<Row: DeserializeOwned>(sheets: &[Sheet], file: File) -> Vec<Row> {
        let sheet = sheets.get(file as usize).into_iter();
        sheet
            .flat_map(|sheet| sheet.rows.iter().filter_map(|cells| row(&sheet.columns, cells).ok()))
            .collect()
    }
    Catalog {
        api_models: of(sheets, File::ApiPrices),
        price_changes: of(sheets, File::PriceChanges),
        hosted_tuning: of(sheets, File::HostedTuning),
        open_models: of(sheets, File::OpenModels),
        gpus: of(sheets, File::Gpus),
        efforts: of(sheets, File::EffortDefaults),
    }
}

#[cfg(test)]
mod tests;
