//! What a policy may name, as tables to search.

use leptos::prelude::*;

use crate::components::disclosure::Disclosure;
use crate::components::table::{SearchableTable, Table};
use crate::domain::catalog::own;
use crate::domain::input::registry;
use crate::domain::rules::{FACTS, Fact};
use crate::domain::scenario::policy::vocabulary::{of_column, of_fact, of_input};
use crate::domain::strategy::StrategyId;
use crate::domain::units::Cell;
use crate::sections::rules::SETS;

/// One table for each kind of name, each to open.
#[component]
pub fn Vocabulary() -> impl IntoView {
    view! {
        <div>
            <p>"What it may name:"</p>
            <Names title="Strategies and sets of them, for “on” and “excluded”" table=strategies />
            <Names title="Facts, for “when”" table=facts />
            <Names title="Columns, for “catalogue”" table=columns />
            <Names title="Inputs, for “defaults”" table=inputs />
        </div>
    }
}

#[component]
fn Names(title: &'static str, table: fn() -> Table) -> impl IntoView {
    view! {
        <Disclosure class="policy-names" summary=move || title>
            <SearchableTable table=Signal::stored(table()) />
        </Disclosure>
    }
}

fn strategies() -> Table {
    let ids = StrategyId::ALL.into_iter().map(|id| [id.key().to_owned(), id.strategy().name.to_owned()]);
    let sets = SETS.iter().map(|(key, words)| [(*key).to_owned(), (*words).to_owned()]);
    table("Strategies", ["Key", "What it is"], ids.chain(sets))
}

fn facts() -> Table {
    let row = |fact: &Fact| [fact.id.to_owned(), fact.label.to_owned(), of_fact(fact)];
    table("Facts", ["Fact", "What it is", "Values"], FACTS.iter().map(row))
}

fn columns() -> Table {
    let rows = own::Table::ALL.into_iter().flat_map(|table| {
        table.columns().iter().map(move |column| {
            [table.key().to_owned(), column.name.to_owned(), column.label.to_owned(), of_column(column)]
        })
    });
    table("Columns", ["Table", "Column", "What it is", "Values"], rows)
}

fn inputs() -> Table {
    let rows = registry().map(|input| [input.id.to_owned(), input.label.to_owned(), of_input(input)]);
    table("Inputs", ["Input", "What it is", "Values"], rows)
}

fn table<const COLUMNS: usize>(
    caption: &str,
    head: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Table {
    Table {
        caption: caption.to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.map(|texts| texts.map(Cell::from).into()).collect(),
        word_columns: (COLUMNS, 0),
    }
}
