//! A thin bar for a cost, on one scale for all rows.

use leptos::prelude::*;

/// A bar as long as its share of the scale; one that would be longer is cut and says so by a gap.
#[component]
pub fn CostBar(
    /// Cost over the cost at the end of the scale; `None`: no bar.
    #[prop(into)]
    share: Signal<Option<f64>>,
) -> impl IntoView {
    let bar = move || {
        share.get().map(|share| {
            let is_cut = share > 1.0;
            let width = format!("{:.1}%", (share.clamp(0.0, 1.0) * if is_cut { 88.0 } else { 100.0 }).max(0.8));
            view! {
                <rect x="0" y="0" width=width height="5" />
                {is_cut.then(|| view! { <rect x="92%" y="0" width="3%" height="5" /><rect x="97%" y="0" width="3%" height="5" /> })}
            }
        })
    };
    view! { <svg class="bar" aria-hidden="true" focusable="false">{bar}</svg> }
}
