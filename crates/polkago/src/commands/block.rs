//! `polkago block`.

use super::blob::{self, blob};
use crate::cli::chain::{BlockCommand, BuildBlockArgs, ExecuteBlockArgs, ReplayArgs, StartArgs};
use crate::output;
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_host::chain::{
    Block, Built, Chain, Genesis, Outcome, Script, ScriptBlock, Step, blocks_from_json,
    blocks_to_json,
};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

pub fn run(command: &BlockCommand) -> Result<ExitCode, Failure> {
    match command {
        BlockCommand::Build(args) => build(args),
        BlockCommand::Execute(args) => execute(args),
        BlockCommand::Replay(args) => replay(args),
    }
}

/// A chain at the point where the arguments say that it begins.
pub fn start(args: &StartArgs, runtime: Option<&str>) -> Result<Chain, Failure> {
    if let Some(path) = &args.state {
        return Ok(Chain::from_json(&output::read(path)?)?);
    }
    let genesis = match (&args.preset, &args.genesis) {
        (Some(name), _) => Genesis::Preset(name.clone()),
        (None, Some(path)) => Genesis::Config(output::read(path)?),
        (None, None) => Genesis::Empty,
    };
    let blob = blob(runtime.unwrap_or_default())?;
    let activity = Activity::start("compiling the blob to machine code");
    let chain = Chain::genesis(&blob, &genesis)?;
    drop(activity);
    Ok(chain)
}

fn script(path: Option<&Path>, blocks: Option<usize>) -> Result<Script, Failure> {
    Ok(match path {
        Some(path) => Script::from_json(&output::read(path)?)?,
        None => Script {
            blocks: vec![ScriptBlock::default(); blocks.unwrap_or(1)],
        },
    })
}

fn build(args: &BuildBlockArgs) -> Result<ExitCode, Failure> {
    let script = script(args.script.as_deref(), args.blocks)?;
    let mut chain = start(&args.start, args.blob.as_deref())?;
    let mut blocks = Vec::new();
    let mut all_valid = true;
    for block in &script.blocks {
        let built = chain.build_script(block)?;
        print_built(&built);
        all_valid &= built.invalid.is_empty();
        blocks.push(built.block);
    }
    if let Some(path) = &args.output {
        output::write(path, blocks_to_json(&blocks).as_bytes())?;
    }
    save(&mut chain, args.save_state.as_deref())?;
    Ok(code(all_valid))
}

fn execute(args: &ExecuteBlockArgs) -> Result<ExitCode, Failure> {
    let (runtime, file) = match (&args.start.state, args.files.as_slice()) {
        (Some(_), [file]) => (None, file),
        (None, [runtime, file]) => (Some(runtime.as_str()), file),
        (Some(_), _) => {
            return Err(Failure::message(
                "the runtime is in the state already",
                "with --state give the file of blocks alone",
            ));
        }
        (None, _) => {
            return Err(Failure::message(
                "a runtime and a file of blocks are needed",
                "give both, or --state FILE and the file of blocks",
            ));
        }
    };
    let blocks = blocks_from_json(&output::read(file.as_ref())?)?;
    let mut chain = start(&args.start, runtime)?;
    for block in &blocks {
        let step = chain.execute(block)?;
        print_executed(block, &step);
    }
    save(&mut chain, args.save_state.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

fn save(chain: &mut Chain, path: Option<&Path>) -> Result<(), Failure> {
    match path {
        Some(path) => output::write(path, chain.to_json().as_bytes()),
        None => Ok(()),
    }
}

fn code(success: bool) -> ExitCode {
    if success {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Builds blocks on one chain, executes them on a second, and shows that the last one is refused
/// there where it is tampered with.
fn replay(args: &ReplayArgs) -> Result<ExitCode, Failure> {
    let blob = blob(&args.blob)?;
    let activity = Activity::start("compiling the blob to machine code");
    let genesis = Genesis::Preset(args.preset.clone());
    let mut author = Chain::genesis(&blob, &genesis)?;
    let mut importer = Chain::genesis(&blob, &genesis)?;
    drop(activity);
    let script = match replay_script(args) {
        Some(path) => script(Some(&path), None)?,
        None => script(None, Some(3))?,
    };
    anstream::println!(
        "genesis  hash {:?}\n  state root {:?}",
        author.genesis_hash(),
        author.head().state_root
    );
    let mut good = author.genesis_hash() == importer.genesis_hash();
    let last = script.blocks.len().saturating_sub(1);
    for (index, block) in script.blocks.iter().enumerate() {
        let built = author.build_script(block)?;
        print_built(&built);
        good &= built.invalid.is_empty();
        if index == last {
            good &= tamper(&mut importer, &built.block);
        }
        let step = importer.execute(&built.block)?;
        print_executed(&built.block, &step);
        let (root, header) = (importer.state().root(), &built.block.header);
        let agree = root == header.state_root && root == author.state().root();
        anstream::println!(
            "  state root {root:?} {}",
            if agree { "on both" } else { "DIFFERS" }
        );
        good &= agree;
    }
    if good {
        anstream::println!(
            "\n{} blocks built and executed; roots agree, and what was tampered with is refused",
            script.blocks.len()
        );
    } else {
        anstream::eprintln!("polkago: not everything is as it should be");
    }
    Ok(code(good))
}

/// The script that is asked for, or the one in the package's folder.
fn replay_script(args: &ReplayArgs) -> Option<PathBuf> {
    args.script.clone().or_else(|| {
        let beside = Path::new(&args.blob).join("blocks.json");
        (!blob::is_blob(&args.blob) && beside.is_file()).then_some(beside)
    })
}

/// Shows what becomes of a block tampered with; whether all was refused.
fn tamper(importer: &mut Chain, block: &Block) -> bool {
    anstream::println!("\ntampered with block {}", block.header.number);
    let mut all = true;
    for tampered in importer.try_tampered(block) {
        match tampered.refused {
            Some(error) => anstream::println!("  {}\n    refused: {error}", tampered.what),
            None => {
                anstream::println!("  {}\n    ACCEPTED", tampered.what);
                all = false;
            }
        }
    }
    anstream::println!("\nas it was built");
    all
}

fn print_built(built: &Built) {
    let header = &built.block.header;
    let total: Duration = built.steps.iter().map(|step| step.time).sum();
    anstream::println!(
        "\nblock {}  hash {:?}\n  built with {} in {}\n  state root {:?}\n  extrinsics root {:?}",
        header.number,
        header.hash(),
        count(built.block.extrinsics.len(), "extrinsic"),
        millis(total),
        header.state_root,
        header.extrinsics_root
    );
    for (index, outcome) in built.outcomes.iter().enumerate() {
        if let Outcome::Failed(reason) = outcome {
            anstream::println!("  extrinsic {index} failed: {reason}");
        }
    }
    for (index, reason) in &built.invalid {
        anstream::println!("  extrinsic {index} of the script is invalid, and left out: {reason}");
    }
    built.steps.iter().for_each(|step| report::logs(&step.logs));
}

fn print_executed(block: &Block, step: &Step) {
    report::logs(&step.logs);
    anstream::println!(
        "  block {} executed in {}",
        block.header.number,
        millis(step.time)
    );
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
