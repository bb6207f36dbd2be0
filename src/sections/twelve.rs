//! The verdict as a picture: all twelve strategies on one dollar axis, and the table behind it.

mod look;
mod row;

use leptos::html::Ol;
use leptos::prelude::*;

use crate::browser::focus;
use crate::charts::{Dots, dots};
use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::style::percent;
use crate::domain::strategy::StrategyId;
use crate::sections::strategies::StrategyTable;
use crate::state::Page;
use look::Look;
use row::DotRow;

/// The picture, and all figures behind it.
#[component]
pub fn Twelve() -> impl IntoView {
    let picture = Page::get().read(dots);
    let look = Look::new();
    view! {
        <section class="twelve" id="all" aria-labelledby="twelve-heading" data-testid="twelve">
            <h2 id="twelve-heading" prop:textContent=move || picture.with(|dots| dots.title.clone()) />
            <p class="deck" prop:textContent=move || picture.with(|dots| dots.deck.clone()) />
            <Picture picture look />
            <Reason picture look />
            <Disclosure
                class="more"
                summary=|| "All figures"
                open=move || look.opened.get().is_some()
                on_paper=true
            >
                <StrategyTable opened=look.opened />
            </Disclosure>
        </section>
    }
}

/// The axis and one row for each strategy; one tab stop, arrows move in it.
#[component]
fn Picture(picture: Memo<Dots>, look: Look) -> impl IntoView {
    let list = NodeRef::<Ol>::new();
    let ticks = Memo::new(move |_| picture.with(|dots| dots.ticks.clone()));
    let count = move || picture.with_untracked(|dots| dots.rows.len());
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let now = look.stop.get_untracked();
        let last = count().saturating_sub(1);
        let to = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" => (now + 1).min(last),
            "ArrowUp" | "ArrowLeft" => now.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        look.stop.set(to);
        if let Some(list) = list.get_untracked() {
            focus::nth_button(&list, to);
        }
    };
    view! {
        <div class="dots">
            <div class="dots-grid" aria-hidden="true">
                <Anew of=move || ticks.get() let:ticks>
                    {ticks.into_iter().map(tick).collect_view()}
                </Anew>
            </div>
            <ol node_ref=list on:keydown=on_key>
                <For each=move || rows(picture) key=|id| id.key() let:id>
                    <DotRow id picture look />
                </For>
            </ol>
        </div>
    }
}

fn rows(picture: Memo<Dots>) -> Vec<StrategyId> {
    // A row that is moved keeps the focus of its button.
    focus::keep();
    picture.with(|dots| dots.rows.iter().map(|dot| dot.id).collect())
}

fn tick((share, label): (f64, String)) -> AnyView {
    view! { <span class="tick" style:--x=percent(share)>{label}</span> }.into_any()
}

/// Why, or why not, of the row that is pointed at; a hint before that.
#[component]
fn Reason(picture: Memo<Dots>, look: Look) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let id = look.hovered.get().or(look.focused.get())?;
        picture.with(|dots| dots.rows.iter().find(|dot| dot.id == id).cloned())
    });
    let why = move || shown.with(|dot| dot.as_ref().map_or_else(String::new, |dot| dot.why.clone()));
    let range = move || {
        shown.with(|dot| {
            let range = dot.as_ref().and_then(|dot| dot.range.as_ref());
            range.map_or_else(String::new, |range| format!(" Range {range}."))
        })
    };
    let hint = move || {
        if shown.with(Option::is_some) {
            ""
        } else {
            "Rings are not measured yet, small dots are excluded. Point at a row for its reason, press it for its figures."
        }
    };
    view! {
        <p class="say" aria-hidden="true">
            <span class="say-hint" prop:textContent=hint />
            <span class="say-why" prop:textContent=why />
            <span prop:textContent=range />
        </p>
    }
}
