//! Types of values and signatures of functions.

/// The type of an SSA value.
///
/// Go's types are lowered to sequences of these (decision record 0001): there are no aggregates in registers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Type {
    /// 32-bit integer; also booleans (0 or 1) and the narrow integers, always kept extended to 32 bits as their
    /// Go type says (sign-extended for `int8` and `int16`, zero-extended for `uint8` and `uint16`).
    I32,
    /// 64-bit integer.
    I64,
    /// IEEE 754 binary32.
    F32,
    /// IEEE 754 binary64.
    F64,
    /// A 32-bit address that the collector must see: a pointer into the heap, also an interior one, into static
    /// data or into a shadow frame, or null.
    Ref,
}

/// Parameters and results of a function.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Signature {
    /// Parameter types in order.
    pub params: Vec<Type>,
    /// Result types in order. More than one is legal here; `wasm` passes the second and later ones through
    /// globals (decision record 0001).
    pub results: Vec<Type>,
}

impl Signature {
    /// A signature from its parts.
    #[must_use]
    pub fn new(params: impl Into<Vec<Type>>, results: impl Into<Vec<Type>>) -> Self {
        Self {
            params: params.into(),
            results: results.into(),
        }
    }
}
