//! The form: four questions, and seven groups that open in place, all from the registry.

mod first;
mod group;
mod open_groups;
mod questions;

use leptos::prelude::*;

use crate::domain::input::Group;
use group::GroupFields;
use open_groups::OpenGroups;
use questions::Questions;

/// All inputs: the questions that decide most, then the groups.
#[component]
pub fn InputForm() -> impl IntoView {
    let open = OpenGroups::new();
    let groups = Group::ALL.into_iter().map(|group| view! { <GroupFields group open /> });
    view! {
        <form class="inputs" id="inputs" aria-labelledby="inputs-title" on:submit=|event| event.prevent_default()>
            <h2 id="inputs-title">"Your task"</h2>
            <p class="lead">"The guide’s three questions, and the volume."</p>
            <Questions />
            <div class="groups">{groups.collect_view()}</div>
        </form>
    }
}
