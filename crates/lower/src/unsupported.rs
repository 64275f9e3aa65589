//! The one error for what is outside the supported part of the language. It names the construct and stands at its
//! position; only reachable code is looked at.

use crate::func::FuncLowering;

impl FuncLowering<'_> {
    /// Reports that a construct, named in the plural, is not supported.
    pub fn unsupported(&mut self, what: &str) {
        self.error(format!("polkago: {what} are not supported yet"));
    }
}
