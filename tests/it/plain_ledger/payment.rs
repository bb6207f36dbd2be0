//! Units of throughput and seats beside prices per token (method §4, shapes of price).

use tunewise::domain::catalog::{ApiModel, SeatBeyond};
use tunewise::domain::input::ApiPayment;

use super::amounts::Month;
use super::hardware::{levels, up};
use super::months::{HOURS, Plain};
use super::prices::Path;
use super::tokens::{Call, month_usd};
use super::ways::Way;

/// A way to serve for each way to pay: those that the row has, or the one that is asked for where it has.
pub fn ways_to_pay(plain: &Plain, row: &ApiModel, call: &Call, path: &Path, per_token: Way) -> Vec<Way> {
    let asked = plain.inputs.models.api_payment;
    // Units and seats of a model that takes over are others.
    let units = units(plain, row, call, path).filter(|_| !path.hands_over);
    let seats = seats(plain, row, call, path).filter(|_| !path.hands_over);
    let way = |running: Vec<Month>| Way {
        running,
        migrations: per_token.migrations.clone(),
        training: per_token.training,
    };
    let (units, seats) = (units.map(way), seats.map(way));
    match asked {
        ApiPayment::Provisioned if units.is_some() => units.into_iter().collect(),
        ApiPayment::Seats if seats.is_some() => seats.into_iter().collect(),
        ApiPayment::Cheapest => [Some(per_token), units, seats].into_iter().flatten().collect(),
        _ => vec![per_token],
    }
}

/// Units for the busiest hour of the busiest month of each term, all month.
fn units(plain: &Plain, row: &ApiModel, call: &Call, path: &Path) -> Option<Vec<Month>> {
    let (usd, a_minute) = (row.provisioned_usd_per_unit_hour?, row.provisioned_tokens_per_minute?);
    let weight = row.provisioned_output_weight.unwrap_or(1.0);
    let tokens = match call.split {
        Some([full, read, written, hour, output]) => full + read + written + hour + weight * output,
        None => call.input() + weight * call.output,
    };
    let term = row.provisioned_commitment_months.unwrap_or(1.0) as usize;
    if term > plain.horizon() || tokens == 0.0 {
        return None;
    }
    let calls_a_second = a_minute / tokens / 60.0;
    let work = &plain.inputs.work;
    let waiting = work.deferrable_share;
    let mut months = vec![Month::default(); plain.horizon() + 1];
    for month in 1..=plain.horizon() {
        let begins = (month - 1) / term * term + 1;
        let ends = (begins + term - 1).min(plain.horizon());
        let requests = (begins..=ends).map(|it| plain.requests(it)).fold(0.0, f64::max);
        let arriving = requests * plain.calls_per_request() / HOURS / 3_600.0;
        let mut units = row.provisioned_min_units.unwrap_or(1.0).max(1.0);
        for (weight, _) in levels(work.shape) {
            units = units.max(up(arriving * (1.0 - waiting) * weight * work.burst / calls_a_second));
        }
        if waiting > 0.0 {
            units = units.max(up(arriving / calls_a_second / 0.9));
        }
        months[month].serving = units * usd * HOURS * path.left[month];
    }
    Some(months)
}

/// A seat for each user; beyond what they include tokens, or further seats.
fn seats(plain: &Plain, row: &ApiModel, call: &Call, path: &Path) -> Option<Vec<Month>> {
    let users = plain.inputs.work.seats?;
    let (usd, each) = (row.seat_usd_per_month?, row.seat_requests_per_month?);
    let mut months = vec![Month::default(); plain.horizon() + 1];
    for month in 1..=plain.horizon() {
        let requests = plain.requests(month);
        let seats = match row.seat_beyond {
            Some(SeatBeyond::PerToken) => {
                let all = month_usd(plain, call, &path.price[month], requests * plain.calls_per_request());
                months[month].tokens = all * (requests - users * each).max(0.0) / requests;
                users
            }
            _ => users.max(up(requests / each)),
        };
        months[month].serving = seats * usd * path.left[month];
    }
    Some(months)
}
