//! What is known of a family of models and its `config.json` need not say: the defaults of its class in the
//! transformers library, release 4.57, and what its layers are.

/// Which layers see a window only, where the file has no `layer_types`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Windows {
    /// None, whatever the file says of a window.
    Never,
    /// All, if the file gives a window.
    All,
    /// If the file says `use_sliding_window`: those from `max_window_layers` on.
    Asked,
    /// All but one layer in so many, unless `sliding_window_pattern` says how many.
    AllBut(u32),
}

/// Which layers keep a constant state instead of a growing cache, where the file has no `layer_types`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hybrid {
    /// None.
    No,
    /// All but one in `full_attention_interval`.
    Interval,
    /// Attention and a state space side by side in each layer.
    Parallel,
    /// All but one in `attn_layer_period`, from `attn_layer_offset` on.
    Period,
    /// As the letters of `hybrid_override_pattern` say, each layer one block.
    Letters,
    /// As `linear_attn_config` numbers them.
    Numbered,
    /// Only `layer_types` says.
    Listed,
}

/// How many key and value heads there are, where the file does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heads {
    /// As many as query heads.
    Multi,
    /// One, if the file says `multi_query`, else as many as query heads.
    MultiQuery,
    /// Falcon's: as `MultiQuery`, unless `new_decoder_architecture`, which gives their number.
    Falcon,
    /// The file must say.
    Said,
}

/// A family of models.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Its `model_type`s.
    pub types: &'static [&'static str],
    /// Matrices of a feed-forward block: 3 with a gate, 2 without.
    pub ffn_matrices: f64,
    /// Whether input and output share one embedding matrix, where the file does not say.
    pub tied: bool,
    /// Key and value heads.
    pub heads: Heads,
    /// Windowed layers.
    pub windows: Windows,
    /// Layers without a growing cache.
    pub hybrid: Hybrid,
    /// Whether a gate as wide as the queries stands behind attention.
    pub gated_attention: bool,
    /// Feed-forward width in widths of the residual stream, where the file gives none; 0: it must.
    pub ffn_widths: f64,
    /// Members with the default of the class.
    pub defaults: &'static [(&'static str, f64)],
}

impl Family {
    /// Llama's: what the others are said to differ from.
    const LLAMA: Family = Family {
        types: &[
            "llama",
            "stablelm",
            "internlm2",
            "granite",
            "granitemoe",
            "olmo",
            "olmo2",
            "olmoe",
            "smollm3",
            "seed_oss",
        ],
        ffn_matrices: 3.0,
        tied: false,
        heads: Heads::Multi,
        windows: Windows::Never,
        hybrid: Hybrid::No,
        gated_attention: false,
        ffn_widths: 0.0,
        defaults: &[],
    };

    /// The family of a `model_type`.
    pub fn of(model_type: &str) -> Option<&'static Family> {
        FAMILIES.iter().find(|family| family.types.contains(&model_type))
    }

    /// The default of its class for a member.
    pub fn default(&self, key: &str) -> Option<f64> {
        self.defaults.iter().find(|(member, _)| *member == key).map(|(_, number)| *number)
    }
}

const LLAMA: Family = Family::LLAMA;

const FAMILIES: &[Family] = &[
    LLAMA,
    Family {
        types: &["llama4_text"],
        windows: Windows::AllBut(4),
        heads: Heads::Said,
        defaults: &[("num_shared_experts", 1.0)],
        ..LLAMA
    },
    Family {
        types: &["mistral", "ministral"],
        heads: Heads::Said,
        windows: Windows::All,
        defaults: &[("num_key_value_heads", 8.0)],
        ..LLAMA
    },
    Family {
        types: &["mixtral"],
        heads: Heads::Said,
        windows: Windows::All,
        defaults: &[("num_key_value_heads", 8.0), ("num_local_experts", 8.0), ("num_experts_per_tok", 2.0)],
        ..LLAMA
    },
    Family { types: &["phi3"], windows: Windows::All, ..LLAMA },
    Family { types: &["phimoe"], heads: Heads::Said, windows: Windows::All, ..LLAMA },
    Family {
        types: &["qwen2", "qwen2_moe", "qwen2_vl_text", "qwen2_5_vl_text"],
        heads: Heads::Said,
        windows: Windows::Asked,
        ..LLAMA
    },
    Family {
        types: &["qwen3", "qwen3_moe", "qwen3_vl_text", "qwen3_vl_moe_text"],
        heads: Heads::Said,
        windows: Windows::Asked,
        defaults: &[("head_dim", 128.0)],
        ..LLAMA
    },
    Family {
        types: &["qwen3_next", "qwen3_5_text", "qwen3_5_moe_text"],
        heads: Heads::Said,
        hybrid: Hybrid::Interval,
        gated_attention: true,
        defaults: &[("head_dim", 256.0), ("full_attention_interval", 4.0)],
        ..LLAMA
    },
    Family { types: &["gemma"], tied: true, heads: Heads::Said, defaults: &[("head_dim", 256.0)], ..LLAMA },
    Family {
        types: &["gemma2"],
        tied: true,
        heads: Heads::Said,
        windows: Windows::AllBut(2),
        defaults: &[("head_dim", 256.0), ("sliding_window", 4096.0)],
        ..LLAMA
    },
    Family {
        types: &["gemma3_text"],
        tied: true,
        windows: Windows::AllBut(6),
        defaults: &[
            ("num_attention_heads", 8.0),
            ("num_key_value_heads", 4.0),
            ("head_dim", 256.0),
            ("vocab_size", 262_208.0),
            ("sliding_window", 4096.0),
            ("max_position_embeddings", 131_072.0),
        ],
        ..LLAMA
    },
    Family { types: &["cohere"], tied: true, ..LLAMA },
    Family {
        types: &["cohere2"],
        tied: true,
        windows: Windows::AllBut(4),
        defaults: &[("sliding_window", 4096.0)],
        ..LLAMA
    },
    Family {
        types: &["olmo3"],
        windows: Windows::AllBut(4),
        defaults: &[("sliding_window", 4096.0)],
        ..LLAMA
    },
    Family {
        types: &["gpt_oss"],
        heads: Heads::Said,
        windows: Windows::AllBut(2),
        defaults: &[("head_dim", 64.0), ("sliding_window", 128.0)],
        ..LLAMA
    },
    // Latent attention has no heads to count; queries have a rank where the file gives one.
    Family {
        types: &["deepseek_v2", "deepseek_v3", "deepseek_v32", "kimi_k2", "glm4_moe_lite", "minicpm3"],
        ..LLAMA
    },
    Family { types: &["kimi_linear"], hybrid: Hybrid::Numbered, ..LLAMA },
    Family { types: &["glm4", "glm4_moe"], heads: Heads::Said, ..LLAMA },
    Family { types: &["minimax_m2"], heads: Heads::Said, ..LLAMA },
    Family { types: &["ernie4_5", "ernie4_5_moe"], heads: Heads::Said, ..LLAMA },
    Family { types: &["falcon_h1"], heads: Heads::Said, hybrid: Hybrid::Parallel, ..LLAMA },
    Family { types: &["granitemoehybrid"], heads: Heads::Said, hybrid: Hybrid::Listed, ..LLAMA },
    Family { types: &["jamba"], heads: Heads::Said, hybrid: Hybrid::Period, ..LLAMA },
    Family {
        types: &["nemotron_h"],
        heads: Heads::Said,
        hybrid: Hybrid::Letters,
        ffn_matrices: 2.0,
        ..LLAMA
    },
    Family { types: &["nemotron"], heads: Heads::Said, ffn_matrices: 2.0, ..LLAMA },
    Family {
        types: &["starcoder2"],
        tied: true,
        heads: Heads::Said,
        windows: Windows::All,
        ffn_matrices: 2.0,
        ..LLAMA
    },
    Family {
        types: &["gpt_bigcode"],
        tied: true,
        heads: Heads::MultiQuery,
        ffn_matrices: 2.0,
        ffn_widths: 4.0,
        ..LLAMA
    },
    Family {
        types: &["falcon"],
        tied: true,
        heads: Heads::Falcon,
        ffn_matrices: 2.0,
        ffn_widths: 4.0,
        ..LLAMA
    },
    Family { types: &["gpt_neox", "gptj", "phi"], ffn_matrices: 2.0, ffn_widths: 4.0, ..LLAMA },
    Family { types: &["opt", "gpt2", "bloom"], tied: true, ffn_matrices: 2.0, ffn_widths: 4.0, ..LLAMA },
];
