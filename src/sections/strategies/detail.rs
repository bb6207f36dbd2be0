//! What opens under a strategy: why not, quality, costs with their sources, figures, hardware, rules.

use leptos::prelude::*;

use super::costs::CostLines;
use super::figures::FigureList;
use super::hardware::HardwareChoice;
use super::ways::WaysTo;
use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::place_link::PlaceLink;
use crate::domain::strategy::{Exclusion, StrategyId};
use crate::sections::findings::FindingList;
use crate::state::Page;

/// All that is known about one strategy, each sentence once.
#[component]
pub fn StrategyDetail(id: StrategyId) -> impl IntoView {
    let page = Page::get();
    // The first reason is in the line of why not.
    let further = page.strategy(id, |assessment, _| {
        let further = assessment.out.iter().skip(1);
        further.cloned().collect::<Vec<_>>()
    });
    let state = page.strategy(id, |assessment, _| Some(assessment.quality));
    let quality = Memo::new(move |_| {
        let bar = page.case.with(|case| case.inputs.quality.bar_of(id));
        state.get().map(|state| format!("Quality: {}.", state.sentence(bar))).unwrap_or_default()
    });
    view! {
        <div class="detail">
            <WaysTo id />
            <Anew of=move || further.get() let:further>
                {(!further.is_empty()).then(|| further_reasons(&further))}
            </Anew>
            <p prop:textContent=quality />
            <h3>"What it costs"</h3>
            <CostLines id />
            <Disclosure summary=|| "Its figures">
                <FigureList id />
            </Disclosure>
            <HardwareChoice id />
            <Rules id />
        </div>
    }
}

/// What weighs for or against it, and what it alone is warned of.
#[component]
fn Rules(id: StrategyId) -> impl IntoView {
    // What excludes it is told above.
    let findings = Page::get().read(move |answer| {
        let mut own = answer.own_findings(id);
        let first = answer.get(id).and_then(|one| one.out.first()).map(|out| out.rule().to_owned());
        own.retain(|finding| Some(&finding.rule) != first.as_ref());
        own
    });
    let shares = Page::get().read(move |answer| {
        answer.shared_findings().iter().filter(|shared| shared.strategies.contains(&id)).count()
    });
    let words = move || match shares.get() {
        1 => "One remark that it shares with others",
        _ => "Remarks that it shares with others",
    };
    view! {
        <h3>"What the rules say"</h3>
        <FindingList findings />
        <p hidden=move || shares.get() == 0>
            <PlaceLink to="shared" within="why">
                <span prop:textContent=words />
            </PlaceLink>
        </p>
    }
}

fn further_reasons(exclusions: &[Exclusion]) -> AnyView {
    let item = |exclusion: &Exclusion| {
        let relax = exclusion.relax().map(|relax| view! { <span class="relax">{format!(" {relax}")}</span> });
        view! { <li>{format!("{exclusion} ({})", exclusion.rule())} {relax}</li> }
    };
    view! {
        <h3>"It is out for more than that"</h3>
        <ul class="reasons">{exclusions.iter().map(item).collect_view()}</ul>
    }
    .into_any()
}
