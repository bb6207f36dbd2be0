//! An input bound to the page: what its field shows, and what the reader does with it.

use leptos::prelude::*;

use crate::domain::answer::{Flips, Strip, strip_sentence};
use crate::domain::input::{Input, Value};
use crate::domain::scenario::OwnRows;
use crate::state::Page;

/// One input of the page. Fields know the page by this alone.
#[derive(Clone, Copy)]
pub struct Bound {
    page: Page,
    /// The record of the registry.
    pub record: &'static Input,
    /// What stands in the field, written properly.
    pub text: Memo<String>,
    /// What is in force.
    pub value: Memo<Value>,
    /// What is wrong, if anything is.
    pub error: Memo<Option<String>>,
    /// Whether it differs from its default.
    pub is_changed: Memo<bool>,
    /// What would change the answer, once that is found.
    pub flips: Memo<Option<Flips>>,
    /// What the verdict and its rival cost along it, once that is found.
    pub strip: Memo<Option<Strip>>,
}

impl Bound {
    /// An input of the page.
    pub fn to(page: Page, record: &'static Input) -> Bound {
        Bound {
            page,
            record,
            text: page.text_of(record),
            value: Memo::new(move |_| page.value_of(record)),
            error: page.error_of(record.id),
            is_changed: Memo::new(move |_| page.is_changed(record.id)),
            flips: page.flips.of(record.id),
            strip: page.strips.of(record.id),
        }
    }

    /// Whether it is wrong; followed.
    pub fn is_wrong(self) -> bool {
        self.error.with(Option::is_some)
    }

    /// Whether its value was tried last; followed.
    pub fn is_tried(self) -> bool {
        self.page.is_tried(self.record.id)
    }

    /// Id of its error, while there is one; followed.
    pub fn error_id(self) -> Option<String> {
        self.is_wrong().then(|| error_id(self.record))
    }

    /// Take what was typed.
    pub fn type_in(self, text: &str) {
        self.page.type_in(self.record, text);
    }

    /// Take a value.
    pub fn put(self, value: &Value) {
        self.page.put(self.record, value);
    }

    /// What is in force now; for listeners.
    pub fn value_now(self) -> Value {
        self.page.value_now(self.record)
    }

    /// Go back to the default, and give the field the focus: the button that was clicked goes with the change.
    pub fn reset(self) {
        self.page.reset(self.record.id);
        self.page.ask_for(self.record.id);
    }

    /// The default, a policy's where it has one; followed.
    pub fn default_value(self) -> Value {
        self.page.scenario.with(|scenario| scenario.default_of(self.record))
    }

    /// The rows of the catalogue to choose from; followed.
    pub fn rows(self) -> OwnRows {
        self.page.rows.get()
    }

    /// The quality that is required; followed.
    pub fn required_quality(self) -> f64 {
        self.page.case.with(|case| case.inputs.quality.required_quality)
    }

    /// Whether its strip is seen: along which values it is found, then.
    pub fn show_strip(self, along: Option<Vec<f64>>) {
        match along {
            Some(along) => self.page.strips.show(self.record, along),
            None => self.page.strips.hide(self.record.id),
        }
    }

    /// Where another answer begins, in one sentence, if a short one says it; follows what is found.
    pub fn flip_sentence(self) -> Option<String> {
        let flips = self.flips.get()?;
        // What is found belongs to the answer that stands by then.
        self.page.answer.with_untracked(|answer| strip_sentence(&flips, self.record, &answer.decided))
    }

    /// Call `focus` when the field is asked for; it says whether there was something to focus.
    pub fn follow_attention(self, focus: impl Fn() -> bool + 'static) {
        let Bound { page, record, .. } = self;
        Effect::new(move |_| {
            if page.attention.get() == Some(record.id) && focus() {
                page.attention.set(None);
            }
        });
    }

    /// Counts replacements of the scenario: what is half typed belongs to the one before; followed.
    pub fn replacements(self) -> u32 {
        self.page.replacements.get()
    }

    /// The same now; for listeners.
    pub fn replacements_now(self) -> u32 {
        self.page.replacements.get_untracked()
    }
}

/// Id of the control.
pub fn input_id(record: &Input) -> String {
    format!("input-{}", record.id)
}

/// Id of the label.
pub fn label_id(record: &Input) -> String {
    format!("label-{}", record.id)
}

/// Id of the error.
pub fn error_id(record: &Input) -> String {
    format!("error-{}", record.id)
}

/// Id of the help.
pub fn help_id(record: &Input) -> String {
    format!("help-{}", record.id)
}
