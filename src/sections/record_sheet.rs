//! The record of the decision in the place of the page, to be printed.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::timing::after_paint;
use crate::browser::{focus, window};
use crate::domain::record::{Block, Run, Runs};

/// Id of what the record is asked for in: it takes the focus again.
pub const MENU: &str = "menu";
/// Id of the button that prints.
const PRINT: &str = "print-record";

/// The record that is shown, if one is; provided once for all.
#[derive(Clone, Copy)]
pub struct Shown {
    blocks: RwSignal<Option<Arc<Vec<Block>>>>,
    /// Where the page was before.
    scrolled: StoredValue<f64>,
}

impl Shown {
    /// No record is shown yet.
    pub fn provide() {
        provide_context(Shown { blocks: RwSignal::new(None), scrolled: StoredValue::new(0.0) });
    }

    /// What was provided.
    #[track_caller]
    pub fn get() -> Shown {
        expect_context()
    }

    /// Show a record, and ask for a printer.
    pub fn show(self, blocks: Vec<Block>) {
        self.scrolled.set_value(window::scrolled());
        self.blocks.set(Some(Arc::new(blocks)));
        after_paint(|| {
            window::scroll_to(0.0);
            focus::give(PRINT);
            window::print();
        });
    }

    /// Back to the page, as it was.
    fn close(self) {
        self.blocks.set(None);
        let before = self.scrolled.get_value();
        after_paint(move || {
            focus::give(MENU);
            window::scroll_to(before);
        });
    }
}

/// The record, while one is shown: the style sheet hides all else.
#[component]
pub fn RecordSheet() -> impl IntoView {
    let shown = Shown::get();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            shown.close();
        }
    };
    move || {
        let blocks = shown.blocks.get()?;
        Some(view! {
            <article class="record-sheet" aria-label="Decision record" on:keydown=on_key>
                <p class="record-tools">
                    <button type="button" id=PRINT class="link" on:click=|_| window::print()>
                        "Print"
                    </button>
                    <button type="button" id="close-record" class="link" on:click=move |_| shown.close()>
                        "Back to the page"
                    </button>
                </p>
                {blocks.iter().map(block).collect_view()}
            </article>
        })
    }
}

/// A block as it is shown.
pub fn block(block: &Block) -> AnyView {
    match block {
        Block::Heading(1, text) => view! { <h1>{text.clone()}</h1> }.into_any(),
        Block::Heading(2, text) => view! { <h2>{text.clone()}</h2> }.into_any(),
        Block::Heading(_, text) => view! { <h3>{text.clone()}</h3> }.into_any(),
        Block::Paragraph(runs) => view! { <p>{line(runs)}</p> }.into_any(),
        Block::List(items) => {
            let items = items.iter().map(|item| view! { <li>{line(item)}</li> }).collect_view();
            view! { <ul>{items}</ul> }.into_any()
        }
        Block::Table { head, numbers, rows } => table(head, *numbers, rows),
    }
}

fn line(runs: &Runs) -> AnyView {
    let run = |run: &Run| match run {
        Run::Said(text) | Run::Own(text) => text.clone().into_any(),
        Run::Strong(text, end) => view! { <strong>{format!("{text}{end}")}</strong> }.into_any(),
        Run::Address(link) => view! { <span class="address">{link.clone()}</span> }.into_any(),
    };
    runs.iter().map(run).collect_view().into_any()
}

/// A word of more characters may break anywhere.
const LONG_WORD: usize = 28;

fn is_long(text: &str) -> bool {
    text.split_whitespace().any(|word| word.chars().count() > LONG_WORD)
}

fn table(head: &[String], numbers: usize, rows: &[Vec<String>]) -> AnyView {
    let words = head.len().saturating_sub(numbers);
    let class = move |place: usize| if place < words { "words" } else { "number" };
    let named = |(place, text): (usize, &String)| {
        view! { <th scope="col" class=class(place)>{text.clone()}</th> }
    };
    let cell = |(place, text): (usize, &String)| match place {
        0 => view! { <th scope="row" class=class(0) class:is-long=is_long(text)>{text.clone()}</th> }
            .into_any(),
        _ => view! { <td class=class(place) class:is-long=is_long(text)>{text.clone()}</td> }.into_any(),
    };
    let row = |cells: &Vec<String>| {
        view! { <tr>{cells.iter().enumerate().map(cell).collect_view()}</tr> }
    };
    view! {
        <table>
            <thead>
                <tr>{head.iter().enumerate().map(named).collect_view()}</tr>
            </thead>
            <tbody>{rows.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
