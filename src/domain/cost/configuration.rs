//! What is known of the quality of a configuration: model, precision, adaptation and retrieval, never serving.

use super::hosted::tunes_base_by_lora;
use super::setting::Setting;
use crate::domain::evidence::QualityState;
use crate::domain::strategy::StrategyId;

/// What is known of the quality of a strategy's configuration (method §1).
///
/// A base that stands in for the open model is unmeasured whatever was measured of that model. LoRA of one base is
/// one configuration whether a provider or the user serves it: what is measured of one counts for the other that is
/// not measured itself.
pub fn quality_of(setting: &Setting, id: StrategyId) -> QualityState {
    let quality = &setting.inputs.quality;
    let other = match id {
        StrategyId::OpenSelf if setting.base_stands_in() => return QualityState::Untested,
        StrategyId::HostedTune => StrategyId::Lora,
        StrategyId::Lora => StrategyId::HostedTune,
        _ => return quality.state_of(id),
    };
    match quality.state_of(id) {
        QualityState::Untested if hosted_is_lora(setting) => quality.state_of(other),
        own => own,
    }
}

/// The strategy that serves the same configuration in another way, so that one measurement settles both.
pub fn same_configuration(setting: &Setting, id: StrategyId) -> Option<StrategyId> {
    match id {
        StrategyId::OpenManaged => (!setting.base_stands_in()).then_some(StrategyId::OpenSelf),
        StrategyId::OpenSelf => (!setting.base_stands_in()).then_some(StrategyId::OpenManaged),
        StrategyId::HostedTune => hosted_is_lora(setting).then_some(StrategyId::Lora),
        StrategyId::Lora => hosted_is_lora(setting).then_some(StrategyId::HostedTune),
        _ => None,
    }
}

fn hosted_is_lora(setting: &Setting) -> bool {
    setting.hosted_is_lora_of_base(|| tunes_base_by_lora(setting))
}
