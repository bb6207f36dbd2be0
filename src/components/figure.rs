//! A chart with its finding as heading, its caption, and its numbers as a table.

use leptos::html::Div;
use leptos::prelude::*;

use super::table::{PlainTable, Table};
use crate::browser::echarts::{ChartHandle, ChartProblem};
use crate::browser::timing::after_paint;
use crate::charts::{ChartFigure, Style};

/// A chart; drawn once the bundle is there, its numbers shown openly where it cannot be drawn.
#[component]
pub fn Figure(
    /// Key of the chart in the page.
    kind: &'static str,
    /// What is drawn; nothing is shown without it.
    #[prop(into)]
    figure: Signal<Option<ChartFigure>>,
    /// How it is drawn.
    style: Signal<Style>,
    /// What came of loading the bundle; `None` while it is under way.
    #[prop(into)]
    bundle: Signal<Option<Result<(), ChartProblem>>>,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let drawing = RwSignal::new(Ok::<(), ChartProblem>(()));
    let handle = StoredValue::new_local(None::<ChartHandle>);
    Effect::new(move |_| {
        let (Some(Ok(())), Some(element)) = (bundle.get(), place.get()) else { return };
        let Some(drawing_json) =
            figure.with(|figure| figure.as_ref().map(|figure| figure.drawing_json.clone()))
        else {
            return;
        };
        let style = style.get();
        // Each chart in a task of its own: three at once would hold up the page.
        after_paint(move || {
            let outcome = handle.try_update_value(|handle| {
                let ready = match handle.take() {
                    Some(ready) => ready,
                    None => ChartHandle::new(&element)?,
                };
                handle.insert(ready).draw(&drawing_json, style)
            });
            if let Some(outcome) = outcome {
                let _ = drawing.try_set(outcome);
            }
        });
    });
    on_cleanup(move || drop(handle.try_update_value(Option::take)));
    let problem = Memo::new(move |_| bundle.get().unwrap_or(Ok(())).and(drawing.get()).err());
    let text = move |read: fn(&ChartFigure) -> &String| {
        Memo::new(move |_| {
            figure.with(|figure| figure.as_ref().map(|figure| read(figure).clone()).unwrap_or_default())
        })
    };
    let title = text(|figure| &figure.title);
    let caption = text(|figure| &figure.caption);
    let is_empty = Memo::new(move |_| figure.with(Option::is_none));
    view! {
        <figure class="chart-figure" data-chart=kind hidden=move || is_empty.get()>
            <figcaption>
                <h3>{move || title.get()}</h3>
                <p>{move || caption.get()}</p>
            </figcaption>
            <div class="chart" class=("is-missing", move || problem.get().is_some()) node_ref=place></div>
            {move || problem.get().map(|problem| view! { <p class="chart-problem" role="status">{problem.to_string()}</p> })}
            <details prop:open=move || problem.get().is_some()>
                <summary>"The numbers"</summary>
                {move || figure.get().map(|figure| view! { <PlainTable table=table_of(figure) /> })}
            </details>
        </figure>
    }
}

fn table_of(figure: ChartFigure) -> Table {
    Table { caption: figure.title, head: figure.table.head, rows: figure.table.rows, word_columns: (1, 0) }
}
