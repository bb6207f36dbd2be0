//! What a trial costs, line by line.

use std::fmt;

use crate::domain::cost::{Costed, Ledger, Line, Setting, existing_parts};
use crate::domain::effort::{labels_missing, re_evaluation_hours};
use crate::domain::units::words::{count_exact, counted};

/// One line of the cost of a trial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrialCost {
    /// What is paid for.
    pub item: TrialItem,
    /// US dollars.
    pub usd: f64,
}

/// What a trial is spent on; written out, in words with its number, such as "one re-evaluation, 16 hours".
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TrialItem {
    /// So many labels to train on.
    Labels(f64),
    /// So many further examples to examine with.
    FurtherExamples(f64),
    /// Computing for the experiments.
    Computing,
    /// Cards that are bought to train on.
    TrainingGpus,
    /// People's time in experiments.
    Experiments {
        /// Hours.
        hours: f64,
    },
    /// Half the build of the parts that are its own.
    HalfBuild {
        /// Hours.
        hours: f64,
    },
    /// One re-evaluation.
    ReEvaluation {
        /// Hours.
        hours: f64,
    },
}

impl TrialItem {
    /// Whether somebody sends an invoice for it; the rest is people's time.
    pub const fn is_invoice(self) -> bool {
        !matches!(
            self,
            TrialItem::Experiments { .. } | TrialItem::HalfBuild { .. } | TrialItem::ReEvaluation { .. }
        )
    }

    /// People's hours of trying and measuring; `None` for what is made, built or bought.
    pub const fn hours_of_testing(self) -> Option<f64> {
        match self {
            TrialItem::Experiments { hours } | TrialItem::ReEvaluation { hours } => Some(hours),
            _ => None,
        }
    }
}

impl fmt::Display for TrialItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |count: f64, what: &str| counted(&count_exact(count), what);
        match self {
            TrialItem::Labels(count) => f.write_str(&number(*count, "label")),
            TrialItem::FurtherExamples(count) => f.write_str(&number(*count, "further example")),
            TrialItem::Computing => f.write_str("computing for the experiments"),
            TrialItem::TrainingGpus => f.write_str("GPUs to train on, bought"),
            TrialItem::Experiments { hours } => {
                write!(f, "people’s time in experiments, {}", number(*hours, "hour"))
            }
            TrialItem::HalfBuild { hours } => {
                write!(f, "half the build of its own parts, {}", number(*hours, "hour"))
            }
            TrialItem::ReEvaluation { hours } => write!(f, "one re-evaluation, {}", number(*hours, "hour")),
        }
    }
}

/// Money spent on a trial before its quality is known (method §11).
///
/// Labels + experiments + half the build of its own parts + one re-evaluation; nothing that the holder or what is in
/// use today has already.
/// Cards that only training needs count with their purchase.
pub fn pilot_cost_lines(
    setting: &Setting,
    costed: &Costed,
    ledger: Option<&Ledger>,
    holder: Option<&Costed>,
) -> Vec<TrialCost> {
    let (inputs, team) = (setting.inputs, &setting.inputs.team);
    let mut existing = existing_parts(setting);
    existing.extend(holder.into_iter().flat_map(|holder| holder.parts.iter().copied()));
    let own = costed.parts.iter().filter(|part| !existing.contains(part));
    let build: f64 = own.clone().map(|part| part.build_hours(inputs)).sum::<f64>() / 2.0;
    let runs: f64 = own.map(|part| part.run_hours(inputs)).sum::<f64>() * team.experiments;
    let missing = labels_missing(costed.strategy, inputs);
    let training = ledger.and_then(|ledger| Some(ledger.months.first()?.get(Line::TrainingCompute)));
    let bought = costed.model.as_ref().map_or(0.0, |model| {
        model.variants.iter().map(|variant| variant.training_purchase_usd).fold(f64::INFINITY, f64::min)
    });
    let is_bought = bought > 0.0;
    let compute = if is_bought { bought } else { training.unwrap_or(0.0) };
    let computing = if is_bought { TrialItem::TrainingGpus } else { TrialItem::Computing };
    let line = |item, usd| TrialCost { item, usd };
    let rate = team.hourly_rate;
    let re_evaluation = re_evaluation_hours(inputs);
    let mut lines = vec![
        line(TrialItem::Labels(missing), costed.labels_usd),
        line(computing, compute),
        line(TrialItem::Experiments { hours: runs }, runs * rate),
        line(TrialItem::HalfBuild { hours: build }, build * rate),
        line(TrialItem::ReEvaluation { hours: re_evaluation }, re_evaluation * rate),
    ];
    lines.retain(|line| line.usd > 0.0);
    lines
}
