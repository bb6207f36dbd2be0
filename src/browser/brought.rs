//! What is brought to the page as a whole: dropped or pasted where nothing else takes it.

use leptos::ev::{self, DragEvent, Event};
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement, HtmlTextAreaElement};

use super::file::{ChosenFile, dropped, pasted, pasted_files};
use super::keys::text_in;
use super::location::on_window;

/// Call `action` with files that are dropped anywhere but on a place of their own, for as long as the owner lives. The
/// browser never opens them in place of the page.
pub fn on_files_dropped(action: impl Fn(Vec<ChosenFile>) + 'static) {
    on_window(ev::dragover, |event| {
        if is_for_the_page(&event) {
            event.prevent_default();
        }
    });
    on_window(ev::drop, move |event| {
        if is_for_the_page(&event) {
            event.prevent_default();
            action(dropped(&event));
        }
    });
}

/// Call `action` with what is pasted where nothing is being edited, for as long as the owner lives: a text, or files.
pub fn on_pasted(action: impl Fn(Result<String, Vec<ChosenFile>>) + 'static) {
    on_window(ev::paste, move |event| {
        let event: &Event = event.as_ref();
        if event.default_prevented() || is_edited(event.target()) {
            return;
        }
        let files = pasted_files(event);
        if !files.is_empty() {
            event.prevent_default();
            action(Err(files));
        } else if let Some(text) = pasted(event) {
            action(Ok(text));
        }
    });
}

/// Whether files are dragged that no place of their own takes; a control for files takes them by itself.
fn is_for_the_page(event: &DragEvent) -> bool {
    let has_files = event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
    let control = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    has_files && !event.default_prevented() && control.is_none_or(|control| control.type_() != "file")
}

fn is_edited(target: Option<EventTarget>) -> bool {
    text_in(target.clone()).is_some() || target.is_some_and(|target| target.has_type::<HtmlTextAreaElement>())
}
