//! A chart with its finding as heading, its caption, and its numbers as a table.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::anew::Anew;
use super::disclosure::Disclosure;
use super::table::{PlainTable, SearchableTable, Table};
use crate::browser::appearance::{DARK, NARROW, matches, on_change};
use crate::browser::echarts::{ChartHandle, ChartProblem, load};
use crate::browser::timing::after_paint;
use crate::charts::{ChartFigure, Style};

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
        after_paint(move || {
            spawn_local(async move {
                let _ = bundle.try_set(Some(load().await));
            })
        });
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
    on_change(query, move |now| {
        let _ = state.try_set(now);
    });
    state
}

/// A chart; drawn once the bundle is there, its numbers shown openly where it cannot be drawn.
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
    let drawing = draw(place, figure, easel);
    let problem = Memo::new(move |_| easel.bundle.get().unwrap_or(Ok(())).and(drawing.get()).err());
    let text = move |read: fn(&ChartFigure) -> &String| {
        move || figure.with(|figure| figure.as_ref().map(|figure| read(figure).clone()).unwrap_or_default())
    };
    view! {
        <figure class="chart-figure" data-chart=kind hidden=move || figure.with(Option::is_none)>
            <figcaption>
                <h3 prop:textContent=text(|figure| &figure.title) />
                <p prop:textContent=text(|figure| &figure.caption) />
            </figcaption>
            <div class="chart" class:is-missing=move || problem.get().is_some() node_ref=place></div>
            {move || {
                let problem = problem.get()?.to_string();
                Some(view! { <p class="chart-problem" role="status" prop:textContent=problem /> })
            }}
            <Disclosure summary=|| "The numbers" open=Signal::derive(move || problem.get().is_some())>
                <div>
                    <Anew of=move || figure.get() let:figure>
                        {figure.map(|figure| view! { <Numbers figure /> })}
                    </Anew>
                </div>
            </Disclosure>
        </figure>
    }
}

/// Draw whenever there is something else to draw; returns what came of it.
fn draw(
    place: NodeRef<Div>,
    figure: Signal<Option<ChartFigure>>,
    easel: Easel,
) -> RwSignal<Result<(), ChartProblem>> {
    let outcome = RwSignal::new(Ok(()));
    let handle = StoredValue::new_local(None::<ChartHandle>);
    Effect::new(move |_| {
        let (Some(Ok(())), Some(element)) = (easel.bundle.get(), place.get()) else { return };
        let (Some(figure), style) = (figure.get(), easel.style()) else { return };
        // Each chart in a task of its own: three at once would hold up the page.
        after_paint(move || {
            let drawn = handle.try_update_value(|handle| {
                let ready = handle.take().map_or_else(|| ChartHandle::new(&element), Ok)?;
                handle.insert(ready).set(&figure.option(style))
            });
            if let Some(drawn) = drawn {
                let _ = outcome.try_set(drawn);
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
