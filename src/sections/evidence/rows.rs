//! The rows: what was counted, to be edited in place, and the interval that follows from it.

mod counts;

use leptos::prelude::*;

use crate::charts::{EvidenceRow, Found, Intervals, Standing};
use crate::components::style::percent;
use crate::domain::evidence::Evidence;
use crate::domain::input::{Input, input};
use crate::state::Page;
use counts::Counts;

/// All rows in one list that keeps its order: nothing moves while it is typed into. What can decide nothing is there
/// on request; what was once shown stays, as long as the scenario is the same.
#[component]
pub fn Rows(drawn: Memo<Intervals>, tried: RwSignal<Option<Evidence>>) -> impl IntoView {
    let page = Page::get();
    let shown = Memo::new(move |before: Option<&(u32, Vec<&'static str>)>| {
        let number = page.replacements.get();
        let before = before.filter(|(of, _)| *of == number).map_or(&[][..], |(_, ids)| ids.as_slice());
        let is_shown = |row: &&EvidenceRow| row.is_shown || before.contains(&row.id);
        (number, drawn.with(|one| one.rows.iter().filter(is_shown).map(|row| row.id).collect::<Vec<_>>()))
    });
    let shows_all = RwSignal::new(false);
    let ids = drawn.with_untracked(|one| one.rows.iter().map(|row| row.id).collect::<Vec<_>>());
    let count = ids.len();
    let rows = ids.into_iter().filter_map(input).map(|record| {
        let is_hidden =
            Signal::derive(move || !shows_all.get() && !shown.with(|(_, ids)| ids.contains(&record.id)));
        view! { <RowItem record drawn tried is_hidden /> }
    });
    let words = move || match shows_all.get() {
        true => "Only what could decide".to_owned(),
        false => format!("All {count} that can be measured"),
    };
    view! {
        <div class="intervals">
            <Head drawn />
            <ul id="evidence-rows">{rows.collect_view()}</ul>
            <Foot drawn />
        </div>
        <p>
            <button
                type="button"
                class="link"
                data-testid="all-evidence"
                aria-controls="evidence-rows"
                aria-expanded=move || shows_all.get().to_string()
                on:click=move |_| shows_all.update(|all| *all = !*all)
                prop:textContent=words
            />
        </p>
    }
}

/// The axis; the rows say in words what stands on it.
#[component]
fn Head(drawn: Memo<Intervals>) -> impl IntoView {
    let ticks = move || {
        let ticks = drawn.with(|one| one.axis.ticks.clone());
        let last = ticks.len().saturating_sub(1);
        let place = |place: usize| {
            if place == 0 {
                "is-first"
            } else if place == last {
                "is-last"
            } else {
                ""
            }
        };
        let tick = |(at, (x, text)): (usize, (f64, String))| {
            view! { <span class=format!("tick {}", place(at)) style:--x=percent(x) prop:textContent=text /> }
        };
        ticks.into_iter().enumerate().map(tick).collect_view()
    };
    let bar = move || drawn.with(|one| one.bar.1.clone());
    view! {
        <div class="interval-row is-head" aria-hidden="true">
            <span>"Strategy"</span>
            <span>"Right of"</span>
            <div class="interval-axis">
                {ticks}
                <span
                    class="interval-bar-name"
                    style:--x=move || percent(drawn.with(|one| one.bar.0))
                    prop:textContent=bar
                />
            </div>
            <span class="interval-result">"Result"</span>
        </div>
    }
}

/// Where what is asked first is decided.
#[component]
fn Foot(drawn: Memo<Intervals>) -> impl IntoView {
    let foot = move |which: usize, class: &'static str| {
        let foot = drawn.with(|one| one.feet.get(which).cloned().flatten());
        foot.map(|(at, text)| view! { <span class=class style:--x=percent(at) prop:textContent=text /> })
    };
    view! {
        <div class="interval-row is-foot" aria-hidden="true">
            <span></span>
            <span></span>
            <div class="interval-axis tick">
                {move || foot(0, "foot-misses")} {move || foot(1, "foot-meets")}
            </div>
        </div>
    }
}

#[component]
fn RowItem(
    record: &'static Input,
    drawn: Memo<Intervals>,
    tried: RwSignal<Option<Evidence>>,
    is_hidden: Signal<bool>,
) -> impl IntoView {
    let page = Page::get();
    let row = Memo::new(move |_| drawn.with(|one| one.rows.iter().find(|row| row.id == record.id).cloned()));
    let read = move |read: fn(&EvidenceRow) -> String| {
        Memo::new(move |_| row.with(|row| row.as_ref().map(read).unwrap_or_default()))
    };
    // A result that is tried stands in the place of what is measured.
    let reading = Memo::new(move |_| {
        let of_first = tried.get().filter(|_| drawn.with(|one| one.first == record.id));
        let bar = row.with(|row| row.as_ref().map(|row| row.bar))?;
        match of_first {
            Some(evidence) => Some((drawn.with(|one| one.axis.reading(evidence, bar)), true)),
            None => row.with(|row| row.as_ref().map(|row| (row.reading.clone(), false))),
        }
    });
    let name = read(|row| row.name.clone());
    let role = move || match row.with(|row| row.as_ref().map(|row| (row.is_verdict, row.is_rival))) {
        Some((true, _)) => "interval-name of-verdict",
        Some((_, true)) => "interval-name of-rival",
        _ => "interval-name",
    };
    let note = Memo::new(move |_| {
        let note = reading.with(|reading| reading.as_ref().map(|(one, _)| one.note.clone()));
        note.unwrap_or_default()
    });
    let error = page.error_of(record.id);
    view! {
        <li class="interval-row" data-evidence=record.id hidden=move || is_hidden.get()>
            <span class=role prop:textContent=name />
            <Counts record name row />
            <div class="interval-axis" aria-hidden="true">
                {move || drawn.with(|one| grid(one, row.get().as_ref()))}
                {move || reading.with(|reading| reading.as_ref().map(|(one, is_tried)| mark(one, *is_tried)))}
            </div>
            <span class="interval-result">
                {move || reading.with(|reading| reading.as_ref().map(|(one, _)| result(one)))}
            </span>
            <p class="interval-note hint" prop:textContent=note hidden=move || note.with(String::is_empty) />
            <p
                class="interval-note error"
                id=format!("evidence-error-{}", record.id)
                prop:textContent=move || error.get().unwrap_or_default()
                hidden=move || error.with(Option::is_none)
            />
        </li>
    }
}

/// Hairlines, the counts that decide, and the bar of the row.
fn grid(one: &Intervals, row: Option<&EvidenceRow>) -> AnyView {
    let line = |class: &'static str, at: f64| view! { <i class=class style:--x=percent(at)></i> };
    let ticks = one.axis.ticks.iter().map(|(at, _)| line("at-tick", *at)).collect_view();
    let counts =
        row.map(|row| row.deciding.into_iter().flatten().map(|at| line("at-count", at)).collect_view());
    let bar = row.map(|row| line("at-bar", one.axis.share(row.bar)));
    view! {
        {ticks}
        {counts}
        {bar}
    }
    .into_any()
}

fn mark(reading: &Found, is_tried: bool) -> AnyView {
    let class = match is_tried {
        true => "interval-mark is-tried",
        false => "interval-mark",
    };
    let band = reading.range.map(|(low, high)| {
        view! { <i class="interval-band" style:--low=percent(low) style:--high=percent(high)></i> }
    });
    let at = reading.at.map(|at| view! { <i class="interval-at" style:--x=percent(at)></i> });
    view! { <span class=class>{band} {at}</span> }.into_any()
}

fn result(reading: &Found) -> AnyView {
    let class = match reading.standing {
        Standing::Unknown => "is-unknown",
        Standing::Meets => "of-verdict",
        Standing::Misses => "of-rival",
        Standing::Open => "",
    };
    let interval = (!reading.interval.is_empty())
        .then(|| view! { <span class="interval-words" prop:textContent=reading.interval.clone() /> });
    view! { <b class=class prop:textContent=reading.word.clone() /> " " {interval} }.into_any()
}
