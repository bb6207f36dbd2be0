//! What stands in for a model that cannot be served.

/// A base, prompted as it is, in place of an open model that no GPUs allowed can serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// What serves.
    pub base: String,
    /// What was asked for.
    pub open: String,
}
