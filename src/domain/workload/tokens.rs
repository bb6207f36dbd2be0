//! Tokens of one call.

/// Tokens of one call, in the tokens of the model that serves it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallTokens {
    /// Instructions, examples and cached knowledge: the same in each call.
    pub prefix: f64,
    /// Variable input and what is retrieved.
    pub variable: f64,
    /// Output, hidden reasoning included.
    pub output: f64,
}

impl CallTokens {
    /// Input of a call.
    pub fn input(&self) -> f64 {
        self.prefix + self.variable
    }

    /// The same text in the tokens of another model.
    #[must_use]
    pub fn times(self, ratio: f64) -> CallTokens {
        CallTokens {
            prefix: self.prefix * ratio,
            variable: self.variable * ratio,
            output: self.output * ratio,
        }
    }
}
