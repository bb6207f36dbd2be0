//! One GPU's memory as a bar with its legend.

use leptos::prelude::*;

use crate::components::style::percent;
use crate::domain::answer::MemoryUse;
use crate::domain::units::words::GAP;

/// What takes memory, or what is left.
struct Part {
    class: String,
    name: &'static str,
    gib: f64,
    /// Of what the GPU can use.
    share: f64,
    /// Where it begins, as a share of the same.
    start: f64,
}

/// The bar, or why there is none.
#[component]
pub fn Memory(used: Result<MemoryUse, String>) -> impl IntoView {
    match used {
        Ok(used) => picture(&used),
        Err(reason) => view! { <p class="hint">{reason}</p> }.into_any(),
    }
}

fn picture(used: &MemoryUse) -> AnyView {
    let parts = parts(used);
    let smallest = used.smallest.iter().map(|gpus| {
        view! { <p class="hint">{format!("The smallest GPUs of the catalogue that hold it: {gpus}.")}</p> }
    });
    view! {
        <div class="memory-use">
            <p>
                <b>{title(used)}</b>
            </p>
            <svg class="memory" aria-hidden="true" focusable="false">
                {parts.iter().map(bar).collect_view()}
            </svg>
            <ul class="legend">{parts.iter().map(legend).collect_view()}</ul>
            {smallest.collect_view()}
        </div>
    }
    .into_any()
}

fn parts(used: &MemoryUse) -> Vec<Part> {
    let mut start = 0.0;
    let free = ("free", used.free_gib());
    let part = |(place, (name, gib)): (usize, &(&'static str, f64))| {
        let is_free = place == used.parts.len();
        let class = if is_free { "free".to_owned() } else { format!("part-{place}") };
        let part = Part { class, name, gib: *gib, share: gib / used.usable_gib, start };
        start += part.share;
        part
    };
    used.parts.iter().chain([&free]).enumerate().map(part).collect()
}

fn bar(part: &Part) -> AnyView {
    view! { <rect class=part.class.clone() x=percent(part.start) width=percent(part.share) height="100%" /> }
        .into_any()
}

fn legend(part: &Part) -> AnyView {
    let words = format!("{} {:.1}{GAP}GiB, {:.0}{GAP}%", part.name, part.gib, part.share * 100.0);
    view! {
        <li>
            <span class=format!("swatch {}", part.class)></span>
            {words}
        </li>
    }
    .into_any()
}

fn title(used: &MemoryUse) -> String {
    let (taken, band) = (used.used_gib(), used.band);
    format!(
        "{}: {taken:.0} GiB ({:.0} to {:.0}) of {:.0} on each GPU",
        used.title,
        taken * band.low,
        taken * band.high,
        used.usable_gib
    )
}
