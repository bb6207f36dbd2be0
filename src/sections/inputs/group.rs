//! One group of the form.

use leptos::prelude::*;

use crate::format::lower_first;

use super::OpenGroups;
use crate::components::fields::InputField;
use crate::domain::input::{Group, Input, registry};
use crate::state::store;

/// Heading, basic questions, and the button for the rest.
#[component]
pub fn GroupFields(group: Group, open: OpenGroups) -> impl IntoView {
    let store = store();
    let records: Vec<&'static Input> = registry().filter(|record| record.group == group).collect();
    let count = records.len();
    let ids: Vec<&'static str> =
        records.iter().filter(|record| !record.basic).map(|record| record.id).collect();
    let hidden_ids = StoredValue::new(ids);
    // A field that is wrong must be seen.
    let has_hidden_error = Memo::new(move |_| {
        store.errors().with(|errors| {
            hidden_ids.with_value(|ids| errors.iter().any(|error| ids.contains(&error.id.as_str())))
        })
    });
    let hidden_changes = Memo::new(move |_| {
        store.scenario().with(|scenario| {
            hidden_ids.with_value(|ids| ids.iter().filter(|id| scenario.is_changed(id)).count())
        })
    });
    // It stays open when the error is mended: the field is still being edited.
    Effect::new(move |_| {
        if has_hidden_error.get() {
            open.open(group);
        }
    });
    // So must one that is asked for.
    Effect::new(move |_| {
        let wanted = store.attention().get();
        if wanted.is_some_and(|id| hidden_ids.with_value(|ids| ids.contains(&id))) {
            open.open(group);
        }
    });
    let is_open = Memo::new(move |_| open.contains(group));
    let shown = Memo::new(move |_| {
        let all = is_open.get();
        records.iter().filter(|record| all || record.basic).map(|record| record.id).collect::<Vec<_>>()
    });
    let about = about(group);
    let words = move || match (is_open.get(), hidden_changes.get()) {
        (true, _) => format!("Fewer inputs about {about}"),
        (false, 0) => format!("All {count} inputs about {about}"),
        (false, changed) => format!("All {count} inputs about {about} ({changed} changed)"),
    };
    view! {
        <section class="group" aria-labelledby=format!("group-{}", id_of(group))>
            <h2 id=format!("group-{}", id_of(group))>{group.label()}</h2>
            <For each=move || shown.get() key=|id| *id let:id>
                {crate::domain::input::input(id).map(|record| view! { <InputField record /> })}
            </For>
            <button
                type="button"
                class="link more"
                data-all-inputs=id_of(group)
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| open.toggle(group)
            >
                {words}
            </button>
        </section>
    }
}

/// Key of a group in the page.
fn id_of(group: Group) -> &'static str {
    match group {
        Group::Work => "work",
        Group::Quality => "quality",
        Group::Data => "data",
        Group::Constraints => "constraints",
        Group::Team => "team",
        Group::Economics => "economics",
        Group::Models => "models",
    }
}

/// The group's label within a sentence.
fn about(group: Group) -> String {
    lower_first(group.label())
}
