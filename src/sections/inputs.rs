//! The form: a few basic questions, the rest one click away, all from the registry.

mod group;
mod open_groups;

use leptos::prelude::*;

use crate::domain::input::{Group, registry};
use group::GroupFields;
use open_groups::OpenGroups;

/// All inputs in their groups.
#[component]
pub fn InputForm() -> impl IntoView {
    let open = OpenGroups::new();
    let groups = Group::ALL.into_iter().map(|group| view! { <GroupFields group open /> });
    view! {
        <form class="inputs" id="inputs" aria-label="Inputs" on:submit=|event| event.prevent_default()>
            <p class="inputs-head">
                <span>"Describe your task. The answer follows as you type."</span>
                <ShowAll open />
            </p>
            {groups.collect_view()}
        </form>
    }
}

#[component]
fn ShowAll(open: OpenGroups) -> impl IntoView {
    let all = registry().count();
    let basic = registry().filter(|record| record.basic).count();
    let words = move || match open.are_all() {
        true => format!("Only the {basic} basic inputs"),
        false => format!("Show all {all} inputs"),
    };
    view! {
        <button
            type="button"
            class="link"
            data-all-inputs="all"
            aria-expanded=move || open.are_all().to_string()
            prop:textContent=words
            on:click=move |_| open.toggle_all()
        />
    }
}
