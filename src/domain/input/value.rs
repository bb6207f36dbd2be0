//! The value of one input, whatever its kind, and the field types that hold it.

use crate::domain::evidence::Evidence;
use crate::domain::units::YearMonth;

/// The value of one input.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing said.
    Blank,
    /// A number in the unit of the input; shares are fractions of one.
    Number(f64),
    /// Id of a choice.
    Choice(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A measured quality.
    Evidence(Evidence),
    /// A calendar month.
    Month(YearMonth),
    /// Id of a catalogue row, or `auto`.
    Row(String),
    /// Names, sorted and without repeats.
    Names(Vec<String>),
}

/// A field of [`super::Inputs`] that the registry can read and write.
pub trait Field {
    /// The value it holds.
    fn read(&self) -> Value;
    /// Take a value; one of the wrong kind is ignored.
    fn write(&mut self, value: &Value);
}

impl Field for f64 {
    fn read(&self) -> Value {
        Value::Number(*self)
    }
    fn write(&mut self, value: &Value) {
        if let Value::Number(number) = value {
            *self = *number;
        }
    }
}

impl Field for Option<f64> {
    fn read(&self) -> Value {
        self.map_or(Value::Blank, Value::Number)
    }
    fn write(&mut self, value: &Value) {
        match value {
            Value::Number(number) => *self = Some(*number),
            Value::Blank => *self = None,
            _ => {}
        }
    }
}

impl Field for bool {
    fn read(&self) -> Value {
        Value::Flag(*self)
    }
    fn write(&mut self, value: &Value) {
        if let Value::Flag(flag) = value {
            *self = *flag;
        }
    }
}

impl Field for Evidence {
    fn read(&self) -> Value {
        Value::Evidence(*self)
    }
    fn write(&mut self, value: &Value) {
        match value {
            Value::Evidence(evidence) => *self = *evidence,
            Value::Blank => *self = Evidence::Untested,
            _ => {}
        }
    }
}

impl Field for YearMonth {
    fn read(&self) -> Value {
        Value::Month(*self)
    }
    fn write(&mut self, value: &Value) {
        if let Value::Month(month) = value {
            *self = *month;
        }
    }
}

impl Field for String {
    fn read(&self) -> Value {
        Value::Row(self.clone())
    }
    fn write(&mut self, value: &Value) {
        if let Value::Row(id) = value {
            self.clone_from(id);
        }
    }
}

impl Field for Vec<String> {
    fn read(&self) -> Value {
        Value::Names(self.clone())
    }
    fn write(&mut self, value: &Value) {
        if let Value::Names(names) = value {
            self.clone_from(names);
        }
    }
}
