//! Whether the page is being printed: what only paper shows is built then, and what is folded opens.

use leptos::ev;
use leptos::html::Details;
use leptos::prelude::*;

/// Whether the page is being printed; provided once for all.
#[derive(Clone, Copy)]
pub struct Printing(RwSignal<bool>);

impl Printing {
    /// Follow the browser, and tell every component below.
    pub fn provide() {
        let state = RwSignal::new(false);
        let begin = window_event_listener(ev::beforeprint, move |_| {
            let _ = state.try_set(true);
        });
        let end = window_event_listener(ev::afterprint, move |_| {
            let _ = state.try_set(false);
        });
        on_cleanup(move || {
            begin.remove();
            end.remove();
        });
        provide_context(Printing(state));
    }

    /// The state that was provided; never printing where none was.
    pub fn state() -> Signal<bool> {
        use_context::<Printing>().map_or_else(|| Signal::stored(false), |printing| printing.0.into())
    }
}

/// Content of paper alone.
#[component]
pub fn OnPaper(children: ChildrenFn) -> impl IntoView {
    let printing = Printing::state();
    view! { <Show when=move || printing.get()>{children()}</Show> }
}

/// Open while the page is printed; afterwards it is as the reader left it. Its content is built then, if `was_opened`
/// builds it.
pub fn open_on_paper(details: NodeRef<Details>, was_opened: ArcRwSignal<bool>) {
    let printing = Printing::state();
    // While the page is printed: whether the reader had opened it.
    Effect::new(move |before: Option<Option<bool>>| {
        let details = details.get()?;
        let left_open = before.flatten();
        if printing.get() {
            was_opened.set(true);
            let is_open = details.open();
            details.set_open(true);
            return left_open.or(Some(is_open));
        }
        if let Some(left_open) = left_open {
            details.set_open(left_open);
        }
        None
    });
}
