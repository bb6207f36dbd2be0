//! The charts as pure functions: an answer, or measurements with what was predicted for them, becomes a
//! figure: a headline, a caption, a description, a table, and a chart for every [`Style`].
//!
//! A figure holds what is to be seen as plain data; a change of the style only builds the charming chart
//! anew. Every label is formatted here, because ECharts would need functions to do it, which the content
//! security policy forbids, and every colour stands in a palette, because an SVG drawn by ECharts cannot
//! read the style sheet. The colours of the verdict and of its best rival mean the same in all charts;
//! names beside the lines and the table below say it too.

mod axis;
mod by_year;
mod cast;
mod cumulative;
mod dots;
mod figure;
mod intervals;
mod measured;
mod money;
mod option;
mod palette;
mod parts;
mod path;
mod plot;
mod scale;
mod side_by_side;
mod sheet;
mod style;
mod tree;
#[cfg(test)]
mod tests;
mod volume;
mod volume_curves;

pub use by_year::{YearTable, by_year};
pub use cast::Role;
pub use cumulative::cumulative;
pub use dots::{Dot, Dots, Place, Seat, by_cost, dots};
pub use figure::{ChartFigure, ChartTable};
pub use intervals::{Axis, EvidenceRow, Found, Intervals, Standing, intervals};
pub use measured::measured;
pub use money::{Money, MoneyBar, Part, money};
pub use sheet::{DRAWING, Saved, saved};
pub use side_by_side::{cumulative_beside, years_beside};
pub use style::Style;
pub use tree::{End, Node, Tree, tree};
pub use volume::{EndName, MainLine, Reading, Tick, VolumePicture, VolumeView, Words, volume};
pub use volume_curves::{Crossover, Curve, VolumeCurves};
