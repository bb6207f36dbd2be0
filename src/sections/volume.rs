//! What 1,000 requests cost at other volumes, computed a moment behind the answer.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::{ChartFigure, VolumeCurves, VolumePicture, volume};
use crate::components::behind::behind;
use crate::components::figure::{Easel, FigureNumbers, VolumePlot};
use crate::domain::answer::Answer;
use crate::domain::input::{Value, input};
use crate::state::Page;

/// The input that the mark moves.
const VOLUME: &str = "requests_per_month";

/// The picture of cost by volume.
#[component]
pub fn Volume(easel: Easel) -> impl IntoView {
    let page = Page::get();
    let preview = RwSignal::new(None::<f64>);
    let picture = follow(page, preview);
    let figure: Signal<Option<ChartFigure>> =
        Signal::derive(move || picture.with(|it| it.as_ref().map(|it| it.figure.clone())));
    let is_missing = RwSignal::new(false);
    let text = move |read: fn(&VolumePicture) -> &String| {
        Memo::new(move |_| picture.with(|it| it.as_ref().map(|it| read(it).clone()).unwrap_or_default()))
    };
    let released = Callback::new(move |volume| take(page, preview, volume));
    let shown = Memo::new(move |_| picture.get());
    view! {
        <section
            class="volume"
            id="volume"
            aria-label="Cost by volume"
            hidden=move || picture.with(Option::is_none)
        >
            <figure data-chart="volume">
                <figcaption>
                    <h2 id="volume-title" prop:textContent=text(|it| &it.figure.title) />
                    <p class="deck">
                        <span prop:textContent=text(|it| &it.figure.caption) />
                        <span>" Drag the mark."</span>
                    </p>
                </figcaption>
                <VolumePlot picture=shown easel is_missing preview released />
                <p class="crossings" prop:textContent=text(|it| &it.crossings) />
                <FigureNumbers figure is_missing />
            </figure>
        </section>
    }
}

/// Take the volume on which the mark was released.
fn take(page: Page, preview: RwSignal<Option<f64>>, volume: f64) {
    let Some(record) = input(VOLUME) else { return };
    let before = page.value_now(record);
    page.put(record, &Value::Number(volume));
    // What is refused, or is nothing new, brings no picture that would end the preview.
    if page.value_now(record) == before {
        preview.set(None);
    }
}

/// The picture of the page's answer, a moment behind it; it ends the preview.
fn follow(page: Page, preview: RwSignal<Option<f64>>) -> RwSignal<Option<Arc<VolumePicture>>> {
    let draw = |answer: &Arc<Answer>| {
        let curves = VolumeCurves::compute(answer)?;
        volume(answer, &curves)
    };
    behind(
        move || page.answer.get(),
        draw,
        move || {
            let _ = preview.try_set(None);
        },
    )
}
