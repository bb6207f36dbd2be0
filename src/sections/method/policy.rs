//! An organisation's policy: loaded or pasted, checked row by row, in force, and taken out again.

mod draft;
mod form;
mod in_force;
mod vocabulary;

use leptos::html::H3;
use leptos::prelude::*;

use crate::browser::timing::later;
use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::state::Page;
use draft::Draft;
use form::PolicyForm;
use in_force::InForce;

const WORDS: &str = "A policy holds what your organisation adds: rules of its own, strategies that it excludes, its prices, and its defaults. Its rules speak before ours, and its rows of the catalogue lie over ours and below yours; both name it as their source. It is a JSON file; start from the example, and see below what it may name. It stays with the scenario, also in links.";

/// The policy in force, and the form for another.
#[component]
pub fn PolicyPart() -> impl IntoView {
    let page = Page::get();
    let draft = Draft::new(page);
    let heading = NodeRef::<H3>::new();
    let to_heading = move || later(move || focus(heading));
    view! {
        <div class="policy">
            <h3 id="policy" tabindex="-1" node_ref=heading>
                "Your organisation’s policy"
            </h3>
            <p>{WORDS}</p>
            <Anew of=move || page.rows.with(|rows| rows.policy().cloned()) let:policy>
                {policy.map(|policy| view! { <InForce policy draft after=to_heading /> })}
            </Anew>
            <Disclosure class="policy-form" summary=|| "Load or paste a policy" open=draft.is_open>
                <PolicyForm draft after=to_heading />
            </Disclosure>
        </div>
    }
}

/// What was used to get here is gone: the focus goes to the heading.
fn focus(heading: NodeRef<H3>) {
    if let Some(heading) = heading.try_get_untracked().flatten() {
        // It throws for nothing that can be focused.
        let _ = heading.focus();
    }
}
