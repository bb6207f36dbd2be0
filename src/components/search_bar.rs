//! The field that searches the rows of a table, with a count of those it leaves.

use leptos::prelude::*;

/// A field for the query, further choices beside it, and the count, which is announced when it changes.
#[component]
pub fn SearchBar(
    /// What is searched for.
    query: RwSignal<String>,
    /// How many rows are left, in words.
    #[prop(into)]
    count: Signal<String>,
    /// Choices that narrow the rows further.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="table-search">
            <label>
                "Search "
                <input
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |event| query.set(event_target_value(&event))
                />
            </label>
            {children.map(|children| children())}
            <span role="status" prop:textContent=count />
        </div>
    }
}
