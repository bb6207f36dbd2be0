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

use super::usage::UsageImport;

/// All inputs: the questions that decide most, then the groups.
#[component]
pub fn InputForm() -> impl IntoView {
    let open = OpenGroups::new();
    // Two columns where there is room for both, so that a group that opens leaves no hole beside it.
    let column = |groups: &[Group]| {
        let groups = groups.iter().map(|group| view! { <GroupFields group=*group open /> });
        view! { <div class="group-column">{groups.collect_view()}</div> }
    };
    let (left, right) = Group::ALL.split_at(Group::ALL.len().div_ceil(2));
    view! {
        <form class="inputs" id="inputs" aria-labelledby="inputs-title" on:submit=|event| event.prevent_default()>
            <h2 id="inputs-title">"Your task"</h2>
            <p class="lead">"The guide’s three questions, and the volume."</p>
            <Questions />
            <UsageImport />
            <div class="groups">{column(left)} {column(right)}</div>
        </form>
    }
}
