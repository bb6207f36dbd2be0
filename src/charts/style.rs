//! How a chart is drawn.

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the page is dark.
    pub dark: bool,
    /// Whether there is no room for names beside the lines and bars.
    pub narrow: bool,
}

/// How pictures that are saved are drawn: light, since they go into documents.
pub(super) const SAVED: Style = Style { dark: false, narrow: false };
