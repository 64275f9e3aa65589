//! The arguments.

pub mod chain;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The Go compiler for Polkadot.
///
/// Go source in, a Polkadot runtime blob (strict WebAssembly MVP) out, and the means to run it on Polkadot's own
/// executor.
#[derive(Parser, Debug)]
#[command(name = "polkago", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    /// Colours: for a terminal that shows them, always, or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub color: Color,
    #[command(subcommand)]
    pub command: Command,
}

/// When output has colours. `always` also chooses the form with source excerpts, as on a terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Begin a project: a runtime that builds and runs at once
    #[command(after_help = chain::NEW_EXAMPLES)]
    New(chain::NewArgs),
    /// Compile a package into a Wasm module
    #[command(after_help = BUILD_EXAMPLES)]
    Build(BuildArgs),
    /// Compile a program and run it
    #[command(after_help = RUN_EXAMPLES)]
    Run(RunArgs),
    /// Compile packages with their tests and run these
    #[command(after_help = TEST_EXAMPLES)]
    Test(TestArgs),
    /// Report the errors of packages without compiling them
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Explain the code of an error or warning, with an example
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Write the Go code that //polkago directives ask for
    #[command(after_help = GENERATE_EXAMPLES)]
    Generate(GenerateArgs),
    /// Call a runtime API method of a blob on Polkadot's own executor
    #[command(after_help = CALL_EXAMPLES)]
    Call(CallArgs),
    /// Tell which host functions a call of a runtime API method calls
    #[command(after_help = chain::TRACE_EXAMPLES)]
    Trace(chain::TraceArgs),
    /// Time calls and blocks on Polkadot's own executor
    #[command(subcommand, after_help = chain::BENCH_EXAMPLES)]
    Bench(chain::BenchCommand),
    /// Build and execute blocks on Polkadot's own executor
    #[command(subcommand, after_help = chain::BLOCK_EXAMPLES)]
    Block(chain::BlockCommand),
    /// Tell what a blob imports, exports and needs
    #[command(after_help = INSPECT_EXAMPLES)]
    Inspect(InspectArgs),
    /// Print the notices that a module must carry for what is compiled into it
    #[command(after_help = chain::LICENSES_EXAMPLES)]
    Licenses(chain::LicensesArgs),
}

const EXAMPLES: &str = "\
Examples:
  polkago call examples/hello Core_version    # build a runtime and call it
  polkago run prog.go                         # build a program and run it
  polkago help call                           # more on one command";

const BUILD_EXAMPLES: &str = "\
Examples:
  polkago build examples/hello                        # hello.wasm, a Polkadot runtime
  polkago build -o out.wasm --strip examples/hello    # without names and positions
  polkago build --compress examples/hello             # hello.compact.compressed.wasm, for a chain
  polkago build --target wasip1 prog.go               # a program for any WASI engine
  polkago build --target polkadot-rfc145 .            # a runtime with an allocator of its own
  polkago build --timings .                           # where the time goes";

const RUN_EXAMPLES: &str = "\
Examples:
  polkago run prog.go
  polkago run prog.wasm                  # built before, with --target wasip1
  polkago run ./cmd/tool -v input.txt    # what follows the package goes to the program";

const TEST_EXAMPLES: &str = "\
Examples:
  polkago test                           # the package in the current folder
  polkago test -v -run 'TestTransfer' ./...
  polkago test --bench . --benchmem ./pallets/balances
  polkago test . -- -update              # what follows goes to the tests

Flags may have one dash, as with go test. Tests are programs for WASI; the SDK's host functions are
those of its host in memory there.";

const CHECK_EXAMPLES: &str = "\
Examples:
  polkago check .
  polkago check ./runtime ./pallets/balances
  polkago check --tests ./...
  polkago check --goos linux --goarch amd64 ./...     # as the official compiler does
  polkago check --json . | jq .
  polkago check --narrow-int deny ./...    # fail where code relies on a 64-bit int";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  polkago explain UnusedVar
  polkago explain --list";

const GENERATE_EXAMPLES: &str = "\
Examples:
  polkago generate                 # polkago_gen.go in the current folder
  polkago generate ./...           # in every package of the module that has directives
  polkago generate --check ./...   # fail if one is missing or out of date, and write nothing

In Go files, for go generate:
  //go:generate polkago generate

The documentation of polkago.dev/sdk/scale says what //polkago:scale means, and that of
polkago.dev/sdk/runtime what //polkago:api and //polkago:version mean.";

const CALL_EXAMPLES: &str = "\
Examples:
  polkago call examples/hello Core_version            # builds the package first
  polkago call hello.wasm Hello_echo 0x010203
  polkago call --repeat 1000 hello.wasm Hello_echo    # median over fresh instances";

const INSPECT_EXAMPLES: &str = "\
Examples:
  polkago inspect hello.wasm
  polkago inspect --json runtime.compact.compressed.wasm | jq .imports";

/// What a module is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Target {
    /// A Polkadot runtime
    Polkadot,
    /// A Polkadot runtime with its own allocator, as RFC-145 defines
    PolkadotRfc145,
    /// A program for WASI preview 1
    Wasip1,
}

/// How much code is optimised.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Opt {
    /// Not at all
    None,
    /// For small modules
    Size,
    /// For speed
    Speed,
}

/// How a program frees memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Gc {
    /// With the garbage collector
    Precise,
    /// Never
    Leaking,
}

/// Who knows the stack of a running program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Trace {
    /// The program: panics print it, runtime.Callers works
    Full,
    /// The host, from the module's names
    Host,
}

/// How a program frees memory.
#[derive(Args, Debug)]
pub struct GcArgs {
    /// How memory is freed
    #[arg(long, value_enum, default_value_t = Gc::Precise)]
    pub gc: Gc,
    /// Run the collector at every allocation, or less often where much is alive, to find its mistakes
    #[arg(long, conflicts_with = "gc")]
    pub gc_stress: bool,
}

#[derive(Args, Debug)]
pub struct BuildArgs {
    /// Where the module goes [default: the package's name with .wasm, in the current folder]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What the module is made for
    #[arg(long, value_enum, default_value_t = Target::Polkadot)]
    pub target: Target,
    /// Leave out names and source positions
    #[arg(long)]
    pub strip: bool,
    /// Write the blob as chains store it: NAME.compact.wasm, stripped, and the same compressed as
    /// NAME.compact.compressed.wasm; with -o the compressed one alone
    #[arg(long)]
    pub compress: bool,
    /// What code is optimised for
    #[arg(long, value_enum, default_value_t = Opt::Speed)]
    pub opt: Opt,
    #[command(flatten)]
    pub gc: GcArgs,
    /// Who knows the stack of the running program
    #[arg(long, value_enum, default_value_t = Trace::Host)]
    pub trace: Trace,
    /// Compile even what has been compiled before
    #[arg(short = 'a', long)]
    pub anew: bool,
    /// Print where the time went
    #[arg(long)]
    pub timings: bool,
    #[command(flatten)]
    pub findings: FindingsArgs,
    /// Import path or folder of a package, or Go files
    #[arg(default_value = ".", value_name = "PKG")]
    pub packages: Vec<String>,
}

/// What becomes of code that relies on a 64-bit int.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum NarrowInt {
    /// Say nothing
    Off,
    /// Warn, in packages that are your own or that you name
    Warn,
    /// Fail
    Deny,
}

/// How errors and warnings are reported.
#[derive(Args, Debug)]
pub struct FindingsArgs {
    /// Print errors and warnings to standard output, one JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Report all errors, not only the first ten of each package
    #[arg(long)]
    pub all_errors: bool,
}

#[derive(Args, Debug)]
pub struct RunArgs {
    /// What code is optimised for
    #[arg(long, value_enum, default_value_t = Opt::Speed)]
    pub opt: Opt,
    #[command(flatten)]
    pub gc: GcArgs,
    /// Who knows the stack of the running program
    #[arg(long, value_enum, default_value_t = Trace::Full)]
    pub trace: Trace,
    /// Compile even what has been compiled before
    #[arg(short = 'a', long)]
    pub anew: bool,
    /// Print where the time went
    #[arg(long)]
    pub timings: bool,
    /// Import path or folder of a package, a Go file, or a module that was built with --target wasip1
    #[arg(value_name = "PKG")]
    pub package: String,
    /// More Go files, then the program's arguments
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "ARGS"
    )]
    pub args: Vec<String>,
}

#[derive(Args, Debug)]
pub struct TestArgs {
    /// Print each test as it runs, and all that tests print
    #[arg(short, long)]
    pub verbose: bool,
    /// Run only tests, examples and fuzz targets whose names match
    #[arg(long, value_name = "REGEXP")]
    pub run: Option<String>,
    /// Leave out those whose names match
    #[arg(long, value_name = "REGEXP")]
    pub skip: Option<String>,
    /// Run benchmarks whose names match
    #[arg(long, value_name = "REGEXP")]
    pub bench: Option<String>,
    /// How long each benchmark runs, or how often: 2s, 100x
    #[arg(long, value_name = "TIME")]
    pub benchtime: Option<String>,
    /// Print what benchmarks allocate
    #[arg(long)]
    pub benchmem: bool,
    /// Run each test and benchmark so often
    #[arg(long, value_name = "N")]
    pub count: Option<u32>,
    /// Tell long tests to be short
    #[arg(long)]
    pub short: bool,
    /// Run no more tests of a package after one that failed
    #[arg(long)]
    pub failfast: bool,
    /// Run tests in random order: on, or the number that gave an order before
    #[arg(long, value_name = "SEED")]
    pub shuffle: Option<String>,
    /// Print the names that match, and run nothing
    #[arg(long, value_name = "REGEXP")]
    pub list: Option<String>,
    /// When the tests of a package are stopped: 30s, 10m, 0 for never [default: 10m]
    #[arg(long, value_name = "TIME")]
    pub timeout: Option<String>,
    /// What code is optimised for
    #[arg(long, value_enum, default_value_t = Opt::Speed)]
    pub opt: Opt,
    #[command(flatten)]
    pub gc: GcArgs,
    /// Compile even what has been compiled before
    #[arg(short = 'a', long)]
    pub anew: bool,
    /// Import paths, folders, patterns such as ./..., or the Go files of one package [default: .]
    #[arg(value_name = "PKG")]
    pub packages: Vec<String>,
    /// Arguments of the tests
    #[arg(last = true, value_name = "ARGS")]
    pub args: Vec<String>,
}

#[derive(Args, Debug)]
pub struct CheckArgs {
    /// What the packages are checked for
    #[arg(long, value_enum, default_value_t = Target::Polkadot)]
    pub target: Target,
    /// Check for a system of the official compiler instead, with cgo off
    #[arg(
        long,
        value_name = "GOOS",
        requires = "goarch",
        conflicts_with = "target"
    )]
    pub goos: Option<String>,
    /// The architecture that goes with --goos
    #[arg(long, value_name = "GOARCH", requires = "goos")]
    pub goarch: Option<String>,
    /// Check the packages' tests as well
    #[arg(long)]
    pub tests: bool,
    /// What becomes of code that means something else with a 32-bit int than with a 64-bit one
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = NarrowInt::Warn)]
    pub narrow_int: NarrowInt,
    /// Print where the time went
    #[arg(long)]
    pub timings: bool,
    #[command(flatten)]
    pub findings: FindingsArgs,
    /// Import paths, folders, patterns such as ./..., or Go files
    #[arg(default_value = ".", value_name = "PKG")]
    pub packages: Vec<String>,
}

#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The code, as it stands in brackets after "error" or "warning" on a terminal, and as "code" with --json
    #[arg(value_name = "CODE", required_unless_present = "list")]
    pub code: Option<String>,
    /// List all codes
    #[arg(long, conflicts_with = "code")]
    pub list: bool,
}

#[derive(Args, Debug)]
pub struct GenerateArgs {
    /// Write nothing, and fail if a file is missing or out of date
    #[arg(long)]
    pub check: bool,
    #[command(flatten)]
    pub findings: FindingsArgs,
    /// Folders, or patterns such as ./... [default: the current folder]
    #[arg(value_name = "PKG")]
    pub packages: Vec<String>,
}

#[derive(Args, Debug)]
pub struct CallArgs {
    /// A Wasm file, compressed or not, or a package to build
    #[arg(value_name = "BLOB|PKG")]
    pub blob: String,
    /// The runtime API method, such as Core_version; without it those are named that there are
    pub method: Option<String>,
    /// Its SCALE-encoded arguments in hexadecimal, with or without 0x
    #[arg(value_name = "HEX", default_value = "")]
    pub input: String,
    /// Call it that many times on fresh instances and print the median time
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_least_one)]
    pub repeat: usize,
}

#[derive(Args, Debug)]
pub struct InspectArgs {
    /// A Wasm file, compressed or not
    pub blob: PathBuf,
    /// JSON instead of text
    #[arg(long)]
    pub json: bool,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(n) => Ok(n),
        Err(e) => Err(format!("{e}")),
    }
}
