//! Lay out the sections of the page.

use leptos::prelude::*;

use crate::sections::all_flips::AllFlips;
use crate::sections::answer::Answer;
use crate::sections::inputs::InputForm;
use crate::sections::masthead::Masthead;
use crate::sections::notices::NoticeList;
use crate::sections::story::PresetStory;
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
                <AllFlips />
            </div>
        </main>
    }
}
