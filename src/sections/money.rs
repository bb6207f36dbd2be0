//! What the money buys, and when it is paid.

use leptos::prelude::*;

use crate::charts::{cumulative, money};
use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::figure::{Bars, Easel, Figure, NumbersFold, Picture};
use crate::state::Page;

/// The bars; the course of the months is drawn once it is opened.
#[component]
pub fn MoneyBars(easel: Easel) -> impl IntoView {
    let money = Page::get().read(money);
    let title =
        Memo::new(move |_| money.with(|it| it.as_ref().map(|it| it.title.clone()).unwrap_or_default()));
    let deck = Memo::new(move |_| money.with(|it| it.as_ref().map(|it| it.deck.clone()).unwrap_or_default()));
    let numbers = move || money.with(|it| it.as_ref().map(|it| (it.title.clone(), it.table.clone())));
    let picture = move || money.with(|it| it.as_ref().map(|it| Picture::Drawn(it.title.clone(), it.saved())));
    view! {
        <section
            class="money"
            id="money"
            aria-label="What the money buys"
            hidden=move || money.with(Option::is_none)
        >
            <h2 id="money-title" prop:textContent=title />
            <p class="deck" prop:textContent=deck />
            <Anew of=move || money.get() let:money>
                {money.map(|money| view! { <Bars bars=money.bars has_errors=money.has_errors /> })}
            </Anew>
            <NumbersFold numbers=Signal::derive(numbers) picture=Signal::derive(picture) />
            <Disclosure summary=|| "Month by month" class="more">
                <Months easel />
            </Disclosure>
        </section>
    }
}

/// Cost paid up to each month.
#[component]
fn Months(easel: Easel) -> impl IntoView {
    let figure = Page::get().read(cumulative);
    view! { <Figure kind="cumulative" figure easel /> }
}
