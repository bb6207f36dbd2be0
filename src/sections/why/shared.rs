//! What holds for several strategies, told once.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::domain::answer::SharedFinding;
use crate::sections::findings::about;
use crate::sections::rules::names_of;
use crate::state::Page;

/// Warnings and notes, each with the names of those that it holds for.
#[component]
pub fn SharedFindings() -> impl IntoView {
    let shared = Page::get().read(|answer| answer.shared_findings());
    view! {
        <div id="shared" data-testid="shared-findings" hidden=move || shared.with(Vec::is_empty)>
            <h3>"What holds for several of them"</h3>
            <ul class="findings">
                <Anew of=move || shared.get() let:shared>
                    {shared.into_iter().map(shared_item).collect_view()}
                </Anew>
            </ul>
        </div>
    }
}

fn shared_item(SharedFinding { finding, strategies }: SharedFinding) -> AnyView {
    let (effect, text) = (finding.effect.words(), format!(" {}", finding.text));
    let names = names_of(&strategies);
    let summary = move || {
        view! { <span class="effect">{effect.clone()}</span> {text.clone()} <span class="tally">{format!(" For {names}.")}</span> }
    };
    view! {
        <li>
            <Disclosure class="finding" summary>
                <div>{about(finding.clone())}</div>
            </Disclosure>
        </li>
    }
    .into_any()
}
