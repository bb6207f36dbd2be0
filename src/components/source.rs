//! Where something comes from: with a link to what has an address, and to the place of what stands in this page.

use leptos::prelude::*;

use super::place_link::PlaceLink;
use crate::domain::catalog::citation::{Piece, pieces};

/// What must be open for the places of sources to be there.
const SOURCES: &str = "sources";

/// The words of a source, each that leads somewhere as a link. Nothing is requested until one is followed.
#[component]
pub fn SourceText(
    /// The words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    pieces(&text).into_iter().map(piece).collect_view()
}

fn piece(piece: Piece) -> AnyView {
    match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Link { text, address } => {
            view! { <a href=address rel="noopener noreferrer">{text}</a> }.into_any()
        }
        Piece::Place { text, id } => view! { <PlaceLink to=id within=SOURCES>{text}</PlaceLink> }.into_any(),
    }
}
