//! One strategy of the picture: its whisker, its dot and its name.

use leptos::prelude::*;

use super::look::Look;
use crate::charts::{Dot, Dots, Place, Seat};
use crate::components::style::percent;
use crate::domain::strategy::StrategyId;

/// A row: a button that names everything it shows, and opens the figures.
#[component]
pub fn DotRow(id: StrategyId, picture: Memo<Dots>, look: Look) -> impl IntoView {
    let found = move |dots: &Dots| dots.rows.iter().enumerate().find(|(_, dot)| dot.id == id).map(pair);
    let row = Memo::new(move |_| picture.with(found));
    let place = move || row.with(|row| row.as_ref().map_or(0, |(place, _)| *place));
    let read = move |read: fn(&Dot) -> String| {
        move || row.with(|row| row.as_ref().map_or_else(String::new, |(_, dot)| read(dot)))
    };
    let at = move |pick: fn(Place) -> Option<f64>| {
        move || row.with(|row| row.as_ref().and_then(|(_, dot)| dot.place).and_then(pick)).map(percent)
    };
    let leave = move |_| look.hovered.update(|now| *now = now.filter(|now| *now != id));
    let blur = move |_| look.focused.update(|now| *now = now.filter(|now| *now != id));
    let open = move |_| {
        // Asked for again, it opens again.
        look.opened.set(None);
        look.opened.set(Some(id));
    };
    view! {
        <li class=read(class)>
            <button
                type="button"
                data-dot=id.key()
                tabindex=move || if look.stop.get() == place() { "0" } else { "-1" }
                aria-label=read(Dot::description)
                on:mouseenter=move |_| look.hovered.set(Some(id))
                on:mouseleave=leave
                on:focus=move |_| {
                    look.focused.set(Some(id));
                    look.stop.set(place());
                }
                on:blur=blur
                on:click=open
                style:--lo=at(|place| on(place).map(|(low, ..)| low))
                style:--x=at(|place| on(place).map(|(_, at, _)| at))
                style:--hi=at(|place| on(place).map(|(.., high)| high))
            >
                <span class="track">
                    <i class="whisker"></i>
                    <i class="dot"></i>
                </span>
                <span class="label">
                    <b prop:textContent=read(|dot| dot.total.clone()) />
                    " "
                    <span class="long" prop:textContent=read(|dot| dot.name.clone()) />
                    <span class="short" prop:textContent=read(|dot| dot.short.to_owned()) />
                    <span class="note" prop:textContent=read(note) />
                </span>
            </button>
        </li>
    }
}

fn pair((place, dot): (usize, &Dot)) -> (usize, Dot) {
    (place, dot.clone())
}

fn note(dot: &Dot) -> String {
    if dot.note.is_empty() { String::new() } else { format!(" · {}", dot.note) }
}

/// Low, central and high on the axis.
fn on(place: Place) -> Option<(f64, f64, f64)> {
    match place {
        Place::On { low, at, high, .. } => Some((low, at, high)),
        Place::Beyond => None,
    }
}

fn class(dot: &Dot) -> String {
    let part = match dot.part {
        Seat::Verdict => "is-verdict",
        Seat::Rival => "is-rival",
        Seat::Other => "is-other",
        Seat::Out => "is-out",
    };
    let measured = if dot.is_measured { " is-measured" } else { "" };
    let place = match dot.place {
        Some(Place::On { label_before: true, .. }) => " is-before",
        Some(Place::On { .. }) => "",
        Some(Place::Beyond) => " is-beyond",
        None => " is-unknown",
    };
    format!("{part}{measured}{place}")
}
