//! The measured split of tokens by what they cost, as a bill or a usage export tells it (method §4).

use crate::domain::input::Inputs;

/// Tokens of one request, all its calls and retries together, at today's API model.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeasuredSplit {
    /// Input at the full price.
    pub plain: f64,
    /// Input read from the cache.
    pub read: f64,
    /// Input written to the cache for minutes.
    pub written: f64,
    /// Input written to the cache for an hour.
    pub written_hour: f64,
    /// Output, hidden reasoning included.
    pub output: f64,
}

impl MeasuredSplit {
    /// What the user measured: given once there is a kind of input and the output; a kind left blank is none then.
    pub fn of(inputs: &Inputs) -> Option<MeasuredSplit> {
        let data = &inputs.data;
        let output = data.split_output_tokens?;
        let kinds = [
            data.split_plain_tokens,
            data.split_read_tokens,
            data.split_written_5m_tokens,
            data.split_written_1h_tokens,
        ];
        let [plain, read, written, written_hour] = kinds.map(|tokens| tokens.unwrap_or(0.0));
        let split = MeasuredSplit { plain, read, written, written_hour, output };
        (split.input() > 0.0).then_some(split)
    }

    /// All input of a request.
    pub fn input(&self) -> f64 {
        self.plain + self.cacheable()
    }

    /// Input that went through the cache.
    pub fn cacheable(&self) -> f64 {
        self.read + self.written + self.written_hour
    }

    /// Share of the input that went through the cache and was found there; `None` where none did.
    pub fn hit_share(&self) -> Option<f64> {
        (self.cacheable() > 0.0).then(|| self.read / self.cacheable())
    }

    /// Add another split, kind by kind.
    pub fn add(&mut self, other: &MeasuredSplit) {
        self.plain += other.plain;
        self.read += other.read;
        self.written += other.written;
        self.written_hour += other.written_hour;
        self.output += other.output;
    }

    /// The split of a part of a request.
    #[must_use]
    pub fn times(&self, part: f64) -> MeasuredSplit {
        MeasuredSplit {
            plain: self.plain * part,
            read: self.read * part,
            written: self.written * part,
            written_hour: self.written_hour * part,
            output: self.output * part,
        }
    }
}
