//! How a chart is drawn.

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the page is dark.
    pub dark: bool,
    /// Whether there is no room for names beside the lines and bars.
    pub narrow: bool,
}
