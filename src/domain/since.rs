//! What has changed since a decision was recorded: in inputs, catalogue, method and verdict, each with its part of the
//! difference in cost.
//!
//! A record is read, not trusted ([`Stated`]). Its scenario is answered again with the catalogue of its time
//! ([`replay`]), then over the tables of the scenario that is shown, and that is held against what is shown ([`since`]): what one of
//! these steps does to the total has one cause.

mod account;
mod altered;
mod markdown;
mod point;
mod replayed;
mod stated;
mod words;

pub use account::{Cause, Since, Step, since};
pub use point::Point;
pub use replayed::{Recorded, Replayed, replay};
pub use stated::Stated;
pub use words::{document, title};
