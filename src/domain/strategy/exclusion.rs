//! Why a strategy is out, as data: code matches on it, and its sentence is made when it is shown.

use std::fmt;

use super::unmet::closed_offers;
use super::{CannotServe, ClosedOffer, GpuPrice, MemoryShortfall, RuleOrigin, RuleRole};
use crate::domain::units::Date;
use crate::domain::units::names::{model_name, provider_name};
use crate::domain::units::words::{GAP, count_exact, count_words, counted};

/// Why a strategy is out; written out, the sentence with the user's numbers, such as "Mistral is not under contract".
#[derive(Clone, Debug, PartialEq)]
pub enum Exclusion {
    /// A rule of the table or of a policy keeps it out.
    Rule(RuleExclusion),
    /// A provider that would see the data is not under contract.
    NoContract {
        /// The provider as the catalogue names it.
        provider: String,
    },
    /// Only vendors under contract may see the data, and none is named: it is not known who may.
    NoVendorNamed {
        /// The provider that would see it here.
        provider: String,
    },
    /// None of the providers under contract tunes models.
    NoTuningProvider {
        /// The providers under contract.
        contracted: Vec<String>,
    },
    /// The offers to tune that fit are closed, or end within a year of the cut-over.
    TuningOffersClosed {
        /// Each of them, those of the base first.
        offers: Vec<ClosedOffer>,
    },
    /// The API model is gone before it starts.
    Retired {
        /// The model.
        model: String,
        /// Its last day.
        date: Date,
    },
    /// No provider serves the open model per token.
    NoOfferPerToken {
        /// The open model.
        model: String,
    },
    /// The open model that is chosen is none of the catalogue.
    NotInCatalogue {
        /// The name that was looked for.
        model: String,
    },
    /// A call has more input than the API model takes.
    InputTooLong {
        /// The model.
        model: String,
        /// Input that it takes, tokens.
        limit: f64,
        /// Input of a call, tokens.
        tokens: f64,
    },
    /// A call needs more output than the API model writes.
    OutputTooLong {
        /// The model.
        model: String,
        /// Output that it writes at most, tokens.
        limit: f64,
        /// Output of a call, tokens.
        tokens: f64,
    },
    /// A call is longer than the context of the open model that is tuned.
    CallTooLong {
        /// The model.
        model: String,
        /// Its context, tokens.
        limit: f64,
        /// Input and output of a call, tokens.
        tokens: f64,
    },
    /// The licence of the open model that a provider would tune is not permissive, and others are not allowed.
    LicenceOut {
        /// The model.
        model: String,
        /// Its licence; `None` where the catalogue names none.
        licence: Option<String>,
    },
    /// No GPUs that are allowed can serve the open model; the most telling of what they refuse.
    CannotServe(ServingRefusal),
    /// No GPU that is allowed has a known price.
    NoPricedGpu {
        /// The GPUs that are allowed by name; none where all are.
        gpus: Vec<String>,
        /// What would have to be known.
        price: GpuPrice,
    },
    /// More GPUs are needed at the peak than there are.
    TooFewGpus {
        /// GPUs that the fewest take.
        needed: f64,
        /// GPUs that there are at most.
        most: f64,
    },
    /// No number of GPUs is allowed.
    NoCountAllowed,
    /// Tuning fits none of the GPUs that are allowed for training.
    TrainingDoesNotFit {
        /// How it is tuned, such as "LoRA training".
        how: &'static str,
        /// The base.
        model: String,
        /// The GPUs that come nearest; `None` where the memory that is needed is not known.
        nearest: Option<MemoryShortfall>,
    },
    /// Pretraining fits none of the GPUs that are allowed for training.
    PretrainingDoesNotFit {
        /// Parameters of the model.
        params: f64,
    },
}

/// What a rule says of a strategy that it keeps out.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleExclusion {
    /// Id of the rule, such as "H5", for people to find it by.
    pub id: String,
    /// What code knows the rule by, if it speaks of it.
    pub role: Option<RuleRole>,
    /// Who wrote the rule.
    pub origin: RuleOrigin,
    /// The reason with the user's numbers.
    pub text: String,
    /// What would lift it, if anything would.
    pub relax: Option<String>,
}

/// Why GPUs cannot serve a model.
#[derive(Clone, Debug, PartialEq)]
pub struct ServingRefusal {
    /// The model.
    pub model: String,
    /// The GPU.
    pub gpu: String,
    /// GPUs of the replica.
    pub gpus: u32,
    /// Whether these GPUs are the best of several that were tried.
    pub is_best_of_several: bool,
    /// The fewest of the same GPUs that would hold it, where that is only a matter of number.
    pub would_do: Option<u32>,
    /// What is missing.
    pub why: CannotServe,
}

impl Exclusion {
    /// Whether it rests on what was measured of the strategy itself, which is disregarded where the reference is found.
    pub fn is_evidence(&self) -> bool {
        matches!(self, Exclusion::Rule(rule) if rule.role == Some(RuleRole::FailsBar))
    }

    /// The rule or step to find it by, such as "F5" or "capacity": for people, never to decide by.
    pub fn rule(&self) -> &str {
        match self {
            Exclusion::Rule(rule) => &rule.id,
            Exclusion::NoContract { .. }
            | Exclusion::NoVendorNamed { .. }
            | Exclusion::NoTuningProvider { .. } => "F5",
            Exclusion::TuningOffersClosed { .. } | Exclusion::Retired { .. } => "HT2",
            Exclusion::NoOfferPerToken { .. } => "offer",
            Exclusion::InputTooLong { .. }
            | Exclusion::OutputTooLong { .. }
            | Exclusion::CallTooLong { .. } => "context",
            Exclusion::LicenceOut { .. } => "L1",
            Exclusion::CannotServe(refusal) => refusal.rule(),
            Exclusion::NotInCatalogue { .. }
            | Exclusion::NoPricedGpu { .. }
            | Exclusion::NoCountAllowed
            | Exclusion::TooFewGpus { .. }
            | Exclusion::TrainingDoesNotFit { .. }
            | Exclusion::PretrainingDoesNotFit { .. } => "capacity",
        }
    }

    /// What would let the strategy in, in words, such as "a contract with Mistral"; `None` if nothing would.
    pub fn relax(&self) -> Option<String> {
        let words = match self {
            Exclusion::Rule(rule) => return rule.relax.clone(),
            Exclusion::NoContract { provider } => {
                return Some(format!("a contract with {}", provider_name(provider)));
            }
            Exclusion::NoVendorNamed { provider } => {
                return Some(format!(
                    "{} ticked as a vendor under contract, if you have that contract",
                    provider_name(provider)
                ));
            }
            Exclusion::TooFewGpus { needed, .. } => {
                return Some(counted(&count_exact(*needed), "GPU"));
            }
            Exclusion::CannotServe(refusal) => return refusal.relax(),
            Exclusion::NoCountAllowed => return None,
            Exclusion::NoTuningProvider { .. } => "more vendors under contract",
            Exclusion::TuningOffersClosed { .. } => "an offer that stays open",
            Exclusion::Retired { .. } => "another model",
            Exclusion::NoOfferPerToken { .. } => "another open model",
            Exclusion::NotInCatalogue { .. } => "a model of the catalogue",
            Exclusion::InputTooLong { .. } => "a model with a longer context",
            Exclusion::OutputTooLong { .. } => "a model with a longer output",
            Exclusion::CallTooLong { .. } => "a base with a longer context, or shorter calls",
            Exclusion::LicenceOut { .. } => "another base model, or accepting its terms",
            Exclusion::NoPricedGpu { .. } => "allow another GPU or another way of paying for it",
            Exclusion::TrainingDoesNotFit { .. } | Exclusion::PretrainingDoesNotFit { .. } => {
                "more or larger GPUs"
            }
        };
        Some(words.to_owned())
    }
}

impl fmt::Display for Exclusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exclusion::Rule(rule) => f.write_str(&rule.text),
            Exclusion::NoContract { provider } => {
                write!(f, "{} is not under contract", provider_name(provider))
            }
            Exclusion::NoVendorNamed { provider } => {
                write!(
                    f,
                    "no vendor under contract is named, so {} may not see the data",
                    provider_name(provider)
                )
            }
            Exclusion::NoTuningProvider { contracted } => match contracted.as_slice() {
                [] => f.write_str("no provider tunes models"),
                names => {
                    let names: Vec<String> = names.iter().map(|name| provider_name(name)).collect();
                    write!(f, "of the vendors under contract ({}) none tunes models", names.join(", "))
                }
            },
            Exclusion::TuningOffersClosed { offers } => closed_offers(offers, f),
            Exclusion::Retired { model, date } => {
                write!(f, "{} retired on {}", model_name(model), date.words())
            }
            Exclusion::NoOfferPerToken { model } => {
                write!(f, "no provider of the catalogue serves {} per token", model_name(model))
            }
            Exclusion::NotInCatalogue { model } => write!(f, "{model} is not in the catalogue"),
            Exclusion::InputTooLong { model, limit, tokens } => {
                write!(
                    f,
                    "{} takes {} input tokens, a call has {}",
                    model_name(model),
                    whole(*limit),
                    whole(*tokens)
                )
            }
            Exclusion::OutputTooLong { model, limit, tokens } => {
                write!(
                    f,
                    "{} writes at most {} tokens, a call needs {}",
                    model_name(model),
                    whole(*limit),
                    whole(*tokens)
                )
            }
            Exclusion::CallTooLong { model, limit, tokens } => {
                write!(
                    f,
                    "{} has a context of {} tokens, a call has {}",
                    model_name(model),
                    whole(*limit),
                    whole(*tokens)
                )
            }
            Exclusion::LicenceOut { model, licence } => {
                let terms = licence.as_deref().map_or_else(String::new, |name| format!(" ({name})"));
                write!(
                    f,
                    "only permissive licences are allowed, and {} comes with its own terms{terms}",
                    model_name(model)
                )
            }
            Exclusion::CannotServe(refusal) => refusal.fmt(f),
            Exclusion::NoPricedGpu { gpus, price } => match gpus.as_slice() {
                [] => write!(f, "no GPU of the catalogue has a known {price}"),
                [gpu] => write!(f, "{gpu} has no known {price}"),
                gpus => write!(f, "none of {} has a known {price}", gpus.join(", ")),
            },
            Exclusion::TooFewGpus { needed, most } => {
                write!(
                    f,
                    "it takes {} at the peak, and there are {} at most",
                    counted(&count_exact(*needed), "GPU"),
                    count_exact(*most)
                )
            }
            Exclusion::NoCountAllowed => f.write_str("no number of GPUs is allowed"),
            Exclusion::TrainingDoesNotFit { how, model, nearest } => {
                write!(f, "{how} of {} does not fit the GPUs allowed for training", model_name(model))?;
                nearest.as_ref().map_or(Ok(()), |it| {
                    let MemoryShortfall { gpu, gpus, needed_gib, usable_gib } = it;
                    write!(
                        f,
                        ": on {gpus} × {gpu} it needs {needed_gib:.1}{GAP}GiB of each, which has {usable_gib:.1}{GAP}GiB"
                    )
                })
            }
            Exclusion::PretrainingDoesNotFit { params } => {
                write!(
                    f,
                    "pretraining {} parameters does not fit the GPUs allowed for training",
                    count_words(*params)
                )
            }
        }
    }
}

impl ServingRefusal {
    const fn rule(&self) -> &'static str {
        match self.why {
            CannotServe::LatencyUnreachable { .. } => "F6",
            CannotServe::ContextTooLong { .. } => "context",
            CannotServe::DoesNotFit { .. } | CannotServe::UnknownModelData { .. } => "capacity",
        }
    }

    fn relax(&self) -> Option<String> {
        let words = match (self.why, self.would_do) {
            (CannotServe::LatencyUnreachable { .. }, _) => "a looser latency target",
            (CannotServe::ContextTooLong { .. }, _) => "a model with a longer context, or shorter calls",
            (CannotServe::DoesNotFit { .. }, Some(gpus)) => {
                return Some(format!("more cards ({gpus} × {}), larger ones, or a smaller model", self.gpu));
            }
            (CannotServe::DoesNotFit { .. }, None) => "larger GPUs, or a smaller model",
            (CannotServe::UnknownModelData { .. }, _) => return None,
        };
        Some(words.to_owned())
    }
}

impl fmt::Display for ServingRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ServingRefusal { model, gpu, gpus, is_best_of_several, why, .. } = self;
        match why {
            // No GPU changes what the model itself is.
            CannotServe::ContextTooLong { .. } | CannotServe::UnknownModelData { .. } => {
                write!(f, "{}: {why}", model_name(model))
            }
            CannotServe::DoesNotFit { .. } | CannotServe::LatencyUnreachable { .. } => {
                let best = if *is_best_of_several { ", the best of the GPUs allowed" } else { "" };
                write!(f, "{} on {gpus} × {gpu}: {why}{best}", model_name(model))
            }
        }
    }
}

/// A number of tokens in full.
fn whole(tokens: f64) -> String {
    count_exact(libm::round(tokens))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_its_rule_its_sentence_and_what_would_lift_it() {
        let says = |out: Exclusion| (out.rule().to_owned(), out.to_string(), out.relax().unwrap_or_default());
        let words =
            |rule: &str, text: &str, relax: &str| (rule.to_owned(), text.to_owned(), relax.to_owned());
        assert_eq!(
            says(Exclusion::NoContract { provider: "openai".to_owned() }),
            words("F5", "OpenAI is not under contract", "a contract with OpenAI")
        );
        assert_eq!(
            says(Exclusion::Retired {
                model: "gpt-5".to_owned(),
                date: Date { year: 2026, month: 3, day: 9 }
            }),
            words("HT2", "gpt-5 retired on 9 March 2026", "another model")
        );
        assert_eq!(
            says(Exclusion::InputTooLong { model: "m".to_owned(), limit: 128_000.0, tokens: 1_250_000.4 }),
            words(
                "context",
                "m takes 128,000 input tokens, a call has 1,250,000",
                "a model with a longer context"
            )
        );
        assert_eq!(
            says(Exclusion::CallTooLong { model: "m".to_owned(), limit: 40_960.0, tokens: 60_211.0 }),
            words(
                "context",
                "m has a context of 40,960 tokens, a call has 60,211",
                "a base with a longer context, or shorter calls"
            )
        );
        assert_eq!(
            says(Exclusion::LicenceOut { model: "m".to_owned(), licence: Some("Own 1.0".to_owned()) }),
            words(
                "L1",
                "only permissive licences are allowed, and m comes with its own terms (Own 1.0)",
                "another base model, or accepting its terms"
            )
        );
        assert_eq!(says(Exclusion::NoCountAllowed), words("capacity", "no number of GPUs is allowed", ""));
    }

    #[test]
    fn a_refusal_names_the_gpus_where_they_are_what_is_missing() {
        let refusal = |why, is_best_of_several: bool| {
            let (model, gpu) = ("Qwen3-8B".to_owned(), "L4".to_owned());
            let would_do = is_best_of_several.then_some(4);
            Exclusion::CannotServe(ServingRefusal { model, gpu, gpus: 2, is_best_of_several, would_do, why })
        };
        let too_small = refusal(CannotServe::DoesNotFit { needed_gib: 30.0, usable_gib: 20.0 }, true);
        assert_eq!(
            too_small.to_string(),
            "Qwen3-8B on 2 × L4: weights and one long call need 30.0\u{a0}GiB, the GPUs offer 20.0\u{a0}GiB, the best of the GPUs allowed"
        );
        assert_eq!(
            too_small.relax().as_deref(),
            Some("more cards (4 × L4), larger ones, or a smaller model")
        );
        let too_long = refusal(CannotServe::ContextTooLong { needed: 9.0, limit: 8.0 }, true);
        assert_eq!(
            too_long.to_string(),
            "Qwen3-8B: a call of 9 tokens is longer than the model's context of 8"
        );
        assert_eq!((too_small.rule(), too_long.rule()), ("capacity", "context"));
    }
}
