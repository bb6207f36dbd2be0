//! What money buys, as bars of plain boxes: text and colours are the page's own, nothing has to arrive first, and each
//! bar says its parts.

use leptos::prelude::*;

use crate::charts::{MoneyBar, Part, Role};

/// One bar for each strategy.
#[component]
pub fn Bars(
    /// From top to bottom.
    bars: Vec<MoneyBar>,
    /// Whether wrong answers are a part of any.
    has_errors: bool,
) -> impl IntoView {
    view! {
        <p class="key">
            <span>{square(Part::Tokens)} "Tokens"</span>
            <span>{square(Part::Machines)} "Machines"</span>
            <span>"People: " {square(Part::Build)} "build"</span>
            <span>{square(Part::Run)} "run"</span>
            <span>{square(Part::Evaluate)} "evaluate"</span>
            {has_errors.then(|| view! { <span>{square(Part::Errors)} "Wrong answers"</span> })}
        </p>
        <ol class="bars">{bars.into_iter().map(bar).collect_view()}</ol>
    }
}

fn square(part: Part) -> AnyView {
    let class = format!("square {}", class_of(part));
    view! { <i class=class></i> }.into_any()
}

fn class_of(part: Part) -> &'static str {
    match part {
        Part::Tokens => "for-tokens",
        Part::Machines => "for-machines",
        Part::Build => "for-build",
        Part::Run => "for-run",
        Part::Evaluate => "for-evaluate",
        Part::Errors => "for-errors",
    }
}

fn bar(bar: MoneyBar) -> AnyView {
    let role = match bar.role {
        Role::Verdict => "is-verdict",
        Role::Rival => "is-rival",
        Role::Other if bar.survives => "",
        Role::Other => "is-out",
    };
    let part = |(part, share): (Part, f64)| {
        view! { <i class=class_of(part) style:--w=format!("{share:.3}%")></i> }
    };
    let shown = bar.spoken.clone();
    view! {
        <li class=role data-strategy=bar.id.strategy().key>
            <span class="bar-name">{bar.brief}</span>
            <span class="bar" class:is-broken=bar.is_broken role="img" aria-label=bar.spoken>
                {bar.parts.into_iter().map(part).collect_view()}
            </span>
            <span class="bar-total">{bar.total}</span>
            <span class="bar-parts" aria-hidden="true">{shown}</span>
        </li>
    }
    .into_any()
}
