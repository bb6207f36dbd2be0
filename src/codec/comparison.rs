//! A comparison as a link: `#s=PRESENT&with=OTHER&with=OTHER`, each scenario as a link of its own carries it.

use super::DecodeError;
use super::link::decode;
use super::{Decoded, LINK_PREFIX};

/// What stands before each further scenario.
const WITH: &str = "with=";
/// So many scenarios can stand beside the present one.
pub const MOST_OTHERS: usize = 3;
/// The longest fragment whose further scenarios are looked at: that of two scenarios with large policies.
pub const MOST_COMPARISON_BYTES: usize = 192 * 1024;

/// The parts of what follows [`LINK_PREFIX`] in a link, none of them read yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkParts<'a> {
    /// The scenario that is shown.
    pub present: &'a str,
    /// Those that it is compared with, at most [`MOST_OTHERS`].
    pub others: Vec<&'a str>,
    /// Whether there were more of them, or the whole is too long for any of them to be read.
    pub is_cut: bool,
}

/// Take apart what follows [`LINK_PREFIX`]. A part that is neither means nothing.
pub fn parts(text: &str) -> LinkParts<'_> {
    let mut parts = text.split('&');
    let present = parts.next().unwrap_or_default();
    let mut others = parts.filter_map(|part| part.strip_prefix(WITH));
    if text.len() > MOST_COMPARISON_BYTES {
        return LinkParts { present, others: Vec::new(), is_cut: others.next().is_some() };
    }
    let taken = others.by_ref().take(MOST_OTHERS).collect();
    LinkParts { present, others: taken, is_cut: others.next().is_some() }
}

/// What follows [`LINK_PREFIX`] in a link to a scenario and those that it is compared with.
pub fn joined<'a>(present: &str, others: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = present.to_owned();
    for other in others.into_iter().take(MOST_OTHERS) {
        text.extend(["&", WITH, other]);
    }
    text
}

/// The scenarios that a link compares with, each as it could be read.
pub fn decode_others(parts: &LinkParts) -> Vec<Result<Decoded, DecodeError>> {
    parts.others.iter().map(|text| decode(text)).collect()
}

/// The first scenario's text in a whole link, or in its fragment alone.
pub fn text_in_link(link: &str) -> Option<&str> {
    let start = link.find(LINK_PREFIX)? + LINK_PREFIX.len();
    Some(parts(link.get(start..)?).present.trim())
}
