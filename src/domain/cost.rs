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

pub use build::{Built, Study, Unpriced, today};
pub use curve::{Curve, Piece, Point};
pub use fit::{Fit, GpuCost, MemoryUse};
pub use fleet::{Fleet, FleetMonth};
pub use ledger::{Ledger, Line, Lines};
pub use operation::{CostModel, Variant, sized_growth};
pub use people::{
    Part, WEEKS_PER_MONTH, label_price_of_people, labels_for, labels_missing, lead_weeks, parts,
};
pub use prices::{PricePath, listed_prices, price_path};
pub use retrieval::{RetrievalCost, retrieval_cost};
pub use shared::SharedHardware;
pub use tokens::{CallPrice, CallTokens, TokenFlow, TokenPrices, cache_hit_share};
pub use training::{TrainingJob, training_tokens};
