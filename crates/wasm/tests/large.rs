//! Functions as large as package initialisers and generated tables: nothing recurses along the program, nothing is
//! quadratic in it, and the threads that emit functions do not show in the output.

use polkago_ir::{
    BinaryOp, Export, FunctionBuilder, MemType, Module, Signature, Symbol, Type, Value,
};
use polkago_wasm::{Options, Output, emit_module};
use std::time::{Duration, Instant};
use wasmi::Val;

mod engine;

/// A module with one exported function `f(i32) -> i32`.
fn module(build: impl FnOnce(&mut FunctionBuilder)) -> Module {
    let name = Symbol::from("f");
    let sig = Signature::new([Type::I32], [Type::I32]);
    let mut b = FunctionBuilder::new(name.clone(), sig);
    build(&mut b);
    let mut module = Module::default();
    module.funcs.insert(name.clone(), b.finish());
    module.exports.push(Export {
        name: "f".to_owned(),
        func: name,
    });
    module
}

/// Emits it, in no more time than a slow machine with a debug build needs if the cost is near linear.
fn emit(module: &Module) -> Output {
    let start = Instant::now();
    let output = emit_module(module, &Options::default()).expect("a module");
    let time = start.elapsed();
    assert!(time < Duration::from_secs(60), "{time:?}");
    output
}

fn call(output: &Output, x: i32) -> i32 {
    let mut instance = engine::Instance::new(&output.bytes).expect("an instance");
    match instance.call("f", &[Val::I32(x)]) {
        Ok(Some(Val::I32(n))) => n,
        other => panic!("{other:?}"),
    }
}

#[test]
fn many_live_values() {
    // More than the interference matrix takes.
    const COUNT: i32 = 10_000;
    let module = module(|b| {
        let x = b.params()[0];
        let base = b.unary(polkago_ir::UnaryOp::IntToRef, x, Type::Ref);
        let values: Vec<Value> = (0..COUNT)
            .map(|i| {
                let v = b.load(MemType::U8, base, i as u32 % 7);
                let n = b.i32const(i);
                b.binary(BinaryOp::Xor, v, n)
            })
            .collect();
        // In another block, so that they need locals.
        let next = b.new_block();
        b.jump(next);
        b.switch_to(next);
        let mut sum = b.i32const(0);
        for v in values.into_iter().rev() {
            let twice = b.binary(BinaryOp::Iadd, v, v);
            sum = b.binary(BinaryOp::Iadd, sum, twice);
        }
        b.ret(&[sum]);
    });
    let output = emit(&module);
    assert_eq!(call(&output, 60_000), (0..COUNT).sum::<i32>() * 2);
}

#[test]
fn a_long_sequence_of_branches() {
    const COUNT: i32 = 5_000;
    let module = module(|b| {
        let x = b.params()[0];
        let sum = b.declare_var(Type::I32);
        b.def_var(sum, x);
        for i in 0..COUNT {
            let (then, next) = (b.new_block(), b.new_block());
            let n = b.i32const(i);
            let less = b.binary(BinaryOp::LtS, n, x);
            b.brif(less, then, next);
            b.switch_to(then);
            let old = b.use_var(sum);
            let new = b.binary(BinaryOp::Iadd, old, n);
            b.def_var(sum, new);
            b.jump(next);
            b.switch_to(next);
        }
        let sum = b.use_var(sum);
        b.ret(&[sum]);
    });
    let output = emit(&module);
    assert_eq!(call(&output, 100), 100 + (0..100).sum::<i32>());
}

#[test]
fn deep_nesting() {
    const COUNT: i32 = 1_500;
    // if x > 0 { if x > 1 { ... } else return 1 } else return 0
    let module = module(|b| {
        let x = b.params()[0];
        for i in 0..COUNT {
            let (then, els) = (b.new_block(), b.new_block());
            let n = b.i32const(i);
            let more = b.binary(BinaryOp::GtS, x, n);
            b.brif(more, then, els);
            b.switch_to(els);
            b.ret(&[n]);
            b.switch_to(then);
        }
        let n = b.i32const(-1);
        b.ret(&[n]);
    });
    let output = emit(&module);
    assert_eq!(call(&output, 700), 700);
    assert_eq!(call(&output, COUNT), -1);
}

#[test]
fn a_large_table() {
    const COUNT: i32 = 800;
    let module = module(|b| {
        let x = b.params()[0];
        let blocks: Vec<_> = (0..=COUNT).map(|_| b.new_block()).collect();
        let (default, targets) = blocks.split_last().expect("not empty");
        b.br_table(x, targets, *default);
        for (i, &block) in blocks.iter().enumerate() {
            b.switch_to(block);
            let n = b.i32const(i as i32 * 3);
            b.ret(&[n]);
        }
    });
    let output = emit(&module);
    assert_eq!(call(&output, 5), 15);
    assert_eq!(call(&output, -1), COUNT * 3);
}

#[test]
fn deep_expressions() {
    const COUNT: i32 = 20_000;
    let module = module(|b| {
        let x = b.params()[0];
        let mut v = x;
        for _ in 0..COUNT {
            v = b.binary(BinaryOp::Iadd, x, v);
        }
        b.ret(&[v]);
    });
    let output = emit(&module);
    assert_eq!(call(&output, 3), 3 * (COUNT + 1));
}

#[test]
fn threads_do_not_show() {
    let mut module = module(|b| {
        let x = b.params()[0];
        b.ret(&[x]);
    });
    for n in 0..50 {
        let name = Symbol::from(format!("g{n}"));
        let sig = Signature::new([Type::I32], [Type::I32]);
        let mut b = FunctionBuilder::new(name.clone(), sig);
        let x = b.params()[0];
        let k = b.i32const(n * 100);
        let y = b.binary(BinaryOp::Imul, x, k);
        b.ret(&[y]);
        module.funcs.insert(name.clone(), b.finish());
        module.exports.push(Export {
            name: format!("g{n}"),
            func: name,
        });
    }
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().expect("a thread pool");
        pool.install(|| emit(&module).bytes)
    };
    assert_eq!(with(1), with(8));
}
