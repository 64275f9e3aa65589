//! Which Wasm instruction an operation of the IR is.

use crate::code::{Mem, Ty, opcode as oc};
use polkago_ir::{BinaryOp, MemType, Type};

/// The instruction of an operation on operands of that type.
pub fn binary_opcode(op: BinaryOp, ty: Ty) -> u8 {
    use BinaryOp as B;
    let arith = |op32: u8| match ty {
        Ty::I64 => op32 + (oc::I64_ADD - oc::I32_ADD),
        _ => op32,
    };
    let compare = |op32: u8| match ty {
        Ty::I64 => op32 + (oc::I64_EQ - oc::I32_EQ),
        _ => op32,
    };
    let float = |op32: u8| match ty {
        Ty::F64 => op32 + (oc::F64_ADD - oc::F32_ADD),
        _ => op32,
    };
    let float_compare = |op32: u8| match ty {
        Ty::F64 => op32 + (oc::F64_EQ - oc::F32_EQ),
        _ => op32,
    };
    match op {
        B::Iadd | B::RefAdd => arith(oc::I32_ADD),
        B::Isub => arith(oc::I32_SUB),
        B::Imul => arith(oc::I32_MUL),
        B::DivS => arith(oc::I32_DIV_S),
        B::DivU => arith(oc::I32_DIV_U),
        B::RemS => arith(oc::I32_REM_S),
        B::RemU => arith(oc::I32_REM_U),
        B::And => arith(oc::I32_AND),
        B::Or => arith(oc::I32_OR),
        B::Xor => arith(oc::I32_XOR),
        B::Shl => arith(oc::I32_SHL),
        B::ShrS => arith(oc::I32_SHR_S),
        B::ShrU => arith(oc::I32_SHR_U),
        B::Rotl => arith(oc::I32_ROTL),
        B::Rotr => arith(oc::I32_ROTR),
        B::Fadd => float(oc::F32_ADD),
        B::Fsub => float(oc::F32_SUB),
        B::Fmul => float(oc::F32_MUL),
        B::Fdiv => float(oc::F32_DIV),
        B::Fmin => float(oc::F32_MIN),
        B::Fmax => float(oc::F32_MAX),
        B::Copysign => float(oc::F32_COPYSIGN),
        B::Eq => compare(oc::I32_EQ),
        B::Ne => compare(oc::I32_NE),
        B::LtS => compare(oc::I32_LT_S),
        B::LtU => compare(oc::I32_LT_U),
        B::LeS => compare(oc::I32_LE_S),
        B::LeU => compare(oc::I32_LE_U),
        B::GtS => compare(oc::I32_GT_S),
        B::GtU => compare(oc::I32_GT_U),
        B::GeS => compare(oc::I32_GE_S),
        B::GeU => compare(oc::I32_GE_U),
        B::Feq => float_compare(oc::F32_EQ),
        B::Fne => float_compare(oc::F32_NE),
        B::Flt => float_compare(oc::F32_LT),
        B::Fle => float_compare(oc::F32_LE),
        B::Fgt => float_compare(oc::F32_GT),
        B::Fge => float_compare(oc::F32_GE),
    }
}

fn mem(op: u8, align: u8) -> Mem {
    Mem {
        op,
        align,
        offset: 0,
    }
}

/// The load of that width, at offset 0.
pub fn load_op(ty: MemType) -> Mem {
    match ty {
        MemType::S8 => mem(oc::I32_LOAD8_S, 0),
        MemType::U8 => mem(oc::I32_LOAD8_U, 0),
        MemType::S16 => mem(oc::I32_LOAD16_S, 1),
        MemType::U16 => mem(oc::I32_LOAD16_U, 1),
        MemType::Full(Type::I32 | Type::Ref) => mem(oc::I32_LOAD, 2),
        MemType::Full(Type::I64) => mem(oc::I64_LOAD, 3),
        MemType::Full(Type::F32) => mem(oc::F32_LOAD, 2),
        MemType::Full(Type::F64) => mem(oc::F64_LOAD, 3),
    }
}

/// The store of that width, at offset 0.
pub fn store_op(ty: MemType) -> Mem {
    match ty {
        MemType::S8 | MemType::U8 => mem(oc::I32_STORE8, 0),
        MemType::S16 | MemType::U16 => mem(oc::I32_STORE16, 1),
        MemType::Full(Type::I32 | Type::Ref) => mem(oc::I32_STORE, 2),
        MemType::Full(Type::I64) => mem(oc::I64_STORE, 3),
        MemType::Full(Type::F32) => mem(oc::F32_STORE, 2),
        MemType::Full(Type::F64) => mem(oc::F64_STORE, 3),
    }
}

/// Load and store of one piece of a copy, of unknown alignment.
pub fn piece_ops(width: u32) -> (Mem, Mem) {
    match width {
        8 => (mem(oc::I64_LOAD, 0), mem(oc::I64_STORE, 0)),
        4 => (mem(oc::I32_LOAD, 0), mem(oc::I32_STORE, 0)),
        2 => (mem(oc::I32_LOAD16_U, 0), mem(oc::I32_STORE16, 0)),
        _ => (mem(oc::I32_LOAD8_U, 0), mem(oc::I32_STORE8, 0)),
    }
}
