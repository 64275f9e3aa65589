//! Construction of SSA form from assignable variables.

use polkago_ir::{
    BinaryOp, Function, FunctionBuilder, LocData, Signature, TrapCode, Type, Variable,
    verify_function,
};

fn builder(params: &[Type], results: &[Type]) -> FunctionBuilder {
    FunctionBuilder::new("f".into(), Signature::new(params, results))
}

fn param_var(b: &mut FunctionBuilder, n: usize) -> Variable {
    let value = b.params()[n];
    let var = b.declare_var(b.value_type(value));
    b.def_var(var, value);
    var
}

fn check(func: &Function, expected: &str) {
    verify_function(func).expect("the builder makes legal functions");
    let expected: Vec<_> = expected.lines().map(str::trim).collect();
    let found = func.to_string();
    let found: Vec<_> = found.lines().map(str::trim).collect();
    assert_eq!(found[1..found.len() - 1], expected[1..], "\n{func}");
}

/// A loop counter gets a parameter, a variable that the loop only reads does not.
#[test]
fn counting_loop() {
    let mut b = builder(&[Type::I32, Type::I32], &[Type::I32]);
    let (i, step) = (param_var(&mut b, 0), param_var(&mut b, 1));
    let (header, body, exit) = (b.new_block(), b.new_block(), b.new_block());
    b.jump(header);
    b.switch_to(header);
    let x = b.use_var(i);
    b.brif(x, body, exit);
    b.seal_block(body);
    b.switch_to(body);
    let (x, s) = (b.use_var(i), b.use_var(step));
    let next = b.binary(BinaryOp::Isub, x, s);
    b.def_var(i, next);
    b.jump(header);
    b.seal_block(header);
    b.seal_block(exit);
    b.switch_to(exit);
    let x = b.use_var(i);
    b.ret(&[x]);
    check(
        &b.finish(),
        "
        block0(v0: i32, v1: i32):
        jump block1(v0)
        block1(v2: i32):
        brif v2, block2, block3
        block2:
        v4 = isub v2, v1
        jump block1(v4)
        block3:
        return v2",
    );
}

/// No block is sealed before the end, and the loop has two entries.
#[test]
fn irreducible_without_seals() {
    let mut b = builder(&[Type::I32], &[Type::I32]);
    let x = param_var(&mut b, 0);
    let (left, right) = (b.new_block(), b.new_block());
    let cond = b.use_var(x);
    b.brif(cond, left, right);
    b.switch_to(left);
    b.use_var(x);
    b.jump(right);
    b.switch_to(right);
    let v = b.use_var(x);
    let end = b.new_block();
    b.brif(v, left, end);
    b.switch_to(end);
    let v = b.use_var(x);
    b.ret(&[v]);
    check(
        &b.finish(),
        "
        block0(v0: i32):
        brif v0, block1, block2
        block1:
        jump block2
        block2:
        brif v0, block1, block3
        block3:
        return v0",
    );
}

/// What follows a terminator is dropped; a variable that was never assigned is zero.
#[test]
fn unreachable_and_undefined() {
    let mut b = builder(&[], &[Type::I64]);
    let x = b.declare_var(Type::I64);
    let v = b.use_var(x);
    b.ret(&[v]);
    assert!(b.is_terminated() && b.is_unreachable());
    let v = b.use_var(x);
    assert!(!b.is_terminated() && b.is_unreachable());
    let dead_loop = b.new_block();
    b.jump(dead_loop);
    b.switch_to(dead_loop);
    let w = b.use_var(x);
    let sum = b.binary(BinaryOp::Iadd, v, w);
    b.def_var(x, sum);
    b.jump(dead_loop);
    b.seal_block(dead_loop);
    let never = b.new_block();
    b.seal_block(never);
    b.switch_to(never);
    b.use_var(x);
    b.trap(TrapCode::Unreachable);
    check(
        &b.finish(),
        "
        block0:
        v0 = i64const 0
        return v0",
    );
}

/// Parameters of a block's own stand before those made for variables; equal targets are told apart.
#[test]
fn explicit_parameters() {
    let mut b = builder(&[Type::I32, Type::I32], &[Type::I32]);
    let (p, q) = (b.params()[0], b.params()[1]);
    let x = param_var(&mut b, 0);
    let (one, two, join) = (b.new_block(), b.new_block(), b.new_block());
    b.brif(p, one, two);
    b.switch_to(one);
    b.brif_args(q, (join, &[p]), (join, &[q]));
    b.switch_to(two);
    b.def_var(x, q);
    b.jump_args(join, &[p]);
    let own = b.add_block_param(join, Type::I32);
    b.switch_to(join);
    let v = b.use_var(x);
    let sum = b.binary(BinaryOp::Iadd, own, v);
    b.ret(&[sum]);
    check(
        &b.finish(),
        "
        block0(v0: i32, v1: i32):
        brif v0, block1, block2
        block1:
        brif v1, block3(v0, v0), block3(v1, v0)
        block2:
        jump block3(v0, v1)
        block3(v2: i32, v3: i32):
        v4 = iadd v2, v3
        return v4",
    );
}

/// An outer loop's variable that passes through an inner loop with a join inside needs no parameter there.
#[test]
fn nested_loops() {
    let mut b = builder(&[Type::I32], &[]);
    let x = param_var(&mut b, 0);
    let [outer, inner, left, right, join, latch] = [(); 6].map(|()| b.new_block());
    b.jump(outer);
    b.switch_to(outer);
    b.jump(inner);
    b.switch_to(inner);
    let v = b.use_var(x);
    b.brif(v, left, right);
    b.switch_to(left);
    b.jump(join);
    b.switch_to(right);
    b.jump(join);
    b.switch_to(join);
    let v = b.use_var(x);
    b.brif(v, inner, latch);
    b.switch_to(latch);
    let v = b.use_var(x);
    let next = b.binary(BinaryOp::Iadd, v, v);
    b.def_var(x, next);
    b.jump(outer);
    let func = b.finish();
    verify_function(&func).expect("the builder makes legal functions");
    let params = func.layout[1..]
        .iter()
        .map(|&b| func.blocks[b].params.len());
    assert_eq!(params.sum::<usize>(), 1, "\n{func}");
}

#[test]
fn tables_hold_each_entry_once() {
    let mut b = builder(&[], &[]);
    let (f, sig) = ("g".into(), Signature::default());
    for line in [1, 2, 1] {
        b.set_loc(LocData {
            file: "f.go".into(),
            line,
            col: 1,
            func: None,
            inlined_at: None.into(),
        });
        b.call(&f, &sig, &[]);
    }
    b.ret(&[]);
    let func = b.finish();
    assert_eq!(
        (func.syms.len(), func.sigs.len(), func.locs.len()),
        (1, 1, 2)
    );
}

/// Ten thousand blocks with many live variables: neither recursion nor quadratic cost.
#[test]
fn many_blocks() {
    let mut b = builder(&[Type::I32], &[Type::I32]);
    let vars: Vec<_> = (0..20).map(|_| param_var(&mut b, 0)).collect();
    for n in 0..5_000 {
        let (then, join) = (b.new_block(), b.new_block());
        let v = b.use_var(vars[n % 20]);
        b.brif(v, then, join);
        b.seal_block(then);
        b.switch_to(then);
        let sum = b.binary(BinaryOp::Iadd, v, v);
        b.def_var(vars[(n + 7) % 20], sum);
        b.jump(join);
        b.seal_block(join);
        b.switch_to(join);
    }
    let v = b.use_var(vars[0]);
    b.ret(&[v]);
    let func = b.finish();
    verify_function(&func).expect("the builder makes legal functions");
}
