//! Memory and hardware: where the memory goes, and every GPU that could carry this demand.

mod memory;

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::table::{PlainTable, Table};
use crate::domain::answer::{Fit, GpuCost, fit};
use crate::domain::units::Cell;
use crate::domain::units::words::{count_exact, usd_short};
use crate::state::Page;
use memory::Memory;

/// Opened on demand: it looks at every GPU of the catalogue.
#[component]
pub fn Fits() -> impl IntoView {
    view! {
        <section class="fit" aria-labelledby="fit-heading" data-testid="fit">
            <h2 id="fit-heading">"Memory and hardware"</h2>
            <Disclosure summary=|| "Where the memory goes, and what each GPU would cost">
                <FitDetail />
            </Disclosure>
        </section>
    }
}

#[component]
fn FitDetail() -> impl IntoView {
    let page = Page::get();
    view! {
        <div>
            <Anew of=move || page.case.with(|case| fit(case)) let:fit>
                {shown(fit)}
            </Anew>
        </div>
    }
}

fn shown(fit: Fit) -> AnyView {
    let (caption, gpus) = (caption(&fit), table(&fit.gpus));
    let serving = fit.serving.map_err(|exclusion| exclusion.to_string());
    let training = fit.training.into_iter().map(|used| view! { <Memory used /> });
    view! {
        <Memory used=serving />
        <div>{training.collect_view()}</div>
        <h3>"Every GPU that could carry this demand"</h3>
        <p class="caption">{caption}</p>
        <PlainTable table=gpus />
    }
    .into_any()
}

fn caption(fit: &Fit) -> String {
    format!(
        "The open model at the demand of month 1, with the price of your data boundary; auto\u{2019}s preferences aside. {} accelerators of the catalogue have no price here, are of another kind (TPUs, no bf16), or cannot hold it in time.",
        fit.unfit
    )
}

/// Two ends in words; one where they read the same, as where the least number of replicas decides.
fn range(low: String, high: String) -> String {
    if low == high { low } else { format!("{low} to {high}") }
}

fn table(gpus: &[GpuCost]) -> Table {
    let row = |gpu: &GpuCost| {
        vec![
            gpu.replica.as_str().into(),
            Cell::number(gpu.peak_gpus, count_exact),
            Cell::number(gpu.usd_per_month, usd_short),
            range(usd_short(gpu.usd_band.0), usd_short(gpu.usd_band.1)).into(),
            Cell::number(gpu.usd_per_million_tokens, usd_short),
        ]
    };
    Table {
        caption: "Every GPU that could carry this demand".to_owned(),
        head: ["Replica", "GPUs at the peak", "A month", "Likely range", "A million tokens"]
            .map(str::to_owned)
            .into(),
        rows: gpus.iter().map(row).collect(),
        word_columns: (1, 0),
    }
}
