//! What holds where an input is not set and something else speaks for it: a list price, an assumption.

use crate::domain::case::Case;
use crate::domain::cost::listed_prices;
use crate::domain::hardware::usd_per_gpu_hour;
use crate::domain::input::Complexity;
use crate::domain::workload::api_model;

/// A value that holds although nobody set it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InForce {
    /// The value.
    pub value: f64,
    /// Where it comes from, in a word.
    pub from: &'static str,
}

/// The value that holds for an input as long as it is not set; `None` where nothing does.
pub fn in_force(id: &str, case: &Case) -> Option<InForce> {
    let inputs = &case.inputs;
    let listed = |value: Option<f64>| value.map(|value| InForce { value, from: "catalogue" });
    let prices = || listed_prices(api_model(inputs, &case.catalog)?, inputs.economics.start, &case.catalog);
    match id {
        "api_input_price" => listed(prices().map(|prices| prices.base.input)),
        "api_output_price" => listed(prices().map(|prices| prices.base.output)),
        "serving_gpu_price" => {
            let gpu = case.catalog.gpu(&inputs.models.serving_gpu);
            listed(gpu.and_then(|gpu| usd_per_gpu_hour(gpu, inputs)))
        }
        "label_cost" => {
            let team = &inputs.team;
            let value = match inputs.work.complexity {
                Complexity::Simple => team.label_cost_simple,
                Complexity::Complex => team.label_cost_complex,
            };
            Some(InForce { value, from: "assumed" })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::registry;

    #[test]
    fn a_price_that_nobody_set_is_that_of_the_catalogue_and_an_unset_limit_is_none() {
        let mut case = Case::default();
        let value = |id: &str, case: &Case| in_force(id, case).map(|found| found.value);
        let row = api_model(&case.inputs, &case.catalog).unwrap();
        assert_eq!(value("api_input_price", &case), Some(row.input_usd_per_m));
        assert_eq!(value("api_output_price", &case), row.output_usd_per_m);
        assert_eq!(value("serving_gpu_price", &case), None, "no GPU is chosen");
        case.inputs.models.serving_gpu = "H100 SXM".to_owned();
        let gpu = case.catalog.gpu("H100 SXM").unwrap();
        assert_eq!(value("serving_gpu_price", &case), gpu.usd_hr_neocloud);
        assert_eq!(value("launch_weeks", &case), None);
    }

    #[test]
    fn setting_what_is_in_force_is_within_the_range_of_the_input() {
        let mut case = Case::default();
        case.inputs.models.serving_gpu = "H100 SXM".to_owned();
        let known = registry().filter_map(|record| Some((record, in_force(record.id, &case)?)));
        let within = known.map(|(record, found)| match record.kind {
            crate::domain::input::Kind::Number { min, max, .. } => (min..=max).contains(&found.value),
            _ => false,
        });
        assert_eq!(within.collect::<Vec<_>>(), [true; 4]);
    }
}
