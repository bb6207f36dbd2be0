//! The page's state: one store for the scenario, then a straight line of memos to the answer.
//!
//! Scenario → valid inputs (the last good ones while a field is wrong) → evaluation. Nothing flows
//! back but edits of the scenario.

mod flip_book;
mod notices;
mod session;

use std::sync::Arc;

use leptos::prelude::*;

pub use flip_book::FlipBook;
pub use notices::{Notice, NoticeKind, Notices};
pub use session::start_session;

use crate::codec::Headline;
use crate::domain::evaluation::{Assessment, Evaluation};
use crate::domain::input::{Input, Inputs, Value};
use crate::domain::presets::{PRESETS, Preset};
use crate::domain::scenario::{FieldError, Scenario};
use crate::domain::strategy::StrategyId;

/// The scenario, what follows from it, and what the page has to say about both.
#[derive(Clone, Copy)]
pub struct Store {
    scenario: RwSignal<Scenario>,
    /// Counts replacements of the whole scenario: half-typed texts belong to the one before.
    replacements: RwSignal<u32>,
    /// Counts edits by the user: only they are saved.
    edits: RwSignal<u32>,
    preset: RwSignal<Option<&'static str>>,
    errors: Memo<Vec<FieldError>>,
    inputs: Memo<Arc<Inputs>>,
    evaluation: Memo<Arc<Evaluation>>,
    notices: Notices,
    flips: FlipBook,
    /// The field that asks for attention: it takes the focus and clears this.
    attention: RwSignal<Option<&'static str>>,
}

/// What an undo brings back.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    scenario: Scenario,
    preset: Option<&'static str>,
}

/// The page's store; a fresh one where none was provided.
pub fn store() -> Store {
    use_context::<Store>().unwrap_or_else(|| Store::new(Scenario::default()))
}

impl Store {
    /// A store for a scenario.
    pub fn new(scenario: Scenario) -> Self {
        let preset = preset_of(&scenario);
        let scenario = RwSignal::new(scenario);
        let errors =
            Memo::new(move |_| scenario.with(|scenario| scenario.inputs().err().unwrap_or_default()));
        let inputs = Memo::new(move |last: Option<&Arc<Inputs>>| {
            scenario.with(|scenario| match (scenario.inputs(), last) {
                (Ok(inputs), _) => Arc::new(inputs),
                (Err(_), Some(last)) => Arc::clone(last),
                (Err(_), None) => Arc::new(scenario.inputs_or_defaults().0),
            })
        });
        let evaluation = Memo::new(move |_| Arc::new(crate::domain::evaluate(&inputs.get())));
        Store {
            scenario,
            replacements: RwSignal::new(0),
            edits: RwSignal::new(0),
            preset: RwSignal::new(preset),
            errors,
            inputs,
            evaluation,
            notices: Notices::default(),
            flips: FlipBook::new(inputs),
            attention: RwSignal::new(None),
        }
    }

    /// All that the user said.
    pub fn scenario(&self) -> RwSignal<Scenario> {
        self.scenario
    }

    /// Counts replacements of the whole scenario.
    pub fn replacements(&self) -> Signal<u32> {
        self.replacements.into()
    }

    /// Counts edits by the user.
    pub fn edits(&self) -> Signal<u32> {
        self.edits.into()
    }

    /// What is wrong, one entry for each field.
    pub fn errors(&self) -> Memo<Vec<FieldError>> {
        self.errors
    }

    /// The inputs that the answer rests on: the last valid ones.
    pub fn inputs(&self) -> Memo<Arc<Inputs>> {
        self.inputs
    }

    /// The answer.
    pub fn evaluation(&self) -> Memo<Arc<Evaluation>> {
        self.evaluation
    }

    /// What the page has to say.
    pub fn notices(&self) -> Notices {
        self.notices
    }

    /// What would change the answer.
    pub fn flips(&self) -> FlipBook {
        self.flips
    }

    /// The field that is to take the focus.
    pub fn attention(&self) -> RwSignal<Option<&'static str>> {
        self.attention
    }

    /// The preset that was chosen last, if any.
    pub fn preset(&self) -> Signal<Option<&'static str>> {
        self.preset.into()
    }

    /// Read something off the answer; changes only when the value does.
    pub fn read<T>(&self, read: impl Fn(&Evaluation) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let evaluation = self.evaluation;
        Memo::new(move |_| evaluation.with(|evaluation| read(evaluation)))
    }

    /// Read something off one strategy's assessment.
    pub fn read_strategy<T>(
        &self,
        id: StrategyId,
        read: impl Fn(&Assessment, &Evaluation) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: PartialEq + Default + Send + Sync + 'static,
    {
        self.read(move |evaluation| {
            evaluation.get(id).map(|assessment| read(assessment, evaluation)).unwrap_or_default()
        })
    }

    /// The message of one field, if it is wrong.
    pub fn error_of(&self, id: &'static str) -> Memo<Option<String>> {
        let errors = self.errors;
        Memo::new(move |_| {
            errors
                .with(|errors| errors.iter().find(|error| error.id == id).map(|error| error.message.clone()))
        })
    }

    /// The text of one field.
    pub fn text_of(&self, record: &'static Input) -> Memo<String> {
        let scenario = self.scenario;
        Memo::new(move |_| scenario.with(|scenario| scenario.text(record)))
    }

    /// Whether one field differs from its default.
    pub fn is_changed(&self, id: &'static str) -> Memo<bool> {
        let scenario = self.scenario;
        Memo::new(move |_| scenario.with(|scenario| scenario.is_changed(id)))
    }

    /// Take what was typed into a field.
    pub fn type_in(&self, record: &Input, text: &str) {
        self.edit(|scenario| scenario.type_in(record, text));
    }

    /// Take a value.
    pub fn put(&self, record: &Input, value: &Value) {
        self.edit(|scenario| scenario.put(record, value));
    }

    /// Go back to the default of one field.
    pub fn reset(&self, id: &str) {
        self.edit(|scenario| scenario.reset(id));
    }

    fn edit(&self, edit: impl FnOnce(&mut Scenario)) {
        let mut edited = self.scenario.get_untracked();
        edit(&mut edited);
        if edited != self.scenario.get_untracked() {
            self.scenario.set(edited);
            self.edits.update(|count| *count += 1);
        }
    }

    /// Put a preset in place of what was said.
    pub fn choose(&self, preset: &Preset) {
        let said = format!("Now showing the example “{}”.", preset.name);
        self.replace_undoably(preset.scenario(), Some(preset.id), said);
    }

    /// Put the defaults in place of what was said.
    pub fn start_over(&self) {
        let scenario = Scenario::default();
        let preset = preset_of(&scenario);
        self.replace_undoably(scenario, preset, "Started over with the default answers.".to_owned());
    }

    /// Bring back what was replaced.
    pub fn undo(&self, before: &Before) {
        self.notices.withdraw(NoticeKind::Replaced);
        self.replace(before.scenario.clone(), before.preset);
        self.edits.update(|count| *count += 1);
    }

    /// Open a scenario from elsewhere; it is not saved until it is edited.
    pub fn open(&self, scenario: Scenario) {
        let preset = preset_of(&scenario);
        self.notices.withdraw(NoticeKind::Replaced);
        self.replace(scenario, preset);
    }

    fn replace_undoably(&self, scenario: Scenario, preset: Option<&'static str>, said: String) {
        let before = Before { scenario: self.scenario.get_untracked(), preset: self.preset.get_untracked() };
        self.replace(scenario, preset);
        self.edits.update(|count| *count += 1);
        self.notices.say(Notice { kind: NoticeKind::Replaced, text: said, undo: Some(before) });
    }

    fn replace(&self, scenario: Scenario, preset: Option<&'static str>) {
        self.preset.set(preset);
        self.scenario.set(scenario);
        self.replacements.update(|count| *count += 1);
    }

    /// The answer in one line, to travel with the scenario.
    pub fn headline_untracked(&self) -> Headline {
        self.evaluation.with_untracked(|evaluation| {
            let advice = &evaluation.advice;
            let chosen = advice.use_now.or(advice.reference);
            Headline {
                verdict: advice.headline.clone(),
                tco_usd: chosen.and_then(|id| evaluation.get(id)).and_then(Assessment::tco),
            }
        })
    }
}

/// The preset that a scenario is, unchanged.
fn preset_of(scenario: &Scenario) -> Option<&'static str> {
    PRESETS.iter().find(|preset| preset.scenario().answers == scenario.answers).map(|preset| preset.id)
}
