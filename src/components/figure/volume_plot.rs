//! Cost over volume: lines that ECharts draws, and over them, in the page's own type, names, crossings and the present
//! volume, which can be moved.

use std::sync::Arc;

use leptos::html::Input;
use leptos::prelude::*;

use super::canvas::Canvas;
use super::easel::Easel;
use crate::charts::{ChartFigure, EndName, MainLine, Role, Tick, VolumePicture, VolumeView, Words};
use crate::components::anew::Anew;
use crate::domain::units::words::{count_exact, usd_short};

/// The plot.
#[component]
pub fn VolumePlot(
    /// What is shown.
    picture: Memo<Option<Arc<VolumePicture>>>,
    easel: Easel,
    /// Set where the lines cannot be drawn.
    is_missing: RwSignal<bool>,
    /// The volume that the mark stands on while it is not the present one.
    preview: RwSignal<Option<f64>>,
    /// Called with the volume on which the mark is released.
    released: Callback<f64>,
) -> impl IntoView {
    let figure: Signal<Option<ChartFigure>> =
        Signal::derive(move || picture.with(|it| it.as_ref().map(|it| it.figure.clone())));
    let view = Memo::new(move |_| picture.with(|it| it.as_ref().map(|it| it.view.clone())));
    view! {
        <div class="plot" class:is-missing=is_missing>
            <div class="plot-area">
                <Anew of=move || view.get() let:view>
                    {view.map(|view| under(&view))}
                </Anew>
                <Canvas figure easel is_missing />
                <Anew of=move || view.get() let:view>
                    {view.map(|view| over(&view))}
                </Anew>
                <Mark view preview released />
            </div>
        </div>
    }
}

/// Band and axes.
fn under(view: &VolumeView) -> AnyView {
    let band = view.band.map(|(from, to)| {
        let words = (to - from > 20.0).then(|| {
            view! {
                <span class="tick">"the guide’s rule of thumb:" <br /> "100,000 to 1 million"</span>
            }
        });
        view! {
            <div class="plot-band" style:--a=format!("{from:.2}%") style:--b=format!("{to:.2}%")>
                {words}
            </div>
        }
    });
    let up = |tick: &Tick| {
        view! {
            <div class="plot-up tick" style:--y=format!("{:.1}px", tick.at)>
                <span>{tick.text.clone()}</span>
            </div>
        }
    };
    let across = |tick: &Tick| {
        view! {
            <div class="plot-across tick" class:is-first=tick.at < 4.0 style:--x=format!("{:.2}%", tick.at)>
                <span>{tick.text.clone()}</span>
            </div>
        }
    };
    view! {
        <div aria-hidden="true">
            {band} {view.up.iter().map(up).collect_view()} {view.across.iter().map(across).collect_view()}
        </div>
    }
    .into_any()
}

/// Names and crossings.
fn over(view: &VolumeView) -> AnyView {
    let end = |end: &EndName| {
        view! {
            <span
                class=format!("plot-end {}", class_of(end.role))
                class:not-on-phone=!end.on_phone
                style:--y=format!("{:.1}px", end.at)
            >
                {end.name}
            </span>
        }
    };
    let circle = |(x, y): &(f64, f64)| {
        view! { <i class="plot-circle" style:--x=format!("{x:.2}%") style:--y=format!("{y:.1}px")></i> }
    };
    let words = |words: &Words| {
        view! {
            <span
                class="plot-words"
                class:is-left=words.is_left
                class:is-below=words.leader < 0.0
                style:--x=format!("{:.2}%", words.x)
                style:--y=format!("{:.1}px", words.y)
                style:--k=format!("{:.1}px", words.leader.abs())
            >
                <b>{words.volume.clone()}</b>
                {words.who.clone()}
            </span>
        }
    };
    view! {
        <div aria-hidden="true">
            {view.ends.iter().map(end).collect_view()} {view.words.iter().map(words).collect_view()}
            {view.circles.iter().map(circle).collect_view()}
        </div>
    }
    .into_any()
}

fn class_of(role: Role) -> &'static str {
    match role {
        Role::Verdict => "of-verdict",
        Role::Rival => "of-rival",
        Role::Other => "",
    }
}

/// The volume that can be moved: it reads off the lines, and is taken when it is released.
#[component]
fn Mark(
    view: Memo<Option<VolumeView>>,
    preview: RwSignal<Option<f64>>,
    released: Callback<f64>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let held = StoredValue::new(false);
    let volume =
        Memo::new(move |_| preview.get().or_else(|| view.with(|it| it.as_ref().map(|it| it.present))));
    let read = move |read: fn(&VolumeView, f64) -> String| {
        Memo::new(move |_| view.with(|view| Some(read(view.as_ref()?, volume.get()?))).unwrap_or_default())
    };
    let moved = move |_| {
        let step = input.get_untracked().and_then(|input| input.value().parse::<f64>().ok());
        let to = view.with_untracked(|view| Some(view.as_ref()?.volume_at(step?)));
        if to.is_some() {
            preview.set(to);
        }
    };
    let release = move || {
        if let Some(volume) = preview.get_untracked() {
            released.run(volume);
        }
    };
    let lines = move || view.with(|view| view.as_ref().map(|view| view.main.clone()).unwrap_or_default());
    view! {
        <div class="you" style:--v=read(|view, volume| format!("{:.2}%", view.x(volume)))>
            <i class="you-line"></i>
            <output aria-hidden="true">
                <span>
                    <b prop:textContent=read(|_, volume| count_exact(libm::round(volume))) />
                    <span class="long">" a month"</span>
                </span>
                {move || lines().into_iter().map(|line| said(line, view, volume)).collect_view()}
            </output>
            {move || lines().into_iter().map(|line| dot(line, view, volume)).collect_view()}
            <input
                type="range"
                node_ref=input
                min="0"
                max="100"
                step="1"
                aria-label="Requests a month"
                aria-valuetext=read(VolumeView::spoken)
                prop:value=read(|view, volume| format!("{:.0}", view.step_of(volume)))
                on:input=moved
                on:keydown=move |_| held.set_value(true)
                on:keyup=move |_| {
                    held.set_value(false);
                    release();
                }
                on:blur=move |_| {
                    held.set_value(false);
                    release();
                }
                on:change=move |_| {
                    if !held.get_value() {
                        release();
                    }
                }
            />
        </div>
    }
}

/// One line's cost in the read-out.
fn said(line: MainLine, view: Memo<Option<VolumeView>>, volume: Memo<Option<f64>>) -> AnyView {
    let class = class_of(line.role);
    let name = format!("{} ", line.name);
    let cost = move || {
        let reading = view.with(|view| view.as_ref()?.reading(&line, volume.get()?));
        reading.map(|reading| usd_short(reading.cost)).unwrap_or_default()
    };
    view! {
        <span class=class>
            <span class="long" prop:textContent=name />
            <span prop:textContent=cost />
        </span>
    }
    .into_any()
}

/// The mark on one line.
fn dot(line: MainLine, view: Memo<Option<VolumeView>>, volume: Memo<Option<f64>>) -> AnyView {
    let class = format!("you-dot {}", class_of(line.role));
    let y = move || {
        let reading = view.with(|view| view.as_ref()?.reading(&line, volume.get()?));
        format!("{:.1}px", reading.map_or(0.0, |reading| reading.y))
    };
    view! { <i class=class style:--y=y></i> }.into_any()
}
