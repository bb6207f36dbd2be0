//! A policy that is being written, and what came of it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::file::FileProblem;
use crate::domain::scenario::OwnRows;
use crate::domain::scenario::policy::{MOST_BYTES, Policy, PolicyError};
use crate::state::Page;

/// What to start from.
pub const EXAMPLE: &str = r#"{
  "policy": 1,
  "name": "Example Ltd",
  "rules": [
    {
      "id": "EX-1",
      "on": ["own-gpus"],
      "when": [{"fact": "on_call", "is": false}],
      "effect": "excludes",
      "reason": "Nothing runs on our GPUs with nobody on call.",
      "relax": "somebody on call"
    }
  ],
  "excluded": {"custom": "No model of our own."},
  "catalogue": [
    {"table": "api_models", "like": "gpt-6.1-sol", "set": {"input_usd_per_m": 1.5, "note": "framework contract"}}
  ],
  "defaults": {"hourly_rate": 120}
}"#;

/// What is being written, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Draft {
    page: Page,
    /// The text.
    pub text: RwSignal<String>,
    /// What is wrong, place by place.
    pub errors: RwSignal<Vec<PolicyError>>,
    /// Whether the form is asked for.
    pub is_open: RwSignal<bool>,
}

impl Draft {
    /// Nothing is written yet.
    pub fn new(page: Page) -> Draft {
        let (text, errors) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
        Draft { page, text, errors, is_open: RwSignal::new(false) }
    }

    /// Write another text, in the opened form.
    pub fn edit(self, text: &str) {
        self.text.set(text.to_owned());
        self.errors.set(Vec::new());
        self.is_open.set(true);
    }

    /// Put the written policy in force, or say what is wrong with it; whether it is in force.
    pub fn apply(self) -> bool {
        let edition = self.page.rows.with_untracked(OwnRows::edition);
        let read = Policy::read_over(edition, &self.text.get_untracked());
        let is_read = read.is_ok();
        self.errors.set(match read {
            Ok(policy) => {
                let said = format!("The policy “{}” is applied.", policy.name());
                self.page.set_policy(Some(Arc::new(policy)), said);
                self.is_open.set(false);
                Vec::new()
            }
            Err(errors) => errors,
        });
        is_read
    }

    /// Take the text of a file, and put it in force; whether it is.
    pub fn take(self, file: Result<String, FileProblem>) -> bool {
        let message = match file {
            Ok(text) => {
                self.text.set(text);
                return self.apply();
            }
            Err(FileProblem::TooLong) => format!("It is longer than {} kB.", MOST_BYTES / 1024),
            Err(FileProblem::Unreadable) => "The browser could not read it.".to_owned(),
        };
        self.errors.set(vec![PolicyError { place: "the file".to_owned(), message }]);
        false
    }
}
