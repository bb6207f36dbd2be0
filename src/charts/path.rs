//! The line of one strategy, as the charts of lines share it.

use charming::datatype::DataPoint;
use charming::element::{ItemStyle, LabelPosition, LineStyle, Symbol};
use charming::series::Line;

use super::cast::Role;
use super::style::Style;
use crate::domain::units::words::usd_short;

/// The line of one strategy.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    /// What it is called beside the line.
    pub(super) name: String,
    /// Its part.
    pub(super) role: Role,
    /// Its cost at each place of the other axis in US dollars; `None` where it cannot be drawn.
    pub(super) costs: Vec<Option<f64>>,
}

impl Path {
    /// A path through the costs that are known; what is not finite is left out.
    pub(super) fn new(name: &str, role: Role, costs: impl IntoIterator<Item = Option<f64>>) -> Self {
        let costs = costs.into_iter().map(|cost| cost.filter(|cost| cost.is_finite())).collect();
        Path { name: name.to_owned(), role, costs }
    }

    /// Its text for the tooltip at one place; that of the verdict, the first, says at which `place`.
    pub(super) fn tooltip_text(&self, place: &str, cost: f64) -> String {
        let text = format!("{}: {}", self.name, usd_short(cost));
        if self.role == Role::Verdict { format!("{place}\n{text}") } else { text }
    }

    /// Its line through the points given: verdict and rival strong and above the others.
    pub(super) fn line(&self, style: Style, points: Vec<DataPoint>) -> Line {
        let color = style.palette().of(self.role);
        let (width, opacity, z) = match self.role {
            Role::Verdict => (3.0, 1.0, 5),
            Role::Rival => (3.0, 1.0, 4),
            Role::Other => (1.0, 1.0, 3),
        };
        Line::new()
            .name(self.name.as_str())
            .show_symbol(false)
            .symbol(Symbol::Circle)
            .item_style(ItemStyle::new().color(color))
            .line_style(LineStyle::new().color(color).width(width).opacity(opacity))
            .z(z)
            .data(points)
    }
}

/// What the tooltip of lines shows: the texts of the first two series, verdict and rival, as they stand in
/// the order of the paths; without a rival that of the verdict alone.
pub(super) fn main_paths(paths: &[Path]) -> &'static str {
    let has_rival = paths.iter().any(|path| path.role == Role::Rival);
    if has_rival { "{b0}\n{b1}" } else { "{b0}" }
}

/// Where a name stands at the end of its line, and how far from there: right of it where there is room,
/// else above the line, which may rise or lie flat. `shift` keeps it apart from another name.
pub(super) const fn beside_line(style: Style, shift: f64) -> (LabelPosition, (f64, f64)) {
    if style.narrow {
        (LabelPosition::Left, (-4.0, shift - 9.0))
    } else {
        (LabelPosition::Right, (0.0, shift))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_that_is_not_finite_is_not_drawn() {
        let path = Path::new("a", Role::Other, [Some(1.0), Some(f64::INFINITY), None, Some(f64::NAN)]);
        assert_eq!(path.costs, [Some(1.0), None, None, None]);
    }
}
