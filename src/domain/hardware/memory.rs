//! The last answers about GPUs, given again where the same is asked: a third of the work of a decision.
//!
//! A search is a function of its question alone, so an equal question has the same answer. Whoever tries many
//! values of one input asks the same of GPUs nearly every time.

use std::sync::{Mutex, PoisonError};

use super::configuration::FoundOption;
use super::serving::ServingQuestion;
use super::training::{FoundJob, TrainingQuestion};
use crate::domain::strategy::{Exclusion, StrategyId};

/// On behalf of which model it is asked who can serve: each has a question of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServingAsker {
    /// The open model.
    Open,
    /// The base, prompted, in place of an open model that does not fit.
    StandIn,
    /// The tuned base.
    Tuned,
    /// The custom model.
    Custom,
}

type ServingAnswer = Result<Vec<FoundOption>, Exclusion>;

/// Who asks, and whether for calls that retrieve knowledge: where it can be brought in two ways, each is asked about.
type WithRetrieval<Asker> = (Asker, bool);

/// The last question of each asker, with its answer.
#[derive(Debug, Default)]
pub struct HardwareMemory {
    serving: Answers<WithRetrieval<ServingAsker>, ServingQuestion, ServingAnswer>,
    training: Answers<WithRetrieval<StrategyId>, TrainingQuestion, Option<FoundJob>>,
}

impl HardwareMemory {
    /// The configurations that can serve: [`ServingQuestion::options`].
    ///
    /// # Errors
    /// The reason, if none can.
    pub fn options(&self, asker: WithRetrieval<ServingAsker>, question: ServingQuestion) -> ServingAnswer {
        self.serving.answer(asker, question, ServingQuestion::options)
    }

    /// The cheapest job that fits, for one strategy: [`TrainingQuestion::job`].
    pub fn job(&self, asker: WithRetrieval<StrategyId>, question: TrainingQuestion) -> Option<FoundJob> {
        self.training.answer(asker, question, TrainingQuestion::job)
    }
}

/// One question and its answer.
#[derive(Debug)]
struct Answered<Asker, Question, Answer> {
    asker: Asker,
    question: Question,
    answer: Answer,
}

#[derive(Debug)]
struct Answers<Asker, Question, Answer>(Mutex<Vec<Answered<Asker, Question, Answer>>>);

impl<Asker, Question, Answer> Default for Answers<Asker, Question, Answer> {
    fn default() -> Self {
        Answers(Mutex::default())
    }
}

impl<Asker: PartialEq, Question: PartialEq, Answer: Clone> Answers<Asker, Question, Answer> {
    /// The answer to a question: the known one if the asker asked just this last, else the one that is found now.
    fn answer(&self, asker: Asker, question: Question, find: impl FnOnce(&Question) -> Answer) -> Answer {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = known.iter().position(|known| known.asker == asker);
        if let Some(known) = place.and_then(|place| known.get(place)).filter(|it| it.question == question) {
            return known.answer.clone();
        }
        let answer = find(&question);
        let answered = Answered { asker, question, answer: answer.clone() };
        match place.and_then(|place| known.get_mut(place)) {
            Some(known) => *known = answered,
            None => known.push(answered),
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::Case;
    use crate::domain::hardware::ServedModel;
    use crate::domain::input::Inputs;
    use crate::domain::workload::CallTokens;

    #[test]
    fn the_same_question_is_searched_once_and_another_one_anew() {
        let answers: Answers<u8, f64, f64> = Answers::default();
        let mut searched = 0;
        let mut ask = |asker, question: f64| {
            answers.answer(asker, question, |question| {
                searched += 1;
                question * 2.0
            })
        };
        assert_eq!((ask(0, 1.0), ask(0, 1.0), ask(1, 1.0)), (2.0, 2.0, 2.0));
        assert_eq!((ask(0, 3.0), ask(0, 1.0), ask(1, 1.0)), (6.0, 2.0, 2.0));
        // Once for each asker, and twice more as the first one asked something else in between.
        assert_eq!(searched, 4);
    }

    #[test]
    fn a_question_differs_where_its_answer_may_and_only_there() {
        let question = |change: fn(&mut Inputs)| {
            let case = Case::default().edited(change);
            let model = case.catalog.open_model("Llama-3.1-8B").unwrap();
            let tokens =
                CallTokens { prefix: 300.0, variable: 700.0, output: 200.0, ..CallTokens::default() };
            let served = ServedModel { model, is_tuned: false, tokens };
            ServingQuestion::of(&served, &case.inputs, &case.catalog)
        };
        let today = question(|_| ());
        assert_eq!(today, question(|inputs| inputs.work.requests_per_month *= 3.0));
        assert_eq!(today, question(|inputs| inputs.economics.electricity_price *= 2.0), "GPUs are rented");
        assert_ne!(today, question(|inputs| inputs.economics.committed_use_discount = 0.1));
        assert_ne!(today, question(|inputs| inputs.constraints.time_per_output_token_ms /= 2.0));
        assert_ne!(today, question(|inputs| inputs.models.serving_gpu = "H100 SXM".to_owned()));
    }
}
