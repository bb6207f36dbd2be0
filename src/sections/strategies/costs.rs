//! The lines of a strategy's ledger, under the guide's subtotals, each with how it came about.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::source::SourceText;
use crate::domain::answer::{Answer, Derivation};
use crate::domain::cost::{Line, Lines};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{NONE, percent, usd_exact};
use crate::state::Page;

/// One line with its amount and derivation.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    line: Line,
    usd: f64,
    /// Of the total, in which wrong answers are.
    share: Option<f64>,
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
    let subtotals = Page::get().read(move |answer| subtotals_of(answer, id));
    view! {
        <div>
            <Anew of=move || subtotals.get() let:subtotals>
                {subtotals.map(table)}
            </Anew>
        </div>
    }
}

/// The subtotals of one strategy; none where its cost is unknown.
fn subtotals_of(answer: &Answer, id: StrategyId) -> Option<Vec<Subtotal>> {
    let cost = answer.get(id)?.cost.as_ref().ok()?;
    Some(subtotals(&cost.ledger.by_line(), cost.total(), &answer.explanation(id)?.derivations))
}

fn table(subtotals: Vec<Subtotal>) -> AnyView {
    view! {
        <table class="costs">
            <caption class="unseen">"Cost lines in today’s money, under the guide’s subtotals"</caption>
            <thead>
                <tr>
                    <th scope="col">"Line"</th>
                    <th scope="col" class="number">
                        "Amount"
                    </th>
                    <th scope="col" class="number">
                        "Share"
                    </th>
                </tr>
            </thead>
            {subtotals.into_iter().map(body).collect_view()}
        </table>
    }
    .into_any()
}

fn body(subtotal: Subtotal) -> AnyView {
    view! {
        <tbody>
            <tr class="subtotal">
                <th scope="rowgroup">{subtotal.name}</th>
                <td class="number">{usd_exact(subtotal.usd)}</td>
                <td></td>
            </tr>
            {subtotal.entries.iter().map(entry_row).collect_view()}
        </tbody>
    }
    .into_any()
}

fn entry_row(entry: &Entry) -> AnyView {
    view! {
        <tr>
            <th scope="row">
                {entry.line.label()} {entry.derivations.iter().map(derivation_line).collect_view()}
            </th>
            <td class="number">{usd_exact(entry.usd)}</td>
            <td class="number">{entry.share.map_or(NONE.to_owned(), percent)}</td>
        </tr>
    }
    .into_any()
}

fn derivation_line(derivation: &Derivation) -> AnyView {
    let text = format!("{}. ", derivation.text.trim_end_matches('.'));
    let source = format!("{}; {}", derivation.formula, derivation.source);
    view! { <p class="derivation">{text} <span class="source"><SourceText text=source /></span></p> }
        .into_any()
}

fn subtotals(amounts: &Lines, total: f64, derivation: &[Derivation]) -> Vec<Subtotal> {
    let mut subtotals: Vec<Subtotal> = Vec::new();
    for line in Line::ALL {
        let usd = amounts.get(line);
        if usd == 0.0 {
            continue;
        }
        let derivations = derivation.iter().filter(|derivation| derivation.line == line).cloned().collect();
        let share = (total > 0.0).then(|| usd / total);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_answers_have_their_share_of_the_total() {
        let mut amounts = Lines::default();
        amounts.add(Line::Tokens, 100.0);
        amounts.add(Line::Errors, 300.0);
        let shares = subtotals(&amounts, 400.0, &[]).into_iter().flat_map(|subtotal| subtotal.entries);
        let shares: Vec<(Line, Option<f64>)> = shares.map(|entry| (entry.line, entry.share)).collect();
        assert_eq!(shares, [(Line::Tokens, Some(0.25)), (Line::Errors, Some(0.75))]);
    }
}
