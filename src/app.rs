//! Lay out the sections of the page.

use crate::browser::dom::el;
use crate::sections::answer::answer;
use crate::sections::charts::charts;
use crate::sections::fit::fit;
use crate::sections::inputs::input_form;
use crate::sections::masthead::masthead;
use crate::sections::method::method;
use crate::sections::notices::notice_list;
use crate::sections::plan::plan;
use crate::sections::story::preset_story;
use crate::sections::strategies::strategy_table;
use crate::sections::why::why;
use crate::state::start_session;

/// Put the whole page into the document's body.
pub fn app() {
    start_session();
    let reading =
        el("div").class("reading").children([strategy_table(), charts(), fit(), why(), plan(), method()]);
    masthead().mount();
    notice_list().mount();
    preset_story().mount();
    el("main").class("page").children([answer(), input_form(), reading]).mount();
}
