//! The names of types and operations in the text form.

use crate::{BinaryOp, MemType, TrapCode, Type, UnaryOp};

/// Gives an enum a name for each of its variants, both ways.
macro_rules! names {
    ($enum:ty { $($variant:pat => $value:expr, $name:literal;)* }) => {
        impl $enum {
            /// The name in the text form.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $($variant => $name,)*
                }
            }

            /// The one with that name in the text form.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some($value),)*
                    _ => None,
                }
            }
        }
    };
    ($enum:ident { $($variant:ident $name:literal)* }) => {
        names!($enum { $($enum::$variant => $enum::$variant, $name;)* });
    };
}

names!(Type {
    I32 "i32"
    I64 "i64"
    F32 "f32"
    F64 "f64"
    Ref "ref"
});

names!(TrapCode {
    Unreachable "unreachable"
    Panic "panic"
});

names!(MemType {
    MemType::S8 => MemType::S8, "s8";
    MemType::U8 => MemType::U8, "u8";
    MemType::S16 => MemType::S16, "s16";
    MemType::U16 => MemType::U16, "u16";
    MemType::Full(Type::I32) => MemType::Full(Type::I32), "i32";
    MemType::Full(Type::I64) => MemType::Full(Type::I64), "i64";
    MemType::Full(Type::F32) => MemType::Full(Type::F32), "f32";
    MemType::Full(Type::F64) => MemType::Full(Type::F64), "f64";
    MemType::Full(Type::Ref) => MemType::Full(Type::Ref), "ref";
});

names!(UnaryOp {
    Clz "clz"
    Ctz "ctz"
    Popcnt "popcnt"
    Eqz "eqz"
    Sext8 "sext8"
    Sext16 "sext16"
    Wrap "wrap"
    ExtendS "extend_s"
    ExtendU "extend_u"
    Fneg "fneg"
    Fabs "fabs"
    Ceil "ceil"
    Floor "floor"
    Trunc "trunc"
    Nearest "nearest"
    Sqrt "sqrt"
    Promote "promote"
    Demote "demote"
    TruncSatS32 "trunc_sat_s32"
    TruncSatU32 "trunc_sat_u32"
    TruncSatS64 "trunc_sat_s64"
    TruncSatU64 "trunc_sat_u64"
    ConvertS32 "convert_s32"
    ConvertU32 "convert_u32"
    ConvertS64 "convert_s64"
    ConvertU64 "convert_u64"
    Bitcast "bitcast"
    RefToInt "ref_to_int"
    IntToRef "int_to_ref"
});

names!(BinaryOp {
    Iadd "iadd"
    Isub "isub"
    Imul "imul"
    DivS "div_s"
    DivU "div_u"
    RemS "rem_s"
    RemU "rem_u"
    And "and"
    Or "or"
    Xor "xor"
    Shl "shl"
    ShrS "shr_s"
    ShrU "shr_u"
    Rotl "rotl"
    Rotr "rotr"
    Fadd "fadd"
    Fsub "fsub"
    Fmul "fmul"
    Fdiv "fdiv"
    Fmin "fmin"
    Fmax "fmax"
    Copysign "copysign"
    RefAdd "ref_add"
    Eq "eq"
    Ne "ne"
    LtS "lt_s"
    LtU "lt_u"
    LeS "le_s"
    LeU "le_u"
    GtS "gt_s"
    GtU "gt_u"
    GeS "ge_s"
    GeU "ge_u"
    Feq "feq"
    Fne "fne"
    Flt "flt"
    Fle "fle"
    Fgt "fgt"
    Fge "fge"
});

/// The length of the symbol name at the start of `text` that may stand without quotes: letters, digits and
/// `_ . / $ ·`, and `: -` between two of these.
pub(super) fn plain_symbol_len(text: &str) -> usize {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '$' | '·');
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, ':' | '-') && at > 0;
        let mut between = || chars.peek().is_some_and(|&(_, next)| plain(next));
        if !(plain(c) || joins && between()) {
            return at;
        }
    }
    text.len()
}
