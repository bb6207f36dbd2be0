//! What has to be said about a scenario that was read.

use crate::codec::{Decoded, Headline, Versions};
use crate::domain::units::words::usd_short;

/// What was left out or may differ, and the result that came with it where it is another than the one shown.
pub(super) fn reservations(decoded: &Decoded, shown: &Headline) -> String {
    let mut said = decoded.notices.clone();
    if let Some(recorded) = decoded.headline.as_ref().filter(|recorded| !recorded.agrees_with(shown)) {
        let cost = recorded.tco_usd.map(|tco| format!(" at {}", usd_short(tco))).unwrap_or_default();
        let answer = format!("“{}”{cost}", recorded.verdict);
        said.push(match decoded.versions.method == Versions::CURRENT.method {
            true => format!("It came with another answer than the one that follows from it: {answer}."),
            false => format!("The answer then: {answer}."),
        });
    }
    said.join(" ")
}
