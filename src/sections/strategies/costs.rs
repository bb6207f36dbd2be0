//! The lines of a strategy's ledger, under the guide's subtotals, each with how it came about.

use crate::browser::dom::{El, el};
use crate::domain::cost::Line;
use crate::domain::evaluation::Derivation;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{NONE, percent, usd_exact};
use crate::state::store;

/// One line with its amount and derivation.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    line: Line,
    usd: f64,
    /// Of the total; wrong answers are beside it.
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
pub fn cost_lines(id: StrategyId) -> El {
    let store = store();
    el("div").anew(move || {
        store.read(|evaluation| {
            let cost = evaluation.get(id).and_then(|assessment| assessment.cost.as_ref().ok());
            cost.map(|cost| table(&subtotals(&cost.ledger.by_line(), cost.tco, &cost.derivation)))
                .into_iter()
                .collect()
        })
    })
}

fn table(subtotals: &[Subtotal]) -> El {
    let heads = [("", "Line"), ("number", "Amount"), ("number", "Share")];
    let heads = heads.map(|(class, head)| el("th").attr("scope", "col").class(class).text(head));
    el("table")
        .class("costs")
        .child(el("caption").class("unseen").text("Cost lines in today’s money, under the guide’s subtotals"))
        .child(el("thead").child(el("tr").children(heads)))
        .children(subtotals.iter().map(body))
}

fn body(subtotal: &Subtotal) -> El {
    let row = el("tr")
        .class("subtotal")
        .child(el("th").attr("scope", "rowgroup").text(subtotal.name))
        .child(number(&usd_exact(subtotal.usd)))
        .child(el("td"));
    el("tbody").child(row).children(subtotal.entries.iter().map(entry_row))
}

fn entry_row(entry: &Entry) -> El {
    let derivation = |derivation: &Derivation| {
        let source = format!("{}; {}", derivation.formula, derivation.source);
        el("p")
            .class("derivation")
            .text(&format!("{}. ", derivation.text.trim_end_matches('.')))
            .child(el("span").class("source").text(&source))
    };
    let name = el("th").attr("scope", "row").text(entry.line.label());
    el("tr")
        .child(name.children(entry.derivations.iter().map(derivation)))
        .child(number(&usd_exact(entry.usd)))
        .child(number(&entry.share.map_or(NONE.to_owned(), percent)))
}

fn number(text: &str) -> El {
    el("td").class("number").text(text)
}

fn subtotals(amounts: &crate::domain::cost::Lines, total: f64, derivation: &[Derivation]) -> Vec<Subtotal> {
    let mut subtotals: Vec<Subtotal> = Vec::new();
    for line in Line::ALL {
        let usd = amounts.get(line);
        if usd == 0.0 {
            continue;
        }
        let derivations = derivation.iter().filter(|derivation| derivation.line == line).cloned().collect();
        let share = (total > 0.0 && line != Line::Errors).then(|| usd / total);
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
    use crate::domain::cost::Lines;

    #[test]
    fn wrong_answers_have_no_share_of_a_total_that_they_are_no_part_of() {
        let mut amounts = Lines::default();
        amounts.add(Line::Tokens, 100.0);
        amounts.add(Line::Errors, 486.4);
        let shares = subtotals(&amounts, 100.0, &[]).into_iter().flat_map(|subtotal| subtotal.entries);
        let shares: Vec<(Line, Option<f64>)> = shares.map(|entry| (entry.line, entry.share)).collect();
        assert_eq!(shares, [(Line::Tokens, Some(1.0)), (Line::Errors, None)]);
    }
}
