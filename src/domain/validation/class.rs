//! Classes of rows of serving, each of which may be off as a whole.

use super::Measurement;

/// Kinds of hardware, model and load that may be off together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// Kind of GPU.
    pub chip: ChipKind,
    /// Whether the model is a mixture of experts.
    pub is_mixture: bool,
    /// Requests in flight.
    pub at_once: AtOnce,
}

/// Kind of GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChipKind {
    /// NVIDIA, for data centres, on a fabric.
    NvidiaFabric,
    /// NVIDIA on the host's bus: RTX and L series.
    NvidiaBus,
    /// AMD.
    Amd,
}

/// Requests in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AtOnce {
    /// One.
    One,
    /// Two to sixteen.
    Few,
    /// More, or as many as fit.
    Many,
}

impl Class {
    /// Every class, in the order of reports.
    pub fn all() -> impl Iterator<Item = Self> {
        let chips = [ChipKind::NvidiaFabric, ChipKind::NvidiaBus, ChipKind::Amd];
        let loads = [AtOnce::One, AtOnce::Few, AtOnce::Many];
        chips.into_iter().flat_map(move |chip| {
            [false, true].into_iter().flat_map(move |is_mixture| {
                loads.into_iter().map(move |at_once| Self { chip, is_mixture, at_once })
            })
        })
    }

    /// The class of a row.
    pub fn of(row: &Measurement) -> Self {
        let chip = match row.gpu.vendor.as_str() {
            "AMD" => ChipKind::Amd,
            _ if row.gpu.has_fast_interconnect() => ChipKind::NvidiaFabric,
            _ => ChipKind::NvidiaBus,
        };
        let at_once = match row.concurrency {
            Some(requests) if requests <= 1.0 => AtOnce::One,
            Some(requests) if requests <= 16.0 => AtOnce::Few,
            _ => AtOnce::Many,
        };
        Self { chip, is_mixture: row.model.experts.is_some(), at_once }
    }

    /// Words for reports.
    pub fn label(&self) -> String {
        let chip = match self.chip {
            ChipKind::NvidiaFabric => "NVIDIA data centre",
            ChipKind::NvidiaBus => "RTX and L series",
            ChipKind::Amd => "AMD",
        };
        let at_once = match self.at_once {
            AtOnce::One => "1 at once",
            AtOnce::Few => "2 to 16",
            AtOnce::Many => "more",
        };
        format!("{chip}, {}, {at_once}", if self.is_mixture { "mixture" } else { "dense" })
    }
}
