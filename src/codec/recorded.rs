//! The scenario of a record's link beside what the record says.

use super::Decoded;
use super::envelope::version_notices;
use crate::domain::since::{Recorded, Stated};
use crate::domain::units::one_line;

impl Decoded {
    /// The record whose link this is, with what it says.
    pub fn recorded(self, stated: Stated) -> Recorded {
        let of_versions = version_notices(self.versions);
        let headline = self.headline;
        let is_recommended = headline.as_ref().is_some_and(|headline| headline.strategy.is_some());
        Recorded {
            scenario: self.scenario,
            stated,
            link_paid: headline.as_ref().filter(|_| is_recommended).and_then(|headline| headline.tco_usd),
            link_headline: headline.map(|headline| one_line(&headline.verdict)),
            catalogue: self.versions.catalog,
            method: self.versions.method,
            unread: self.notices.into_iter().filter(|notice| !of_versions.contains(notice)).collect(),
        }
    }
}
