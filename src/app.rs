//! Lay out the sections of the page.

use leptos::children::ViewFn;
use leptos::prelude::*;

use crate::components::in_turn::InTurn;
use crate::sections::all_flips::AllFlips;
use crate::sections::answer::Answer;
use crate::sections::charts::Charts;
use crate::sections::evidence::FindOut;
use crate::sections::fit::Fits;
use crate::sections::inputs::InputForm;
use crate::sections::masthead::Masthead;
use crate::sections::method::Method;
use crate::sections::notices::NoticeList;
use crate::sections::plan::Plan;
use crate::sections::story::PresetStory;
use crate::sections::strategies::StrategyTable;
use crate::sections::why::Why;
use crate::state::start_session;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let page = start_session();
    provide_context(page);
    page.flips.start(page.case, page.answer);
    view! {
        <Masthead />
        <NoticeList />
        <PresetStory />
        <main class="page">
            <Answer />
            <InputForm />
            <div class="reading">
                <InTurn parts=reading() />
            </div>
        </main>
    }
}

/// What is read below the answer, from the top to the bottom.
fn reading() -> Vec<ViewFn> {
    vec![
        (|| view! { <StrategyTable /> }).into(),
        (|| view! { <Charts /> }).into(),
        (|| view! { <Fits /> }).into(),
        (|| view! { <Why /> }).into(),
        (|| view! { <FindOut /> }).into(),
        (|| view! { <AllFlips /> }).into(),
        (|| view! { <Plan /> }).into(),
        (|| view! { <Method /> }).into(),
    ]
}
