//! The verdict in one line, once it has left the screen.

use leptos::prelude::*;

use crate::browser::nearness::Nearness;
use crate::browser::timing::after_paint;
use crate::components::spans::Spans;
use crate::domain::answer::OneLine;
use crate::state::Page;

/// Id of the verdict.
const VERDICT: &str = "headline";

/// Stands over the name of the example as long as the headline is out of view; a screen reader has the headline.
#[component]
pub fn Now(line: Memo<OneLine>) -> impl IntoView {
    let page = Page::get();
    let is_away = RwSignal::new(false);
    let watch = StoredValue::new_local(None::<Nearness>);
    // The verdict stands once the whole page is put together.
    after_paint(move || {
        let nearness = Nearness::of_id(VERDICT, move |is_seen| {
            let _ = is_away.try_set(!is_seen);
        });
        let _ = watch.try_set_value(nearness);
    });
    let last = move || if page.errors.with(Vec::is_empty) { "" } else { "Last valid: " };
    let now = Memo::new(move |_| line.with(|line| line.now.clone()));
    let next = Memo::new(move |_| line.with(|line| line.next.clone()));
    view! {
        <p class="now" data-testid="verdict-line" aria-hidden="true" class:is-shown=is_away>
            <span prop:textContent=last />
            <Spans spans=now />
            <span class="long">
                <Spans spans=next />
            </span>
        </p>
    }
}
