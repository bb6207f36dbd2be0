//! Rows of serving: which software ran, which rows a figure counts and which stand apart.

/// The software that served, whatever its release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// vLLM.
    Vllm,
    /// SGLang.
    Sglang,
    /// NVIDIA TensorRT-LLM.
    TensorRtLlm,
    /// LMDeploy.
    LmDeploy,
    /// llama.cpp.
    LlamaCpp,
    /// Text Generation Inference.
    Tgi,
    /// AMD ATOM.
    Atom,
    /// Another one, or none is named.
    Unnamed,
}

impl Server {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Vllm,
        Self::Sglang,
        Self::TensorRtLlm,
        Self::LmDeploy,
        Self::LlamaCpp,
        Self::Tgi,
        Self::Atom,
        Self::Unnamed,
    ];

    /// Name as its makers write it.
    pub const fn label(self) -> &'static str {
        match self {
            Server::Vllm => "vLLM",
            Server::Sglang => "SGLang",
            Server::TensorRtLlm => "TensorRT-LLM",
            Server::LmDeploy => "LMDeploy",
            Server::LlamaCpp => "llama.cpp",
            Server::Tgi => "TGI",
            Server::Atom => "ATOM",
            Server::Unnamed => "not named",
        }
    }

    /// Read from the cell `engine`, which starts with the name.
    pub(super) fn from_cell(text: &str) -> Self {
        let name = text.to_ascii_lowercase();
        let starts = [
            ("vllm", Server::Vllm),
            ("sglang", Server::Sglang),
            ("tensorrt-llm", Server::TensorRtLlm),
            ("lmdeploy", Server::LmDeploy),
            ("llama.cpp", Server::LlamaCpp),
            ("tgi", Server::Tgi),
            ("amd atom", Server::Atom),
        ];
        starts
            .iter()
            .find(|(start, _)| name.starts_with(start))
            .map_or(Server::Unnamed, |(_, server)| *server)
    }
}

/// Whether the figures of a group count a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They do.
    Counted,
    /// Short requests all sent at once: the mean over the run holds the ramp and the drain.
    Burst,
    /// Software that is built for one user on one machine.
    LlamaCpp,
    /// Software that is no longer developed.
    Tgi,
    /// A stack of one hardware vendor that few run.
    Atom,
    /// A release of 2024 or earlier.
    Older,
}

/// The first year of the releases that the figures count.
const FIRST_YEAR: u32 = 2025;
/// Requests sent at once with fewer input tokens are over before the run is steady.
const SHORT_BURST_TOKENS: f64 = 1900.0;

impl Standing {
    /// Those that stand apart, in the order of reports.
    pub const APART: [Self; 5] = [Self::Burst, Self::LlamaCpp, Self::Tgi, Self::Atom, Self::Older];

    /// Words for reports.
    pub const fn label(self) -> &'static str {
        match self {
            Standing::Counted => "steady",
            Standing::Burst => "bursts",
            Standing::LlamaCpp => "llama.cpp",
            Standing::Tgi => "TGI",
            Standing::Atom => "ATOM",
            Standing::Older => "older releases",
        }
    }

    /// What the cells say of it; `year` is that of the measurement.
    pub(super) fn of(server: Server, year: Option<u32>, is_burst: bool, input_tokens: f64) -> Self {
        match server {
            Server::LlamaCpp => Standing::LlamaCpp,
            Server::Tgi => Standing::Tgi,
            Server::Atom => Standing::Atom,
            _ if year.is_some_and(|year| year < FIRST_YEAR) => Standing::Older,
            _ if is_burst && input_tokens < SHORT_BURST_TOKENS => Standing::Burst,
            _ => Standing::Counted,
        }
    }
}
