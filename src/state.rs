//! The page's state: one scenario, and a straight line of memos from it to the answer.
//!
//! Scenario → inputs in force → answer. Nothing flows back but edits of the scenario.

mod flips;
mod notices;
mod session;

use std::sync::Arc;

use leptos::prelude::*;

pub use flips::{FlipBook, Progress};
pub use notices::{Before, Notice, NoticeKind, Notices};
pub use session::start_session;

use crate::codec::Headline;
use crate::domain::answer::{self, Answer, Assessment, Finding};
use crate::domain::case::Case;
use crate::domain::catalog::own::{CellError, OwnRow, Table};
use crate::domain::input::{Input, Value};
use crate::domain::scenario::policy::Policy;
use crate::domain::scenario::presets::{PRESETS, Preset};
use crate::domain::scenario::{FieldError, OwnRows, Resolved, Scenario, left_out};
use crate::domain::strategy::StrategyId;

/// The scenario, what follows from it, and what the page has to say about both.
///
/// Its signals live as long as the page, so every listener may read them at any time.
#[derive(Clone, Copy)]
pub struct Page {
    /// All that the user said.
    pub scenario: RwSignal<Scenario>,
    /// Its rows of the catalogue over those of its policy: lists and tables follow them, and nothing else of it.
    pub rows: Memo<OwnRows>,
    /// Counts replacements of the whole scenario: half-typed texts belong to the one before.
    pub replacements: RwSignal<u32>,
    /// Counts edits by the user: only they are saved.
    pub edits: RwSignal<u32>,
    /// The preset that was chosen last, if any.
    pub preset: RwSignal<Option<&'static str>>,
    /// What is wrong, one entry for each field.
    pub errors: Memo<Vec<FieldError>>,
    /// The question that the answer rests on.
    pub case: Memo<Arc<Case>>,
    /// The answer.
    pub answer: Memo<Arc<Answer>>,
    /// What would change the answer.
    pub flips: FlipBook,
    /// What the page has to say beside the answer.
    pub notices: Notices,
    /// The field that asks for attention: it takes the focus and clears this.
    pub attention: RwSignal<Option<&'static str>>,
}

impl Page {
    /// The page that was provided; for components only, since a listener has no context.
    #[track_caller]
    pub fn get() -> Self {
        expect_context()
    }

    /// The page of a scenario.
    pub fn new(scenario: Scenario) -> Self {
        let preset = preset_of(&scenario);
        let scenario = RwSignal::new(scenario);
        let replacements = RwSignal::new(0);
        // While a field is wrong, its last valid answer stays in force, if it was given in the same scenario.
        let resolved = Memo::new(move |last: Option<&(u32, Resolved)>| {
            let number = replacements.get();
            let last = last.filter(|(of, _)| *of == number).map(|(_, last)| last.entries.clone());
            (number, scenario.with(|scenario| scenario.resolve(&last.unwrap_or_default())))
        });
        let case = Memo::new(move |_| resolved.with(|(_, resolved)| Arc::new(resolved.case.clone())));
        Page {
            scenario,
            rows: Memo::new(move |_| scenario.with(|scenario| scenario.rows.clone())),
            replacements,
            edits: RwSignal::new(0),
            preset: RwSignal::new(preset),
            errors: Memo::new(move |_| resolved.with(|(_, resolved)| resolved.errors.clone())),
            case,
            answer: Memo::new(move |_| case.with(|case| Arc::new(answer::answer(case)))),
            flips: FlipBook::new(),
            notices: Notices::default(),
            attention: RwSignal::new(None),
        }
    }

    /// Something read off the answer; it changes only when the value does.
    pub fn read<T>(&self, read: impl Fn(&Answer) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let answer = self.answer;
        Memo::new(move |_| answer.with(|answer| read(answer)))
    }

    /// Something read off the assessment of one strategy.
    pub fn strategy<T>(
        &self,
        id: StrategyId,
        read: impl Fn(&Assessment, &Answer) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: PartialEq + Default + Send + Sync + 'static,
    {
        self.read(move |answer| answer.get(id).map(|assessment| read(assessment, answer)).unwrap_or_default())
    }

    /// The quality that is required, a share.
    pub fn required_quality(&self) -> Memo<f64> {
        let case = self.case;
        Memo::new(move |_| case.with(|case| case.inputs.quality.required_quality))
    }

    /// The findings about one strategy.
    pub fn findings(&self, id: StrategyId) -> Memo<Vec<Finding>> {
        self.read(move |answer| {
            answer.explanation(id).map_or_else(Vec::new, |explanation| explanation.findings.clone())
        })
    }

    /// The value of one input that is in force; followed where it is called.
    pub fn value_of(&self, record: &Input) -> Value {
        self.case.with(|case| (record.get)(&case.inputs))
    }

    /// The value of one input that is in force now, for listeners.
    pub fn value_now(&self, record: &Input) -> Value {
        self.case.with_untracked(|case| (record.get)(&case.inputs))
    }

    /// The message of one field, if it is wrong.
    pub fn error_of(&self, id: &'static str) -> Memo<Option<String>> {
        let errors = self.errors;
        let message = move |errors: &Vec<FieldError>| {
            errors.iter().find(|error| error.id == id).map(|error| error.message.clone())
        };
        Memo::new(move |_| errors.with(message))
    }

    /// Whether one field is wrong; followed where it is called.
    pub fn is_wrong(&self, id: &str) -> bool {
        self.errors.with(|errors| errors.iter().any(|error| error.id == id))
    }

    /// The text of one field.
    pub fn text_of(&self, record: &'static Input) -> Memo<String> {
        let scenario = self.scenario;
        Memo::new(move |_| scenario.with(|scenario| scenario.text(record)))
    }

    /// Whether one field differs from its default; followed where it is called.
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
            self.scenario.set(edited);
            self.edits.update(|count| *count += 1);
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
        self.scenario.set(scenario);
        self.replacements.update(|count| *count += 1);
    }

    /// The answer in one line, to travel with the scenario.
    pub fn headline(&self) -> Headline {
        self.answer.with_untracked(|answer| {
            let choice = &answer.decided.choice;
            let chosen = choice.use_now.or(choice.reference);
            Headline {
                verdict: answer.verdict.headline.clone(),
                tco_usd: chosen.and_then(|id| answer.get(id)).and_then(Assessment::tco),
            }
        })
    }
}

/// The preset that a scenario is, unchanged.
fn preset_of(scenario: &Scenario) -> Option<&'static str> {
    let is_same = |preset: &&Preset| preset.scenario().entries == scenario.entries;
    let is_plain = scenario.rows.rows().is_empty();
    PRESETS.iter().find(is_same).filter(|_| is_plain).map(|preset| preset.id)
}
