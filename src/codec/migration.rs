//! Bringing the entries of an earlier registry to this one.
//!
//! An entry that is missing means "the default of the registry version it was made with". So a
//! new registry version that changes a default, renames an input or changes its unit must come
//! with a [`Migration`] that
//! - writes the *old* default of each changed input, unless the scenario answers it already,
//! - renames and converts what was renamed or converted.
//!
//! Then an old scenario means the same as before. Migrations are kept for ever and run in order.

use std::collections::BTreeMap;

use crate::domain::input::Entry;

/// One step between registry versions.
pub(super) struct Migration {
    /// The registry version that it leads to; it runs on all older scenarios.
    pub(super) to: u32,
    /// What it does to the entries.
    pub(super) apply: fn(&mut BTreeMap<String, Entry>),
}

/// All steps, in rising order; none yet: versions 2 and 3 only added inputs, whose defaults are what held before.
const MIGRATIONS: &[Migration] = &[];

/// Bring entries of the given registry version to that of this program.
pub(super) fn migrate(registry: u32, entries: &mut BTreeMap<String, Entry>) {
    run(MIGRATIONS, registry, entries);
}

/// Run the steps that lead beyond the given version.
pub(super) fn run(steps: &[Migration], registry: u32, entries: &mut BTreeMap<String, Entry>) {
    for step in steps.iter().filter(|step| step.to > registry) {
        (step.apply)(entries);
    }
}
