//! Places of the page: going to one, and bringing a field into view where the form scrolls by itself.

use leptos::ev::MouseEvent;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use super::timing::{after_paint, next_turn};

/// What takes the focus in a place.
const HEADINGS: &str = ":scope > summary, h1, h2, h3";
/// So many turns are waited for a place that is still to be built.
const MOST_TURNS: usize = 600;
/// Room above and below a field that is brought into view, in pixels.
const ROOM: i32 = 24;

/// Whether a click asks for this page, and not for another tab or a download.
pub fn is_plain_click(click: &MouseEvent) -> bool {
    let is_modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    click.button() == 0 && !is_modified
}

/// Scroll to the element of an id and give its heading the focus; the address stays.
///
/// What it lies folded in is opened. One that is not built yet is waited for, a moment; one that is built only once
/// another place is open is named with that place.
pub fn go(id: &'static str, within: Option<&'static str>) {
    spawn_local(async move {
        for _ in 0..MOST_TURNS {
            let Some(document) = document() else { return };
            if let Some(place) = document.get_element_by_id(id) {
                return arrive(&place);
            }
            if let Some(around) = within.and_then(|id| document.get_element_by_id(id)) {
                open(&around);
            }
            next_turn().await;
        }
    });
}

/// The same for an id that came with the address.
pub fn go_to_named(id: String) {
    go(Box::leak(id.into_boxed_str()), None);
}

fn arrive(place: &Element) {
    let mut around = Some(place.clone());
    while let Some(element) = around {
        open(&element);
        around = element.parent_element();
    }
    let heading = place.query_selector(HEADINGS).ok().flatten().unwrap_or_else(|| place.clone());
    if heading.get_attribute("tabindex").is_none() && heading.tag_name() != "SUMMARY" {
        // It throws for names only that are none.
        let _ = heading.set_attribute("tabindex", "-1");
    }
    if let Ok(heading) = heading.dyn_into::<HtmlElement>() {
        // It throws for nothing that has had its place.
        let _ = heading.focus();
    }
    place.scroll_into_view();
}

/// Open it, if it can be.
fn open(element: &Element) {
    if element.tag_name() == "DETAILS" && !element.has_attribute("open") {
        let _ = element.set_attribute("open", "");
    }
}

/// Once the present state is on the screen, bring the field of an input into view within the form, if the form
/// scrolls by itself; the page is not scrolled and the focus stays.
pub fn show_field(id: &'static str) {
    after_paint(move || {
        scroll_form(id);
    });
}

fn scroll_form(id: &str) -> Option<()> {
    let document = document()?;
    let control = document.get_element_by_id(&format!("input-{id}"));
    let control = control.or_else(|| document.get_element_by_id(&format!("label-{id}")))?;
    let field = control.closest(".field").ok().flatten().unwrap_or(control);
    let form = field.closest("form").ok().flatten()?;
    if form.scroll_height() <= form.client_height() {
        return None;
    }
    let field = field.dyn_into::<HtmlElement>().ok()?;
    let (top, bottom) = (top_within(&field, &form), form.scroll_top() + form.client_height());
    let end = top + field.offset_height() + ROOM;
    if top - ROOM < form.scroll_top() {
        form.set_scroll_top(top - ROOM);
    } else if end > bottom {
        form.set_scroll_top(end - form.client_height());
    }
    Some(())
}

/// How far an element stands below the top of one that it scrolls in, in pixels.
fn top_within(element: &HtmlElement, outer: &Element) -> i32 {
    let mut top = 0;
    let mut inner = Some(element.clone());
    while let Some(element) = inner.filter(|inner| !inner.contains(Some(outer))) {
        top += element.offset_top();
        inner = element.offset_parent().and_then(|parent| parent.dyn_into::<HtmlElement>().ok());
    }
    top
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
