//! The arguments of commands around calls and blocks, and of those that begin and end a project.

use super::{Target, at_least_one};
use clap::{Args, Subcommand};
use std::path::PathBuf;

pub(super) const TRACE_EXAMPLES: &str = "\
Examples:
  polkago trace examples/hello Core_version
  polkago trace --summary --preset development examples/frameless Metadata_metadata
  polkago trace --summary --preset development --block blocks.json examples/frameless
  polkago trace --json hello.wasm Hello_echo 0x0102 | jq .calls";

pub(super) const BENCH_EXAMPLES: &str = "\
Examples:
  polkago bench call examples/hello Core_version
  polkago bench call --against smallest examples/hello Hello_echo
  polkago bench call --against old.wasm --repeat 1000 --json new.wasm Core_version
  polkago bench block --preset development --transfers 500 examples/frameless";

const BENCH_CALL_EXAMPLES: &str = "\
Examples:
  polkago bench call examples/hello Core_version
  polkago bench call --against smallest examples/hello Hello_echo    # the least that any module needs
  polkago bench call --against old.wasm --json new.wasm Core_version";

const BENCH_BLOCK_EXAMPLES: &str = "\
Examples:
  polkago bench block examples/frameless
  polkago bench block --transfers 2000 --json examples/frameless";

pub(super) const BLOCK_EXAMPLES: &str = "\
Examples:
  polkago block replay examples/frameless    # build, execute on a second state, refuse what is tampered with
  polkago block build --preset development --script blocks.json -o built.json runtime.wasm
  polkago block execute --preset development runtime.wasm built.json";

const BUILD_BLOCK_EXAMPLES: &str = "\
Examples:
  polkago block build --preset development --blocks 3 runtime.wasm     # three blocks with inherents alone
  polkago block build --genesis genesis.json --script blocks.json -o built.json --save-state state.json runtime.wasm
  polkago block build --state state.json --script more.json

A script says what to build; calls are given by name, or as bytes in hexadecimal:
  {\"blocks\": [{\"extrinsics\": [
    {\"signer\": \"//Alice\", \"call\": {\"Balances.transfer_keep_alive\": {\"dest\": \"//Bob\", \"value\": 1000}}}]}]}";

const EXECUTE_BLOCK_EXAMPLES: &str = "\
Examples:
  polkago block execute --preset development runtime.wasm built.json
  polkago block execute --state state.json --save-state after.json more.json";

const REPLAY_EXAMPLES: &str = "\
Examples:
  polkago block replay examples/frameless
  polkago block replay --script blocks.json runtime.wasm";

pub(super) const NEW_EXAMPLES: &str = "\
Examples:
  polkago new my-runtime
  polkago new --module example.com/me/runtime ./work/runtime";

pub(super) const LICENSES_EXAMPLES: &str = "\
Examples:
  polkago licenses . > NOTICES.txt
  polkago licenses --json . | jq '.[] | {name, version}'";

#[derive(Args, Debug)]
pub struct NewArgs {
    /// The module path [default: the folder's name]
    #[arg(long, value_name = "PATH")]
    pub module: Option<String>,
    /// The folder, which must not exist or be empty; its name is the project's
    #[arg(value_name = "NAME")]
    pub path: PathBuf,
}

#[derive(Args, Debug)]
pub struct LicensesArgs {
    /// What the module is made for
    #[arg(long, value_enum, default_value_t = Target::Polkadot)]
    pub target: Target,
    /// Write the notices there
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// JSON instead of text
    #[arg(long)]
    pub json: bool,
    /// Import path or folder of a package, or Go files
    #[arg(required = true, value_name = "PKG")]
    pub packages: Vec<String>,
}

/// Where a chain begins.
#[derive(Args, Debug)]
#[group(multiple = false)]
pub struct StartArgs {
    /// Begin with a genesis preset of the runtime
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// Begin with a genesis configuration in JSON
    #[arg(long, value_name = "FILE")]
    pub genesis: Option<PathBuf>,
    /// Go on from a saved state, or from the raw genesis of a chain specification
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct TraceArgs {
    /// A Wasm file, compressed or not, or a package to build
    #[arg(value_name = "BLOB|PKG")]
    pub blob: String,
    /// The runtime API method
    #[arg(required_unless_present = "block", conflicts_with = "block")]
    pub method: Option<String>,
    /// Its SCALE-encoded arguments in hexadecimal, with or without 0x
    #[arg(value_name = "HEX", default_value = "")]
    pub input: String,
    #[command(flatten)]
    pub start: StartArgs,
    /// Trace the execution of the last block in a file, after those before it
    #[arg(long, value_name = "FILE")]
    pub block: Option<PathBuf>,
    /// One line for each function, not for each call
    #[arg(long)]
    pub summary: bool,
    /// JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand, Debug)]
pub enum BenchCommand {
    /// Time one method over fresh instances
    #[command(after_help = BENCH_CALL_EXAMPLES)]
    Call(BenchCallArgs),
    /// Time the calls that build and execute a block of transfers
    #[command(after_help = BENCH_BLOCK_EXAMPLES)]
    Block(BenchBlockArgs),
}

#[derive(Args, Debug)]
pub struct BenchCallArgs {
    /// A Wasm file, compressed or not, or a package to build
    #[arg(value_name = "BLOB|PKG")]
    pub blob: String,
    /// The runtime API method
    pub method: String,
    /// Its SCALE-encoded arguments in hexadecimal, with or without 0x
    #[arg(value_name = "HEX", default_value = "")]
    pub input: String,
    /// A second blob or package, called by turns; `smallest` is a module that does nothing
    #[arg(long, value_name = "BLOB|PKG")]
    pub against: Option<String>,
    /// Call each that many times
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = at_least_one)]
    pub repeat: usize,
    /// Call it on a saved state
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct BenchBlockArgs {
    /// A Wasm file, compressed or not, or a package to build
    #[arg(value_name = "BLOB|PKG")]
    pub blob: String,
    /// The genesis preset to begin with
    #[arg(long, value_name = "NAME", default_value = "development")]
    pub preset: String,
    /// The call that is signed, in JSON, by name or in hexadecimal
    #[arg(
        long,
        value_name = "JSON",
        default_value = r#"{"Balances.transfer_keep_alive":{"dest":"//Bob","value":1000}}"#
    )]
    pub call: String,
    /// How many extrinsics are in the block, signed by //Alice
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = at_least_one)]
    pub transfers: usize,
    /// Build and execute the block that many times, and take the medians
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = at_least_one)]
    pub repeat: usize,
    /// JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand, Debug)]
pub enum BlockCommand {
    /// Build blocks, as a node that authors them
    #[command(after_help = BUILD_BLOCK_EXAMPLES)]
    Build(BuildBlockArgs),
    /// Execute blocks, as a node that imports them
    #[command(after_help = EXECUTE_BLOCK_EXAMPLES)]
    Execute(ExecuteBlockArgs),
    /// Build blocks, execute them on a second state, and show that blocks tampered with are refused
    #[command(after_help = REPLAY_EXAMPLES)]
    Replay(ReplayArgs),
}

#[derive(Args, Debug)]
pub struct BuildBlockArgs {
    #[command(flatten)]
    pub start: StartArgs,
    /// What goes into the blocks, in JSON
    #[arg(long, value_name = "FILE")]
    pub script: Option<PathBuf>,
    /// How many blocks with nothing but inherents, where there is no script
    #[arg(long, value_name = "N", conflicts_with = "script", value_parser = at_least_one)]
    pub blocks: Option<usize>,
    /// Write the blocks there, in the form of the RPC method chain_getBlock
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the state after the last block there
    #[arg(long, value_name = "FILE")]
    pub save_state: Option<PathBuf>,
    /// The runtime: a Wasm file, compressed or not, or a package to build; not with --state
    #[arg(
        value_name = "BLOB|PKG",
        required_unless_present = "state",
        conflicts_with = "state"
    )]
    pub blob: Option<String>,
}

#[derive(Args, Debug)]
pub struct ExecuteBlockArgs {
    #[command(flatten)]
    pub start: StartArgs,
    /// Write the state after the last block there
    #[arg(long, value_name = "FILE")]
    pub save_state: Option<PathBuf>,
    /// The runtime, unless --state is given; then the file of blocks
    #[arg(value_name = "BLOB|PKG> <BLOCKS", required = true, num_args = 1..=2)]
    pub files: Vec<String>,
}

#[derive(Args, Debug)]
pub struct ReplayArgs {
    /// The genesis preset to begin with
    #[arg(long, value_name = "NAME", default_value = "development")]
    pub preset: String,
    /// What goes into the blocks [default: blocks.json in the package's folder, if there is one, else three blocks of inherents and remarks]
    #[arg(long, value_name = "FILE")]
    pub script: Option<PathBuf>,
    /// A Wasm file, compressed or not, or a package to build
    #[arg(value_name = "BLOB|PKG")]
    pub blob: String,
}
