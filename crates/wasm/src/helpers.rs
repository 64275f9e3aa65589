//! Functions written by hand in Wasm, for what the MVP has no instruction for. A module has only those it uses.

use crate::code::{Code, Local, Mem, Op, Ty, opcode as oc};
use polkago_ir::{Function, InstData, UnaryOp, Value, ValueDef};
use smallvec::SmallVec;

/// A hand-written function.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Helper {
    /// `(dst, src, len)`: copies bytes, the ranges may overlap.
    MemCopy,
    /// `(dst, byte, len)`: sets bytes.
    MemFill,
    /// `(dst, len)`: sets bytes to zero.
    MemZero,
    /// f64 to i32, signed, saturating.
    TruncS32,
    /// f64 to i32, unsigned, saturating.
    TruncU32,
    /// f64 to i64, signed, saturating.
    TruncS64,
    /// f64 to i64, unsigned, saturating.
    TruncU64,
    /// f32 to itself, any NaN to the canonical one.
    Canon32,
    /// f64 to itself, any NaN to the canonical one.
    Canon64,
}

impl Helper {
    /// All, in the order in which they are emitted.
    pub const ALL: [Self; 9] = [
        Self::MemCopy,
        Self::MemFill,
        Self::MemZero,
        Self::TruncS32,
        Self::TruncU32,
        Self::TruncS64,
        Self::TruncU64,
        Self::Canon32,
        Self::Canon64,
    ];

    /// Its name in the name section.
    pub fn name(self) -> &'static str {
        match self {
            Self::MemCopy => "polkago.memcopy",
            Self::MemFill => "polkago.memfill",
            Self::MemZero => "polkago.memzero",
            Self::TruncS32 => "polkago.trunc_s32",
            Self::TruncU32 => "polkago.trunc_u32",
            Self::TruncS64 => "polkago.trunc_s64",
            Self::TruncU64 => "polkago.trunc_u64",
            Self::Canon32 => "polkago.canon32",
            Self::Canon64 => "polkago.canon64",
        }
    }

    /// Its parameters and result.
    pub fn signature(self) -> (&'static [Ty], Option<Ty>) {
        match self {
            Self::MemCopy | Self::MemFill => (&[Ty::I32, Ty::I32, Ty::I32], None),
            Self::MemZero => (&[Ty::I32, Ty::I32], None),
            Self::TruncS32 | Self::TruncU32 => (&[Ty::F64], Some(Ty::I32)),
            Self::TruncS64 | Self::TruncU64 => (&[Ty::F64], Some(Ty::I64)),
            Self::Canon32 => (&[Ty::F32], Some(Ty::F32)),
            Self::Canon64 => (&[Ty::F64], Some(Ty::F64)),
        }
    }

    /// Its code.
    pub fn code(self) -> Code {
        let mut code = Code::new(self.signature().0.iter().copied());
        match self {
            Self::MemCopy => mem_copy(&mut code),
            Self::MemFill => mem_fill(&mut code),
            Self::MemZero => {
                let (dst, len) = (code.param(0), code.param(1));
                fill_loops(&mut code, dst, len, &Op::I64Const(0));
            }
            Self::TruncS32 => trunc_32(&mut code, -2147483648.0, 2147483647.0, oc::I32_TRUNC_F64_S),
            Self::TruncU32 => trunc_32(&mut code, 0.0, 4294967295.0, oc::I32_TRUNC_F64_U),
            Self::TruncS64 => {
                let limit = 9223372036854775808.0;
                trunc_64(&mut code, -limit, limit, i64::MAX, oc::I64_TRUNC_F64_S);
            }
            Self::TruncU64 => {
                let limit = 18446744073709551616.0;
                trunc_64(&mut code, 0.0, limit, -1, oc::I64_TRUNC_F64_U);
            }
            Self::Canon32 => {
                let x = code.param(0);
                let nan = Op::F32Const(0x7fc0_0000);
                let same = Op::Plain(oc::F32_EQ);
                code.extend([Op::Get(x), nan, Op::Get(x), Op::Get(x), same, Op::Select]);
            }
            Self::Canon64 => {
                let x = code.param(0);
                let nan = Op::F64Const(0x7ff8_0000_0000_0000);
                let same = Op::Plain(oc::F64_EQ);
                code.extend([Op::Get(x), nan, Op::Get(x), Op::Get(x), same, Op::Select]);
            }
        }
        code
    }
}

/// A set of helpers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Helpers(u16);

impl Helpers {
    /// Adds one.
    pub fn insert(&mut self, helper: Helper) {
        self.0 |= 1 << helper as u8;
    }

    /// Adds all of another set.
    pub fn union(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether it is in.
    pub fn contains(self, helper: Helper) -> bool {
        self.0 & 1 << helper as u8 != 0
    }

    /// Those in the set, in the order in which they are emitted.
    pub fn iter(self) -> impl Iterator<Item = Helper> {
        Helper::ALL.into_iter().filter(move |&h| self.contains(h))
    }
}

/// More pieces than this are left to the helper.
const MAX_PIECES: usize = 4;

/// The widths and offsets of the accesses that cover `len` bytes; the last two may overlap. `None` if there would
/// be too many.
pub fn pieces(len: u32) -> Option<SmallVec<[(u32, u32); MAX_PIECES]>> {
    let mut pieces = SmallVec::new();
    let mut at = 0;
    while at < len {
        let rest = len - at;
        let width = match rest {
            8.. => 8,
            4..=7 => 4,
            2..=3 => 2,
            _ => 1,
        };
        // One access that reaches back over the one before is better than two small ones.
        let wide = match len {
            8.. => 8,
            4..=7 => 4,
            _ => 1,
        };
        if width < rest && wide > rest {
            pieces.push((wide, len - wide));
            at = len;
        } else {
            pieces.push((width, at));
            at += width;
        }
        if pieces.len() > MAX_PIECES {
            return None;
        }
    }
    Some(pieces)
}

/// The i32 constant that a value is.
pub fn i32_const(func: &Function, v: Value) -> Option<i32> {
    match func.values[v].def {
        ValueDef::Result(inst, _) => match func.insts[inst] {
            InstData::I32Const(n) => Some(n),
            _ => None,
        },
        ValueDef::Param(..) => None,
    }
}

/// Whether a copy of that length is done by loads and stores at its place.
pub fn copied_inline(func: &Function, len: Value) -> bool {
    i32_const(func, len).is_some_and(|n| pieces(n as u32).is_some())
}

/// Whether a fill is done by stores at its place.
pub fn filled_inline(func: &Function, byte: Value, len: Value) -> bool {
    i32_const(func, byte).is_some() && copied_inline(func, len)
}

/// Whether the bits of a float are known to be the same on all hosts. Only arithmetic can give a NaN whose bits the
/// host chooses. Memory holds no such bits, because stores remove them.
pub fn known_canonical(func: &Function, v: Value) -> bool {
    let mut v = v;
    loop {
        let ValueDef::Result(inst, _) = func.values[v].def else {
            return false;
        };
        match func.insts[inst] {
            InstData::F32Const(_) | InstData::F64Const(_) | InstData::Load { .. } => return true,
            InstData::Unary { op, x, .. } => match op {
                UnaryOp::Fneg | UnaryOp::Fabs => v = x,
                UnaryOp::Bitcast
                | UnaryOp::ConvertS32
                | UnaryOp::ConvertU32
                | UnaryOp::ConvertS64
                | UnaryOp::ConvertU64 => return true,
                _ => return false,
            },
            _ => return false,
        }
    }
}

fn load(op: u8, align: u8) -> Op {
    Op::Load(Mem {
        op,
        align,
        offset: 0,
    })
}

fn store(op: u8, align: u8) -> Op {
    Op::Store(Mem {
        op,
        align,
        offset: 0,
    })
}

/// Backwards if the destination begins inside the source, else forwards; eight bytes at a time, then single ones.
fn mem_copy(code: &mut Code) {
    let (dst, src, len) = (code.param(0), code.param(1), code.param(2));
    let words = (8, load(oc::I64_LOAD, 0), store(oc::I64_STORE, 0));
    let bytes = (1, load(oc::I32_LOAD8_U, 0), store(oc::I32_STORE8, 0));
    code.extend([
        Op::Get(dst),
        Op::Get(src),
        Op::Plain(oc::I32_SUB),
        Op::Get(len),
    ]);
    code.extend([Op::Plain(oc::I32_LT_U), Op::If(None)]);
    for (step, load, store) in [words.clone(), bytes.clone()] {
        copy_loop(code, len, step, |code| {
            code.extend([Op::Get(dst), Op::Get(len), Op::I32Const(step)]);
            code.extend([Op::Plain(oc::I32_SUB), Op::Tee(len), Op::Plain(oc::I32_ADD)]);
            code.extend([
                Op::Get(src),
                Op::Get(len),
                Op::Plain(oc::I32_ADD),
                load,
                store,
            ]);
        });
    }
    code.push(Op::Else);
    for (step, load, store) in [words, bytes] {
        copy_loop(code, len, step, |code| {
            code.extend([Op::Get(dst), Op::Get(src), load, store]);
            for (local, op) in [(dst, oc::I32_ADD), (src, oc::I32_ADD), (len, oc::I32_SUB)] {
                code.extend([
                    Op::Get(local),
                    Op::I32Const(step),
                    Op::Plain(op),
                    Op::Set(local),
                ]);
            }
        });
    }
    code.push(Op::End);
}

/// `loop` while `len` is at least `step`.
fn copy_loop(code: &mut Code, len: Local, step: i32, body: impl FnOnce(&mut Code)) {
    let label = code.new_label();
    code.extend([Op::Loop(label, None), Op::Get(len)]);
    if step > 1 {
        code.extend([Op::I32Const(step), Op::Plain(oc::I32_GE_U)]);
    }
    code.push(Op::If(None));
    body(code);
    code.extend([Op::Br(label), Op::End, Op::End]);
}

fn mem_fill(code: &mut Code) {
    let (dst, byte, len) = (code.param(0), code.param(1), code.param(2));
    let word = code.locals.push(Ty::I64);
    code.extend([Op::Get(byte), Op::I32Const(255), Op::Plain(oc::I32_AND)]);
    code.extend([
        Op::Plain(oc::I64_EXTEND_I32_U),
        Op::I64Const(0x0101_0101_0101_0101),
    ]);
    code.extend([Op::Plain(oc::I64_MUL), Op::Set(word)]);
    fill_loops(code, dst, len, &Op::Get(word));
}

/// Stores an i64, and then its low byte, until `len` bytes are written.
fn fill_loops(code: &mut Code, dst: Local, len: Local, value: &Op) {
    let steps = [(8, store(oc::I64_STORE, 0)), (1, store(oc::I64_STORE8, 0))];
    for (step, store) in steps {
        copy_loop(code, len, step, |code| {
            code.extend([Op::Get(dst), value.clone(), store]);
            for (local, op) in [(dst, oc::I32_ADD), (len, oc::I32_SUB)] {
                code.extend([
                    Op::Get(local),
                    Op::I32Const(step),
                    Op::Plain(op),
                    Op::Set(local),
                ]);
            }
        });
    }
}

/// Both limits are exact as f64, so that clamping comes before the conversion.
fn trunc_32(code: &mut Code, min: f64, max: f64, convert: u8) {
    let x = code.param(0);
    code.extend([Op::Get(x), Op::Get(x), Op::Plain(oc::F64_EQ)]);
    code.extend([Op::If(Some(Ty::I32)), Op::Get(x)]);
    code.extend([Op::F64Const(max.to_bits()), Op::Plain(oc::F64_MIN)]);
    code.extend([Op::F64Const(min.to_bits()), Op::Plain(oc::F64_MAX)]);
    code.extend([Op::Plain(convert), Op::Else, Op::I32Const(0), Op::End]);
}

/// The upper limit is not exact as f64, but the first value above it is.
fn trunc_64(code: &mut Code, min: f64, above: f64, max: i64, convert: u8) {
    let x = code.param(0);
    let typed = Op::If(Some(Ty::I64));
    code.extend([
        Op::Get(x),
        Op::F64Const(above.to_bits()),
        Op::Plain(oc::F64_GE),
    ]);
    code.extend([typed.clone(), Op::I64Const(max), Op::Else]);
    code.extend([Op::Get(x), Op::Get(x), Op::Plain(oc::F64_EQ)]);
    code.extend([
        typed,
        Op::Get(x),
        Op::F64Const(min.to_bits()),
        Op::Plain(oc::F64_MAX),
    ]);
    code.extend([
        Op::Plain(convert),
        Op::Else,
        Op::I64Const(0),
        Op::End,
        Op::End,
    ]);
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_cover() {
        for len in 0..=32 {
            let Some(pieces) = pieces(len) else { continue };
            let mut covered = vec![false; len as usize];
            for (width, at) in pieces {
                for i in at..at + width {
                    covered[i as usize] = true;
                }
            }
            assert!(covered.iter().all(|&c| c), "{len}");
        }
        assert_eq!(pieces(13).map(|p| p.len()), Some(2));
        assert!(pieces(32).is_some());
        assert!(pieces(33).is_none());
    }
}
