//! The page's state: one store for the scenario, and a straight line from it to the answer.
//!
//! Scenario → valid inputs (the last good ones while a field is wrong) → evaluation. Nothing flows
//! back but edits of the scenario, and each of them takes the whole line at once.

mod flip_book;
mod notices;
mod session;
mod watched;

use std::cell::Cell;
use std::sync::Arc;

pub use flip_book::{FlipBook, Progress};
pub use notices::{Notice, NoticeKind, Notices};
pub use session::start_session;
pub use watched::Watched;

use crate::browser::dom::follow;
use crate::codec::Headline;
use crate::domain::evaluate;
use crate::domain::evaluation::{Advice, Assessment, Evaluation, PlanStep, Step};
use crate::domain::input::{Input, Inputs, Value};
use crate::domain::own_rows::{CellError, OwnRow, OwnRows, Table, left_out};
use crate::domain::policy::Policy;
use crate::domain::presets::{PRESETS, Preset};
use crate::domain::scenario::{FieldError, Scenario};
use crate::domain::strategy::StrategyId;

/// The scenario, what follows from it, and what the page has to say about both.
#[derive(Clone, Copy)]
pub struct Store {
    scenario: Watched<Scenario>,
    /// Its rows of the catalogue, the policy's too: lists and tables follow them, and nothing else of it.
    rows: Watched<OwnRows>,
    /// Counts replacements of the whole scenario: half-typed texts belong to the one before.
    replacements: Watched<u32>,
    /// Counts edits by the user: only they are saved.
    edits: Watched<u32>,
    preset: Watched<Option<&'static str>>,
    errors: Watched<Vec<FieldError>>,
    inputs: Watched<Arc<Inputs>>,
    evaluation: Watched<Arc<Evaluation>>,
    reasons: Watched<Arc<Reasons>>,
    notices: Notices,
    flips: FlipBook,
    /// The field that asks for attention: it takes the focus and clears this.
    attention: Watched<Option<&'static str>>,
}

/// How the decision came about, and what follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    /// The chain of the decision.
    pub trace: Vec<Step>,
    /// Now, next and later.
    pub plan: Vec<PlanStep>,
}

/// What an undo brings back.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    scenario: Scenario,
    preset: Option<&'static str>,
}

thread_local! {
    static STORE: Cell<Option<Store>> = const { Cell::new(None) };
}

/// The page's store; one with the default scenario, until a session has started.
pub fn store() -> Store {
    STORE.get().unwrap_or_else(|| {
        let store = Store::new(Scenario::default());
        STORE.set(Some(store));
        store
    })
}

impl Store {
    /// A store for a scenario.
    pub fn new(scenario: Scenario) -> Self {
        let preset = preset_of(&scenario);
        let (inputs, errors) = scenario.inputs_or_defaults();
        let inputs = Arc::new(inputs);
        let evaluation = Watched::new(Arc::new(crate::domain::assess::answer(&inputs)));
        let inputs = Watched::new(inputs);
        Store {
            rows: Watched::new(scenario.rows.clone()),
            scenario: Watched::new(scenario),
            replacements: Watched::new(0),
            edits: Watched::new(0),
            preset: Watched::new(preset),
            errors: Watched::new(errors),
            inputs,
            evaluation,
            reasons: Watched::new(Arc::default()),
            notices: Notices::default(),
            flips: FlipBook::new(),
            attention: Watched::new(None),
        }
    }

    /// All that the user said.
    pub fn scenario(&self) -> Watched<Scenario> {
        self.scenario
    }

    /// Its own rows of the catalogue, over those of its policy.
    pub fn rows(&self) -> Watched<OwnRows> {
        self.rows
    }

    /// Counts replacements of the whole scenario.
    pub fn replacements(&self) -> Watched<u32> {
        self.replacements
    }

    /// Counts edits by the user.
    pub fn edits(&self) -> Watched<u32> {
        self.edits
    }

    /// What is wrong, one entry for each field.
    pub fn errors(&self) -> Watched<Vec<FieldError>> {
        self.errors
    }

    /// The inputs that the answer rests on: the last valid ones.
    pub fn inputs(&self) -> Watched<Arc<Inputs>> {
        self.inputs
    }

    /// The answer.
    pub fn evaluation(&self) -> Watched<Arc<Evaluation>> {
        self.evaluation
    }

    /// The chain of the decision and the plan, once they are found; followed by what shows them.
    pub fn reasons(&self) -> Watched<Arc<Reasons>> {
        self.reasons
    }

    /// Find chain and plan, now and whenever the inputs change. The code for it arrives with what shows them.
    pub fn find_reasons(self) {
        follow(move || {
            let Advice { trace, plan, .. } = self.inputs.with(|inputs| evaluate(inputs).advice);
            self.reasons.replace(Arc::new(Reasons { trace, plan }));
        });
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
    pub fn attention(&self) -> Watched<Option<&'static str>> {
        self.attention
    }

    /// The preset that was chosen last, if any.
    pub fn preset(&self) -> Watched<Option<&'static str>> {
        self.preset
    }

    /// Read something off the answer, and follow it.
    pub fn read<T>(&self, read: impl FnOnce(&Evaluation) -> T) -> T {
        self.evaluation.with(|evaluation| read(evaluation))
    }

    /// Read something off one strategy's assessment, and follow it.
    pub fn strategy<T: Default>(
        &self,
        id: StrategyId,
        read: impl FnOnce(&Assessment, &Evaluation) -> T,
    ) -> T {
        self.read(|evaluation| {
            evaluation.get(id).map(|assessment| read(assessment, evaluation)).unwrap_or_default()
        })
    }

    /// The present value of one input, and follow it.
    pub fn value_of(&self, record: &Input) -> Value {
        self.inputs.with(|inputs| (record.get)(inputs))
    }

    /// The message of one field, if it is wrong; followed.
    pub fn error_of(&self, id: &str) -> Option<String> {
        self.errors
            .with(|errors| errors.iter().find(|error| error.id == id).map(|error| error.message.clone()))
    }

    /// Whether one field is wrong; followed.
    pub fn is_wrong(&self, id: &str) -> bool {
        self.errors.with(|errors| errors.iter().any(|error| error.id == id))
    }

    /// The text of one field; followed.
    pub fn text_of(&self, record: &Input) -> String {
        self.scenario.with(|scenario| scenario.text(record))
    }

    /// Whether one field differs from its default; followed.
    pub fn is_changed(&self, id: &str) -> bool {
        self.scenario.with(|scenario| scenario.is_changed(id))
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

    /// Take an own row of the catalogue, in place of the one of the key `was` ([`Scenario::put_row`]).
    ///
    /// # Errors
    /// What is wrong with its cells; then nothing changes.
    pub fn put_row(&self, was: Option<&str>, row: OwnRow) -> Result<(), Vec<CellError>> {
        let mut outcome = Ok(());
        self.edit(|scenario| outcome = scenario.put_row(was, row));
        outcome
    }

    /// Drop an own row; it can be brought back.
    pub fn remove_row(&self, table: Table, id: &str, said: String) {
        let mut scenario = self.scenario.get_untracked();
        scenario.rows.remove(table, id);
        self.replace_undoably(scenario, self.preset.get_untracked(), said);
    }

    /// Put a policy in force, or take the one that is out of it; it can be undone. Rows of the user that no longer
    /// fit are named behind what is said.
    pub fn set_policy(&self, policy: Option<Arc<Policy>>, mut said: String) {
        let mut scenario = self.scenario.get_untracked();
        for sentence in left_out(&scenario.set_policy(policy)) {
            said.push(' ');
            said.push_str(&sentence);
        }
        self.replace_undoably(scenario, self.preset.get_untracked(), said);
    }

    fn edit(&self, edit: impl FnOnce(&mut Scenario)) {
        let mut edited = self.scenario.get_untracked();
        edit(&mut edited);
        if edited != self.scenario.get_untracked() {
            self.take(edited);
            self.edits.update(|count| *count += 1);
        }
    }

    /// Take a scenario and all that follows from it.
    fn take(&self, scenario: Scenario) {
        let (inputs, errors) = match scenario.inputs() {
            Ok(inputs) => (Some(inputs), Vec::new()),
            Err(errors) => (None, errors),
        };
        // Lists are rebuilt before the fields look for what is chosen in them.
        self.rows.set(scenario.rows.clone());
        self.scenario.set(scenario);
        self.errors.set(errors);
        if let Some(inputs) = inputs
            && inputs != *self.inputs.get_untracked()
        {
            let inputs = Arc::new(inputs);
            self.evaluation.replace(Arc::new(crate::domain::assess::answer(&inputs)));
            self.inputs.replace(inputs);
        }
    }

    /// Put a preset in place of what was said.
    pub fn choose(&self, preset: &Preset) {
        let said = format!("Now showing the example “{}”", preset.name);
        self.answer_anew(preset.scenario(), Some(preset.id), said);
    }

    /// Put the defaults in place of what was said.
    pub fn start_over(&self) {
        let scenario = Scenario::default();
        let preset = preset_of(&scenario);
        self.answer_anew(scenario, preset, "Started over with the default answers".to_owned());
    }

    /// Put other answers in place of what was said. The policy is the organisation's, so it holds for them too.
    fn answer_anew(&self, mut scenario: Scenario, preset: Option<&'static str>, mut said: String) {
        let policy = self.scenario.with_untracked(|scenario| scenario.policy().cloned());
        if let Some(policy) = policy {
            said.extend([", under the policy “", policy.name(), "”"]);
            scenario.set_policy(Some(policy));
        }
        said.push('.');
        self.replace_undoably(scenario, preset, said);
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
        self.take(scenario);
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
    let is_same = |preset: &&Preset| preset.scenario().answers == scenario.answers;
    let is_plain = scenario.rows.rows().is_empty();
    PRESETS.iter().find(is_same).filter(|_| is_plain).map(|preset| preset.id)
}
