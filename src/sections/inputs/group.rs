//! One group of the form.

use std::rc::Rc;

use super::OpenGroups;
use crate::browser::dom::{Build, El, button, el, follow};
use crate::components::fields::input_field;
use crate::domain::input::{Group, Input, registry};
use crate::format::lower_first;
use crate::state::store;

/// Heading, basic questions, and the button for the rest.
pub fn group_fields(group: Group, open: OpenGroups) -> El {
    let heading = format!("group-{}", id_of(group));
    el("section")
        .attrs(&[("class", "group"), ("aria-labelledby", &heading)])
        .child(el("h2").attr("id", &heading).text(group.label()))
        .keyed(move || {
            let all = open.contains(group);
            let field = |record: &'static Input| {
                (record.id.to_owned(), Box::new(move || input_field(record)) as Build)
            };
            records(group).filter(|record| all || record.basic).map(field).collect()
        })
        .child(more_button(group, open))
}

fn records(group: Group) -> impl Iterator<Item = &'static Input> {
    registry().filter(move |record| record.group == group)
}

/// Shows the rest; opens by itself for a field that must be seen.
fn more_button(group: Group, open: OpenGroups) -> El {
    let store = store();
    let hidden = Rc::new(records(group).filter(|record| !record.basic).map(|record| record.id).collect());
    let hidden: Rc<Vec<&'static str>> = hidden;
    let rest = Rc::clone(&hidden);
    follow(move || {
        // It stays open when the error is mended: the field is still being edited.
        let is_wrong = rest.iter().any(|id| store.is_wrong(id));
        let is_wanted = store.attention().get().is_some_and(|id| rest.contains(&id));
        if is_wrong || is_wanted {
            open.open(group);
        }
    });
    let count = records(group).count();
    let about = about(group);
    let words = move || {
        if open.contains(group) {
            return format!("Fewer inputs about {about}");
        }
        match hidden.iter().filter(|id| store.is_changed(id)).count() {
            0 => format!("All {count} inputs about {about}"),
            changed => format!("All {count} inputs about {about} ({changed} changed)"),
        }
    };
    button("link more")
        .attr("data-all-inputs", id_of(group))
        .live_bool("aria-expanded", move || open.contains(group))
        .live(words)
        .on("click", move |_| open.toggle(group))
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

/// The group's label within a sentence.
fn about(group: Group) -> String {
    lower_first(group.label())
}
