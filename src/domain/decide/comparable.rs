//! Whether two strategies are compared with their wrong answers.

use crate::domain::cost::CostModel;

/// Whether the comparison of two strategies includes the cost of wrong answers: only if both are known.
pub const fn compares_errors(own: &CostModel, other: &CostModel) -> bool {
    own.errors_per_request.is_some() && other.errors_per_request.is_some()
}
