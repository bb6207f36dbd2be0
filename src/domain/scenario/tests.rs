//! What a scenario means, edit by edit.

use super::*;
use crate::domain::input::help_of;

fn said(pairs: &[(&str, Entry)]) -> Scenario {
    let entries = pairs.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect();
    Scenario { entries, ..Scenario::default() }
}

#[test]
fn every_wrong_field_is_reported_at_once_and_loses_nothing() {
    let scenario = said(&[
        ("requests_per_month", Entry::Text("lots".to_owned())),
        ("growth_per_month", Entry::Number(7.0)),
        ("evidence_prompt", Entry::Text("201/200".to_owned())),
        ("input_tokens", Entry::Number(900.0)),
    ]);
    let errors = scenario.case().unwrap_err();
    let ids: Vec<&str> = errors.iter().map(|error| error.id.as_str()).collect();
    assert_eq!(ids, ["evidence_prompt", "growth_per_month", "requests_per_month"]);
    assert_eq!(scenario.resolve(&BTreeMap::new()).case.inputs.work.input_tokens, 900.0);
    assert_eq!(scenario.text(input("requests_per_month").unwrap()), "lots");
}

#[test]
fn every_default_is_within_its_own_range_and_survives_the_round_trip() {
    let defaults = Inputs::default();
    for record in registry() {
        let value = (record.get)(&defaults);
        let read = |entry: &Entry| entry.read(record, Catalog::builtin());
        assert_eq!(read(&Entry::of(&value)), Ok(value.clone()), "{}", record.id);
        assert_eq!(read(&Entry::typed(record, &value_text(record, &value))), Ok(value), "{}", record.id);
    }
    assert_eq!(scenario_of(&defaults, OwnRows::default()), Scenario::default());
}

#[test]
fn what_is_typed_equal_to_the_default_is_forgotten() {
    let record = input("requests_per_month").unwrap();
    let mut scenario = Scenario::default();
    scenario.type_in(record, "70k");
    assert!(scenario.is_changed(record.id));
    assert_eq!(scenario.case().unwrap().inputs.work.requests_per_month, 70_000.0);
    scenario.type_in(record, "150,000");
    assert!(!scenario.is_changed(record.id));
}

#[test]
fn an_unknown_input_is_named_and_left_out() {
    let errors = said(&[("from_the_future", Entry::Number(1.0))]).case().unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].id, "from_the_future");
}

#[test]
fn every_input_is_explained_and_its_id_is_unique() {
    let mut ids: Vec<&str> = registry().map(|record| record.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for record in registry() {
        assert!(!help_of(record).is_empty() && !record.label.is_empty(), "{}", record.id);
        assert!(!record.source_line().is_empty(), "{}", record.id);
    }
    assert_eq!(registry().filter(|record| record.basic).count(), 10);
}

/// Somebody filling in the form: a scenario, and what it meant after the last edit.
struct Form {
    scenario: Scenario,
    resolved: Resolved,
}

impl Form {
    fn new() -> Form {
        let scenario = Scenario::default();
        let resolved = scenario.resolve(&BTreeMap::new());
        Form { scenario, resolved }
    }

    /// Change something and look at what the whole means now.
    fn edit(&mut self, change: impl FnOnce(&mut Scenario)) {
        change(&mut self.scenario);
        self.resolved = self.scenario.resolve(&self.resolved.entries);
    }

    fn types(&mut self, id: &str, text: &str) {
        let record = input(id).unwrap();
        self.edit(|scenario| scenario.type_in(record, text));
    }

    fn value(&self, id: &str) -> Value {
        (input(id).unwrap().get)(&self.resolved.case.inputs)
    }

    /// Ids of the fields that are wrong.
    fn wrong(&self) -> Vec<&str> {
        self.resolved.errors.iter().map(|error| error.id.as_str()).collect()
    }
}

/// A field of each kind: its id, what may stand in it, and what may not.
const FIELDS: [(&str, &str, &str); 11] = [
    ("requests_per_month", "70k", "lots"),
    ("growth_per_month", "4 %", "900 %"),
    ("retrain_interval", "9", "6.5"),
    ("cost_per_error", "2.50", "two"),
    ("evidence_prompt", "190/200", "201/200"),
    ("start", "2027-03", "soon"),
    ("task", "code", "juggling"),
    ("regulated", "yes", "perhaps"),
    ("api_model", "claude-haiku-5-5", "no such model"),
    ("contracted_providers", "openai", "nobody"),
    ("base_model", "Qwen3-8B", "Qwen3-8B-misspelt"),
];

#[test]
fn a_wrong_field_of_any_kind_keeps_its_last_valid_value_and_every_other_edit_counts() {
    for (id, valid, wrong) in FIELDS {
        let mut form = Form::new();
        form.types(id, valid);
        assert!(form.wrong().is_empty(), "{id}: {:?}", form.resolved.errors);
        let value = form.value(id);
        form.types(id, wrong);
        assert_eq!((form.wrong(), form.value(id)), (vec![id], value.clone()));
        form.types("output_tokens", "333");
        assert_eq!((form.wrong(), form.value(id)), (vec![id], value.clone()));
        assert_eq!(form.resolved.case.inputs.work.output_tokens, 333.0, "beside {id}");
        assert_eq!(form.scenario.text(input(id).unwrap()), wrong, "what was typed stays in the field");
        form.types(id, valid);
        assert_eq!((form.wrong(), form.value(id)), (Vec::new(), value));
    }
}

#[test]
fn a_field_that_was_never_valid_has_its_default() {
    for (id, valid, wrong) in FIELDS {
        let mut form = Form::new();
        let default = form.value(id);
        form.types(id, wrong);
        assert_eq!((form.wrong(), form.value(id)), (vec![id], default.clone()));
        // What was valid before the field went back to its default is not remembered beyond that.
        form.types(id, valid);
        assert_ne!(form.value(id), default, "{id}");
        form.edit(|scenario| scenario.reset(id));
        form.types(id, wrong);
        assert_eq!((form.wrong(), form.value(id)), (vec![id], default));
    }
}

#[test]
fn after_any_sequence_of_edits_each_field_has_the_last_value_that_was_valid() {
    let mut form = Form::new();
    let mut valid_so_far = Scenario::default();
    let mut wrong_now: BTreeMap<&str, bool> = BTreeMap::new();
    let mut state = 11_u64;
    for step in 0..600 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (field, action) = ((state >> 33) as usize % FIELDS.len(), (state >> 50) % 5);
        let (id, valid, wrong) = FIELDS[field];
        match action {
            0 => {
                form.edit(|scenario| scenario.reset(id));
                valid_so_far.reset(id);
            }
            1 | 2 => {
                form.types(id, valid);
                valid_so_far.type_in(input(id).unwrap(), valid);
            }
            _ => form.types(id, wrong),
        }
        wrong_now.insert(id, action > 2);
        let wrong: Vec<&str> = wrong_now.iter().filter(|(_, wrong)| **wrong).map(|(id, _)| *id).collect();
        assert_eq!(form.wrong(), wrong, "step {step}");
        assert_eq!(form.resolved.case, valid_so_far.case().unwrap(), "step {step}: {id}");
    }
}

#[test]
fn a_chosen_row_that_is_removed_is_missed_by_its_field_alone() {
    let mut form = Form::new();
    let card = OwnRow {
        table: Table::Gpus,
        like: Some("L4".to_owned()),
        set: [("name", "Lab card"), ("usd_hr_neocloud", "0.5")]
            .map(|(column, text)| (column.to_owned(), text.to_owned()))
            .into(),
    };
    form.edit(|scenario| scenario.put_row(None, card).unwrap());
    form.types("serving_gpu", "Lab card");
    form.types("labels", "77");
    assert_eq!((form.wrong(), form.value("serving_gpu")), (Vec::new(), Value::Row("Lab card".to_owned())));
    form.edit(|scenario| scenario.rows.remove(Table::Gpus, "Lab card"));
    assert_eq!(form.wrong(), ["serving_gpu"]);
    assert_eq!(form.value("serving_gpu"), Value::Row("auto".to_owned()), "what is gone is not in force");
    assert!(form.resolved.errors[0].message.contains("“Lab card”"));
    form.types("requests_per_month", "99k");
    let inputs = &form.resolved.case.inputs;
    assert_eq!((inputs.data.labels, inputs.work.requests_per_month), (77.0, 99_000.0));
    form.types("serving_gpu", "L4");
    assert_eq!((form.wrong(), form.value("serving_gpu")), (Vec::new(), Value::Row("L4".to_owned())));
}

#[test]
fn a_measurement_without_its_gpu_is_as_not_given_until_the_gpu_is_chosen() {
    let mut form = Form::new();
    form.types("measured_speed_open", "1,200");
    assert_eq!(
        (form.wrong(), form.value("measured_speed_open")),
        (vec!["measured_speed_open"], Value::Blank)
    );
    form.types("labels", "77");
    assert_eq!(form.resolved.case.inputs.data.labels, 77.0);
    form.types("serving_gpu", "L4");
    assert_eq!(form.wrong(), ["measured_speed_open"], "their number is still open");
    form.types("serving_gpu_count", "2");
    assert_eq!((form.wrong(), form.value("measured_speed_open")), (Vec::new(), Value::Number(1_200.0)));
    form.types("measured_speed_open", "fast");
    assert_eq!(form.value("measured_speed_open"), Value::Number(1_200.0));
    form.types("serving_gpu", "auto");
    assert_eq!(form.wrong(), ["measured_speed_open"], "one error for a field, whatever is wrong with it");
    assert_eq!(form.value("measured_speed_open"), Value::Blank);
}
