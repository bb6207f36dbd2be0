//! Models and hardware: what to compare.

use super::{
    ApiPayment, CachePrecision, GpuBilling, GpuCount, Maturity, ServiceTier, TrainingLoop, WeightPrecision,
    YOURS, choice, flag, input_group, names, number, optional_number, row,
};
use crate::domain::catalog::choice::{NameTable, RowTable};
use crate::domain::units::Unit;

/// The cache format of engines as they are installed.
const AS_SHIPPED: super::Source = super::Source {
    title: "vLLM and SGLang: kv-cache-dtype auto keeps the model's 16 bits",
    as_of: "2026-11",
    confidence: Some(crate::domain::catalog::Confidence::Recall),
};

input_group! {
    /// The models and GPUs to compare.
    Models (models) {
        api_model: String = "gpt-6.1-sol".to_owned() => row("API model", RowTable::ApiChat).basic()
            .help("The model you would prompt first.");
        small_api_model: String = "gpt-6-luna".to_owned() => row("Smaller API model", RowTable::ApiChat)
            .help("Compared on its own and as the cheap half of routing.");
        open_model: String = "gpt-oss-120b".to_owned() => row("Open model", RowTable::OpenModel)
            .help("Open weights prompted as they are, managed or on own GPUs.");
        base_model: String = "Llama-3.1-8B".to_owned() => row("Base to tune", RowTable::OpenModel)
            .help("By default a size class smaller than the open model: small tuned models can match larger ones on a narrow task.");
        embedding_model: String = "text-embedding-3-small".to_owned() => row("Embedding model", RowTable::Embedding)
            .help("Turns documents and queries into vectors for retrieval.");
        managed_offer: String = "auto".to_owned() => row("Managed open weights at", RowTable::ManagedOffer)
            .help("Auto: the cheapest provider of exactly these weights.");
        hosted_tuning: String = "auto".to_owned() => row("Hosted tuning at", RowTable::HostedTuning)
            .help("Auto: the cheapest offer that is open to you and whose prices are known.");
        reasoning_multiplier_api: f64 = 1.0 => number("Reasoning multiplier, API model", 1.0, 1.0, 50.0, Unit::Plain("× visible output")).between(1.0, 4.0)
            .help("Hidden reasoning is billed as output: 1 is none, 5 means four hidden tokens for each visible one.");
        reasoning_multiplier_small: f64 = 1.0 => number("Reasoning multiplier, smaller API model", 1.0, 1.0, 50.0, Unit::Plain("× visible output")).between(1.0, 4.0)
            .help("As above, for the smaller model.");
        reasoning_multiplier_open: f64 = 1.0 => number("Reasoning multiplier, open models", 1.0, 1.0, 50.0, Unit::Plain("× visible output")).between(1.0, 4.0)
            .help("As above, for the open model and the tuned base.");
        tokenizer_ratio_small: f64 = 1.0 => number("Tokens of the smaller model", 1.0, 0.3, 3.0, Unit::Plain("× tokens of the API model")).between(0.9, 1.2)
            .help("Different tokenizers cut the same text into more or fewer tokens.");
        tokenizer_ratio_open: f64 = 1.0 => number("Tokens of the open models", 1.0, 0.3, 3.0, Unit::Plain("× tokens of the API model")).between(0.9, 1.2)
            .help("Different tokenizers cut the same text into more or fewer tokens.");
        gpu_billing: GpuBilling = GpuBilling::Autoscaled => choice("How GPUs are paid", GpuBilling::OPTIONS)
            .help("Own premises and air gap always buy.");
        serving_gpu: String = "auto".to_owned() => row("GPU for serving", RowTable::Gpu)
            .help("Auto: the cheapest that meets memory, latency and the data boundary.");
        serving_gpu_count: GpuCount = GpuCount::Auto => choice("GPUs per replica", GpuCount::OPTIONS)
            .help("Auto tries 1, 2, 4, 8, and 16 only where 8 do not fit.");
        training_gpu: String = "auto".to_owned() => row("GPU for training", RowTable::Gpu)
            .help("Auto: the cheapest that holds the training job.");
        training_gpu_count: GpuCount = GpuCount::Auto => choice("GPUs for training", GpuCount::OPTIONS)
            .help("Auto tries 1, 2, 4, 8 and 16.");
        allowed_gpus: Vec<String> = Vec::new() => names("GPUs that are allowed", NameTable::Gpus).source(YOURS)
            .help("None ticked: all that auto considers. Else auto chooses among these, consumer cards included. A GPU that is chosen by name above needs no tick.");
        gpus_at_most: Option<f64> = None => optional_number("GPUs that there are", 1.0, 100_000.0, Unit::Plain("GPUs at most")).whole().source(YOURS)
            .help("What your quota, rack or budget allows at the peak, replicas and cards bought for training together. Blank: any number.");
        consumer_gpus: bool = false => flag("Consumer GPUs are allowed")
            .help("RTX cards: cheap, but the GeForce licence forbids data centres. QLoRA's classic home.");
        weight_precision: WeightPrecision = WeightPrecision::Auto => choice("Weights served as", WeightPrecision::OPTIONS)
            .help("Auto: the published 4-bit weights where a model ships so, else fp8 where the GPU computes it, else bf16. Embeddings and the output head stay in bf16, except in GGUF files.");
        maturity: Maturity = Maturity::Vllm => choice("Serving software", Maturity::OPTIONS)
            .help("Its launches, scheduling, prefill and share of the memory are as measured: engines of 2025 and 2026 on 365 published rows, vendor-tuned ones on 68. A plain loop answers one call at a time.");
        peak_utilisation: f64 = 0.65 => number("Highest planned load of a GPU", 0.65, 0.1, 1.0, Unit::Share("of capacity")).between(0.5, 0.8)
            .help("Beyond it queues grow. Headroom for the peak hour.");
        length_tail: f64 = 4.0 => number("Longest request", 4.0, 1.0, 100.0, Unit::Plain("× typical length")).between(2.0, 8.0)
            .help("Memory must hold one request this much longer than usual.");
        lora_rank: f64 = 16.0 => number("LoRA rank", 16.0, 1.0, 1_024.0, Unit::Plain("")).whole().between(8.0, 64.0)
            .help("Size of the adapter matrices.");
        custom_params: f64 = 1e9 => number("Size of a custom model", 1e9, 1e7, 1e12, Unit::Plain("parameters")).counted().log()
            .help("Trained from scratch.");
        custom_tokens_per_param: f64 = 1_000.0 => number("Training tokens of a custom model", 1_000.0, 20.0, 10_000.0, Unit::Plain("per parameter")).log().between(200.0, 2_000.0)
            .help("20 is only the compute-optimal floor; models meant for use train on 1,000 or more (Llama 3 8B: 1,900).");
        api_input_price: Option<f64> = None => optional_number("Your input price of the API model", 0.0, 10_000.0, Unit::Usd("per million tokens")).source(YOURS)
            .help("What your contract says, in place of the list; cached and batched input keep their ratio to it. Until the model retires.");
        api_output_price: Option<f64> = None => optional_number("Your output price of the API model", 0.0, 10_000.0, Unit::Usd("per million tokens")).source(YOURS)
            .help("What your contract says, in place of the list.");
        serving_gpu_price: Option<f64> = None => optional_number("Your price of the serving GPU", 0.01, 1_000.0, Unit::Usd("an hour")).source(YOURS)
            .help("What you pay for one of the GPUs chosen for serving where they are rented, discounts included.");
        measured_speed_open: Option<f64> = None => optional_number("Measured speed, open model", 0.1, 1e7, Unit::Plain("output tokens a second")).source(YOURS)
            .help("What one replica of the open model wrote under your load and within your latency, on the GPU and number chosen for serving. Replaces the estimate and its range.");
        measured_speed_tuned: Option<f64> = None => optional_number("Measured speed, tuned base", 0.1, 1e7, Unit::Plain("output tokens a second")).source(YOURS)
            .help("As above, for the tuned base.");
        measured_hours_qlora: Option<f64> = None => optional_number("Measured QLoRA run", 0.01, 1e8, Unit::Plain("GPU-hours")).source(YOURS)
            .help("What one training run took on the GPU and number chosen for training. Replaces the estimate and its range.");
        measured_hours_lora: Option<f64> = None => optional_number("Measured LoRA run", 0.01, 1e8, Unit::Plain("GPU-hours")).source(YOURS)
            .help("As above, for LoRA.");
        measured_hours_full: Option<f64> = None => optional_number("Measured full fine-tuning run", 0.01, 1e8, Unit::Plain("GPU-hours")).source(YOURS)
            .help("As above, for all parameters.");
        measured_mfu: Option<f64> = None => optional_number("Measured utilisation of training (MFU)", 0.01, 1.0, Unit::Share("of the dense bf16 peak")).source(YOURS)
            .help("Operations of the run, recomputation included, over what the GPU chosen for training could do in that time. Replaces the estimated time of every tuning run whose GPU-hours are not measured.");
        measured_memory_open: Option<f64> = None => optional_number("Measured weights and runtime, open model", 0.1, 10_000.0, Unit::Plain("GiB of each GPU")).source(YOURS)
            .help("What the open model takes of each GPU chosen for serving before the first request, as its software reports it. The rest is left for the attention cache.");
        measured_memory_tuned: Option<f64> = None => optional_number("Measured weights and runtime, tuned base", 0.1, 10_000.0, Unit::Plain("GiB of each GPU")).source(YOURS)
            .help("As above, for the tuned base.");
        measured_memory_qlora: Option<f64> = None => optional_number("Measured peak memory, QLoRA", 0.1, 10_000.0, Unit::Plain("GiB of each GPU")).source(YOURS)
            .help("The most that a training run took of each GPU chosen for training. Decides whether it fits, in place of the estimate.");
        measured_memory_lora: Option<f64> = None => optional_number("Measured peak memory, LoRA", 0.1, 10_000.0, Unit::Plain("GiB of each GPU")).source(YOURS)
            .help("As above, for LoRA.");
        measured_memory_full: Option<f64> = None => optional_number("Measured peak memory, full fine-tuning", 0.1, 10_000.0, Unit::Plain("GiB of each GPU")).source(YOURS)
            .help("As above, for all parameters.");
        kv_precision: CachePrecision = CachePrecision::Bf16 => choice("Attention cache kept in", CachePrecision::OPTIONS).source(AS_SHIPPED)
            .help("Engines keep it in bf16 whatever the weights, unless told otherwise (vLLM and SGLang: kv-cache-dtype). fp8 holds twice the tokens.");
        training_loop: TrainingLoop = TrainingLoop::Tuned => choice("Software of tuning", TrainingLoop::OPTIONS)
            .help("Decides memory and time. Chunked: Unsloth, Liger, torchtune and the like. A plain loop holds the logits of the whole example, which a large vocabulary makes tens of GiB.");
        service_tier: ServiceTier = ServiceTier::Automatic => choice("Service tier of API models", ServiceTier::OPTIONS).source(YOURS)
            .help("Calls that can wait take batch or flex, whichever costs less, unless you choose; all others standard. Flex promises no answer time, so calls that cannot wait never take it; priority is a premium and taken only if chosen. A model without the tier bills standard.");
        api_payment: ApiPayment = ApiPayment::Cheapest => choice("API models are paid", ApiPayment::OPTIONS).source(YOURS)
            .help("One way for the whole horizon, as a commitment is made for good: per token, by units of provisioned throughput, or by seats, where the row of the model has a price for them. A model without the way you choose is paid per token, and so are models that requests are routed between.");
    }
}

impl Models {
    /// Whether it is said what serves: a measurement holds for the GPU and number it was made on.
    pub fn serving_is_chosen(&self) -> bool {
        self.serving_gpu != "auto" && self.serving_gpu_count.pinned().is_some()
    }

    /// Whether it is said what trains.
    pub fn training_is_chosen(&self) -> bool {
        self.training_gpu != "auto" && self.training_gpu_count.pinned().is_some()
    }

    /// Take back what was measured or priced on a GPU that is not said; the ids of those inputs.
    pub(in crate::domain) fn without_place(&mut self) -> Vec<&'static str> {
        let (serving, training) = (self.serving_is_chosen(), self.training_is_chosen());
        let places = [
            ("serving_gpu_price", self.serving_gpu != "auto", &mut self.serving_gpu_price),
            ("measured_speed_open", serving, &mut self.measured_speed_open),
            ("measured_speed_tuned", serving, &mut self.measured_speed_tuned),
            ("measured_hours_qlora", training, &mut self.measured_hours_qlora),
            ("measured_hours_lora", training, &mut self.measured_hours_lora),
            ("measured_hours_full", training, &mut self.measured_hours_full),
            ("measured_mfu", training, &mut self.measured_mfu),
            ("measured_memory_open", serving, &mut self.measured_memory_open),
            ("measured_memory_tuned", serving, &mut self.measured_memory_tuned),
            ("measured_memory_qlora", training, &mut self.measured_memory_qlora),
            ("measured_memory_lora", training, &mut self.measured_memory_lora),
            ("measured_memory_full", training, &mut self.measured_memory_full),
        ];
        let mut ids = Vec::new();
        for (id, chosen, value) in places {
            if !chosen && value.take().is_some() {
                ids.push(id);
            }
        }
        ids
    }
}
