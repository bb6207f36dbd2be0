//! Rows of an author: what gets in, and what is said of what does not.

use std::collections::BTreeMap;

use super::*;
use crate::domain::catalog::Edition;

pub(crate) fn own(table: Table, like: Option<&str>, set: &[(&str, &str)]) -> OwnRow {
    let mut row = OwnRow { table, like: like.map(str::to_owned), set: BTreeMap::new() };
    set.iter().for_each(|(column, text)| row.fill(column, (*text).to_owned()));
    row
}

/// What is said of a row that is not valid, with its column.
fn wrong(row: OwnRow) -> Vec<(String, String)> {
    let errors = CheckedRows::new(Author::User, Below::Builtin(Edition::current())).add(row).unwrap_err();
    errors.into_iter().map(|error| (error.column, error.message)).collect()
}

#[test]
fn every_built_in_row_could_be_an_own_one() {
    for table in Table::ALL {
        let note = if table == Table::Gpus { "spec_note" } else { "note" };
        for cells in &table.builtin().rows {
            let id = table.id(cells);
            for column in table.columns() {
                let cell = table.cell(cells, column.name);
                // Offers by size have names that none of the user's may have.
                if column.kind == CellKind::Name && cell.contains(',')
                    || cell.len() > columns::MOST_CELL_CHARS
                {
                    continue;
                }
                let again =
                    column.read_typed(&column.typed(cell)).unwrap_or_else(|error| panic!("{id}: {error}"));
                let same = again == cell || again.parse::<f64>().unwrap() == cell.parse::<f64>().unwrap();
                assert!(same, "{id}, {}: {cell} is read as {again}", column.name);
            }
            let row = own(table, Some(&id), &[(note, "noted")]);
            assert_eq!(
                CheckedRows::new(Author::User, Below::Builtin(Edition::current())).add(row),
                Ok(()),
                "{id}"
            );
        }
    }
}

#[test]
fn a_column_is_needed_where_the_row_cannot_be_read_without_it() {
    for table in Table::ALL {
        let whole = table.id(&table.builtin().rows[0]);
        for column in table.columns() {
            let blank = own(table, Some(&whole), &[(column.name, "")]);
            let outcome = CheckedRows::new(Author::User, Below::Builtin(Edition::current())).add(blank);
            // Latent attention has neither.
            let needed = column.needed || ["kv_heads", "head_dim"].contains(&column.name);
            assert_eq!(outcome.is_err(), needed, "{} {outcome:?}", column.name);
        }
        for name in table.columns().iter().map(|column| column.name) {
            assert!(table.place(name).is_some(), "{name} is no column of {}", table.key());
        }
    }
}

#[test]
fn a_share_without_a_sign_is_a_percentage_where_it_is_typed_and_a_fraction_in_a_link() {
    let column = Table::ApiModels.columns().iter().find(|column| column.name == "batch_discount").unwrap();
    assert_eq!(column.read_typed("30"), Ok("0.3".to_owned()));
    assert_eq!(column.read_cell("0.3"), Ok("0.3".to_owned()));
    assert_eq!(
        (column.read_typed("30 %"), column.read_cell("30 %")),
        (column.read_typed("30"), column.read_cell("0.3"))
    );
    assert!(column.read_cell("30").is_err());
    assert_eq!(column.display("0.3").text, "30\u{a0}%");
}

#[test]
fn what_is_absurd_is_refused_with_its_column() {
    let column = |row: OwnRow| wrong(row).into_iter().map(|(column, _)| column).collect::<Vec<_>>();
    let gpu = |set: &[(&str, &str)]| own(Table::Gpus, Some("H100 SXM"), set);
    for (name, text) in [
        ("usd_hr_neocloud", "-1"),
        ("usd_hr_neocloud", "1e300"),
        ("usd_hr_neocloud", "1e-90"),
        ("usd_hr_neocloud", "NaN"),
        ("mem_bw_gb_s", "0"),
        ("mem_bw_gb_s", ""),
        ("min_rentable", "1.5"),
        ("mem_gib_usable_approx", "800"),
        ("bf16_native", "perhaps"),
        ("price_as_of", "yesterday"),
        ("name", "a, b"),
        ("name", "auto"),
        ("name", ""),
        ("name", "L4"),
        ("spec_note", "<b>"),
        ("spec_source", "me"),
        ("form", "x".repeat(500).as_str()),
        ("no such", "1"),
    ] {
        assert_eq!(column(gpu(&[(name, text)])), [name], "{text}");
    }
    let model = |set: &[(&str, &str)]| column(own(Table::OpenModels, Some("gpt-oss-120b"), set));
    assert_eq!(model(&[("layers", "10")]), ["window_layers", "full_attn_layers"]);
    assert_eq!(model(&[("params_active_b", "900")]), ["params_active_b"]);
    assert_eq!(model(&[("top_k", "900")]), ["top_k"]);
    assert_eq!(model(&[("kv_heads", "")]), ["kv_heads"]);
    assert_eq!(wrong(gpu(&[])), [(String::new(), "Nothing is filled in.".to_owned())]);
    assert!(wrong(own(Table::Gpus, Some("none such"), &[("form", "x")]))[0].1.contains("“none such”"));
}
