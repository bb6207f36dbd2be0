//! Which groups of the form are open.

use leptos::prelude::*;

use crate::domain::input::Group;

/// Which groups are open, and which of them show all their inputs.
#[derive(Clone, Copy)]
pub struct OpenGroups {
    open: RwSignal<Vec<Group>>,
    in_full: RwSignal<Vec<Group>>,
}

impl OpenGroups {
    /// None yet.
    pub fn new() -> Self {
        OpenGroups { open: RwSignal::new(Vec::new()), in_full: RwSignal::new(Vec::new()) }
    }

    /// Whether a group is open; followed.
    pub fn is_open(&self, group: Group) -> bool {
        self.open.with(|open| open.contains(&group))
    }

    /// Whether a group shows all, once it is open; followed.
    pub fn is_in_full(&self, group: Group) -> bool {
        self.in_full.with(|all| all.contains(&group))
    }

    /// Open a group or close it.
    pub fn set_open(&self, group: Group, is_open: bool) {
        set(self.open, group, is_open);
    }

    /// Show all of a group, or what stands first.
    pub fn set_in_full(&self, group: Group, is_in_full: bool) {
        set(self.in_full, group, is_in_full);
    }
}

/// Put a group into a list or take it out; nothing is told where nothing changes.
fn set(list: RwSignal<Vec<Group>>, group: Group, is_in: bool) {
    if list.with_untracked(|list| list.contains(&group)) == is_in {
        return;
    }
    list.update(|list| match is_in {
        true => list.push(group),
        false => list.retain(|other| *other != group),
    });
}
