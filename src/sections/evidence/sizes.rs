//! Sizes of an evaluation for a few true rates, and the smallest that can prove the bar.

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::table::{PlainTable, Table};
use crate::domain::evidence::{examples_to_meet, examples_to_tell_apart, rates_above, smallest_perfect_set};
use crate::domain::units::Cell;
use crate::domain::units::words::{count_exact, percent};
use crate::state::Page;

const HINT: &str = "Examples of which four of five such evaluations show it (80\u{a0}% power, 95\u{a0}% interval): that a strategy with \
     this true rate meets the bar, or that it is better than another one exactly at the bar. That takes more, for \
     each of the two, because chance is in both measurements.";

/// How many examples it takes.
#[component]
pub fn Sizes() -> impl IntoView {
    let bar = Page::get().required_quality();
    let perfect = Memo::new(move |_| perfect_words(bar.get()));
    view! {
        <p class="hint">
            "No quality is guessed here. What counts is your own evaluation: right answers of so many examples, with \
             the range that the true rate lies in with 95\u{a0}% confidence (Wilson 1927)."
        </p>
        <p data-testid="perfect-set" prop:textContent=perfect />
        <Anew of=move || bar.get() let:bar>
            {sizes(bar)}
        </Anew>
    }
}

fn perfect_words(bar: f64) -> String {
    match smallest_perfect_set(bar) {
        Some(n) => format!(
            "The smallest evaluation that can prove a bar of {} has {} examples, all of them right.",
            percent(bar),
            count_exact(n)
        ),
        None => format!("No number of examples proves a bar of {}.", percent(bar)),
    }
}

fn sizes(bar: f64) -> Option<AnyView> {
    let rates = rates_above(bar);
    if rates.is_empty() {
        return None;
    }
    let sizes = view! {
        <PlainTable table=size_table(bar, &rates) />
        <p class="hint">{HINT}</p>
    };
    Some(sizes.into_any())
}

fn size_table(bar: f64, rates: &[f64]) -> Table {
    let row = |rate: &f64| {
        vec![
            Cell::number(*rate, percent),
            Cell::known(examples_to_meet(*rate, bar), count_exact),
            Cell::known(examples_to_tell_apart(*rate, bar), count_exact),
        ]
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
    fn the_table_of_sizes_falls_with_the_lead_over_the_bar() {
        let table = size_table(0.9, &rates_above(0.9));
        assert_eq!(table.rows.last().map(|row| row[1].text.as_str()), Some("239"));
        assert_eq!(table.rows.len(), 4);
    }
}
