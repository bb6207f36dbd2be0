//! Scenarios beside the random ones: other tables, as rows of a user or a policy may say and the catalogue happens not
//! to, measurements with a price for each wrong answer, and knowledge that fits the prompt.

use std::sync::Arc;

use tunewise::domain::case::Case;
use tunewise::domain::catalog::{
    ApiModel, Availability, Catalog, Gpu, HostedTuning, LicenceClass, PriceChange, SeatBeyond,
};
use tunewise::domain::evidence::Evidence;
use tunewise::domain::input::{Value, evidence_input, input};
use tunewise::domain::strategy::StrategyId;
use tunewise::domain::units::Date;

use crate::random::Lcg;

/// The case with many cells of its tables changed, the same for the same seed.
pub fn shaken(case: &Case, seed: u64) -> Case {
    let mut random = Lcg(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 1_404);
    random.next();
    let start = case.inputs.economics.start.year;
    let mut tables: Catalog = (*case.catalog).clone();
    let ids: Vec<String> = tables.api_models.iter().map(|row| row.model_id.clone()).collect();
    for row in &mut tables.api_models {
        shake_model(&mut random, row, &ids, start);
    }
    for change in &mut tables.price_changes {
        shake_change(&mut random, change, &ids, start);
    }
    for row in &mut tables.hosted_tuning {
        shake_offer(&mut random, row, start);
    }
    for row in &mut tables.open_models {
        if is_rare(&mut random) {
            row.max_context = *random.one_of(&[row.max_context, Some(4_000.0)]);
            row.licence_class = *random.one_of(&[None, Some(LicenceClass::Permissive), row.licence_class]);
        }
    }
    for row in &mut tables.gpus {
        shake_card(&mut random, row);
    }
    Case { catalog: Arc::new(tables), ..case.clone() }
}

/// The case with a price for each wrong answer, and most strategies measured or stated.
pub fn measured(case: &Case, seed: u64) -> Case {
    let mut random = Lcg(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 1_405);
    random.next();
    let mut case = case.clone();
    case.inputs.quality.cost_per_error = Some(10.0 * random.share());
    for id in StrategyId::ALL {
        let evidence = match random.below(4) {
            0 => Evidence::Untested,
            1 => Evidence::Stated(random.share()),
            _ => Evidence::Counted { correct: u32::try_from(random.below(201)).unwrap(), total: 200 },
        };
        (input(evidence_input(id)).unwrap().set)(&mut case.inputs, &Value::Evidence(evidence));
    }
    case
}

/// The case with knowledge that mostly fits the prompt, so that it can be brought in either way.
pub fn informed(case: &Case, seed: u64) -> Case {
    let mut random = Lcg(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 1_406);
    random.next();
    let mut case = case.clone();
    case.inputs.data.knowledge_tokens = (250_000.0 * random.share().powi(2)).round();
    case
}

fn is_rare(random: &mut Lcg) -> bool {
    random.below(4) == 0
}

fn day(random: &mut Lcg, start: i32) -> Date {
    Date {
        year: start + i32::try_from(random.below(4)).unwrap(),
        month: 1 + u8::try_from(random.below(12)).unwrap(),
        day: 1 + u8::try_from(random.below(28)).unwrap(),
    }
}

fn shake_model(random: &mut Lcg, row: &mut ApiModel, ids: &[String], start: i32) {
    if is_rare(random) {
        row.retires_on = Some(day(random, start));
        row.successor_model_id = (!is_rare(random)).then(|| random.one_of(ids).clone());
    }
    if is_rare(random) {
        row.batch_discount = *random.one_of(&[None, Some(0.2), Some(0.5)]);
        row.batch_stacks_with_cache = *random.one_of(&[None, Some(false), Some(true)]);
        row.batch_cached_input_usd_per_m = *random.one_of(&[None, Some(0.01), Some(row.input_usd_per_m)]);
    }
    if is_rare(random) {
        row.long_context_threshold_tokens = Some(200.0 + 10_000.0 * random.share());
        row.long_context_input_multiplier = *random.one_of(&[None, Some(2.0), Some(5.0)]);
        row.long_context_output_multiplier = *random.one_of(&[None, Some(1.5), Some(5.0)]);
    }
    if is_rare(random) {
        row.min_cacheable_tokens = *random.one_of(&[None, Some(0.0), Some(512.0), Some(4_096.0)]);
        row.cached_input_usd_per_m = *random.one_of(&[None, Some(0.0), Some(0.5 * row.input_usd_per_m)]);
        row.cache_write_usd_per_m = *random.one_of(&[None, Some(0.0), Some(2.0 * row.input_usd_per_m)]);
    }
    if is_rare(random) {
        row.input_usd_per_m *= *random.one_of(&[0.0, 0.3, 3.0]);
        row.output_usd_per_m = *random.one_of(&[row.output_usd_per_m, row.output_usd_per_m, Some(7.0), None]);
        row.max_input_tokens = *random.one_of(&[None, Some(4_000.0), Some(100_000.0)]);
        row.max_output_tokens = *random.one_of(&[None, Some(1_000.0)]);
    }
    if is_rare(random) {
        row.flex_multiplier = *random.one_of(&[None, Some(0.3), Some(0.7)]);
        row.flex_cached_input_usd_per_m = *random.one_of(&[None, Some(0.02)]);
        row.priority_multiplier = *random.one_of(&[None, Some(1.5), Some(2.5)]);
    }
    if is_rare(random) {
        row.provisioned_usd_per_unit_hour = Some(20.0 * random.share());
        row.provisioned_tokens_per_minute = *random.one_of(&[None, Some(1e4), Some(1e6)]);
        row.provisioned_output_weight = *random.one_of(&[None, Some(4.0)]);
        row.provisioned_min_units = *random.one_of(&[None, Some(3.0)]);
        row.provisioned_commitment_months = *random.one_of(&[None, Some(1.0), Some(3.0), Some(12.0)]);
    }
    if is_rare(random) {
        row.seat_usd_per_month = Some(50.0 * random.share());
        row.seat_requests_per_month = *random.one_of(&[None, Some(100.0), Some(10_000.0)]);
        row.seat_beyond = *random.one_of(&[None, Some(SeatBeyond::PerToken), Some(SeatBeyond::Stopped)]);
    }
    if random.below(20) == 0 {
        row.embedding_dims = None;
    }
}

fn shake_change(random: &mut Lcg, change: &mut PriceChange, ids: &[String], start: i32) {
    if is_rare(random) {
        return;
    }
    change.model_id.clone_from(random.one_of(ids));
    change.valid_from = Some(day(random, start));
    change.input_usd_per_m = 4.0 * random.share();
    change.cached_input_usd_per_m = is_rare(random).then_some(0.1);
    change.output_usd_per_m = 20.0 * random.share();
}

fn shake_offer(random: &mut Lcg, row: &mut HostedTuning, start: i32) {
    if is_rare(random) {
        row.availability = Availability::Open;
        row.no_new_jobs_after = is_rare(random).then(|| day(random, start));
        row.serving_ends_on = is_rare(random).then(|| day(random, start + 1));
    }
    if is_rare(random) {
        row.min_charge_usd = Some(1_000.0 * random.share());
        row.validation_billed = *random.one_of(&[None, Some(true), Some(false)]);
        row.tuned_cached_input_usd_per_m = *random.one_of(&[None, Some(0.02)]);
        row.training_usd_per_m_tokens = *random.one_of(&[None, Some(2.0), Some(50.0)]);
    }
    if is_rare(random) {
        row.endpoint_usd_per_hour = *random.one_of(&[None, Some(0.4), Some(4.0)]);
    }
}

fn shake_card(random: &mut Lcg, row: &mut Gpu) {
    if is_rare(random) {
        row.min_rentable = *random.one_of(&[None, Some(1), Some(2), Some(8)]);
        row.tdp_w = *random.one_of(&[None, row.tdp_w, row.tdp_w]);
        row.purchase_usd_per_gpu =
            *random.one_of(&[None, row.purchase_usd_per_gpu, row.purchase_usd_per_gpu]);
    }
    if is_rare(random) {
        row.usd_hr_neocloud = row.usd_hr_neocloud.map(|usd| usd * (0.3 + random.share()));
        row.usd_hr_hyperscaler = row.usd_hr_hyperscaler.map(|usd| usd * (0.3 + random.share()));
    }
}
