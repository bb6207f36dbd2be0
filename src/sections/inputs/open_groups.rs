//! Which groups of the form are open.

use leptos::prelude::*;

use crate::domain::input::Group;

/// Which groups show all their inputs.
#[derive(Clone, Copy)]
pub struct OpenGroups(RwSignal<Vec<Group>>);

impl OpenGroups {
    /// None yet.
    pub fn new() -> Self {
        OpenGroups(RwSignal::new(Vec::new()))
    }

    /// Whether a group shows all; followed.
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

    /// Whether all groups show all; followed.
    pub fn are_all(&self) -> bool {
        self.0.with(|open| open.len() == Group::ALL.len())
    }

    /// Show all of every group, or only the basic questions.
    pub fn toggle_all(&self) {
        self.0.update(|open| {
            *open = if open.len() == Group::ALL.len() { Vec::new() } else { Group::ALL.to_vec() };
        });
    }
}
