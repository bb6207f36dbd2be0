//! The lines of a strategy's ledger, under the guide's subtotals, each with how it came about.

use leptos::prelude::*;

use crate::domain::cost::Line;
use crate::domain::evaluation::Derivation;
use crate::domain::strategy::StrategyId;
use crate::format::{percent, usd_exact};
use crate::state::store;

/// One line with its amount and derivation.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    line: Line,
    usd: f64,
    share: f64,
    derivations: Vec<Derivation>,
}

/// Lines that stand together in the guide.
#[derive(Clone, Debug, PartialEq)]
struct Subtotal {
    name: &'static str,
    usd: f64,
    entries: Vec<Entry>,
}

/// Lines of a ledger in today's money.
#[component]
pub fn CostLines(id: StrategyId) -> impl IntoView {
    let subtotals = store().read(move |evaluation| {
        let cost = evaluation.get(id)?.cost.as_ref().ok()?;
        Some(subtotals(&cost.ledger.by_line(), cost.tco, &cost.derivation))
    });
    move || {
        subtotals.get().map(|subtotals| {
            view! {
                <table class="costs">
                    <caption class="unseen">"Cost lines in today’s money, under the guide’s subtotals"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Line"</th>
                            <th scope="col" class="number">"Amount"</th>
                            <th scope="col" class="number">"Share"</th>
                        </tr>
                    </thead>
                    {subtotals.into_iter().map(subtotal_view).collect_view()}
                </table>
            }
        })
    }
}

fn subtotal_view(subtotal: Subtotal) -> impl IntoView {
    view! {
        <tbody>
            <tr class="subtotal">
                <th scope="rowgroup">{subtotal.name}</th>
                <td class="number">{usd_exact(subtotal.usd)}</td>
                <td></td>
            </tr>
            {subtotal.entries.into_iter().map(entry_view).collect_view()}
        </tbody>
    }
}

fn entry_view(entry: Entry) -> impl IntoView {
    let derivation = |derivation: Derivation| {
        view! {
            <p class="derivation">
                {derivation.text.trim_end_matches('.').to_owned()} ". "
                <span class="source">{derivation.formula} "; " {derivation.source}</span>
            </p>
        }
    };
    view! {
        <tr>
            <th scope="row">{entry.line.label()} {entry.derivations.into_iter().map(derivation).collect_view()}</th>
            <td class="number">{usd_exact(entry.usd)}</td>
            <td class="number">{percent(entry.share)}</td>
        </tr>
    }
}

fn subtotals(amounts: &crate::domain::cost::Lines, total: f64, derivation: &[Derivation]) -> Vec<Subtotal> {
    let mut subtotals: Vec<Subtotal> = Vec::new();
    for line in Line::ALL {
        let usd = amounts.get(line);
        if usd == 0.0 {
            continue;
        }
        let derivations = derivation.iter().filter(|derivation| derivation.line == line).cloned().collect();
        let share = if total > 0.0 { usd / total } else { 0.0 };
        let entry = Entry { line, usd, share, derivations };
        match subtotals.iter_mut().find(|subtotal| subtotal.name == line.guide_subtotal()) {
            Some(subtotal) => {
                subtotal.usd += usd;
                subtotal.entries.push(entry);
            }
            None => subtotals.push(Subtotal { name: line.guide_subtotal(), usd, entries: vec![entry] }),
        }
    }
    subtotals
}
