//! What is computed a moment behind the answer, so that an edit does not wait for it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::in_turn::Turn;
use crate::browser::timing::{Debounce, after_paint, next_turn};

/// Quiet time before it follows an edit, in milliseconds.
const FOLLOW_MS: u32 = 90;

/// What `compute` makes of `source`: at once for the first, later once no change has followed for a moment; then
/// `arrived` is called. What stands below waits for the first, which would move it when it comes.
pub fn behind<S, T>(
    source: impl Fn() -> S + 'static,
    compute: impl Fn(&S) -> Option<T> + Copy + 'static,
    arrived: impl Fn() + Copy + 'static,
) -> RwSignal<Option<Arc<T>>>
where
    S: 'static,
    T: PartialEq + Send + Sync + 'static,
{
    let result = RwSignal::new(None::<Arc<T>>);
    let newest = StoredValue::new(0_u32);
    let rest = Debounce::new(FOLLOW_MS);
    let turn = Turn::hold();
    Effect::new(move |_| {
        let source = source();
        let number = newest.get_value().wrapping_add(1);
        newest.set_value(number);
        let follow = move || {
            spawn_local(async move {
                next_turn().await;
                // Nothing is newest once the page is gone.
                if newest.try_get_value() == Some(number) {
                    let next = compute(&source).map(Arc::new);
                    // What stays the same stays as the reader left it.
                    if result.try_with_untracked(|result| *result != next) == Some(true) {
                        result.set(next);
                    }
                    arrived();
                }
                turn.pass();
            })
        };
        match number {
            1 => follow(),
            _ => rest.run(move || after_paint(follow)),
        }
    });
    result
}
