//! Folding of operations on constants.

use polkago_ir::{Function, InstData, Scalar, UnaryOp, Value, ValueDef, eval_binary, eval_unary};

/// A value that is a constant.
pub fn constant(func: &Function, v: Value) -> Option<Scalar> {
    match func.values[v].def {
        ValueDef::Result(inst, _) => Scalar::of_inst(&func.insts[inst]),
        ValueDef::Param(..) => None,
    }
}

/// The integer that a value is.
pub fn int(func: &Function, v: Value) -> Option<i64> {
    constant(func, v)?.int()
}

/// The constant that an operation on constants gives; `None` if it is none, or traps.
pub fn fold(func: &Function, data: &InstData) -> Option<InstData> {
    match *data {
        InstData::Unary { op, x, .. } => fold_unary(op, constant(func, x)?),
        InstData::Binary { op, x, y } => {
            eval_binary(op, constant(func, x)?, constant(func, y)?)?.to_inst()
        }
        _ => None,
    }
}

fn fold_unary(op: UnaryOp, x: Scalar) -> Option<InstData> {
    // Which bits of a NaN a program sees is decided where its floats become integers, by the code generator.
    let nan = match x {
        Scalar::F32(bits) => f32::from_bits(bits).is_nan(),
        Scalar::F64(bits) => f64::from_bits(bits).is_nan(),
        Scalar::I32(_) | Scalar::I64(_) | Scalar::Ref(_) => false,
    };
    if nan && op == UnaryOp::Bitcast {
        return None;
    }
    eval_unary(op, x)?.to_inst()
}
