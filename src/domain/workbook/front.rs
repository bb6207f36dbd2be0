//! The first sheet and the last: what it comes to, and what it was made with.

use super::cell::{Cell, Look, SUMMARY, Sheet};
use super::costs::Costs;
use crate::domain::answer::{Assessment, Explanation, METHOD_VERSION};
use crate::domain::catalog::{CATALOG_DATE, CATALOG_VERSION};
use crate::domain::input::REGISTRY_VERSION;
use crate::domain::record::{Basis, Cover, role};

const UNKNOWN: &str = "not known";
const THOUSAND: f64 = 1_000.0;

/// What the strategies come to, side by side.
pub fn summary(basis: &Basis, cover: &Cover, costs: &[Costs]) -> Sheet {
    let economics = &basis.case.inputs.economics;
    let verdict = &basis.answer.verdict;
    let lede: String = verdict.lede.iter().map(|span| span.text.as_str()).collect();
    let mut rows = vec![
        vec![Cell::text(&cover.name, Look::Title)],
        vec![Cell::text(&verdict.headline, Look::Head)],
        vec![Cell::plain(&lede)],
        Vec::new(),
        vec![Cell::plain("Discount rate a year, %"), Cell::number(economics.discount_rate, Look::Share)],
        vec![Cell::plain("Horizon, months"), Cell::number(economics.horizon, Look::Plain)],
        vec![Cell::plain("First month"), Cell::plain(&economics.start.to_string())],
        Vec::new(),
        [
            "US dollars",
            "Total, present value",
            "Low",
            "High",
            "Paid in all, not discounted",
            "Cash before launch",
            "1,000 requests",
            "Role",
            "Sheet",
        ]
        .map(Cell::head)
        .to_vec(),
    ];
    rows.extend(costs.iter().map(|costs| line(basis, costs)));
    let unknown = basis.answer.strategies().filter_map(|(one, told)| unknown(basis, one, told));
    rows.extend(unknown);
    rows.push(Vec::new());
    rows.push(vec![Cell::plain(
        "Total: what is paid, and wrong answers where they are priced and their share is known, in today’s money. Low and high: hours and sizing at the ends of their ranges. 1,000 requests: the total over all requests of the horizon, discounted alike.",
    )]);
    Sheet { name: SUMMARY.to_owned(), widths: vec![40, 20, 14, 14, 26, 20, 16, 30, 32], frozen: (0, 1), rows }
}

fn line(basis: &Basis, costs: &Costs) -> Vec<Cell> {
    let (one, cost) = (costs.one, costs.cost);
    let requests = basis.answer.decided.discounted_requests;
    let usd = |usd: Option<f64>| usd.map_or_else(|| Cell::plain(UNKNOWN), |usd| Cell::number(usd, Look::Usd));
    let words = basis.answer.explanation(one.id).map(|told| role(one, told, basis.answer));
    vec![
        Cell::plain(&one.name),
        costs.total(),
        usd(one.range.map(|range| range.low)),
        usd(one.range.map(|range| range.high)),
        costs.paid(),
        Cell::number(cost.upfront, Look::Usd),
        usd(Some(cost.total() / requests * THOUSAND).filter(|_| requests > 0.0)),
        Cell::plain(&words.unwrap_or_default()),
        Cell::plain(&costs.sheet.name),
    ]
}

/// A strategy whose cost is not known, and why.
fn unknown(basis: &Basis, one: &Assessment, told: &Explanation) -> Option<Vec<Cell>> {
    let why = one.cost.as_ref().err()?;
    let mut cells = vec![Cell::plain(&one.name)];
    cells.extend(vec![Cell::plain(UNKNOWN); 6]);
    cells.push(Cell::plain(&role(one, told, basis.answer)));
    cells.push(Cell::plain(&format!("none: {why}")));
    Some(cells)
}

/// What it was made with.
pub fn about(cover: &Cover) -> Sheet {
    let row = |label: &str, text: &str| {
        let text = if text.is_empty() { "not stated" } else { text };
        vec![Cell::plain(label), Cell::text(text, Look::Wrapped)]
    };
    let rows = vec![
        vec![Cell::text("About this workbook", Look::Title)],
        row("Scenario", &cover.name),
        row("Date", &cover.date),
        row("Link", &cover.link),
        row("Made with", "Tunewise"),
        row("Inputs, version", &REGISTRY_VERSION.to_string()),
        row("Catalogue, version", &format!("{CATALOG_VERSION} of {CATALOG_DATE}")),
        row("Method, version", &METHOD_VERSION.to_string()),
        row(
            "Money",
            "US dollars without taxes. Totals are present values; what falls due before launch is not discounted.",
        ),
        row(
            "Purchases",
            "Bought cards count over their life here, less what they are then worth; cash before launch holds their purchase.",
        ),
    ];
    Sheet { name: "About".to_owned(), widths: vec![24, 100], frozen: (0, 0), rows }
}
