//! The options of a catalogue row as they stand in the list: grouped, and with their price.

use crate::domain::catalog::choice::{RowTable, row_options};
use crate::domain::catalog::own::Table;
use crate::domain::scenario::OwnRows;
use crate::domain::units::words::count_exact;

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowOption {
    /// Id of the row.
    pub id: String,
    /// Name and price.
    pub label: String,
}

/// Options under the name of their provider or maker; those without one come first.
///
/// A row that the user or a policy changed or added says so.
pub fn grouped_options(table: RowTable, rows: &OwnRows) -> Vec<(Option<String>, Vec<RowOption>)> {
    let mut groups: Vec<(Option<String>, Vec<RowOption>)> = Vec::new();
    for id in row_options(table, rows.catalog()) {
        let (group, mut label) = describe(table, &id, rows);
        if let Some(author) = rows.author(Table::of(table), &id) {
            label.push_str(" · ");
            label.push_str(author.mark());
        }
        let option = RowOption { id, label };
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, options)) => options.push(option),
            None => groups.push((group, vec![option])),
        }
    }
    groups
}

fn describe(table: RowTable, id: &str, rows: &OwnRows) -> (Option<String>, String) {
    let catalog = rows.catalog();
    if id == "auto" {
        return (None, "Auto: the cheapest that fits".to_owned());
    }
    let described = match table {
        RowTable::ApiChat | RowTable::ManagedOffer | RowTable::Embedding => {
            catalog.api_model(id).map(|row| {
                let price = match row.output_usd_per_m {
                    Some(output) => format!("{} / {} per M", price(row.input_usd_per_m), price(output)),
                    None => format!("{} per M", price(row.input_usd_per_m)),
                };
                (Some(row.provider.clone()), format!("{} · {price}", row.model_id))
            })
        }
        RowTable::HostedTuning => catalog.hosted_tuning_offer(id).map(|row| {
            let training = row
                .training_usd_per_m_tokens
                .map_or(String::new(), |usd| format!(" · training {} per M", price(usd)));
            let method =
                row.method.map_or(String::new(), |method| format!(" ({method:?})").to_ascii_lowercase());
            (Some(row.provider.clone()), format!("{}{method}{training}", row.base_model))
        }),
        RowTable::OpenModel => catalog.open_model(id).map(|row| {
            let active = if row.params_active_b < row.params_total_b {
                format!(", {} B active", count_exact(row.params_active_b))
            } else {
                String::new()
            };
            (None, format!("{} · {} B{active}", row.model, count_exact(row.params_total_b)))
        }),
        RowTable::Gpu => catalog.gpu(id).map(|row| {
            let rent = row
                .usd_hr_neocloud
                .or(row.usd_hr_typical)
                .map_or(String::new(), |usd| format!(" · {} an hour", price(usd)));
            (
                Some(row.vendor.clone()),
                format!("{} · {} GB{rent}", row.name, count_exact(row.mem_gb_marketing)),
            )
        }),
    };
    described.unwrap_or_else(|| (None, id.to_owned()))
}

/// A list price as it is written: without needless zeros.
fn price(usd: f64) -> String {
    format!("${usd}")
}
