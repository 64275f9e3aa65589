//! Operations on constants (*Constant expressions*).

use super::float::Float;
use super::{ConstKind, Constant, pow2};
use dashu::integer::IBig;
use dashu::rational::RBig;
use polkago_syntax::{BinaryOp, UnaryOp};
use std::cmp::Ordering;

/// The comparison operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl CompareOp {
    /// The comparison that a binary operator stands for.
    #[must_use]
    pub fn of(op: BinaryOp) -> Option<Self> {
        Some(match op {
            BinaryOp::Eq => Self::Eq,
            BinaryOp::Ne => Self::Ne,
            BinaryOp::Lt => Self::Lt,
            BinaryOp::Le => Self::Le,
            BinaryOp::Gt => Self::Gt,
            BinaryOp::Ge => Self::Ge,
            BinaryOp::LogOr
            | BinaryOp::LogAnd
            | BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Or
            | BinaryOp::Xor
            | BinaryOp::Mul
            | BinaryOp::Div
            | BinaryOp::Rem
            | BinaryOp::And
            | BinaryOp::AndNot
            | BinaryOp::Shl
            | BinaryOp::Shr => return None,
        })
    }

    /// Whether the comparison holds for operands in that order.
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Lt => order.is_lt(),
            Self::Le => order.is_le(),
            Self::Gt => order.is_gt(),
            Self::Ge => order.is_ge(),
        }
    }
}

/// Two operands brought to the simplest form that holds both.
enum Matched<'a> {
    Bool(bool, bool),
    String(&'a [u8], &'a [u8]),
    Int(&'a IBig, &'a IBig),
    Rat(Box<(RBig, RBig)>),
    Float(Box<(Float, Float)>),
    Complex(Box<[Constant; 4]>),
    /// One is unknown, or they do not go together.
    None,
}

/// The float nearest to a real number.
fn float(value: &Constant) -> Option<Float> {
    match value {
        Constant::Int(value) => Float::from_int(value),
        Constant::Rat(value) => Float::from_ratio(value.numerator(), value.denominator()),
        Constant::Float(value) => Some(value.as_ref().clone()),
        Constant::Unknown | Constant::Bool(_) | Constant::String(_) | Constant::Complex(_) => None,
    }
}

/// The exact fraction that an integer or fraction is.
fn ratio(value: &Constant) -> Option<RBig> {
    match value {
        Constant::Int(value) => Some(RBig::from(value.clone())),
        Constant::Rat(value) => Some(value.as_ref().clone()),
        Constant::Unknown
        | Constant::Bool(_)
        | Constant::String(_)
        | Constant::Float(_)
        | Constant::Complex(_) => None,
    }
}

/// Brings two operands to one form.
fn matched<'a>(x: &'a Constant, y: &'a Constant) -> Matched<'a> {
    match (x, y) {
        (Constant::Bool(x), Constant::Bool(y)) => return Matched::Bool(*x, *y),
        (Constant::String(x), Constant::String(y)) => return Matched::String(x, y),
        (Constant::Int(x), Constant::Int(y)) => return Matched::Int(x, y),
        _ => {}
    }
    let numeric = |value: &Constant| value.kind() >= ConstKind::Int;
    if !numeric(x) || !numeric(y) {
        return Matched::None;
    }
    if x.kind() == ConstKind::Complex || y.kind() == ConstKind::Complex {
        return Matched::Complex(Box::new([x.real(), x.imag(), y.real(), y.imag()]));
    }
    if let (Some(x), Some(y)) = (ratio(x), ratio(y)) {
        return Matched::Rat(Box::new((x, y)));
    }
    match (float(x), float(y)) {
        (Some(x), Some(y)) => Matched::Float(Box::new((x, y))),
        (None, _) | (_, None) => Matched::None,
    }
}

impl Constant {
    /// The result of a unary operation. `bits` is the size of an unsigned operand's type and bounds `^x`; unknown
    /// where the operator is not defined on the operand.
    #[must_use]
    pub fn unary(&self, op: UnaryOp, bits: Option<usize>) -> Self {
        match (op, self) {
            (UnaryOp::Plus, Self::Int(_) | Self::Rat(_) | Self::Float(_) | Self::Complex(_)) => {
                self.clone()
            }
            (UnaryOp::Minus, Self::Int(value)) => Self::Int(-value),
            (UnaryOp::Minus, Self::Rat(value)) => Self::rat(-value.as_ref().clone()),
            (UnaryOp::Minus, Self::Float(value)) => Self::float(Some(value.neg())),
            (UnaryOp::Minus, Self::Complex(parts)) => {
                Self::complex(parts.0.unary(op, None), parts.1.unary(op, None))
            }
            (UnaryOp::Xor, Self::Int(value)) => {
                let inverse = !value;
                Self::Int(match bits {
                    Some(bits) => inverse & IBig::from(pow2(bits) - 1u8),
                    None => inverse,
                })
            }
            (UnaryOp::Not, Self::Bool(value)) => Self::Bool(!value),
            _ => Self::Unknown,
        }
    }

    /// The result of a binary operation other than comparison and shift. `integer` asks for truncated division.
    /// Unknown where the operator is not defined on the operands, a divisor is zero, or the result is too large.
    #[must_use]
    pub fn binary(&self, op: BinaryOp, other: &Self, integer: bool) -> Self {
        match matched(self, other) {
            Matched::None => Self::Unknown,
            Matched::Bool(x, y) => match op {
                BinaryOp::LogAnd => Self::Bool(x && y),
                BinaryOp::LogOr => Self::Bool(x || y),
                _ => Self::Unknown,
            },
            Matched::String(x, y) => match op {
                BinaryOp::Add => Self::String([x, y].concat().into()),
                _ => Self::Unknown,
            },
            Matched::Int(x, y) => match op {
                BinaryOp::Add => Self::Int(x + y),
                BinaryOp::Sub => Self::Int(x - y),
                BinaryOp::Mul => Self::Int(x * y),
                BinaryOp::Div | BinaryOp::Rem if y.is_zero() => Self::Unknown,
                BinaryOp::Div if integer => Self::Int(x / y),
                BinaryOp::Div => Self::rat(RBig::from_parts_signed(x.clone(), y.clone())),
                BinaryOp::Rem => Self::Int(x % y),
                BinaryOp::And => Self::Int(x & y),
                BinaryOp::Or => Self::Int(x | y),
                BinaryOp::Xor => Self::Int(x ^ y),
                BinaryOp::AndNot => Self::Int(x & !y),
                _ => Self::Unknown,
            },
            Matched::Rat(operands) => {
                let (x, y) = *operands;
                match op {
                    BinaryOp::Add => Self::rat(x + y),
                    BinaryOp::Sub => Self::rat(x - y),
                    BinaryOp::Mul => Self::rat(x * y),
                    BinaryOp::Div if !y.is_zero() => Self::rat(x / y),
                    _ => Self::Unknown,
                }
            }
            Matched::Float(operands) => {
                let (x, y) = *operands;
                match op {
                    BinaryOp::Add => Self::float(x.add(&y)),
                    BinaryOp::Sub => Self::float(x.add(&y.neg())),
                    BinaryOp::Mul => Self::float(x.mul(&y)),
                    BinaryOp::Div => Self::float(x.div(&y)),
                    _ => Self::Unknown,
                }
            }
            Matched::Complex(parts) => {
                let [a, b, c, d] = *parts;
                let add = |x: &Self, y: &Self| x.binary(BinaryOp::Add, y, false);
                let sub = |x: &Self, y: &Self| x.binary(BinaryOp::Sub, y, false);
                let mul = |x: &Self, y: &Self| x.binary(BinaryOp::Mul, y, false);
                let div = |x: &Self, y: &Self| x.binary(BinaryOp::Div, y, false);
                match op {
                    BinaryOp::Add => Self::complex(add(&a, &c), add(&b, &d)),
                    BinaryOp::Sub => Self::complex(sub(&a, &c), sub(&b, &d)),
                    BinaryOp::Mul => Self::complex(
                        sub(&mul(&a, &c), &mul(&b, &d)),
                        add(&mul(&b, &c), &mul(&a, &d)),
                    ),
                    BinaryOp::Div => {
                        let scale = add(&mul(&c, &c), &mul(&d, &d));
                        let re = add(&mul(&a, &c), &mul(&b, &d));
                        let im = sub(&mul(&b, &c), &mul(&a, &d));
                        Self::complex(div(&re, &scale), div(&im, &scale))
                    }
                    _ => Self::Unknown,
                }
            }
        }
    }

    /// An integer shifted; unknown for what is not an integer.
    #[must_use]
    pub fn shift(&self, left: bool, count: usize) -> Self {
        match self {
            Self::Int(value) if left => Self::Int(value << count),
            Self::Int(value) => Self::Int(value >> count),
            Self::Unknown
            | Self::Bool(_)
            | Self::String(_)
            | Self::Rat(_)
            | Self::Float(_)
            | Self::Complex(_) => Self::Unknown,
        }
    }

    /// The result of a comparison; false where an operand is unknown.
    #[must_use]
    pub fn compare(&self, op: CompareOp, other: &Self) -> bool {
        match matched(self, other) {
            Matched::None => false,
            Matched::Bool(x, y) => op.holds(x.cmp(&y)),
            Matched::String(x, y) => op.holds(x.cmp(y)),
            Matched::Int(x, y) => op.holds(x.cmp(y)),
            Matched::Rat(operands) => op.holds(operands.0.cmp(&operands.1)),
            Matched::Float(operands) => op.holds(operands.0.compare(&operands.1)),
            Matched::Complex(parts) => {
                let [a, b, c, d] = parts.as_ref();
                let equal = a.compare(CompareOp::Eq, c) && b.compare(CompareOp::Eq, d);
                op.holds(if equal {
                    Ordering::Equal
                } else {
                    Ordering::Less
                })
            }
        }
    }
}
