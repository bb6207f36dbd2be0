//! The envelope as the text of a link: deflated, then base64url without padding.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::envelope::{MOST_JSON_BYTES, from_json, to_json};
use super::{DecodeError, Decoded, Headline};
use crate::domain::scenario::Scenario;

/// What stands before the text in a link.
pub const LINK_PREFIX: &str = "#s=";

/// The longest text that is looked at: a policy makes a link long.
const MOST_TEXT_BYTES: usize = 96 * 1024;
/// So many bytes of JSON for each byte of a link beyond the first few: scenarios, policies too, stay far below, and a
/// short link that unfolds to megabytes is not read.
const MOST_EXPANSION: usize = 40;
/// What a link of any length may hold, in bytes of JSON.
const LEAST_JSON_BYTES: usize = 16 * 1024;
/// The slowest and smallest.
const COMPRESSION_LEVEL: u8 = 10;

/// Mail programs and chats like to add padding; it means nothing here.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The text of a link that carries the whole scenario.
///
/// The zlib wrapper costs eight characters and carries a checksum: without it, a link that lost or
/// changed one character could open as a different scenario instead of as a damaged one.
pub fn encode(scenario: &Scenario, headline: &Headline) -> String {
    let json = to_json(scenario, headline);
    BASE64URL.encode(compress_to_vec_zlib(json.as_bytes(), COMPRESSION_LEVEL))
}

/// Read the text of a link.
///
/// # Errors
/// [`DecodeError`] where it is too long, damaged, no scenario, or from a later format.
pub fn decode(text: &str) -> Result<Decoded, DecodeError> {
    let text = text.trim();
    if text.len() > MOST_TEXT_BYTES {
        return Err(DecodeError::TooLong);
    }
    let deflated = BASE64URL.decode(text).map_err(|_| DecodeError::Damaged)?;
    let most = (LEAST_JSON_BYTES + deflated.len() * MOST_EXPANSION).min(MOST_JSON_BYTES);
    let json = decompress_to_vec_zlib_with_limit(&deflated, most).map_err(|error| match error.status {
        miniz_oxide::inflate::TINFLStatus::HasMoreOutput => DecodeError::TooLong,
        _ => DecodeError::Damaged,
    })?;
    let json = std::str::from_utf8(&json).map_err(|_| DecodeError::Damaged)?;
    from_json(json)
}
