//! The form: a few basic questions, the rest one click away, all from the registry.

mod group;

use leptos::prelude::*;

use crate::domain::input::{Group, registry};
use crate::state::store;
use group::GroupFields;

/// Which groups show all their inputs.
#[derive(Clone, Copy)]
pub struct OpenGroups(RwSignal<Vec<Group>>);

impl OpenGroups {
    /// Whether a group shows all.
    pub fn contains(&self, group: Group) -> bool {
        self.0.with(|open| open.contains(&group))
    }

    /// Show all of a group.
    pub fn open(&self, group: Group) {
        if !self.0.with_untracked(|open| open.contains(&group)) {
            self.0.update(|open| open.push(group));
        }
    }

    /// Show all of a group, or only its basic questions.
    pub fn toggle(&self, group: Group) {
        self.0.update(|open| match open.iter().position(|other| *other == group) {
            Some(index) => drop(open.remove(index)),
            None => open.push(group),
        });
    }

    fn are_all(&self) -> bool {
        self.0.with(|open| open.len() == Group::ALL.len())
    }

    fn set_all(&self, all: bool) {
        self.0.set(if all { Group::ALL.to_vec() } else { Vec::new() });
    }
}

/// All inputs in their groups, and the verdict in one line for narrow screens.
#[component]
pub fn InputForm() -> impl IntoView {
    let open = OpenGroups(RwSignal::new(Vec::new()));
    let all = registry().count();
    let basic = registry().filter(|record| record.basic).count();
    let words = move || match open.are_all() {
        true => format!("Only the {basic} basic inputs"),
        false => format!("Show all {all} inputs"),
    };
    view! {
        <form class="inputs" id="inputs" aria-label="Inputs" on:submit=move |event| event.prevent_default()>
            <VerdictLine />
            <p class="inputs-head">
                <span>"Describe your task. The answer follows as you type."</span>
                <button
                    type="button"
                    class="link"
                    data-all-inputs="all"
                    aria-expanded=move || open.are_all().to_string()
                    on:click=move |_| open.set_all(!open.are_all())
                >
                    {words}
                </button>
            </p>
            {Group::ALL.into_iter().map(|group| view! { <GroupFields group open /> }).collect_view()}
        </form>
    }
}

/// The verdict while a field is edited on a narrow screen.
#[component]
fn VerdictLine() -> impl IntoView {
    let store = store();
    let short = store.read(|evaluation| evaluation.advice.short.clone());
    let wrong = move || store.errors().with(|errors| !errors.is_empty());
    view! {
        <p class="verdict-line" data-testid="verdict-line">
            {move || wrong().then_some("Last valid answer: ")} {move || short.get()}
        </p>
    }
}
