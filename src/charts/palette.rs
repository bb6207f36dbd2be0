//! The colours of the charts, light and dark; the same values as in `style/tokens.css`.

/// A fill and the ink that can be read on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shade {
    /// Of the area.
    pub fill: &'static str,
    /// Of text in the area.
    pub ink: &'static str,
}

/// The colours of one appearance, as hexadecimal codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The page.
    pub paper: &'static str,
    /// Text.
    pub ink: &'static str,
    /// Text of less weight, and lines that are neither verdict nor rival.
    pub soft: &'static str,
    /// Hairlines.
    pub rule: &'static str,
    /// Bands behind the lines.
    pub wash: &'static str,
    /// The verdict.
    pub verdict: &'static str,
    /// Its best rival.
    pub rival: &'static str,
    /// One for each cost line, in the order of [`Line::ALL`](crate::domain::cost::Line::ALL): dark and
    /// light take turns, so that neighbours differ without colour too; none is near verdict or rival.
    pub lines: [Shade; 9],
}

/// A dark area with white text.
const fn dark(fill: &'static str) -> Shade {
    Shade { fill, ink: "#ffffff" }
}

/// A light area with black text.
const fn light(fill: &'static str) -> Shade {
    Shade { fill, ink: "#161615" }
}

impl Palette {
    /// On a light page.
    pub const LIGHT: Palette = Palette {
        paper: "#fffefb",
        ink: "#1b1b1a",
        soft: "#5d5c58",
        rule: "#dedbd3",
        wash: "#f5f3ec",
        verdict: "#0a6a63",
        rival: "#b1521c",
        lines: [
            dark("#35648c"),
            light("#a9c4d9"),
            dark("#6d5488"),
            light("#cbbcdc"),
            dark("#57632f"),
            light("#c3cb9a"),
            dark("#66594c"),
            light("#d6cab6"),
            dark("#8f4557"),
        ],
    };

    /// On a dark page.
    pub const DARK: Palette = Palette {
        paper: "#161615",
        ink: "#ecebe6",
        soft: "#a5a39b",
        rule: "#34332f",
        wash: "#1f1e1c",
        verdict: "#5cc3b8",
        rival: "#e39a66",
        lines: [
            light("#86b3d9"),
            dark("#3a566c"),
            light("#b7a0d2"),
            dark("#554668"),
            light("#acb774"),
            dark("#505836"),
            light("#b9a892"),
            dark("#5c5143"),
            light("#dc9aa9"),
        ],
    };
}

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The colours.
    pub palette: Palette,
    /// Whether there is no room for names beside the lines and bars.
    pub narrow: bool,
}

/// The family of all text in charts: the page's sans serif.
pub(super) const FONT: &str =
    "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", sans-serif";
