//! Tokens by kind.

/// Tokens by the price that they have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SplitTokens {
    /// Input that no cache touched.
    pub plain: f64,
    /// Input read from a cache.
    pub read: f64,
    /// Input written to a cache for five minutes.
    pub written_5m: f64,
    /// Input written to a cache for an hour.
    pub written_1h: f64,
    /// Output.
    pub output: f64,
}

impl SplitTokens {
    /// All input.
    pub fn input(&self) -> f64 {
        self.plain + self.read + self.written_5m + self.written_1h
    }

    /// Each kind times a factor.
    #[must_use]
    pub fn times(&self, factor: f64) -> SplitTokens {
        SplitTokens {
            plain: self.plain * factor,
            read: self.read * factor,
            written_5m: self.written_5m * factor,
            written_1h: self.written_1h * factor,
            output: self.output * factor,
        }
    }

    /// Add each kind.
    pub fn add(&mut self, other: &SplitTokens) {
        self.plain += other.plain;
        self.read += other.read;
        self.written_5m += other.written_5m;
        self.written_1h += other.written_1h;
        self.output += other.output;
    }
}
