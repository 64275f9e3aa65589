//! Channels (*Send statements*, *Receive operator*, *For statements with range clause*, *Making slices, maps and
//! channels*).
//!
//! The runtime sends from memory and receives into memory, so a value passes through a slot of the frame.

use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::Value;
use polkago_syntax::ExprId;
use polkago_types::{Basic, TypeId, TypeKind};

impl FuncLowering<'_> {
    /// The element type of a channel type.
    pub fn chan_elem(&self, t: TypeId) -> TypeId {
        match self.cx.under(t) {
            TypeKind::Chan { elem, .. } => self.cx.store.canon(*elem),
            _ => self.cx.basic(Basic::Invalid),
        }
    }

    /// `make(chan T, size)`.
    pub fn make_chan(&mut self, t: TypeId, size: Option<ExprId>) -> Value {
        let elem = self.chan_elem(t);
        let size = match size {
            Some(size) => self.length_value(size),
            None => self.b.i32const(0),
        };
        let typ = self.layout_addr(elem);
        let c = self.rt("makechan", &[typ, size])[0];
        self.know(c);
        c
    }

    /// `c <- x`.
    pub fn send_stmt(&mut self, chan: ExprId, value: ExprId) {
        let (c, elem) = self.send_operands(chan, value);
        self.rt("chansend1", &[c, elem]);
        let t = self.chan_elem(self.typ(chan));
        self.forget_slot(t, elem);
    }

    /// The channel of a send, and the address of the value.
    pub fn send_operands(&mut self, chan: ExprId, value: ExprId) -> (Value, Value) {
        let elem = self.chan_elem(self.typ(chan));
        let c = self.expr1(chan);
        let vals = self.expr_to(value, elem);
        if self.cx.info(elem).memory {
            // Nobody writes it before the call: but the channels of other cases are evaluated first.
            let kept = if self.is_place(value) {
                self.copied(elem, vals)
            } else {
                vals
            };
            return (c, kept[0]);
        }
        let at = self.chan_temp(elem);
        self.store(elem, at, 0, &vals);
        (c, at)
    }

    /// A slot for an element on its way; null if it has no bytes.
    pub fn chan_temp(&mut self, elem: TypeId) -> Value {
        if self.cx.size(elem) == 0 {
            return self.b.null();
        }
        self.temp(elem)
    }

    /// The element that was received into a slot.
    pub fn received(&mut self, elem: TypeId, at: Value) -> Vals {
        if self.cx.size(elem) == 0 {
            return self.zero(elem);
        }
        let vals = self.load(elem, at, 0);
        self.forget_slot(elem, at);
        vals
    }

    /// Has a slot for an element on its way keep nothing alive.
    fn forget_slot(&mut self, elem: TypeId, at: Value) {
        if !self.cx.info(elem).memory && !self.cx.pointer_free(elem) {
            self.store_zero(elem, at, 0);
        }
    }

    /// `<-c` as a value.
    pub fn recv(&mut self, chan: ExprId) -> Vals {
        let elem = self.chan_elem(self.typ(chan));
        let c = self.expr1(chan);
        let at = self.chan_temp(elem);
        self.rt("chanrecv1", &[c, at]);
        self.received(elem, at)
    }

    /// `<-c` as a statement.
    pub fn recv_stmt(&mut self, chan: ExprId) {
        let c = self.expr1(chan);
        let none = self.b.null();
        self.rt("chanrecv1", &[c, none]);
    }

    /// `x, ok = <-c`: the element and whether it was sent.
    pub fn recv_ok(&mut self, chan: ExprId) -> (Vals, Value) {
        let elem = self.chan_elem(self.typ(chan));
        let c = self.expr1(chan);
        self.recv_from(elem, c)
    }

    /// Receives from a channel: the element and whether it was sent.
    pub fn recv_from(&mut self, elem: TypeId, c: Value) -> (Vals, Value) {
        let at = self.chan_temp(elem);
        let ok = self.rt("chanrecv2", &[c, at])[0];
        (self.received(elem, at), ok)
    }
}
