//! The types that generated programs use.

use crate::random::Random;

/// An integer type: its name, width and signedness.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Int {
    /// How Go calls it.
    pub name: &'static str,
    /// Bits, with the integer width of 386.
    pub bits: u32,
    /// Whether it has negative values.
    pub signed: bool,
}

/// All integer types.
pub const INTS: [Int; 10] = [
    int("int", 32, true),
    int("int8", 8, true),
    int("int16", 16, true),
    int("int32", 32, true),
    int("int64", 64, true),
    int("uint", 32, false),
    int("uint8", 8, false),
    int("uint16", 16, false),
    int("uint32", 32, false),
    int("uint64", 64, false),
];

const fn int(name: &'static str, bits: u32, signed: bool) -> Int {
    Int { name, bits, signed }
}

/// A type of a generated program. Declared types are numbers, which stand in their names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ty {
    Bool,
    Int(Int),
    Float32,
    Float64,
    Complex,
    Str,
    Array(usize, Box<Ty>),
    Slice(Box<Ty>),
    Map(Box<Ty>, Box<Ty>),
    Ptr(Box<Ty>),
    Func(Box<Ty>, Box<Ty>),
    Struct(usize),
    /// The interface type of the program.
    Iface,
    Any,
}

impl Ty {
    /// The type `int`.
    pub const INT: Self = Self::Int(INTS[0]);
    /// The type `uint8`.
    pub const BYTE: Self = Self::Int(INTS[6]);

    /// How the type is written in the program with this prefix.
    pub fn text(&self, prefix: &str) -> String {
        let text = |t: &Self| t.text(prefix);
        match self {
            Self::Bool => "bool".to_owned(),
            Self::Int(int) => int.name.to_owned(),
            Self::Float32 => "float32".to_owned(),
            Self::Float64 => "float64".to_owned(),
            Self::Complex => "complex128".to_owned(),
            Self::Str => "string".to_owned(),
            Self::Array(n, t) => format!("[{n}]{}", text(t)),
            Self::Slice(t) => format!("[]{}", text(t)),
            Self::Map(k, v) => format!("map[{}]{}", text(k), text(v)),
            Self::Ptr(t) => format!("*{}", text(t)),
            Self::Func(a, r) => format!("func({}) {}", text(a), text(r)),
            Self::Struct(i) => format!("{prefix}S{i}"),
            Self::Iface => format!("{prefix}I"),
            Self::Any => "any".to_owned(),
        }
    }

    /// The struct type that it is, or points to.
    pub fn structure(&self) -> Option<usize> {
        match self {
            Self::Struct(i) => Some(*i),
            Self::Ptr(t) => match **t {
                Self::Struct(i) => Some(i),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a copy of a value shares memory with it.
    pub fn refers(&self) -> bool {
        matches!(
            self,
            Self::Slice(_)
                | Self::Map(..)
                | Self::Ptr(_)
                | Self::Func(..)
                | Self::Iface
                | Self::Any
        )
    }

    /// Whether values can be compared without a panic.
    pub fn comparable(&self, structs: &[Vec<Self>]) -> bool {
        match self {
            Self::Slice(_) | Self::Map(..) | Self::Func(..) | Self::Iface | Self::Any => false,
            Self::Array(_, t) => t.comparable(structs),
            Self::Struct(i) => structs[*i].iter().all(|t| t.comparable(structs)),
            Self::Bool
            | Self::Int(_)
            | Self::Float32
            | Self::Float64
            | Self::Complex
            | Self::Str
            | Self::Ptr(_) => true,
        }
    }

    /// Whether it is a usable key of a map: equal to itself always.
    pub fn key(&self, structs: &[Vec<Self>]) -> bool {
        match self {
            Self::Bool | Self::Int(_) | Self::Str => true,
            Self::Array(_, t) => t.key(structs),
            Self::Struct(i) => structs[*i].iter().all(|t| t.key(structs)),
            _ => false,
        }
    }
}

/// A type without parts.
pub fn basic(random: &mut Random) -> Ty {
    match random.below(16) {
        0 => Ty::Bool,
        1 => Ty::Float32,
        2 | 3 => Ty::Float64,
        4 | 5 => Ty::Str,
        6 => Ty::Complex,
        7..=9 => Ty::INT,
        _ => Ty::Int(*random.pick(&INTS)),
    }
}
