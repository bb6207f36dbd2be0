//! Inputs × strategy → ledger, total cost of ownership and the figures read off them.

mod bill_words;
mod build;
mod curve;
mod explain;
mod fit;
mod fleet;
mod ledger;
mod operation;
mod people;
mod prices;
mod retrieval;
mod serving;
mod shared;
mod tokens;
mod training;
mod ways;

pub use build::{Built, Study, Unpriced};
pub use curve::{Curve, Piece, Point};
pub use fit::{Fit, GpuCost, MemoryUse};
pub use fleet::{Fleet, FleetMonth};
pub use ledger::{Ledger, Line, Lines};
pub use operation::{CostModel, Variant, sized_growth};
pub use people::label_price_of_people;
pub use prices::{PricePath, listed_prices, price_path};
pub use retrieval::{RetrievalCost, retrieval_cost};
pub use shared::SharedHardware;
pub use tokens::{CallPrice, TokenFlow, TokenPrices, cache_hit_share};
pub use training::{TrainingJob, training_tokens};
