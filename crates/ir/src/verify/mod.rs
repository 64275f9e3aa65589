//! The verifier: what every pass may rely on and must keep.
//!
//! In a function:
//! - The layout lists at least one block and each block once; every index is inside its arena. The entry has the
//!   parameters of the signature and no predecessors.
//! - A block ends in its only terminator; branches go to listed blocks, with arguments that match the parameters in
//!   number and type.
//! - Operand and result types are those of the instruction, and results and parameters know their definition.
//! - A definition dominates its uses. In unreachable blocks, where dominance means nothing, this is not asked.
//! - `exit_check` stands directly behind a call in the same block.
//! - Stack slots are aligned to a power of two up to 8, and addresses are inside or directly behind their slot.
//! - A location is inlined at one with a lower number.
//!
//! In a module: each symbol is defined once, under its own name; what is referred to is defined as the right kind
//! with the right type; relocations and refs are ascending and inside their object; no global is a ref.

mod func;
mod module;
mod types;

use crate::Symbol;
use std::fmt;

pub use func::verify_function;
pub use module::{verify_module, verify_part};

/// One violated rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// The function, data object, global or import, or the function that is exported.
    pub symbol: Symbol,
    /// The place in it in text form (`block3: v7 = iadd v1, v2`); may be empty.
    pub place: String,
    /// The rule and how it is violated.
    pub message: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.symbol)?;
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.message)
    }
}

/// All violated rules found, at least one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyErrors(pub Vec<VerifyError>);

impl fmt::Display for VerifyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for VerifyErrors {}

/// `Ok` if nothing was found.
fn result(errors: Vec<VerifyError>) -> Result<(), VerifyErrors> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(VerifyErrors(errors))
    }
}
