//! The hostapi suite: `go/sdk/hostapi` against the host. Its declarations are compared with the functions that the
//! executor registers, and the program `tests/hostapi`, which calls them, must answer the same as a runtime on the
//! executor and, compiled by the official compiler for this machine and for 386, on the SDK's host in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use polkago_compiler::{BuildOptions, Environment, NoProgress, Profile, Session, render};
use polkago_host::{
    Blob, CallOptions, Error, HttpExchange, LogLevel, LogLine, OffchainWorker, Runtime, State,
    host_functions, rfc145_functions,
};

use crate::exec;
use crate::go;
use crate::suite::{self, Case, Options, Outcome, Tally};

/// Runs the suite.
///
/// # Errors
/// Where the file of known failures cannot be read or written.
pub fn run(options: &Options) -> Result<Tally, String> {
    let cases = [
        Check("declarations", declarations),
        Check("native", || same_as_native(None)),
        Check("native-386", || same_as_native(Some("386"))),
        Check("memory/100KiB", || reads("Hostapi_get", 100 << 10)),
        Check("memory/small", || reads("Hostapi_small", 105)),
        Check("abort", abort),
        Check("rfc145/worker", rfc145_worker),
    ];
    suite::run("hostapi", &cases, options)
}

/// A name, and what finds out whether all is well, or why not.
struct Check(&'static str, fn() -> Result<(), String>);

impl Case for Check {
    fn name(&self) -> &str {
        self.0
    }

    fn run(&self) -> Outcome {
        if self.0.starts_with("native") && !go::has_command() {
            return Outcome::Skip("the go command does not run".to_owned());
        }
        match (self.1)() {
            Ok(()) => Outcome::Pass,
            Err(reason) => Outcome::Fail(reason),
        }
    }
}

/// Functions of the host that the SDK does not declare, with the reason. Of a function with several versions it
/// declares the newest one; older ones are for runtimes that were built when there was no newer.
const NOT_DECLARED: &[(&str, &str)] = &[
    ("ext_storage_clear_prefix_version_1", OLD),
    ("ext_storage_root_version_1", OLD),
    ("ext_default_child_storage_storage_kill_version_1", OLD),
    ("ext_default_child_storage_storage_kill_version_2", OLD),
    ("ext_default_child_storage_clear_prefix_version_1", OLD),
    ("ext_default_child_storage_root_version_1", OLD),
    ("ext_trie_blake2_256_root_version_1", OLD),
    ("ext_trie_blake2_256_ordered_root_version_1", OLD),
    ("ext_trie_blake2_256_verify_proof_version_1", OLD),
    ("ext_trie_keccak_256_root_version_1", OLD),
    ("ext_trie_keccak_256_ordered_root_version_1", OLD),
    ("ext_trie_keccak_256_verify_proof_version_1", OLD),
    ("ext_crypto_sr25519_verify_version_1", OLD),
    ("ext_crypto_ecdsa_verify_version_1", OLD),
    ("ext_crypto_secp256k1_ecdsa_recover_version_1", OLD),
    (
        "ext_crypto_secp256k1_ecdsa_recover_compressed_version_1",
        OLD,
    ),
];

/// A newer version of the function is declared.
const OLD: &str = "older version";

/// Compares the names and signatures of all `//go:wasmimport` declarations with the host's.
fn declarations() -> Result<(), String> {
    let host: BTreeMap<String, String> = host_functions()
        .into_iter()
        .map(|(name, signature)| (name, signature.to_string()))
        .collect();
    let mut declared = BTreeMap::new();
    let mut rfc145 = BTreeMap::new();
    let folder = crate::repository().join("go/sdk/hostapi");
    collect(&folder, &mut declared, &mut rfc145)?;
    let functions = rfc145_functions();
    for (name, signature) in &rfc145 {
        match functions.iter().find(|(other, _)| other == name) {
            Some((_, right)) if right.to_string() == *signature => {}
            Some((_, right)) => {
                return Err(format!(
                    "{name} is {right} in RFC-145, but declared as {signature}"
                ));
            }
            None => return Err(format!("RFC-145 has no function {name}")),
        }
    }
    for (name, signature) in &declared {
        match host.get(name) {
            None => return Err(format!("the host has no function {name}")),
            Some(right) if right != signature => {
                return Err(format!("{name} is {right}, but declared as {signature}"));
            }
            Some(_) => {}
        }
        if NOT_DECLARED.iter().any(|(other, _)| other == name) {
            return Err(format!("{name} is declared, but listed as not declared"));
        }
    }
    let version = |name: &str| -> (String, u32) {
        let (stem, version) = name.rsplit_once("_version_").unwrap_or((name, "0"));
        (stem.to_owned(), version.parse().unwrap_or(0))
    };
    for name in host.keys().filter(|name| !declared.contains_key(*name)) {
        let Some((_, reason)) = NOT_DECLARED.iter().find(|(other, _)| other == name) else {
            return Err(format!(
                "{name} is neither declared nor listed with a reason"
            ));
        };
        let (stem, number) = version(name);
        let newer = declared.keys().map(|name| version(name));
        if *reason == OLD && !newer.into_iter().any(|(s, n)| s == stem && n > number) {
            return Err(format!("of {name} no newer version is declared"));
        }
    }
    match NOT_DECLARED
        .iter()
        .find(|(name, _)| !host.contains_key(*name))
    {
        Some((name, _)) => Err(format!("{name} is listed, but no function of the host")),
        None => Ok(()),
    }
}

/// The declarations of the Go files in a folder and below it, and apart from them those for RFC-145.
fn collect(
    folder: &Path,
    declared: &mut BTreeMap<String, String>,
    rfc145: &mut BTreeMap<String, String>,
) -> Result<(), String> {
    let problem = |e: std::io::Error| format!("cannot read {}: {e}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        if path.is_dir() {
            collect(&path, declared, rfc145)?;
        } else if path.extension().is_some_and(|extension| extension == "go") {
            let text = std::fs::read_to_string(&path).map_err(problem)?;
            let twin = path.to_string_lossy().ends_with("_rfc145.go");
            let into = if twin { &mut *rfc145 } else { &mut *declared };
            let mut lines = text.lines();
            while let Some(line) = lines.next() {
                let Some(name) = line.strip_prefix("//go:wasmimport env ") else {
                    continue;
                };
                let head = lines.next().unwrap_or_default();
                let signature =
                    signature(head).ok_or_else(|| format!("cannot read {head:?} of {name}"))?;
                into.insert(name.to_owned(), signature);
            }
        }
    }
    Ok(())
}

/// The WebAssembly signature of a Go function whose parameters and results are integers.
fn signature(head: &str) -> Option<String> {
    let wasm = |ty: &str| match ty {
        "uint32" | "int32" => Some("i32"),
        "uint64" | "int64" => Some("i64"),
        _ => None,
    };
    let (params, result) = head.split_once('(')?.1.split_once(')')?;
    let mut types = Vec::new();
    // Names before a comma have the type of those after it.
    for param in params.rsplit(',').filter(|param| !param.is_empty()) {
        types.push(match param.trim().split_once(' ') {
            Some((_, ty)) => wasm(ty)?,
            None => *types.last()?,
        });
    }
    types.reverse();
    let params = types.join(", ");
    match result.trim() {
        "" => Some(format!("({params})")),
        ty => Some(format!("({params}) -> {}", wasm(ty)?)),
    }
}

fn folder() -> PathBuf {
    crate::repository().join("tests/hostapi")
}

/// The program as a runtime, and a state for it.
struct Loaded {
    runtime: Runtime,
    state: State,
}

impl Loaded {
    fn new() -> Result<Loaded, String> {
        Self::of(Profile::Polkadot)
    }

    fn of(profile: Profile) -> Result<Loaded, String> {
        let session = Session::new(folder(), Environment::from_process(), Arc::new(NoProgress));
        let options = BuildOptions {
            profile,
            strip: false,
        };
        let artifact = session
            .build(&[".".to_owned()], &options)
            .map_err(|failure| render::plain(&failure.diagnostics))?;
        let blob = Blob::from_bytes(&artifact.wasm).map_err(|e| e.to_string())?;
        Ok(Loaded {
            runtime: Runtime::compile(&blob).map_err(|e| e.to_string())?,
            state: State::new(&blob),
        })
    }

    fn call(
        &mut self,
        method: &str,
        input: &[u8],
        options: &CallOptions,
    ) -> Result<polkago_host::Answer, Error> {
        self.runtime.call(&mut self.state, method, input, options)
    }
}

/// What the program says on the executor, and what it logs.
fn on_the_executor() -> Result<String, String> {
    let mut loaded = Loaded::new()?;
    let pairs = loaded
        .call("Hostapi_backend", &[], &CallOptions::default())
        .map_err(|e| e.to_string())?
        .output;
    for pair in byte_sequences(&pairs)?.chunks_exact(2) {
        loaded.state.insert(pair[0].clone(), pair[1].clone());
    }
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let options = CallOptions {
        log_level: LogLevel::Debug,
        log_sink: Some(Arc::new(move |line: &LogLine| {
            if let Ok(mut lines) = sink.lock() {
                lines.push(line.clone());
            }
        })),
    };
    let answer = loaded
        .call("Hostapi_run", &[], &options)
        .map_err(|e| e.to_string())?;
    let mut said = String::from_utf8_lossy(&answer.output).into_owned();
    loaded.state.become_offchain_worker(worker());
    let answer = loaded
        .call("Hostapi_worker", &[], &options)
        .map_err(|e| e.to_string())?;
    said += &String::from_utf8_lossy(&answer.output);
    let lines = lines.lock().map_err(|e| e.to_string())?;
    // The host itself has more to say, under other names.
    for line in lines
        .iter()
        .filter(|line| ["hostapi", "runtime", ""].contains(&&*line.target))
    {
        said += &format!(
            "log {} {}: {}\n",
            line.level as u8, line.target, line.message
        );
    }
    Ok(said)
}

/// What the program's offchain worker finds.
fn worker() -> OffchainWorker {
    let header = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    OffchainWorker {
        timestamp: 1_700_000_000_123,
        seed: [7; 32],
        requests: vec![HttpExchange {
            method: "POST".to_owned(),
            uri: "http://localhost/".to_owned(),
            headers: header("X-Name", "value"),
            body: b"the body".to_vec(),
            response: b"the response".to_vec(),
            response_headers: header("Content-Type", "text/plain"),
        }],
    }
}

/// The elements of an even number of SCALE byte sequences, after the compact number of their pairs. The program's are
/// short: lengths of one or two bytes.
fn byte_sequences(mut data: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    fn compact(data: &mut &[u8]) -> Option<usize> {
        let (&first, rest) = data.split_first()?;
        *data = rest;
        if first & 3 == 0 {
            return Some(usize::from(first >> 2));
        }
        let (&second, rest) = data.split_first()?;
        *data = rest;
        (first & 3 == 1).then(|| usize::from(first >> 2) | usize::from(second) << 6)
    }
    let bad = || "the entries of the state do not decode".to_owned();
    let pairs = compact(&mut data).ok_or_else(bad)?;
    let mut all = Vec::new();
    for _ in 0..2 * pairs {
        let length = compact(&mut data).ok_or_else(bad)?;
        let (head, rest) = data.split_at_checked(length).ok_or_else(bad)?;
        all.push(head.to_vec());
        data = rest;
    }
    Ok(all)
}

fn same_as_native(arch: Option<&str>) -> Result<(), String> {
    let native = go::output(go::command(&folder(), arch).args(["run", "."]))?;
    let host = on_the_executor()?;
    // So many lines that something was called.
    if host.lines().count() < 1000 {
        return Err("the runtime says too little".to_owned());
    }
    if native == host {
        Ok(())
    } else {
        Err(exec::difference(&host, &native))
    }
}

/// How often values are read, and how much memory that may take of the host's allocator, in bytes: it never gives a
/// block back for another size, so that what is not freed adds up.
const READS: u32 = 100_000;
const ADDRESS_SPACE: u32 = 48 << 20;

fn reads(method: &str, length: u64) -> Result<(), String> {
    let mut loaded = Loaded::new()?;
    let answer = loaded
        .call(method, &READS.to_le_bytes(), &CallOptions::default())
        .map_err(|e| e.to_string())?;
    let sum = u64::from(READS) * length;
    if answer.output != sum.to_le_bytes() {
        return Err(format!("it did not read {sum} bytes"));
    }
    let used = answer.allocations.address_space;
    println!("{method}: {} KiB, {:?}", used >> 10, answer.time);
    if used > ADDRESS_SPACE {
        return Err(format!(
            "{used} bytes of the host's memory, {ADDRESS_SPACE} allowed"
        ));
    }
    Ok(())
}

fn abort() -> Result<(), String> {
    match Loaded::new()?.call("Hostapi_abort", &[], &CallOptions::default()) {
        Err(error) if error.to_string().contains("the message") => Ok(()),
        Err(error) => Err(format!("it ended with {error}")),
        Ok(_) => Err("it did not end".to_owned()),
    }
}

/// What an offchain worker says with an allocator of its own is what it says with the host's, but for what it finds out
/// about the network, which it cannot ask for.
fn rfc145_worker() -> Result<(), String> {
    let say = |profile| {
        let mut loaded = Loaded::of(profile)?;
        loaded.state.become_offchain_worker(worker());
        let answer = loaded.call("Hostapi_worker", &[], &CallOptions::default());
        let said = answer.map_err(|e| e.to_string())?.output;
        Ok::<_, String>(String::from_utf8_lossy(&said).into_owned())
    };
    let legacy = say(Profile::Polkadot)?;
    let lines = legacy.lines().filter(|line| !line.starts_with("network "));
    let wanted: String = lines.map(|line| format!("{line}\n")).collect();
    let new = say(Profile::PolkadotRfc145)?;
    if wanted.lines().count() < 40 || wanted == legacy {
        return Err("the worker says too little".to_owned());
    }
    if new == wanted {
        Ok(())
    } else {
        Err(exec::difference(&new, &wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn signatures_of_declarations() {
        for (head, wanted) in [
            ("func f()", "()"),
            ("func f(a uint64) uint32", "(i64) -> i32"),
            ("func f(a, b uint32, c, d uint64)", "(i32, i32, i64, i64)"),
        ] {
            assert_eq!(signature(head).as_deref(), Some(wanted));
        }
        assert_eq!(signature("func f(s string)"), None);
    }
}
