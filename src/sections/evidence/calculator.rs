//! The accuracy from which the task pays, by what a wrong and a right answer are worth.

use leptos::prelude::*;

use crate::browser::focus;
use crate::components::anew::Anew;
use crate::domain::answer::Answer;
use crate::domain::evidence::{accuracy_that_pays, as_bar, required_accuracy};
use crate::domain::input::{Input, Inputs, Value, input};
use crate::domain::units::words::{NONE, percent, usd_exact};
use crate::state::Page;

/// The inputs of the calculator, and what they are there.
const PRICES: [(&str, &str); 2] = [
    ("cost_per_error", "A wrong answer costs, beyond the request"),
    ("value_of_success", "A right answer is worth, such as what handling it by hand costs today"),
];

/// Id of the sentence: it takes the focus of the button, which goes once the accuracy is the bar.
const SENTENCE: &str = "economic-bar";

/// Two prices, and what follows from them.
#[component]
pub fn Calculator() -> impl IntoView {
    let page = Page::get();
    let request = page.read(request_cost);
    let words = Memo::new(move |_| cost_words(request.get()));
    let fields = PRICES.iter().filter_map(|(id, words)| {
        let record = input(id)?;
        Some(view! { <PriceField record words /> })
    });
    view! {
        <div class="calculator">{fields.collect_view()}</div>
        <p class="hint" prop:textContent=words />
        <EconomicBar request />
    }
}

/// One price of the calculator; it is the same input as in the form.
#[component]
fn PriceField(record: &'static Input, words: &'static str) -> impl IntoView {
    let page = Page::get();
    let control = format!("calculator-{}", record.id);
    let error_id = format!("{control}-error");
    let described_by = error_id.clone();
    let error = page.error_of(record.id);
    let is_wrong = move || error.with(Option::is_some);
    view! {
        <div class="field" class:is-wrong=is_wrong>
            <div class="field-head">
                <label class="field-label" for=control.clone()>
                    {words}
                    <span class="unit">" $"</span>
                </label>
                <PriceControl record id=control described_by />
            </div>
            <p class="error" id=error_id prop:textContent=move || error.get().unwrap_or_default() />
        </div>
    }
}

/// The line of text: what is being typed counts once it is left.
#[component]
fn PriceControl(record: &'static Input, id: String, described_by: String) -> impl IntoView {
    let page = Page::get();
    let text = page.text_of(record);
    let is_wrong = Memo::new(move |_| page.is_wrong(record.id));
    let draft = RwSignal::new(None::<String>);
    let shown = move || draft.get().unwrap_or_else(|| text.get());
    let take = move |event| {
        page.type_in(record, &event_target_value(&event));
        let _ = draft.try_set(None);
    };
    view! {
        <input
            type="text"
            id=id
            class="entry"
            placeholder="not set"
            inputmode="decimal"
            autocomplete="off"
            prop:value=shown
            aria-invalid=move || is_wrong.get().then_some("true")
            aria-describedby=move || is_wrong.get().then(|| described_by.clone())
            on:input=move |event| draft.set(Some(event_target_value(&event)))
            on:change=take
        />
    }
}

/// What a request costs with the strategy in use.
#[derive(Clone, Debug, PartialEq)]
struct RequestCost {
    /// The strategy's name within a sentence.
    name: String,
    /// US dollars; `None` where that is unknown.
    usd: Option<f64>,
}

fn request_cost(answer: &Answer) -> Option<RequestCost> {
    let held = answer.decided.choice.use_now.or(answer.decided.choice.reference)?;
    let found = answer.get(held)?;
    let usd = found.cost.as_ref().ok().map(|cost| cost.per_request);
    Some(RequestCost { name: found.id.noun_for(&found.name), usd })
}

fn cost_words(cost: Option<RequestCost>) -> String {
    match cost {
        Some(RequestCost { name, usd: Some(usd) }) => {
            format!("The request itself costs {} with {name}, everything included.", usd_exact(usd))
        }
        Some(RequestCost { name, usd: None }) => {
            format!("What a request costs with {name} is not known, so it is left out below.")
        }
        None => "No strategy fits, so the cost of the request is left out below.".to_owned(),
    }
}

/// The accuracy from which it pays, and the click that makes it the bar.
#[component]
fn EconomicBar(request: Memo<Option<RequestCost>>) -> impl IntoView {
    let page = Page::get();
    let bar = page.required_quality();
    let economics = Memo::new(move |_| {
        let request = request.with(|cost| cost.as_ref().and_then(|cost| cost.usd)).unwrap_or(0.0);
        page.case.with(|case| economics(&case.inputs, request))
    });
    let words = Memo::new(move |_| economics.with(|(words, _)| words.clone()));
    let offered = move || {
        let bar = bar.get();
        economics.with(|(_, taken)| taken.filter(|taken| *taken != bar)).map(|taken| (taken, bar))
    };
    view! {
        <p id=SENTENCE tabindex="-1" data-testid="economic-bar" prop:textContent=words />
        <Anew of=offered let:offered>
            {offered.map(|(taken, bar)| view! { <TakeBar taken bar /> })}
        </Anew>
    }
}

/// Makes the accuracy the bar.
#[component]
fn TakeBar(taken: f64, bar: f64) -> impl IntoView {
    let page = Page::get();
    let take = move |_| {
        if let Some(record) = input("required_quality") {
            page.put(record, &Value::Number(taken));
            focus::give(SENTENCE);
        }
    };
    view! {
        <p>
            <button type="button" class="take-bar" data-testid="take-bar" on:click=take>
                {format!("Take {} as the bar, in place of {}", percent(taken), percent(bar))}
            </button>
        </p>
    }
}

/// The accuracy in a sentence with its calculation, and the bar that it makes.
fn economics(inputs: &Inputs, request: f64) -> (String, Option<f64>) {
    let quality = &inputs.quality;
    let (Some(error), Some(value)) = (quality.cost_per_error, quality.value_of_success) else {
        return ("Give both, and the accuracy from which the task pays follows.".to_owned(), None);
    };
    let Some(accuracy) = accuracy_that_pays(error, value, request) else {
        return (
            "Where neither a wrong nor a right answer is worth anything, no accuracy follows.".to_owned(),
            None,
        );
    };
    let Some(taken) = as_bar(accuracy) else {
        return (
            "A request costs more than a right answer is worth: it pays at no accuracy.".to_owned(),
            None,
        );
    };
    let alone = required_accuracy(error, value).map_or(NONE.to_owned(), percent);
    let words = format!(
        "It pays from {} right: ({} a wrong answer + {} the request) / ({} a wrong answer + {} a right one), \
         rounded up. Were the request free, from {alone}.",
        percent(taken),
        usd_exact(error),
        usd_exact(request),
        usd_exact(error),
        usd_exact(value),
    );
    (words, Some(taken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accuracy_is_said_with_its_calculation_and_rounded_up() {
        let mut inputs = Inputs::default();
        assert_eq!(economics(&inputs, 0.05).1, None);
        inputs.quality.cost_per_error = Some(4.0);
        inputs.quality.value_of_success = Some(1.0);
        let (words, taken) = economics(&inputs, 0.05);
        assert_eq!(taken, Some(0.81));
        assert!(words.contains("$4.00 a wrong answer + $0.05 the request"), "{words}");
        assert!(economics(&inputs, 2.0).0.contains("at no accuracy"));
    }
}
