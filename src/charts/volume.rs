//! Cost of 1,000 requests over requests a month, both logarithmic: where the answer flips.

mod chart;
mod places;
mod view;
mod words;

pub use view::{EndName, MainLine, Reading, Tick, VolumeView, Words};

use super::cast::{Cast, brief};
use super::figure::{ChartFigure, ChartTable};
use super::path::Path;
use super::plot::{Plot, VolumePlot};
use super::volume_curves::{Curve, VolumeCurves};
use crate::domain::answer::Answer;
use crate::domain::units::Cell;
use crate::domain::units::words::{count_exact, usd_short};

/// The figure, and what lies over its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumePicture {
    /// The lines, with all that explains them.
    pub figure: ChartFigure,
    /// Names, marks and the volume that can be moved.
    pub view: VolumeView,
    /// The crossings in a sentence; empty without one.
    pub crossings: String,
}

/// The picture; `None` if no cost is known.
pub fn volume(answer: &Answer, curves: &VolumeCurves) -> Option<VolumePicture> {
    let cast = Cast::of(answer)?;
    let present = answer.decided.requests_per_month;
    let view = VolumeView::of(&cast, curves, present);
    let crossings = words::crossings(&cast, curves);
    let path = |curve: &Curve| Path::new(brief(curve.id), cast.role(curve.id), curve.costs.iter().copied());
    let plot = VolumePlot {
        range: curves.range,
        costs: view.costs,
        volumes: curves.volumes.clone(),
        paths: curves.curves.iter().map(path).collect(),
    };
    let figure = ChartFigure {
        title: words::title(&cast, curves, present),
        caption: words::caption(&cast),
        description: words::description(&cast, curves, &crossings),
        table: table(&cast, curves, present),
        plot: Plot::Volume(plot),
    };
    Some(VolumePicture { figure, view, crossings })
}

/// Cost of 1,000 requests with each strategy, at a few volumes.
fn table(cast: &Cast, curves: &VolumeCurves, present: f64) -> ChartTable {
    let head = ["Requests a month".to_owned()];
    let head = head.into_iter().chain(cast.all().map(|one| brief(one.id).to_owned())).collect();
    let row = |volume: &f64| {
        let now = if *volume == present { ", now" } else { "" };
        let place = Cell::from(format!("{}{now}", count_exact(libm::round(*volume))).as_str());
        let costs = cast.all().map(|one| Cell::known(curves.cost_at(one.id, *volume), usd_short));
        [place].into_iter().chain(costs).collect()
    };
    ChartTable { head, rows: curves.listed.iter().map(row).collect(), word_columns: (1, 0) }
}
