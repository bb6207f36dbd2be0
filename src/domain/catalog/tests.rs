//! What must hold for every row of every table.

use std::collections::BTreeSet;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use strum::VariantNames;

use super::table::rows;
use super::*;
use crate::domain::units::Date;

/// Every line of a table must be a row whose fields are its columns in order, its numbers finite; then count.
fn strict_count<Row: DeserializeOwned + Serialize>(table: &str) -> usize {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let read: Vec<Row> = reader.deserialize().map(|row| row.unwrap()).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.serialize(&read[0]).unwrap();
    let written = writer.into_inner().unwrap();
    assert_eq!(csv::Reader::from_reader(written.as_slice()).headers().unwrap(), &columns);
    for cell in table::Sheet::read(table).rows.iter().flatten() {
        assert!(cell.parse::<f64>().is_ok_and(f64::is_finite) || cell.parse::<f64>().is_err(), "{cell}");
    }
    assert_eq!(rows::<Row>(table).len(), read.len());
    read.len()
}

/// The form offers the very words that the table may hold.
fn assert_words<Word: DeserializeOwned + Serialize + VariantNames>() {
    for word in Word::VARIANTS {
        let read: Word = serde_json::from_value((*word).into()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), *word);
    }
}

/// Fail on the first id that occurs twice.
fn assert_unique<Id: Ord + Debug + Clone>(ids: impl Iterator<Item = Id>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        assert!(seen.insert(id.clone()), "{id:?} occurs twice");
    }
}

/// Every number of every row, as JSON has it.
fn numbers(value: &serde_json::Value, found: &mut Vec<f64>) {
    match value {
        serde_json::Value::Number(number) => found.extend(number.as_f64()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| numbers(item, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| numbers(field, found)),
        _ => {}
    }
}

fn each_row() -> Vec<&'static dyn Provenance> {
    let catalog = Catalog::builtin();
    let mut rows: Vec<&dyn Provenance> = Vec::new();
    rows.extend(catalog.api_models.iter().map(|row| row as &dyn Provenance));
    rows.extend(catalog.price_changes.iter().map(|row| row as &dyn Provenance));
    rows.extend(catalog.hosted_tuning.iter().map(|row| row as &dyn Provenance));
    rows.extend(catalog.open_models.iter().map(|row| row as &dyn Provenance));
    rows.extend(catalog.gpus.iter().map(|row| row as &dyn Provenance));
    rows.extend(catalog.efforts.iter().map(|row| row as &dyn Provenance));
    rows
}

#[test]
fn a_row_with_a_wrong_a_missing_or_a_further_cell_is_left_out() {
    let columns = PRICE_CHANGES.lines().next().unwrap();
    let row = "openai,m,2026-08-21,4,,20,past,\"a \"\"source\"\", dated\",2026-11,read,";
    let table = |row: &str| rows::<PriceChange>(&format!("{columns}\n{row}\n"));
    let read = table(row);
    assert_eq!(read[0].source, "a \"source\", dated");
    assert_eq!((read[0].cached_input_usd_per_m, read[0].output_usd_per_m), (None, 20.0));
    for (cell, other) in [
        ("openai", ""),
        (",4,", ",four,"),
        (",past", ",lost"),
        ("2026-08-21", "2026-02-30"),
        ("read,", "read,,"),
    ] {
        assert!(row.contains(cell) && table(&row.replace(cell, other)).is_empty(), "{cell} as {other}");
    }
    assert!(table(row.trim_end_matches(',')).is_empty());
    assert!(rows::<PriceChange>(&format!("{}\n{row}\n", columns.replace("note", "notes"))).is_empty());
}

#[test]
fn every_row_of_every_table_parses() {
    assert_eq!(strict_count::<ApiModel>(API_PRICES), 80);
    assert_eq!(strict_count::<PriceChange>(PRICE_CHANGES), 24);
    assert_eq!(strict_count::<HostedTuning>(HOSTED_TUNING), 46);
    assert_eq!(strict_count::<OpenModel>(OPEN_MODELS), 48);
    assert_eq!(strict_count::<Gpu>(GPUS), 33);
    assert_eq!(strict_count::<Effort>(EFFORT_DEFAULTS), 38);
    assert_eq!(each_row().len(), 80 + 24 + 46 + 48 + 33 + 38);
}

#[test]
fn the_words_of_a_column_are_those_that_the_table_may_hold() {
    assert_words::<ApiKind>();
    assert_words::<TierClass>();
    assert_words::<HostedMethod>();
    assert_words::<ServingMode>();
    assert_words::<Availability>();
    assert_words::<LicenceClass>();
}

#[test]
fn a_malformed_row_is_dropped_and_the_rest_kept() {
    let broken = "id,part,low,likely,high,unit,basis,source,note\n\
                  a,all,1,2,3,hours,assumption,,\n\
                  b,all,one,2,3,hours,assumption,,\n\
                  c,all,1,2\n";
    let kept: Vec<Effort> = rows(broken);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].id, "a");
}

#[test]
fn every_row_has_a_source_and_a_date_or_a_documented_absence() {
    let compiled = CATALOG_DATE.parse::<Date>().unwrap().year_month();
    for row in each_row() {
        assert!(!row.source().trim().is_empty());
        assert!(row.as_of().is_none_or(|month| month <= compiled));
        assert!(!row.confidence().is_entered());
    }
    let catalog = Catalog::builtin();
    assert!(catalog.api_models.iter().all(|row| row.as_of.is_some()));
    assert!(catalog.hosted_tuning.iter().all(|row| row.as_of.is_some()));
    // Absent: quotes never dated, models read from an undated file, all effort defaults.
    assert_eq!(catalog.gpus.iter().filter(|row| row.as_of().is_none()).count(), 15);
    assert_eq!(catalog.open_models.iter().filter(|row| row.as_of().is_none()).count(), 10);
    assert!(catalog.efforts.iter().all(|row| row.as_of().is_none()));
}

#[test]
fn ids_are_unique() {
    let catalog = Catalog::builtin();
    assert_unique(catalog.api_models.iter().map(|row| &row.model_id));
    assert_unique(catalog.price_changes.iter().map(|row| (&row.model_id, row.valid_from)));
    assert_unique(catalog.hosted_tuning.iter().map(HostedTuning::id));
    assert_unique(catalog.open_models.iter().map(|row| &row.model));
    assert_unique(catalog.gpus.iter().map(|row| &row.name));
    assert_unique(catalog.efforts.iter().map(|row| &row.id));
}

#[test]
fn every_row_is_found_by_its_id() {
    let catalog = Catalog::builtin();
    for row in &catalog.api_models {
        assert_eq!(catalog.api_model(&row.model_id), Some(row));
    }
    for row in &catalog.hosted_tuning {
        assert_eq!(catalog.hosted_tuning_offer(&row.id()), Some(row));
    }
    assert_eq!(catalog.effort("horizon").map(|row| row.likely), Some(24.0));
    assert_eq!(catalog.gpu("none such"), None);
}

#[test]
fn all_references_between_tables_resolve() {
    let catalog = Catalog::builtin();
    for row in &catalog.api_models {
        assert!(row.successor_model_id.iter().all(|id| catalog.api_model(id).is_some()), "{}", row.model_id);
        assert!(row.open_model.iter().all(|id| catalog.open_model(id).is_some()), "{}", row.model_id);
    }
    for row in &catalog.hosted_tuning {
        assert!(row.open_model.iter().all(|id| catalog.open_model(id).is_some()), "{}", row.base_model);
        assert!(row.endpoint_gpu.iter().all(|name| catalog.gpu(name).is_some()), "{}", row.base_model);
    }
    for row in &catalog.open_models {
        assert!(row.superseded_by.iter().all(|id| catalog.open_model(id).is_some()), "{}", row.model);
    }
}

#[test]
fn the_last_past_price_is_the_list_price() {
    let catalog = Catalog::builtin();
    let changed: BTreeSet<&str> = catalog.price_changes.iter().map(|row| row.model_id.as_str()).collect();
    for id in changed {
        let past = catalog.price_changes_of(id).filter(|row| row.status == PriceStatus::Past);
        let last = past.last().unwrap();
        let listed = catalog.api_model(id).unwrap();
        assert_eq!(last.input_usd_per_m, listed.input_usd_per_m, "{id}");
        assert_eq!(last.cached_input_usd_per_m, listed.cached_input_usd_per_m, "{id}");
        assert_eq!(Some(last.output_usd_per_m), listed.output_usd_per_m, "{id}");
    }
}

#[test]
fn price_changes_of_a_model_stand_in_the_order_of_their_dates() {
    let catalog = Catalog::builtin();
    let compiled: Date = CATALOG_DATE.parse().unwrap();
    for row in &catalog.price_changes {
        assert!(catalog.price_changes_of(&row.model_id).is_sorted_by_key(|change| change.valid_from));
        let announced = row.valid_from.is_some_and(|day| day > compiled);
        assert_eq!(announced, row.status == PriceStatus::Announced, "{}", row.model_id);
    }
}

#[test]
fn effort_ranges_are_ordered() {
    for row in &Catalog::builtin().efforts {
        assert!(row.low <= row.likely && row.likely <= row.high, "{}", row.id);
    }
}

#[test]
fn no_number_is_negative_or_absurd() {
    let json = serde_json::to_value(Catalog::builtin()).unwrap();
    let mut found = Vec::new();
    numbers(&json, &mut found);
    assert!(found.len() > 2_000);
    // Only the error of the parameter formula may be below zero.
    assert!(found.iter().all(|number| number.is_finite() && (-5.0..1e9).contains(number)));
}

#[test]
fn a_catalogue_survives_json_unchanged() {
    let json = serde_json::to_string(Catalog::builtin()).unwrap();
    assert_eq!(&serde_json::from_str::<Catalog>(&json).unwrap(), Catalog::builtin());
}

#[test]
fn blank_prices_stay_unknown_and_written_zeros_stay_free() {
    let catalog = Catalog::builtin();
    assert_eq!(catalog.gpu("Gaudi 3").unwrap().usd_hr_typical, None);
    assert_eq!(catalog.gpu("A100 SXM 80GB").unwrap().fp8_dense_tflops, None);
    assert_eq!(catalog.api_model("cohere/embed-v4.0").unwrap().output_usd_per_m, None);
    let free = catalog.hosted_tuning_offer("wandb_coreweave/Llama-3.1-8B-Instruct/lora").unwrap();
    assert_eq!(free.training_usd_per_m_tokens, Some(0.0));
    let unread = catalog.hosted_tuning_offer("aws_bedrock/amazon.nova-2-lite-v1:0/lora").unwrap();
    assert_eq!(unread.training_usd_per_m_tokens, None);
}

#[test]
fn managed_offers_name_the_weights_they_serve() {
    let catalog = Catalog::builtin();
    let weights = |id: &str| catalog.api_model(id).unwrap().open_model.as_deref();
    assert_eq!(weights("deepinfra/openai/gpt-oss-120b"), Some("gpt-oss-120b"));
    assert_eq!(weights("deepinfra/microsoft/phi-4"), Some("Phi-4-14B"));
    // A later release of the line has other weights.
    assert_eq!(weights("deepinfra/deepseek-ai/DeepSeek-V3.2"), None);
    assert_eq!(weights("deepinfra/mistralai/Mistral-Small-3.2-24B-Instruct-2506"), None);
    assert_eq!(weights("deepinfra/moonshotai/Kimi-K2.6"), None);
    assert_eq!(catalog.api_models.iter().filter(|row| row.open_model.is_some()).count(), 13);
    assert_eq!(catalog.hosted_tuning.iter().filter(|row| row.open_model.is_some()).count(), 11);
}

#[test]
fn every_provider_and_model_has_a_name_without_path_or_underscore() {
    let catalog = Catalog::builtin();
    for row in &catalog.api_models {
        assert!(!model_name(&row.model_id).contains(['/', ':', '_']), "{}", row.model_id);
        assert!(!provider_name(&row.provider).contains('_'), "{}", row.provider);
    }
    for row in &catalog.hosted_tuning {
        assert!(!provider_name(&row.provider).contains('_'), "{}", row.provider);
    }
}
