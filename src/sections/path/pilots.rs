//! The tests that the tree does not follow, each to open.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::anew::Anew;
use crate::components::disclosure::Disclosure;
use crate::domain::answer::{Answer, Path, Pilot, PilotWords, TestWords};
use crate::domain::units::words::{capital, few};
use crate::state::Page;

/// The other tests in their order; nothing where the tree follows all of them.
#[component]
pub fn OtherTests(
    /// The states of the tree.
    #[prop(into)]
    states: Signal<Vec<Path>>,
) -> impl IntoView {
    let page = Page::get();
    let tests = page.read(trials);
    let others = Memo::new(move |_| {
        let is_followed = |one: &Trial| states.with(|states| states.iter().any(|state| one.is_of(state)));
        tests.get().into_iter().filter(|one| !is_followed(one)).collect::<Vec<_>>()
    });
    view! {
        <div class="pilots" data-testid="pilots" hidden=move || others.with(Vec::is_empty)>
            <Anew of=move || others.get() let:others>
                <Fold others />
            </Anew>
        </div>
    }
}

#[component]
fn Fold(others: Vec<Trial>) -> impl IntoView {
    let summary = match others.len() {
        1 => "One other test".to_owned(),
        count => format!("{} other tests", capital(&few(count))),
    };
    let items = move || others.iter().cloned().map(|trial| view! { <TestItem trial /> }).collect_view();
    view! {
        <Disclosure class="more" summary=move || summary.clone()>
            <div>{items()}</div>
        </Disclosure>
    }
}

/// A pilot with its words.
#[derive(Clone, Debug, PartialEq)]
struct Trial {
    pilot: Pilot,
    words: PilotWords,
}

impl Trial {
    /// Whether a state of the tree follows it.
    fn is_of(&self, state: &Path) -> bool {
        state.state.trial.as_ref().is_some_and(|trial| {
            (trial.strategy, &trial.stronger_model) == (self.pilot.strategy, &self.pilot.stronger_model)
        })
    }
}

fn trials(answer: &Answer) -> Vec<Trial> {
    answer.pilots().map(|(pilot, words)| Trial { pilot: pilot.clone(), words: words.clone() }).collect()
}

#[component]
fn TestItem(trial: Trial) -> impl IntoView {
    let words = &trial.words;
    let (name, offer) =
        (words.name.clone(), format!(": {}. {}", words.takes.trim_end_matches('.'), words.gives));
    let summary = move || view! { <b>{name.clone()}</b> <span>{offer.clone()}</span> };
    let trial = Arc::new(trial);
    view! {
        <Disclosure class="pilot" summary>
            <TestDetail trial=Arc::clone(&trial) />
        </Disclosure>
    }
}

#[component]
fn TestDetail(trial: Arc<Trial>) -> impl IntoView {
    let Trial { pilot, words } = trial.as_ref();
    let told = Page::get().case.with_untracked(|case| TestWords::of(pilot, &case.inputs));
    let after = [("If it passes", words.if_passed.clone()), ("If it fails", words.if_failed.clone())];
    view! { <dl>{test_parts(&told).into_iter().chain(after).map(part).collect_view()}</dl> }
}

/// A line: its term, and what it says.
pub fn part((term, text): (&'static str, String)) -> AnyView {
    view! {
        <dt>{term}</dt>
        <dd>{text}</dd>
    }
    .into_any()
}

/// A test line by line.
pub fn test_parts(test: &TestWords) -> [(&'static str, String); 3] {
    [("The test", test.takes.clone()), ("Its odds", test.pays.clone()), ("Its chance", test.chance.clone())]
}
