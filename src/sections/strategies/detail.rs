//! What opens under a strategy: why it is out, hardware, figures, costs, rules.

use leptos::prelude::*;

use super::costs::CostLines;
use super::figures::FigureList;
use super::hardware::HardwareChoice;
use super::ways::WaysTo;
use crate::components::anew::Anew;
use crate::domain::strategy::{Exclusion, StrategyId};
use crate::sections::findings::FindingList;
use crate::state::Page;

/// All that is known about one strategy.
#[component]
pub fn StrategyDetail(id: StrategyId) -> impl IntoView {
    let page = Page::get();
    let exclusions = page.strategy(id, |assessment, _| assessment.out.clone());
    let state = page.strategy(id, |assessment, _| Some(assessment.quality));
    let quality = Memo::new(move |_| {
        let bar = page.case.with(|case| case.inputs.quality.bar_of(id));
        state.get().map(|state| format!("Quality: {}.", state.sentence(bar))).unwrap_or_default()
    });
    view! {
        <div class="detail">
            <WaysTo id />
            <Anew of=move || exclusions.get() let:exclusions>
                {(!exclusions.is_empty()).then(|| out_reasons(&exclusions))}
            </Anew>
            <p prop:textContent=quality />
            <HardwareChoice id />
            <h3>"What it costs"</h3>
            <FigureList id />
            <CostLines id />
            <h3>"What the rules say"</h3>
            <FindingList findings=page.findings(id) />
        </div>
    }
}

fn out_reasons(exclusions: &[Exclusion]) -> AnyView {
    let item = |exclusion: &Exclusion| {
        let relax = exclusion.relax().map(|relax| view! { <span class="relax">{format!(" {relax}")}</span> });
        view! { <li>{format!("{exclusion} ({})", exclusion.rule())} {relax}</li> }
    };
    view! {
        <h3>"Why it is out, and what would let it in"</h3>
        <ul class="reasons">{exclusions.iter().map(item).collect_view()}</ul>
    }
    .into_any()
}
