//! Names of providers, any number of them.

use leptos::prelude::*;

use super::frame::{FieldFrame, Labelling, input_id, label_id};
use crate::domain::input::{Input, Value};
use crate::domain::scenario::providers;
use crate::state::store;

/// A set of providers.
#[component]
pub fn ProvidersField(record: &'static Input) -> impl IntoView {
    let store = store();
    let inputs = store.inputs();
    let marked = Memo::new(move |_| match inputs.with(|inputs| (record.get)(inputs)) {
        Value::Names(names) => names,
        _ => Vec::new(),
    });
    let option = move |name: String| {
        let id = format!("{}-{}", input_id(record), name.replace(' ', "-"));
        let of_control = id.clone();
        let words = name.replace('_', " ");
        let is_marked = {
            let name = name.clone();
            move || marked.with(|names| names.contains(&name))
        };
        let set = move |wanted: bool| {
            let mut names = marked.get_untracked();
            names.retain(|other| *other != name);
            if wanted {
                names.push(name.clone());
                crate::order::sort_by(&mut names, Ord::cmp);
            }
            store.put(record, &Value::Names(names));
        };
        view! {
            <label class="flag" for=of_control>
                <input type="checkbox" id=id prop:checked=is_marked on:change=move |event| set(event_target_checked(&event)) />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <FieldFrame record labelling=Labelling::Group>
            <div class="names" role="group" id=input_id(record) aria-labelledby=label_id(record)>
                {providers().into_iter().map(option).collect_view()}
            </div>
        </FieldFrame>
    }
}
