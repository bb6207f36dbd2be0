//! What opens under a strategy: why it is out, hardware, figures, costs, rules.

use super::cells;
use super::costs::cost_lines;
use super::ways::ways_to;
use crate::browser::dom::{El, el};
use crate::domain::evaluation::{Cost, Evaluation, Hardware};
use crate::domain::strategy::{Exclusion, StrategyId};
use crate::domain::units::words::{NONE, count_exact, count_short, percent, usd_exact, usd_short, weeks};
use crate::sections::findings::finding_list;
use crate::state::store;

/// All that is known about one strategy.
pub fn strategy_detail(id: StrategyId) -> El {
    let store = store();
    let quality = move || {
        let bar = store.inputs().with(|inputs| inputs.quality.required_quality);
        store.strategy(id, |assessment, _| format!("Quality: {}.", assessment.quality.sentence(bar)))
    };
    el("div")
        .class("detail")
        .child(ways_to(id))
        .anew(move || store.strategy(id, |assessment, _| out_reasons(&assessment.out)))
        .child(el("p").live(quality))
        .anew(move || store.strategy(id, |assessment, _| hardware_choice(assessment.hardware.as_ref())))
        .child(el("h3").text("What it costs"))
        .anew(move || vec![figure_list(store.read(|evaluation| figures(evaluation, id)))])
        .child(cost_lines(id))
        .child(el("h3").text("What the rules say"))
        .child(finding_list(move || store.strategy(id, |assessment, _| assessment.findings.clone())))
}

fn out_reasons(exclusions: &[Exclusion]) -> Vec<El> {
    if exclusions.is_empty() {
        return Vec::new();
    }
    let item = |exclusion: &Exclusion| {
        let item = el("li").text(&format!("{exclusion} ({})", exclusion.rule()));
        match exclusion.relax() {
            Some(relax) => item.child(el("span").class("relax").text(&format!(" {relax}"))),
            None => item,
        }
    };
    vec![
        el("h3").text("Why it is out, and what would let it in"),
        el("ul").class("reasons").children(exclusions.iter().map(item)),
    ]
}

fn hardware_choice(hardware: Option<&Hardware>) -> Vec<El> {
    let Some(hardware) = hardware else { return Vec::new() };
    let source = el("span").class("source").text(&format!(" {}", hardware.source));
    vec![el("h3").text("Hardware"), el("p").text(&hardware_words(hardware)).child(source)]
}

fn hardware_words(hardware: &Hardware) -> String {
    let (first, last) = hardware.peak_replicas;
    let (low, likely, high) = hardware.tokens_per_second;
    let range =
        if hardware.measured { "measured".to_owned() } else { format!("{} to {}", speed(low), speed(high)) };
    let price = match hardware.usd_per_gpu_hour {
        Some(usd) => format!("at {} a GPU-hour", usd_exact(usd)),
        None => "bought".to_owned(),
    };
    format!(
        "{} × {} a replica, {price}, weights in {}; {} on {} at the peak of month 1, {} on {} in the last month. \
         One replica writes {} tokens a second ({range}). Month 1 uses {} of the time that is paid.",
        hardware.gpus_per_replica,
        hardware.gpu,
        hardware.precision,
        if first == 1.0 { "1 replica".to_owned() } else { format!("{} replicas", count_short(first)) },
        gpus(hardware.peak_gpus),
        count_short(last),
        gpus(hardware.peak_gpus_at_horizon),
        speed(likely),
        percent(hardware.utilisation),
    )
}

/// GPUs with their range, if there is one: "64 GPUs (48 to 80)".
fn gpus((low, likely, high): (f64, f64, f64)) -> String {
    let name = if likely == 1.0 { "1 GPU".to_owned() } else { format!("{} GPUs", count_short(likely)) };
    if low < high { format!("{name} ({} to {})", count_short(low), count_short(high)) } else { name }
}

/// Tokens a second; decimals say nothing here.
fn speed(tokens: f64) -> String {
    count_exact(libm::round(tokens))
}

type Figures = Result<Vec<(&'static str, String)>, String>;

fn figure_list(figures: Figures) -> El {
    let figure =
        |(name, text): (&str, String)| el("div").child(el("dt").text(name)).child(el("dd").text(&text));
    match figures {
        Ok(figures) => el("dl").class("figures").children(figures.into_iter().map(figure)),
        Err(unknown) => el("p").text(&format!("Cost unknown: {unknown}")),
    }
}

/// Figures read off the ledger.
fn figures(evaluation: &Evaluation, id: StrategyId) -> Figures {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hardware_is_said_with_the_range_of_its_gpus_and_a_measurement_without_one() {
        let mut hardware = Hardware {
            gpu: "H100 SXM".to_owned(),
            gpus_per_replica: 4,
            peak_replicas: (16.0, 20.0),
            peak_gpus: (48.0, 64.0, 80.0),
            peak_gpus_at_horizon: (60.0, 80.0, 100.0),
            precision: "fp8",
            tokens_per_second: (880.0, 1_000.0, 1_190.0),
            measured: false,
            utilisation: 0.5,
            usd_per_gpu_hour: None,
            source: String::new(),
        };
        let words = hardware_words(&hardware);
        assert!(words.contains("16 replicas on 64 GPUs (48 to 80) at the peak of month 1"), "{words}");
        assert!(words.contains("20 on 80 GPUs (60 to 100) in the last month"), "{words}");
        assert!(words.contains("1,000 tokens a second (880 to 1,190)"), "{words}");
        (hardware.measured, hardware.peak_gpus) = (true, (64.0, 64.0, 64.0));
        let words = hardware_words(&hardware);
        assert!(words.contains("on 64 GPUs at the peak") && words.contains("(measured)"), "{words}");
    }
}
