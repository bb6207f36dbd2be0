//! Whether the retirement of the model in use reopens the decision.

use super::trigger::Trigger;
use crate::domain::catalog::model_name;
use crate::domain::cost::{Setting, price_path};
use crate::domain::decide::{Decision, Pilot};
use crate::domain::input::input;
use crate::domain::strategy::{ModelRole, StrategyId};
use crate::domain::units::YearMonth;
use crate::domain::workload::api_model;

/// The first retirement of the model in use within the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Retirement {
    /// The model.
    pub model: String,
    /// The month in which it retires.
    pub month: YearMonth,
    /// Whether its provider announced it, or it is assumed.
    pub is_announced: bool,
    /// Whether something else is decided once that month is over.
    pub changes_decision: bool,
}

/// The retirement of the API model in use, with what is decided then.
pub fn retirement(decision: &Decision) -> Option<Retirement> {
    let setting = &decision.comparison.setting;
    let holder =
        decision.choice.use_now.map(StrategyId::strategy).filter(|holder| holder.uses_api_model())?;
    let row = match holder.model {
        ModelRole::SmallApi => setting.case.catalog.api_model(&setting.inputs.models.small_api_model),
        _ => api_model(setting.inputs, &setting.case.catalog),
    }?;
    let path = price_path(row, &setting.months, setting.case).ok()?;
    let month = setting.months.calendar(*path.migrations.first()?);
    let is_announced = row.retires_on.is_some();
    // A later first month meets a retirement that nobody announced as far away as the present one.
    let changes_decision = is_announced && changes_decision(Trigger::Date(month), decision);
    Some(Retirement { model: model_name(&row.model_id).to_owned(), month, is_announced, changes_decision })
}

/// Whether another strategy, or the same in another way, is used, held against or tested once an event has happened.
pub(super) fn changes_decision(trigger: Trigger, decision: &Decision) -> bool {
    let (id, value) = trigger.trial();
    let Some(record) = input(id) else { return false };
    let setting = &decision.comparison.setting;
    let there = setting.case.edited(|inputs| (record.set)(inputs, &value));
    let there = Decision::of(Setting::new(&there).like(setting));
    let tested = |pilots: &[Pilot]| pilots.iter().map(|pilot| pilot.strategy).collect::<Vec<_>>();
    let name = |decision: &Decision| decision.named_outcome().use_now;
    (there.choice.use_now, there.choice.reference) != (decision.choice.use_now, decision.choice.reference)
        || name(&there) != name(decision)
        || tested(&there.trials.pilots) != tested(&decision.trials.pilots)
}
