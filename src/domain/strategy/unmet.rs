//! What exclusions speak of beside models and rules: offers that are closed, prices that nobody knows, memory that
//! is short.

use std::fmt;

use crate::domain::units::Date;

/// An offer to tune models that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedOffer {
    /// Base and provider, by their names.
    pub offer: String,
    /// Why not.
    pub why: OfferClosed,
}

/// Why an offer to tune models cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferClosed {
    /// It is over.
    Over,
    /// Only those who are customers already may start jobs.
    ToNewCustomers,
    /// It takes no new jobs after this day, which lies before the cut-over.
    NoNewJobsAfter(Date),
    /// It serves no longer than this day, which is less than a year from the cut-over.
    ServingEnds(Date),
}

impl fmt::Display for OfferClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OfferClosed::Over => f.write_str("closed"),
            OfferClosed::ToNewCustomers => f.write_str("closed to new customers"),
            OfferClosed::NoNewJobsAfter(date) => write!(f, "no new jobs after {}", date.words()),
            OfferClosed::ServingEnds(date) => write!(f, "serves until {} only", date.words()),
        }
    }
}

/// What is not known of the GPUs that are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GpuPrice {
    /// Their purchase.
    Purchase,
    /// Their rent at a hyperscaler.
    HyperscalerRent,
    /// Their rent at a specialised cloud.
    NeocloudRent,
}

impl fmt::Display for GpuPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            GpuPrice::Purchase => "purchase price",
            GpuPrice::HyperscalerRent => "price to rent at a hyperscaler",
            GpuPrice::NeocloudRent => "price to rent at a GPU cloud",
        })
    }
}

/// The GPUs that come nearest to holding a training run.
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryShortfall {
    /// The GPU.
    pub gpu: String,
    /// How many of them.
    pub gpus: u32,
    /// Memory that each of them needs, GiB.
    pub needed_gib: f64,
    /// Memory that each of them has, GiB.
    pub usable_gib: f64,
}

/// Offers that are listed; more are counted.
const OFFERS_LISTED: usize = 2;

/// Which offers cannot be taken, and why.
pub(super) fn closed_offers(offers: &[ClosedOffer], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("no offer to tune can be taken")?;
    for (place, ClosedOffer { offer, why }) in offers.iter().take(OFFERS_LISTED).enumerate() {
        write!(f, "{} {offer} ({why})", if place == 0 { ":" } else { "," })?;
    }
    match offers.len().saturating_sub(OFFERS_LISTED) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::strategy::Exclusion;

    #[test]
    fn what_is_closed_says_which_offer_and_which_date() {
        let date = Date { year: 2027, month: 1, day: 6 };
        let offer = |offer: &str, why| ClosedOffer { offer: offer.to_owned(), why };
        let mut offers = vec![
            offer("gpt-4.1 at OpenAI", OfferClosed::ServingEnds(date)),
            offer("any base at Mistral", OfferClosed::Over),
        ];
        let says =
            |offers: &[ClosedOffer]| Exclusion::TuningOffersClosed { offers: offers.to_vec() }.to_string();
        assert_eq!(
            says(&offers),
            "no offer to tune can be taken: gpt-4.1 at OpenAI (serves until 6 January 2027 only), any base at Mistral (closed)"
        );
        offers.push(offer("any base at Cohere", OfferClosed::ToNewCustomers));
        assert!(says(&offers).ends_with(", any base at Mistral (closed) and 1 more"), "{}", says(&offers));
    }

    #[test]
    fn reasons_of_memory_price_and_number_say_the_numbers() {
        let nearest = MemoryShortfall { gpu: "L4".to_owned(), gpus: 2, needed_gib: 30.04, usable_gib: 22.0 };
        let out = Exclusion::TrainingDoesNotFit {
            how: "LoRA training",
            model: "Qwen3-32B".to_owned(),
            nearest: Some(nearest),
        };
        assert_eq!(
            out.to_string(),
            "LoRA training of Qwen3-32B does not fit the GPUs allowed for training: on 2 × L4 it needs 30.0\u{a0}GiB of each, which has 22.0\u{a0}GiB"
        );
        let unpriced = |gpus: &[&str]| {
            let gpus = gpus.iter().map(|gpu| (*gpu).to_owned()).collect();
            Exclusion::NoPricedGpu { gpus, price: GpuPrice::HyperscalerRent }.to_string()
        };
        assert_eq!(unpriced(&[]), "no GPU of the catalogue has a known price to rent at a hyperscaler");
        assert_eq!(unpriced(&["L40S"]), "L40S has no known price to rent at a hyperscaler");
        assert_eq!(
            unpriced(&["L40S", "B200"]),
            "none of L40S, B200 has a known price to rent at a hyperscaler"
        );
        let few = Exclusion::TooFewGpus { needed: 4.0, most: 1.0 };
        assert_eq!(few.to_string(), "it takes 4\u{a0}GPUs at the peak, and there are 1 at most");
        assert_eq!(few.relax().as_deref(), Some("4\u{a0}GPUs"));
    }
}
