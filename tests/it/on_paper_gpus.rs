//! Own GPUs worked on paper, equal to the engine to the cent.
//!
//! The prices are copied from the catalogue by hand, so a change of a row shows up here.

use tunewise::domain::catalog::Catalog;
use tunewise::domain::cost::Line;
use tunewise::domain::hardware::{ServedModel, serving_options};
use tunewise::domain::input::Inputs;
use tunewise::domain::strategy::StrategyId;
use tunewise::domain::workload::CallTokens;

use crate::support::{case, cost, evaluate, in_month, line, of, to_the_cent, without_people};

const MONTH_HOURS: f64 = 730.5;
const MILLION: f64 = 1e6;

/// gpt-6.1-sol and gpt-6-luna, US dollars per million tokens.
const SOL_IN: f64 = 2.0;
const SOL_OUT: f64 = 10.0;
const LUNA_IN: f64 = 0.1;
const LUNA_OUT: f64 = 0.5;

/// Llama-3.1-8B on one H100 SXM, reserved, in the own cloud: 10.98 an hour, and nothing but own GPUs is allowed.
fn own_cloud(requests: f64, billing: &str) -> Inputs {
    scene! {
        data_boundary: "own-cloud", open_model: "Llama-3.1-8B", serving_gpu: "H100 SXM", serving_gpu_count: "1",
        gpu_billing: billing, requests_per_month: requests, growth_per_month: 0.0, retry_share: 0.0,
        prefix_tokens: 500.0, input_tokens: 1_000.0, output_tokens: 200.0,
        shape: "business-hours", burst: 1.5, peak_utilisation: 0.65, horizon: 2.0, discount_rate: 0.0,
    }
}

/// Calls a second of one of these replicas: the one figure that is taken from the engine's sizing.
fn calls_per_second() -> f64 {
    let inputs = own_cloud(1e6, "reserved");
    let model = Catalog::builtin().open_model("Llama-3.1-8B").unwrap();
    let tokens = CallTokens { prefix: 500.0, variable: 1_000.0, output: 200.0, ..CallTokens::default() };
    let case = case(&inputs);
    let options =
        serving_options(&ServedModel { model, is_tuned: false, tokens }, &case.inputs, &case.catalog)
            .unwrap();
    assert_eq!(options.len(), 1);
    options[0].estimate.calls_per_second
}

/// Requests a month that so many replicas carry: the peak hour has 3.5 times the mean and bursts 1.5 times above it,
/// and a replica is planned to 65 % of its speed.
fn carried_by(replicas: f64) -> f64 {
    replicas * calls_per_second() * 0.65 / (3.5 * 1.5) * MONTH_HOURS * 3_600.0
}

#[test]
fn self_hosting_steps_up_one_replica_at_a_time_and_is_flat_between() {
    // Rent 10.98, overhead 15 %, all month; two replicas at least.
    const REPLICA: f64 = MONTH_HOURS * 10.98 * 1.15;
    // Prompts 80 h and own serving 160 h; evaluation set 60 h; 8 + 40 h a month. It is the reference itself.
    const ONE_OFFS: f64 = (80.0 + 160.0 + 60.0) * 100.0;
    const PEOPLE: f64 = (8.0 + 40.0) * 100.0;
    let tco = |requests: f64| cost(&own_cloud(requests, "reserved"), StrategyId::OpenSelf).tco;
    let paper = |replicas: f64| ONE_OFFS + 2.0 * (PEOPLE + replicas * REPLICA);
    to_the_cent("hardly used", tco(1_000.0), paper(2.0));
    to_the_cent("just below the first step", tco(carried_by(2.0) * 0.999_99), paper(2.0));
    to_the_cent("just above the first step", tco(carried_by(2.0) * 1.000_01), paper(3.0));
    to_the_cent("just below the second step", tco(carried_by(3.0) * 0.999_99), paper(3.0));
    to_the_cent("just above the second step", tco(carried_by(3.0) * 1.000_01), paper(4.0));
    // Nine GPUs are two nodes: the second one takes two more hours a month.
    to_the_cent("the ninth GPU", tco(carried_by(8.0) * 1.000_01), paper(9.0) + 2.0 * 200.0);
}

#[test]
fn autoscaled_gpus_are_paid_by_the_hours_of_each_level() {
    // The load of five replicas at the peak: 40 h of the week at 3.5, 40 h at 0.4 and 88 h at 0.136 of the mean
    // need 5, 5 × 0.4/3.5 = 0.57 → 1 and 0.19 → 1 replicas, but never fewer than two.
    let requests = carried_by(4.999);
    let hours = |of_168: f64| of_168 / 168.0 * MONTH_HOURS;
    let replica_hours = 5.0 * hours(40.0) + 2.0 * hours(40.0) + 2.0 * hours(88.0);
    let compute = replica_hours * 10.98 * 1.15;
    let ledger = cost(&own_cloud(requests, "autoscaled"), StrategyId::OpenSelf).ledger;
    to_the_cent("a month", in_month(&ledger, 1, Line::ServingCompute), compute);
    // With cold starts nothing has to wait idle, and the quiet hours need one replica.
    let mut cold = own_cloud(requests, "autoscaled");
    cold.constraints.cold_starts_accepted = true;
    let replica_hours = 5.0 * hours(40.0) + hours(40.0) + hours(88.0);
    let ledger = cost(&cold, StrategyId::OpenSelf).ledger;
    to_the_cent("with cold starts", in_month(&ledger, 1, Line::ServingCompute), replica_hours * 10.98 * 1.15);
}

#[test]
fn rented_gpus_follow_the_drift_of_rents_and_the_committed_discount() {
    let mut inputs = own_cloud(1_000.0, "reserved");
    inputs.economics.gpu_rent_drift = 0.1;
    inputs.economics.committed_use_discount = 0.25;
    inputs.economics.horizon = 13.0;
    let ledger = cost(&inputs, StrategyId::OpenSelf).ledger;
    let first = 2.0 * MONTH_HOURS * 10.98 * 0.75 * 1.15;
    to_the_cent("month 1", in_month(&ledger, 1, Line::ServingCompute), first);
    to_the_cent("a year later", in_month(&ledger, 13, Line::ServingCompute), first * 1.1);
}

#[test]
fn a_retrain_is_rented_at_the_price_of_its_month() {
    let trained = |drift: f64, month: usize| {
        let mut inputs = own_cloud(1e5, "reserved");
        inputs.models.base_model = "Llama-3.1-8B".to_owned();
        inputs.economics.horizon = 24.0;
        inputs.economics.gpu_rent_drift = drift;
        inputs.team.lead_time_self_hosted = 2.0;
        inputs.team.retrain_interval = 12.0;
        in_month(&cost(&inputs, StrategyId::Lora).ledger, month, Line::TrainingCompute)
    };
    // The reference serves on the same GPUs and is ready as soon, so the first retrain is in month 13, a year on.
    let (first, again) = (trained(0.0, 0), trained(0.0, 13));
    assert!(again > 0.0 && first > 0.0, "{first} {again}");
    to_the_cent("at first", trained(0.1, 0), first);
    to_the_cent("a year later", trained(0.1, 13), again * 1.1);
    to_the_cent("where rents fall", trained(-0.15, 13), again * 0.85);
}

/// Llama-3.1-8B on bought cards, one a replica, one replica.
fn on_premises(gpu: &str, growth: f64) -> Inputs {
    scene! {
        data_boundary: "own-premises", open_model: "Llama-3.1-8B", base_model: "Llama-3.1-8B",
        serving_gpu: gpu, serving_gpu_count: "1", downtime_accepted: true,
        requests_per_month: 20_000.0, growth_per_month: growth, retry_share: 0.0,
        prefix_tokens: 500.0, input_tokens: 1_000.0, output_tokens: 200.0,
        horizon: 6.0, discount_rate: 0.1,
    }
}

/// What a month of one bought card costs: capital recovered over 36 months at 10 % a year with 15 % left at the end.
fn bought_month(price: f64, kilowatts: f64) -> f64 {
    let purchase = price * 1.2;
    let i = 1.1_f64.powf(1.0 / 12.0) - 1.0;
    // (1+i)^36 = 1.1^3 = 1.331.
    let kept = 1.0 / 1.331;
    let capital = (purchase - 0.15 * purchase * kept) * i / (1.0 - kept);
    capital + kilowatts * 1.4 * 0.12 * MONTH_HOURS + kilowatts * 150.0
}

/// What a month of one of so many bought cards costs less as it idles: four fifths of the power, but while it works on
/// its part of the requests.
fn idles(gpu: &str, kilowatts: f64, cards: f64, requests: f64) -> f64 {
    let inputs = on_premises(gpu, 0.0);
    let model = Catalog::builtin().open_model("Llama-3.1-8B").unwrap();
    let tokens = CallTokens { prefix: 500.0, variable: 1_000.0, output: 200.0, ..CallTokens::default() };
    let case = case(&inputs);
    let served = ServedModel { model, is_tuned: false, tokens };
    let options = serving_options(&served, &case.inputs, &case.catalog).unwrap();
    let busy = requests / options[0].estimate.calls_per_second / 3_600.0 / cards;
    kilowatts * 1.4 * 0.12 * (MONTH_HOURS - busy) * 0.8
}

#[test]
fn bought_cards_cost_their_capital_recovery_power_and_space() {
    // H100 PCIe: $29,000 with its server, 350 W; with network and spares $34,800.
    // Capital $955.79 a month: 34,800 × (1 − 0.15/1.331) × 0.0079741 / (1 − 1/1.331).
    let month = bought_month(29_000.0, 0.35);
    assert!((month - 0.35 * (122.724 + 150.0) - 990.1).abs() < 0.5, "{month}");
    let month = month - idles("H100 PCIe", 0.35, 1.0, 20_000.0);
    let cost = cost(&on_premises("H100 PCIe", 0.0), StrategyId::OpenSelf);
    to_the_cent("a month", in_month(&cost.ledger, 1, Line::ServingCompute), month * 1.15);
    let discounted: f64 = (1..=6).map(|m| 1.1_f64.powf(-f64::from(m) / 12.0)).sum();
    const ONE_OFFS: f64 = (80.0 + 160.0 + 60.0) * 100.0;
    to_the_cent("TCO", cost.tco, ONE_OFFS + (month * 1.15 + 4_800.0) * discounted);
    to_the_cent("before launch", cost.upfront, ONE_OFFS + 34_800.0);
}

#[test]
fn modules_are_bought_by_the_board_of_eight() {
    // One H100 SXM would do; the board has eight at $33,000 and 700 W.
    let cost = cost(&on_premises("H100 SXM", 0.0), StrategyId::OpenSelf);
    to_the_cent(
        "a month",
        in_month(&cost.ledger, 1, Line::ServingCompute),
        8.0 * (bought_month(33_000.0, 0.7) - idles("H100 SXM", 0.7, 8.0, 20_000.0)) * 1.15,
    );
    to_the_cent("before launch", cost.upfront, 30_000.0 + 8.0 * 33_000.0 * 1.2);
}

#[test]
fn bought_cards_do_not_go_away_when_traffic_falls_and_training_on_them_is_free() {
    let inputs = on_premises("H100 PCIe", -0.2);
    let ledger = cost(&inputs, StrategyId::OpenSelf).ledger;
    to_the_cent(
        "the last month",
        in_month(&ledger, 6, Line::ServingCompute),
        (bought_month(29_000.0, 0.35) - idles("H100 PCIe", 0.35, 1.0, 20_000.0 * 0.8_f64.powi(5))) * 1.15,
    );
    // An 80 GB card that serves an 8B model also holds its LoRA training.
    let evaluation = evaluate(&inputs);
    let lora = of(&evaluation, StrategyId::Lora).cost.as_ref().unwrap();
    to_the_cent("training", line(&lora.ledger, Line::TrainingCompute), 0.0);
}

#[test]
fn one_card_never_pays_against_a_cheap_model_even_before_anyone_is_paid() {
    // formulas.md §11, worked A: an 8B on one L40S ($913 a month at $1.25; the catalogue's tier has $1.55, and 15 %
    // overhead) against a model of $0.0003 a request breaks even at 3.04 M requests (here 4.34 M), more than the
    // card serves at a peak of 3.5 and a load of 0.65. A second card comes first, and then a third…
    let inputs = without_people(scene! {
        requests_per_month: 100_000.0, growth_per_month: 0.0, retry_share: 0.0,
        prefix_tokens: 0.0, input_tokens: 1_500.0, output_tokens: 300.0, api_model: "gpt-6-luna",
        open_model: "Llama-3.1-8B", serving_gpu: "L40S", serving_gpu_count: "1", gpu_billing: "reserved",
        downtime_accepted: true, lead_time_self_hosted: 2.0, horizon: 1.0, discount_rate: 0.0,
    });
    const REQUEST: f64 = (1_500.0 * LUNA_IN + 300.0 * LUNA_OUT) / MILLION;
    const CARD: f64 = 1.55 * 1.15 * MONTH_HOURS;
    let evaluation = evaluate(&inputs);
    let own = of(&evaluation, StrategyId::OpenSelf);
    to_the_cent("one card", own.tco().unwrap(), CARD);
    to_the_cent("the API", of(&evaluation, StrategyId::Prompt).tco().unwrap(), 100_000.0 * REQUEST);
    let break_even = own.break_even.as_ref().unwrap();
    assert!(!break_even.cheaper_at_start && break_even.crossings.is_empty(), "{break_even:?}");
}

#[test]
fn against_a_dear_model_a_pair_of_cards_breaks_even_where_paper_says() {
    // formulas.md §11, worked A: a $2/$10 model at 1,500/300 tokens costs $0.006 a request.
    let inputs = without_people(scene! {
        requests_per_month: 100_000.0, growth_per_month: 0.0, retry_share: 0.0,
        prefix_tokens: 0.0, input_tokens: 1_500.0, output_tokens: 300.0, open_model: "Llama-3.1-8B",
        serving_gpu: "H100 SXM", serving_gpu_count: "1", gpu_billing: "reserved",
        lead_time_self_hosted: 2.0, horizon: 1.0, discount_rate: 0.0,
    });
    let volume = 2.0 * 3.99 * 1.15 * MONTH_HOURS / ((1_500.0 * SOL_IN + 300.0 * SOL_OUT) / MILLION);
    assert!((volume - 1_117_300.0).abs() < 1_000.0, "{volume}");
    let evaluation = evaluate(&inputs);
    let break_even = of(&evaluation, StrategyId::OpenSelf).break_even.as_ref().unwrap();
    let first = break_even.crossings.first().unwrap();
    assert!((first.volume - volume).abs() < 0.01, "{} {volume}", first.volume);
    assert!(first.cheaper_above && !break_even.cheaper_at_start);
}
