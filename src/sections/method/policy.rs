//! An organisation's policy: loaded or pasted, checked row by row, in force, and taken out again.

mod vocabulary;

use std::sync::Arc;

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set};

use crate::browser::dom::{El, button, el};
use crate::browser::file::FileProblem;
use crate::browser::timing::soon;
use crate::components::disclosure::{disclosure, disclosure_open, summary};
use crate::components::fields::value_words;
use crate::domain::catalog::own::OwnRow;
use crate::domain::scenario::policy::{MOST_BYTES, Policy, PolicyError};
use crate::domain::strategy::RuleOrigin;
use crate::domain::units::words::counted;
use crate::state::{Watched, store};
use vocabulary::vocabulary;

const WORDS: &str = "A policy holds what your organisation adds: rules of its own, strategies that it excludes, its prices, and its defaults. Its rules speak before ours, and its rows of the catalogue lie over ours and below yours; both name it as their source. It is a JSON file; start from the example, and see below what it may name. It stays with the scenario, also in links.";

/// What to start from.
const EXAMPLE: &str = r#"{
  "policy": 1,
  "name": "Example Ltd",
  "rules": [
    {
      "id": "EX-1",
      "on": ["own-gpus"],
      "when": [{"fact": "on_call", "is": false}],
      "effect": "excludes",
      "reason": "Nothing runs on our GPUs with nobody on call.",
      "relax": "somebody on call"
    }
  ],
  "excluded": {"custom": "No model of our own."},
  "catalogue": [
    {"table": "api_models", "like": "gpt-6.1-sol", "set": {"input_usd_per_m": 1.5, "note": "framework contract"}}
  ],
  "defaults": {"hourly_rate": 120}
}"#;

/// What is being written, and what came of it.
#[derive(Clone, Copy)]
struct Draft {
    text: RwSignal<String>,
    errors: Watched<Vec<PolicyError>>,
    /// Whether the form is asked for.
    open: RwSignal<bool>,
}

impl Draft {
    fn edit(self, text: &str) {
        self.text.set(text.to_owned());
        self.errors.set(Vec::new());
        self.open.set(true);
    }

    /// Put the written policy in force, or say what is wrong with it; whether it is in force.
    fn apply(self) -> bool {
        let read = Policy::read(&self.text.get_untracked());
        let is_read = read.is_ok();
        self.errors.replace(match read {
            Ok(policy) => {
                let said = format!("The policy “{}” is applied.", policy.name());
                store().set_policy(Some(Arc::new(policy)), said);
                self.open.set(false);
                Vec::new()
            }
            Err(errors) => errors,
        });
        is_read
    }

    /// Take the text of a file, and put it in force.
    fn take(self, file: Result<String, FileProblem>) -> bool {
        let message = match file {
            Ok(text) => {
                self.text.set(text);
                return self.apply();
            }
            Err(FileProblem::TooLong) => format!("It is longer than {} kB.", MOST_BYTES / 1024),
            Err(FileProblem::Unreadable) => "The browser could not read it.".to_owned(),
        };
        self.errors.replace(vec![PolicyError { place: "the file".to_owned(), message }]);
        false
    }
}

/// The policy in force, and the form for another.
pub fn policy() -> El {
    let draft = Draft {
        text: RwSignal::new(String::new()),
        errors: Watched::new(Vec::new()),
        open: RwSignal::new(false),
    };
    let heading = el("h3").attrs(&[("id", "policy"), ("tabindex", "-1")]).text("Your organisation’s policy");
    let focus = heading.clone();
    let to_heading = move || {
        let focus = focus.clone();
        soon(move || focus.focus());
    };
    let after = to_heading.clone();
    let scenario = store().scenario();
    el("div")
        .class("policy")
        .child(heading)
        .child(el("p").text(WORDS))
        .swap(
            move || scenario.with(|scenario| scenario.policy().cloned()),
            move |policy| policy.iter().map(|policy| in_force(policy, draft, after.clone())).collect(),
        )
        .child(disclosure_open(
            "policy-form",
            summary("Load or paste a policy"),
            move || draft.open.get(),
            move || form(draft, to_heading.clone()),
        ))
}

/// What holds, what is odd about it, and the way out.
fn in_force(policy: &Arc<Policy>, draft: Draft, after: impl Fn() + 'static) -> El {
    let excluded = policy.rules().iter().filter(|rule| rule.origin == RuleOrigin::PolicyExclusion).count();
    let rules = counted(&(policy.rules().len() - excluded).to_string(), "rule");
    let excluded = match excluded {
        0 => "no excluded strategy".to_owned(),
        1 => "1 excluded strategy".to_owned(),
        more => format!("{more} excluded strategies"),
    };
    let rows = counted(&policy.catalogue().rows().len().to_string(), "row");
    let words = format!(" is applied: {rules}, {excluded}, {rows} of the catalogue.");
    let defaults: Vec<String> = policy
        .defaults()
        .map(|(record, value)| format!("{}: {}", record.label, value_words(value, record)))
        .collect();
    let defaults =
        (!defaults.is_empty()).then(|| el("p").text(&format!("Defaults: {}.", defaults.join("; "))));
    let said = format!("The policy “{}” is removed.", policy.name());
    let remove = button("link").text("Remove the policy").on("click", move |_| {
        store().set_policy(None, said.clone());
        after();
    });
    let text = Arc::clone(policy);
    let edit = button("link").text("Edit it").on("click", move |_| draft.edit(text.text()));
    el("div")
        .attr("data-testid", "policy-in-force")
        .child(el("p").child(el("b").text(policy.name())).text(&words))
        .children(defaults)
        .children(rows_of(policy))
        .children(issues(policy))
        .child(el("p").class("row-buttons").child(remove).child(edit))
}

/// The rows of the catalogue that it brings, each with what it sets.
fn rows_of(policy: &Arc<Policy>) -> Option<El> {
    if policy.catalogue().rows().is_empty() {
        return None;
    }
    let policy = Arc::clone(policy);
    let list = move || {
        let rows = policy.catalogue().rows_by_id();
        el("ul").children(rows.map(|(id, row)| el("li").child(el("b").text(id)).text(&in_words(id, row))))
    };
    Some(disclosure("policy-rows", summary("Its rows of the catalogue"), list))
}

/// The table of a row, what it rests on, what it sets beside its name, and its note.
fn in_words(id: &str, row: &OwnRow) -> String {
    let note = row.table.note_column();
    let columns = row.table.columns().iter().filter(|column| column.name != note);
    let cells = columns.filter_map(|column| Some((column, row.get(column.name)?)));
    let cells: Vec<String> = cells
        .filter(|(_, cell)| *cell != id)
        .map(|(column, cell)| format!("{}: {}", column.label, column.display(cell)))
        .collect();
    let like = row.like.as_deref().filter(|like| *like != id);
    let like = like.map(|like| format!(", like {like}")).unwrap_or_default();
    let note = row.get(note).map(|note| format!(" ({note})")).unwrap_or_default();
    format!(" – {}{like}. {}{note}", row.table.label(), cells.join("; "))
}

/// What the static analysis finds in its rules.
fn issues(policy: &Policy) -> Option<El> {
    let issues = policy.issues();
    let items = issues.iter().map(|issue| el("li").text(&issue.text));
    (!issues.is_empty()).then(|| {
        el("div").child(el("p").text("It can be used, but look at this:")).child(el("ul").children(items))
    })
}

/// A file to choose, or a text to paste.
fn form(draft: Draft, after: impl Fn() + Clone + 'static) -> El {
    let after_file = after.clone();
    let file = el("input")
        .attrs(&[("type", "file"), ("id", "policy-file"), ("accept", ".json,application/json")])
        .on_file(MOST_BYTES, move |text| {
            if draft.take(text) {
                after_file();
            }
        });
    let text = el("textarea")
        .attrs(&[("id", "policy-text"), ("rows", "12"), ("spellcheck", "false"), ("autocomplete", "off")])
        .attr("aria-describedby", "policy-errors")
        .live_attr("aria-invalid", move || (!draft.errors.with(Vec::is_empty)).then(|| "true".to_owned()))
        .live_value(move || draft.text.get())
        .on_value("input", move |text| draft.text.set(text));
    let apply = button("solid").text("Apply this policy").on("click", move |_| {
        if draft.apply() {
            after();
        }
    });
    let example = button("link").text("Start from an example").on("click", move |_| draft.edit(EXAMPLE));
    el("div")
        .child(el("p").child(el("label").attr("for", "policy-file").text("A file: ")).child(file))
        .child(el("label").attr("for", "policy-text").text("Or its text:"))
        .child(text)
        .child(
            el("div")
                .attrs(&[("class", "error"), ("role", "alert"), ("id", "policy-errors")])
                .swap(move || draft.errors.get(), |errors| wrong_rows(errors)),
        )
        .child(el("p").class("row-buttons").child(apply).child(example))
        .child(vocabulary())
}

/// What is wrong, place by place.
fn wrong_rows(errors: &[PolicyError]) -> Vec<El> {
    if errors.is_empty() {
        return Vec::new();
    }
    let item = |error: &PolicyError| {
        el("li").child(el("b").text(&error.place)).text(&format!(": {}", error.message))
    };
    vec![
        el("p").text("This is no policy yet; nothing was changed."),
        el("ul").children(errors.iter().map(item)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_a_policy_without_faults() {
        let policy = Policy::read(EXAMPLE).unwrap();
        assert_eq!(policy.issues(), []);
        assert_eq!((policy.rules().len(), policy.defaults().count()), (2, 1));
        let rows: Vec<String> = policy.catalogue().rows_by_id().map(|(id, row)| in_words(id, row)).collect();
        assert_eq!(rows, [" – Prices of API models. Input, $ per M: 1.5 (framework contract)"]);
    }
}
