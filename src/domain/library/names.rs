//! What entries are called: a name is never given twice.

use super::entry::{MOST_NAME_CHARS, clipped};

/// What an entry is called until the reader calls it something.
pub const FIRST_NAME: &str = "Your scenario";
/// What the version of this tab is called, where another tab has changed the entry.
const THIS_TAB: &str = " (this tab)";

/// The wanted name, or the first of `name (2)`, `name (3)` … that is not taken.
pub fn free_name(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let wanted = match clipped(wanted, MOST_NAME_CHARS) {
        name if name.is_empty() => FIRST_NAME.to_owned(),
        name => name,
    };
    if !is_taken(&wanted) {
        return wanted;
    }
    let stem = stem(&wanted);
    (2_u64..).map(|number| format!("{stem} ({number})")).find(|name| !is_taken(name)).unwrap_or(wanted)
}

/// The name, if a reader has given it: what an entry is called until then is none, whatever number it has.
pub fn given_name(name: &str) -> Option<&str> {
    let stem = stem(name);
    (stem.strip_suffix(THIS_TAB).unwrap_or(&stem) != FIRST_NAME).then_some(name)
}

/// What this tab's version of an entry is called beside the one of another tab.
pub fn this_tab(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let name = name.strip_suffix(THIS_TAB).unwrap_or(name);
    let name = clipped(name, MOST_NAME_CHARS - THIS_TAB.len());
    free_name(&format!("{name}{THIS_TAB}"), is_taken)
}

/// A name without the number of an earlier copy, and with room for another.
pub(super) fn stem(name: &str) -> String {
    let numbered = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    let stem = match numbered {
        Some((stem, number)) if !stem.is_empty() && number.parse::<u64>().is_ok() => stem,
        _ => name,
    };
    clipped(stem, MOST_NAME_CHARS - 24)
}
