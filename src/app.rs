//! Lay out the sections of the page.

use leptos::prelude::*;

use crate::sections::answer::Answer;
use crate::sections::charts::Charts;
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
    provide_context(start_session());
    view! {
        <Masthead />
        <NoticeList />
        <PresetStory />
        <main class="page">
            <Answer />
            <InputForm />
            <div class="reading">
                <StrategyTable />
                <Charts />
                <Why />
                <Plan />
                <Method />
            </div>
        </main>
    }
}
