//! One group of the form.

use leptos::prelude::*;

use super::open_groups::OpenGroups;
use crate::components::fields::InputField;
use crate::domain::input::{Group, Input, is_asked_for, registry};
use crate::domain::units::words::lower_first;
use crate::state::Page;

/// Heading, basic questions with those that an answer asks for, and the button for the rest.
#[component]
pub fn GroupFields(group: Group, open: OpenGroups) -> impl IntoView {
    let heading = format!("group-{}", id_of(group));
    let of_section = heading.clone();
    let page = Page::get();
    let asked_for = Memo::new(move |_| {
        page.case.with(|case| {
            let asked_for = records(group).filter(|record| is_asked_for(record, &case.inputs));
            asked_for.map(|record| record.id).collect::<Vec<_>>()
        })
    });
    let shown = move || {
        let (all, asked_for) = (open.contains(group), asked_for.get());
        let is_shown = |record: &&Input| all || record.basic || asked_for.contains(&record.id);
        records(group).filter(is_shown).collect::<Vec<_>>()
    };
    view! {
        <section class="group" aria-labelledby=of_section>
            <h2 id=heading>{group.label()}</h2>
            <For each=shown key=|record| record.id let:record>
                <InputField record />
            </For>
            <MoreButton group open />
        </section>
    }
}

fn records(group: Group) -> impl Iterator<Item = &'static Input> {
    registry().filter(move |record| record.group == group)
}

/// The inputs of a group that stand behind its button.
fn hidden(group: Group) -> impl Iterator<Item = &'static Input> {
    records(group).filter(|record| !record.basic)
}

/// Shows the rest; opens by itself for a field that must be seen.
#[component]
fn MoreButton(group: Group, open: OpenGroups) -> impl IntoView {
    let page = Page::get();
    let must_be_seen = Memo::new(move |_| {
        let attention = page.attention.get();
        hidden(group).any(|record| {
            attention == Some(record.id) || page.is_wrong(record.id) || page.is_tried(record.id)
        })
    });
    Effect::new(move |_| {
        // It stays open when the error is mended: the field is still being edited.
        if must_be_seen.get() {
            open.open(group);
        }
    });
    let changed = Memo::new(move |_| hidden(group).filter(|record| page.is_changed(record.id)).count());
    let count = records(group).count();
    let words = move || {
        let about = lower_first(group.label());
        match (open.contains(group), changed.get()) {
            (true, _) => format!("Fewer inputs about {about}"),
            (false, 0) => format!("All {count} inputs about {about}"),
            (false, changed) => format!("All {count} inputs about {about} ({changed} changed)"),
        }
    };
    view! {
        <button
            type="button"
            class="link more"
            data-all-inputs=id_of(group)
            aria-expanded=move || open.contains(group).to_string()
            prop:textContent=words
            on:click=move |_| open.toggle(group)
        />
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
