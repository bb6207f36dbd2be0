//! The files of a model, dropped, chosen or pasted: what was understood of them, and the model to be used.

use leptos::prelude::*;

use crate::browser::file::{ChosenFile, FileProblem, read_beginnings};
use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::file_drop::FileDrop;
use crate::domain::answer::model_facts;
use crate::domain::catalog::model_files::{MOST_FILE_BYTES, MOST_FILES, ModelReading, read_model_files};
use crate::domain::catalog::own::CellError;
use crate::domain::input::input;
use crate::state::Page;

const WORDS: &str = "A config.json, with the model.safetensors.index.json beside it if you have it; or a GGUF file, of which only the first 32 MiB are read. Nothing leaves your browser.";
/// The column that a file may not fill in.
const NAME: &str = "model";

/// What was given, and what came of it.
#[derive(Clone, Copy)]
struct Draft {
    page: Page,
    text: RwSignal<String>,
    name: RwSignal<String>,
    reading: RwSignal<Option<ModelReading>>,
    /// Why nothing was understood.
    problem: RwSignal<String>,
    /// What is wrong with the row.
    errors: RwSignal<Vec<CellError>>,
    /// What came of it.
    said: RwSignal<String>,
}

impl Draft {
    fn new(page: Page) -> Draft {
        Draft {
            page,
            text: RwSignal::new(String::new()),
            name: RwSignal::new(String::new()),
            reading: RwSignal::new(None),
            problem: RwSignal::new(String::new()),
            errors: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
        }
    }

    fn take(self, read: Result<ModelReading, String>) {
        self.errors.set(Vec::new());
        self.said.set(String::new());
        let (reading, problem) = match read {
            Ok(reading) => (Some(reading), String::new()),
            Err(problem) => (None, problem),
        };
        if let Some(name) = reading.as_ref().and_then(|reading| reading.row.get(NAME)) {
            self.name.set(name.to_owned());
        }
        self.problem.set(problem);
        self.reading.set(reading);
    }

    fn take_text(self, text: String) {
        self.take(read_model_files(&[text.as_bytes()]).map_err(|error| error.to_string()));
        self.text.set(text);
    }

    fn take_files(self, files: Vec<ChosenFile>) {
        if files.is_empty() {
            return;
        }
        if files.len() > MOST_FILES {
            self.take(Err(format!("At most {MOST_FILES} files, all of one model.")));
            return;
        }
        read_beginnings(files, MOST_FILE_BYTES, move |read| {
            let read = read.map_err(|problem: FileProblem| problem.sentence().to_owned());
            self.take(read.and_then(|files| {
                let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
                read_model_files(&files).map_err(|error| error.to_string())
            }));
        });
    }

    /// Take the model as a row of the user and choose it.
    fn use_it(self) {
        let (Some(reading), Some(field)) = (self.reading.get_untracked(), input("open_model")) else {
            return;
        };
        let name = self.name.get_untracked().trim().to_owned();
        let mut row = reading.row;
        row.fill(NAME, name.clone());
        match self.page.put_and_choose(row, field) {
            Ok(()) => {
                self.errors.set(Vec::new());
                self.said.set(format!("“{name}” is a row of yours now, and the open model that is chosen."));
            }
            Err(errors) => self.errors.set(errors),
        }
    }
}

/// Where files of a model go in.
#[component]
pub fn ModelFiles() -> impl IntoView {
    let draft = Draft::new(Page::get());
    view! {
        <Disclosure class="model-files" summary=|| "Read a model from its config.json">
            <div>
                <p>{WORDS}</p>
                <FileDrop
                    id="model-files-file"
                    label="Drop the files here, or choose them:"
                    accept=".json,.gguf,application/json"
                    multiple=true
                    problem="model-files-problem"
                    taken=move |files| draft.take_files(files)
                />
                <label for="model-files-text">"Or the text of a config.json:"</label>
                <textarea
                    id="model-files-text"
                    rows="6"
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby="model-files-problem"
                    aria-invalid=move || draft.problem.with(|problem| (!problem.is_empty()).then_some("true"))
                    prop:value=move || draft.text.get()
                    on:input=move |event| draft.take_text(event_target_value(&event))
                ></textarea>
                <p
                    class="error"
                    role="alert"
                    id="model-files-problem"
                    prop:textContent=move || draft.problem.get()
                />
                <div aria-live="polite">
                    <Anew of=move || draft.reading.get() let:reading>
                        {reading.map(|reading| view! { <Understood draft reading /> })}
                    </Anew>
                </div>
                <p role="status" prop:textContent=move || draft.said.get() />
            </div>
        </Disclosure>
    }
}

/// What was understood, what is open, and the way on.
#[component]
fn Understood(draft: Draft, reading: ModelReading) -> impl IntoView {
    let is_usable = reading.is_usable();
    let facts =
        model_facts(&reading).into_iter().map(|(what, text)| view! { <dt>{what}</dt> <dd>{text}</dd> });
    let unknown =
        reading.unknown.iter().map(|unknown| view! { <li>{unknown.to_string()}</li> }).collect_view();
    let has_unknown = !reading.unknown.is_empty();
    let head = if is_usable { "What it does not say:" } else { "It cannot be used as it is:" };
    view! {
        <div class="understood">
            <dl class="facts">{facts.collect_view()}</dl>
            {has_unknown.then(|| view! { <p>{head}</p> <ul>{unknown}</ul> })}
            {is_usable.then(|| view! { <UseIt draft /> })}
        </div>
    }
}

/// The name that the row is to have, and the button that takes it.
#[component]
fn UseIt(draft: Draft) -> impl IntoView {
    let wrong = Memo::new(move |_| draft.errors.with(|errors| errors.first().map(said_of)));
    view! {
        <div class="field" class:is-wrong=move || wrong.with(Option::is_some)>
            <label for="model-files-name">"Its name"</label>
            <input
                type="text"
                class="entry"
                id="model-files-name"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="model-files-name-error"
                aria-invalid=move || wrong.with(|wrong| wrong.is_some().then_some("true"))
                prop:value=move || draft.name.get()
                on:input=move |event| draft.name.set(event_target_value(&event))
            />
            <p
                class="error"
                role="alert"
                id="model-files-name-error"
                prop:textContent=move || wrong.get().unwrap_or_default()
            />
        </div>
        <p class="row-buttons">
            <button type="button" class="solid" on:click=move |_| draft.use_it()>
                "Use this model"
            </button>
        </p>
    }
}

/// What is wrong: with the name in its own words, else with the column before them.
fn said_of(error: &CellError) -> String {
    if error.column == NAME { error.message.clone() } else { error.in_words() }
}
