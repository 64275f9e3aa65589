//! The operand types that instructions ask for.

use crate::{BinaryOp, Function, InstData, Type, UnaryOp, Value};

/// A set of types, for messages.
struct Class {
    types: &'static [Type],
    name: &'static str,
}

const INT: Class = Class {
    types: &[Type::I32, Type::I64],
    name: "an integer",
};
const FLOAT: Class = Class {
    types: &[Type::F32, Type::F64],
    name: "a float",
};
const INT_OR_REF: Class = Class {
    types: &[Type::I32, Type::I64, Type::Ref],
    name: "an integer or ref",
};
const NUMBER: Class = Class {
    types: &[Type::I32, Type::I64, Type::F32, Type::F64],
    name: "a number",
};

/// The messages about the operands of one instruction. Operands must be in range; branch arguments are checked
/// against the blocks elsewhere.
pub(super) fn check_operands(func: &Function, data: &InstData, report: &mut dyn FnMut(String)) {
    let mut check = Check { func, report };
    match data {
        InstData::I32Const(_)
        | InstData::I64Const(_)
        | InstData::F32Const(_)
        | InstData::F64Const(_)
        | InstData::Null
        | InstData::SymAddr { .. }
        | InstData::FuncIndex(_)
        | InstData::StackAddr { .. }
        | InstData::GlobalGet { .. }
        | InstData::GlobalSet { .. }
        | InstData::MemorySize
        | InstData::ExitCheck
        | InstData::Jump(_)
        | InstData::ReturnExit
        | InstData::Trap(_) => {}
        InstData::Unary { op, x, ty } => check.unary(*op, *x, *ty),
        InstData::Binary { op, x, y } => check.binary(*op, *x, *y),
        InstData::Select { cond, x, y } => {
            check.is(*cond, Type::I32);
            check.same(*x, *y);
        }
        InstData::Load { addr, .. } => check.is(*addr, Type::Ref),
        InstData::Store {
            mem, addr, value, ..
        } => {
            check.is(*addr, Type::Ref);
            check.is(*value, mem.value_type());
        }
        InstData::MemCopy { dst, src, len, .. } => {
            check.is(*dst, Type::Ref);
            check.is(*src, Type::Ref);
            check.is(*len, Type::I32);
        }
        InstData::MemFill { dst, byte, len } => {
            check.is(*dst, Type::Ref);
            check.is(*byte, Type::I32);
            check.is(*len, Type::I32);
        }
        InstData::Call { sig, args, .. } => {
            check.list("argument", args, &func.sigs[*sig].params);
        }
        InstData::CallIndirect { sig, callee, args } => {
            check.is(*callee, Type::I32);
            check.list("argument", args, &func.sigs[*sig].params);
        }
        InstData::MemoryGrow(pages) => check.is(*pages, Type::I32),
        InstData::Brif { cond, .. } => check.is(*cond, Type::I32),
        InstData::BrTable { index, .. } => check.is(*index, Type::I32),
        InstData::Return(values) => check.list("result", values, &func.sig.results),
    }
}

struct Check<'a> {
    func: &'a Function,
    report: &'a mut dyn FnMut(String),
}

impl Check<'_> {
    fn is(&mut self, v: Value, ty: Type) {
        let found = self.func.value_type(v);
        if found != ty {
            (self.report)(format!("{v} must be {ty}, is {found}"));
        }
    }

    fn one_of(&mut self, v: Value, class: Class) {
        let found = self.func.value_type(v);
        if !class.types.contains(&found) {
            (self.report)(format!("{v} must be {}, is {found}", class.name));
        }
    }

    fn same(&mut self, x: Value, y: Value) {
        let (tx, ty) = (self.func.value_type(x), self.func.value_type(y));
        if tx != ty {
            (self.report)(format!("{x} and {y} must have one type, are {tx} and {ty}"));
        }
    }

    fn list(&mut self, what: &str, values: &[Value], types: &[Type]) {
        let (found, wanted) = (values.len(), types.len());
        if found != wanted {
            (self.report)(format!("{found} {what}s where the signature has {wanted}"));
            return;
        }
        for (&v, &ty) in values.iter().zip(types) {
            self.is(v, ty);
        }
    }

    fn unary(&mut self, op: UnaryOp, x: Value, ty: Type) {
        use UnaryOp as U;
        match op {
            U::Clz | U::Ctz | U::Popcnt | U::Sext8 | U::Sext16 => self.one_of(x, INT),
            U::Eqz => self.one_of(x, INT_OR_REF),
            U::Wrap => self.is(x, Type::I64),
            U::ExtendS | U::ExtendU | U::IntToRef => self.is(x, Type::I32),
            U::Fneg | U::Fabs | U::Ceil | U::Floor | U::Trunc | U::Nearest | U::Sqrt => {
                self.one_of(x, FLOAT);
            }
            U::Promote => self.is(x, Type::F32),
            U::Demote => self.is(x, Type::F64),
            U::TruncSatS32 | U::TruncSatU32 | U::TruncSatS64 | U::TruncSatU64 => {
                self.one_of(x, FLOAT);
            }
            U::ConvertS32 | U::ConvertU32 | U::ConvertS64 | U::ConvertU64 => self.one_of(x, INT),
            U::Bitcast => self.one_of(x, NUMBER),
            U::RefToInt => self.is(x, Type::Ref),
        }
        let wanted = op.result_type(self.func.value_type(x));
        if ty != wanted {
            (self.report)(format!("the result type must be {wanted}, is {ty}"));
        }
    }

    fn binary(&mut self, op: BinaryOp, x: Value, y: Value) {
        use BinaryOp as B;
        let class = match op {
            B::RefAdd => {
                self.is(x, Type::Ref);
                self.is(y, Type::I32);
                return;
            }
            B::Iadd | B::Isub | B::Imul | B::DivS | B::DivU | B::RemS | B::RemU => INT,
            B::And | B::Or | B::Xor | B::Shl | B::ShrS | B::ShrU | B::Rotl | B::Rotr => INT,
            B::LtS | B::LtU | B::LeS | B::LeU | B::GtS | B::GtU | B::GeS | B::GeU => INT,
            B::Fadd | B::Fsub | B::Fmul | B::Fdiv | B::Fmin | B::Fmax | B::Copysign => FLOAT,
            B::Feq | B::Fne | B::Flt | B::Fle | B::Fgt | B::Fge => FLOAT,
            B::Eq | B::Ne => INT_OR_REF,
        };
        self.one_of(x, class);
        self.same(x, y);
    }
}
