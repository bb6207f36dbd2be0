use super::*;
use crate::domain::catalog::changes::{changes, is_figure};

/// A digest of the tables of each version: what a version holds never changes.
///
/// A row that must change raises the version; how is told in `tools/past.py`.
const DIGESTS: [u64; CATALOG_VERSION as usize] =
    [0x460e_7c0e_9acb_9e50, 0x460e_7c0e_9acb_9e50, 0x9401_f0dc_3119_804e];

/// Fowler, Noll and Vo's digest of all filled cells.
fn digest(edition: &Edition) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |text: &str| {
        for byte in text.bytes().chain([0]) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for file in File::ALL {
        let sheet = edition.sheet(file);
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (column, cell) in sheet.columns.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                take(&format!("{} {row} {column} {cell}", file.name()));
            }
        }
    }
    digest
}

#[test]
fn the_rows_of_a_version_are_those_that_it_was_shipped_with() {
    let digests: Vec<u64> = Edition::all().map(digest).collect();
    assert_eq!(digests, DIGESTS, "{digests:#x?}");
}

#[test]
fn every_row_of_every_version_can_be_read() {
    for edition in Edition::all() {
        let catalog = edition.catalog();
        let counts = [
            catalog.api_models.len(),
            catalog.price_changes.len(),
            catalog.hosted_tuning.len(),
            catalog.open_models.len(),
            catalog.gpus.len(),
            catalog.efforts.len(),
        ];
        assert_eq!(counts, File::ALL.map(|file| edition.sheet(file).rows.len()), "{edition:?}");
    }
}

#[test]
fn each_difference_is_one_and_speaks_of_a_row_and_a_column_that_are_there() {
    for (place, (date, text)) in PAST.into_iter().enumerate() {
        let version = place as u32 + 1;
        assert!(date.parse::<crate::domain::units::Date>().is_ok(), "{date}");
        let (then, now) = (Edition::of(version).unwrap(), Edition::of(version + 1).unwrap());
        for one in rows::<Difference>(text) {
            let file = File::ALL.into_iter().find(|file| file.name() == one.table).unwrap();
            let (then, now) = (then.sheet(file), now.sheet(file));
            let row = |sheet: &Sheet| {
                let found = sheet.rows.iter().find(|row| sheet.key(row, file.key_columns()) == one.row);
                found.cloned()
            };
            match one.column.as_str() {
                "" => assert!(row(then).is_none() && row(now).is_some(), "{one:?}"),
                PLACE => assert!(row(then).is_some() && row(now).is_none(), "{one:?}"),
                column => {
                    let before = row(then).unwrap();
                    assert_eq!(then.cell(&before, column), one.value, "{one:?}");
                    assert!(then.columns.iter().any(|known| known == column), "{one:?}");
                    assert!(
                        row(now).is_none_or(|now_row| now.cell(&now_row, column) != one.value),
                        "{one:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_row_that_is_gone_a_row_that_is_new_and_a_changed_price_lead_back_to_the_tables_before() {
    let mut sheets = Edition::current().sheets.clone();
    let line = |row: &str, column: &str, value: &str| Difference {
        table: "gpus".to_owned(),
        row: row.to_owned(),
        column: column.to_owned(),
        value: value.to_owned(),
    };
    let names = |sheets: &[Sheet]| -> Vec<String> {
        let sheet = &sheets[File::Gpus as usize];
        sheet.rows.iter().map(|row| sheet.cell(row, "name").to_owned()).collect()
    };
    let before = names(&sheets);
    let (first, second) = (before[0].clone(), before[1].clone());
    go_back(
        &mut sheets,
        &[
            line(&first, "", ""),
            line(&second, "usd_hr_typical", "1.25"),
            line("Old", "#", "1"),
            line("Old", "name", "Old"),
            line("Nowhere", "name", "Nowhere"),
        ],
    );
    let after = names(&sheets);
    assert_eq!(after[..2], [second, "Old".to_owned()]);
    assert_eq!(after[2..], before[2..]);
    let sheet = &sheets[File::Gpus as usize];
    assert_eq!(sheet.cell(&sheet.rows[0], "usd_hr_typical"), "1.25");
    assert_eq!(sheet.cell(&sheet.rows[1], "usd_hr_typical"), "");
}

#[test]
fn there_is_no_version_before_the_first_and_none_after_the_present_one() {
    assert!(Edition::of(0).is_none() && Edition::of(CATALOG_VERSION + 1).is_none());
    assert!(Edition::of(u32::MAX).is_none());
    assert!(std::ptr::eq(Edition::of(CATALOG_VERSION).unwrap(), Edition::current()));
}

#[test]
fn what_changed_between_versions_is_told_in_figures() {
    let current = Edition::current();
    assert_eq!(changes(current, current), []);
    let since = changes(Edition::of(2).unwrap(), current);
    let told: Vec<String> = since.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 71, "{told:#?}");
    assert!(told.iter().all(|line| line.contains(": unknown → ")), "{told:#?}");
}

#[test]
fn where_a_row_is_from_and_what_is_computed_of_it_is_no_change_of_its_figures() {
    for column in
        ["params_confidence", "batch_source", "spec_note", "price_as_of", "err_total_pct", "price_points"]
    {
        let known = File::ALL
            .iter()
            .any(|file| Edition::current().sheet(*file).columns.iter().any(|it| it == column));
        assert!(known, "{column}");
        assert!(!is_figure(column), "{column}");
    }
    for column in ["input_usd_per_m", "usd_hr_typical", "min_cacheable_tokens", "likely", "layers"] {
        assert!(is_figure(column), "{column}");
    }
}
