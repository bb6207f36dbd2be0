//! The worked examples of the token bill.

use super::*;
use crate::domain::catalog::Catalog;
use crate::domain::cost::rates::Rates;
use crate::domain::input::ServiceTier;
use crate::domain::workload::History;

fn prices(id: &str) -> TokenPrices {
    TokenPrices::of(Catalog::builtin().api_model(id).unwrap()).unwrap()
}

/// The prices with something changed in every tier.
fn priced(mut prices: TokenPrices, change: impl Fn(&mut Rates)) -> TokenPrices {
    change(&mut prices.base);
    prices.change_listed(change);
    prices
}

fn without_cache(prices: TokenPrices) -> TokenPrices {
    priced(prices, |rates| (rates.cached, rates.batch_cached) = (None, None))
}

fn uncached(id: &str) -> TokenPrices {
    without_cache(prices(id))
}

/// The cheapest tiers, with a part of the calls that can wait.
const fn waiting(share: f64) -> Service {
    Service { tier: ServiceTier::Automatic, waiting: share }
}

/// One independent call at a share of hits.
fn call_usd(tokens: &CallTokens, prices: &TokenPrices, batch_share: f64, hit: f64) -> f64 {
    CallPrice::of(tokens, prices, &Caching::hits(hit), &waiting(batch_share)).at(Hits::all(hit))
}

fn monthly(id: &str, tokens: CallTokens, hit: f64, batch_share: f64) -> f64 {
    1e6 * call_usd(&tokens, &prices(id), batch_share, hit)
}

const WORKED: CallTokens = CallTokens {
    prefix: 2_400.0,
    variable: 600.0,
    output: 400.0,
    history: History { calls: 1.0, input: 0.0, output: 0.0, measured: 0.0 },
};

#[test]
fn a_million_requests_cost_what_the_worked_example_says() {
    // formulas.md §7: $10,000 → $6,016 with the cache → $3,008 with cache and batch; misses pay the write price.
    let plain = 1e6 * call_usd(&WORKED, &uncached("gpt-6.1-sol"), 0.0, 0.9);
    assert!((plain - 10_000.0).abs() < 0.005);
    let cached = monthly("gpt-6.1-sol", WORKED, 0.9, 0.0);
    assert!((cached - 6_016.0).abs() < 0.005, "{cached}");
    let batch = monthly("gpt-6.1-sol", WORKED, 0.9, 1.0);
    assert!((batch - 3_008.0).abs() < 0.005, "{batch}");
    let luna = monthly("gpt-6-luna", WORKED, 0.9, 0.0);
    assert!((luna - 311.6).abs() < 0.005, "{luna}");
    let oss = monthly("deepinfra/openai/gpt-oss-120b", WORKED, 0.9, 0.0);
    assert!((oss - 179.0).abs() < 0.005, "{oss}");
}

#[test]
fn tuning_away_a_prefix_saves_little_once_caching_is_on() {
    // The worked trap of formulas.md §7: $4,800 at list price, $816 with the cache.
    let short = CallTokens { prefix: 0.0, ..WORKED };
    let list = uncached("gpt-6.1-sol");
    let saving = |prices: &TokenPrices| {
        1e6 * (call_usd(&WORKED, prices, 0.0, 0.9) - call_usd(&short, prices, 0.0, 0.9))
    };
    assert!((saving(&list) - 4_800.0).abs() < 0.005);
    assert!((saving(&prices("gpt-6.1-sol")) - 816.0).abs() < 0.005);
}

#[test]
fn the_cache_never_touches_the_output_and_never_costs_more_than_none() {
    for row in &Catalog::builtin().api_models {
        let Some(prices) = TokenPrices::of(row) else { continue };
        for hit in [0.0, 0.3, 1.0] {
            let only_output = CallTokens { prefix: 0.0, output: 500.0, ..CallTokens::default() };
            let usd = |hit| call_usd(&only_output, &prices, 0.0, hit);
            assert_eq!(usd(hit), usd(0.0), "{}", row.model_id);
            let cached = call_usd(&WORKED, &prices, 0.0, hit);
            let plain = call_usd(&WORKED, &without_cache(prices.clone()), 0.0, hit);
            assert!(cached <= plain, "{}", row.model_id);
        }
    }
}

#[test]
fn cached_and_uncached_input_add_up_to_the_input() {
    let same = priced(prices("gpt-6.1-sol"), |rates| {
        (rates.cached, rates.write) = (Some(2.0), Some(2.0));
    });
    for hit in [0.0, 0.4, 1.0] {
        let price = call_usd(&WORKED, &same, 0.0, hit);
        assert!((price - (3_000.0 * 2.0 + 400.0 * 10.0) / MILLION).abs() < 1e-12);
    }
}

#[test]
fn a_prefix_below_the_minimum_is_not_cached() {
    let caches = |tokens: &CallTokens| {
        let price = CallPrice::of(tokens, &prices("gpt-6.1-sol"), &Caching::hits(0.9), &waiting(0.0));
        price.uses_cache(Lifetime::Minutes)
    };
    let below = CallTokens { prefix: 1_023.0, variable: 0.0, ..CallTokens::default() };
    let at = CallTokens { prefix: 1_024.0, ..below };
    assert!(!caches(&below));
    assert!(caches(&at));
}

#[test]
fn long_prompts_pay_the_higher_tier_on_every_token() {
    let tokens = |prefix: f64| CallTokens { prefix, output: 1_000.0, ..CallTokens::default() };
    let plain = uncached("gpt-6.1-sol");
    let below = call_usd(&tokens(272_000.0), &plain, 0.0, 0.0);
    let above = call_usd(&tokens(272_001.0), &plain, 0.0, 0.0);
    assert!((below - (0.544 + 0.01)).abs() < 1e-9);
    assert!((above - (272_001.0 * 4e-6 + 0.015)).abs() < 1e-9);
}

#[test]
fn where_discounts_do_not_stack_cached_tokens_in_a_batch_cost_the_listed_price() {
    let tokens = CallTokens { prefix: 10_000.0, variable: 0.0, ..CallTokens::default() };
    // Gemini 2.5 Pro lists 0.125 in a batch, the undiscounted cache price.
    let listed = call_usd(&tokens, &prices("gemini/gemini-2.5-pro"), 1.0, 1.0);
    assert!((listed - 0.00125).abs() < 1e-12);
    // gpt-4.1 publishes none: the halved input price.
    let blank = call_usd(&tokens, &prices("gpt-4.1"), 1.0, 1.0);
    assert!((blank - 0.01).abs() < 1e-12);
}

/// A session of four calls: prefix 10,000; each adds 1,000 of input and 500 of output that all later ones carry on.
const SESSION: CallTokens = CallTokens {
    prefix: 10_000.0,
    variable: 1_000.0,
    output: 500.0,
    history: History { calls: 4.0, input: 1_000.0, output: 500.0, measured: 0.0 },
};

fn session(most: f64, minutes: f64) -> Caching {
    Caching { calls_a_session: 4.0, pause_hours: minutes / 60.0, ..Caching::hits(most) }
}

#[test]
fn a_session_reads_what_it_left_and_writes_what_is_new_once() {
    // gpt-6.1-sol: 2 in, 0.1 read, 2.5 written, 10 out. First calls find no prefix, later ones all.
    let price = CallPrice::of(&SESSION, &prices("gpt-6.1-sol"), &session(1.0, 1.0), &waiting(0.0));
    // Written: prefix and first input, then each input (but the last) with its call and each output with the next.
    let written = 11_000.0 + (500.0 + 1_000.0) + (500.0 + 1_000.0) + 500.0;
    let read = 11_000.0 + 12_500.0 + 14_000.0;
    let (plain, output) = (1_000.0, 4.0 * 500.0);
    let usd = (plain * 2.0 + read * 0.1 + written * 2.5 + output * 10.0) / MILLION / 4.0;
    assert!((price.at(Hits::default()) - usd).abs() < 1e-12);
    // Where all first calls find the prefix, it is read instead of written.
    let warm = usd - 10_000.0 * 2.4 / MILLION / 4.0;
    assert!((price.at(Hits::all(1.0)) - warm).abs() < 1e-12);
}

#[test]
fn a_session_with_longer_pauses_than_the_lifetime_keeps_the_prefix_alone() {
    let price = CallPrice::of(&SESSION, &prices("gpt-6.1-sol"), &session(1.0, 6.0), &waiting(0.0));
    let history = 4.0 * 1_000.0 + (0.0 + 1_500.0 + 3_000.0 + 4_500.0);
    let usd = (40_000.0 * 0.1 + history * 2.0 + 2_000.0 * 10.0) / MILLION / 4.0;
    assert!((price.at(Hits::all(1.0)) - usd).abs() < 1e-12);
}

#[test]
fn the_cheaper_lifetime_is_chosen_unless_one_is_asked_for() {
    let prices = prices("claude-sonnet-4-6");
    let caching = Caching { pause_hours: 0.2, ..session(0.95, 0.0) };
    let price = CallPrice::of(&SESSION, &prices, &caching, &waiting(0.0));
    let hits = Hits::all(0.95);
    assert_eq!(price.ways_at(hits).at_once.lifetime, Some(Lifetime::Hour), "pauses of twelve minutes");
    let brief = CallPrice::of(&SESSION, &prices, &session(0.95, 1.0), &waiting(0.0));
    assert_eq!(brief.ways_at(hits).at_once.lifetime, Some(Lifetime::Minutes), "pauses of one minute");
}

#[test]
fn what_is_told_of_the_tokens_of_a_session_adds_up_to_its_price() {
    for row in &Catalog::builtin().api_models {
        let Some(prices) = TokenPrices::of(row) else { continue };
        for (hit, minutes, batch) in [(0.2, 1.0, 0.0), (0.9, 7.0, 0.4), (1.0, 1.0, 1.0), (0.0, 90.0, 0.3)] {
            for calls in [1.0, 2.5, 60.0] {
                let history = History { calls, ..SESSION.history };
                let tokens = CallTokens { history, prefix: 100_000.0, ..SESSION };
                let caching = Caching { calls_a_session: calls, ..session(0.9, minutes) };
                let price = CallPrice::of(&tokens, &prices, &caching, &waiting(batch));
                let flow = TokenFlow::new(1.0, vec![price; 2], caching);
                let paid = paid_tokens(&tokens, &prices, &flow, Hits::all(hit), &waiting(batch));
                let usd: f64 = paid.iter().map(|it| it.tokens * it.usd_per_m / MILLION).sum();
                let gap = (usd - price.at(Hits::all(hit))).abs();
                assert!(gap < 1e-9, "{} {calls} {hit}: {usd}", row.model_id);
                let all: f64 = paid.iter().map(|it| it.tokens).sum();
                assert!((all - tokens.input() - tokens.output).abs() < 1e-6, "{}", row.model_id);
            }
        }
    }
}

#[test]
fn flex_changes_no_price_of_the_catalogue_unless_it_is_asked_for() {
    for row in &Catalog::builtin().api_models {
        let Some(prices) = TokenPrices::of(row) else { continue };
        let mut without = prices.clone();
        without.flex = None;
        for prefix in [0.0, 3_000.0, 400_000.0] {
            for hit in [0.0, 0.6, 1.0] {
                let tokens = CallTokens { prefix, ..WORKED };
                let usd = |prices: &TokenPrices| call_usd(&tokens, prices, 0.7, hit);
                assert_eq!(usd(&prices).to_bits(), usd(&without).to_bits(), "{}", row.model_id);
            }
        }
    }
}
