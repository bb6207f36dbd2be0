//! Method and sources: what is computed, what is not, which way it leans, and the tables behind it.

mod accuracy;
mod catalogue;
mod policy;

use crate::browser::dom::{El, el};
use crate::components::disclosure::{disclosure, summary};
use crate::domain::catalog::{CATALOG_DATE, CATALOG_VERSION};
use crate::domain::evaluation::METHOD_VERSION;
use crate::domain::input::REGISTRY_VERSION;
use accuracy::accuracy;
use catalogue::catalogue;
use policy::policy;

/// What is not modelled yet.
const NOT_MODELLED: [&str; 5] = [
    "Uncertainty of the inputs: every figure is computed at its likely value. What would change the answer shows how far off an input may be.",
    "Negotiated prices that you do not give, under Models and hardware or as rows of your own in the tables below: list prices only.",
    "Latency of API providers: give what you measured, or it stays unknown.",
    "Images, speech and video: text tokens only.",
    "Quality: it is never guessed. What you have not measured counts as unknown.",
];

/// What is computed, and which way it leans.
const METHOD: [&str; 3] = [
    "Tunewise adds up, month by month over the horizon, what each of twelve strategies costs: tokens with caching and batches, retrieval, training, labels, GPUs sized for the peak hour, people’s time, evaluation and, if you price them, wrong answers. It screens them by your constraints, takes the lowest step on the ladder that survives, and replaces it only by what is measured to meet your bar and saves more than the margin.",
    "It leans towards prompting, on purpose: a move must save at least the margin under Economics, and a strategy whose quality you have not measured is proposed as a trial, never as the answer. If you think the lean too strong, lower the margin or state the evidence.",
    "Everything is computed in your browser. Nothing is sent anywhere; what you type stays in this browser’s storage and in the links that you copy yourself.",
];

/// The end of the page.
pub fn method() -> El {
    let versions = format!(
        "Catalogue of {CATALOG_DATE} (version {CATALOG_VERSION}), inputs version {REGISTRY_VERSION}, method version {METHOD_VERSION}. Prices, models, offers and GPUs of the tables below can be changed and added to for your scenario.",
    );
    let not_modelled = || el("ul").children(NOT_MODELLED.map(|text| el("li").text(text)));
    el("section")
        .attrs(&[("class", "method"), ("aria-labelledby", "method-heading"), ("id", "method")])
        .child(el("h2").attr("id", "method-heading").text("Method and sources"))
        .children(METHOD.map(|text| el("p").text(text)))
        .child(el("p").class("source").text(&versions))
        .child(policy())
        .child(disclosure("", summary("How good the estimates of hardware are"), accuracy))
        .child(disclosure("", summary("What is not modelled yet"), not_modelled))
        .children(catalogue())
}
