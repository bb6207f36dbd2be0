//! Integration tests of the pure core, on whole evaluations, as a reader of the method would check it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise, its helpers too")]

#[macro_use]
mod support;

mod bands;
mod consistent;
mod coverage;
mod crossing_words;
mod earlier_catalogue;
mod field;
mod gpus;
mod grid;
mod hostile;
mod inputs_of_experts;
mod invariants;
mod knowledge;
mod layering;
mod layers;
mod limits;
mod measured;
mod money;
mod negative;
mod on_paper;
mod on_paper_gpus;
mod own_rows;
mod personas;
mod personas_of_papers;
mod plain_ledger;
mod properties;
mod random;
mod ranges;
mod record;
mod rising;
mod sceptic;
mod screens;
mod shell;
mod side_by_side;
mod since;
mod strips;
mod today;
mod traceable;
mod validation;
mod words;
mod workbook;
