//! Reusable parts of the page. They know no business rule: texts and numbers come from outside.

pub mod disclosure;
pub mod field_link;
pub mod fields;
pub mod figure;
pub mod spans;
pub mod table;
