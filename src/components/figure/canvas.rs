//! Where ECharts draws: once the reader is near, and the bundle there.

use leptos::html::Div;
use leptos::prelude::*;

use super::easel::Easel;
use crate::browser::echarts::{ChartHandle, ChartProblem};
use crate::browser::nearness::Nearness;
use crate::browser::timing::after_paint;
use crate::charts::{ChartFigure, Style};

/// The drawing of a figure, in a place whose height the style sheet holds; where it cannot be drawn, a sentence.
#[component]
pub fn Canvas(
    /// What is drawn.
    figure: Signal<Option<ChartFigure>>,
    easel: Easel,
    /// Set where it cannot be drawn, or is not before the page is printed.
    is_missing: RwSignal<bool>,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let drawing = drawing(place, figure, easel);
    let drawn = draw(place, drawing, easel);
    let problem =
        Memo::new(move |_| easel.bundle.get().unwrap_or(Ok(())).and(drawn.get().unwrap_or(Ok(()))).err());
    Effect::new(move |_| {
        let now = problem.get().is_some() || easel.is_printing.get() && drawn.get().is_none();
        if is_missing.get_untracked() != now {
            is_missing.set(now);
        }
    });
    view! {
        <div class="chart" class:is-missing=is_missing node_ref=place></div>
        {move || {
            let problem = problem.get()?.to_string();
            Some(view! { <p class="chart-problem" role="status" prop:textContent=problem /> })
        }}
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
