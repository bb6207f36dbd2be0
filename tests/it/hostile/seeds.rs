//! What the readers are meant for: the texts that the mutations start from.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use tunewise::codec::{Headline, to_json};
use tunewise::domain::answer::answer;
use tunewise::domain::catalog::Edition;
use tunewise::domain::library::{Entry, EntryId, Library};
use tunewise::domain::scenario::policy::Policy;
use tunewise::domain::scenario::presets::PRESETS;
use tunewise::domain::scenario::{OwnRows, Scenario};

use crate::random;

/// Links as the programs of their time wrote them.
const GOLDEN: [&str; 3] = [
    include_str!("../../data/links/version-1.txt"),
    include_str!("../../data/links/version-2.txt"),
    include_str!("../../data/links/version-3.txt"),
];

/// Policies: of rules and defaults, and of prices.
pub const POLICIES: [&str; 3] = [
    r#"{"policy":1,"name":"Example Bank","rules":[{"id":"BANK-1","on":["own-gpus"],"when":[{"fact":"on_call","is":false}],"effect":"excludes","reason":"Nothing runs on our GPUs with nobody on call.","relax":"somebody on call","source":"IT standard 7"},{"id":"BANK-2","on":["api"],"effect":{"against":3},"reason":"At {requests} requests we watch lock-in."}],"excluded":{"custom":"No model of our own before 2028.","prompt-small":"Only the {approved} model."},"defaults":{"hourly_rate":120,"data_boundary":"contract","contracted_providers":"openai","on_call":false}}"#,
    r#"{"policy":1,"name":"Prices","catalogue":[{"table":"gpus","like":"H100 SXM","set":{"name":"Bank H100","usd_hr_neocloud":"2.1"}},{"table":"api_models","like":"gpt-6.1-sol","set":{"input_usd_per_m":1.5}}],"defaults":{"serving_gpu":"Bank H100"}}"#,
    r#"{"policy":1,"name":"Least"}"#,
];

/// Own rows: changed and new ones, of each table, with the files of a model, and wrong ones.
const ROWS: [&str; 3] = [
    r#"[{"table":"gpus","like":"H100 SXM","set":{"usd_hr_neocloud":"1.9"}},{"table":"api_models","like":"gpt-4.1","set":{"model_id":"house-model","input_usd_per_m":"1.5"}},{"table":"hosted_tuning","set":{"base_model":"ours","provider":"openai","training_usd_per_m_tokens":"3","serving_mode":"both","tuned_input_usd_per_m":"1","tuned_output_usd_per_m":"2","endpoint_usd_per_hour":"","availability":"open"}}]"#,
    r#"[{"table":"open_models","set":{"model":"ours"},"config":{"model_type":"llama","num_hidden_layers":32,"hidden_size":4096,"num_attention_heads":32,"num_key_value_heads":8,"intermediate_size":14336,"vocab_size":128256,"max_position_embeddings":131072,"torch_dtype":"bfloat16"},"index":{"metadata":{"total_size":16060522496},"weight_map":{"a":"b"}}},{"table":"gpus","like":"L4","set":{"name":"mine"}}]"#,
    r#"[7,{"table":"gpus","like":"L4","set":{"usd_hr_neocloud":-1}},{"table":"api_models","like":"gpt-6.1-sol","set":{"retires_on":"2027-03-15","successor_model_id":"gpt-6.1-sol"}},{"table":"api_models","like":"gpt-5","set":{"length_tiers":"32k 0.5/2.5; 128k 0.8/0.2/4"}}]"#,
];

/// Scenarios as people write them.
const BY_HAND: [&str; 6] = [
    r#"{"a":{"labels":5,"x":1},"c":3,"f":1,"m":3,"r":3}"#,
    r#"{"name":"x","answers":{"requests_per_month":200000,"evidence_prompt":"17/20","contracted_providers":"openai, anthropic","data_boundary":"contract"}}"#,
    r#"{"requests_per_month":"1,5 M","growth_per_month":0.02,"on_call":true,"start":"2027-02"}"#,
    r#"{"serving_gpu":"H100 SXM","serving_gpu_count":"8","measured_tokens_per_s":2400}"#,
    r#"{"answers":{"api_model":"gone","labels":"lots"},"rows":[]}"#,
    "{}",
];

/// Usage exports, by CSV and JSON.
const USAGE: [&str; 7] = [
    "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed\n2026-10-01,claude-haiku-4-5-20251001,k,Default,standard,≤ 200k,1000,200,300,4000,50,0,not_available,\n2026-10-02,claude-haiku-4-5-20251001,k,Default,standard,≤ 200k,10,20,30,40,5,0,not_available,\n",
    r#"{"data":[{"starting_at":"2026-11-01T00:00:00Z","ending_at":"2026-11-02T00:00:00Z","results":[{"uncached_input_tokens":10,"cache_read_input_tokens":20,"output_tokens":5,"model":"claude-opus-5","cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":4},"service_tier":"batch"}]}],"has_more":false}"#,
    r#"{"object":"page","data":[{"object":"bucket","start_time":1730419200,"end_time":1730505600,"results":[{"input_tokens":1000,"output_tokens":500,"input_cached_tokens":800,"num_model_requests":5,"model":"gpt-5-mini-2025-08-07","batch":true},{"input_tokens":1,"output_tokens":1,"num_model_requests":1,"model":"gpt-5-mini-2025-08-07","batch":false}]},{"object":"bucket","start_time":1730505600,"results":[]}],"has_more":true,"next_page":"x"}"#,
    "aggregation_timestamp,n_requests,snapshot_id,n_context_tokens_total,n_generated_tokens_total,n_cached_context_tokens_total\n1730696460,3,gpt-4o-2024-08-06,100,35,64\n",
    "request_id,model,spend,prompt_tokens,completion_tokens,startTime,metadata\na,claude-sonnet-4-6,0.5,100,7,2026-11-03 10:00:00,\"{\"\"additional_usage_values\"\":{\"\"cache_read_input_tokens\"\":30,\"\"cache_creation_input_tokens\"\":20}}\"\n",
    "{\"request_id\":\"a\",\"metadata\":{\"usage_object\":{\"prompt_tokens\":9,\"cache_read_input_tokens\":30}},\"model\":\"anthropic/claude-sonnet-4-6\",\"spend\":0.5,\"prompt_tokens\":100,\"completion_tokens\":7,\"startTime\":\"2026-11-03T10:00:00Z\"}\n{\"model\":\"gpt-5\",\"prompt_tokens\":1,\"completion_tokens\":7}\n",
    "Modell;Eingabe;Ausgabe\nclaude-haiku-4-5;\"1,124,832\";254558\n",
];

/// All seeds, by what they are.
pub struct Seeds {
    /// Scenarios as JSON: of the page, of earlier versions, by hand, with rows and policies.
    pub scenarios: Vec<Vec<u8>>,
    /// Kept scenarios.
    pub libraries: Vec<Vec<u8>>,
    /// The text of one kept scenario.
    pub entries: Vec<Vec<u8>>,
    /// Policies.
    pub policies: Vec<Vec<u8>>,
    /// Scenarios that are mostly rows.
    pub rows: Vec<Vec<u8>>,
    /// Files of models: configs, indexes and headers.
    pub models: Vec<Vec<u8>>,
    /// Usage exports.
    pub usage: Vec<Vec<u8>>,
    /// Records with the link of their scenario.
    pub records: Vec<Vec<u8>>,
}

impl Seeds {
    /// Make them.
    pub fn new() -> Seeds {
        let scenarios = scenarios();
        let entry = |(number, json): (usize, &Vec<u8>)| {
            let mut entry = Entry::new(format!("Scenario {number}"), 1_795_900_000_000, text(json));
            entry.annotate("before the rise\nand after");
            entry
        };
        let entries: Vec<Entry> = scenarios.iter().take(20).enumerate().map(entry).collect();
        Seeds {
            libraries: [0, 1, 3, 20]
                .map(|count| library(entries.get(..count).unwrap_or_default()))
                .into_iter()
                .chain(bytes(&[r#"{"tunewise_library":1,"entries":{"a":0},"aside":{"b":""}}"#]))
                .collect(),
            entries: entries.iter().map(|entry| entry.text().into_bytes()).collect(),
            policies: bytes(&POLICIES),
            rows: ROWS
                .iter()
                .map(|rows| format!(r#"{{"answers":{{}},"rows":{rows}}}"#).into_bytes())
                .collect(),
            models: models(),
            usage: bytes(&USAGE),
            records: scenarios.iter().take(8).flat_map(|json| records(&packed(json))).collect(),
            scenarios,
        }
    }
}

/// The text of a link that holds these bytes, whatever they are.
pub fn packed(json: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(json, 6))
}

/// What the text of a link holds.
fn unpacked(link: &str) -> Option<Vec<u8>> {
    let deflated = URL_SAFE_NO_PAD.decode(link).ok()?;
    decompress_to_vec_zlib_with_limit(&deflated, 1 << 20).ok()
}

fn scenarios() -> Vec<Vec<u8>> {
    let mut scenarios: Vec<Scenario> = PRESETS.iter().map(|preset| preset.scenario()).collect();
    scenarios.extend((0..24).map(random::scenario));
    for (number, scenario) in scenarios.iter_mut().enumerate() {
        scenario.name = format!("Scenario {number}");
        if let (0 | 1, Ok(policy)) = (number % 4, Policy::read(POLICIES[number % 3])) {
            scenario.set_policy(Some(Arc::new(policy)));
        }
        if let (0, Some(edition)) = (number % 5, Edition::of(2)) {
            // As if it had been made with an earlier catalogue.
            let policy = scenario.policy().and_then(|policy| Policy::read_over(edition, policy.text()).ok());
            scenario.rows = OwnRows::over_edition(edition, policy.map(Arc::new), Vec::new()).0;
        }
    }
    let shown = |scenario: &Scenario| {
        let headline = match scenario.case() {
            Ok(case) => Headline::of(&answer(&case)),
            Err(_) => Headline { strategy: None, tco_usd: None, verdict: "Nothing.".to_owned() },
        };
        to_json(scenario, &headline).into_bytes()
    };
    let golden = GOLDEN.iter().flat_map(|links| links.lines());
    let golden = golden.filter_map(|line| unpacked(line.split_once(' ')?.1));
    let of_rows = ROWS.iter().zip(POLICIES).map(|(rows, policy)| {
        format!(r#"{{"a":{{"labels":5}},"c":3,"f":2,"h":{{"t":1.5,"v":"Prompt.","s":"prompt"}},"m":3,"n":"Rows","o":{rows},"p":{policy},"r":3}}"#)
            .into_bytes()
    });
    scenarios.iter().map(shown).chain(golden).chain(of_rows).chain(bytes(&BY_HAND)).collect()
}

fn library(entries: &[Entry]) -> Vec<u8> {
    let mut library = Library::default();
    for (number, entry) in entries.iter().enumerate() {
        library.entries.insert(EntryId::made(1_795_900_000_000, number as u32), entry.clone());
    }
    library.put("aside", r#"{"v":2,"what":"a later one"}"#);
    library.text().into_bytes()
}

/// Records as they end up in a wiki, as data, and a link in a message.
fn records(link: &str) -> Vec<Vec<u8>> {
    let url = format!("https://example.org/tunewise/#s={link}");
    let markdown =
        format!("# Decision\n\n| This record | |\n|---|---|\n| Link | [open]({url}) |\n\nMore below.\n");
    let data =
        format!(r#"{{"record":1,"versions":{{"method":3}},"verdict":{{"headline":"x"}},"link":"{url}"}}"#);
    let message = format!("Have a look: {url}, and not at https://example.org/#s=abc\n");
    [markdown, data, message, url].map(String::into_bytes).to_vec()
}

fn models() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/configs");
    let mut paths: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
    paths.sort();
    let mut models: Vec<Vec<u8>> = paths.iter().filter_map(|path| fs::read(path).ok()).collect();
    models.push(br#"{"metadata":{"total_size":16060522496},"weight_map":{"model.embed_tokens.weight":"model-1.safetensors","lm_head.weight":"model-2.safetensors"}}"#.to_vec());
    models.push(gguf());
    models
}

/// The header of a GGUF file with members of several kinds, a list, and two tensors.
fn gguf() -> Vec<u8> {
    let numbers = [
        ("llama.block_count", 32),
        ("llama.embedding_length", 4096),
        ("llama.feed_forward_length", 14_336),
        ("llama.attention.head_count", 32),
        ("llama.attention.head_count_kv", 8),
        ("llama.context_length", 131_072),
        ("llama.vocab_size", 128_256),
    ];
    let mut file = b"GGUF".to_vec();
    file.extend(3_u32.to_le_bytes());
    file.extend(2_u64.to_le_bytes());
    file.extend((numbers.len() as u64 + 2).to_le_bytes());
    let put = |file: &mut Vec<u8>, text: &str| {
        file.extend((text.len() as u64).to_le_bytes());
        file.extend(text.as_bytes());
    };
    put(&mut file, "general.architecture");
    file.extend(8_u32.to_le_bytes());
    put(&mut file, "llama");
    put(&mut file, "tokenizer.ggml.tokens");
    file.extend(9_u32.to_le_bytes());
    file.extend(8_u32.to_le_bytes());
    file.extend(2_u64.to_le_bytes());
    put(&mut file, "a");
    put(&mut file, "b");
    for (name, number) in numbers {
        put(&mut file, name);
        file.extend(4_u32.to_le_bytes());
        file.extend(u32::to_le_bytes(number));
    }
    for (name, dims) in [("output.weight", vec![128_256_u64, 4096]), ("the rest", vec![7_504_924_672])] {
        put(&mut file, name);
        file.extend((dims.len() as u32).to_le_bytes());
        dims.iter().for_each(|dim| file.extend(dim.to_le_bytes()));
        file.extend(30_u32.to_le_bytes());
        file.extend(0_u64.to_le_bytes());
    }
    file
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Bytes as the text that a reader of texts gets.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
