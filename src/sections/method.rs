//! Sources and method: what is computed, what is not, which way it leans, and the tables behind it.

mod accuracy;
mod catalogue;
mod policy;
mod written;

use leptos::prelude::*;

use crate::components::disclosure::Disclosure;
use crate::components::field_link::FieldLink;
use crate::components::fields::value_words;
use crate::components::fold::Fold;
use crate::domain::answer::METHOD_VERSION;
use crate::domain::input::{Input, REGISTRY_VERSION, input};
use crate::domain::scenario::OwnRows;
use crate::domain::units::Date;
use crate::sections::updating::EarlierCatalogue;
use crate::state::Page;
use accuracy::Accuracy;
use catalogue::Catalogue;
use policy::PolicyPart;
use written::Written;

/// What is not modelled yet.
const NOT_MODELLED: [&str; 5] = [
    "Uncertainty of the inputs: every figure is computed at its likely value. What would change the answer shows how far off an input may be.",
    "Negotiated prices that you do not give, under Models and hardware or as rows of your own in the tables: list prices only.",
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
    "Everything is computed in your browser. Nothing is sent anywhere; what you type stays in this browser’s storage, in the address of this page and the browser’s history, and in the links that you copy.",
];

/// Why it leans.
const WHY_LEAN: &str = "On purpose: estimates err, a move costs attention, and what is simple can be changed tomorrow. Of two strategies that cost about the same the one lower on the ladder is kept; a move must be measured to meet the bar and save more than a margin; a failed measurement speaks against prompting only after a real attempt; what is cheaper but unmeasured is proposed as a trial, if the trial pays at a modest chance. If you think the lean too strong, each of these is yours to change, and a quality can be stated as “assumed equal”.";

/// What rules and defaults rest on, by the id of the place.
const RESTS_ON: [(&str, &str, &str); 3] = [
    (
        "source-guide",
        "The guide",
        "“Pretrained vs Fine-Tuned Model Decision Making”: the text that this tool was made from. It names the three questions, when to use which way, what each costs, and the hybrids. Its text is in the source code, with a table of what carries each of its sentences.",
    ),
    (
        "source-peers",
        "Criteria of others",
        "What the guide leaves out, collected from the advice of providers (OpenAI, Azure, AWS, Google, Anthropic, Hugging Face) and from rubrics for running models oneself: failure modes, citations, audits, skills on call, exit costs, horizons.",
    ),
    (
        "source-evidence",
        "Published findings",
        "Papers and reports on which way wins, and by how much: retrieval for knowledge that changes, tuning for form and for narrow tasks with labels, large models for open reasoning. They speak for or against; your own measurement decides.",
    ),
];

/// A day of the catalogue as people write it.
fn day_words(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), Date::words)
}

/// The end of the page.
#[component]
pub fn Method() -> impl IntoView {
    let rows = Page::get().rows;
    let said = Signal::derive(move || {
        let date = rows.with(|rows| rows.edition().date);
        format!("Prices of {}, every source, your organisation’s policy", day_words(date))
    });
    view! {
        <Fold id="sources" title="Sources and method" said>
            <Parts />
        </Fold>
    }
}

#[component]
fn Parts() -> impl IntoView {
    let Page { rows, update, .. } = Page::get();
    let is_earlier = Memo::new(move |_| update.with(Option::is_some));
    let versions = move || {
        let edition = rows.with(OwnRows::edition);
        format!(
            "Catalogue of {} (version {}), inputs version {REGISTRY_VERSION}, method version {METHOD_VERSION}. Prices, models, offers and GPUs can be changed and added to for your scenario.",
            day_words(edition.date),
            edition.version,
        )
    };
    view! {
        <div class="method">
            <h3>"Prices, models and hours"</h3>
            <p>{versions}</p>
            <Show when=move || is_earlier.get()>
                <EarlierCatalogue />
            </Show>
            <Catalogue />
            <h3>"The method"</h3>
            {METHOD.map(|text| view! { <p>{text}</p> }).collect_view()}
            <Written />
            <Disclosure summary=|| "What is not modelled yet">
                <ul>{NOT_MODELLED.map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            </Disclosure>
            <Disclosure summary=|| "How good the estimates of hardware are">
                <Accuracy />
            </Disclosure>
            <h3>"What rules and defaults rest on"</h3>
            {RESTS_ON.map(rests_on).collect_view()}
            <h3>"Why this tool leans towards prompting"</h3>
            <p>{WHY_LEAN}</p>
            <Lean />
            <PolicyPart />
        </div>
    }
}

fn rests_on((id, name, words): (&'static str, &'static str, &'static str)) -> AnyView {
    view! {
        <p id=id>
            <b>{name}</b>
            {format!(". {words}")}
        </p>
    }
    .into_any()
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
    let go = move |record: &'static Input| page.ask_for(record.id);
    view! {
        <li>
            <FieldLink record words go />
            <span prop:textContent=value />
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_day_of_the_catalogue_is_written_as_people_write_it() {
        assert_eq!(super::day_words("2026-11-27"), "27 November 2026");
        assert_eq!(super::day_words("soon"), "soon");
    }
}
