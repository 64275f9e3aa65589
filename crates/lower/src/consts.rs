//! Exact constants become machine values (*Constants*, *Representability*).

use crate::cx::Cx;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use crate::symbols::content_symbol;
use polkago_ir::{Data, Type, Value};
use polkago_syntax::{BinaryOp, ExprKind, UnaryOp};
use polkago_types::{Basic, Constant, TypeId};
use smallvec::smallvec;

/// A constant as scalars.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Machine {
    /// An integer or boolean of at most 32 bits, extended as its type says.
    I32(i32),
    /// A 64-bit integer.
    I64(i64),
    /// `float32`.
    F32(f32),
    /// `float64`.
    F64(f64),
    /// `complex64`.
    C64(f32, f32),
    /// `complex128`.
    C128(f64, f64),
    /// A string.
    Str(std::sync::Arc<[u8]>),
    /// An address.
    Address(u32),
}

impl Cx<'_> {
    /// The machine value of a constant of a type; `None` if it has none, which is so only for invalid programs.
    pub fn machine(&self, t: TypeId, c: &Constant) -> Option<Machine> {
        let bits = c.to_bits64();
        Some(match self.as_basic(t)? {
            Basic::Bool | Basic::UntypedBool => Machine::I32(i32::from(c.as_bool()?)),
            Basic::Int8 => Machine::I32(i32::from(bits as i8)),
            Basic::Int16 => Machine::I32(i32::from(bits as i16)),
            Basic::Uint8 => Machine::I32(i32::from(bits as u8)),
            Basic::Uint16 => Machine::I32(i32::from(bits as u16)),
            Basic::Int
            | Basic::Int32
            | Basic::Uint
            | Basic::Uint32
            | Basic::Uintptr
            | Basic::UntypedInt
            | Basic::UntypedRune => Machine::I32(bits as i32),
            Basic::Int64 | Basic::Uint64 => Machine::I64(bits as i64),
            Basic::Float32 => Machine::F32(c.to_f32()),
            Basic::Float64 | Basic::UntypedFloat => Machine::F64(c.to_f64()),
            Basic::Complex64 => Machine::C64(c.real().to_f32(), c.imag().to_f32()),
            Basic::Complex128 | Basic::UntypedComplex => {
                Machine::C128(c.real().to_f64(), c.imag().to_f64())
            }
            Basic::String | Basic::UntypedString => Machine::Str(c.as_bytes()?.clone()),
            Basic::UnsafePointer => Machine::Address(bits as u32),
            Basic::UntypedNil | Basic::Invalid => return None,
        })
    }
}

/// Read-only bytes as a data object named by their content.
pub(crate) fn bytes_data(bytes: &[u8]) -> Data {
    Data {
        name: content_symbol("str", bytes, &[]),
        align: 1,
        size: bytes.len() as u32,
        bytes: bytes.to_vec(),
        relocs: Vec::new(),
        mutable: false,
        mergeable: true,
        refs: Vec::new(),
    }
}

impl FuncLowering<'_> {
    /// A constant of a type.
    pub fn constant(&mut self, t: TypeId, c: &Constant) -> Vals {
        match self.cx.machine(t, c) {
            Some(machine) => self.machine(machine),
            None => self.zero(t),
        }
    }

    fn machine(&mut self, machine: Machine) -> Vals {
        match machine {
            Machine::I32(n) => smallvec![self.b.i32const(n)],
            Machine::I64(n) => smallvec![self.b.i64const(n)],
            Machine::F32(x) => smallvec![self.b.f32const(x)],
            Machine::F64(x) => smallvec![self.b.f64const(x)],
            Machine::C64(re, im) => smallvec![self.b.f32const(re), self.b.f32const(im)],
            Machine::C128(re, im) => smallvec![self.b.f64const(re), self.b.f64const(im)],
            Machine::Str(bytes) => self.string(&bytes),
            Machine::Address(n) => {
                let n = self.b.i32const(n as i32);
                smallvec![self.b.unary(polkago_ir::UnaryOp::IntToRef, n, Type::Ref)]
            }
        }
    }

    /// A constant string.
    pub fn string(&mut self, bytes: &[u8]) -> Vals {
        let len = self.b.i32const(bytes.len() as i32);
        if bytes.is_empty() {
            return smallvec![self.b.null(), len];
        }
        smallvec![self.bytes_address(bytes), len]
    }

    /// The address of constant bytes.
    pub fn bytes_address(&mut self, bytes: &[u8]) -> Value {
        let data = bytes_data(bytes);
        let name = data.name.clone();
        self.out.data.push(data);
        self.b.sym_addr(&name, 0)
    }

    /// The value of an i32 constant expression, if it is one.
    pub fn const_int(&self, e: polkago_syntax::ExprId) -> Option<i64> {
        let c = self.src().info.consts.get(&e)?;
        c.to_int().to_i64()
    }

    /// The value of a boolean expression that a constant decides: a constant, or one whose second operand is never
    /// evaluated.
    pub fn const_bool(&self, e: polkago_syntax::ExprId) -> Option<bool> {
        if let Some(c) = self.src().info.consts.get(&e) {
            return c.as_bool();
        }
        match self.kind(e) {
            ExprKind::Paren(x) => self.const_bool(*x),
            ExprKind::Unary {
                op: UnaryOp::Not,
                x,
                ..
            } => self.const_bool(*x).map(|b| !b),
            ExprKind::Binary { op, x, .. } => {
                let first = self.const_bool(*x)?;
                let decides = match op {
                    BinaryOp::LogAnd => !first,
                    BinaryOp::LogOr => first,
                    _ => false,
                };
                decides.then_some(first)
            }
            _ => None,
        }
    }
}
