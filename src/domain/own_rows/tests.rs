//! Own rows: what gets in, what it says of itself, and what it does to the catalogue.

use super::*;
use crate::domain::answer;
use crate::domain::case::Case;
use crate::domain::catalog::{Confidence, TierClass};
use crate::domain::input::input;
use crate::domain::scenario::{Answer, Scenario};
use crate::domain::strategy::StrategyId;
use std::collections::BTreeMap;

pub(crate) fn own(table: Table, like: Option<&str>, set: &[(&str, &str)]) -> OwnRow {
    let mut row = OwnRow { table, like: like.map(str::to_owned), set: BTreeMap::new() };
    set.iter().for_each(|(column, text)| row.fill(column, (*text).to_owned()));
    row
}

fn with(rows: &[OwnRow]) -> Scenario {
    let (rows, refused) = OwnRows::over(None, rows.to_vec());
    assert_eq!(refused, []);
    Scenario { rows, ..Scenario::default() }
}

/// What is said of a row that is not valid, with its column.
fn wrong(row: OwnRow) -> Vec<(String, String)> {
    let errors = OwnRows::default().put(None, row).unwrap_err();
    errors.into_iter().map(|error| (error.column, error.message)).collect()
}

fn tco(case: &Case, id: StrategyId) -> f64 {
    answer(case).get(id).unwrap().tco().unwrap()
}

const A_GPU: &[(&str, &str)] = &[
    ("name", "Lab card"),
    ("vendor", "NVIDIA"),
    ("form", "PCIe"),
    ("mem_gb_marketing", "96"),
    ("mem_gib_usable_approx", "94"),
    ("mem_bw_gb_s", "3,000"),
    ("bf16_dense_tflops", "900"),
    ("fp8_dense_tflops", "1800"),
    ("interconnect", "PCIe5"),
    ("usd_hr_neocloud", "0.50"),
];

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
            assert_eq!(Kept::new(Author::User, None).add(row), Ok(()), "{id}");
        }
    }
}

#[test]
fn a_column_is_needed_where_the_row_cannot_be_read_without_it() {
    for table in Table::ALL {
        let whole = table.id(&table.builtin().rows[0]);
        for column in table.columns() {
            let blank = own(table, Some(&whole), &[(column.name, "")]);
            let outcome = Kept::new(Author::User, None).add(blank);
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
fn a_changed_price_is_the_price_that_is_paid() {
    let changed = with(&[own(Table::ApiModels, Some("gpt-6.1-sol"), &[("output_usd_per_m", "20")])]);
    let case = changed.case().unwrap();
    let mut by_contract = Case::default();
    by_contract.inputs.models.api_output_price = Some(20.0);
    assert_eq!(tco(&case, StrategyId::Prompt), tco(&by_contract, StrategyId::Prompt));
    assert!(tco(&case, StrategyId::Prompt) > tco(&Case::default(), StrategyId::Prompt));
    let evaluation = answer(&case);
    let prompt = evaluation.explanation(StrategyId::Prompt).unwrap();
    let tokens = prompt.derivations.iter().find(|line| line.text.contains("$20.00 out")).unwrap();
    assert!(
        tokens.source.starts_with("entered by you: Output, $ per M; the rest: litellm"),
        "{}",
        tokens.source
    );
    assert!(tokens.source.ends_with("undated, yours, not checked"), "{}", tokens.source);
}

#[test]
fn a_changed_row_stands_in_its_place_and_an_added_one_behind() {
    let (sol, gpt) = ("gpt-6.1-sol", "my/model-1");
    let rows = with(&[
        own(Table::ApiModels, Some(sol), &[("input_usd_per_m", "1.5")]),
        own(Table::ApiModels, Some(sol), &[("model_id", gpt), ("provider", "my house")]),
    ]);
    let (own, builtin) = (rows.rows.catalog(), Catalog::builtin());
    let place = |catalog: &Catalog| catalog.api_models.iter().position(|row| row.model_id == sol);
    assert_eq!(place(own), place(builtin));
    assert_eq!(own.api_models.len(), builtin.api_models.len() + 1);
    let (changed, copied) = (own.api_model(sol).unwrap(), own.api_model(gpt).unwrap());
    assert_eq!((changed.input_usd_per_m, changed.output_usd_per_m), (1.5, Some(10.0)));
    // A copy is one of the catalogue's row, not of the changed one.
    assert_eq!((copied.input_usd_per_m, copied.tier_class), (2.0, Some(TierClass::Frontier)));
    assert_eq!((copied.confidence, copied.as_of), (Confidence::Own, None));
    assert!(crate::domain::scenario::providers(own).contains(&"my house".to_owned()));
    assert_eq!(own.efforts, builtin.efforts);
    assert_eq!(own.gpus, builtin.gpus);
}

#[test]
fn announced_changes_hold_for_the_list_and_not_for_a_price_of_the_user() {
    let flash = "gemini/gemini-3.8-flash";
    let changes = |rows: &[OwnRow]| with(rows).rows.catalog().price_changes_of(flash).count();
    let all = Catalog::builtin().price_changes_of(flash).count();
    assert!(all > 0);
    assert_eq!(changes(&[own(Table::ApiModels, Some(flash), &[("input_usd_per_m", "0.7")])]), 0);
    assert_eq!(changes(&[own(Table::ApiModels, Some(flash), &[("max_input_tokens", "100k")])]), all);
    let copy = own(Table::ApiModels, Some(flash), &[("input_usd_per_m", "0.7"), ("model_id", "mine")]);
    assert_eq!(changes(&[copy]), all);
}

#[test]
fn an_added_gpu_serves_once_it_is_chosen_and_says_who_entered_it() {
    let mut scenario = with(&[own(Table::Gpus, None, A_GPU)]);
    let record = input("serving_gpu").unwrap();
    scenario.type_in(record, "Lab card");
    let evaluation = answer(&scenario.case().unwrap());
    let hardware = evaluation.get(StrategyId::OpenSelf).unwrap().hardware.as_ref().unwrap();
    assert_eq!(hardware.gpu, "Lab card");
    assert_eq!(hardware.source, "entered by you; prices undated, yours, not checked");
    // Editing another field keeps it.
    scenario.type_in(input("requests_per_month").unwrap(), "1M");
    assert_eq!(scenario.rows.rows().len(), 1);
    assert_eq!(scenario.case().unwrap().inputs.models.serving_gpu, "Lab card");
}

#[test]
fn a_removed_row_that_is_chosen_is_missed_by_name_and_nothing_else_is_lost() {
    let mut scenario = with(&[own(Table::Gpus, None, A_GPU)]);
    scenario.type_in(input("serving_gpu").unwrap(), "Lab card");
    scenario.type_in(input("labels").unwrap(), "77");
    scenario.rows.remove(Table::Gpus, "Lab card");
    assert_eq!(scenario.rows, OwnRows::default());
    let errors = scenario.case().unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(
        (errors[0].id.as_str(), errors[0].message.as_str()),
        ("serving_gpu", "“Lab card” is not in the catalogue, nor among your rows or a policy’s.")
    );
    assert_eq!(scenario.answers["serving_gpu"], Answer::Text("Lab card".to_owned()));
    assert_eq!(scenario.resolve(&BTreeMap::new()).case.inputs.data.labels, 77.0);
}

#[test]
fn a_renamed_row_stays_chosen_and_the_row_that_a_renamed_change_uncovers_too() {
    let mut scenario = with(&[own(Table::Gpus, None, A_GPU)]);
    scenario.type_in(input("serving_gpu").unwrap(), "Lab card");
    let mut renamed = own(Table::Gpus, None, A_GPU);
    renamed.fill("name", "Lab card 2".to_owned());
    assert_eq!(scenario.put_row(Some("Lab card"), renamed), Ok(()));
    assert_eq!(scenario.case().unwrap().inputs.models.serving_gpu, "Lab card 2");
    // A changed row of the catalogue that gets a name of its own leaves the catalogue's behind.
    let changed = |set: &[(&str, &str)]| own(Table::Gpus, Some("L4"), set);
    assert_eq!(scenario.put_row(None, changed(&[("usd_hr_neocloud", "0.3")])), Ok(()));
    scenario.type_in(input("serving_gpu").unwrap(), "L4");
    assert_eq!(
        scenario.put_row(Some("L4"), changed(&[("usd_hr_neocloud", "0.3"), ("name", "L4 of ours")])),
        Ok(())
    );
    assert_eq!(scenario.case().unwrap().inputs.models.serving_gpu, "L4");
}

#[test]
fn a_blank_is_unknown_and_a_zero_is_free() {
    let of = |text: &str| {
        with(&[own(Table::ApiModels, Some("gpt-6.1-sol"), &[("output_usd_per_m", text)])]).case().unwrap()
    };
    assert!(answer(&of("")).get(StrategyId::Prompt).unwrap().tco().is_none());
    assert!(tco(&of("0"), StrategyId::Prompt) < tco(&Case::default(), StrategyId::Prompt));
    let unpriced = own(Table::Gpus, Some("H100 SXM"), &[("usd_hr_neocloud", "")]);
    assert_eq!(with(&[unpriced]).rows.catalog().gpu("H100 SXM").unwrap().usd_hr_neocloud, None);
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
    assert_eq!(column.display("0.3"), "30\u{a0}%");
}

#[test]
fn numbers_are_taken_as_people_type_them_and_kept_as_the_table_has_them() {
    let set = [
        ("input_usd_per_m", "$1.50"),
        ("batch_discount", "30 %"),
        ("max_input_tokens", "200k"),
        ("as_of", "2026-11"),
    ];
    let scenario = with(&[own(Table::ApiModels, Some("gpt-6.1-sol"), &set)]);
    let kept: Vec<&str> = scenario.rows.rows()[0].set.values().map(String::as_str).collect();
    assert_eq!(kept, ["2026-11", "0.3", "1.5", "200000"]);
    let row = scenario.rows.catalog().api_model("gpt-6.1-sol").unwrap();
    assert_eq!((row.input_usd_per_m, row.batch_discount), (1.5, Some(0.3)));
    assert_eq!(row.as_of.unwrap().to_string(), "2026-11");
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

#[test]
fn a_row_without_one_below_names_everything_that_it_lacks() {
    let missing = wrong(own(Table::OpenModels, None, &[("model", "Mine-7B")]));
    assert!(missing.len() > 6 && missing.iter().all(|(_, message)| message == "Needed."), "{missing:?}");
    let mine = [("model_id", "m"), ("provider", "p"), ("input_usd_per_m", "1"), ("output_usd_per_m", "2")];
    let rows = with(&[own(Table::ApiModels, None, &mine)]).rows;
    assert_eq!(rows.catalog().api_model("m").unwrap().source, "entered by you");
}

#[test]
fn no_two_rows_have_one_name_and_an_edited_row_takes_the_place_of_itself() {
    let mut rows = with(&[own(Table::Gpus, None, A_GPU)]).rows;
    let renamed = |name: &'static str| {
        let set = A_GPU.iter().map(|(column, text)| (*column, if *column == "name" { name } else { text }));
        own(Table::Gpus, None, &set.collect::<Vec<_>>())
    };
    assert!(rows.put(None, renamed("Lab card")).is_err());
    assert_eq!(rows.put(None, renamed("Lab card 2")), Ok(()));
    assert!(rows.put(Some("Lab card 2"), renamed("Lab card")).is_err());
    assert_eq!(rows.put(Some("Lab card 2"), renamed("Lab card 3")), Ok(()));
    assert!(rows.get(Table::Gpus, "Lab card 2").is_none() && rows.get(Table::Gpus, "Lab card 3").is_some());
    assert_eq!(rows.rows().len(), 2);
}

#[test]
fn a_scenario_takes_so_many_rows_and_no_more() {
    let many =
        (0..1_000).map(|index| own(Table::Gpus, Some("L4"), &[("name", format!("card {index}").as_str())]));
    let (mut rows, refused) = OwnRows::over(None, many.collect());
    assert_eq!((rows.rows().len(), refused.len()), (MOST_ROWS, 1));
    assert!(rows.put(None, own(Table::Gpus, Some("L4"), &[("name", "one more")])).is_err());
    assert_eq!(rows.put(Some("card 0"), own(Table::Gpus, Some("L4"), &[("name", "another")])), Ok(()));
}

#[test]
fn without_own_rows_the_catalogue_is_the_built_in_one_and_not_a_copy() {
    assert!(std::ptr::eq(OwnRows::default().catalog(), Catalog::builtin()));
    let case = with(&[own(Table::Gpus, None, A_GPU)]).case().unwrap();
    assert!(std::sync::Arc::ptr_eq(&case.clone().catalog, &case.catalog));
}
