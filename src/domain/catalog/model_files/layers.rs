//! Which layers see the whole context, a window, or keep a state that does not grow.

use serde_json::Value;

use super::config::Config;
use super::family::{Family, Hybrid, Windows};
use super::unknown::Unknown;

/// Most layers that a model may have: as in the columns of the catalogue.
const MOST_LAYERS: f64 = 10_000.0;

/// How many layers of which kind; a layer may have attention and a state side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layers {
    /// All of them.
    pub all: f64,
    /// With attention over the whole context.
    pub full: f64,
    /// With attention over a window.
    pub windowed: f64,
    /// With linear attention or a state space.
    pub linear: f64,
    /// With a feed-forward block, where not all have one: with experts, and without.
    pub ffn: Option<(f64, f64)>,
}

impl Layers {
    /// Count them.
    ///
    /// # Errors
    /// What is missing or not known.
    pub fn of(config: &Config, family: &Family) -> Result<Layers, Unknown> {
        let keys = ["num_hidden_layers", "n_layer", "n_layers", "num_layers"];
        let letters = letters(config).filter(|_| family.hybrid == Hybrid::Letters);
        let all = letters.map(|letters| letters.chars().count() as f64).or_else(|| config.number(&keys));
        let all = all
            .filter(|all| (1.0..=MOST_LAYERS).contains(all))
            .ok_or(Unknown::Missing("num_hidden_layers"))?;
        let none = Layers { all, ..Layers::default() };
        match family.hybrid {
            Hybrid::Letters => none.by_letters(letters.ok_or(Unknown::Missing("hybrid_override_pattern"))?),
            Hybrid::Numbered => none.numbered(config),
            Hybrid::Parallel => Ok(Layers { full: all, linear: all, ..none }),
            Hybrid::No | Hybrid::Interval | Hybrid::Period | Hybrid::Listed => {
                none.listed_or_by_rule(config, family)
            }
        }
    }

    fn listed_or_by_rule(self, config: &Config, family: &Family) -> Result<Layers, Unknown> {
        if let Some(types) = config.list("layer_types").or_else(|| config.list("layers_block_type")) {
            return self.listed(types);
        }
        let all = self.all;
        match family.hybrid {
            Hybrid::Interval => {
                let every = config
                    .number(&["full_attention_interval"])
                    .or_else(|| family.default("full_attention_interval"));
                let every =
                    every.filter(|every| *every >= 1.0).ok_or(Unknown::Missing("full_attention_interval"))?;
                let full = libm::floor(all / every);
                Ok(Layers { full, linear: all - full, ..self })
            }
            Hybrid::Period => {
                let period = config.number(&["attn_layer_period"]).filter(|period| *period >= 1.0);
                let period = period.ok_or(Unknown::Missing("attn_layer_period"))?;
                let full = from_on(all, period, config.number(&["attn_layer_offset"]));
                Ok(Layers { full, linear: all - full, ..self })
            }
            Hybrid::Listed => Err(Unknown::Missing("layer_types")),
            _ => Ok(self.by_window(config, family)),
        }
    }

    /// By the window that the file gives and what the family makes of it.
    fn by_window(self, config: &Config, family: &Family) -> Layers {
        let all = self.all;
        let has_window = window(config, family).is_some();
        let windowed = match family.windows {
            Windows::Never => 0.0,
            _ if !has_window => 0.0,
            Windows::All => all,
            Windows::Asked if config.flag("use_sliding_window") == Some(true) => {
                let first = config.number(&["max_window_layers"]).unwrap_or(0.0);
                (all - first).max(0.0)
            }
            Windows::Asked => 0.0,
            Windows::AllBut(every) => {
                let said = config.number(&["sliding_window_pattern", "_sliding_window_pattern"]);
                all - libm::floor(all / said.filter(|said| *said >= 1.0).unwrap_or(f64::from(every)))
            }
        };
        Layers { full: all - windowed, windowed, ..self }
    }

    /// By the list of the file, which names the kind of each.
    fn listed(mut self, types: &[Value]) -> Result<Layers, Unknown> {
        if types.len() as f64 != self.all {
            return Err(Unknown::Layers);
        }
        for kind in types {
            let kind = kind.as_str().unwrap_or_default();
            let place = match kind {
                "full_attention" | "attention" | "global_attention" => &mut self.full,
                "sliding_attention" | "chunked_attention" | "local_attention" => &mut self.windowed,
                "linear_attention" | "mamba" | "mamba2" => &mut self.linear,
                other => return Err(Unknown::LayerType(other.to_owned())),
            };
            *place += 1.0;
        }
        Ok(self)
    }

    /// By one letter for each: M a state space, * attention, - a feed-forward block, E one of experts.
    fn by_letters(mut self, letters: &str) -> Result<Layers, Unknown> {
        let (mut plain, mut mixtures) = (0.0, 0.0);
        for letter in letters.chars() {
            let place = match letter {
                'M' => &mut self.linear,
                '*' => &mut self.full,
                '-' => &mut plain,
                'E' => &mut mixtures,
                other => return Err(Unknown::LayerType(other.to_string())),
            };
            *place += 1.0;
        }
        self.ffn = Some((mixtures, plain));
        Ok(self)
    }

    /// By the numbers of those with full attention.
    fn numbered(self, config: &Config) -> Result<Layers, Unknown> {
        let part = config.part("linear_attn_config").ok_or(Unknown::Missing("linear_attn_config"))?;
        let count =
            |key: &'static str| part.list(key).map(|list| list.len() as f64).ok_or(Unknown::Missing(key));
        let (full, linear) = (count("full_attn_layers")?, count("kda_layers")?);
        if full + linear == self.all { Ok(Layers { full, linear, ..self }) } else { Err(Unknown::Layers) }
    }
}

/// The letters of a file whose layers are one block each.
fn letters(config: &Config) -> Option<&str> {
    config.text("hybrid_override_pattern").filter(|letters| letters.len() as f64 <= MOST_LAYERS)
}

/// Tokens that a windowed layer keeps.
pub fn window(config: &Config, family: &Family) -> Option<f64> {
    // A file that says null has none, whatever the default of its class.
    let said_none = config.says_null("sliding_window");
    let default = || family.default("sliding_window").filter(|_| !said_none);
    config
        .number(&["sliding_window", "attention_chunk_size"])
        .or_else(default)
        .filter(|window| *window >= 1.0)
}

/// How many of so many layers are those of a period, from an offset on.
pub fn from_on(all: f64, period: f64, offset: Option<f64>) -> f64 {
    libm::ceil((all - offset.unwrap_or(0.0)).max(0.0) / period)
}
