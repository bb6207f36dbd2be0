//! The page's state: one scenario, and a straight line of memos from it to the answer.
//!
//! Scenario → inputs in force → answer. Nothing flows back but edits of the scenario.

mod address;
mod compared;
mod comparison;
mod documents;
mod files;
mod flips;
mod history;
mod keeping;
mod kept;
mod notices;
mod reservations;
mod session;
mod since;
mod steps;
mod strips;
mod tried;

use std::sync::Arc;

use leptos::prelude::*;

pub use compared::Compared;
pub use documents::KeptLine;
use documents::{Documents, Forgotten};
pub use files::Brought;
pub use flips::{Change, FlipBook, Nearest, Progress, nearer};
use history::{History, Stroke};
pub use notices::{Notice, NoticeKind, Notices};
pub use session::start_session;
pub use since::HeldRecord;
pub use strips::StripBook;

use crate::browser::location;
use crate::browser::timing::now_ms;
use crate::codec::{self, Headline};
use crate::domain::answer::{self, Answer, Assessment};
use crate::domain::case::Case;
use crate::domain::catalog::own::{CellError, OwnRow, key_of};
use crate::domain::input::{Input, Value};
use crate::domain::library::{EntryId, FIRST_NAME, given_name};
use crate::domain::scenario::presets::{DEFAULT_NAME, PRESETS, Preset};
use crate::domain::scenario::{FieldError, OwnRows, Resolved, Scenario};
use crate::domain::strategy::StrategyId;
use crate::domain::update::{Update, update as update_of};

/// The scenario, what follows from it, and what the page has to say about both.
///
/// Its signals live as long as the page, so every listener may read them at any time.
#[derive(Clone, Copy)]
pub struct Page {
    /// All that the user said.
    pub scenario: RwSignal<Scenario>,
    /// Its rows of the catalogue over those of its policy: lists and tables follow them, and nothing else of it.
    pub rows: Memo<OwnRows>,
    /// Counts how often something else than typing put another scenario in place, trials and steps back among them:
    /// half-typed texts belong to the one before.
    pub replacements: RwSignal<u32>,
    /// Which whole scenario this is; trials keep it, and steps back return to it: a field's last valid value is one of
    /// the same.
    scenario_number: RwSignal<u32>,
    /// Counts edits by the user: only they are saved.
    pub edits: RwSignal<u32>,
    /// Whether an edit is still to be saved.
    waits: StoredValue<bool>,
    /// Which entry of what is kept the scenario belongs to.
    documents: StoredValue<Documents>,
    /// What the entry of the scenario is called; none where it has none.
    pub entry_name: RwSignal<Option<String>>,
    /// What its entry is to be called, once there is one; none where it is to be called as any other.
    wanted_name: RwSignal<Option<String>>,
    /// Counts how often what is kept has changed, here or in another tab.
    pub kept_changes: RwSignal<u32>,
    /// The scenarios that the present one is compared with.
    pub compared: RwSignal<Vec<Compared>>,
    /// The record that the present one is held against, if one is.
    pub since: RwSignal<Option<Arc<HeldRecord>>>,
    /// How many were compared on this page so far: each has a number of its own.
    compared_so_far: StoredValue<u32>,
    /// What was forgotten last: it can be put back.
    forgotten: StoredValue<Forgotten>,
    /// What was added last from files, as it stood in the storage then.
    taken: StoredValue<Vec<(EntryId, String)>>,
    /// The place of the present entry among those of the browser's history.
    place: StoredValue<u32>,
    /// What can be taken back and brought back.
    history: StoredValue<History>,
    /// Whether anything can be taken back, and whether anything can be brought back.
    ways: RwSignal<(bool, bool)>,
    /// The preset that was chosen last, if any.
    pub preset: RwSignal<Option<&'static str>>,
    /// What is wrong, one entry for each field.
    pub errors: Memo<Vec<FieldError>>,
    /// The question that the answer rests on.
    pub case: Memo<Arc<Case>>,
    /// The answer.
    pub answer: Memo<Arc<Answer>>,
    /// What the present catalogue would change, where the scenario was made with an earlier one.
    pub update: Memo<Option<Arc<Update>>>,
    /// What would change the answer.
    pub flips: FlipBook,
    /// What the verdict and its rival cost along the inputs that are in view.
    pub strips: StripBook,
    /// What the page has to say beside the answer.
    pub notices: Notices,
    /// The field that asks for attention: it takes the focus and clears this.
    pub attention: RwSignal<Option<&'static str>>,
    /// The fields whose values were tried last: shown and marked until the next edit.
    pub tried: RwSignal<Vec<&'static str>>,
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
        let scenario_number = RwSignal::new(0);
        // While a field is wrong, its last valid answer stays in force, if it was given in the same scenario.
        let resolved = Memo::new(move |last: Option<&(u32, Resolved)>| {
            let number = scenario_number.get();
            let last = last.filter(|(of, _)| *of == number).map(|(_, last)| last.entries.clone());
            (number, scenario.with(|scenario| scenario.resolve(&last.unwrap_or_default())))
        });
        let case = Memo::new(move |_| resolved.with(|(_, resolved)| Arc::new(resolved.case.clone())));
        let answer = Memo::new(move |_| case.with(|case| Arc::new(answer::answer(case))));
        let update = Memo::new(move |_| {
            scenario.with(|scenario| match scenario.rows.edition().is_current() {
                true => None,
                false => answer.with(|answer| update_of(scenario, answer)).map(Arc::new),
            })
        });
        Page {
            scenario,
            rows: Memo::new(move |_| scenario.with(|scenario| scenario.rows.clone())),
            replacements: RwSignal::new(0),
            scenario_number,
            edits: RwSignal::new(0),
            waits: StoredValue::new(false),
            documents: StoredValue::new(Documents::default()),
            entry_name: RwSignal::new(None),
            wanted_name: RwSignal::new(None),
            kept_changes: RwSignal::new(0),
            compared: RwSignal::new(Vec::new()),
            since: RwSignal::new(None),
            compared_so_far: StoredValue::new(0),
            forgotten: StoredValue::new(Forgotten::default()),
            taken: StoredValue::new(Vec::new()),
            place: StoredValue::new(0),
            history: StoredValue::new(History::default()),
            ways: RwSignal::new((false, false)),
            preset: RwSignal::new(preset),
            errors: Memo::new(move |_| resolved.with(|(_, resolved)| resolved.errors.clone())),
            case,
            answer,
            update,
            flips: FlipBook::new(),
            strips: StripBook::new(),
            notices: Notices::default(),
            attention: RwSignal::new(None),
            tried: RwSignal::new(Vec::new()),
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

    /// The value of one input that is in force; followed where it is called.
    pub fn value_of(&self, record: &Input) -> Value {
        self.case.with(|case| (record.get)(&case.inputs))
    }

    /// The value of one input that is in force now, for listeners.
    pub fn value_now(&self, record: &Input) -> Value {
        self.case.with_untracked(|case| (record.get)(&case.inputs))
    }

    /// Ask for a field: it takes the focus, wherever it stands.
    pub fn ask_for(&self, id: &'static str) {
        self.attention.set(Some(id));
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
    pub fn type_in(&self, record: &'static Input, text: &str) {
        self.edit(Stroke::Field(record.id, now_ms()), |scenario| scenario.type_in(record, text));
    }

    /// Take a value.
    pub fn put(&self, record: &'static Input, value: &Value) {
        self.edit(Stroke::Field(record.id, now_ms()), |scenario| scenario.put(record, value));
    }

    /// Go back to the default of one field.
    pub fn reset(&self, id: &str) {
        self.edit(Stroke::Whole, |scenario| scenario.reset(id));
    }

    /// Take an own row of the catalogue, in place of the one of the key `was` ([`Scenario::put_row`]).
    ///
    /// # Errors
    /// What is wrong with its cells; then nothing changes.
    pub fn put_row(&self, was: Option<&str>, row: OwnRow) -> Result<(), Vec<CellError>> {
        let mut outcome = Ok(());
        self.edit(Stroke::Whole, |scenario| outcome = scenario.put_row(was, row));
        outcome
    }

    /// Take an own row, in place of one of the same key, and choose it in a field: one step to undo.
    ///
    /// # Errors
    /// What is wrong with its cells; then nothing changes.
    pub fn put_and_choose(&self, row: OwnRow, field: &'static Input) -> Result<(), Vec<CellError>> {
        let mut outcome = Ok(());
        let id = key_of(&row);
        let was = self.rows.with_untracked(|rows| rows.get(row.table, &id).is_some());
        self.edit(Stroke::Whole, |scenario| {
            outcome = scenario.put_row(was.then_some(id.as_str()), row);
            if outcome.is_ok() {
                scenario.type_in(field, &id);
            }
        });
        outcome
    }

    fn edit(&self, stroke: Stroke, edit: impl FnOnce(&mut Scenario)) {
        let mut edited = self.scenario.get_untracked();
        edit(&mut edited);
        if edited == self.scenario.get_untracked() {
            return;
        }
        self.record(stroke);
        self.notices.withdraw(NoticeKind::Replaced);
        self.mark_tried(Vec::new());
        self.scenario.set(edited);
        self.count_edit();
    }

    /// The name of the scenario: its example's as long as it is that, else its entry's, else the one that came with it.
    pub fn name(&self) -> Memo<String> {
        let Page { scenario, preset, entry_name, wanted_name, .. } = *self;
        Memo::new(move |_| {
            let of_example = scenario.with(|scenario| name_of(scenario, preset.get()));
            let name =
                of_example.map(str::to_owned).or_else(|| entry_name.get()).or_else(|| wanted_name.get());
            name.unwrap_or_else(|| FIRST_NAME.to_owned())
        })
    }

    /// The link to the present scenario.
    pub fn link(&self) -> String {
        location::link(&self.text())
    }

    /// The present scenario as a link carries it.
    fn text(&self) -> String {
        codec::encode(&self.named(), &self.headline())
    }

    /// The scenario as it is written down: called what its entry is called, once a reader has called that something.
    fn named(&self) -> Scenario {
        let mut scenario = self.scenario.get_untracked();
        self.entry_name.with_untracked(|name| {
            if let Some(name) = name.as_deref().and_then(given_name) {
                name.clone_into(&mut scenario.name);
            }
        });
        scenario
    }

    /// The answer in one line, to travel with the scenario.
    pub fn headline(&self) -> Headline {
        self.answer.with_untracked(|answer| Headline::of(answer))
    }
}

/// The key of the preset that a scenario is, unchanged.
fn preset_of(scenario: &Scenario) -> Option<&'static str> {
    Preset::of(scenario).map(|preset| preset.id)
}

/// What a scenario that is an example is called.
fn name_of(scenario: &Scenario, preset: Option<&'static str>) -> Option<&'static str> {
    let preset = PRESETS.iter().find(|one| Some(one.id) == preset);
    match preset {
        Some(preset) if preset.is(scenario) => Some(preset.name),
        None if scenario.entries.is_empty() && scenario.rows.rows().is_empty() => Some(DEFAULT_NAME),
        _ => None,
    }
}
