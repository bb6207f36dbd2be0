//! One group of the form: a line with its name and its key value, and fields that open below it.

use leptos::html::Details;
use leptos::prelude::*;

use super::first::{first, key, name};
use super::open_groups::OpenGroups;
use super::questions::is_question;
use crate::components::fields::InputField;
use crate::domain::answer::key_value;
use crate::domain::input::{Group, Input, input, is_asked_for, registry};
use crate::state::Page;

/// A group; its fields are there while it is open.
#[component]
pub fn GroupFields(group: Group, open: OpenGroups) -> impl IntoView {
    let details = NodeRef::<Details>::new();
    open_for_what_must_be_seen(group, open);
    let toggled = move |_| {
        if let Some(details) = details.get_untracked() {
            open.set_open(group, details.open());
        }
    };
    view! {
        <details
            class="group"
            data-group=key(group)
            node_ref=details
            prop:open=move || open.is_open(group)
            on:toggle=toggled
        >
            <summary>
                <GroupLine group />
            </summary>
            <Show when=move || open.is_open(group)>
                <OpenGroup group open />
            </Show>
        </details>
    }
}

/// Name and key value, marked where something is wrong or changed.
#[component]
fn GroupLine(group: Group) -> impl IntoView {
    let page = Page::get();
    let case = page.case;
    let value = Memo::new(move |_| case.with(|case| key_value(group, &case.inputs)));
    let is_wrong = Memo::new(move |_| records(group).any(|record| page.is_wrong(record.id)));
    let changed = Memo::new(move |_| records(group).filter(|record| page.is_changed(record.id)).count());
    let told = move || match (is_wrong.get(), changed.get()) {
        (true, _) => ", needs attention".to_owned(),
        (false, 0) => String::new(),
        (false, count) => format!(", {count} changed"),
    };
    view! {
        <span
            class="group-name"
            class:is-changed=move || { changed.get() > 0 }
            class:is-wrong=is_wrong
        >
            {name(group)}
            <span class="unseen" prop:textContent=told />
        </span>
        <span class="group-value" prop:textContent=value />
    }
}

/// What stands first, what an answer asks for, and the rest behind a link.
#[component]
fn OpenGroup(group: Group, open: OpenGroups) -> impl IntoView {
    let page = Page::get();
    let asked_for = Memo::new(move |_| {
        page.case.with(|case| {
            let asked_for = rest(group).filter(|record| is_asked_for(record, &case.inputs));
            asked_for.map(|record| record.id).collect::<Vec<_>>()
        })
    });
    let is_asked = move |record: &&Input| asked_for.with(|ids| ids.contains(&record.id));
    let shown = move || {
        let mut shown: Vec<_> = first(group).iter().filter_map(|id| input(id)).collect();
        for record in rest(group).filter(is_asked) {
            shown.insert(place_of(record, &shown), record);
        }
        if open.is_in_full(group) {
            shown.extend(rest(group).filter(|record| !is_asked(record)));
        }
        shown
    };
    view! {
        <div class="group-fields" role="group" aria-label=group.label()>
            <For each=shown key=|record| record.id let:record>
                <InputField record />
            </For>
            <MoreButton group open asked_for />
        </div>
    }
}

/// Where a field that an answer asks for stands among those shown: behind the nearest of them that is declared before
/// it, so that it follows the answer.
fn place_of(record: &Input, shown: &[&Input]) -> usize {
    let before = records(record.group).take_while(|other| other.id != record.id);
    before
        .filter_map(|other| shown.iter().position(|one| one.id == other.id))
        .last()
        .map_or(0, |place| place + 1)
}

/// The link to the rest and back.
#[component]
fn MoreButton(group: Group, open: OpenGroups, asked_for: Memo<Vec<&'static str>>) -> impl IntoView {
    let page = Page::get();
    let hidden = move || {
        let asked_for = asked_for.get();
        rest(group).filter(move |record| !asked_for.contains(&record.id))
    };
    let words = move || {
        let changed = hidden().filter(|record| page.is_changed(record.id)).count();
        match (open.is_in_full(group), changed) {
            (true, _) => "Fewer".to_owned(),
            (false, 0) => format!("{} more", hidden().count()),
            (false, changed) => format!("{} more, {changed} changed", hidden().count()),
        }
    };
    view! {
        <button
            type="button"
            class="link more-inputs"
            data-all-inputs=key(group)
            aria-expanded=move || open.is_in_full(group).to_string()
            prop:textContent=words
            on:click=move |_| open.set_in_full(group, !open.is_in_full(group))
        />
    }
}

/// Open a group for a field that is asked for, wrong or tried; in full where the field is among the rest.
///
/// It stays open when the error is mended: the field is still being edited.
fn open_for_what_must_be_seen(group: Group, open: OpenGroups) {
    let page = Page::get();
    // Apart from the others: a field that is asked for may be wrong, and stand in a group that the reader closed.
    let asked_for = Memo::new(move |_| {
        let id = page.attention.get()?;
        records(group).find(|record| record.id == id).map(|record| record.id)
    });
    let wrong_or_tried = Memo::new(move |_| {
        let is_seen = |record: &&Input| page.is_wrong(record.id) || page.is_tried(record.id);
        records(group).filter(is_seen).map(|record| record.id).collect::<Vec<_>>()
    });
    Effect::new(move |_| {
        let mut seen = wrong_or_tried.get();
        seen.extend(asked_for.get());
        if seen.is_empty() {
            return;
        }
        if rest(group).any(|record| seen.contains(&record.id)) {
            open.set_in_full(group, true);
        }
        open.set_open(group, true);
    });
}

/// The inputs of a group, without the questions.
fn records(group: Group) -> impl Iterator<Item = &'static Input> {
    registry().filter(move |record| record.group == group && !is_question(record))
}

/// Those that do not stand first.
fn rest(group: Group) -> impl Iterator<Item = &'static Input> {
    records(group).filter(move |record| !first(group).contains(&record.id))
}
