//! `cargo xtask fuzz scale`: inputs that nobody wrote, decoded by the program `tests/scale/fuzz` as compiled by polkago
//! and by the official compiler for this machine and for 386. All three must say the same of each input, allocate no
//! more than ten times the input and a constant, and decode what they encode.
//!
//! Inputs are random bytes, and mutations of inputs that gave a value before.

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use polkago_host::wasip1::Stdin;

use crate::exec;
use crate::go;
use crate::mode::Mode;
use crate::random::Random;

/// How long, and from where.
#[derive(clap::Args)]
pub struct Options {
    /// For how many seconds.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    /// The seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many inputs a process gets.
    #[arg(long, default_value_t = 20_000, value_name = "N")]
    together: usize,
}

impl Options {
    /// For that many seconds, with the first seed.
    pub fn of(seconds: u64) -> Self {
        Self {
            seconds,
            seed: 1,
            together: 20_000,
        }
    }
}

/// Types of the program.
const TYPES: u8 = 6;
/// Inputs that gave values, for each type at most.
const KEPT: usize = 500;

/// An input for one of the types.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Input {
    typ: u8,
    bytes: Vec<u8>,
}

/// Runs the comparison. Returns whether nothing was wrong.
///
/// # Errors
/// Where a program cannot be built or run.
pub fn run(options: &Options) -> Result<bool, String> {
    let folder = crate::repository().join("tests/scale/fuzz");
    let binaries = tempfile::tempdir().map_err(|e| format!("no temporary folder: {e}"))?;
    let wasm = exec::compile(Mode::Plain, folder.clone(), &[".".to_owned()])?;
    let natives = [None, Some("386")].map(|arch| build(&folder, binaries.path(), arch));
    let natives = natives.into_iter().collect::<Result<Vec<PathBuf>, _>>()?;
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let mut corpus = Corpus::new();
    let (mut inputs, mut values, mut wrong) = (0_u64, 0_u64, 0_u64);
    let mut batch = 0;
    while batch == 0 || Instant::now() < end {
        let mut random = Random::new(options.seed, batch);
        batch += 1;
        let list: Vec<Input> = (0..options.together)
            .map(|_| corpus.input(&mut random))
            .collect();
        let stdin = frames(&list);
        let mut outputs = vec![ours(&wasm, &stdin)?];
        for native in &natives {
            outputs.push(official(native, &stdin)?);
        }
        let lines: Vec<Vec<&str>> = outputs.iter().map(|text| text.lines().collect()).collect();
        for (index, input) in list.into_iter().enumerate() {
            let said: Vec<&str> = lines
                .iter()
                .map(|lines| lines.get(index).copied().unwrap_or("no answer"))
                .collect();
            inputs += 1;
            let fine = said.windows(2).all(|pair| pair[0] == pair[1]) && !said[0].starts_with('W');
            if !fine {
                wrong += 1;
                if wrong <= 10 {
                    let bytes: String = input.bytes.iter().map(|b| format!("{b:02x}")).collect();
                    let said: Vec<&str> = said
                        .iter()
                        .map(|text| text.split(", input").next().unwrap_or(text))
                        .collect();
                    println!("WRONG type {} input {bytes}: {said:?}", input.typ);
                }
            } else if said[0].starts_with('v') {
                values += 1;
                corpus.keep(input, said[0], &mut random);
            }
        }
    }
    println!(
        "fuzz scale: {inputs} inputs in {batch} batches from seed {}, {values} of them values ({} different kept), {wrong} wrong",
        options.seed,
        corpus.kept.iter().map(Vec::len).sum::<usize>()
    );
    Ok(wrong == 0)
}

/// Inputs as the program reads them.
fn frames(list: &[Input]) -> Vec<u8> {
    let mut out = Vec::new();
    for input in list {
        out.push(input.typ);
        out.extend((input.bytes.len() as u32).to_le_bytes());
        out.extend(&input.bytes);
    }
    out
}

fn build(folder: &Path, binaries: &Path, arch: Option<&str>) -> Result<PathBuf, String> {
    let path = binaries.join(arch.unwrap_or("native"));
    let mut command = go::command(folder, arch);
    go::output(command.arg("build").arg("-o").arg(&path).arg("."))?;
    Ok(path)
}

fn ours(wasm: &[u8], stdin: &[u8]) -> Result<String, String> {
    let ran = exec::run_with_input(Mode::Plain, wasm, &[], Stdin::Bytes(stdin.to_vec()))?;
    match ran.end {
        Ok(0 | 1) => Ok(String::from_utf8_lossy(&ran.output).into_owned()),
        Ok(code) => Err(format!(
            "polkago's program ends with {code}: {}",
            String::from_utf8_lossy(&ran.output)
        )),
        Err(reason) => Err(format!("polkago's program: {reason}")),
    }
}

fn official(binary: &Path, stdin: &[u8]) -> Result<String, String> {
    let problem = |e| format!("{} does not run: {e}", binary.display());
    let mut child = Command::new(binary)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(problem)?;
    let mut input = child.stdin.take();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(input) = &mut input {
                // Where it does not read it has ended, and its output tells.
                let _ = input.write_all(stdin);
            }
            drop(input);
        });
        let output = child.wait_with_output().map_err(problem)?;
        match output.status.code() {
            Some(0 | 1) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            _ => Err(format!("{}: {}", binary.display(), output.status)),
        }
    })
}

/// What gave values so far.
struct Corpus {
    kept: Vec<Vec<Input>>,
    seen: HashSet<(u8, String)>,
}

impl Corpus {
    fn new() -> Self {
        Self {
            kept: vec![Vec::new(); usize::from(TYPES)],
            seen: HashSet::new(),
        }
    }

    /// Keeps an input whose value has not been seen.
    fn keep(&mut self, input: Input, outcome: &str, random: &mut Random) {
        if !self.seen.insert((input.typ, outcome.to_owned())) {
            return;
        }
        let kept = &mut self.kept[usize::from(input.typ)];
        if kept.len() < KEPT {
            kept.push(input);
        } else {
            let at = random.below(KEPT);
            kept[at] = input;
        }
    }

    fn input(&self, random: &mut Random) -> Input {
        let typ = random.below(usize::from(TYPES)) as u8;
        let kept = &self.kept[usize::from(typ)];
        let bytes = match random.choose(kept) {
            Some(input) if random.chance(80) => {
                let other = random.choose(kept).unwrap_or(input);
                mutated(&input.bytes, &other.bytes, random)
            }
            _ => fresh(random),
        };
        Input { typ, bytes }
    }
}

/// A byte that often means something: small numbers, tags, and compact lengths.
fn byte(random: &mut Random) -> u8 {
    match random.below(4) {
        0 => random.below(4) as u8,
        1 => (random.below(8) * 4) as u8,
        2 => *random.pick(&[0, 1, 2, 3, 4, 0xfe, 0xff, 0x80, 0x7f, 200]),
        _ => random.next() as u8,
    }
}

fn fresh(random: &mut Random) -> Vec<u8> {
    // Few are long: they are for what grows faster than the input.
    let longest = if random.chance(1) { 20_000 } else { 150 };
    let len = random.below(longest);
    match random.below(3) {
        0 => vec![0; len],
        1 => {
            let pattern: Vec<u8> = (0..1 + random.below(4)).map(|_| byte(random)).collect();
            pattern.iter().copied().cycle().take(len).collect()
        }
        _ => (0..len).map(|_| byte(random)).collect(),
    }
}

fn mutated(input: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..1 + random.below(3) {
        let at = random.below(bytes.len());
        match random.below(7) {
            0 => bytes.insert(at, byte(random)),
            1 if !bytes.is_empty() => _ = bytes.remove(at),
            2 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            3 if !bytes.is_empty() => bytes[at] = byte(random),
            4 => bytes.truncate(at),
            5 => {
                let part = other.get(random.range(other.len(), 40)).unwrap_or_default();
                bytes.splice(at..at, part.iter().copied());
            }
            _ => {
                let range = random.range(bytes.len(), 40);
                let part: Vec<u8> = bytes.get(range).unwrap_or_default().to_vec();
                let times = 1 + random.below(3);
                for _ in 0..times {
                    bytes.splice(at..at, part.iter().copied());
                }
            }
        }
    }
    bytes
}
