//! The hardware that a strategy serves on, in words.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::source::SourceText;
use crate::domain::answer::Hardware;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{count_exact, count_short, percent, usd_exact};
use crate::state::Page;

/// The hardware of a strategy, if it has its own.
#[component]
pub fn HardwareChoice(id: StrategyId) -> impl IntoView {
    let hardware = Page::get().strategy(id, |assessment, _| assessment.hardware.clone());
    view! {
        <Anew of=move || hardware.get() let:hardware>
            {hardware.as_ref().map(choice)}
        </Anew>
    }
}

fn choice(hardware: &Hardware) -> AnyView {
    view! {
        <h3>"Hardware"</h3>
        <p>{hardware_words(hardware)} <span class="source">" " <SourceText text=hardware.source.clone() /></span></p>
    }
    .into_any()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::ReplicaMemory;

    #[test]
    fn the_hardware_is_said_with_the_range_of_its_gpus_and_a_measurement_without_one() {
        let mut hardware = Hardware {
            gpu: "H100 SXM".to_owned(),
            gpus_per_replica: 4,
            memory: ReplicaMemory {
                weights_gib: 60.0,
                kv_gib: 190.0,
                runtime_gib: 5.6,
                usable_gib: 286.6,
                calls_in_flight: 40.0,
                users_held: None,
            },
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
