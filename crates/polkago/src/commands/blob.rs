//! Blobs and bytes from arguments.

use crate::output;
use crate::report::Failure;
use polkago_compiler::{BuildOptions, Profile};
use polkago_host::Blob;
use std::path::Path;

/// Reads a blob, or builds one of a Go package.
pub fn blob(argument: &str) -> Result<Blob, Failure> {
    let bytes = if is_blob(argument) {
        output::read(argument.as_ref())?
    } else {
        let options = BuildOptions {
            profile: Profile::Polkadot,
            strip: false,
        };
        let settings = super::Settings::default();
        super::build(&[argument.to_owned()], &options, &settings)?.wasm
    };
    Ok(Blob::from_bytes(&bytes)?)
}

/// Whether an argument names Wasm rather than Go: by its ending, or because it is a file that is not Go source.
pub fn is_blob(argument: &str) -> bool {
    let path = Path::new(argument);
    match path.extension().and_then(|e| e.to_str()) {
        Some("wasm") => !path.is_dir(),
        Some("go") => false,
        _ => path.is_file(),
    }
}

/// Bytes in hexadecimal, with `0x`.
pub fn encode_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::from("0x"), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// Bytes from hexadecimal, with or without `0x`.
pub fn decode_hex(text: &str) -> Result<Vec<u8>, Failure> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if let Some((at, c)) = digits.char_indices().find(|(_, c)| !c.is_ascii_hexdigit()) {
        let at = at + text.len() - digits.len() + 1;
        return Err(Failure::message(
            format!("the argument is not hexadecimal: {c:?} at character {at}"),
            "write the SCALE-encoded arguments as pairs of the digits 0-9 and a-f, as in 0x0a00",
        ));
    }
    if !digits.len().is_multiple_of(2) {
        return Err(Failure::message(
            format!(
                "the argument has an odd number of hexadecimal digits: {}",
                digits.len()
            ),
            "every byte takes two digits: write 0x0a, not 0xa",
        ));
    }
    let value = |c: u8| char::from(c).to_digit(16).map_or(0, |d| d as u8);
    Ok(digits
        .as_bytes()
        .chunks_exact(2)
        .map(|p| value(p[0]) << 4 | value(p[1]))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trips() {
        for bytes in [vec![], vec![0], vec![0xde, 0xad, 0xbe, 0xef]] {
            assert_eq!(decode_hex(&encode_hex(&bytes)).ok(), Some(bytes));
        }
        assert!(decode_hex("0x1").is_err());
        assert!(decode_hex("zz").is_err());
        assert_eq!(decode_hex("0A").ok(), Some(vec![10]));
    }
}
