//! The colours of the charts, light and dark; the same values as in `style/tokens.css`.

use super::cast::Role;
use super::style::Style;

/// A fill and the ink that can be read on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shade {
    /// Of the area.
    pub(super) fill: &'static str,
    /// Of text in the area.
    pub(super) ink: &'static str,
}

/// The colours of one appearance, as hexadecimal codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    /// The page.
    pub(super) paper: &'static str,
    /// Text.
    pub(super) ink: &'static str,
    /// Text of less weight, and lines that are neither verdict nor rival.
    pub(super) soft: &'static str,
    /// Hairlines.
    pub(super) rule: &'static str,
    /// Bands behind the lines.
    pub(super) wash: &'static str,
    /// The verdict.
    pub(super) verdict: &'static str,
    /// Its best rival.
    pub(super) rival: &'static str,
    /// One for each cost line, in the order of [`Line::ALL`](crate::domain::cost::Line::ALL): dark and
    /// light take turns, so that neighbours differ without colour too; none is near verdict or rival.
    pub(super) lines: [Shade; 9],
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
    const LIGHT: Palette = Palette {
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
    const DARK: Palette = Palette {
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

impl Palette {
    /// The colour of a line and its name.
    pub(super) const fn of(&self, role: Role) -> &'static str {
        match role {
            Role::Verdict => self.verdict,
            Role::Rival => self.rival,
            Role::Other => self.soft,
        }
    }

    /// The colour of a kind of marks: the stronger shades of the lines, then ink and soft.
    pub(super) const fn mark(&self, place: usize) -> &'static str {
        match place {
            0..=4 => self.lines[place * 2].fill,
            5 => self.ink,
            _ => self.soft,
        }
    }
}

impl Style {
    /// The colours to draw in.
    pub(super) const fn palette(self) -> &'static Palette {
        if self.dark { &Palette::DARK } else { &Palette::LIGHT }
    }
}

/// The family of all text in charts: the page's sans serif.
pub(super) const FONT: &str =
    "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", sans-serif";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_every_area_and_on_the_page_can_be_read() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            for shade in palette.lines {
                assert!(contrast(shade.fill, shade.ink) >= 4.5, "{shade:?}");
                assert!(contrast(shade.fill, palette.paper) >= 1.2, "{shade:?}");
            }
            for text in [palette.ink, palette.soft, palette.verdict, palette.rival] {
                assert!(contrast(text, palette.paper) >= 4.5, "{text}");
            }
            for place in 0..7 {
                assert!(contrast(palette.mark(place), palette.paper) >= 4.5, "{place}");
            }
            // Neighbours in a bar differ in lightness, so that colour is not needed to tell them apart.
            for pair in palette.lines.windows(2) {
                assert!(contrast(pair[0].fill, pair[1].fill) >= 2.2, "{pair:?}");
            }
        }
    }

    /// Contrast ratio of WCAG 2.
    fn contrast(one: &str, other: &str) -> f64 {
        let luminance = |code: &str| {
            let channel = |index: usize| {
                let value = f64::from(u8::from_str_radix(&code[index..index + 2], 16).unwrap()) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
            };
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}
