//! What a group shows first once it is open.

use crate::domain::input::Group;

/// Name of a group in its line.
pub fn name(group: Group) -> &'static str {
    match group {
        Group::Quality => "Quality, evidence",
        Group::Models => "Models, hardware",
        _ => group.label(),
    }
}

/// Key of a group in the page.
pub fn key(group: Group) -> &'static str {
    match group {
        Group::Work => "work",
        Group::Quality => "quality",
        Group::Data => "data",
        Group::Constraints => "constraints",
        Group::Team => "team",
        Group::Economics => "economics",
        Group::Models => "models",
    }
}

/// The inputs that stand before the rest, in their order.
pub fn first(group: Group) -> &'static [&'static str] {
    match group {
        Group::Work => &["task", "input_tokens", "output_tokens", "prefix_tokens"],
        Group::Quality => &["evidence_prompt", "cost_per_error"],
        Group::Data => &["knowledge_tokens", "label_method"],
        Group::Constraints => &["data_boundary", "launch_weeks", "monthly_budget"],
        Group::Team => &["hourly_rate", "self_hosting_skill"],
        Group::Economics => &["horizon", "today", "replace_margin"],
        Group::Models => &["api_model", "small_api_model", "open_model"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::{input, registry};
    use crate::sections::inputs::questions::is_question;

    #[test]
    fn what_stands_first_belongs_to_its_group_and_is_no_question() {
        for group in Group::ALL {
            for id in first(group) {
                let record = input(id).filter(|record| record.group == group && !is_question(record));
                assert!(record.is_some(), "{id}");
            }
        }
        let questions = registry().filter(|record| is_question(record)).count();
        assert_eq!(questions, 4);
    }

    #[test]
    fn every_basic_input_is_asked_or_stands_first() {
        for record in registry().filter(|record| record.basic) {
            assert!(is_question(record) || first(record.group).contains(&record.id), "{}", record.id);
        }
    }
}
