//! What providers and models are called in sentences: the keys of the tables are for links, files and fields.

use super::words::capital;

/// Providers whose name is not their key with words and capitals.
const PROVIDERS: [(&str, &str); 15] = [
    ("alibaba_model_studio", "Alibaba Model Studio"),
    ("amazon", "Amazon"),
    ("aws_bedrock", "Amazon Bedrock"),
    ("azure", "Azure"),
    ("deepinfra", "DeepInfra"),
    ("deepseek", "DeepSeek"),
    ("google", "Google"),
    ("google_vertex", "Google Vertex AI"),
    ("mistral", "Mistral"),
    ("openai", "OpenAI"),
    ("ori", "Ori"),
    ("prime_intellect", "Prime Intellect"),
    ("thinking_machines", "Thinking Machines"),
    ("wandb_coreweave", "W&B with CoreWeave"),
    ("xai", "xAI"),
];

/// The name of a provider by its key; of one that nobody knows here, its key as a name.
pub fn provider_name(key: &str) -> String {
    let known = PROVIDERS.iter().find(|(known, _)| *known == key);
    known.map_or_else(|| capital(&key.replace('_', " ")), |(_, name)| (*name).to_owned())
}

/// The name of a model by its key: without the path that leads to it at its provider.
pub fn model_name(key: &str) -> &str {
    let name = key.rsplit('/').next().unwrap_or(key);
    let name = name.strip_prefix("ft:").or_else(|| name.strip_prefix("amazon.")).unwrap_or(name);
    name.split(':').next().filter(|name| !name.is_empty()).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_and_models_have_names_without_paths_and_underscores() {
        assert_eq!(provider_name("openai"), "OpenAI");
        assert_eq!(provider_name("fireworks"), "Fireworks");
        assert_eq!(provider_name("our_own_cloud"), "Our own cloud");
        assert_eq!(model_name("together_ai/openai/gpt-oss-120b"), "gpt-oss-120b");
        assert_eq!(model_name("amazon.nova-pro-v1:0"), "nova-pro-v1");
        assert_eq!(model_name("gpt-6.1-sol"), "gpt-6.1-sol");
    }
}
