//! `polkago call`.

use crate::cli::CallArgs;
use crate::output;
use crate::progress::Spinner;
use crate::report::Failure;
use polkago_compiler::{BuildOptions, Profile};
use polkago_host::{Blob, CallOptions, Runtime, RuntimeVersion, State};
use std::process::ExitCode;

pub fn run(args: &CallArgs) -> Result<ExitCode, Failure> {
    let input = decode_hex(&args.input)?;
    let blob = if super::is_blob(&args.blob) {
        Blob::from_bytes(&output::read(args.blob.as_ref())?)?
    } else {
        let session = super::session()?;
        let options = BuildOptions { profile: Profile::Polkadot, strip: false };
        let artifact = session.build(std::slice::from_ref(&args.blob), &options)?;
        crate::report::warnings(&artifact.warnings);
        Blob::from_bytes(&artifact.wasm)?
    };
    let spinner = Spinner::start("compiling the blob to machine code");
    let runtime = Runtime::compile(&blob)?;
    drop(spinner);
    let spinner = Spinner::start("calling");
    let mut state = State::new(&blob);
    let repeated = runtime.repeat(&mut state, &args.method, &input, &CallOptions::default(), args.repeat)?;
    drop(spinner);
    let answer = &repeated.last;
    for line in &answer.logs {
        anstream::eprintln!("{line}");
    }
    anstream::println!("{}", encode_hex(&answer.output));
    if args.method == "Core_version" {
        anstream::println!("{}", RuntimeVersion::decode(&answer.output)?);
    }
    let times = if args.repeat == 1 {
        format!("time: {:?}", answer.time)
    } else {
        format!("time: {:?} (median of {} calls)", repeated.median(), args.repeat)
    };
    anstream::eprintln!(
        "{times}, allocated: {} bytes from the host, at most {} at a time",
        answer.allocations.sum,
        answer.allocations.peak
    );
    Ok(ExitCode::SUCCESS)
}

fn encode_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::from("0x"), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

fn decode_hex(text: &str) -> Result<Vec<u8>, Failure> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if let Some((at, c)) = digits.char_indices().find(|(_, c)| !c.is_ascii_hexdigit()) {
        let at = at + text.len() - digits.len() + 1;
        return Err(Failure::message(
            format!("the argument is not hexadecimal: {c:?} at character {at}"),
            "write the SCALE-encoded arguments as pairs of the digits 0-9 and a-f, as in 0x0a00",
        ));
    }
    if digits.len() % 2 != 0 {
        return Err(Failure::message(
            format!("the argument has an odd number of hexadecimal digits: {}", digits.len()),
            "every byte takes two digits: write 0x0a, not 0xa",
        ));
    }
    let value = |c: u8| char::from(c).to_digit(16).map_or(0, |d| d as u8);
    Ok(digits.as_bytes().chunks_exact(2).map(|p| value(p[0]) << 4 | value(p[1])).collect())
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
