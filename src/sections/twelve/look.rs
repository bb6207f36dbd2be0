//! What the picture and its rows share.

use leptos::prelude::*;

use crate::domain::strategy::StrategyId;

/// What the reader looks at in the picture.
#[derive(Clone, Copy)]
pub struct Look {
    /// The row under the pointer.
    pub hovered: RwSignal<Option<StrategyId>>,
    /// The row that has the focus.
    pub focused: RwSignal<Option<StrategyId>>,
    /// The row that the tab key leads to.
    pub stop: RwSignal<usize>,
    /// The strategy whose figures were asked for.
    pub opened: RwSignal<Option<StrategyId>>,
}

impl Look {
    /// At nothing yet.
    pub fn new() -> Look {
        Look {
            hovered: RwSignal::new(None),
            focused: RwSignal::new(None),
            stop: RwSignal::new(0),
            opened: RwSignal::new(None),
        }
    }
}
