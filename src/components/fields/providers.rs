//! Names of providers, any number of them.

use super::frame::{Labelling, field_frame, input_id, label_id};
use crate::browser::dom::{El, el};
use crate::domain::input::{Input, Value};
use crate::domain::scenario::providers;
use crate::state::{Store, store};

/// A set of providers.
pub fn providers_field(record: &'static Input) -> El {
    let group = el("div")
        .attrs(&[
            ("class", "names"),
            ("role", "group"),
            ("id", &input_id(record)),
            ("aria-labelledby", &label_id(record)),
        ])
        .swap(
            move || store().rows().with(|rows| providers(rows.catalog())),
            move |names| names.iter().map(|name| provider(record, name.clone())).collect(),
        );
    field_frame(record, Labelling::Group, None, vec![group])
}

fn provider(record: &'static Input, name: String) -> El {
    let store = store();
    let id = format!("{}-{}", input_id(record), name.replace(' ', "-"));
    let words = name.replace('_', " ");
    let marked = name.clone();
    let control = el("input")
        .attrs(&[("type", "checkbox"), ("id", &id)])
        .live_state("checked", move || names(store, record).contains(&marked))
        .on_checked(move |wanted| {
            let mut names = names(store, record);
            names.retain(|other| *other != name);
            if wanted {
                names.push(name.clone());
                names.sort();
            }
            store.put(record, &Value::Names(names));
        });
    el("label").attrs(&[("class", "flag"), ("for", &id)]).child(control).child(el("span").text(&words))
}

fn names(store: Store, record: &Input) -> Vec<String> {
    match store.value_of(record) {
        Value::Names(names) => names,
        _ => Vec::new(),
    }
}
