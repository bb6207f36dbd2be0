//! The lines of a strategy's ledger, under the guide's subtotals, each with how it came about.

use crate::browser::dom::{El, el};
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
        .child(number(&percent(entry.share)))
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
