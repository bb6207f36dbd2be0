//! A state of the path that lies open: its verdict, its cost, its reason, its test, and a way to try it.

use leptos::prelude::*;

use super::pilots::{part, test_parts};
use crate::browser::focus;
use crate::domain::answer::Path;
use crate::domain::input::{Input, Value, input};
use crate::domain::units::words::{capital, usd_short};
use crate::state::Page;

/// Id of the section's heading: it takes the focus of the button, which goes with its tree.
pub const HEADING: &str = "path-heading";

/// What is told of a state. It stands under the tree, and on a phone under its step.
#[component]
pub fn StateDetail(
    path: Path,
    /// Id, by which the step says what it opens.
    id: &'static str,
) -> impl IntoView {
    let page = Page::get();
    let edits: Vec<(&'static Input, Value)> =
        path.edits.iter().filter_map(|(id, value)| Some((input(id)?, value.clone()))).collect();
    let said = format!("Now as if: {}.", path.condition);
    let can_try = !edits.is_empty();
    let try_it = move |_| {
        page.try_values(&edits, said.clone());
        focus::give(HEADING);
    };
    let try_button = can_try.then(|| {
        view! {
            <p>
                <button type="button" class="link" data-try-state="" on:click=try_it>
                    "Try it"
                </button>
            </p>
        }
    });
    view! {
        <div class="path-detail" id=id data-testid="path-detail">
            <h3>{format!("{}: {}", path.condition, path.verdict)}</h3>
            <dl>{parts(&path).into_iter().map(part).collect_view()}</dl>
            {try_button}
        </div>
    }
}

fn parts(path: &Path) -> Vec<(&'static str, String)> {
    let if_passed = if path.is_test { ", if it passes" } else { "" };
    let cost = path
        .per_thousand
        .map_or_else(String::new, |usd| format!("{} per 1,000 requests{if_passed}", usd_short(usd)));
    let mut all = vec![
        ("Cost", cost),
        ("It takes", path.takes.clone()),
        ("Why", path.reason.clone()),
        ("Next", path.question.clone()),
    ];
    all.extend(path.trial.iter().flat_map(test_parts));
    all.push(("Also open", path.state.others.join("; ")));
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(term, text)| (term, sentence(&text))).collect()
}

fn sentence(text: &str) -> String {
    let text = capital(text);
    if text.ends_with('.') { text } else { text + "." }
}
