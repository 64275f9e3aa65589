//! Random programs behave the same before and after each pass, and the whole pipeline.
//!
//! The programs are made from a number, so a failure names all that is needed to see it again. `SEEDS=FROM..TO` in
//! the environment tries others.

mod generate;

use polkago_ir::interp::{Interp, Trap};
use polkago_ir::{Module, Scalar, TrapCode, verify_module};
use polkago_opt::{Level, Options, optimize, run_pass};

/// What can be seen of a run from outside.
#[derive(PartialEq, Debug)]
struct Behaviour {
    result: Result<Vec<Scalar>, Trap>,
    memory: Vec<u8>,
    global: Option<Scalar>,
    host_calls: Vec<(String, Vec<Scalar>)>,
}

/// Runs `main` with a few arguments.
fn run(module: &Module) -> Vec<Behaviour> {
    let arguments = [(0, 0), (1, -1), (7, 1 << 40), (-5, 3), (i32::MIN, i64::MIN)];
    let behaviour = |(a, b)| {
        let mut interp = Interp::new(module);
        interp.fuel = 200_000;
        let result = interp.call("main", &[Scalar::I32(a), Scalar::I64(b)]);
        let host_calls = std::mem::take(&mut interp.host_calls).into_iter();
        Behaviour {
            result,
            memory: interp.data("mem").map(<[u8]>::to_vec).unwrap_or_default(),
            global: interp.global("counter"),
            host_calls: host_calls
                .map(|(name, args)| (name.to_string(), args))
                .collect(),
        }
    };
    arguments.into_iter().map(behaviour).collect()
}

/// Runs that ended by a trap of the program or not at all. An allocator that is called less often may last longer.
fn is_fair(result: &Result<Vec<Scalar>, Trap>) -> bool {
    match result {
        Ok(_) | Err(Trap::Code(TrapCode::Panic)) => true,
        Err(Trap::Fuel | Trap::Depth | Trap::Code(TrapCode::Unreachable)) => false,
        Err(Trap::Division | Trap::Memory | Trap::Table | Trap::Symbol(_)) => true,
    }
}

/// Runs that ended for other reasons than the limits of the interpreter must be the same.
fn compare(seed: u64, pass: &str, before: &Module, expected: &[Behaviour], after: &Module) {
    verify_module(after).unwrap_or_else(|e| panic!("seed {seed}, {pass}: {e}\n{before}\n{after}"));
    for (expected, found) in expected.iter().zip(run(after)) {
        if is_fair(&expected.result) && *expected != found {
            panic!(
                "seed {seed}, {pass}:\n{before}\n{after}\nexpected {expected:?}\nfound {found:?}"
            );
        }
    }
}

#[test]
fn passes_keep_behaviour() {
    let seeds = std::env::var("SEEDS").ok();
    let seeds = seeds.as_deref().and_then(|s| s.split_once(".."));
    let (from, to) = seeds.map_or((0, 100), |(from, to)| {
        (from.parse().unwrap(), to.parse().unwrap())
    });
    let (mut runs, mut ended) = (0, 0);
    for seed in from..to {
        let module = generate::module(seed);
        verify_module(&module).unwrap_or_else(|e| panic!("seed {seed}: {e}\n{module}"));
        let expected = run(&module);
        runs += expected.len();
        ended += expected.iter().filter(|b| b.result.is_ok()).count();
        for &pass in polkago_opt::PASSES {
            let mut after = module.clone();
            match run_pass(pass, &mut after) {
                Ok(report) => assert!(report.is_some(), "no pass {pass}"),
                Err(error) => panic!("seed {seed}: {error}\n{module}"),
            }
            compare(seed, pass, &module, &expected, &after);
        }
        for level in [Level::Size, Level::Speed] {
            let mut after = module.clone();
            let options = Options {
                level,
                verify: true,
                ..Options::default()
            };
            if let Err(error) = optimize(&mut after, &options) {
                panic!("seed {seed}: {error}\n{module}");
            }
            compare(seed, &format!("{level:?}"), &module, &expected, &after);
        }
    }
    // The programs are not all hopeless.
    assert!(ended * 2 > runs, "{ended} of {runs} runs ended");
}

/// The same program gives the same text.
#[test]
fn the_result_is_deterministic() {
    for seed in 0..10 {
        let texts = [(); 2].map(|()| {
            let mut module = generate::module(seed);
            optimize(&mut module, &Options::default()).expect("the passes are right");
            module.to_string()
        });
        assert_eq!(texts[0], texts[1]);
    }
}

/// Fuel stops the pipeline after so many runs; with enough of it nothing changes, with none nothing is optimised.
#[test]
fn fuel_limits_runs() {
    let run = |fuel| {
        let mut module = generate::module(3);
        let options = Options {
            fuel,
            ..Options::default()
        };
        let report = optimize(&mut module, &options).expect("the passes are right");
        (report.runs, module.to_string())
    };
    let (all, text) = run(None);
    assert_eq!(run(Some(all)), (all, text.clone()));
    assert_eq!(run(Some(0)), (0, generate::module(3).to_string()));
    let (runs, part) = run(Some(3));
    assert_eq!(runs, 3);
    assert_ne!(part, text);
}
