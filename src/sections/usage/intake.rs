//! Where an export is chosen, dropped or pasted, and how its reading goes.

use leptos::prelude::*;

use super::reading::{Export, Reading, Stage};
use crate::browser::file::{ChosenFile, pasted};
use crate::components::file_drop::FileDrop;
use crate::domain::units::words::{count_exact, counted};

/// A file to choose or drop, or rows to paste.
#[component]
pub fn Intake(reading: Reading) -> impl IntoView {
    let taken = move |files: Vec<ChosenFile>| {
        if let Some(file) = files.into_iter().next() {
            reading.begin(Export::File(file));
        }
    };
    view! {
        <p class="hint">
            "CSV or JSON of OpenAI or Anthropic, LiteLLM’s spend logs, or any CSV with named columns. It is read here; nothing leaves your browser."
        </p>
        <FileDrop
            id="usage-file"
            label="Drop the file here, or choose it:"
            accept=".csv,.tsv,.txt,.json,.jsonl,text/csv,application/json"
            problem="usage-error"
            taken
        />
        <PastedRows reading />
        <p role="status" id="usage-status" prop:textContent=move || status(&reading.stage.get()) />
        <p role="alert" class="error" id="usage-error" prop:textContent=move || wrong(&reading.stage.get()) />
    }
}

/// A field that takes rows; long ones do not stay in it.
#[component]
fn PastedRows(reading: Reading) -> impl IntoView {
    let begin = move |text: String| {
        if !text.trim().is_empty() {
            reading.begin(Export::Text(text.into()));
        }
    };
    let paste = move |event: leptos::ev::Event| {
        if let Some(text) = pasted(&event) {
            begin(text);
        }
    };
    view! {
        <label for="usage-text">"Or its rows, pasted with their head:"</label>
        <textarea
            id="usage-text"
            rows="2"
            spellcheck="false"
            autocomplete="off"
            aria-describedby="usage-error"
            on:paste=move |event| paste(event.into())
            on:change=move |event| begin(event_target_value(&event))
        ></textarea>
    }
}

fn status(stage: &Stage) -> String {
    match stage {
        Stage::Reading(rows) => format!("Reading: {} so far.", counted(&count_exact(*rows as f64), "row")),
        Stage::Read(usage) => usage.sentence(),
        Stage::Nothing | Stage::Wrong(_) | Stage::Unreadable => String::new(),
    }
}

fn wrong(stage: &Stage) -> String {
    match stage {
        Stage::Wrong(problem) => problem.to_string(),
        Stage::Unreadable => "The browser could not read the file.".to_owned(),
        Stage::Nothing | Stage::Reading(_) | Stage::Read(_) => String::new(),
    }
}
