//! Content that is built anew whenever what it shows is another.

use leptos::prelude::*;

/// Builds its content from a value, and builds it again whenever the value changes.
///
/// A view that is merely run again is patched in place: it writes into the very text nodes that it made, which other
/// software in the page may have split, merged or wrapped, and it forgets what was open in it. Where content is more
/// than one text, build it anew.
#[component]
pub fn Anew<T, V, R, F>(
    /// Reads what is shown.
    of: R,
    /// Builds the content.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
    R: Fn() -> T + Send + Sync + 'static,
    F: Fn(T) -> V + Clone + Send + 'static,
{
    let value = Memo::new(move |_| of());
    let round = StoredValue::new(0_u32);
    let each = move || {
        let value = value.get();
        round.update_value(|round| *round = round.wrapping_add(1));
        [(round.get_value(), value)]
    };
    view! {
        <For each key=|(round, _)| *round let((_, value))>
            {children(value)}
        </For>
    }
}
