//! The whole result as JSON.

use serde_json::{Map, Value, json};
use tunewise::codec::{Decoded, FORMAT_VERSION, Versions};
use tunewise::domain::answer::{
    self, Answer, Assessment, AtOnce, Branch, Cost, CrossingWords, Deciding, Derivation, Event, Explanation,
    Finding, FindingEffect, Hardware, Path, Pilot, PilotWords, Range, ReplicaMemory, VerdictConfidence,
};
use tunewise::domain::case::Case;
use tunewise::domain::catalog::Edition;
use tunewise::domain::catalog::own::OwnRow;
use tunewise::domain::cost::{BreakEven, CallWays, Crossing, Ledger, Line, Lines, Payment, Way};
use tunewise::domain::evidence::{Evidence, Measured, QualityState};
use tunewise::domain::input::{self, Inputs, registry};
use tunewise::domain::strategy::{Exclusion, StrategyId};
use tunewise::domain::update::{Update, update};

pub fn list<Item>(items: &[Item], each: impl Fn(&Item) -> Value) -> Value {
    items.iter().map(each).collect()
}

fn key(id: Option<StrategyId>) -> Value {
    id.map(StrategyId::key).into()
}

pub fn everything(decoded: &Decoded, case: &Case, answer: &Answer) -> Value {
    let inputs = &case.inputs;
    json!({
        "name": decoded.scenario.name,
        "policy": decoded.scenario.policy().map(|policy| policy.name()),
        "warnings": decoded.notices,
        "versions": versions(decoded.scenario.rows.edition()),
        "catalogue_update": update(&decoded.scenario, answer).map(|one| catalogue_update(&one)),
        "inputs": all_inputs(inputs),
        "rows": list(decoded.scenario.rows.rows(), own_row),
        "verdict": verdict(answer),
        "discounted_requests": answer.decided.discounted_requests,
        "strategies": answer.strategies().map(|(one, told)| strategy(one, told, answer, inputs)).collect::<Value>(),
        "trace": list(&answer.trace, |step| json!({ "stage": step.stage, "summary": step.summary, "text": step.text, "compared": step.compared, "rules": step.rules })),
        "paths": list(&answer::paths(case), path),
        "plan": list(&answer.plan, |step| json!({ "when": step.when, "term": step.term, "text": step.text })),
        "crossings": list(&answer.crossings, crossing_words),
        "users_at_once": inputs.work.users_at_once.map(|_| list(&answer::at_once(case), at_once)),
    })
}

/// Versions that the result rests on: those of this program, and the catalogue that the scenario was made with. One in
/// which the scenario differs is named in a warning.
fn versions(edition: &Edition) -> Value {
    let current = Versions::CURRENT;
    json!({
        "format": FORMAT_VERSION,
        "registry": current.registry,
        "catalogue": edition.version,
        "catalogue_date": edition.date,
        "method": current.method,
    })
}

/// What has changed since the catalogue that the scenario was made with, and what the present one would do.
fn catalogue_update(update: &Update) -> Value {
    json!({
        "since": update.since(),
        "changes": list(&update.changes, |change| json!(change.to_string())),
        "effect": update.effect(),
    })
}

/// Every input with the value that was used: what the result depends on.
fn all_inputs(inputs: &Inputs) -> Map<String, Value> {
    registry().map(|record| (record.id.to_owned(), input_value(&(record.get)(inputs)))).collect()
}

/// A row of the catalogue that the scenario changes or adds.
fn own_row(row: &OwnRow) -> Value {
    json!({ "table": row.table, "like": row.like, "set": row.set })
}

pub fn input_value(value: &input::Value) -> Value {
    match value {
        input::Value::Blank => Value::Null,
        input::Value::Number(number) => json!(number),
        input::Value::Choice(id) => json!(id),
        input::Value::Flag(flag) => json!(flag),
        input::Value::Evidence(Evidence::Untested) => Value::Null,
        input::Value::Evidence(evidence) => json!(evidence.format()),
        input::Value::Month(month) => json!(month.to_string()),
        input::Value::Row(id) => json!(id),
        input::Value::Names(names) => json!(names.join(", ")),
    }
}

fn verdict(answer: &Answer) -> Value {
    json!({
        "headline": answer.verdict.headline,
        "lede": answer.verdict.lede.iter().map(|span| span.text.as_str()).collect::<String>(),
        "short": answer.verdict.short,
        "confidence": answer.confidence.grade.label(),
        "confidence_because": answer.confidence.because,
        "confidence_reasons": answer.confidence.reasons,
        "confidence_meaning": VerdictConfidence::meaning(),
        "use_now": key(answer.decided.choice.use_now),
        "later": key(answer.decided.choice.later),
        "reference": key(answer.decided.choice.reference),
        "rival": key(answer.decided.choice.rival),
        "pilots": answer.pilots().map(|(one, told)| pilot(one, told)).collect::<Value>(),
        "relaxations": list(&answer.relaxations, |one| json!(one.text)),
    })
}

/// A volume at which a strategy and the verdict change places.
fn crossing_words(crossing: &CrossingWords) -> Value {
    json!({
        "strategy": crossing.strategy.key(),
        "against": crossing.against.key(),
        "requests_per_month": crossing.volume,
        "cheaper_above": crossing.cheaper_above,
        "reached_in_month": crossing.reached_in_month,
        "text": crossing.text,
    })
}

/// A state of the tree; branches name the place of another in the list.
fn path(path: &Path) -> Value {
    let outcome = path.state.outcome.outcome;
    let held = path.state.held.as_ref();
    json!({
        "condition": path.condition,
        "action": path.action,
        "note": path.note,
        "set": path.edits.iter().map(|(id, value)| ((*id).to_owned(), input_value(value))).collect::<Value>(),
        "per_1000_usd": path.per_thousand,
        "is_test": path.is_test,
        "verdict": path.verdict,
        "use_now": key(outcome.use_now),
        "later": key(outcome.later),
        "test_first": key(outcome.test_first),
        "cost_usd": held.and_then(|held| held.total),
        "upfront_usd": held.and_then(|held| held.upfront),
        "lead_weeks": held.map(|held| held.lead_weeks),
        "takes": path.takes,
        "reason": path.reason,
        "next": path.question,
        "others": path.state.others,
        "branches": path.state.branches.iter().zip(&path.events).map(branch).collect::<Value>(),
    })
}

fn branch((branch, words): (&Branch, &String)) -> Value {
    let (event, correct, total, requests) = match branch.event {
        Event::Passes { correct, total } => ("passes", Some(correct), Some(total), None),
        Event::Fails { correct, total, .. } => ("fails", Some(correct), Some(total), None),
        Event::Volume { requests, .. } => ("volume", None, None, Some(requests)),
    };
    json!({
        "when": words,
        "event": event,
        "correct": correct,
        "total": total,
        "requests_per_month": requests,
        "to": branch.to,
    })
}

fn pilot(pilot: &Pilot, told: &PilotWords) -> Value {
    json!({
        "strategy": pilot.strategy.key(),
        "name": told.name,
        "stronger_model": pilot.stronger_model.as_ref().map(|stronger| &stronger.model),
        "tco_usd": pilot.tco,
        "cost_usd": pilot.cost,
        "saving_usd": pilot.saving,
        "break_even_chance": pilot.break_even_chance,
        "needs_share": pilot.needs_share,
        "cost_lines": pilot.cost_lines.iter().map(|line| json!({ "what": line.item.to_string(), "usd": line.usd })).collect::<Vec<_>>(),
        "takes": told.takes,
        "gives": told.gives,
        "if_passed": told.if_passed,
        "if_failed": told.if_failed,
        "chance_note": told.chance_note,
    })
}

fn strategy(one: &Assessment, told: &Explanation, answer: &Answer, inputs: &Inputs) -> Value {
    let choice = &answer.decided.choice;
    // What it saves against what is used now, or against the reference that stands for it.
    let holder = choice.use_now.or(choice.reference).filter(|holder| *holder != one.id);
    let saving = holder.and_then(|holder| {
        let (present, own) = answer.get(holder)?.costs_beside(one)?;
        let saving = present - own;
        let Range { low, high } = answer.saving_range(holder, one.id)?;
        Some(json!({ "against": holder.key(), "usd": saving, "low_usd": low, "high_usd": high }))
    });
    json!({
        "id": one.id.key(),
        "name": one.name,
        "rung": one.rung,
        "survives": one.survives(),
        "out": list(&one.out, reason),
        "quality": quality(one, inputs.quality.bar_of(one.id)),
        "cost": one.cost.as_ref().ok().map(|known| cost(known, told)),
        "total_range_usd": one.range.map(|Range { low, high }| [low, high]),
        "saving": saving,
        "deciding": one.deciding.as_ref().map(deciding),
        "cost_unknown": one.cost.as_ref().err(),
        "break_even": one.break_even.as_ref().map(|found| break_even(found, inputs.work.requests_per_month)),
        "hardware": one.hardware.as_ref().map(hardware),
        "payments": list(&one.payments, payment),
        "lead_weeks": one.lead_weeks,
        "hours_per_month": one.hours_per_month,
        "findings": list(&told.findings, finding),
        "why_not": told.why_not,
        "standing": told.standing,
        "lets_in": told.lets_in,
    })
}

/// How a model is paid, and in which service tiers where it is paid per token.
fn payment(payment: &Payment) -> Value {
    let tier = |of: fn(&CallWays) -> Way| payment.ways.as_ref().map(|ways| of(ways).served.word());
    json!({
        "model": payment.model,
        "paid_by": payment.paid_by.key(),
        "tier": tier(|ways| ways.at_once),
        "tier_waiting": tier(|ways| ways.waiting),
    })
}

fn deciding(deciding: &Deciding) -> Value {
    json!({
        "examples": deciding.examples,
        "bar": deciding.bar,
        "meets_from": deciding.meets_from,
        "fails_to": deciding.fails_to,
    })
}

fn reason(exclusion: &Exclusion) -> Value {
    json!({ "rule": exclusion.rule(), "text": exclusion.to_string(), "relax": exclusion.relax() })
}

fn quality(one: &Assessment, bar: f64) -> Value {
    let (measured, further_examples): (Option<Measured>, _) = match one.quality {
        QualityState::Meets(measured) | QualityState::Fails(measured) => (Some(measured), None),
        QualityState::Unclear { measured, further_examples } => (Some(measured), further_examples),
        QualityState::Untested | QualityState::Stated(_) | QualityState::AssumedEqual => (None, None),
    };
    json!({
        "state": one.quality.label(),
        "text": one.quality.sentence(bar),
        "clearly_fails": one.clearly_fails,
        "share": one.quality.share(),
        "examples": measured.map(|measured| measured.total),
        "interval_95": measured.map(|measured| [measured.low, measured.high]),
        "further_examples": further_examples,
    })
}

fn cost(cost: &Cost, told: &Explanation) -> Value {
    json!({
        "tco_usd": cost.tco,
        "tco_band_usd": cost.tco_band,
        "errors_usd": cost.errors,
        "total_with_errors_usd": cost.errors.map(|_| cost.total()),
        "undiscounted_usd": cost.undiscounted,
        "upfront_usd": cost.upfront,
        "monthly_now_usd": cost.monthly_now,
        "monthly_at_horizon_usd": cost.monthly_at_horizon,
        "per_request_usd": cost.per_request,
        "marginal_per_request_usd": cost.marginal_per_request,
        "per_million_tokens_usd": cost.per_million_tokens,
        "per_accepted_usd": cost.per_accepted,
        "payback_month": cost.payback_month,
        "budget": {
            "upfront_usd": cost.budget.upfront,
            "ordinary_month_usd": cost.budget.ordinary_month,
            "ordinary_month": cost.budget.ordinary_month_is,
            "occasional_month_usd": cost.budget.occasional_month,
            "occasions": list(&cost.budget.occasions, |(month, usd)| json!({ "month": month, "usd": usd })),
        },
        "price_of_quality": cost.price_of_quality.map(|price| json!({
            "saving_per_request_usd": price.saving_per_request,
            "extra_error_share": price.extra_error_share,
        })),
        "ledger": ledger(&cost.ledger, cost.errors.is_some()),
        "derivation": list(&told.derivations, derivation),
    })
}

/// The ledger by line: its present value, and its amounts from month 0 on, undiscounted.
///
/// Wrong answers are `null` where nobody knows what they cost.
fn ledger(ledger: &Ledger, errors_known: bool) -> Value {
    let present = ledger.by_line();
    let line = |line: Line| {
        let known = line != Line::Errors || errors_known;
        json!({
            "line": line,
            "label": line.label(),
            "subtotal": line.guide_subtotal(),
            "present_value_usd": known.then(|| present.get(line)),
            "by_month_usd": known.then(|| ledger.months.iter().map(|month: &Lines| month.get(line)).collect::<Vec<_>>()),
        })
    };
    json!({ "discount_by_month": ledger.discount, "lines": list(&Line::ALL, |each| line(*each)) })
}

fn derivation(derivation: &Derivation) -> Value {
    json!({
        "line": derivation.line,
        "text": derivation.text,
        "formula": derivation.formula,
        "source": derivation.source,
    })
}

fn break_even(found: &BreakEven, today: f64) -> Value {
    json!({
        "against": found.against.key(),
        "cheaper_at_start": found.cheaper_at_start,
        "crossings": list(&found.crossings, |one| crossing(one, today)),
        "alternates_between": found.alternates,
        "complete": found.complete,
    })
}

fn crossing(crossing: &Crossing, today: f64) -> Value {
    json!({
        "requests_per_month": crossing.volume,
        "cheaper_above": crossing.cheaper_above,
        "passed": today >= crossing.volume,
        "reached_in_month": crossing.reached_in_month,
    })
}

fn hardware(hardware: &Hardware) -> Value {
    let (first, last) = hardware.peak_replicas;
    json!({
        "gpu": hardware.gpu,
        "gpus_per_replica": hardware.gpus_per_replica,
        "memory": replica_memory(&hardware.memory),
        "peak_replicas": { "first_month": first, "last_month": last },
        "peak_gpus": { "first_month": range(hardware.peak_gpus), "last_month": range(hardware.peak_gpus_at_horizon) },
        "precision": hardware.precision,
        "output_tokens_per_second": range(hardware.tokens_per_second),
        "measured": hardware.measured,
        "utilisation": hardware.utilisation,
        "usd_per_gpu_hour": hardware.usd_per_gpu_hour,
        "source": hardware.source,
    })
}

/// Where the memory of one replica goes, on all its GPUs.
fn replica_memory(memory: &ReplicaMemory) -> Value {
    json!({
        "weights_gib": memory.weights_gib,
        "kv_cache_gib": memory.kv_gib,
        "runtime_gib": memory.runtime_gib,
        "usable_gib": memory.usable_gib,
        "calls_in_flight": memory.calls_in_flight,
        "users_held": memory.users_held,
    })
}

/// GPUs that hold the users at once.
fn at_once(set: &AtOnce) -> Value {
    json!({
        "gpu": set.gpu,
        "cards": set.cards(),
        "gpus_per_replica": set.gpus_per_replica,
        "replicas": set.replicas,
        "precision": set.precision,
        "kv_precision": set.kv_precision,
        "weights_gib": set.weights_gib,
        "kv_cache_gib": set.kv_gib,
        "runtime_gib": set.runtime_gib,
        "needed_gib": set.needed_gib(),
        "usable_gib": set.usable_gib,
        "usd_per_hour": set.usd_per_hour,
    })
}

fn range((low, likely, high): (f64, f64, f64)) -> Value {
    json!({ "low": low, "likely": likely, "high": high })
}

fn finding(finding: &Finding) -> Value {
    let (effect, strength) = match finding.effect {
        FindingEffect::Excludes => ("excludes", None),
        FindingEffect::PrefersAnother => ("prefers-another", None),
        FindingEffect::Needs => ("needs", None),
        FindingEffect::For(strength) => ("for", Some(strength)),
        FindingEffect::Against(strength) => ("against", Some(strength)),
        FindingEffect::Warns => ("warns", None),
        FindingEffect::Notes => ("notes", None),
    };
    json!({
        "rule": finding.rule,
        "effect": effect,
        "strength": strength,
        "text": finding.text,
        "condition": finding.condition,
        "compared": finding.compared,
        "source": finding.source,
    })
}
