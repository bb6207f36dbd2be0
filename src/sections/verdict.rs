//! The verdict: what to do, what it costs, and how sure that is.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::components::field_link::FieldLink;
use crate::components::place_link::PlaceLink;
use crate::components::spans::Spans;
use crate::domain::answer::{Grade, Relaxation, VerdictConfidence};
use crate::domain::input::{Input, input};
use crate::domain::units::words::capital;
use crate::sections::paper::PaperHead;
use crate::sections::story::WayIn;
use crate::state::Page;

/// The verdict and what belongs to it.
#[component]
pub fn Verdict() -> impl IntoView {
    let page = Page::get();
    let headline = page.read(|answer| answer.verdict.headline.clone());
    let lede = page.read(|answer| answer.verdict.lede.clone());
    view! {
        <section class="verdict" id="verdict" tabindex="-1" aria-labelledby="headline">
            <PaperHead />
            <WayIn />
            <div aria-live="polite" aria-atomic="true">
                <h1 id="headline" data-testid="headline" prop:textContent=headline />
            </div>
            <p class="lede" data-testid="lede">
                <Spans spans=lede />
            </p>
            <PolicyLine />
            <WrongFields />
            <Confidence />
            <Relaxations />
        </section>
    }
}

/// The policy that the answer rests on, if any.
#[component]
fn PolicyLine() -> impl IntoView {
    let page = Page::get();
    let name =
        Memo::new(move |_| page.rows.with(|rows| rows.policy().map(|policy| policy.name().to_owned())));
    let line = |name: String| {
        view! {
            <p class="policy-line" data-testid="policy-line">
                <PlaceLink to="policy" within="sources">
                    {format!("Policy: {name} is applied")}
                </PlaceLink>
            </p>
        }
    };
    view! {
        <Anew of=move || name.get() let:name>
            {name.map(line)}
        </Anew>
    }
}

/// Said while a field is wrong: its last valid value counts, and all other edits.
#[component]
fn WrongFields() -> impl IntoView {
    let page = Page::get();
    let ids = Memo::new(move |_| {
        page.errors.with(|errors| errors.iter().map(|error| error.id.clone()).collect::<Vec<_>>())
    });
    view! {
        <div role="status" data-testid="wrong-fields">
            <Anew of=move || ids.get() let:ids>
                {(!ids.is_empty()).then(|| view! { <WrongLine ids /> })}
            </Anew>
        </div>
    }
}

#[component]
fn WrongLine(ids: Vec<String>) -> impl IntoView {
    let page = Page::get();
    let words = match ids.len() {
        1 => "1 field needs attention; its last valid value counts: ".to_owned(),
        count => format!("{count} fields need attention; their last valid values count: "),
    };
    let fields = ids.iter().filter_map(|id| input(id)).map(|record| {
        let go = move |record: &'static Input| page.ask_for(record.id);
        view! {
            <FieldLink record words=record.label go />
            " "
        }
    });
    view! {
        <p class="wrong-fields">
            {words} {fields.collect_view()}
        </p>
    }
}

/// The grade and its one reason; what grades mean opens.
#[component]
fn Confidence() -> impl IntoView {
    let page = Page::get();
    let label = page.read(|answer| answer.confidence.grade.label());
    let because = page.read(|answer| answer.confidence.because.clone());
    let summary = move || {
        view! {
            <span data-testid="confidence">
                "Confidence " <b prop:textContent=label />
                <span prop:textContent=move || format!(": {}", because.get()) />
            </span>
        }
    };
    view! {
        <Disclosure class="confidence" summary>
            <ConfidenceMeaning />
        </Disclosure>
    }
}

#[component]
fn ConfidenceMeaning() -> impl IntoView {
    let page = Page::get();
    let reasons = page.read(|answer| answer.confidence.reasons.join(" · "));
    let grade = |(grade, meaning): (Grade, &'static str)| {
        view! {
            <dt>{capital(grade.label())}</dt>
            <dd>{meaning}</dd>
        }
    };
    view! {
        <div>
            <p class="hint" prop:textContent=reasons />
            <dl>{VerdictConfidence::GRADES.map(grade).collect_view()}</dl>
        </div>
    }
}

/// What to relax where nothing fits.
#[component]
fn Relaxations() -> impl IntoView {
    let page = Page::get();
    let relaxations = page.read(|answer| answer.relaxations.clone());
    view! {
        <Anew of=move || relaxations.get() let:relaxations>
            {(!relaxations.is_empty()).then(|| view! { <RelaxationList relaxations /> })}
        </Anew>
    }
}

#[component]
fn RelaxationList(relaxations: Vec<Relaxation>) -> impl IntoView {
    let items = relaxations.into_iter().map(|one| view! { <li>{one.text}</li> });
    view! {
        <div class="relaxations">
            <h2>"What would let something in"</h2>
            <ul>{items.collect_view()}</ul>
        </div>
    }
}
