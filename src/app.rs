//! Lay out the sections of the page.

use leptos::children::ViewFn;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::timing::next_turn;
use crate::browser::{location, places, shell};
use crate::components::figure::Easel;
use crate::components::in_turn::InTurn;
use crate::components::printing::Printing;
use crate::domain::catalog::Catalog;
use crate::domain::rules;
use crate::sections::changes::Changes;
use crate::sections::comparison::Comparison;
use crate::sections::contents::Contents;
use crate::sections::evidence::FindOut;
use crate::sections::folds::Folds;
use crate::sections::inputs::InputForm;
use crate::sections::masthead::Masthead;
use crate::sections::money::MoneyBars;
use crate::sections::notices::NoticeList;
use crate::sections::paper::{CostsByYear, Entered, Signatures};
use crate::sections::path::PathTree;
use crate::sections::record_sheet::{RecordSheet, Shown};
use crate::sections::since::SinceRecord;
use crate::sections::twelve::Twelve;
use crate::sections::verdict::Verdict;
use crate::sections::volume::Volume;
use crate::state::{Page, start_session};

/// The whole page, once its scenario is restored and answered.
///
/// What that takes is done in tasks of their own: together they would hold up a slow phone.
#[component]
pub fn App() -> impl IntoView {
    let restored = RwSignal::new(None::<Page>);
    let owner = Owner::current().unwrap_or_default();
    spawn_local(async move {
        Catalog::builtin();
        next_turn().await;
        rules::builtin();
        next_turn().await;
        let page = owner.with(start_session);
        page.answer.with_untracked(|_| ());
        next_turn().await;
        restored.set(Some(page));
    });
    move || restored.get().map(|page| view! { <Restored page /> })
}

/// The page of a restored scenario, in the place of the shell.
#[component]
fn Restored(page: Page) -> impl IntoView {
    provide_context(page);
    Printing::provide();
    Shown::provide();
    page.flips.start(page.case, page.answer);
    page.strips.start(page.case);
    let easel = Easel::new();
    let form = RwSignal::new(false);
    spawn_local(async move {
        next_turn().await;
        form.set(true);
    });
    Effect::new(|_| shell::remove());
    if let Some(id) = location::place_id() {
        places::go_to_named(id);
    }
    view! {
        <Masthead />
        <NoticeList />
        <main class="page">
            <Verdict />
            <Show when=move || form.get()>
                <InputForm />
            </Show>
            <div class="reading">
                <SinceRecord />
                <Comparison easel />
                <InTurn parts=reading(easel) />
            </div>
        </main>
        <RecordSheet />
    }
}

/// What is read below the answer, from the top to the bottom.
fn reading(easel: Easel) -> Vec<ViewFn> {
    vec![
        (|| view! { <Entered /> }).into(),
        (|| view! { <Twelve /> }).into(),
        (|| view! { <Contents /> }).into(),
        (|| view! { <PathTree /> }).into(),
        (move || view! { <Volume easel /> }).into(),
        (move || view! { <MoneyBars easel /> }).into(),
        (|| view! { <CostsByYear /> }).into(),
        (|| view! { <Changes /> }).into(),
        (|| view! { <FindOut /> }).into(),
        (|| view! { <Folds /> }).into(),
        (|| view! { <Signatures /> }).into(),
    ]
}
