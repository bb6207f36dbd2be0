//! Case × strategy → ledger, total cost of ownership and the figures read off them.

mod api;
mod bounds;
mod configuration;
mod costed;
mod crossings;
mod curve;
mod fit;
mod fixed;
mod fleet;
mod hosted;
mod ledger;
mod model;
mod operation;
mod own_gpus;
mod prices;
mod retrieval;
mod setting;
mod tokens;

pub use bounds::Piece;
pub use configuration::{quality_of, same_configuration};
pub use costed::{Against, Costed, UntilReady, existing_parts, exit_usd};
pub use crossings::{BreakEven, Crossing, VOLUME_RANGE, break_even, month_reached, said};
pub use curve::{Curve, Point};
pub use fit::{Fit, GpuCost, MemoryUse, fit};
pub use fixed::{FixedTerms, is_retrain, label_price_of_people, on_call};
pub use fleet::{Fleet, FleetMonth};
pub use hosted::{endpoint_usd_per_month, run_usd};
pub use ledger::{Ledger, Line, Lines};
pub use model::{CostModel, Origin, Variant, sized_growth};
pub use operation::{ModelCalls, Offer, Operation, TunedOffer};
pub use own_gpus::{continued_pretraining_usd, first_runs};
pub use prices::{PriceEvent, PricePath, has_own_price, listed_prices, price_path};
pub use retrieval::{Embedder, RetrievalCost, retrieval_cost};
pub use setting::{Setting, StandingCards, Unpriced};
pub use tokens::{CachedCalls, CallPrice, LongContext, TokenFlow, TokenPrices, cache_hit_share};
