//! Work that is done again whenever the state that it read changes.

use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::on_cleanup;

/// Run `work` now, and again after each change of what it read, until its region of the page goes.
pub fn follow(work: impl FnMut() + 'static) {
    follow_boxed(Box::new(work));
}

fn follow_boxed(mut work: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| work());
    on_cleanup(move || drop(effect));
}
