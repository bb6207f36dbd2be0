//! The form: a few basic questions, the rest one click away, all from the registry.

mod group;

use crate::browser::dom::{El, button, el};
use crate::domain::input::{Group, registry};
use crate::state::{Watched, store};
use group::group_fields;

/// Which groups show all their inputs.
#[derive(Clone, Copy)]
pub struct OpenGroups(Watched<Vec<Group>>);

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
pub fn input_form() -> El {
    let open = OpenGroups(Watched::new(Vec::new()));
    let all = registry().count();
    let basic = registry().filter(|record| record.basic).count();
    let words = move || match open.are_all() {
        true => format!("Only the {basic} basic inputs"),
        false => format!("Show all {all} inputs"),
    };
    let show_all = button("link")
        .attr("data-all-inputs", "all")
        .live_bool("aria-expanded", move || open.are_all())
        .live(words)
        .on("click", move |_| open.set_all(!open.are_all()));
    let head = el("p")
        .class("inputs-head")
        .child(el("span").text("Describe your task. The answer follows as you type."))
        .child(show_all);
    el("form")
        .attrs(&[("class", "inputs"), ("id", "inputs"), ("aria-label", "Inputs")])
        .on("submit", |event| event.prevent_default())
        .child(verdict_line())
        .child(head)
        .children(Group::ALL.into_iter().map(|group| group_fields(group, open)))
}

/// The verdict while a field is edited on a narrow screen.
fn verdict_line() -> El {
    let store = store();
    let words = move || {
        let last = if store.errors().with(Vec::is_empty) { "" } else { "Last valid answer: " };
        store.read(|evaluation| format!("{last}{}", evaluation.advice.short))
    };
    el("p").attrs(&[("class", "verdict-line"), ("data-testid", "verdict-line")]).live(words)
}
