//! What opens under a strategy: why it is out, hardware, figures, costs, rules.

use leptos::prelude::*;

use super::cells;
use super::costs::CostLines;
use crate::domain::evaluation::{Cost, Evaluation, Hardware, Reason};
use crate::domain::strategy::StrategyId;
use crate::format::{NONE, count_exact, count_short, percent, usd_exact, usd_short, weeks};
use crate::sections::findings::FindingList;
use crate::state::store;

/// All that is known about one strategy.
#[component]
pub fn StrategyDetail(id: StrategyId) -> impl IntoView {
    let store = store();
    let quality = store.read_strategy(id, |assessment, _| Some(assessment.quality));
    let inputs = store.inputs();
    let sentence = move || {
        let bar = inputs.with(|inputs| inputs.quality.required_quality);
        quality.get().map(|quality| quality.sentence(bar))
    };
    let findings = store.read_strategy(id, |assessment, _| assessment.findings.clone());
    view! {
        <div class="detail">
            <OutReasons id />
            <p>"Quality: " {sentence} "."</p>
            <HardwareChoice id />
            <h3>"What it costs"</h3>
            <Figures id />
            <CostLines id />
            <h3>"What the rules say"</h3>
            <FindingList findings />
        </div>
    }
}

#[component]
fn OutReasons(id: StrategyId) -> impl IntoView {
    let reasons = store().read_strategy(id, |assessment, _| assessment.out.clone());
    let item = |reason: Reason| {
        let relax = reason.relax.map(|relax| view! { <span class="relax">" " {relax}</span> });
        view! { <li>{reason.text} " (" {reason.rule} ")" {relax}</li> }
    };
    move || {
        let reasons = reasons.get();
        (!reasons.is_empty()).then(|| {
            view! {
                <h3>"Why it is out, and what would let it in"</h3>
                <ul class="reasons">{reasons.into_iter().map(item).collect_view()}</ul>
            }
        })
    }
}

#[component]
fn HardwareChoice(id: StrategyId) -> impl IntoView {
    let hardware = store().read_strategy(id, |assessment, _| assessment.hardware.clone());
    move || {
        hardware.get().map(|hardware| {
            view! {
                <h3>"Hardware"</h3>
                <p>{hardware_words(&hardware)} <span class="source">" " {hardware.source}</span></p>
            }
        })
    }
}

fn hardware_words(hardware: &Hardware) -> String {
    let (first, last) = hardware.peak_replicas;
    let (low, likely, high) = hardware.tokens_per_second;
    let price = match hardware.usd_per_gpu_hour {
        Some(usd) => format!("at {} a GPU-hour", usd_exact(usd)),
        None => "bought".to_owned(),
    };
    format!(
        "{} × {} a replica, {price}, weights in {}; {} at the peak of month 1, {} in the last month. \
         One replica writes {} tokens a second ({} to {}). Month 1 uses {} of the time that is paid.",
        hardware.gpus_per_replica,
        hardware.gpu,
        hardware.precision,
        if first == 1.0 { "1 replica".to_owned() } else { format!("{} replicas", count_short(first)) },
        count_short(last),
        speed(likely),
        speed(low),
        speed(high),
        percent(hardware.utilisation),
    )
}

/// Tokens a second; decimals say nothing here.
fn speed(tokens: f64) -> String {
    count_exact(libm::round(tokens))
}

/// Figures read off the ledger.
#[component]
fn Figures(id: StrategyId) -> impl IntoView {
    let store = store();
    let figures = store.read(move |evaluation| figures(evaluation, id));
    let figure = |(name, text): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    move || match figures.get() {
        Ok(figures) => {
            view! { <dl class="figures">{figures.into_iter().map(figure).collect_view()}</dl> }.into_any()
        }
        Err(unknown) => view! { <p>"Cost unknown: " {unknown}</p> }.into_any(),
    }
}

fn figures(evaluation: &Evaluation, id: StrategyId) -> Result<Vec<(&'static str, String)>, String> {
    let assessment = evaluation.get(id).ok_or_else(|| NONE.to_owned())?;
    let cost: &Cost = assessment.cost.as_ref().map_err(Clone::clone)?;
    let (cheap, dear) = cost.tco_band;
    let mut figures = vec![("Total cost, discounted", usd_exact(cost.tco))];
    if cheap < dear {
        figures.push(("Range of its sizing", format!("{} to {}", usd_short(cheap), usd_short(dear))));
    }
    figures.extend([
        ("Total, not discounted", usd_short(cost.undiscounted)),
        ("Before launch", usd_short(cost.upfront)),
        ("First month", usd_short(cost.monthly_now)),
        ("Last month", usd_short(cost.monthly_at_horizon)),
        ("1,000 requests, on average", usd_short(cost.per_request * 1_000.0)),
        ("1,000 more requests", usd_short(cost.marginal_per_request * 1_000.0)),
        ("A million tokens", usd_short(cost.per_million_tokens)),
    ]);
    figures.extend([
        ("Cheaper than the reference", cells::break_even(assessment, evaluation)),
        ("Pays back", cells::payback(assessment, evaluation)),
        ("Price of quality", cells::price_of_quality(assessment)),
        ("Time to market", weeks(assessment.lead_weeks)),
        ("People’s hours a month", cells::hours(assessment)),
    ]);
    if let Some(errors) = cost.errors {
        figures.push(("Wrong answers, beside the total", usd_short(errors)));
    }
    if let Some(accepted) = cost.per_accepted {
        figures.push(("1,000 right answers", usd_short(accepted * 1_000.0)));
    }
    Ok(figures)
}
