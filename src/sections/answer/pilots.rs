//! The proposed trials, each to open.

use leptos::prelude::*;

use crate::components::disclosure::Disclosure;
use crate::domain::evaluation::Pilot;
use crate::format::{percent, usd_short};
use crate::state::store;

/// So many pilots are on the page; the rest is there on request.
const SHOWN: usize = 3;

/// All pilots in their order.
#[component]
pub fn PilotList() -> impl IntoView {
    let store = store();
    let pilots = store.read(|evaluation| evaluation.advice.pilots.clone());
    move || {
        let mut pilots = pilots.get();
        if pilots.is_empty() {
            return None;
        }
        let rest = pilots.split_off(pilots.len().min(SHOWN));
        let more = format!("{} more", rest.len());
        let rest = StoredValue::new(rest);
        Some(view! {
            <section class="pilots" aria-labelledby="pilots-heading" data-testid="pilots">
                <h2 id="pilots-heading">"Worth a trial"</h2>
                {list(pilots)}
                {(!rest.with_value(Vec::is_empty))
                    .then(|| {
                        view! { <Disclosure summary=move || more.clone()>{list(rest.get_value())}</Disclosure> }
                    })}
            </section>
        })
    }
}

fn list(pilots: Vec<Pilot>) -> impl IntoView {
    pilots.into_iter().map(|pilot| view! { <PilotItem pilot /> }).collect_view()
}

#[component]
fn PilotItem(pilot: Pilot) -> impl IntoView {
    let name = pilot.name.clone();
    let offer = offer(&pilot);
    let pilot = StoredValue::new(pilot);
    view! {
        <Disclosure
            class="pilot"
            summary=move || {
                view! { <b>{name.clone()}</b> <span class="offer">": " {offer.clone()}</span> }
            }
        >
            <dl>
                <dt>"If it passes"</dt>
                <dd>{pilot.with_value(|pilot| pilot.if_passed.clone())}</dd>
                <dt>"If it fails"</dt>
                <dd>{pilot.with_value(|pilot| pilot.if_failed.clone())}</dd>
                <dt>"Its chance"</dt>
                <dd>{pilot.with_value(|pilot| pilot.chance_note.clone())}</dd>
            </dl>
        </Disclosure>
    }
}

/// Cost, saving and the chance at which it pays, in words.
fn offer(pilot: &Pilot) -> String {
    let cost = format!("{} to find out", usd_short(pilot.cost));
    match (pilot.saving, pilot.break_even_chance) {
        (Some(saving), Some(chance)) => format!(
            "{cost}, saves {} if it meets the bar; worth it if you give it {}",
            usd_short(saving),
            chance_words(chance)
        ),
        (Some(saving), None) => format!("{cost}, saves {} if it meets the bar", usd_short(saving)),
        (None, _) => cost,
    }
}

/// A chance as people say it: one in so many where that is close.
fn chance_words(chance: f64) -> String {
    let one_in = libm::round(1.0 / chance.max(0.001));
    if chance < 0.01 {
        "even the slightest chance".to_owned()
    } else if one_in >= 3.0 {
        format!("at least one chance in {one_in:.0} ({})", percent(chance))
    } else {
        format!("at least a {} chance", percent(chance))
    }
}
