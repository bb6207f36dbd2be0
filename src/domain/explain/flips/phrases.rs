//! How conditions on well-known inputs begin and end around their value.

/// What stands before a number, what stands behind it, and whether it counts things.
pub(super) struct Phrase {
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    pub(super) counts: bool,
}

impl Phrase {
    /// What stands behind this number: one of a thing is said in the singular.
    pub(super) fn behind(&self, number: f64) -> String {
        let singular = |text: &str| {
            let (thing, rest) = text.split_at(text.trim_start().find(' ').map_or(text.len(), |end| end + 1));
            thing.strip_suffix('s').map(|one| format!("{one}{rest}"))
        };
        let one = if self.counts && number == 1.0 { singular(self.after) } else { None };
        one.unwrap_or_else(|| self.after.to_owned())
    }
}

/// How a condition on a number is said, where its label alone would read badly.
pub(super) fn of_number(id: &str) -> Option<Phrase> {
    let counted = |before, after| Some(Phrase { before, after, counts: true });
    let measured = |before, after| Some(Phrase { before, after, counts: false });
    match id {
        "requests_per_month" => counted("With ", " requests a month"),
        "input_tokens" => counted("With ", " input tokens a call"),
        "output_tokens" => counted("With ", " output tokens a call"),
        "prefix_tokens" => counted("With ", " tokens of instructions a call"),
        "retrieved_tokens" => counted("With ", " retrieved tokens a call"),
        "knowledge_tokens" => counted("With ", " tokens of knowledge"),
        "labels" => counted("With ", " labelled examples"),
        "calls_per_request" => counted("With ", " calls a request"),
        "horizon" => counted("With a horizon of ", " months"),
        "launch_weeks" => counted("With a launch in ", " weeks"),
        "prompt_hours_spent" => counted("With ", " hours of prompt engineering behind you"),
        "migration_interval" => counted("If models retire every ", " months"),
        "experiments" => counted("With ", " training runs at first"),
        "retrain_interval" => counted("With a retrain every ", " months"),
        "growth_per_month" => measured("With growth of ", " a month"),
        "required_quality" => measured("With a bar of ", ""),
        "discount_rate" => measured("With a discount rate of ", " a year"),
        "hard_share" => measured("With ", " of requests hard"),
        "deferrable_share" => measured("With ", " of calls that can wait"),
        "retry_share" => measured("With ", " of calls made again"),
        "cache_hit_share" => measured("With ", " of calls that find the prompt cached"),
        "task_share" => measured("With this task ", " of the traffic"),
        "time_per_output_token_ms" => measured("With a target of ", " ms a token"),
        "time_to_first_token_s" => measured("With a target of ", " s to the first token"),
        "provider_time_per_output_token_ms" => measured("If the API model takes ", " ms a token"),
        "provider_time_to_first_token_s" => measured("If the API model takes ", " s to the first token"),
        "api_input_price" => measured("If input tokens cost ", " a million"),
        "api_output_price" => measured("If output tokens cost ", " a million"),
        "hourly_rate" => measured("If an hour of people’s time costs ", ""),
        "cost_per_error" => measured("If a wrong answer costs ", ""),
        "value_of_success" => measured("If a right answer is worth ", ""),
        "upfront_budget" => measured("With a budget before launch of ", ""),
        "monthly_budget" => measured("With a budget of ", " a month"),
        "replace_margin" => measured("If a move must save ", ""),
        "replace_floor" => measured("If a move must save ", ""),
        "pilot_threshold" => measured("If a test must pay at a chance of ", ""),
        "exit_cost" => measured("If leaving what is in use costs ", ""),
        _ => None,
    }
}

/// Whose right answers an input counts; `None` where that is a model that the user chose, or no measurement.
pub(super) fn of_evidence(id: &str) -> Option<&'static str> {
    Some(match id {
        "evidence_prompt" => "prompting",
        "evidence_rag" => "retrieval",
        "evidence_route" => "routing",
        "evidence_hosted" => "a model tuned at a provider",
        "evidence_qlora" => "a QLoRA-tuned model",
        "evidence_lora" => "a LoRA-tuned model",
        "evidence_full" => "a fully fine-tuned model",
        "evidence_lora_route" => "a tuned model with fallback",
        "evidence_task" => "a tuned model on its task",
        "evidence_custom" => "a model of your own",
        _ => return None,
    })
}

/// The condition that a well-known choice is.
pub(super) fn of_choice(id: &str, option: &str) -> Option<&'static str> {
    Some(match (id, option) {
        ("data_boundary", "any-vendor") => "If any vendor may see the data",
        ("data_boundary", "contract") => "If only vendors under contract may see the data",
        ("data_boundary", "own-cloud") => "If the data must stay in your own cloud",
        ("data_boundary", "own-premises") => "If the data must stay on your own premises",
        ("data_boundary", "air-gap") => "If there may be no connection at all",
        ("stage", "prototype") => "For a prototype",
        ("stage", "production") => "In production",
        ("complexity", "simple") => "If it is simple to learn from examples",
        ("complexity", "complex") => "If it is hard to learn from examples",
        ("specialisation", "general") => "If the language is general",
        ("specialisation", "some") => "If the language has some jargon",
        ("specialisation", "high") => "If the language has its own terms",
        ("today", "nothing") => "If nothing is in use yet",
        ("failure_mode", "knowledge") => "If what goes wrong is missing knowledge",
        ("failure_mode", "behaviour") => "If what goes wrong is behaviour",
        ("failure_mode", "both") => "If both knowledge and behaviour go wrong",
        ("failure_mode", "unknown") => "If it is not known what goes wrong",
        ("self_hosting_skill", "none") => "If nobody has run models before",
        ("self_hosting_skill", "experienced") => "If the team has run models in production",
        _ => return None,
    })
}
