//! The row of the catalogue that a model of an export is.

use crate::domain::catalog::{ApiKind, ApiModel, Catalog};

/// The row that a name stands for: by its id, else by the id without provider, date and version where only one row
/// has that. `None` where no row or several do: an open model has a price at each of its providers.
pub fn catalogue_row<'a>(name: &str, catalog: &'a Catalog) -> Option<&'a ApiModel> {
    let rows = || catalog.api_models.iter().filter(|row| row.kind == ApiKind::Chat);
    if let Some(row) = rows().find(|row| row.model_id == name) {
        return Some(row);
    }
    let wanted = bare(name);
    let mut found = rows().filter(|row| !wanted.is_empty() && bare(&row.model_id) == wanted);
    let row = found.next()?;
    found.next().is_none().then_some(row)
}

/// A name in small letters, without provider and region, date and version: `us.anthropic.claude-sonnet-4-6-20260101-v1:0`
/// is `claude-sonnet-4-6`. What was tuned keeps its whole name, since it has a price of its own.
fn bare(name: &str) -> String {
    let name = name.trim().to_ascii_lowercase();
    if name.starts_with("ft:") {
        return name;
    }
    let name = name.rsplit('/').next().unwrap_or_default();
    let name = name.rsplit_once("anthropic.").map_or(name, |(_, name)| name);
    let name = name.split_once(['@', ':']).map_or(name, |(name, _)| name);
    let name = name.replace('.', "-");
    let mut parts: Vec<&str> = name.split('-').collect();
    while parts.len() > 1 && (drop_version(&parts) || drop_date(&mut parts)) {
        parts.pop();
    }
    parts.join("-")
}

/// Whether the last part is `latest`, or a version such as `v1`.
fn drop_version(parts: &[&str]) -> bool {
    let version = |part: &str| part.strip_prefix('v').is_some_and(|number| is_digits(number, 1));
    parts.last().is_some_and(|last| *last == "latest" || version(last))
}

/// Whether the last part is a day, `20250514`, or the day of `2024-08-06`, whose month and year are then dropped.
fn drop_date(parts: &mut Vec<&str>) -> bool {
    if parts.last().is_some_and(|last| is_digits(last, 8) && last.starts_with("20")) {
        return true;
    }
    let [.., year, month, day] = parts.as_slice() else { return false };
    let is_date = is_digits(year, 4) && year.starts_with("20") && is_digits(month, 2) && is_digits(day, 2);
    if is_date && parts.len() > 3 {
        parts.truncate(parts.len() - 2);
        return true;
    }
    false
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}
