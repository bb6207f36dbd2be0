//! A picture to be saved: the drawing on paper of its own, under its title and what is drawn.

use std::fmt::Write as _;

use super::cast::Role;
use super::money::{Money, MoneyBar, Part};
use super::palette::Palette;
use super::style::SAVED;

/// Size of a drawing by ECharts, pixels.
pub const DRAWING: (u32, u32) = (960, 420);

/// Room around the drawing, pixels.
const EDGE: u32 = 24;
/// Height of a line of the title and of one of the text below it, pixels.
const TITLE: u32 = 28;
const TEXT: u32 = 20;
/// Characters that fit into a line of each.
const TITLE_CHARS: usize = 88;
const TEXT_CHARS: usize = 130;
/// Families that stand for the page's own, which a file does not carry.
const SERIF: &str = "'Source Serif 4', Georgia, 'Liberation Serif', serif";
const SANS: &str = "'Source Sans 3', 'Liberation Sans', Arial, sans-serif";
/// Height of a bar with its distance, and room for names and totals, pixels.
const BAR: u32 = 30;
const NAMES: u32 = 220;
const TOTALS: u32 = 90;

/// A picture as an SVG, with its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The text of the SVG.
    pub svg: String,
    /// Width and height, pixels.
    pub size: (u32, u32),
}

/// A drawing, itself an SVG of a size, under a title and a text.
pub fn saved(title: &str, text: &str, drawing: &str, (width, height): (u32, u32)) -> Saved {
    let paper = SAVED.palette();
    let (titles, texts) = (lines(title, TITLE_CHARS), lines(text, TEXT_CHARS));
    let mut written = String::new();
    let mut y = EDGE;
    for line in &titles {
        y += TITLE;
        label(
            &mut written,
            (EDGE, y - 6),
            line,
            &format!("font-family=\"{SERIF}\" font-size=\"22\" font-weight=\"600\" fill=\"{}\"", paper.ink),
        );
    }
    for line in &texts {
        y += TEXT;
        label(
            &mut written,
            (EDGE, y - 4),
            line,
            &format!("font-family=\"{SANS}\" font-size=\"14\" fill=\"{}\"", paper.soft),
        );
    }
    let top = y + 12;
    let size = (width + 2 * EDGE, top + height + EDGE);
    // The drawing is an SVG of its own within this one.
    let drawing = drawing.replacen("<svg ", &format!("<svg x=\"{EDGE}\" y=\"{top}\" "), 1);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\"><title>{2}</title><rect width=\"{0}\" height=\"{1}\" fill=\"{3}\"/>{written}{drawing}</svg>\n",
        size.0,
        size.1,
        escaped(title),
        paper.paper,
    );
    Saved { svg, size }
}

impl Money {
    /// The bars, to be saved.
    pub fn saved(&self) -> Saved {
        let palette = SAVED.palette();
        let mut drawn = String::new();
        let mut x = 0;
        for part in Part::ALL.into_iter().filter(|part| *part != Part::Errors || self.has_errors) {
            let _ = write!(
                drawn,
                "<rect x=\"{x}\" y=\"2\" width=\"12\" height=\"12\" fill=\"{}\"/>",
                colour(part)
            );
            small(&mut drawn, (x + 18, 13), part.label(), palette.soft, "start");
            x += 150;
        }
        let mut y = BAR;
        for bar in &self.bars {
            draw(&mut drawn, bar, y, palette);
            y += BAR;
        }
        let size = (DRAWING.0, y);
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\">{drawn}</svg>",
            size.0, size.1
        );
        saved(&self.title, &self.deck, &drawing, size)
    }
}

fn draw(to: &mut String, bar: &MoneyBar, y: u32, palette: &Palette) {
    let ink = match bar.role {
        Role::Verdict | Role::Rival => palette.of(bar.role),
        Role::Other if bar.survives => palette.ink,
        Role::Other => palette.soft,
    };
    small(to, (NAMES - 12, y + 15), bar.brief, ink, "end");
    let room = f64::from(DRAWING.0 - NAMES - TOTALS);
    let mut x = f64::from(NAMES);
    for (part, share) in &bar.parts {
        let width = room * share / 100.0;
        let _ = write!(
            to,
            "<rect x=\"{x:.2}\" y=\"{}\" width=\"{width:.2}\" height=\"18\" fill=\"{}\"/>",
            y + 1,
            colour(*part)
        );
        x += width;
    }
    let total = if bar.is_broken { format!("… {}", bar.total) } else { bar.total.clone() };
    small(to, (DRAWING.0, y + 15), &total, ink, "end");
}

/// The colour of a part; the same values as in `style/tokens.css`.
const fn colour(part: Part) -> &'static str {
    match part {
        Part::Tokens => "#2f6aa3",
        Part::Machines => "#a87813",
        Part::Build => "#37352f",
        Part::Run => "#6d6a62",
        Part::Evaluate => "#97938a",
        Part::Errors => SAVED.palette().rival,
    }
}

fn small(to: &mut String, at: (u32, u32), text: &str, fill: &str, anchor: &str) {
    label(
        to,
        at,
        text,
        &format!("font-family=\"{SANS}\" font-size=\"13\" fill=\"{fill}\" text-anchor=\"{anchor}\""),
    );
}

fn label(to: &mut String, (x, y): (u32, u32), text: &str, look: &str) {
    // Writing to a text cannot fail.
    let _ = write!(to, "<text x=\"{x}\" y=\"{y}\" {look}>{}</text>", escaped(text));
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text in lines of so many characters at most, unless a word is longer.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < most) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_has_its_title_as_text_and_the_drawing_below_it() {
        let Saved { svg, size } = saved("a < b & \"c\"", "drawn", "<svg width=\"1\"></svg>", (100, 50));
        assert!(
            svg.starts_with("<svg xmlns") && svg.contains("a &lt; b &amp; &quot;c&quot;</text>"),
            "{svg}"
        );
        assert!(svg.contains("<svg x=\"24\" y=\"84\" width=\"1\">"), "{svg}");
        assert_eq!(size, (148, 158));
    }

    #[test]
    fn long_texts_go_on_in_the_next_line() {
        assert_eq!(lines("one two three", 8), ["one two", "three"]);
        assert_eq!(lines("", 8), Vec::<String>::new());
    }

    #[test]
    fn the_colours_of_the_parts_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../style/tokens.css");
        for (name, part) in [
            ("tokens", Part::Tokens),
            ("machines", Part::Machines),
            ("build", Part::Build),
            ("run", Part::Run),
            ("evaluate", Part::Evaluate),
        ] {
            assert!(tokens.contains(&format!("--{name}: {};", colour(part))), "{name}");
        }
    }
}
