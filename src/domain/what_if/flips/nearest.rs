//! The nearest flips, spread over what they lead to.

use std::collections::BTreeMap;

use super::{Flip, FlipKind, Flips};
use crate::domain::decide::Outcome;
use crate::domain::input::{input, registry};

/// The flip values of inputs, by the id of the input.
pub type Found = BTreeMap<&'static str, Flips>;
/// An input, and one value at which the answer is another.
pub type Change = (&'static str, Flip);

/// So many of what changes what to use.
const MOST_USES: usize = 5;
/// So many of what changes only what to test.
const MOST_TESTS: usize = 3;

/// The nearest flips of each kind, the nearest first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Nearest {
    /// Those that change what to use.
    pub uses: Vec<Change>,
    /// Those that change only what to test.
    pub tests: Vec<Change>,
}

impl Nearest {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.uses.is_empty() && self.tests.is_empty()
    }

    /// The nearest of all that was found.
    pub fn of(found: &Found) -> Nearest {
        Nearest {
            uses: spread(found, FlipKind::Use, MOST_USES),
            tests: spread(found, FlipKind::Trial, MOST_TESTS),
        }
    }
}

/// Flips of a kind, each of another input: first the nearest to each outcome, then the nearest of the rest.
fn spread(found: &Found, kind: FlipKind, most: usize) -> Vec<Change> {
    let of_kind = |(id, flips): (&&'static str, &Flips)| Some((*id, flips.nearest(kind)?.clone()));
    let mut all: Vec<Change> = found.iter().filter_map(of_kind).collect();
    // Of those that are equally near the basic ones first, in the order of the form.
    all.sort_by_key(|(id, _)| registry().position(|record| record.id == *id));
    all.sort_by_key(|(id, _)| input(id).is_none_or(|record| !record.basic));
    all.sort_by(nearer);
    let mut outcomes: Vec<Outcome> = Vec::new();
    let (mut first, rest): (Vec<Change>, Vec<Change>) = all.into_iter().partition(|(_, flip)| {
        let is_new = !outcomes.contains(&flip.there.outcome);
        outcomes.push(flip.there.outcome);
        is_new
    });
    first.truncate(most);
    let room = most - first.len();
    first.extend(rest.into_iter().take(room));
    first.sort_by(nearer);
    first
}

/// Which of two changes is the nearer one.
pub fn nearer(a: &Change, b: &Change) -> std::cmp::Ordering {
    a.1.distance.total_cmp(&b.1.distance)
}
