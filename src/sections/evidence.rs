//! How to find out: what is measured, the accuracy that the costs ask for, and how many examples prove a bar.

use crate::browser::dom::{El, button, el};
use crate::components::field_link::field_link;
use crate::components::table::{Table, plain_table};
use crate::domain::evaluation::{Assessment, Evaluation};
use crate::domain::evidence::{
    QualityState, accuracy_that_pays, as_bar, examples_to_meet, examples_to_tell_apart, rates_above,
    required_accuracy, smallest_perfect_set,
};
use crate::domain::input::{Input, Inputs, Value, input, registry};
use crate::domain::units::words::{NONE, count_exact, lower_first, percent, usd_exact};
use crate::state::store;

/// The inputs of the calculator, and what they are there.
const PRICES: [(&str, &str); 2] = [
    ("cost_per_error", "A wrong answer costs, beyond the request"),
    ("value_of_success", "A right answer is worth, such as what handling it by hand costs today"),
];

/// Evidence, the bar from its economics, and sizes of evaluations.
pub fn evidence() -> El {
    el("section")
        .attrs(&[("class", "find-out"), ("aria-labelledby", "find-out-heading"), ("data-testid", "find-out")])
        .child(el("h2").attr("id", "find-out-heading").text("How to find out"))
        .child(el("p").class("hint").text(
            "No quality is guessed here. What counts is your own evaluation: right answers of so many examples, with \
             the range that the true rate lies in with 95\u{a0}% confidence (Wilson 1927).",
        ))
        .child(el("h3").text("What is measured"))
        .anew(measured)
        .child(el("h3").text("The accuracy that your costs ask for"))
        .child(el("div").class("calculator").children(PRICES.iter().filter_map(price_field)))
        .anew(|| vec![el("p").class("hint").text(&cost_words(request_cost()))])
        .anew(economic_bar)
        .child(el("h3").text("How many examples it takes"))
        .anew(sizes)
}

fn bar() -> f64 {
    store().inputs().with(|inputs| inputs.quality.required_quality)
}

/// What each measurement says, and what is not measured.
fn measured() -> Vec<El> {
    let store = store();
    let bar = bar();
    let mut lines = el("ul").class("measured");
    let (mut any, mut open) = (false, Vec::new());
    for record in registry() {
        let Value::Evidence(evidence) = store.value_of(record) else { continue };
        let name = record.label.strip_suffix(", measured").unwrap_or(record.label);
        match QualityState::of(evidence, bar) {
            QualityState::Untested => open.extend(field_link(record.id, &lower_first(name))),
            state => {
                any = true;
                let line = el("li").children(field_link(record.id, name));
                lines = lines.child(line.text(&format!(": {}.", state.sentence(bar))));
            }
        }
    }
    let mut rest = el("p").attr("data-testid", "unmeasured").text("Not measured, and so unknown: ");
    for (place, link) in open.iter().enumerate() {
        rest = rest.text(if place > 0 { ", " } else { "" }).child(link.clone());
    }
    let mut parts = if any { vec![lines] } else { Vec::new() };
    if !open.is_empty() {
        parts.push(rest.text("."));
    }
    parts
}

/// One price of the calculator; it is the same input as in the form.
fn price_field((id, words): &(&'static str, &'static str)) -> Option<El> {
    let store = store();
    let record: &'static Input = input(id)?;
    let control = format!("calculator-{id}");
    let error = format!("{control}-error");
    let described = error.clone();
    let entry = el("input")
        .attrs(&[("type", "text"), ("id", &control), ("class", "entry"), ("placeholder", "not set")])
        .attrs(&[("inputmode", "decimal"), ("autocomplete", "off")])
        .live_value(move || store.text_of(record))
        .live_attr("aria-invalid", move || store.is_wrong(record.id).then(|| "true".to_owned()))
        .live_attr("aria-describedby", move || store.is_wrong(record.id).then(|| described.clone()))
        .on_value("change", move |now| store.type_in(record, &now));
    let unit = el("span").class("unit").text(" $");
    let label = el("label").class("field-label").attr("for", &control).text(words).child(unit);
    let wrong =
        el("p").class("error").attr("id", &error).live(move || store.error_of(record.id).unwrap_or_default());
    let frame = el("div").class("field").live_class("is-wrong", move || store.is_wrong(record.id));
    Some(frame.child(el("div").class("field-head").child(label).child(entry)).child(wrong))
}

/// What a request costs with the strategy in use, and its name; without a price where that is unknown.
fn request_cost() -> Option<(String, Option<f64>)> {
    let read = |evaluation: &Evaluation| {
        let held = evaluation.advice.use_now.or(evaluation.advice.reference)?;
        let found: &Assessment = evaluation.get(held)?;
        let cost = found.cost.as_ref().ok().map(|cost| cost.per_request);
        Some((found.id.noun_for(&found.name), cost))
    };
    store().read(read)
}

fn cost_words(cost: Option<(String, Option<f64>)>) -> String {
    match cost {
        Some((name, Some(usd))) => {
            format!("The request itself costs {} with {name}, everything included.", usd_exact(usd))
        }
        Some((name, None)) => {
            format!("What a request costs with {name} is not known, so it is left out below.")
        }
        None => "No strategy fits, so the cost of the request is left out below.".to_owned(),
    }
}

/// The accuracy from which it pays, and the click that makes it the bar.
fn economic_bar() -> Vec<El> {
    let store = store();
    let request = request_cost().and_then(|(_, cost)| cost);
    let (words, taken) = store.inputs().with(|inputs| economics(inputs, request.unwrap_or(0.0)));
    let mut parts = vec![el("p").attr("data-testid", "economic-bar").text(&words)];
    let bar = bar();
    if let (Some(taken), Some(record)) = (taken.filter(|taken| *taken != bar), input("required_quality")) {
        let take = move |_| store.put(record, &Value::Number(taken));
        let button = button("take-bar")
            .attr("data-testid", "take-bar")
            .text(&format!("Take {} as the bar, in place of {}", percent(taken), percent(bar)))
            .on("click", take);
        parts.push(el("p").child(button));
    }
    parts
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

/// Sizes of an evaluation for a few true rates, and the smallest that can prove the bar.
fn sizes() -> Vec<El> {
    let bar = bar();
    let perfect = match smallest_perfect_set(bar) {
        Some(n) => format!(
            "The smallest evaluation that can prove a bar of {} has {} examples, all of them right.",
            percent(bar),
            count_exact(n)
        ),
        None => format!("No number of examples proves a bar of {}.", percent(bar)),
    };
    let mut parts = vec![el("p").attr("data-testid", "perfect-set").text(&perfect)];
    let rates = rates_above(bar);
    if !rates.is_empty() {
        parts.push(plain_table(&size_table(bar, &rates)));
        parts.push(el("p").class("hint").text(
            "Examples of which four of five such evaluations show it (80\u{a0}% power, 95\u{a0}% interval): that a strategy with \
             this true rate meets the bar, or that it is better than another one exactly at the bar. That takes more, for \
             each of the two, because chance is in both measurements.",
        ));
    }
    parts
}

fn size_table(bar: f64, rates: &[f64]) -> Table {
    let size = |n: Option<f64>| n.map_or(NONE.to_owned(), count_exact);
    let row = |rate: &f64| {
        let apart = size(examples_to_tell_apart(*rate, bar));
        vec![percent(*rate), size(examples_to_meet(*rate, bar)), apart]
    };
    Table {
        caption: format!("Examples that show a true rate to meet the bar of {}", percent(bar)),
        head: vec![
            "True rate".to_owned(),
            format!("To meet {}", percent(bar)),
            format!("To tell from {}", percent(bar)),
        ],
        rows: rates.iter().map(row).collect(),
        word_columns: (0, 0),
    }
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

    #[test]
    fn the_table_of_sizes_falls_with_the_lead_over_the_bar() {
        let table = size_table(0.9, &rates_above(0.9));
        assert_eq!(table.rows.last().map(|row| row[1].as_str()), Some("239"));
        assert_eq!(table.rows.len(), 4);
    }
}
