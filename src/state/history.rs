//! The scenarios before and after this one, for undo and redo.

use crate::domain::scenario::Scenario;

/// So many steps can be taken back.
const MOST_STEPS: usize = 200;
/// Edits of one field that follow one another within so many milliseconds are one step.
const ONE_STEP_MS: f64 = 1_000.0;

/// A scenario as it stood at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// What was said.
    pub scenario: Scenario,
    /// The example that it came from.
    pub preset: Option<&'static str>,
    /// Which document it belongs to, and so to which entry of what is kept.
    pub document: usize,
    /// Which whole scenario it is: a field's last valid value is one of the same.
    pub number: u32,
}

/// What an edit is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stroke {
    /// One of several in a field: its id, and when.
    Field(&'static str, f64),
    /// A step by itself.
    Whole,
}

/// What can be taken back, and what can be brought back again.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Moment>,
    future: Vec<Moment>,
    last: Option<(&'static str, f64)>,
}

impl History {
    /// Remember what stood before an edit.
    pub fn record(&mut self, before: Moment, stroke: Stroke) {
        let goes_on = match (stroke, self.last) {
            (Stroke::Field(field, now), Some((last, then))) => {
                field == last && now - then < ONE_STEP_MS && self.future.is_empty()
            }
            _ => false,
        };
        self.last = match stroke {
            Stroke::Field(field, now) => Some((field, now)),
            Stroke::Whole => None,
        };
        self.future.clear();
        if goes_on {
            return;
        }
        self.past.push(before);
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
    }

    /// The scenario before the present one, which can then be brought back.
    pub fn undo(&mut self, present: Moment) -> Option<Moment> {
        self.last = None;
        let former = next_other(&mut self.past, &present)?;
        self.future.push(present);
        Some(former)
    }

    /// The scenario that was taken back last.
    pub fn redo(&mut self, present: Moment) -> Option<Moment> {
        self.last = None;
        let later = next_other(&mut self.future, &present)?;
        self.past.push(present);
        Some(later)
    }

    /// Whether anything can be taken back, and whether anything can be brought back.
    pub fn ways(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }
}

/// The last that differs from the present: what was typed and taken out again is no step.
fn next_other(moments: &mut Vec<Moment>, present: &Moment) -> Option<Moment> {
    while let Some(moment) = moments.pop() {
        if moment.scenario != present.scenario {
            return Some(moment);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Moment {
        let scenario = Scenario { name: name.to_owned(), ..Scenario::default() };
        Moment { scenario, preset: None, document: 0, number: 0 }
    }

    fn name(moment: Option<Moment>) -> Option<String> {
        moment.map(|moment| moment.scenario.name)
    }

    #[test]
    fn what_is_taken_back_can_be_brought_back_until_something_else_is_done() {
        let mut history = History::default();
        history.record(named("a"), Stroke::Whole);
        history.record(named("b"), Stroke::Whole);
        assert_eq!(name(history.undo(named("c"))).as_deref(), Some("b"));
        assert_eq!(name(history.undo(named("b"))).as_deref(), Some("a"));
        assert_eq!(name(history.undo(named("a"))), None);
        assert_eq!(name(history.redo(named("a"))).as_deref(), Some("b"));
        history.record(named("b"), Stroke::Whole);
        assert_eq!(history.ways(), (true, false));
        assert_eq!(name(history.redo(named("d"))), None);
        assert_eq!(name(history.undo(named("d"))).as_deref(), Some("b"));
    }

    #[test]
    fn strokes_in_one_field_are_one_step_while_they_follow_one_another() {
        let mut history = History::default();
        history.record(named(""), Stroke::Field("labels", 0.0));
        history.record(named("1"), Stroke::Field("labels", 400.0));
        history.record(named("12"), Stroke::Field("labels", 1_300.0));
        history.record(named("123"), Stroke::Field("labels", 9_000.0));
        history.record(named("1234"), Stroke::Field("horizon", 9_100.0));
        for former in ["1234", "123", ""] {
            assert_eq!(name(history.undo(named("now"))).as_deref(), Some(former));
        }
        assert_eq!(name(history.undo(named("now"))), None);
    }

    #[test]
    fn what_was_typed_and_taken_out_again_is_no_step_and_the_oldest_are_forgotten() {
        let mut history = History::default();
        history.record(named("a"), Stroke::Whole);
        history.record(named("b"), Stroke::Whole);
        assert_eq!(name(history.undo(named("b"))).as_deref(), Some("a"));
        for step in 0..MOST_STEPS + 10 {
            history.record(named(&step.to_string()), Stroke::Whole);
        }
        assert_eq!(history.past.len(), MOST_STEPS);
        assert_eq!(history.past[0].scenario.name, "10");
    }
}
