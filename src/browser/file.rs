//! Files that the reader chooses.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlInputElement};

use super::dom::El;

/// Why a chosen file has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It is longer than what is looked at.
    TooLong,
    /// The browser could not read it.
    Unreadable,
}

impl El {
    /// Call `action` with the text of the file that is chosen in this control, each time one is.
    pub fn on_file(
        self,
        most_bytes: usize,
        action: impl Fn(Result<String, FileProblem>) + Clone + 'static,
    ) -> El {
        self.on("change", move |event| {
            let control = event.current_target().and_then(|one| one.dyn_into::<HtmlInputElement>().ok());
            let Some(control) = control else { return };
            let Some(file) = control.files().and_then(|files| files.get(0)) else { return };
            // So that the same file can be chosen again once it is mended.
            control.set_value("");
            let action = action.clone();
            spawn_local(async move { action(text_of(&file, most_bytes).await) });
        })
    }
}

async fn text_of(file: &File, most_bytes: usize) -> Result<String, FileProblem> {
    if file.size() > most_bytes as f64 {
        return Err(FileProblem::TooLong);
    }
    let text = JsFuture::from(file.text()).await.map_err(|_| FileProblem::Unreadable)?;
    text.as_string().ok_or(FileProblem::Unreadable)
}
