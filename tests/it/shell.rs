//! The page's shell says, before the program has arrived, what the engine says of the default scenario.

use tunewise::domain::answer::{Role, Span};

use crate::support::evaluate;

const PAGE: &str = include_str!("../../index.html");

/// A run of text as the page writes it.
fn html(span: &Span) -> String {
    let text = span.text.replace('&', "&amp;").replace('<', "&lt;");
    match span.role {
        Role::Plain => format!("<span>{text}</span>"),
        Role::Verdict => format!("<strong class=\"of-verdict\">{text}</strong>"),
        Role::Rival => format!("<strong class=\"of-rival\">{text}</strong>"),
        Role::Strong => format!("<strong>{text}</strong>"),
    }
}

#[test]
fn the_shell_says_the_verdict_of_the_default_scenario_in_the_engine_s_words() {
    let verdict = evaluate(&scene! {}).verdict;
    let headline = format!("<h1>{}</h1>", verdict.headline);
    let lede: String = verdict.lede.iter().map(html).collect();
    let lede = format!("<p class=\"lede\">{lede}</p>");
    for line in [headline, lede] {
        assert!(PAGE.contains(&line), "index.html lacks:\n{line}");
    }
}
