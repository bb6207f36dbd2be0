//! The record of a decision: all that it rests on as one value, and the same as a document to be signed.
//!
//! A [`Record`] is made from a scenario and its answer ([`record()`]), travels as JSON, and becomes an architecture decision
//! record in Markdown ([`markdown()`]) or a [`document()`] of blocks for paper. Name, author, date and link are given by the caller; nothing here reads a clock.

mod assumptions;
mod basis;
mod context;
mod costs;
mod data;
mod document;
mod exposure;
mod markdown;
mod options;
mod outlook;
mod reasons;
mod sheet;
mod text;

pub(in crate::domain) use assumptions::{estimate_lines, row_lines};
pub use basis::{Basis, Cover};
pub(in crate::domain) use context::input_line;
pub(in crate::domain) use costs::sheets;
pub use data::*;
pub use document::{Block, Run, Runs, document};
pub use markdown::{markdown, written};
pub(in crate::domain) use options::role;
pub use sheet::*;
pub use text::file_stem;

use super::answer::{Answer, FlipSearch, Found, METHOD_VERSION, Today, paths};
use super::case::Case;
use super::input::{REGISTRY_VERSION, registry};
use super::scenario::Scenario;
use text::said;

/// Version of the form of a record.
pub const RECORD_VERSION: u32 = 1;

/// The record of a decision.
pub fn record(basis: &Basis, cover: &Cover) -> Record {
    let given = |text: &str| Some(said(text)).filter(|text| !text.is_empty());
    let shown = assumptions::shown(basis.answer);
    let economics = &basis.case.inputs.economics;
    let work = &basis.case.inputs.work;
    let edition = basis.scenario.rows.edition();
    Record {
        record: RECORD_VERSION,
        name: given(&cover.name).unwrap_or_else(|| "Unnamed scenario".to_owned()),
        date: given(&cover.date),
        author: given(&cover.author),
        link: given(&cover.link),
        versions: RecordVersions {
            inputs: REGISTRY_VERSION,
            catalogue: edition.version,
            catalogue_date: edition.date.to_owned(),
            method: METHOD_VERSION,
        },
        terms: Terms {
            start: economics.start.to_string(),
            horizon_months: economics.horizon as usize,
            discount_rate_a_year: economics.discount_rate,
            requests_per_month: work.requests_per_month,
            growth_per_month: work.growth_per_month,
        },
        context: context::context(basis),
        options: options::options(basis.answer),
        verdict: reasons::verdict(basis.answer),
        steps: reasons::steps(basis.answer),
        rules: reasons::rules(basis.answer),
        costs: costs::sheets(basis.answer, &basis.case.inputs),
        bounds: context::bounds(basis),
        exposure: exposure::exposure(basis),
        rows: row_lines(basis, &shown),
        estimates: estimate_lines(basis, &shown),
        changes: outlook::changes(basis),
        path: outlook::path(basis.paths),
        plan: outlook::plan(basis.answer),
        alternatives: options::alternatives(basis.answer),
        evidence: options::evidence(basis),
        tests: outlook::tests(basis.answer),
        policy: context::policy(basis.scenario),
    }
}

/// The record of a scenario whose case is valid, with everything looked up that it needs: some seconds.
pub fn record_of(scenario: &Scenario, case: &Case, answer: &Answer, cover: &Cover) -> Record {
    let (paths, found) = (paths(case), search(case, answer));
    record(&Basis { scenario, case, answer, paths: &paths, found: &found }, cover)
}

/// What would change the answer, by input: every input is searched.
pub fn search(case: &Case, answer: &Answer) -> Found {
    let today = Today::of(&answer.decided);
    let of_input = |input| {
        let mut search = FlipSearch::new(case, input, &today);
        loop {
            if let Some(flips) = search.step() {
                return flips;
            }
        }
    };
    registry().map(|input| (input.id, of_input(input))).collect()
}
