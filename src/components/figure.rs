//! A chart with its finding as heading, its caption, and its numbers as a table.

mod bars;
mod canvas;
mod easel;
mod saving;
mod volume_plot;

use leptos::prelude::*;

use super::anew::Anew;
use super::disclosure::Disclosure;
use super::table::{PlainTable, SearchableTable, Table};
use crate::charts::{ChartFigure, ChartTable};
pub use bars::Bars;
pub use canvas::Canvas;
pub use easel::Easel;
pub use saving::Picture;
use saving::Saving;
pub use volume_plot::VolumePlot;

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
    let is_missing = RwSignal::new(false);
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
            <Canvas figure easel is_missing />
            <FigureNumbers figure is_missing />
        </figure>
    }
}

/// The numbers of a chart, folded unless it is missing.
#[component]
pub fn FigureNumbers(
    /// Whose numbers.
    #[prop(into)]
    figure: Signal<Option<ChartFigure>>,
    /// Whether they stand for the chart.
    #[prop(into)]
    is_missing: Signal<bool>,
) -> impl IntoView {
    let numbers =
        move || figure.with(|figure| figure.as_ref().map(|one| (one.title.clone(), one.table.clone())));
    let picture = move || figure.get().map(|figure| Picture::Chart(Box::new(figure)));
    view! { <NumbersFold numbers=Signal::derive(numbers) picture=Signal::derive(picture) is_missing /> }
}

/// The numbers of any picture, folded.
#[component]
pub fn NumbersFold(
    /// What they show, and the numbers; empty without them.
    #[prop(into)]
    numbers: Signal<Option<(String, ChartTable)>>,
    /// The picture, to be saved; nothing where it is no chart.
    #[prop(optional, into)]
    picture: Signal<Option<Picture>>,
    /// Opens them while it holds.
    #[prop(optional, into)]
    is_missing: Signal<bool>,
) -> impl IntoView {
    view! {
        <Disclosure summary=|| "The numbers" class="more" open=is_missing>
            <div>
                <Anew of=move || numbers.get() let:numbers>
                    {numbers.map(|(title, table)| view! { <Numbers title table /> })}
                </Anew>
                <Anew of=move || picture.get() let:picture>
                    {picture.map(|picture| view! { <Saving picture /> })}
                </Anew>
            </div>
        </Disclosure>
    }
}

/// Numbers as a table.
#[component]
pub fn Numbers(
    /// What they show.
    title: String,
    table: ChartTable,
) -> impl IntoView {
    let ChartTable { head, rows, word_columns } = table;
    let table = Table { caption: title, head, rows, word_columns };
    if table.rows.len() <= LONG_TABLE {
        return view! { <PlainTable table /> }.into_any();
    }
    view! { <SearchableTable table=Signal::stored(table) /> }.into_any()
}
