//! A run of text whose parts have roles.

use crate::browser::dom::{El, el};
use crate::domain::evaluation::{Role, Span};

/// Text with its numbers of the verdict and of the rival in their colours.
pub fn spans(spans: &[Span]) -> Vec<El> {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> El {
    let part = match span.role {
        Role::Plain => el("span"),
        Role::Verdict => el("strong").class("of-verdict"),
        Role::Rival => el("strong").class("of-rival"),
        Role::Strong => el("strong"),
    };
    part.text(&span.text)
}
