//! Files that the reader chooses.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DragEvent, Event, File, FileList, HtmlInputElement};

/// Files that were chosen or dropped, not read yet.
pub type Files = Vec<File>;

/// Why a chosen file has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It is longer than what is looked at.
    TooLong,
    /// The browser could not read it.
    Unreadable,
}

impl FileProblem {
    /// In a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            FileProblem::TooLong => "This file is longer than what is looked at.",
            FileProblem::Unreadable => "Your browser could not read this file.",
        }
    }
}

/// Call `action` with the text of the file that was just chosen: `change` is the event of the file control.
pub fn read_chosen(
    change: &Event,
    most_bytes: usize,
    action: impl FnOnce(Result<String, FileProblem>) + 'static,
) {
    let control = change.target().and_then(|control| control.dyn_into::<HtmlInputElement>().ok());
    let Some(control) = control else { return };
    let Some(file) = control.files().and_then(|files| files.get(0)) else { return };
    // So that the same file can be chosen again once it is mended.
    control.set_value("");
    spawn_local(async move { action(text_of(&file, most_bytes).await) });
}

async fn text_of(file: &File, most_bytes: usize) -> Result<String, FileProblem> {
    if file.size() > most_bytes as f64 {
        return Err(FileProblem::TooLong);
    }
    let text = JsFuture::from(file.text()).await.map_err(|_| FileProblem::Unreadable)?;
    text.as_string().ok_or(FileProblem::Unreadable)
}

/// The files that were just chosen: `change` is the event of the file control.
pub fn chosen(change: &Event) -> Files {
    let control = change.target().and_then(|control| control.dyn_into::<HtmlInputElement>().ok());
    let Some(control) = control else { return Files::new() };
    let files = listed(control.files());
    // So that the same file can be chosen again once it is mended.
    control.set_value("");
    files
}

/// The files that were just dropped.
pub fn dropped(drop: &DragEvent) -> Files {
    listed(drop.data_transfer().and_then(|data| data.files()))
}

fn listed(files: Option<FileList>) -> Files {
    let files = files.into_iter().flat_map(|files| (0..files.length()).map(move |place| files.get(place)));
    files.flatten().collect()
}

/// Call `action` with the first bytes of each file, so many at most.
pub fn read_beginnings(
    files: Files,
    most_bytes: usize,
    action: impl FnOnce(Result<Vec<Vec<u8>>, FileProblem>) + 'static,
) {
    spawn_local(async move {
        let mut read = Vec::new();
        for file in &files {
            match beginning_of(file, most_bytes).await {
                Ok(bytes) => read.push(bytes),
                Err(problem) => return action(Err(problem)),
            }
        }
        action(Ok(read));
    });
}

async fn beginning_of(file: &Blob, most_bytes: usize) -> Result<Vec<u8>, FileProblem> {
    let unreadable = |_| FileProblem::Unreadable;
    let beginning = file.slice_with_f64_and_f64(0.0, most_bytes as f64).map_err(unreadable)?;
    let buffer = JsFuture::from(beginning.array_buffer()).await.map_err(unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
