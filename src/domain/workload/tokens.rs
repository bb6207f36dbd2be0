//! Tokens of one call, and what earlier calls of its session leave in it.

/// Tokens of one call, in the tokens of the model that serves it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CallTokens {
    /// Instructions, examples and cached knowledge: the same in each call.
    pub prefix: f64,
    /// Variable input and what is retrieved: new with the call.
    pub variable: f64,
    /// Output, hidden reasoning included.
    pub output: f64,
    /// What earlier calls of the session left in it.
    pub history: History,
}

/// What the calls of a session carry on: each call sends again what those before it added.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct History {
    /// Calls of a session; below one it is one.
    pub calls: f64,
    /// Part of a call's variable input that every later call carries on, tokens.
    pub input: f64,
    /// Part of its visible output that every later call carries on, tokens.
    pub output: f64,
    /// History in the mean call as it was measured, tokens; then the parts above are zero.
    pub measured: f64,
}

impl History {
    /// What one call adds to all later ones, tokens.
    pub fn added(&self) -> f64 {
        self.input + self.output
    }

    /// History of the mean call, tokens: `added · Σ k / calls` over the calls `k = 0, 1, …` of a session.
    pub fn mean(&self) -> f64 {
        let calls = self.calls.max(1.0);
        let whole = libm::floor(calls);
        let earlier = whole * (whole - 1.0) / 2.0 + (calls - whole) * whole;
        self.measured + self.added() * earlier / calls
    }

    /// History of the last call of a session, tokens.
    pub fn longest(&self) -> f64 {
        self.measured + self.added() * (libm::ceil(self.calls.max(1.0)) - 1.0)
    }

    fn times(self, ratio: f64) -> History {
        History {
            calls: self.calls,
            input: self.input * ratio,
            output: self.output * ratio,
            measured: self.measured * ratio,
        }
    }
}

impl CallTokens {
    /// Input of the mean call.
    pub fn input(&self) -> f64 {
        self.prefix + self.history.mean() + self.variable
    }

    /// Input of the longest call of a session.
    pub fn longest_input(&self) -> f64 {
        self.prefix + self.history.longest() + self.variable
    }

    /// Whether calls send again what earlier ones added.
    pub fn carries_history(&self) -> bool {
        self.history.longest() > 0.0
    }

    /// The same text in the tokens of another model.
    #[must_use]
    pub fn times(self, ratio: f64) -> CallTokens {
        CallTokens {
            prefix: self.prefix * ratio,
            variable: self.variable * ratio,
            output: self.output * ratio,
            history: self.history.times(ratio),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_history_of_a_session_grows_with_every_call() {
        let history = History { calls: 4.0, input: 60.0, output: 40.0, measured: 0.0 };
        assert_eq!((history.mean(), history.longest()), (150.0, 300.0));
        let half = History { calls: 2.5, ..history };
        // Two calls always, a third in every other session: (0 + 100 + 200/2) / 2.5.
        assert!((half.mean() - 80.0).abs() < 1e-12);
        assert_eq!(History { calls: 1.0, ..history }.mean(), 0.0);
    }
}
