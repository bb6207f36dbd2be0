//! Number formats of weights, cache and arithmetic, and what a GPU makes of them.

use serde::{Deserialize, Serialize};

use crate::domain::catalog::Gpu;

/// Format the weights are stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 16-bit floating point.
    Bf16,
    /// 8-bit floating point.
    Fp8,
    /// 4-bit integers with group scales (AWQ, GPTQ).
    Int4,
    /// 4-bit floating point in blocks of 32 (of a mixture, the experts only).
    Mxfp4,
    /// 4-bit normal floats with doubly quantised scales, the format of QLoRA.
    Nf4,
}

impl Precision {
    /// Words for the page and the report.
    pub const fn label(self) -> &'static str {
        match self {
            Precision::Bf16 => "bf16",
            Precision::Fp8 => "fp8",
            Precision::Int4 => "int4",
            Precision::Mxfp4 => "mxfp4",
            Precision::Nf4 => "nf4",
        }
    }

    /// Bytes per quantised parameter with its scales (formulas.md §3.1; int4: middle of 0.53–0.56).
    pub const fn bytes_per_param(self) -> f64 {
        match self {
            Precision::Bf16 => 2.0,
            Precision::Fp8 => 1.0,
            Precision::Int4 => 0.55,
            Precision::Mxfp4 => 0.53125,
            Precision::Nf4 => 0.516,
        }
    }

    /// Format of the cache that goes with these weights: fp8 with fp8, else bf16 (method §15).
    pub const fn kv(self) -> KvPrecision {
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
            Precision::Mxfp4 if gpu.fp4_dense_tflops.is_some() => Arithmetic::Fp4,
            _ => Arithmetic::Bf16,
        }
    }
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
        assert_eq!(Arithmetic::Fp4.peak_flops(gpu("H100 SXM")) / 1e12, 989.0);
    }
}
