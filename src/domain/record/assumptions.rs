//! Values that nobody stated: rows of the catalogue and estimates with a range, each with its source.

use super::basis::Basis;
use super::data::{EffectLine, EstimateLine, RowLine};
use super::text::said;
use crate::domain::answer::{Answer, Assessment, Lead, Uncertain};
use crate::domain::catalog::own::Table;
use crate::domain::catalog::{Provenance, provider_name};
use crate::domain::input::asked_by;
use crate::domain::units::words::count_exact;

/// The strategies whose costs the record tells.
pub fn shown(answer: &Answer) -> Vec<&Assessment> {
    let lead = answer.decided.lead();
    lead.into_iter().flat_map(|Lead { first, rival, .. }| [first].into_iter().chain(rival)).collect()
}

/// The rows of the catalogue that the costs of some strategies are read from, each once.
pub fn row_lines(basis: &Basis, strategies: &[&Assessment]) -> Vec<RowLine> {
    let mut used: Vec<&(Table, String)> = Vec::new();
    for row in strategies.iter().flat_map(|one| &one.rows) {
        if !used.contains(&row) {
            used.push(row);
        }
    }
    used.into_iter().filter_map(|(table, id)| row(*table, id, basis)).collect()
}

fn row(table: Table, id: &str, basis: &Basis) -> Option<RowLine> {
    let rows = &basis.scenario.rows;
    let (place, cells) =
        rows.cells(table).into_iter().enumerate().find(|(_, cells)| table.id(cells) == id)?;
    let known: &dyn Provenance = table.provenance(&basis.case.catalog, place)?;
    let note = table.note_column();
    let columns = table.columns().iter().filter(|column| column.name != note);
    let values = columns.filter_map(|column| {
        let cell = table.cell(&cells, column.name);
        let words = match column.name {
            "provider" => provider_name(cell),
            _ => column.display(cell).text,
        };
        (!cell.is_empty() && cell != id).then(|| said(&format!("{}: {words}", column.label)))
    });
    Some(RowLine {
        table: table.label().to_owned(),
        id: said(id),
        values: values.collect(),
        source: said(known.source()),
        as_of: known
            .as_of()
            .map_or_else(|| format!("compiled {}", rows.edition().date), |month| month.to_string()),
        confidence: known.confidence().label().to_owned(),
    })
}

/// Estimates with a range that the costs of some strategies rest on, each once.
pub fn estimate_lines(basis: &Basis, strategies: &[&Assessment]) -> Vec<EstimateLine> {
    let mut figures: Vec<Uncertain> = Vec::new();
    for swing in strategies.iter().flat_map(|one| &one.swings) {
        if !figures.contains(&swing.of) {
            figures.push(swing.of);
        }
    }
    figures.into_iter().filter_map(|of| estimate(of, strategies, basis)).collect()
}

fn estimate(of: Uncertain, shown: &[&Assessment], basis: &Basis) -> Option<EstimateLine> {
    let effect = |one: &&Assessment| {
        let swing = one.swings.iter().find(|swing| swing.of == of)?;
        let strategy = said(&one.name);
        Some(EffectLine { strategy, at_low_usd: swing.at_low, at_high_usd: swing.at_high })
    };
    let effects: Vec<EffectLine> = shown.iter().filter_map(effect).collect();
    // One estimate may stand behind several strategies: it is named by those that it moves.
    let moved = effects.iter().map(|effect| effect.strategy.as_str()).collect::<Vec<_>>().join(" and ");
    let line = match of {
        Uncertain::Hours(id) => {
            let row = basis.case.catalog.effort(id)?;
            let date = basis.scenario.rows.edition().date;
            EstimateLine {
                label: said(asked_by(row)),
                value: row.number_words(row.likely),
                range: format!("{} to {}", row.number_words(row.low), row.number_words(row.high)),
                unit: row.unit_words(),
                source: match &row.source {
                    Some(source) => format!("{source}, {date}, {}", row.basis.label()),
                    None => format!("{}, {date}", row.source()),
                },
                effects,
            }
        }
        Uncertain::ServingSpeed(id) => {
            let (low, likely, high) = basis.answer.get(id)?.hardware.as_ref()?.tokens_per_second;
            EstimateLine {
                label: format!("Serving speed of one replica, {moved}"),
                value: count_exact(libm::round(likely)),
                range: format!("{} to {}", count_exact(libm::round(low)), count_exact(libm::round(high))),
                unit: "output tokens a second".to_owned(),
                source: "method §5, calibrated on published measurements; its band".to_owned(),
                effects,
            }
        }
        Uncertain::TrainingHours(_) => EstimateLine {
            label: format!("GPU-hours of training, {moved}"),
            value: "as derived under “Training compute”".to_owned(),
            range: "as given there, in brackets".to_owned(),
            unit: "GPU-hours of one run".to_owned(),
            source: "method §5, calibrated on published measurements; its band".to_owned(),
            effects,
        },
    };
    Some(EstimateLine { label: said(&line.label), source: said(&line.source), ..line })
}
