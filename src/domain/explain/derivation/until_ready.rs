//! What is paid for the strategy that serves until the cut-over.

use super::line::Derivation;
use crate::domain::cost::{Costed, Ledger, Line, UntilReady, Variant};
use crate::domain::units::words::usd_exact;

/// What is paid for the strategy that serves until the cut-over, line by line; retrieval of one that retrieves itself is
/// said by its own line.
pub(super) fn of_what_serves(
    until: &UntilReady,
    before: &Variant,
    ledger: &Ledger,
    costed: &Costed,
) -> Vec<Derivation> {
    let own_from = costed.model.as_ref().map_or(1, |model| model.own_from);
    let UntilReady { name, one_offs, .. } = until;
    let last = own_from.saturating_sub(1);
    let months = if last == 1 { "month 1".to_owned() } else { format!("months 1 to {last}") };
    let mut derivations = Vec::new();
    for line in Line::ALL.into_iter().filter(|line| *line != Line::Retrieval || !costed.retrieves()) {
        let running = ledger.months.iter().zip(&ledger.discount).skip(1).take(last);
        let running: f64 = running.map(|(lines, factor)| lines.get(line) * factor).sum();
        let once = one_offs.get(line) + before.fixed.first().map_or(0.0, |lines| lines.get(line));
        let parts = [(running, "of its running costs"), (once, "once for what is not shared")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(usd, _)| *usd > 0.0)
            .map(|(usd, what)| format!("{} {what}", usd_exact(*usd)))
            .collect();
        if !parts.is_empty() {
            derivations.push(Derivation {
                line,
                text: format!(
                    "until this is ready, in {months}, “{name}” serves: {} in today’s money, derived there",
                    parts.join(" and ")
                ),
                formula: "method §6, time to market",
                source: format!("the same line of “{name}”"),
            });
        }
    }
    derivations
}
