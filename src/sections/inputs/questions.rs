//! The guide's three questions, and the volume.

use leptos::prelude::*;

use crate::components::fields::{Asked, QuestionField};
use crate::domain::input::{Input, input};

/// A question: its input, what is asked, what stands behind its number, and how it is asked.
type Question = (&'static str, &'static str, &'static str, Asked);

const QUESTIONS: [Question; 4] = [
    (
        "specialisation",
        "How specialised is the language?",
        "",
        Asked::Segments(&[("general", "General"), ("some", "Some jargon"), ("high", "Own terms")]),
    ),
    (
        "labels",
        "What data do you have?",
        "labels",
        Asked::Rule(
            (10.0, 100_000.0),
            &[(100.0, "100", "simple"), (1_000.0, "1,000", "complex"), (10_000.0, "10,000", "full tuning")],
        ),
    ),
    (
        "required_quality",
        "What quality is needed?",
        "right",
        Asked::Rule(
            (0.7, 1.0),
            &[(0.7, "70", ""), (0.8, "80", ""), (0.9, "90", ""), (0.95, "95", ""), (1.0, "100", "")],
        ),
    ),
    ("requests_per_month", "How many requests?", "a month", Asked::Strip),
];

/// Whether an input is one of the questions.
pub fn is_question(record: &Input) -> bool {
    QUESTIONS.iter().any(|(id, ..)| *id == record.id)
}

/// The questions that are always asked.
#[component]
pub fn Questions() -> impl IntoView {
    let ask = |(id, question, unit, asked)| {
        input(id).map(|record| view! { <QuestionField record question unit asked /> })
    };
    view! { <div class="questions">{QUESTIONS.map(ask).collect_view()}</div> }
}
