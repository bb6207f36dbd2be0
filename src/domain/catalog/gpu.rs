//! Accelerators: memory, peaks, rental and purchase prices.

use serde::{Deserialize, Serialize};

use super::table::filled;
use super::{Confidence, Provenance};
use crate::domain::units::YearMonth;

/// What joins GPUs of one kind.
///
/// Read from the vendor's words in the table, such as `NVLink5 1.8TB/s`; written as words that are read as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "&'static str")]
pub enum Interconnect {
    /// A switched fabric: NVLink, Infinity Fabric.
    Fabric,
    /// NVLink bridges between pairs or fours that belong to the product.
    Bridge,
    /// The host's bus, a network, or the link of a superchip to its own processor.
    Host,
}

impl Interconnect {
    /// What the words of the table stand for.
    fn of(words: &str) -> Interconnect {
        match words {
            _ if words.starts_with("NVLink bridge") => Interconnect::Bridge,
            _ if words.starts_with("Infinity Fabric") => Interconnect::Fabric,
            _ if !words.starts_with("NVLink") || words.contains("bridge") || words.contains("C2C") => {
                Interconnect::Host
            }
            _ => Interconnect::Fabric,
        }
    }
}

impl From<String> for Interconnect {
    fn from(words: String) -> Interconnect {
        Interconnect::of(&words)
    }
}

impl From<Interconnect> for &'static str {
    fn from(interconnect: Interconnect) -> &'static str {
        match interconnect {
            Interconnect::Fabric => "Infinity Fabric",
            Interconnect::Bridge => "NVLink bridge",
            Interconnect::Host => "PCIe",
        }
    }
}

/// One accelerator.
///
/// Peaks are dense, in 10^12 operations per second; rents are US dollars per GPU-hour on demand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gpu {
    /// Name; unique in the table.
    #[serde(deserialize_with = "filled")]
    pub name: String,
    /// Who makes it.
    #[serde(deserialize_with = "filled")]
    pub vendor: String,
    /// How it is mounted.
    #[serde(deserialize_with = "filled")]
    pub form: String,
    /// Memory as sold, 10^9 bytes: the throughput form is fitted to it.
    pub mem_gb_marketing: f64,
    /// Memory a program can use, GiB: for the question "does it fit".
    pub mem_gib_usable_approx: f64,
    /// Memory bandwidth, 10^9 bytes per second.
    pub mem_bw_gb_s: f64,
    /// Peak at bf16, or fp16 where bf16 is not native.
    pub bf16_dense_tflops: f64,
    /// Peak at fp8; blank: not supported.
    pub fp8_dense_tflops: Option<f64>,
    /// Peak at fp4; blank: not supported.
    pub fp4_dense_tflops: Option<f64>,
    /// Whether bf16 is native.
    pub bf16_native: bool,
    /// Best measured matrix product at bf16.
    pub measured_best_bf16_matmul_tflops: Option<f64>,
    /// Link between GPUs.
    pub interconnect: Interconnect,
    /// Board power, watts.
    pub tdp_w: Option<f64>,
    /// Cheapest quote.
    pub usd_hr_low: Option<f64>,
    /// Typical quote over all provider kinds; blank: not rented or no quote.
    pub usd_hr_typical: Option<f64>,
    /// Dearest quote.
    pub usd_hr_high: Option<f64>,
    /// Middle of the newest quotes of specialised GPU clouds.
    pub usd_hr_neocloud: Option<f64>,
    /// Middle of the newest quotes of hyperscalers.
    pub usd_hr_hyperscaler: Option<f64>,
    /// Smallest number rented at a specialised GPU cloud.
    pub min_rentable: Option<u32>,
    /// Purchase of one GPU with its share of a new server, US dollars.
    pub purchase_usd_per_gpu: Option<f64>,
    /// Support of the purchase price.
    pub purchase_confidence: Option<Confidence>,
    /// Support of the technical columns.
    pub spec_confidence: Confidence,
    /// Support of the typical rent.
    pub price_confidence: Option<Confidence>,
    /// Month of the rental quotes.
    pub price_as_of: Option<YearMonth>,
    /// Where the technical columns were read.
    #[serde(deserialize_with = "filled")]
    pub spec_source: String,
    /// What the technical columns cannot say.
    pub spec_note: Option<String>,
    /// The quotes behind the rents.
    pub price_points: Option<String>,
}

impl Gpu {
    /// Whether it is built for data centres: no consumer, desktop or RTX card.
    pub fn is_data_centre(&self) -> bool {
        !(self.name.starts_with("RTX") || self.form.contains("consumer") || self.form.contains("desktop"))
    }

    /// Whether several of them share a switched fabric (NVLink, Infinity Fabric).
    ///
    /// Bridges between pairs do not count, nor does the chip-to-chip link of a superchip.
    pub fn has_fast_interconnect(&self) -> bool {
        self.interconnect == Interconnect::Fabric
    }

    /// Whether two to four of them are joined by NVLink bridges that belong to the product.
    pub fn has_bridge(&self) -> bool {
        self.interconnect == Interconnect::Bridge
    }

    /// GPUs that one node holds: a rack of 72 that is one NVLink domain, one on a superchip, else eight.
    pub fn gpus_of_node(&self) -> u32 {
        match self.form.as_str() {
            "NVL72" => 72,
            "superchip" => 1,
            _ => 8,
        }
    }

    /// Whether it is bought on boards of eight (SXM and OAM modules).
    pub fn is_bought_in_eights(&self) -> bool {
        self.form.contains("SXM") || self.form == "OAM"
    }
}

impl Provenance for Gpu {
    fn source(&self) -> &str {
        &self.spec_source
    }

    /// Month of the rental quotes, the columns that age.
    fn as_of(&self) -> Option<YearMonth> {
        self.price_as_of
    }

    fn confidence(&self) -> Confidence {
        Confidence::weakest(&[Some(self.spec_confidence), self.price_confidence, self.purchase_confidence])
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::catalog::Catalog;

    #[test]
    fn the_three_links_between_gpus_are_told_apart() {
        let fast = |name: &str| Catalog::builtin().gpu(name).unwrap().has_fast_interconnect();
        assert!(fast("H100 SXM") && fast("MI300X") && fast("GB200 NVL72 (per GPU)") && fast("A100 40GB"));
        assert!(Catalog::builtin().gpu("H100 NVL").unwrap().has_bridge());
        assert!(!Catalog::builtin().gpu("RTX 3090").unwrap().has_bridge());
        assert!(!fast("H100 NVL") && !fast("L40S") && !fast("GH200") && !fast("RTX 3090"));
    }

    #[test]
    fn consumer_and_rtx_cards_are_no_data_centre_gpus() {
        let in_centre = |name: &str| Catalog::builtin().gpu(name).unwrap().is_data_centre();
        assert!(in_centre("H100 SXM") && in_centre("L4") && in_centre("T4"));
        assert!(!in_centre("RTX 4090") && !in_centre("RTX PRO 6000 Blackwell Server"));
        assert!(!in_centre("M4 Max 128GB (local)"));
        assert!(Catalog::builtin().gpu("MI300X").unwrap().is_bought_in_eights());
        assert!(!Catalog::builtin().gpu("H100 PCIe").unwrap().is_bought_in_eights());
    }
}
