//! A chart with its finding as heading, its caption, and its numbers as a table.

mod easel;

use leptos::html::Div;
use leptos::prelude::*;

use super::anew::Anew;
use super::disclosure::Disclosure;
use super::table::{PlainTable, SearchableTable, Table};
use crate::browser::echarts::{ChartHandle, ChartProblem};
use crate::browser::nearness::Nearness;
use crate::browser::timing::after_paint;
use crate::charts::{ChartFigure, Style};
pub use easel::Easel;

/// Tables with more rows than this are searched rather than read.
const LONG_TABLE: usize = 30;

/// A chart; drawn once the reader is near and the bundle there, its numbers shown openly where it cannot be drawn.
#[component]
pub fn Figure(
    /// Key of the chart in the page.
    kind: &'static str,
    /// What is drawn; nothing is shown without it.
    #[prop(into)]
    figure: Signal<Option<ChartFigure>>,
    easel: Easel,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let drawing = drawing(place, figure, easel);
    let drawn = draw(place, drawing, easel);
    let problem =
        Memo::new(move |_| easel.bundle.get().unwrap_or(Ok(())).and(drawn.get().unwrap_or(Ok(()))).err());
    let is_missing =
        Memo::new(move |_| problem.get().is_some() || easel.is_printing.get() && drawn.get().is_none());
    let text = move |read: fn(&ChartFigure) -> &String| {
        Memo::new(move |_| {
            figure.with(|figure| figure.as_ref().map(|figure| read(figure).clone()).unwrap_or_default())
        })
    };
    view! {
        <figure class="chart-figure" data-chart=kind hidden=move || figure.with(Option::is_none)>
            <figcaption>
                <h3 prop:textContent=text(|figure| &figure.title) />
                <p prop:textContent=text(|figure| &figure.caption) />
            </figcaption>
            <div class="chart" class:is-missing=is_missing node_ref=place></div>
            {move || {
                let problem = problem.get()?.to_string();
                Some(view! { <p class="chart-problem" role="status" prop:textContent=problem /> })
            }}
            <Disclosure summary=|| "The numbers" open=is_missing>
                <div>
                    <Anew of=move || figure.get() let:figure>
                        {figure.map(|figure| view! { <Numbers figure /> })}
                    </Anew>
                </div>
            </Disclosure>
        </figure>
    }
}

/// What is drawn, and how.
#[derive(Clone, Debug, PartialEq)]
struct Drawing {
    figure: ChartFigure,
    style: Style,
}

/// What is to be drawn: while the reader is far from it, what was drawn before.
fn drawing(place: NodeRef<Div>, figure: Signal<Option<ChartFigure>>, easel: Easel) -> Memo<Option<Drawing>> {
    let is_near = RwSignal::new(false);
    let follow = move |now| {
        if now {
            easel.fetch();
        }
        let _ = is_near.try_set(now);
    };
    Effect::new(move |before: Option<Option<Nearness>>| {
        before.flatten().or_else(|| place.get().and_then(|place| Nearness::of(&place, follow)))
    });
    Memo::new(move |before: Option<&Option<Drawing>>| match is_near.get() {
        true => figure.get().map(|figure| Drawing { figure, style: easel.style() }),
        false => before.cloned().flatten(),
    })
}

/// Draw whenever there is something else to draw; returns what came of it, nothing before that.
fn draw(
    place: NodeRef<Div>,
    drawing: Memo<Option<Drawing>>,
    easel: Easel,
) -> RwSignal<Option<Result<(), ChartProblem>>> {
    let outcome = RwSignal::new(None);
    let handle = StoredValue::new_local(None::<ChartHandle>);
    Effect::new(move |_| {
        let (Some(Ok(())), Some(element)) = (easel.bundle.get(), place.get()) else { return };
        let Some(Drawing { figure, style }) = drawing.get() else { return };
        // Each chart in a task of its own: three at once would hold up the page.
        after_paint(move || {
            let drawn = handle.try_update_value(|handle| {
                let ready = handle.take().map_or_else(|| ChartHandle::new(&element), Ok)?;
                handle.insert(ready).set(&figure.option(style))
            });
            if let Some(drawn) = drawn {
                let _ = outcome.try_set(Some(drawn));
            }
        });
    });
    on_cleanup(move || drop(handle.try_update_value(Option::take)));
    outcome
}

/// The numbers of a chart as a table.
#[component]
fn Numbers(figure: ChartFigure) -> impl IntoView {
    let table = Table {
        caption: figure.title,
        head: figure.table.head,
        rows: figure.table.rows,
        word_columns: figure.table.word_columns,
    };
    if table.rows.len() <= LONG_TABLE {
        return view! { <PlainTable table /> }.into_any();
    }
    view! { <SearchableTable table=Signal::stored(table) /> }.into_any()
}
