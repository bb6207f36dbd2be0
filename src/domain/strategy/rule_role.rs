//! What code means when it speaks of a rule: its role, and who wrote it. Ids of rules are for people only.

use serde::Deserialize;

/// What code knows a rule by, whatever its id and its words: `"role": "latency"` in the table.
///
/// Most rules have none. Each of those that keep a strategy out has a lift of its own, in `what_if/relax/lift.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleRole {
    /// A provider would see data that may not leave. Lifted by letting any vendor see it.
    DataBoundary,
    /// A provider answers too slowly. Lifted by dropping the latency targets.
    Latency,
    /// The one-offs are over the budget before launch. Lifted by a budget that is enough.
    UpfrontBudget,
    /// The dearest ordinary month is over the monthly budget. Lifted by a budget that is enough.
    MonthlyBudget,
    /// Labels are missing and cannot be had. Lifted by having them.
    Labels,
    /// The missing labels are not there by the launch, which keeps a strategy from being tried.
    LabelsLate,
    /// Who would make the missing labels may not see the data. Lifted by labels that people make.
    LabelMaker,
    /// Nobody has run models and nobody can be hired. Lifted by hiring.
    Hiring,
    /// The licence of the weights is not permissive. Lifted by allowing other licences.
    Licence,
    /// Only a measurement would show that it works. Lifted by one that meets any bar.
    Proof,
    /// There is too little text to pretrain on. Lifted by text enough, for a smaller model where need be.
    PretrainingText,
    /// The reference is measured to meet the bar.
    MeetsBar,
    /// It is measured to fail the bar. Lifted by a bar that it meets.
    FailsBar,
    /// A reason of quality that makes a strategy worth a trial where the reference fails.
    SpeaksForQuality,
    /// Knowledge is missing, and this strategy brings it: a reason of quality too, and the first to try.
    BringsKnowledge,
    /// Knowledge is missing, and how much there is to look up is not stated: to be asked.
    KnowledgeUnstated,
}

impl RuleRole {
    /// Whether it is a reason of quality that makes a strategy worth a trial where the reference fails.
    pub const fn speaks_for_quality(self) -> bool {
        matches!(self, RuleRole::SpeaksForQuality | RuleRole::BringsKnowledge)
    }
}

/// Who wrote a rule, and as what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleOrigin {
    /// The built-in table.
    #[default]
    Table,
    /// A policy, among its rules.
    PolicyRule,
    /// A policy, among the strategies that it excludes.
    PolicyExclusion,
}

impl RuleOrigin {
    /// Whether an exception from a policy waives it.
    pub const fn is_policy(self) -> bool {
        !matches!(self, RuleOrigin::Table)
    }
}
