//! The answer: verdict, confidence, what would change it, and the pilots.

pub mod flips;
mod pilots;

use crate::browser::dom::{El, button, el};
use crate::components::spans::spans;
use crate::domain::evaluation::Relaxation;
use crate::domain::input::input;
use crate::state::store;
use flips::flip_list;
use pilots::pilot_list;

/// The verdict and what belongs to it.
pub fn answer() -> El {
    let store = store();
    let headline = move || store.read(|evaluation| evaluation.advice.headline.clone());
    let lede = move || store.read(|evaluation| spans(&evaluation.advice.lede));
    el("section")
        .attrs(&[("class", "answer"), ("aria-labelledby", "headline")])
        .child(
            el("div")
                .attrs(&[("aria-live", "polite"), ("aria-atomic", "true")])
                .child(el("h1").attrs(&[("id", "headline"), ("data-testid", "headline")]).live(headline)),
        )
        .child(el("p").attrs(&[("class", "lede"), ("data-testid", "lede")]).anew(lede))
        .swap(policy_name, |name| name.iter().map(|name| policy_line(name)).collect())
        .child(wrong_fields())
        .child(sureness())
        .anew(move || store.read(|evaluation| relaxation_list(&evaluation.advice.relaxations)))
        .child(flip_list())
        .child(pilot_list())
}

/// The policy that the answer rests on, if any; followed.
fn policy_name() -> Option<String> {
    store().inputs().with(|inputs| inputs.policy().map(|policy| policy.name().to_owned()))
}

fn policy_line(name: &str) -> El {
    let link = el("a").attr("href", "#policy").text(&format!("Policy: {name} is applied"));
    el("p").attrs(&[("class", "policy-line"), ("data-testid", "policy-line")]).child(link)
}

/// Said while a field is wrong: what is shown is the last valid answer.
fn wrong_fields() -> El {
    let errors = store().errors();
    let ids = move || errors.with(|errors| errors.iter().map(|error| error.id.clone()).collect::<Vec<_>>());
    el("div").attrs(&[("role", "status"), ("data-testid", "wrong-fields")]).swap(ids, |ids| wrong_line(ids))
}

fn wrong_line(ids: &[String]) -> Vec<El> {
    let count = match ids.len() {
        0 => return Vec::new(),
        1 => "1 field needs".to_owned(),
        count => format!("{count} fields need"),
    };
    let store = store();
    let mut line =
        el("p").class("wrong-fields").text(&format!("Showing the last valid answer; {count} attention: "));
    for record in ids.iter().filter_map(|id| input(id)) {
        let field =
            button("link").text(record.label).on("click", move |_| store.attention().set(Some(record.id)));
        line = line.child(field).text(" ");
    }
    vec![line]
}

fn sureness() -> El {
    let store = store();
    let label = move || store.read(|evaluation| evaluation.advice.confidence.label().to_owned());
    let reasons = move || {
        let reasons = store.read(|evaluation| evaluation.advice.confidence_reasons.join(" · "));
        if reasons.is_empty() { reasons } else { format!(" · {reasons}") }
    };
    el("p")
        .attrs(&[("class", "confidence"), ("data-testid", "confidence")])
        .text("Confidence: ")
        .child(el("b").live(label))
        .live(reasons)
}

/// What to relax where nothing fits.
fn relaxation_list(relaxations: &[Relaxation]) -> Vec<El> {
    if relaxations.is_empty() {
        return Vec::new();
    }
    let items = relaxations.iter().map(|one| el("li").text(&one.text));
    let list = el("div")
        .class("relaxations")
        .child(el("h2").text("What would let something in"))
        .child(el("ul").children(items));
    vec![list]
}
