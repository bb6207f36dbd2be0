//! What a layer of linear attention or a state space holds: its parameters, and the state that it keeps of a request.
//!
//! States are as wide as the file says (`mamba_ssm_dtype`), else 16 bits as serving engines keep them.

use super::config::Config;

/// The mixing block of such a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mixer {
    /// Parameters.
    pub params: f64,
    /// Bytes of the state of one request.
    pub state_bytes: f64,
}

/// A state space or linear attention by its widths.
struct Widths {
    hidden: f64,
    /// Of what goes through the short convolution.
    convolved: f64,
    kernel: f64,
    /// Numbers of the recurrent state.
    state: f64,
}

impl Mixer {
    /// The block of a file, if its kind is known.
    pub fn of(config: &Config, hidden: f64) -> Option<Mixer> {
        delta_net(config, hidden)
            .or_else(|| kimi_delta(config, hidden))
            .or_else(|| mamba_2(config, hidden))
            .or_else(|| mamba_1(config, hidden))
    }

    /// Projections, with the convolution and the state of these widths.
    fn with(config: &Config, projections: f64, widths: &Widths) -> Mixer {
        let wide = ["mamba_ssm_dtype", "mamba_ssm_cache_dtype"];
        let is_wide = wide.iter().any(|key| config.text(key) == Some("float32"));
        let bytes = if is_wide { 4.0 } else { 2.0 };
        Mixer {
            params: projections + widths.convolved * widths.kernel,
            state_bytes: widths.state * bytes + widths.convolved * (widths.kernel - 1.0).max(0.0) * 2.0,
        }
    }
}

/// Gated delta net (Qwen3-Next, Qwen3.5).
fn delta_net(config: &Config, hidden: f64) -> Option<Mixer> {
    let key_heads = config.number(&["linear_num_key_heads"])?;
    let value_heads = config.number(&["linear_num_value_heads"])?;
    let (key_dim, value_dim) =
        (config.number(&["linear_key_head_dim"])?, config.number(&["linear_value_head_dim"])?);
    let (keys, values) = (key_heads * key_dim, value_heads * value_dim);
    let widths = Widths {
        hidden,
        convolved: 2.0 * keys + values,
        kernel: config.number(&["linear_conv_kernel_dim"])?,
        state: value_heads * key_dim * value_dim,
    };
    let projections = widths.hidden * (2.0 * keys + 3.0 * values + 2.0 * value_heads);
    Some(Mixer::with(config, projections, &widths))
}

/// Kimi delta attention: queries, keys and values as wide as each other, two gates of low rank.
fn kimi_delta(config: &Config, hidden: f64) -> Option<Mixer> {
    let part = config.part("linear_attn_config")?;
    let (heads, dim) = (part.number(&["num_heads"])?, part.number(&["head_dim"])?);
    let width = heads * dim;
    let widths = Widths {
        hidden,
        convolved: 3.0 * width,
        kernel: part.number(&["short_conv_kernel_size"])?,
        state: width * dim,
    };
    let gates = 2.0 * (hidden * dim + dim * width) + hidden * heads;
    Some(Mixer::with(config, 4.0 * widths.hidden * width + gates, &widths))
}

/// Mamba 2 (Falcon-H1, Granite 4, Nemotron-H).
fn mamba_2(config: &Config, hidden: f64) -> Option<Mixer> {
    let heads = config.number(&["mamba_n_heads", "mamba_num_heads"])?;
    let dim = config.number(&["mamba_d_head", "mamba_head_dim"])?;
    let state = config.number(&["mamba_d_state", "ssm_state_size"])?;
    let groups = config.number(&["mamba_n_groups", "n_groups"])?;
    let inner = heads * dim;
    let widths = Widths {
        hidden,
        convolved: inner + 2.0 * groups * state,
        kernel: config.number(&["mamba_d_conv", "conv_kernel"])?,
        state: inner * state,
    };
    let projections = widths.hidden * (inner + widths.convolved + heads) + inner * hidden;
    Some(Mixer::with(config, projections, &widths))
}

/// The first Mamba (Jamba).
fn mamba_1(config: &Config, hidden: f64) -> Option<Mixer> {
    let (state, rank) = (config.number(&["mamba_d_state"])?, config.number(&["mamba_dt_rank"])?);
    let inner = config.number(&["mamba_expand"])? * hidden;
    let kernel = config.number(&["mamba_d_conv"])?;
    let widths = Widths { hidden, convolved: inner, kernel, state: inner * state };
    let projections =
        3.0 * widths.hidden * inner + inner * (rank + 2.0 * state) + rank * inner + inner * state;
    Some(Mixer::with(config, projections, &widths))
}
