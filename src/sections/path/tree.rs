//! The tree as a nested list: a rail of steps, and a small axis at which its branches end.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::{End, Node, Tree};
use crate::components::anew::Anew;
use crate::components::style::percent;

/// Makes what is told of a state: its place in the tree, and the id of what is made.
type Detail = Arc<dyn Fn(usize, &'static str) -> Option<AnyView> + Send + Sync>;

/// What the steps share.
#[derive(Clone)]
struct Steps {
    tree: Arc<Tree>,
    /// The place of the state that lies open.
    opened: RwSignal<Option<usize>>,
    detail: Detail,
}

/// The list; nothing where nothing leads on.
#[component]
pub fn PathList(
    tree: Tree,
    /// The place of the state that lies open.
    opened: RwSignal<Option<usize>>,
    /// Makes what is told of a state: its place in the tree, and the id of what is made.
    detail: impl Fn(usize, &'static str) -> Option<AnyView> + Send + Sync + 'static,
) -> impl IntoView {
    let steps = Steps { tree: Arc::new(tree), opened, detail: Arc::new(detail) };
    let tree = &steps.tree;
    let tick = |class: &'static str, (share, words): (f64, String)| {
        view! { <span class=class style:--x=percent(share)>{words}</span> }
    };
    let root = node(&steps, 0)?;
    Some(view! {
        <div class="path-tree">
            <div class="path-scale tick" aria-hidden="true">
                <span class="path-unit">"$ per 1,000 requests"</span>
                {tree.tick.clone().map(|at| tick("", at))}
                {tree.now.clone().map(|(share, words)| tick("path-now", (share, format!("now {words}"))))}
            </div>
            <ol class="path-root">{root}</ol>
        </div>
    })
}

/// A state, and those that follow it; a state leads to later ones only.
fn node(steps: &Steps, place: usize) -> Option<AnyView> {
    let tree = &steps.tree;
    let one = tree.nodes.get(place)?;
    let after: Vec<AnyView> =
        one.branches.iter().filter(|next| **next > place).filter_map(|next| node(steps, *next)).collect();
    let is_leaf = after.is_empty();
    let step = step(one, place, is_leaf, steps);
    let class = if is_leaf { "path-leaf" } else { "" };
    let now = tree.now.as_ref().map(|(share, _)| *share);
    let item = view! {
        <li class=class>
            {step} {is_leaf.then(|| axis(&one.end, now))} {below(steps, place)}
            {(!is_leaf).then(|| view! { <ol>{after}</ol> })}
        </li>
    };
    Some(item.into_any())
}

/// On a phone what is told of a state stands under its step.
fn below(steps: &Steps, place: usize) -> AnyView {
    let Steps { opened, detail, .. } = steps.clone();
    view! {
        <div class="path-within">
            <Anew of=move || opened.get() == Some(place) let:is_open>
                {is_open.then(|| detail(place, "path-detail-within"))}
            </Anew>
        </div>
    }
    .into_any()
}

/// The condition above the rail, and below it what to do, which opens.
fn step(one: &Node, place: usize, is_leaf: bool, steps: &Steps) -> AnyView {
    let opened = steps.opened;
    let toggle = move |_| opened.update(|now| *now = (*now != Some(place)).then_some(place));
    let said = if one.end.said.is_empty() { String::new() } else { format!(", {}", one.end.said) };
    view! {
        <div class="path-step">
            {(!is_leaf).then(|| view! { <i class="path-mark"></i> })} <p class="path-if">{one.condition.clone()}</p>
            <button
                type="button"
                class="path-do"
                data-state=place
                aria-expanded=move || (opened.get() == Some(place)).to_string()
                aria-controls=move || (opened.get() == Some(place)).then_some("path-detail path-detail-within")
                on:click=toggle
            >
                <b>{one.action.clone()}</b>
                " "
                <span class="path-takes">{one.note.clone()}</span>
                {is_leaf.then(|| view! { <span class="unseen">{said}</span> })}
            </button>
        </div>
    }
    .into_any()
}

/// The end of a branch on the axis.
fn axis(end: &End, now: Option<f64>) -> AnyView {
    let colour = match (end.is_verdict, end.is_rival) {
        (true, _) => "is-verdict",
        (_, true) => "is-rival",
        _ => "",
    };
    let class = format!("path-end {colour}{}", if end.is_test { " is-test" } else { "" });
    let mark = |class: &'static str, share: f64| view! { <i class=class style:--x=percent(share)></i> };
    view! {
        <div class=class aria-hidden="true">
            {now.map(|share| mark("path-base", share))} {end.at.map(|share| mark("path-lead", share))}
            {end.test.map(|share| mark("path-test", share))} {end.at.map(|share| mark("path-point", share))}
            <span class="path-usd" style:--x=end.at.map(percent)>
                {end.words.clone()}
            </span>
        </div>
    }
    .into_any()
}
