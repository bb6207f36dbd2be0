//! Money, who sees the data, and what the money rests on.

use super::parts::{Document, Run, Runs};
use crate::domain::record::data::{EstimateLine, ExposureLine, InputLine, Record, RowLine};
use crate::domain::record::sheet::{Amounts, CostSheet, DerivationLine};
use crate::domain::units::words::{capital, usd_exact, usd_short};

/// The money by line and by year.
pub fn costs(record: &Record, to: &mut Document) {
    to.heading(2, "Cost");
    if record.costs.is_empty() {
        to.says("There is no verdict to cost by line; totals, where they are known, stand under Options.");
        return;
    }
    to.says("By period as paid, not discounted; present value: the same in today’s money. Each amount is rounded to the cent, and each sum is that of the amounts shown; the largest present value takes what rounding leaves, a few cents.");
    for sheet in &record.costs {
        sheet_of(sheet, to);
    }
}

fn sheet_of(sheet: &CostSheet, to: &mut Document) {
    to.heading(3, &format!("{}, {}", capital(&sheet.called), sheet.name));
    let periods = sheet.periods.iter().map(String::as_str);
    let head: Vec<&str> = ["US dollars"].into_iter().chain(periods).chain(["Sum", "Present value"]).collect();
    let row = |label: &str, amounts: &Amounts| {
        let all = amounts.by_period_usd.iter().copied().chain([amounts.sum_usd, amounts.present_value_usd]);
        [label.to_owned()].into_iter().chain(all.map(usd_exact)).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> = sheet.lines.iter().map(|line| row(&line.label, &line.amounts)).collect();
    rows.push(row("Paid in all", &sheet.paid));
    if let Some(errors) = &sheet.errors {
        rows.push(row("Wrong answers, expected, no bill", errors));
        rows.push(row("Total", &sheet.total));
    }
    to.table(&head, head.len() - 1, rows);
    if sheet.spreads_purchase {
        to.says("Bought cards count over their life here, less what they are then worth, not when they are paid; cash before launch holds their purchase.");
    }
    cash(sheet, to);
    to.says("Other figures of its money:");
    to.list(
        sheet.figures.iter().map(|line| vec![Run::said(&line.label), Run::own(": "), Run::said(&line.value)]),
    );
    if !sheet.derivations.is_empty() {
        to.says("How the amounts came about:");
        to.list(sheet.derivations.iter().map(derivation));
    }
}

fn cash(sheet: &CostSheet, to: &mut Document) {
    let total = usd_exact(sheet.cash_before_launch_usd);
    if sheet.cash.is_empty() {
        to.runs(vec![Run::strong("Cash before launch", ":"), Run::own(" nothing.")]);
        return;
    }
    to.runs(vec![Run::strong("Cash before launch", ":"), Run::own(&format!(" {total}, of which"))]);
    to.list(
        sheet
            .cash
            .iter()
            .map(|line| vec![Run::said(&line.label), Run::own(&format!(": {}", usd_exact(line.usd)))]),
    );
}

fn derivation(line: &DerivationLine) -> Runs {
    vec![
        Run::strong(&line.label, ":"),
        Run::own(" "),
        Run::said(line.text.trim_end_matches('.')),
        Run::own(". Source: "),
        Run::said(line.source.trim_end_matches('.')),
        Run::own("."),
    ]
}

/// Who gets to see what.
pub fn exposure(record: &Record, to: &mut Document) {
    to.heading(2, "Who sees the data");
    let bound = |line: &InputLine| [&line.label, &line.value, &line.origin].map(String::clone).to_vec();
    to.table(&["Bound", "Value", "Origin"], 0, record.bounds.iter().map(bound).collect());
    if record.exposure.is_empty() {
        to.says("No strategy is costed by line, so no provider is named.");
        return;
    }
    to.says("Named are the parties of the strategies under Cost, and of what serves until they are ready. Where the data may go is an input; a strategy that breaks it is excluded. Not known here, and to be read in the contract of each party: the region in which it keeps the data, for how long, whether it trains on them, its subprocessors and certificates. Who holds the keys to it is not asked.");
    let row = |line: &ExposureLine| {
        [&line.strategy, &line.what, &line.party, &line.gets].map(String::clone).to_vec()
    };
    to.table(&["Strategy", "Uses", "Run by", "Gets"], 0, record.exposure.iter().map(row).collect());
}

/// What holds of every record, as the method fixes it.
const FIXED: [&str; 6] = [
    "A month has 730.5 hours; a model keeps its list price until it retires; the yearly decline of prices counts only at migrations (method §1, §4).",
    "Only calls that can wait take a batch or flex; priority is paid only where it is asked for (method §4).",
    "A model is paid in one way for the whole horizon: per token, by units of throughput, or by seats (method §4).",
    "Own GPUs are sized for the peak hour of the week by closed forms with an error band (method §5).",
    "Quality is what was measured or stated; what nobody measured stays unknown (method §9).",
    "Not counted: taxes, contracts beyond the prices stated, other currencies, queueing beyond a planned load.",
];

/// What the money rests on.
pub fn assumptions(record: &Record, to: &mut Document) {
    to.heading(2, "Assumptions");
    if !record.rows.is_empty() {
        to.heading(3, "Rows of the catalogue that the costs are read from");
        let row = |line: &RowLine| {
            let values = line.values.join("; ");
            let values = if values.is_empty() { "none shown".to_owned() } else { values };
            vec![
                line.table.clone(),
                line.id.clone(),
                values,
                line.source.clone(),
                line.as_of.clone(),
                line.confidence.clone(),
            ]
        };
        let rows = record.rows.iter().map(row).collect();
        to.table(&["Table", "Row", "Values", "Source", "As of", "Support"], 0, rows);
    }
    if !record.estimates.is_empty() {
        to.heading(3, "Estimates with a range");
        to.says("What a total gains with the estimate at its low and at its high end, the others as they are. What was stated as an input has no range and stands under Context.");
        let rows = record.estimates.iter().map(estimate).collect();
        to.table(&["Estimate", "Likely", "Low to high", "Unit", "Effect on the total", "Source"], 0, rows);
    }
    to.heading(3, "Fixed by the method");
    to.texts(FIXED);
}

fn estimate(line: &EstimateLine) -> Vec<String> {
    let signed = |usd: f64| if usd >= 0.0 { format!("+{}", usd_short(usd)) } else { usd_short(usd) };
    let effects = line.effects.iter().map(|effect| {
        format!("{}: {} to {}", effect.strategy, signed(effect.at_low_usd), signed(effect.at_high_usd))
    });
    vec![
        line.label.clone(),
        line.value.clone(),
        line.range.clone(),
        line.unit.clone(),
        effects.collect::<Vec<_>>().join("; "),
        line.source.clone(),
    ]
}
