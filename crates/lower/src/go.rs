//! Go statements (*Go statements*): the new goroutine runs a closure that makes the call.

use crate::call_closure::Wrapper;
use crate::func::FuncLowering;
use polkago_syntax::ExprId;

impl FuncLowering<'_> {
    /// A go statement.
    pub fn go_stmt(&mut self, call: ExprId) {
        let closure = self.call_closure(call, Wrapper::Go);
        self.rt("newproc", &[closure]);
    }
}
