//! A chart with its finding as heading, its caption, and its numbers as a table.

use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, Set};
use wasm_bindgen_futures::spawn_local;

use super::disclosure::disclosure_open;
use super::table::{Table, plain_table, searchable_table};
use crate::browser::appearance::{DARK, NARROW, matches, on_change};
use crate::browser::dom::{El, el, follow};
use crate::browser::echarts::{ChartHandle, ChartProblem, load};
use crate::browser::timing::after_paint;
use crate::charts::{ChartFigure, Style};
use crate::state::Watched;

/// Tables with more rows than this are searched rather than read.
const LONG_TABLE: usize = 30;

/// What figures are drawn with, and how the page looks.
#[derive(Clone, Copy)]
pub struct Easel {
    /// What came of loading the bundle; `None` while it is under way.
    bundle: RwSignal<Option<Result<(), ChartProblem>>>,
    dark: RwSignal<bool>,
    narrow: RwSignal<bool>,
}

impl Easel {
    /// Load the bundle after the next picture, unless it is there.
    pub fn new() -> Easel {
        let bundle = RwSignal::new(None);
        after_paint(move || spawn_local(async move { bundle.set(Some(load().await)) }));
        Easel { bundle, dark: follow_query(DARK), narrow: follow_query(NARROW) }
    }

    fn style(&self) -> Style {
        Style { dark: self.dark.get(), narrow: self.narrow.get() }
    }
}

impl Default for Easel {
    fn default() -> Self {
        Easel::new()
    }
}

fn follow_query(query: &str) -> RwSignal<bool> {
    let state = RwSignal::new(matches(query));
    on_change(query, move |now| state.set(now));
    state
}

/// A chart; drawn once the bundle is there, its numbers shown openly where it cannot be drawn.
///
/// `kind` is the key of the chart in the page; without a `figure` nothing is shown.
pub fn figure(kind: &str, figure: Watched<Option<ChartFigure>>, easel: Easel) -> El {
    let bundle = easel.bundle;
    let drawing = RwSignal::new(Ok::<(), ChartProblem>(()));
    let problem = move || bundle.get().unwrap_or(Ok(())).and(drawing.get()).err();
    let text = move |read: fn(&ChartFigure) -> &String| {
        move || figure.with(|figure| figure.as_ref().map_or(String::new(), |figure| read(figure).clone()))
    };
    let heading = el("figcaption")
        .child(el("h3").live(text(|figure| &figure.title)))
        .child(el("p").live(text(|figure| &figure.caption)));
    let place = el("div").class("chart").live_class("is-missing", move || problem().is_some());
    let drawn = move || {
        bundle.get()?.ok()?;
        Some((figure.with(Option::clone)?, easel.style()))
    };
    draw(&place, drawn, drawing);
    let numbers =
        move || el("div").anew(move || figure.with(|figure| figure.iter().map(numbers_of).collect()));
    let said = |problem: &Option<ChartProblem>| {
        let line = |problem: &ChartProblem| {
            el("p").attrs(&[("class", "chart-problem"), ("role", "status")]).text(&problem.to_string())
        };
        problem.iter().map(line).collect()
    };
    el("figure")
        .attrs(&[("class", "chart-figure"), ("data-chart", kind)])
        .live_flag("hidden", move || figure.with(Option::is_none))
        .child(heading)
        .child(place)
        .swap(problem, said)
        .child(disclosure_open("", el("summary").text("The numbers"), move || problem().is_some(), numbers))
}

/// Draw whenever there is something else to draw.
fn draw(
    place: &El,
    drawn: impl Fn() -> Option<(ChartFigure, Style)> + 'static,
    outcome: RwSignal<Result<(), ChartProblem>>,
) {
    let Some(element) = place.element().cloned() else { return };
    let handle = Rc::new(RefCell::new(None::<ChartHandle>));
    follow(move || {
        let Some((figure, style)) = drawn() else { return };
        let (element, handle) = (element.clone(), Rc::clone(&handle));
        // Each chart in a task of its own: three at once would hold up the page.
        after_paint(move || {
            let mut handle = handle.borrow_mut();
            let ready = handle.take().map_or_else(|| ChartHandle::new(&element), Ok);
            outcome.set(ready.and_then(|ready| handle.insert(ready).set(&figure.option(style))));
        });
    });
}

/// Its numbers as a table.
fn numbers_of(figure: &ChartFigure) -> El {
    let table = Table {
        caption: figure.title.clone(),
        head: figure.table.head.clone(),
        rows: figure.table.rows.clone(),
        word_columns: figure.table.word_columns,
    };
    if table.rows.len() <= LONG_TABLE {
        return plain_table(&table);
    }
    searchable_table(move || table.clone(), |_| Vec::new())
}
