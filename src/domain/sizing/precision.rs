//! Number formats of weights, cache and arithmetic, and what a GPU makes of them.

use serde::{Deserialize, Serialize};

use crate::domain::catalog::{Gpu, WeightFormat};

/// Format the weights are stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 16-bit floating point.
    Bf16,
    /// 8-bit floating point on the linear layers.
    Fp8,
    /// 4-bit integers with a scale and a zero point for each group of 128 (AWQ, GPTQ).
    Int4,
    /// 4-bit floating point in blocks of 32 (of a mixture, the experts only).
    Mxfp4,
    /// 4-bit floating point in blocks of 16 with an 8-bit scale.
    Nvfp4,
    /// 4-bit normal floats with doubly quantised scales, the format of QLoRA.
    Nf4,
    /// GGUF, mostly 4-bit blocks with some of 6 bits.
    Q4KM,
    /// GGUF, mostly 5-bit blocks with some of 6 bits.
    Q5KM,
    /// GGUF in 6-bit blocks.
    Q6K,
    /// GGUF in 8-bit blocks of 32.
    Q80,
}

/// Parameters of a group of AWQ and GPTQ checkpoints.
const GROUP: f64 = 128.0;
/// Bits of a group's scale and zero point.
const GROUP_BITS: f64 = 16.0 + 4.0;

impl Precision {
    /// Every format.
    pub const ALL: [Precision; 10] = [
        Precision::Bf16,
        Precision::Fp8,
        Precision::Int4,
        Precision::Mxfp4,
        Precision::Nvfp4,
        Precision::Nf4,
        Precision::Q4KM,
        Precision::Q5KM,
        Precision::Q6K,
        Precision::Q80,
    ];

    /// Words for the page and the report.
    pub const fn label(self) -> &'static str {
        match self {
            Precision::Bf16 => "bf16",
            Precision::Fp8 => "fp8",
            Precision::Int4 => "int4",
            Precision::Mxfp4 => "mxfp4",
            Precision::Nvfp4 => "nvfp4",
            Precision::Nf4 => "nf4",
            Precision::Q4KM => "Q4_K_M",
            Precision::Q5KM => "Q5_K_M",
            Precision::Q6K => "Q6_K",
            Precision::Q80 => "Q8_0",
        }
    }

    /// Bits per quantised parameter with its scales.
    ///
    /// Scales of fp8 are one for each row or for 128 × 128 parameters: less than a thousandth. GGUF kinds are the
    /// means over a file that llama.cpp publishes for Llama 2 7B; Q8_0 is 34 bytes for 32 parameters.
    pub const fn bits_per_param(self) -> f64 {
        match self {
            Precision::Bf16 => 16.0,
            Precision::Fp8 => 8.0,
            Precision::Int4 => 4.0 + GROUP_BITS / GROUP,
            Precision::Mxfp4 => 4.0 + 8.0 / 32.0,
            Precision::Nvfp4 => 4.0 + 8.0 / 16.0,
            Precision::Nf4 => 4.128,
            Precision::Q4KM => 4.84,
            Precision::Q5KM => 5.68,
            Precision::Q6K => 6.56,
            Precision::Q80 => 8.5,
        }
    }

    /// Bytes per quantised parameter with its scales.
    pub const fn bytes_per_param(self) -> f64 {
        self.bits_per_param() / 8.0
    }

    /// Which parameters a checkpoint in this format leaves in bf16.
    pub(super) const fn left_wide(self) -> LeftWide {
        match self {
            Precision::Bf16 | Precision::Q4KM | Precision::Q5KM | Precision::Q6K | Precision::Q80 => {
                LeftWide::Nothing
            }
            Precision::Fp8 | Precision::Int4 | Precision::Nvfp4 | Precision::Nf4 => LeftWide::Embeddings,
            Precision::Mxfp4 => LeftWide::AllButExperts,
        }
    }

    /// Whether a kernel has to widen the weights before it multiplies, whatever the GPU.
    pub const fn is_packed(self) -> bool {
        matches!(
            self,
            Precision::Int4
                | Precision::Nf4
                | Precision::Q4KM
                | Precision::Q5KM
                | Precision::Q6K
                | Precision::Q80
        )
    }

    /// Format of the cache that vendors benchmark with these weights: fp8 with fp8, else bf16.
    ///
    /// For published rows that do not state it. Engines as shipped keep bf16 whatever the weights.
    pub const fn kv_of_vendors(self) -> KvPrecision {
        match self {
            Precision::Fp8 => KvPrecision::Fp8,
            _ => KvPrecision::Bf16,
        }
    }

    /// Format the matrix products run in on this GPU.
    ///
    /// Formats without a peak of their own, on this GPU or at all, are widened to bf16.
    pub fn arithmetic_on(self, gpu: &Gpu) -> Arithmetic {
        match self {
            Precision::Fp8 if gpu.fp8_dense_tflops.is_some() => Arithmetic::Fp8,
            Precision::Mxfp4 | Precision::Nvfp4 if gpu.fp4_dense_tflops.is_some() => Arithmetic::Fp4,
            _ => Arithmetic::Bf16,
        }
    }
}

impl From<WeightFormat> for Precision {
    fn from(format: WeightFormat) -> Precision {
        match format {
            WeightFormat::Bf16 => Precision::Bf16,
            WeightFormat::Fp8 => Precision::Fp8,
            WeightFormat::Int4 => Precision::Int4,
            WeightFormat::Mxfp4 => Precision::Mxfp4,
            WeightFormat::Nvfp4 => Precision::Nvfp4,
            WeightFormat::Nf4 => Precision::Nf4,
            WeightFormat::Q4KM => Precision::Q4KM,
            WeightFormat::Q5KM => Precision::Q5KM,
            WeightFormat::Q6K => Precision::Q6K,
            WeightFormat::Q80 => Precision::Q80,
        }
    }
}

/// What a quantised checkpoint leaves in bf16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftWide {
    /// Nothing that its bits per parameter do not count already.
    Nothing,
    /// Embedding and output head.
    Embeddings,
    /// Of a mixture everything but the routed experts, of a dense model embedding and output head.
    AllButExperts,
}

/// Format the attention cache is stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KvPrecision {
    /// 16-bit floating point.
    Bf16,
    /// 8-bit floating point.
    Fp8,
}

impl KvPrecision {
    /// Words for the page and the report.
    pub const fn label(self) -> &'static str {
        match self {
            KvPrecision::Bf16 => "bf16",
            KvPrecision::Fp8 => "fp8",
        }
    }

    /// Bytes per cached value.
    pub const fn bytes(self) -> f64 {
        match self {
            KvPrecision::Bf16 => 2.0,
            KvPrecision::Fp8 => 1.0,
        }
    }
}

/// Format that matrix products run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arithmetic {
    /// 16-bit floating point.
    Bf16,
    /// 8-bit floating point.
    Fp8,
    /// 4-bit floating point.
    Fp4,
}

impl Arithmetic {
    /// Share of the fp4 peak that inference reaches beyond what it reaches of others (formulas.md §5).
    const FP4_SHARE: f64 = 0.6;

    /// Operations per second of one GPU that inference counts on; bf16 where the GPU lacks the format.
    pub fn peak_flops(self, gpu: &Gpu) -> f64 {
        let tflops = match self {
            Arithmetic::Bf16 => None,
            Arithmetic::Fp8 => gpu.fp8_dense_tflops,
            Arithmetic::Fp4 => gpu.fp4_dense_tflops.map(|peak| peak * Self::FP4_SHARE),
        };
        tflops.unwrap_or(gpu.bf16_dense_tflops) * 1e12
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;

    #[test]
    fn narrow_formats_compute_narrow_only_where_the_gpu_can() {
        let gpu = |name: &str| Catalog::builtin().gpu(name).unwrap();
        let peak =
            |weights: Precision, name: &str| weights.arithmetic_on(gpu(name)).peak_flops(gpu(name)) / 1e12;
        assert_eq!(peak(Precision::Fp8, "H100 SXM"), 1979.0);
        assert_eq!(peak(Precision::Fp8, "A100 SXM 80GB"), 312.0);
        assert_eq!(peak(Precision::Mxfp4, "H100 SXM"), 989.0);
        assert_eq!(peak(Precision::Mxfp4, "B200 SXM"), 5400.0);
        assert_eq!(peak(Precision::Int4, "B200 SXM"), 2250.0);
        assert_eq!(peak(Precision::Nvfp4, "B200 SXM"), 5400.0);
        assert_eq!(peak(Precision::Q80, "H100 SXM"), 989.0);
        assert_eq!(Arithmetic::Fp4.peak_flops(gpu("H100 SXM")) / 1e12, 989.0);
    }
}
