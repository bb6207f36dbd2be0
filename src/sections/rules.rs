//! The whole table of rules, ours and a policy's: what each says, and for which strategies it fired.

mod rows;

use leptos::prelude::*;

use crate::components::search_bar::SearchBar;
use crate::components::source::SourceText;
use crate::domain::units::words::counted;
use crate::state::Page;
use rows::{Row, rows, shown};
pub use rows::{SETS, names_of};

/// The table, with a field to search it and a switch for the rules that fired.
#[component]
pub fn RuleList() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let only_fired = RwSignal::new(false);
    let rows = all_rows(Page::get());
    let shown = Memo::new(move |_| shown(rows.get(), &query.read(), only_fired.get()));
    let count = Memo::new(move |_| shown.with(|rows| tally(rows)));
    view! {
        <div>
            <SearchBar query=query count=count>
                <label>
                    <input
                        type="checkbox"
                        on:change=move |event| only_fired.set(event_target_checked(&event))
                    />
                    " Only those that fired"
                </label>
            </SearchBar>
            <div data-testid="rule-table">
                <Groups rows=shown />
            </div>
        </div>
    }
}

/// All rules; they change with the policy and the answer.
fn all_rows(page: Page) -> Memo<Vec<Row>> {
    let policy = Memo::new(move |_| page.rows.with(|rows| rows.policy().cloned()));
    Memo::new(move |_| page.answer.with(|answer| rows(policy.get().as_deref(), answer)))
}

fn tally(rows: &[Row]) -> String {
    let fired = rows.iter().filter(|row| !row.fired.is_empty()).count();
    format!("{}, {fired} fired", counted(&rows.len().to_string(), "rule"))
}

/// Rules under the heading of their group.
#[component]
fn Groups(rows: Memo<Vec<Row>>) -> impl IntoView {
    let groups = Memo::new(move |_| {
        let mut groups: Vec<String> = rows.with(|rows| rows.iter().map(|row| row.group.clone()).collect());
        groups.dedup();
        groups
    });
    view! {
        <For each=move || groups.get() key=Clone::clone let:group>
            <RuleGroup group rows />
        </For>
        <Show when=move || groups.with(Vec::is_empty)>
            <p class="hint">"No rule holds these words."</p>
        </Show>
    }
}

#[component]
fn RuleGroup(group: String, rows: Memo<Vec<Row>>) -> impl IntoView {
    let heading = group.clone();
    let of_group =
        move || rows.with(|rows| rows.iter().filter(|row| row.group == group).cloned().collect::<Vec<_>>());
    view! {
        <h4>{heading}</h4>
        <ul class="rules">
            <For each=of_group key=Clone::clone let:row>
                <RuleItem row />
            </For>
        </ul>
    }
}

#[component]
fn RuleItem(row: Row) -> impl IntoView {
    let fired = match row.fired.len() {
        0 => view! { <p class="unfired">"Did not fire."</p> }.into_any(),
        _ => view! { <p class="fired">{format!("Fired for {}.", row.fired.join("; "))}</p> }.into_any(),
    };
    let relax = row.relax.as_ref().map_or_else(String::new, |relax| format!("Would lift it: {relax}. "));
    let source = row.source.trim_end_matches('.').to_owned();
    let (effect, id) = (format!(" {}: {}", row.effect, row.on), row.id.clone());
    view! {
        <li data-rule=id>
            <p>
                <b>{row.id}</b>
                {effect}
            </p>
            <p>{format!("{}: “{}”", row.condition, row.reason)}</p>
            {fired}
            <p class="source">{relax} "Source: " <SourceText text=source /> "."</p>
        </li>
    }
}
