//! The colours of the charts, light and dark; the same values as in `style/tokens.css`.

use super::cast::Role;
use super::style::Style;

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
    /// Lines that are neither verdict nor rival, axes: never text.
    pub(super) mark: &'static str,
    /// The verdict.
    pub(super) verdict: &'static str,
    /// Its best rival.
    pub(super) rival: &'static str,
    /// Kinds of marks.
    kinds: [&'static str; 6],
}

impl Palette {
    /// On a light page.
    const LIGHT: Palette = Palette {
        paper: "#fffefb",
        ink: "#1b1b19",
        soft: "#5a5953",
        mark: "#85827a",
        rule: "#dedbd2",
        verdict: "#0a6a63",
        rival: "#a94d18",
        kinds: ["#35648c", "#6d5488", "#57632f", "#66594c", "#8f4557", "#7a5a1e"],
    };

    /// On a dark page.
    const DARK: Palette = Palette {
        paper: "#161615",
        ink: "#ecebe5",
        soft: "#aaa89f",
        mark: "#7f7c74",
        rule: "#35342f",
        verdict: "#5cc3b8",
        rival: "#e89c66",
        kinds: ["#86b3d9", "#b7a0d2", "#acb774", "#b9a892", "#dc9aa9", "#d3ad6a"],
    };
}

impl Palette {
    /// The colour of a line.
    pub(super) const fn of(&self, role: Role) -> &'static str {
        match role {
            Role::Verdict => self.verdict,
            Role::Rival => self.rival,
            Role::Other => self.mark,
        }
    }

    /// The colour of a kind of marks.
    pub(super) const fn kind(&self, place: usize) -> &'static str {
        match place {
            0..=5 => self.kinds[place],
            6 => self.ink,
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
pub(super) const FONT: &str = "'Source Sans 3', 'Source Sans fallback', 'Liberation Sans', sans-serif";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_and_lines_can_be_seen() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            for text in [palette.ink, palette.soft, palette.verdict, palette.rival] {
                assert!(contrast(text, palette.paper) >= 4.5, "{text}");
            }
            assert!(contrast(palette.mark, palette.paper) >= 3.0);
            for place in 0..7 {
                assert!(contrast(palette.kind(place), palette.paper) >= 4.5, "{place}");
            }
        }
    }

    #[test]
    fn the_colours_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../style/tokens.css");
        let (light, dark) = tokens.split_once("prefers-color-scheme: dark").unwrap();
        for (palette, sheet) in [(Palette::LIGHT, light), (Palette::DARK, dark)] {
            let Palette { paper, ink, soft, mark, rule, verdict, rival, .. } = palette;
            let named = [("paper", paper), ("ink", ink), ("soft", soft), ("mark", mark), ("rule", rule)];
            for (name, colour) in named.into_iter().chain([("verdict", verdict), ("rival", rival)]) {
                assert!(sheet.contains(&format!("--{name}: {colour};")), "{name} {colour}");
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
