//! Memory and hardware: where the memory goes, and every GPU that could carry this demand.

use crate::browser::dom::{El, el, svg};
use crate::components::disclosure::{disclosure, summary};
use crate::components::table::{Table, plain_table};
use crate::domain::cost::{Fit, GpuCost, MemoryUse, Study};
use crate::domain::units::words::{GAP, count_exact, usd_short};
use crate::state::store;

/// Opened on demand: it looks at every GPU of the catalogue.
pub fn fit() -> El {
    let inputs = store().inputs();
    let shown = move || {
        let fit = inputs.with(|inputs| Study::new(inputs).fit());
        let training = fit.training.iter().map(|used| picture(used.as_ref().map_err(Clone::clone)));
        vec![
            picture(fit.serving.as_ref().map_err(ToString::to_string)),
            el("div").children(training),
            el("h3").text("Every GPU that could carry this demand"),
            el("p").class("caption").text(&caption(&fit)),
            plain_table(&table(&fit.gpus)),
        ]
    };
    el("section")
        .attrs(&[("class", "fit"), ("aria-labelledby", "fit-heading"), ("data-testid", "fit")])
        .child(el("h2").attr("id", "fit-heading").text("Memory and hardware"))
        .child(disclosure("", summary("Where the memory goes, and what each GPU would cost"), move || {
            el("div").anew(shown)
        }))
}

/// One GPU's memory as a bar with its legend, or why there is none.
fn picture(used: Result<&MemoryUse, String>) -> El {
    let used = match used {
        Ok(used) => used,
        Err(reason) => return el("p").class("hint").text(&reason),
    };
    let mut bar = svg("svg").attrs(&[("class", "memory"), ("aria-hidden", "true"), ("focusable", "false")]);
    let mut legend = el("ul").class("legend");
    let free = ("free", used.free_gib());
    let mut start = 0.0;
    for (place, (name, gib)) in used.parts.iter().chain([&free]).enumerate() {
        let share = gib / used.usable_gib;
        let is_free = place == used.parts.len();
        let class = if is_free { "free".to_owned() } else { format!("part-{place}") };
        bar = bar.child(svg("rect").attrs(&[
            ("class", &class),
            ("x", &format!("{:.2}%", start * 100.0)),
            ("width", &format!("{:.2}%", share * 100.0)),
            ("height", "100%"),
        ]));
        start += share;
        let words = format!("{name} {gib:.1}{GAP}GiB, {:.0}{GAP}%", share * 100.0);
        legend = legend.child(el("li").child(el("span").class(&format!("swatch {class}"))).text(&words));
    }
    let (taken, band) = (used.used_gib(), used.band);
    let title = format!(
        "{}: {taken:.0} GiB ({:.0} to {:.0}) of {:.0} on each GPU",
        used.title,
        taken * band.low,
        taken * band.high,
        used.usable_gib
    );
    let smallest = used.smallest.iter().map(|gpus| {
        el("p").class("hint").text(&format!("The smallest GPUs of the catalogue that hold it: {gpus}."))
    });
    el("div")
        .class("memory-use")
        .child(el("p").child(el("b").text(&title)))
        .child(bar)
        .child(legend)
        .children(smallest)
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
            gpu.replica.clone(),
            count_exact(gpu.peak_gpus),
            usd_short(gpu.usd_per_month),
            range(usd_short(gpu.usd_band.0), usd_short(gpu.usd_band.1)),
            usd_short(gpu.usd_per_million_tokens),
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
