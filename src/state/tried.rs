//! The fields whose values were tried last.

use leptos::prelude::*;

use super::Page;
use crate::browser::places;

impl Page {
    /// Show and mark the fields of these inputs, and no other; the focus stays.
    pub(super) fn mark_tried(&self, ids: Vec<&'static str>) {
        if let Some(id) = ids.first() {
            places::show_field(id);
        }
        if self.tried.with_untracked(|tried| *tried != ids) {
            self.tried.set(ids);
        }
    }

    /// Whether the value of one input was tried last; followed.
    pub fn is_tried(&self, id: &str) -> bool {
        self.tried.with(|tried| tried.contains(&id))
    }
}
