//! A thin bar for a cost, on one scale for all rows.

use leptos::prelude::*;

use crate::components::anew::Anew;

/// A bar as long as its share of the scale; one that would be longer is cut and says so by a gap.
#[component]
pub fn CostBar(
    /// The cost over the cost at the end of the scale; `None`: no bar.
    share: Memo<Option<f64>>,
) -> impl IntoView {
    view! {
        <svg class="bar" aria-hidden="true" focusable="false">
            <Anew of=move || share.get() let:share>
                {share.map(pieces)}
            </Anew>
        </svg>
    }
}

fn pieces(share: f64) -> AnyView {
    let is_cut = share > 1.0;
    let width = (share.clamp(0.0, 1.0) * if is_cut { 88.0 } else { 100.0 }).max(0.8);
    view! {
        {piece("0", format!("{width:.1}%"))}
        {is_cut.then(|| [piece("92%", "3%".to_owned()), piece("97%", "3%".to_owned())].collect_view())}
    }
    .into_any()
}

fn piece(x: &'static str, width: String) -> AnyView {
    view! { <rect x=x y="0" width=width height="5" /> }.into_any()
}
