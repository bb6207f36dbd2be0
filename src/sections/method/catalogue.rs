//! The catalogue as tables, each row with its source, date and confidence.

use crate::browser::dom::El;
use crate::browser::timing::days_since_month;
use crate::components::disclosure::{disclosure, summary};
use crate::components::table::{Table, searchable_table};
use crate::domain::catalog::{ApiModel, Catalog, Effort, Gpu, HostedTuning, OpenModel, Provenance};
use crate::domain::quantity::YearMonth;
use crate::format::{NONE, count_exact, count_short};

/// Older prices and specifications are marked.
const STALE_DAYS: i64 = 90;

/// A table's name, and what makes it.
type Section = (&'static str, fn() -> Table);

/// All tables, each to open.
pub fn catalogue() -> [El; 5] {
    let tables: [Section; 5] = [
        ("Prices of API models", api_models),
        ("Hosted tuning", hosted_tuning),
        ("Open models", open_models),
        ("GPUs", gpus),
        ("People and process", efforts),
    ];
    tables.map(|(name, table)| disclosure("", summary(name), move || searchable_table(table())))
}

/// Columns of the table, then those that every row has.
fn table<Row: Provenance>(
    caption: &str,
    words: usize,
    columns: &[&str],
    rows: &[Row],
    cells: impl Fn(&Row) -> Vec<String>,
) -> Table {
    let head = columns.iter().copied().chain(["As of", "Support", "Source"]).map(str::to_owned).collect();
    let row = |row: &Row| {
        let as_of = row.as_of().map_or_else(|| NONE.to_owned(), aged);
        let provenance = [as_of, row.confidence().label().to_owned(), row.source().to_owned()];
        cells(row).into_iter().chain(provenance).collect()
    };
    Table {
        caption: caption.to_owned(),
        head,
        rows: rows.iter().map(row).collect(),
        word_columns: (words, 3),
    }
}

/// A month with its age where it is stale. It may stand for its last day: no row is called older than it is.
fn aged(month: YearMonth) -> String {
    let age = days_since_month(month.year, month.month);
    if age > STALE_DAYS { format!("{month}, stale: {age} days old") } else { month.to_string() }
}

fn api_models() -> Table {
    let columns =
        ["Model", "Provider", "Input, $ per M", "Cached", "Output", "Batch, off", "Context", "Retires"];
    table("Prices of API models", 2, &columns, &Catalog::builtin().api_models, |row: &ApiModel| {
        vec![
            row.model_id.clone(),
            row.provider.clone(),
            plain(row.input_usd_per_m),
            known(row.cached_input_usd_per_m, plain),
            known(row.output_usd_per_m, plain),
            known(row.batch_discount, crate::format::percent),
            known(row.max_input_tokens, count_short),
            row.retires_on.map_or_else(|| NONE.to_owned(), |date| date.to_string()),
        ]
    })
}

fn hosted_tuning() -> Table {
    let columns =
        ["Base", "Provider", "Training, $ per M", "Tuned input", "Tuned output", "Endpoint, $ an hour"];
    table("Hosted tuning", 2, &columns, &Catalog::builtin().hosted_tuning, |row: &HostedTuning| {
        vec![
            row.base_model.clone(),
            row.provider.clone(),
            known(row.training_usd_per_m_tokens, plain),
            known(row.tuned_input_usd_per_m, plain),
            known(row.tuned_output_usd_per_m, plain),
            known(row.endpoint_usd_per_hour, plain),
        ]
    })
}

fn open_models() -> Table {
    let columns = ["Model", "Licence", "Parameters, B", "Active, B", "Layers", "Context"];
    table("Open models", 2, &columns, &Catalog::builtin().open_models, |row: &OpenModel| {
        vec![
            row.model.clone(),
            row.licence.clone().unwrap_or_else(|| NONE.to_owned()),
            plain(row.params_total_b),
            plain(row.params_active_b),
            plain(row.layers),
            known(row.max_context, count_short),
        ]
    })
}

fn gpus() -> Table {
    let columns = [
        "GPU",
        "Form",
        "Memory, GB",
        "Bandwidth, GB/s",
        "bf16, TFLOPS",
        "Neocloud, $ an hour",
        "Hyperscaler, $ an hour",
        "Purchase, $",
    ];
    table("GPUs", 2, &columns, &Catalog::builtin().gpus, |row: &Gpu| {
        vec![
            row.name.clone(),
            row.form.clone(),
            plain(row.mem_gb_marketing),
            plain(row.mem_bw_gb_s),
            plain(row.bf16_dense_tflops),
            known(row.usd_hr_neocloud, plain),
            known(row.usd_hr_hyperscaler, plain),
            known(row.purchase_usd_per_gpu, plain),
        ]
    })
}

fn efforts() -> Table {
    table(
        "People and process",
        2,
        &["Part", "Unit", "Low", "Likely", "High"],
        &Catalog::builtin().efforts,
        |row: &Effort| {
            vec![row.part.clone(), row.unit.clone(), plain(row.low), plain(row.likely), plain(row.high)]
        },
    )
}

fn plain(number: f64) -> String {
    count_exact(number)
}

fn known(number: Option<f64>, text: fn(f64) -> String) -> String {
    number.map_or_else(|| NONE.to_owned(), text)
}
