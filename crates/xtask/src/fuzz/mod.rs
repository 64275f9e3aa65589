//! `cargo xtask fuzz programs`: random well-typed programs, run by polkago and by the official compiler for 386.
//!
//! | file | what it does |
//! | --- | --- |
//! | `types.rs`, `expr.rs`, `stmt.rs`, `program.rs` | a program from a seed |
//! | `idioms/` | parts of it that are about one rule of the language each |
//! | `code.rs` | its text as a tree |
//! | `compare.rs` | both compilers on many programs at once |
//! | `reduce.rs` | a smaller program that still shows the difference |
//!
//! Each program is a function that prints what its variables hold at the end. A hundred of them make one binary,
//! because a build costs more than a run. A seed gives the same program everywhere.

mod code;
mod compare;
mod expr;
mod idioms;
mod program;
mod reduce;
pub mod scale;
mod stmt;
mod types;

use std::path::PathBuf;

use rayon::prelude::*;

use self::code::Decl;
use self::compare::Outcome;
use self::program::Features;
use crate::mode::Mode;

/// How programs are generated and compared.
#[derive(clap::Args)]
pub struct Options {
    /// How many programs.
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// The seed of the first one; the others have those that follow.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many make one binary.
    #[arg(long, default_value_t = 100, value_name = "N")]
    together: u64,
    /// Parts of the language to leave out: maps, panics, goroutines, generics, iterators.
    #[arg(long, value_delimiter = ',', value_name = "PARTS")]
    without: Vec<String>,
    /// How they are compiled.
    #[arg(long, value_enum, default_value_t)]
    mode: Mode,
    /// Print the programs instead of running them.
    #[arg(long)]
    print: bool,
    /// Do not make programs that differ smaller.
    #[arg(long)]
    no_reduce: bool,
}

impl Options {
    /// That many programs with everything, from the first seed on.
    pub fn of(count: u64) -> Self {
        Self {
            count,
            seed: 1,
            together: 100,
            without: Vec::new(),
            mode: Mode::Plain,
            print: false,
            no_reduce: false,
        }
    }
}

/// Runs the comparison. Returns whether all programs agree and all could be judged.
///
/// # Errors
/// Where there is no such part of the language, or a program cannot be written down.
pub fn programs(options: &Options) -> Result<bool, String> {
    let features = features(&options.without)?;
    let seeds: Vec<u64> = (options.seed..options.seed + options.count).collect();
    let batches: Vec<Vec<Program>> = seeds
        .chunks(options.together.max(1) as usize)
        .map(|seeds| seeds.iter().map(|&s| Program::new(s, features)).collect())
        .collect();
    if options.print {
        for batch in &batches {
            print!("{}", source(batch, features));
        }
        return Ok(true);
    }
    let outcomes: Vec<Result<Outcome, String>> = batches
        .par_iter()
        .map(|batch| compare::batch(options.mode, batch, features))
        .collect();
    let (mut agreed, mut differ, mut exhausted, mut faults, mut contradicted) = (0, 0, 0, 0, 0);
    for (batch, outcome) in batches.iter().zip(outcomes) {
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(why) => {
                faults += batch.len();
                let first = batch.first().map_or(0, |program| program.seed);
                println!(
                    "NOT JUDGED: the {} programs from seed {first} on: {why}",
                    batch.len()
                );
                continue;
            }
        };
        for fault in outcome.faults {
            faults += 1;
            println!(
                "FAULT OF THE GENERATOR: seed {} ends the official binary: {}",
                fault.seed, fault.text
            );
            if let Some(program) = batch.iter().find(|p| p.seed == fault.seed) {
                println!("        written to {}", save(program, features)?.display());
            }
        }
        for finding in outcome.contradicted {
            contradicted += 1;
            println!(
                "FAULT OF THE OFFICIAL OPTIMISER: seed {}: {}; without optimisation the official compiler agrees with polkago",
                finding.seed, finding.text
            );
        }
        exhausted += outcome.exhausted;
        agreed += outcome.agreed;
        for difference in outcome.differences {
            differ += 1;
            println!("DIFFERS seed {}: {}", difference.seed, difference.text);
            let Some(program) = batch.iter().find(|p| p.seed == difference.seed) else {
                continue;
            };
            let mut program = program.clone();
            if !options.no_reduce && differ <= REDUCED {
                program = reduce::reduce(options.mode, &program, features);
            }
            if differ <= REDUCED {
                let path = save(&program, features)?;
                println!("        written to {}", path.display());
            }
        }
    }
    println!(
        "fuzz programs: {agreed} of {} agree, {differ} differ, {contradicted} agree only with the unoptimised official build, {exhausted} stopped for want of fuel, {faults} not judged by a fault of the generator",
        seeds.len()
    );
    Ok(differ == 0 && faults == 0)
}

/// At most this many programs are made smaller and written to files.
const REDUCED: usize = 5;

fn features(without: &[String]) -> Result<Features, String> {
    let mut features = Features {
        maps: true,
        panics: true,
        goroutines: true,
        generics: true,
        iterators: true,
    };
    for part in without {
        match part.as_str() {
            "maps" => features.maps = false,
            "panics" => features.panics = false,
            "goroutines" => features.goroutines = false,
            "generics" => features.generics = false,
            "iterators" => features.iterators = false,
            _ => return Err(format!("no such part of the language: {part}")),
        }
    }
    Ok(features)
}

/// A generated program.
#[derive(Clone)]
pub struct Program {
    seed: u64,
    prefix: String,
    decls: Vec<Decl>,
}

impl Program {
    fn new(seed: u64, features: Features) -> Self {
        let prefix = format!("p{seed}_");
        Self {
            seed,
            decls: program::program(seed, &prefix, features),
            prefix,
        }
    }
}

/// The source file of a binary with some programs.
fn source(programs: &[Program], features: Features) -> String {
    let mut text = String::from("package main\n\nimport (\n\t\"math\"\n");
    if features.goroutines {
        text.push_str("\t\"sync\"\n)\n\nvar _ sync.Mutex\n\n");
    } else {
        text.push_str(")\n\n");
    }
    text.push_str(include_str!("prelude.go.txt"));
    text.push_str(include_str!("prelude_idioms.go.txt"));
    text.push_str(if features.panics {
        include_str!("prelude_panics.go.txt")
    } else {
        include_str!("prelude_calm.go.txt")
    });
    if features.iterators {
        text.push_str(include_str!("prelude_iterators.go.txt"));
    }
    for program in programs {
        text.push('\n');
        for decl in &program.decls {
            decl.text(&mut text);
        }
    }
    text.push_str("\nfunc main() {\n");
    for program in programs {
        text.push_str(&format!(
            "\trun({}, {}main)\n",
            program.seed, program.prefix
        ));
    }
    text.push_str("}\n");
    text
}

/// Writes a program below the target folder.
fn save(program: &Program, features: Features) -> Result<PathBuf, String> {
    let folder = crate::repository().join("target/fuzz");
    let path = folder.join(format!("program{}.go", program.seed));
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&path, source(std::slice::from_ref(program), features)))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_program() {
        let features = features(&[]).expect("no part is left out");
        let text = || source(&[Program::new(7, features)], features);
        assert_eq!(text(), text());
        assert!(text().contains("func p7_main()"));
    }

    #[test]
    fn unknown_parts_are_refused() {
        assert!(features(&["classes".to_owned()]).is_err());
    }
}
