//! Hardware: what each strategy would serve on, where the memory goes, and every GPU that could carry this demand.

mod memory;

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::fold::Fold;
use crate::components::place_link::PlaceLink;
use crate::components::source::SourceText;
use crate::components::table::{PlainTable, Table};
use crate::domain::answer::{Assessment, AtOnce, Decided, Fit, GpuCost, fit, hardware_line};
use crate::domain::units::Cell;
use crate::domain::units::words::{count_exact, count_short, percent, usd_rate, usd_short};
use crate::state::Page;
use memory::Memory;

/// What serves, and what else could.
#[component]
pub fn Hardware() -> impl IntoView {
    let said = Page::get().read(|answer| hardware_line(&answer.decided));
    view! {
        <Fold id="hardware" title="Hardware" said>
            <div class="fit" data-testid="fit">
                <Serving />
                <Disclosure summary=|| "Where the memory goes, and what each GPU would cost">
                    <FitDetail />
                </Disclosure>
                <p class="source">
                    "Formulas: " <SourceText text="method §5" /> ". Prices and specifications: "
                    <PlaceLink to="table-gpus" within="sources">
                        "the table of GPUs"
                    </PlaceLink> ", each row with its source."
                </p>
            </div>
        </Fold>
    }
}

/// The hardware of each strategy that has its own.
#[component]
fn Serving() -> impl IntoView {
    let table = Page::get().read(|answer| serving_table(&answer.decided));
    view! {
        <Anew of=move || table.get() let:table>
            {match table.rows.is_empty() {
                true => view! { <p>"No strategy that serves on GPUs of your own fits."</p> }.into_any(),
                false => view! { <PlainTable table /> }.into_any(),
            }}
        </Anew>
    }
}

fn serving_table(decided: &Decided) -> Table {
    let fits = |one: &&Assessment| one.survives() && one.hardware.is_some();
    let any_fits = decided.assessments.iter().any(|one| fits(&one));
    let shown = decided.assessments.iter().filter(|one| !any_fits || fits(one));
    let row = |one: &Assessment| {
        let hardware = one.hardware.as_ref()?;
        let (_, gpus, _) = hardware.peak_gpus;
        let hour =
            hardware.usd_per_gpu_hour.map_or_else(|| "bought".into(), |usd| Cell::number(usd, usd_rate));
        Some(vec![
            format!("{}, in {}", one.name, hardware.precision).into(),
            format!("{} × {}", count_short(gpus), hardware.gpu).into(),
            hour,
            Cell::number(hardware.utilisation, percent),
        ])
    };
    Table {
        caption: "What each strategy would serve on".to_owned(),
        head: ["Strategy", "GPUs at the peak", "Each, an hour", "Busy"].map(str::to_owned).into(),
        rows: shown.filter_map(row).collect(),
        word_columns: (1, 0),
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
    let at_once = (!fit.at_once.is_empty()).then(|| at_once_table(&fit.at_once));
    let at_once = at_once.map(|table| {
        view! {
            <h3>"Users at once"</h3>
            <p class="caption">{AT_ONCE}</p>
            <PlainTable table />
        }
    });
    let training = fit.training.into_iter().map(|used| view! { <Memory used /> });
    view! {
        <Memory used=serving />
        {at_once}
        <div>{training.collect_view()}</div>
        <h3>"Every GPU that could carry this demand"</h3>
        <p class="caption">{caption}</p>
        <PlainTable table=gpus />
    }
    .into_any()
}

/// What the table of users at once says.
const AT_ONCE: &str = "The open model with the users at once that you state, each with the whole of the context: the fewest cards of each GPU allowed whose memory holds them, the cheapest first. How fast they are served is another question.";

fn at_once_table(sets: &[AtOnce]) -> Table {
    let gib = |gib: f64| Cell::number(gib, |gib| count_exact(libm::round(gib)));
    let row = |set: &AtOnce| {
        let gpus = count_exact(set.cards());
        vec![
            format!("{gpus} × {}, in {}", set.gpu, set.precision).into(),
            gib(set.weights_gib),
            gib(set.kv_gib),
            gib(set.runtime_gib),
            gib(set.usable_gib),
            Cell::number(set.usd_per_hour, usd_rate),
        ]
    };
    Table {
        caption: "GPUs that hold the users at once".to_owned(),
        head: ["Cards", "Weights, GiB", "Cache, GiB", "Runtime, GiB", "To fill, GiB", "An hour"]
            .map(str::to_owned)
            .into(),
        rows: sets.iter().map(row).collect(),
        word_columns: (1, 0),
    }
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
