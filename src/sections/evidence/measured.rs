//! What each measurement says, and what is not measured.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::field_link::FieldLink;
use crate::domain::evidence::QualityState;
use crate::domain::input::{Input, Value, registry};
use crate::domain::units::words::lower_first;
use crate::state::Page;

/// One measurement: its input, and what it says about the bar; nothing where there is none.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    id: &'static str,
    state: QualityState,
    bar: f64,
}

/// All measurements.
#[component]
pub fn Measured() -> impl IntoView {
    let page = Page::get();
    let bar = page.required_quality();
    view! {
        <Anew of=move || lines(page, bar.get()) let:lines>
            {list(page, lines)}
        </Anew>
    }
}

/// What each input that takes a measurement says; followed.
fn lines(page: Page, bar: f64) -> Vec<Line> {
    let line = |record: &'static Input| match page.value_of(record) {
        Value::Evidence(evidence) => {
            Some(Line { id: record.id, state: QualityState::of(evidence, bar), bar })
        }
        _ => None,
    };
    registry().filter_map(line).collect()
}

fn list(page: Page, lines: Vec<Line>) -> AnyView {
    let (open, known): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| line.state == QualityState::Untested);
    let known = (!known.is_empty()).then(|| {
        let items = known.iter().filter_map(|line| known_item(page, line)).collect_view();
        view! { <ul class="measured">{items}</ul> }
    });
    let open = (!open.is_empty()).then(|| {
        let links = open.iter().enumerate().filter_map(|(place, line)| open_link(page, place, line));
        view! {
            <p data-testid="unmeasured">"Not measured, and so unknown: " {links.collect_view()} "."</p>
        }
    });
    view! {
        {known}
        {open}
    }
    .into_any()
}

fn known_item(page: Page, line: &Line) -> Option<AnyView> {
    let link = link_to(page, line.id, str::to_owned)?;
    let words = format!(": {}.", line.state.sentence(line.bar));
    Some(view! { <li>{link} {words}</li> }.into_any())
}

fn open_link(page: Page, place: usize, line: &Line) -> Option<AnyView> {
    let link = link_to(page, line.id, lower_first)?;
    let comma = if place > 0 { ", " } else { "" };
    Some(view! { {comma} {link} }.into_any())
}

/// A link to the field of a measurement.
fn link_to(page: Page, id: &str, write: impl Fn(&str) -> String) -> Option<AnyView> {
    let record = crate::domain::input::input(id)?;
    let name = write(record.label.strip_suffix(", measured").unwrap_or(record.label));
    let go = move |record: &'static Input| page.attention.set(Some(record.id));
    Some(view! { <FieldLink record words=name go /> }.into_any())
}
