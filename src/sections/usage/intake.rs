//! Where an export is chosen, dropped or pasted, and how its reading goes.

use leptos::prelude::*;

use super::reading::{Export, Reading, Stage};
use crate::browser::file::{ChosenFile, chosen, dropped, pasted};
use crate::domain::units::words::{count_exact, counted};

/// A file to choose or drop, or rows to paste.
#[component]
pub fn Intake(reading: Reading) -> impl IntoView {
    let begin = move |file: Option<ChosenFile>| {
        if let Some(file) = file {
            reading.begin(Export::File(file));
        }
    };
    let is_over = RwSignal::new(false);
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        begin(dropped(&event).into_iter().next());
    };
    let over = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    view! {
        <div
            class="usage-drop"
            class:is-over=is_over
            on:dragover=over
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            <p class="hint">
                "CSV or JSON of OpenAI or Anthropic, LiteLLM’s spend logs, or any CSV with named columns. It is read here; nothing leaves your browser."
            </p>
            <label for="usage-file">"A file, chosen or dropped here:"</label>
            <input
                type="file"
                id="usage-file"
                accept=".csv,.tsv,.txt,.json,.jsonl,text/csv,application/json"
                on:change=move |event| begin(chosen(&event).into_iter().next())
            />
            <PastedRows reading />
        </div>
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
