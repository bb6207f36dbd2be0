//! Files that the reader chooses.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, File, HtmlInputElement};

/// Why a chosen file has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It is longer than what is looked at.
    TooLong,
    /// The browser could not read it.
    Unreadable,
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
