//! The policy in force: what holds, what is odd about it, and the way out.

use std::sync::Arc;

use leptos::prelude::*;

use super::draft::Draft;
use crate::components::disclosure::Disclosure;
use crate::components::fields::value_words;
use crate::domain::catalog::own::OwnRow;
use crate::domain::scenario::policy::Policy;
use crate::domain::strategy::RuleOrigin;
use crate::domain::units::words::counted;
use crate::state::Page;

/// What holds.
#[component]
pub fn InForce(
    policy: Arc<Policy>,
    draft: Draft,
    /// Called once it is removed.
    after: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let name = policy.name().to_owned();
    let defaults = defaults_words(&policy).map(|words| view! { <p>{words}</p> });
    view! {
        <div data-testid="policy-in-force">
            <p>
                <b>{name}</b>
                {tally(&policy)}
            </p>
            {defaults}
            {rows_of(&policy)}
            {issues(&policy)}
            <Tools policy draft after />
        </div>
    }
}

/// Takes it out, or edits it.
#[component]
fn Tools(policy: Arc<Policy>, draft: Draft, after: impl Fn() + Copy + 'static) -> impl IntoView {
    let page = Page::get();
    let said = format!("The policy “{}” is removed.", policy.name());
    let remove = move |_| {
        page.set_policy(None, said.clone());
        after();
    };
    view! {
        <p class="row-buttons">
            <button type="button" class="link" on:click=remove>
                "Remove the policy"
            </button>
            <button type="button" class="link" on:click=move |_| draft.edit(policy.text())>
                "Edit it"
            </button>
        </p>
    }
}

/// How much it holds, in words.
fn tally(policy: &Policy) -> String {
    let excluded = policy.rules().iter().filter(|rule| rule.origin == RuleOrigin::PolicyExclusion).count();
    let rules = counted(&(policy.rules().len() - excluded).to_string(), "rule");
    let excluded = match excluded {
        0 => "no excluded strategy".to_owned(),
        1 => "1 excluded strategy".to_owned(),
        more => format!("{more} excluded strategies"),
    };
    let rows = counted(&policy.catalogue().rows().len().to_string(), "row");
    format!(" is applied: {rules}, {excluded}, {rows} of the catalogue.")
}

fn defaults_words(policy: &Policy) -> Option<String> {
    let defaults =
        policy.defaults().map(|(record, value)| format!("{}: {}", record.label, value_words(value, record)));
    let defaults: Vec<String> = defaults.collect();
    (!defaults.is_empty()).then(|| format!("Defaults: {}.", defaults.join("; ")))
}

/// The rows of the catalogue that it brings, each with what it sets.
fn rows_of(policy: &Arc<Policy>) -> Option<AnyView> {
    if policy.catalogue().rows().is_empty() {
        return None;
    }
    let policy = Arc::clone(policy);
    let items = move || {
        let item = |(id, row): (&str, &OwnRow)| view! { <li><b>{id.to_owned()}</b> {format!(" – {}", row.in_words(id))}</li> };
        policy.catalogue().rows_by_id().map(item).collect_view()
    };
    let rows = view! {
        <Disclosure class="policy-rows" summary=|| "Its rows of the catalogue">
            <ul>{items()}</ul>
        </Disclosure>
    };
    Some(rows.into_any())
}

/// What the static analysis finds in its rules.
fn issues(policy: &Policy) -> Option<AnyView> {
    let issues = policy.issues();
    if issues.is_empty() {
        return None;
    }
    let items = issues.into_iter().map(|issue| view! { <li>{issue.text}</li> }).collect_view();
    let issues = view! {
        <div>
            <p>"It can be used, but look at this:"</p>
            <ul>{items}</ul>
        </div>
    };
    Some(issues.into_any())
}

#[cfg(test)]
mod tests {
    use super::super::draft::EXAMPLE;
    use super::*;

    #[test]
    fn the_example_is_a_policy_without_faults() {
        let policy = Policy::read(EXAMPLE).unwrap();
        assert_eq!(policy.issues(), []);
        assert_eq!((policy.rules().len(), policy.defaults().count()), (2, 1));
        let rows: Vec<String> = policy.catalogue().rows_by_id().map(|(id, row)| row.in_words(id)).collect();
        assert_eq!(rows, ["Prices of API models. Input, $ per M: 1.5 (framework contract)"]);
    }
}
