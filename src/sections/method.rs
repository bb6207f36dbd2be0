//! Method and sources: what is computed, what is not, which way it leans, and the tables behind it.

mod accuracy;
mod catalogue;
mod policy;

use leptos::prelude::*;

use crate::components::disclosure::Disclosure;
use crate::components::field_link::FieldLink;
use crate::components::fields::value_words;
use crate::domain::answer::METHOD_VERSION;
use crate::domain::catalog::{CATALOG_DATE, CATALOG_VERSION};
use crate::domain::input::{Input, REGISTRY_VERSION, input};
use crate::state::Page;
use accuracy::Accuracy;
use catalogue::Catalogue;
use policy::PolicyPart;

/// What is not modelled yet.
const NOT_MODELLED: [&str; 5] = [
    "Uncertainty of the inputs: every figure is computed at its likely value. What would change the answer shows how far off an input may be.",
    "Negotiated prices that you do not give, under Models and hardware or as rows of your own in the tables below: list prices only.",
    "Latency of API providers: give what you measured, or it stays unknown.",
    "Images, speech and video: text tokens only.",
    "Quality: it is never guessed. What you have not measured counts as unknown.",
];

/// The inputs that say how far it leans, and what they are there.
const LEAN: [(&str, &str); 7] = [
    ("tie_share", "Ladder: costs are a tie within this share of the present cost"),
    ("replace_margin", "Margin: a move saves more than this share of the present cost"),
    ("replace_most", "but never has to save more than"),
    ("replace_floor", "and always more than"),
    ("required_quality", "Evidence: a move is measured to meet a bar of"),
    ("prompt_effort_before_evidence", "Hours of prompt engineering before a failure is evidence"),
    ("pilot_threshold", "Trials: proposed if they pay at a chance of no more than"),
];

/// What is computed.
const METHOD: [&str; 2] = [
    "Tunewise adds up, month by month over the horizon, what each of twelve strategies costs: tokens with caching and batches, retrieval, training, labels, GPUs sized for the peak hour, people’s time, evaluation and, if you price them, wrong answers. It screens them by your constraints, takes the lowest step on the ladder that survives, and replaces it only by what is measured to meet your bar and saves more than the margin.",
    "Everything is computed in your browser. Nothing is sent anywhere; what you type stays in this browser’s storage and in the links that you copy yourself.",
];

/// Why it leans.
const WHY_LEAN: &str = "On purpose: estimates err, a move costs attention, and what is simple can be changed tomorrow. Of two strategies that cost about the same the one lower on the ladder is kept; a move must be measured to meet the bar and save more than a margin; a failed measurement speaks against prompting only after a real attempt; what is cheaper but unmeasured is proposed as a trial, if the trial pays at a modest chance. If you think the lean too strong, each of these is yours to change, and a quality can be stated as “assumed equal”.";

/// The end of the page.
#[component]
pub fn Method() -> impl IntoView {
    let versions = format!(
        "Catalogue of {CATALOG_DATE} (version {CATALOG_VERSION}), inputs version {REGISTRY_VERSION}, method version {METHOD_VERSION}. Prices, models, offers and GPUs of the tables below can be changed and added to for your scenario.",
    );
    view! {
        <section class="method" aria-labelledby="method-heading" id="method">
            <h2 id="method-heading">"Method and sources"</h2>
            {METHOD.map(|text| view! { <p>{text}</p> }).collect_view()}
            <h3>"Why this tool leans towards prompting"</h3>
            <p>{WHY_LEAN}</p>
            <Lean />
            <p class="source">{versions}</p>
            <PolicyPart />
            <Disclosure summary=|| "How good the estimates of hardware are">
                <Accuracy />
            </Disclosure>
            <Disclosure summary=|| "What is not modelled yet">
                <ul>{NOT_MODELLED.map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            </Disclosure>
            <Catalogue />
        </section>
    }
}

/// What the lean rests on, with the present values, each a link to its field.
#[component]
fn Lean() -> impl IntoView {
    let items = LEAN.iter().filter_map(|(id, words)| Some(lean_item(input(id)?, words)));
    view! { <ul data-testid="lean">{items.collect_view()}</ul> }
}

fn lean_item(record: &'static Input, words: &'static str) -> AnyView {
    let page = Page::get();
    let value = Memo::new(move |_| format!(": {}", value_words(&page.value_of(record), record)));
    let go = move |record: &'static Input| page.attention.set(Some(record.id));
    view! {
        <li>
            <FieldLink record words go />
            <span prop:textContent=value />
        </li>
    }
    .into_any()
}
