//! The host functions of RFC-145 that only offchain workers use, in its order and its words.
//!
//! Not here: `network_peer_id`, whose prototype has the name of `submit_transaction`.

use sp_core::offchain::HttpRequestStatus;
use sp_wasm_interface::{Value, ValueType};

use super::functions::{ABSENT, Cx, HostFunction, decode, fixed, own};
use ValueType::{I32, I64};

/// All functions.
pub(super) static OFFCHAIN: &[HostFunction] = &[
    own(
        "ext_offchain_submit_transaction_version_2",
        &[I64],
        Some(I32),
        |cx, args| {
            let data = [Value::I64(args[0])];
            let answer = cx.legacy("ext_offchain_submit_transaction_version_1", &data)?;
            Ok(decode::<Result<(), ()>>(&answer)?.map_or(-1, |()| 0))
        },
    ),
    fixed(
        "ext_offchain_random_seed_version_2",
        &[I32],
        "ext_offchain_random_seed_version_1",
    ),
    own(
        "ext_offchain_local_storage_read_version_1",
        &[I32, I64, I64, I32],
        Some(I64),
        |cx, args| {
            let key = [Value::I32(args[0] as i32), Value::I64(args[1])];
            let found = cx.legacy("ext_offchain_local_storage_get_version_1", &key)?;
            let Some(value) = decode::<Option<Vec<u8>>>(&found)? else {
                return Ok(ABSENT);
            };
            let tail = value.get(args[3] as usize..).unwrap_or_default();
            cx.put_if_fits(args[2], tail)?;
            Ok(value.len() as i64)
        },
    ),
    own(
        "ext_offchain_http_request_start_version_2",
        &[I64, I64, I64],
        Some(I64),
        |cx, args| {
            let request = [
                Value::I64(args[0]),
                Value::I64(args[1]),
                Value::I64(args[2]),
            ];
            let answer = cx.legacy("ext_offchain_http_request_start_version_1", &request)?;
            Ok(decode::<Result<u16, ()>>(&answer)?.map_or(-1, i64::from))
        },
    ),
    own(
        "ext_offchain_http_request_add_header_version_2",
        &[I32, I64, I64],
        Some(I64),
        |cx, args| {
            let header = request_and_two(args);
            let answer = cx.legacy("ext_offchain_http_request_add_header_version_1", &header)?;
            Ok(decode::<Result<(), ()>>(&answer)?.map_or(-1, |()| 0))
        },
    ),
    own(
        "ext_offchain_http_request_write_body_version_2",
        &[I32, I64, I64],
        Some(I64),
        |cx, args| {
            let chunk = request_and_two(args);
            let answer = cx.legacy("ext_offchain_http_request_write_body_version_1", &chunk)?;
            let result = decode::<Result<(), HttpFault>>(&answer)?;
            Ok(result.map_or_else(HttpFault::code, |()| 0))
        },
    ),
    own(
        "ext_offchain_http_response_wait_version_2",
        &[I64, I64, I64],
        None,
        |cx, args| {
            let ids = [Value::I64(args[0]), Value::I64(args[1])];
            let answer = cx.legacy("ext_offchain_http_response_wait_version_1", &ids)?;
            let mut codes = Vec::new();
            for status in decode::<Vec<HttpRequestStatus>>(&answer)? {
                // The codes of the Polkadot specification, "HTTP status codes".
                let code = match status {
                    HttpRequestStatus::Invalid => 0,
                    HttpRequestStatus::DeadlineReached => 10,
                    HttpRequestStatus::IoError => 20,
                    HttpRequestStatus::Finished(code) => u32::from(code),
                };
                codes.extend_from_slice(&code.to_le_bytes());
            }
            let room = (args[2] as u64 >> 32) as usize;
            if room != codes.len() {
                return Err(format!(
                    "the buffer of {room} bytes is not one for {} statuses",
                    codes.len() / 4
                ));
            }
            cx.put_all(args[2], &codes)
        },
    ),
    own(
        "ext_offchain_http_response_header_name_version_1",
        &[I32, I32, I64],
        Some(I64),
        |cx, args| header(cx, args, |(name, _)| name),
    ),
    own(
        "ext_offchain_http_response_header_value_version_1",
        &[I32, I32, I64],
        Some(I64),
        |cx, args| header(cx, args, |(_, value)| value),
    ),
    own(
        "ext_offchain_http_response_read_body_version_2",
        &[I32, I64, I64],
        Some(I64),
        |cx, args| {
            let buffer = request_and_two(args);
            let answer = cx.legacy("ext_offchain_http_response_read_body_version_1", &buffer)?;
            let result = decode::<Result<u32, HttpFault>>(&answer)?;
            Ok(result.map_or_else(HttpFault::code, i64::from))
        },
    ),
];

/// What goes wrong with a request; its discriminants are those of today's functions.
struct HttpFault(u8);

impl parity_scale_codec::Decode for HttpFault {
    fn decode<I: parity_scale_codec::Input>(
        input: &mut I,
    ) -> Result<Self, parity_scale_codec::Error> {
        u8::decode(input).map(Self)
    }
}

impl HttpFault {
    /// -1 for a deadline that was reached, -2 for a failed connection, -3 for a request that there is not.
    fn code(self) -> i64 {
        -i64::from(self.0)
    }
}

/// The number of a request and two more arguments, as today's functions take them.
fn request_and_two(args: &[i64]) -> [Value; 3] {
    [
        Value::I32(args[0] as i32),
        Value::I64(args[1]),
        Value::I64(args[2]),
    ]
}

/// A header of a response: name and value.
type Header = (Vec<u8>, Vec<u8>);

/// A part of the header of a response at an index.
fn header(cx: &mut Cx<'_, '_>, args: &[i64], part: fn(Header) -> Vec<u8>) -> Result<i64, String> {
    let request = [Value::I32(args[0] as i32)];
    let answer = cx.legacy("ext_offchain_http_response_headers_version_1", &request)?;
    let headers = decode::<Vec<Header>>(&answer)?;
    match headers.into_iter().nth(args[1] as usize).map(part) {
        Some(part) => {
            cx.put_if_fits(args[2], &part)?;
            Ok(part.len() as i64)
        }
        None => Ok(ABSENT),
    }
}
