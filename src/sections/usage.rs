//! Usage that a provider exported: a file or rows to read, and the month that is taken over.

mod columns;
mod intake;
mod reading;
mod said;

use leptos::prelude::*;

use crate::components::disclosure::Disclosure;
use columns::ColumnForm;
use intake::Intake;
use reading::Reading;
use said::Said;

/// The place for an export, closed at first.
#[component]
pub fn UsageImport() -> impl IntoView {
    let reading = Reading::new();
    view! {
        <Disclosure class="usage" id="usage" summary=|| "Fill in from a usage export">
            <Intake reading />
            <ColumnForm reading />
            <Said reading />
        </Disclosure>
    }
}
