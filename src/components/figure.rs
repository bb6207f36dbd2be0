//! A chart with its finding as heading, its caption, and its numbers as a table.

use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, Set};

use super::disclosure::disclosure_open;
use super::table::{Table, plain_table};
use crate::browser::dom::{El, el, follow};
use crate::browser::echarts::{ChartHandle, ChartProblem};
use crate::browser::timing::after_paint;
use crate::charts::{ChartFigure, Style};
use crate::state::Watched;

/// What came of loading the bundle; `None` while it is under way.
pub type Bundle = RwSignal<Option<Result<(), ChartProblem>>>;

/// A chart; drawn once the bundle is there, its numbers shown openly where it cannot be drawn.
///
/// `kind` is the key of the chart in the page; without a `figure` nothing is shown.
pub fn figure(
    kind: &str,
    figure: Watched<Option<ChartFigure>>,
    style: impl Fn() -> Style + 'static,
    bundle: Bundle,
) -> El {
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
        let drawing = figure.with(|figure| figure.as_ref().map(|figure| figure.drawing_json.clone()));
        bundle.get()?.ok().and(drawing).map(|drawing| (drawing, style()))
    };
    draw(&place, drawn, drawing);
    let numbers = move || {
        el("div")
            .anew(move || figure.with(|figure| figure.iter().map(|of| plain_table(&table_of(of))).collect()))
    };
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
    drawn: impl Fn() -> Option<(String, Style)> + 'static,
    outcome: RwSignal<Result<(), ChartProblem>>,
) {
    let Some(element) = place.element().cloned() else { return };
    let handle = Rc::new(RefCell::new(None::<ChartHandle>));
    follow(move || {
        let Some((drawing, style)) = drawn() else { return };
        let (element, handle) = (element.clone(), Rc::clone(&handle));
        // Each chart in a task of its own: three at once would hold up the page.
        after_paint(move || {
            let mut handle = handle.borrow_mut();
            let ready = handle.take().map_or_else(|| ChartHandle::new(&element), Ok);
            outcome.set(ready.and_then(|ready| handle.insert(ready).draw(&drawing, style)));
        });
    });
}

fn table_of(figure: &ChartFigure) -> Table {
    Table {
        caption: figure.title.clone(),
        head: figure.table.head.clone(),
        rows: figure.table.rows.clone(),
        word_columns: (1, 0),
    }
}
