//! What a policy may name and what each of it may be, in words: for those who write one. The page shows all of it,
//! `docs/POLICY.md` facts and columns.

use crate::domain::catalog::choice::{NameTable, RowTable};
use crate::domain::catalog::own::{CellKind, Column, NumberKind, Table};
use crate::domain::input::{Input, Kind};
use crate::domain::rules::{Fact, Range};
use crate::domain::units::Unit;
use crate::domain::units::words::count_exact;

const YES_OR_NO: &str = "yes or no";
const MONTH: &str = "month, as 2026-12";

/// What a fact may be.
pub fn of_fact(fact: &Fact) -> String {
    let values = match fact.range {
        Range::Numbers(low, high) if (low, high) == (0.0, 1.0) => "0 to 1".to_owned(),
        Range::Numbers(..) => "number".to_owned(),
        Range::YesNo => YES_OR_NO.to_owned(),
        Range::Words(words) => ids(words),
    };
    format!("{values}{}", if fact.may_be_unknown { ", or unknown" } else { "" })
}

/// What a cell of a column may hold.
pub fn of_column(column: &Column) -> String {
    let values = match column.kind {
        CellKind::Name => "name".to_owned(),
        CellKind::Text => "text".to_owned(),
        CellKind::Number(kind, min, max) => {
            let what = match kind {
                NumberKind::Plain => "",
                NumberKind::Whole => "whole, ",
                NumberKind::Tokens => "tokens, ",
                NumberKind::Share => "share, ",
            };
            format!("{what}{}", range(min, max))
        }
        CellKind::Words(words) => words.join(", "),
        CellKind::Day => "day, as 2026-12-31".to_owned(),
        CellKind::Month => MONTH.to_owned(),
        CellKind::Row(table) => key_of(table),
        CellKind::Tiers => "tiers, as 32k 0.5/2.5; 128k 0.8/0.2/4".to_owned(),
    };
    format!("{values}{}", if column.needed { "; needed" } else { "" })
}

/// What the default of an input may be.
pub fn of_input(input: &Input) -> String {
    match input.kind {
        Kind::Number { unit, min, max, optional, whole, .. } => {
            let what = match unit {
                Unit::Share(_) => "share, ",
                _ if whole => "whole, ",
                _ => "",
            };
            let blank = if optional { ", or blank" } else { "" };
            format!("{what}{}{blank}", range(min, max))
        }
        Kind::Choice { options } => ids(options),
        Kind::Flag => YES_OR_NO.to_owned(),
        Kind::Evidence => {
            "right answers of how many, as 190/200; a share; assumed equal; or blank".to_owned()
        }
        Kind::Month => MONTH.to_owned(),
        Kind::Row(RowTable::ApiChat) => format!("{}, sold as chat", key_of(Table::ApiModels)),
        Kind::Row(RowTable::Embedding) => format!("{}, sold as embedding", key_of(Table::ApiModels)),
        Kind::Row(RowTable::OpenModel) => key_of(Table::OpenModels),
        Kind::Row(table) => format!("{}, or auto", key_of(Table::of(table))),
        Kind::Names(NameTable::Providers) => "names of providers, with commas between them".to_owned(),
        Kind::Names(NameTable::Gpus) => "names of GPUs, with commas between them".to_owned(),
    }
}

fn range(min: f64, max: f64) -> String {
    format!("{} to {}", count_exact(min), count_exact(max))
}

fn ids(options: &[(&str, &str)]) -> String {
    options.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ")
}

fn key_of(table: Table) -> String {
    format!("key of a row of {}", table.key())
}
