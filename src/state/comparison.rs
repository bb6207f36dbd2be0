//! The comparison: what the present scenario is held against, put there from what is kept, from examples and by links.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::compared::Compared;
use super::documents::{Document, Documents};
use super::history::Moment;
use super::reservations::reservations;
use super::steps::Stride;
use super::{NoticeKind, Page, address, keeping, name_of, preset_of};
use crate::browser::location;
use crate::codec::{self, DecodeError, Decoded, Headline, MOST_OTHERS};
use crate::domain::answer;
use crate::domain::library::{Entry, EntryId, free_name};
use crate::domain::scenario::presets::{DEFAULT_NAME, Preset};
use crate::domain::scenario::{Resolved, Scenario};

impl Page {
    /// Whether another scenario can be put beside those that are compared; followed.
    pub fn can_compare(&self) -> bool {
        self.compared.with(Vec::len) < MOST_OTHERS
    }

    /// Compare with a scenario that is kept, as it stands there.
    pub fn compare_kept(&self, id: &EntryId) {
        keeping::keep(*self);
        let Some(opened) = keeping::open(id) else { return };
        let name = Entry::read(&opened.held.seen).map(|entry| entry.name).unwrap_or_default();
        self.compare(opened.decoded.scenario, &name, Some(id.clone()));
    }

    /// Compare with an example, under the policy that is in force; without one, with the default.
    pub fn compare_example(&self, preset: Option<&Preset>) {
        let mut scenario = preset.map(Preset::scenario).unwrap_or_default();
        if let Some(policy) = self.scenario.with_untracked(|scenario| scenario.policy().cloned()) {
            scenario.set_policy(Some(policy));
        }
        self.compare(scenario, preset.map_or(DEFAULT_NAME, |preset| preset.name), None);
    }

    /// Compare with what is shown, as it is now: edits can be held against it.
    pub fn compare_present(&self) {
        let name = format!("{}, as it was", self.name_beside_others());
        self.compare(self.scenario.get_untracked(), &name, None);
    }

    /// Compare with a scenario under a name that none of the others has.
    pub(super) fn compare(&self, scenario: Scenario, name: &str, entry: Option<EntryId>) {
        let Resolved { case, .. } = scenario.resolve(&BTreeMap::new());
        let name = self.free_name_beside_others(name);
        let named = Scenario { name: name.clone(), ..scenario.clone() };
        let text = codec::encode(&named, &Headline::of(&answer::answer(&case)));
        self.put_beside(scenario, name, text, entry);
        address::write(*self);
    }

    fn put_beside(&self, scenario: Scenario, name: String, text: String, entry: Option<EntryId>) {
        let number = self.compared_so_far.try_update_value(|count| {
            *count = count.wrapping_add(1);
            *count
        });
        let side = ArcRwSignal::new(None);
        let one = Compared { number: number.unwrap_or_default(), name, scenario, text, entry, side };
        self.compared.update(|compared| {
            if compared.len() < MOST_OTHERS {
                compared.push(one);
            }
        });
    }

    /// Take one out of the comparison.
    pub fn stop_comparing(&self, number: u32) {
        self.compared.update(|compared| compared.retain(|one| one.number != number));
        self.notices.withdraw(NoticeKind::Comparison);
        address::write(*self);
    }

    /// Show one that is compared, and put what was shown in its place.
    pub fn open_compared(&self, number: u32) {
        let find = |compared: &Vec<Compared>| compared.iter().find(|one| one.number == number).cloned();
        let Some(one) = self.compared.with_untracked(find) else { return };
        keeping::keep(*self);
        let former = (self.scenario.get_untracked(), self.name_beside_others(), self.entry());
        self.compared.update(|compared| compared.retain(|other| other.number != number));
        let held = one.entry.as_ref().and_then(|id| keeping::holding(id, &one.scenario));
        let wanted = Some(keeping::blank(&one.name));
        let document = match held {
            Some(held) => self.documents.try_update_value(|documents| documents.of_entry(held)),
            None => Some(self.begin(Document { wanted, ..Document::default() })),
        };
        // It has the name that it was compared by, unless it is one that is kept under it.
        let scenario = match one.entry {
            Some(_) => one.scenario,
            None => Scenario { name: one.name.clone(), ..one.scenario },
        };
        let preset = preset_of(&scenario);
        let document = document.unwrap_or_default();
        let moment = Moment { scenario, preset, document, number: self.next_number() };
        self.take(moment, Stride::Onward, format!("Now showing “{}”.", one.name));
        let (scenario, name, entry) = former;
        self.compare(scenario, &name, entry);
        self.tell_kept();
    }

    fn entry(&self) -> Option<EntryId> {
        self.documents.with_value(Documents::entry)
    }

    /// The link that opens the same comparison elsewhere.
    pub fn comparison_link(&self) -> String {
        let name = self.name_beside_others();
        let named = Scenario { name, ..self.scenario.get_untracked() };
        let present = codec::encode(&named, &self.headline());
        let others = self.compared_texts();
        location::link(&codec::joined(&present, others.iter().map(String::as_str)))
    }

    /// The scenarios that are compared, as links carry them.
    pub(super) fn compared_texts(&self) -> Vec<String> {
        self.compared.with_untracked(|compared| compared.iter().map(|one| one.text.clone()).collect())
    }

    /// What the present scenario is called in a comparison; followed. One that was only opened has the name that it
    /// came with.
    pub fn name_in_comparison(&self) -> String {
        let own = self.scenario.with(|scenario| scenario.name.clone());
        let is_example = self.scenario.with(|scenario| name_of(scenario, self.preset.get()).is_some());
        let is_named = is_example || self.entry_name.with(Option::is_some) || own.is_empty();
        if is_named { self.name().get() } else { own }
    }

    fn name_beside_others(&self) -> String {
        untrack(|| self.name_in_comparison())
    }

    fn free_name_beside_others(&self, name: &str) -> String {
        let mut taken: Vec<String> =
            self.compared.with_untracked(|compared| compared.iter().map(|one| one.name.clone()).collect());
        taken.push(self.name_beside_others());
        free_name(name, |name| taken.iter().any(|other| other == name))
    }
}

/// Compare with those of a link, in place of those that are compared.
pub(super) fn open(page: Page, link: &str) {
    page.notices.withdraw(NoticeKind::Comparison);
    page.compared.set(Vec::new());
    let parts = codec::parts(link);
    let mut said = Vec::new();
    for (place, (text, outcome)) in parts.others.iter().zip(codec::decode_others(&parts)).enumerate() {
        // The present one is the first.
        let place = place + 2;
        match outcome {
            Ok(decoded) => said.extend(put(page, place, text, decoded)),
            Err(why) => said.push(unreadable(place, why)),
        }
    }
    if parts.is_cut {
        said.push(format!(
            "The link compares with more than is read, which is {MOST_OTHERS} scenarios of some length; the others are left out."
        ));
    }
    if !said.is_empty() {
        page.notices.tell(NoticeKind::Comparison, said.join(" "));
    }
}

fn put(page: Page, place: usize, text: &str, decoded: Decoded) -> Option<String> {
    let Resolved { case, .. } = decoded.scenario.resolve(&BTreeMap::new());
    let told = reservations(&decoded, &Headline::of(&answer::answer(&case)));
    let scenario = decoded.scenario;
    let wanted = match (scenario.name.as_str(), name_of(&scenario, preset_of(&scenario))) {
        ("", Some(example)) => example.to_owned(),
        ("", None) => format!("Scenario {place}"),
        (name, _) => name.to_owned(),
    };
    let name = page.free_name_beside_others(&wanted);
    page.put_beside(scenario, name.clone(), text.to_owned(), None);
    (!told.is_empty()).then(|| format!("In “{name}”: {told}"))
}

fn unreadable(place: usize, why: DecodeError) -> String {
    format!("Scenario {place} of the comparison could not be opened. {why}")
}
