//! What exports look like, and what files look like that are none.

use super::limits::{MOST_BYTES, MOST_MODELS, MOST_RECORD_BYTES, MOST_ROW_BYTES};
use super::*;
use crate::domain::catalog::Catalog;
use crate::domain::workload::MeasuredSplit;

/// Read a file in slices of so many bytes.
fn read_in(size: usize, file: &[u8], columns: &[(Meaning, usize)]) -> Result<Usage, Problem> {
    let mut reader = Reader::with_columns(columns.to_vec());
    for slice in file.chunks(size) {
        reader.take(slice)?;
    }
    reader.finish()
}

/// Read a file whole and in slices of several sizes, which must say the same.
fn read(file: &str) -> Result<Usage, Problem> {
    let whole = read_in(usize::MAX, file.as_bytes(), &[]);
    for size in [1, 3, 7, 64] {
        assert_eq!(whole, read_in(size, file.as_bytes(), &[]), "in slices of {size}");
    }
    whole
}

fn line(usage: &Usage) -> &UsageLine {
    assert_eq!(usage.lines.len(), 1, "{usage:?}");
    &usage.lines[0]
}

fn tokens([plain, read, written, written_hour, output]: [f64; 5]) -> MeasuredSplit {
    MeasuredSplit { plain, read, written, written_hour, output }
}

const ANTHROPIC: &str = "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,\
usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,\
usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed\n\
2026-10-01,claude-haiku-4-5-20251001,k,Default,standard,≤ 200k,1000,200,300,4000,50,0,not_available,\n\
2026-10-02,claude-haiku-4-5-20251001,k,Default,standard,≤ 200k,10,20,30,40,5,0,not_available,\n";

#[test]
fn the_console_of_anthropic_says_what_was_written_for_how_long_and_not_how_many_calls() {
    let usage = read(ANTHROPIC).unwrap();
    let line = line(&usage);
    assert_eq!(line.tokens, tokens([1_010.0, 4_040.0, 220.0, 330.0, 55.0]));
    assert_eq!((line.requests, line.spend_usd, line.is_batch), (None, None, false));
    assert_eq!(line.month.unwrap().to_string(), "2026-10");
    assert_eq!(usage.days_of(line.month.unwrap()), Some(2));
}

#[test]
fn the_usage_api_of_anthropic_nests_its_writes() {
    let usage = read(
        r#"{"data":[{"starting_at":"2026-11-01T00:00:00Z","ending_at":"2026-11-02T00:00:00Z","results":[
        {"uncached_input_tokens":10,"cache_read_input_tokens":20,"output_tokens":5,"model":"claude-opus-5",
        "cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":4},"service_tier":"batch"}]}],
        "has_more":false}"#,
    )
    .unwrap();
    assert_eq!(line(&usage).tokens, tokens([10.0, 20.0, 3.0, 4.0, 5.0]));
    assert!(line(&usage).is_batch);
}

#[test]
fn input_tokens_leave_the_cache_out_where_the_columns_beside_are_those_of_anthropic() {
    let anthropic = read(
        "model,input_tokens,cache_creation_input_tokens,cache_read_input_tokens,output_tokens\nm,10,3,4,5\n",
    );
    assert_eq!(line(&anthropic.unwrap()).tokens, tokens([10.0, 4.0, 3.0, 0.0, 5.0]));
    let openai =
        read("model,input_tokens,input_cached_tokens,output_tokens,num_model_requests\nm,10,4,5,2\n");
    let openai = openai.unwrap();
    assert_eq!(line(&openai).tokens, tokens([6.0, 4.0, 0.0, 0.0, 5.0]));
    assert_eq!(line(&openai).requests, Some(2.0));
}

#[test]
fn the_export_of_openai_counts_cached_context_within_the_context() {
    let json = r#"{"object":"list","data":[{"organization_name":"Personal","aggregation_timestamp":1730696460,
        "n_requests":3,"operation":"completion","snapshot_id":"gpt-4o-2024-08-06","n_context_tokens_total":100,
        "n_generated_tokens_total":35,"n_cached_context_tokens_total":64}],"ft_data":[],"dalle_api_data":[{"n":1}]}"#;
    let csv = "aggregation_timestamp,n_requests,snapshot_id,n_context_tokens_total,n_generated_tokens_total,n_cached_context_tokens_total\n\
        1730696460,3,gpt-4o-2024-08-06,100,35,64\n";
    assert_eq!(read(json), read(csv));
    let usage = read(json).unwrap();
    assert_eq!(line(&usage).tokens, tokens([36.0, 64.0, 0.0, 0.0, 35.0]));
    assert_eq!(line(&usage).requests, Some(3.0));
    let row = catalogue_row("gpt-4o-2024-08-06", Catalog::builtin()).unwrap();
    assert_eq!(row.model_id, "gpt-4o");
}

#[test]
fn the_usage_api_of_openai_dates_its_results_by_the_bucket() {
    let usage = read(
        r#"{"object":"page","data":[{"object":"bucket","start_time":1730419200,"end_time":1730505600,"results":[
        {"object":"organization.usage.completions.result","input_tokens":1000,"output_tokens":500,
        "input_cached_tokens":800,"num_model_requests":5,"model":"gpt-5-mini-2025-08-07","batch":true},
        {"input_tokens":1,"output_tokens":1,"num_model_requests":1,"model":"gpt-5-mini-2025-08-07","batch":false}]},
        {"object":"bucket","start_time":1730505600,"results":[]}],"has_more":true,"next_page":"x"}"#,
    )
    .unwrap();
    assert_eq!(usage.lines.len(), 2);
    assert_eq!(usage.lines[1].tokens, tokens([200.0, 800.0, 0.0, 0.0, 500.0]));
    assert!(usage.lines.iter().all(|line| line.month.unwrap().to_string() == "2024-11"));
}

#[test]
fn each_spend_log_of_litellm_is_a_call_whose_cache_stands_in_its_metadata() {
    let record = r#"{"request_id":"a","metadata":{"usage_object":{"prompt_tokens":9,"cache_read_input_tokens":30,
        "cache_creation_input_tokens":20,"prompt_tokens_details":{"cached_tokens":30}}},"model":"anthropic/claude-sonnet-4-6",
        "spend":0.5,"prompt_tokens":100,"completion_tokens":7,"startTime":"2026-11-03T10:00:00Z","messages":[{"content":"}]\""}]}"#;
    let record = record.replace('\n', " ");
    let expected = tokens([100.0, 60.0, 40.0, 0.0, 14.0]);
    let csv = "request_id,model,spend,prompt_tokens,completion_tokens,startTime,metadata\n\
        a,claude-sonnet-4-6,0.5,100,7,2026-11-03 10:00:00,\"{\"\"additional_usage_values\"\":{\"\"cache_read_input_tokens\"\":30,\"\"cache_creation_input_tokens\"\":20}}\"\n";
    for file in [
        format!("[{record},{record}]"),
        format!("{record}\n{record}\n"),
        format!("{csv}{}", csv.lines().last().unwrap()),
    ] {
        let usage = read(&file).unwrap();
        let line = line(&usage);
        assert_eq!((line.tokens, line.requests, line.spend_usd), (expected, Some(2.0), Some(1.0)), "{file}");
    }
}

#[test]
fn columns_without_a_known_name_are_asked_for_and_mean_what_the_user_says() {
    let file = "Modell;Eingabe;Ausgabe\nclaude-haiku-4-5;\"1,124,832\";254558\n";
    let names = ["Modell", "Eingabe", "Ausgabe"].map(str::to_owned).to_vec();
    assert_eq!(read(file), Err(Problem::UnknownColumns(names)));
    let said = [(Meaning::Model, 0), (Meaning::Input, 1), (Meaning::Output, 2)];
    let usage = read_in(5, file.as_bytes(), &said).unwrap();
    assert_eq!(line(&usage).tokens, tokens([1_124_832.0, 0.0, 0.0, 0.0, 254_558.0]));
    assert!(read_in(5, file.as_bytes(), &[(Meaning::Model, 99)]).is_err());
}

#[test]
fn what_cannot_be_a_count_leaves_its_row_out_and_is_said() {
    let file = |cell: &str| format!("model,input_tokens,output_tokens\nm,{cell},1\nm,2,1\n");
    for (cell, problem) in [
        ("NaN", RowProblem::NotANumber),
        ("-1", RowProblem::Negative),
        ("1e300", RowProblem::TooLarge),
        ("inf", RowProblem::TooLarge),
        ("1e999", RowProblem::TooLarge),
        ("twelve", RowProblem::NotANumber),
        ("\"1,2\"", RowProblem::NotANumber),
        (&"9".repeat(1_000), RowProblem::TooLarge),
    ] {
        let usage = read(&file(cell)).unwrap();
        assert_eq!(usage.left_out, Some(LeftOut { rows: 1, first_row: 1, first: problem }), "{cell}");
        assert_eq!(line(&usage).tokens.plain, 2.0);
    }
    let more = read("model,input_tokens,input_cached_tokens,output_tokens\nm,1,2,1\n");
    assert_eq!(more, Err(Problem::NoUsage(Some(RowProblem::MoreCachedThanInput))));
    assert_eq!(line(&read(&file("")).unwrap()).tokens.plain, 2.0);
}

#[test]
fn a_hostile_file_ends_with_a_problem_and_never_with_a_panic() {
    let head = "model,input_tokens,output_tokens\n";
    assert_eq!(read(""), Err(Problem::Empty));
    assert_eq!(read(" \n\t"), Err(Problem::Empty));
    assert_eq!(read(head), Err(Problem::NoUsage(None)));
    assert_eq!(read("{}"), Err(Problem::NoUsage(None)));
    assert_eq!(read("[1,[2],\"{\"]"), Err(Problem::NoUsage(None)));
    assert_eq!(read("[{\"model\":"), Err(Problem::BadJson(1)));
    assert_eq!(read("]"), Err(Problem::UnknownColumns(vec!["]".to_owned()])));
    assert_eq!(read("[]]"), Err(Problem::BadJson(1)));
    assert_eq!(read("{\"input_tokens\":1e999}"), Err(Problem::BadJson(1)));
    assert_eq!(read_in(9, b"\x00\x01\x02", &[]), Err(Problem::NotText));
    assert_eq!(read_in(9, b"\xff\xfea\n", &[]), Err(Problem::NotText));
    assert_eq!(read_in(9, b"model,input_tokens,output_tokens\n\xff,1,1\n", &[]), Err(Problem::NotText));
    let long = |size: usize, file: String| read_in(size, file.as_bytes(), &[]);
    assert_eq!(long(1 << 16, "x".repeat(1 << 20)), Err(Problem::RowTooLong));
    assert_eq!(long(1 << 16, format!("{head}{}", "x".repeat(MOST_ROW_BYTES + 1))), Err(Problem::RowTooLong));
    assert_eq!(
        long(1 << 16, format!("[{{\"a\":\"{}", "x".repeat(MOST_RECORD_BYTES))),
        Err(Problem::RowTooLong)
    );
    assert_eq!(long(1 << 16, format!("a{}\n", ",".repeat(50_000))), Err(Problem::TooManyColumns));
    assert_eq!(long(1 << 16, "[".repeat(1_000)), Err(Problem::BadJson(1)));
    assert_eq!(long(1 << 20, "x\n".repeat(MOST_BYTES)), Err(Problem::UnknownColumns(vec!["x".to_owned()])));
    let models: String = (0..=MOST_MODELS).map(|number| format!("m{number},1,1\n")).collect();
    assert_eq!(read(&format!("{head}{models}")), Err(Problem::TooManyModels));
    let mut reader = Reader::default();
    let slice = format!("{head}{}", "m,1,1\n".repeat(100));
    let error = std::iter::repeat_with(|| reader.take(slice.as_bytes())).find(Result::is_err);
    assert!(matches!(error, Some(Err(Problem::TooLarge | Problem::TooManyRows))));
}

#[test]
fn names_are_matched_without_provider_date_and_version_and_never_guessed() {
    let id = |name: &str| catalogue_row(name, Catalog::builtin()).map(|row| row.model_id.as_str());
    for (name, row) in [
        ("claude-haiku-4-5-20251001", Some("claude-haiku-4-5")),
        ("us.anthropic.claude-sonnet-4-6-20260101-v1:0", Some("claude-sonnet-4-6")),
        ("anthropic/claude-opus-5@20260101", Some("claude-opus-5")),
        ("Claude-Haiku-4.5", Some("claude-haiku-4-5")),
        ("gpt-4.1-2025-04-14", Some("gpt-4.1")),
        ("gpt-4.1-mini", Some("gpt-4.1-mini")),
        ("gemini-2.5-pro", Some("gemini/gemini-2.5-pro")),
        ("mistral-large-2512", Some("mistral/mistral-large-2512")),
        ("gpt-oss-120b", None),
        ("ft:gpt-4.1-2025-04-14", None),
        ("ft:gpt-4.1-2025-04-14:acme::x", None),
        ("text-embedding-3-small", None),
        ("gpt-99", None),
        ("", None),
        ("2024-08-06", None),
    ] {
        assert_eq!(id(name), row, "{name}");
    }
}

#[test]
fn a_batch_costs_what_its_discount_leaves_and_a_missing_price_is_no_bill() {
    let row = Catalog::builtin().api_model("claude-haiku-4-5").unwrap();
    let usd = |split, is_batch| list_bill(&tokens(split), None, is_batch, row);
    assert!((usd([1_124_832.0, 0.0, 0.0, 0.0, 254_558.0], false).unwrap() - 2.397_622).abs() < 1e-9);
    assert!((usd([1e6, 0.0, 0.0, 0.0, 0.0], true).unwrap() - 0.5).abs() < 1e-12);
    assert!((usd([0.0, 1e6, 1e6, 0.0, 0.0], false).unwrap() - 1.35).abs() < 1e-12);
    // Writes for an hour cost twice the input.
    assert!((usd([0.0, 0.0, 0.0, 1e6, 0.0], false).unwrap() - 2.0).abs() < 1e-12);
    let without = Catalog::builtin().api_model("gpt-6.1-sol").unwrap();
    let hour = tokens([0.0, 0.0, 0.0, 1.0, 0.0]);
    assert_eq!(list_bill(&hour, None, false, without), Err(NoBill::NoOneHourPrice));
    let embeds = Catalog::builtin().api_model("text-embedding-3-small").unwrap();
    assert_eq!(
        list_bill(&tokens([1.0, 0.0, 0.0, 0.0, 1.0]), None, false, embeds),
        Err(NoBill::NoOutputPrice)
    );
}

#[test]
fn long_calls_cost_their_tier_where_the_file_counts_them() {
    let row = Catalog::builtin().api_model("gpt-6.1-sol").unwrap();
    let month = tokens([3e6, 0.0, 0.0, 0.0, 0.0]);
    // Above 272,000 tokens a call the input costs twice as much.
    assert_eq!(list_bill(&month, Some(10.0), false, row), Ok(12.0));
    assert_eq!(list_bill(&month, Some(1_000.0), false, row), Ok(6.0));
    assert_eq!(list_bill(&month, None, false, row), Ok(6.0));
}

#[test]
fn the_newest_whole_month_is_looked_at_first() {
    let day = |month: u8, day: u8| format!("2026-{month:02}-{day:02},gpt-4.1,10,1\n");
    let rows: String = (1..=30).map(|it| day(9, it)).chain([day(10, 1)]).collect();
    let usage = read(&format!("date,model,input_tokens,output_tokens\n{rows}")).unwrap();
    let words: Vec<_> = usage.periods().into_iter().map(|period| format!("{period:?}")).collect();
    assert_eq!(words.len(), 2);
    let first = usage.newest_whole_period();
    assert_eq!(first, usage.periods()[1]);
    let summary = UsageSummary::of(&usage, first, Catalog::builtin());
    assert_eq!((summary.days, summary.models[0].tokens.plain), (Some(30), 300.0));
    assert_eq!(summary.models[0].row.as_deref(), Some("gpt-4.1"));
}
