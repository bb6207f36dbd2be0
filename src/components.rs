//! Reusable parts of the page: props in, callbacks out. They know no business rule, and only fields know the page.

pub mod anew;
pub mod behind;
pub mod copying;
pub mod disclosure;
pub mod field_link;
pub mod fields;
pub mod figure;
pub mod file_drop;
pub mod fold;
pub mod in_turn;
pub mod place_link;
pub mod printing;
pub mod search_bar;
pub mod source;
pub mod spans;
pub mod style;
pub mod table;
