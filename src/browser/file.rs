//! Files that the reader chooses, and files that he is given.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, DataTransfer, DragEvent, Event, File, FileList, HtmlAnchorElement, HtmlInputElement, Url,
};

/// Milliseconds for which a file that is given is kept for the browser to take.
const KEPT_MS: u32 = 60_000;

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

/// A file that was chosen or dropped, not read yet; read in slices, the page stays live.
#[derive(Clone, Debug)]
pub struct ChosenFile(File);

impl ChosenFile {
    /// What it is called.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its length in bytes.
    pub fn bytes(&self) -> f64 {
        self.0.size()
    }

    /// Its bytes from one place up to another.
    ///
    /// # Errors
    /// If the browser cannot read it.
    pub async fn slice(&self, from: f64, to: f64) -> Result<Vec<u8>, FileProblem> {
        let slice = self.0.slice_with_f64_and_f64(from, to).map_err(|_| FileProblem::Unreadable)?;
        let buffer = JsFuture::from(slice.array_buffer()).await.map_err(|_| FileProblem::Unreadable)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

/// The files that were just chosen: `change` is the event of the file control.
pub fn chosen(change: &Event) -> Vec<ChosenFile> {
    let control = change.target().and_then(|control| control.dyn_into::<HtmlInputElement>().ok());
    let Some(control) = control else { return Vec::new() };
    let files = listed(control.files());
    // So that the same file can be chosen again once it is mended.
    control.set_value("");
    files
}

/// The files that were just dropped.
pub fn dropped(drop: &DragEvent) -> Vec<ChosenFile> {
    listed(drop.data_transfer().and_then(|data| data.files()))
}

fn listed(files: Option<FileList>) -> Vec<ChosenFile> {
    let files = files.into_iter().flat_map(|files| (0..files.length()).map(move |place| files.get(place)));
    files.flatten().map(ChosenFile).collect()
}

/// The text that is being pasted; where there is one, it is not put into the field as well.
pub fn pasted(paste: &Event) -> Option<String> {
    let data = Reflect::get(paste, &JsValue::from_str("clipboardData")).ok()?;
    let text = data.dyn_into::<DataTransfer>().ok()?.get_data("text").ok().filter(|text| !text.is_empty())?;
    paste.prevent_default();
    Some(text)
}

/// The files that are being pasted.
pub fn pasted_files(paste: &Event) -> Vec<ChosenFile> {
    let data = Reflect::get(paste, &JsValue::from_str("clipboardData")).ok();
    listed(data.and_then(|data| data.dyn_into::<DataTransfer>().ok()?.files()))
}

/// Call `action` with the first bytes of each file, so many at most.
pub fn read_beginnings(
    files: Vec<ChosenFile>,
    most_bytes: usize,
    action: impl FnOnce(Result<Vec<Vec<u8>>, FileProblem>) + 'static,
) {
    spawn_local(async move {
        let mut read = Vec::new();
        for file in &files {
            match file.slice(0.0, most_bytes as f64).await {
                Ok(bytes) => read.push(bytes),
                Err(problem) => return action(Err(problem)),
            }
        }
        action(Ok(read));
    });
}

/// Call `action` with each file and all its bytes; one that is longer than so many is not read.
pub fn read_whole(
    files: Vec<ChosenFile>,
    most_bytes: usize,
    action: impl FnOnce(Vec<(ChosenFile, Result<Vec<u8>, FileProblem>)>) + 'static,
) {
    spawn_local(async move {
        let mut read = Vec::new();
        for file in files {
            let bytes = match file.bytes() {
                bytes if bytes > most_bytes as f64 => Err(FileProblem::TooLong),
                bytes => file.slice(0.0, bytes).await,
            };
            read.push((file, bytes));
        }
        action(read);
    });
}

/// Give the reader a text as a file of this name; nothing leaves the browser. `false` where the browser refuses.
pub fn give(name: &str, text: &str) -> bool {
    let blob = Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(text))).ok();
    blob.and_then(|blob| give_blob(name, &blob)).is_some()
}

/// The same with bytes.
pub fn give_bytes(name: &str, bytes: &[u8]) -> bool {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).ok();
    blob.and_then(|blob| give_blob(name, &blob)).is_some()
}

fn give_blob(name: &str, blob: &Blob) -> Option<()> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link = document.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has taken the file by then, slow as it may be; a click alone only asks for it.
    let forget = move || {
        // It throws for nothing that was made here.
        let _ = Url::revoke_object_url(&address);
    };
    Timeout::new(KEPT_MS, forget).forget();
    Some(())
}
