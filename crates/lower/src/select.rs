//! Select statements (*Select statements*).
//!
//! Channels and the values to be sent are evaluated first, in source order. One communication is an operation of
//! its own, with a default case one that does not wait; several are a table in the frame, from which the runtime
//! chooses. What receives assigns when its case has been chosen.

use crate::flow::Target;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Block, MemType, StackSlotData, Type, Value};
use polkago_syntax::{CommClause, ExprId, ExprKind, StmtId, StmtKind, UnaryOp};
use polkago_types::{Basic, TypeId};

/// Bytes of `runtime.scase`: channel, element, direction.
const CASE_SIZE: u32 = 12;

/// A communication, its operands evaluated.
struct Comm {
    /// The number of its clause.
    clause: usize,
    chan: Value,
    /// The address of the element, or null.
    elem: Value,
    kind: Kind,
}

enum Kind {
    Send,
    /// With the element type.
    Recv(TypeId),
}

/// The receive operation of a communication clause, and what it assigns to.
struct Receive<'a> {
    chan: ExprId,
    lhs: &'a [ExprId],
    define: bool,
}

impl FuncLowering<'_> {
    /// A select statement.
    pub fn select_stmt(&mut self, clauses: &[CommClause]) {
        let label = self.flow.label.take();
        let (mark, start) = (self.mark(), self.pos());
        let mut comms: Vec<Comm> = Vec::new();
        for (n, clause) in clauses.iter().enumerate() {
            if let Some(stmt) = clause.comm {
                let comm = self.communication(n, stmt);
                comms.push(comm);
            }
        }
        if comms.len() > 1 {
            // Where one communication is tried alone, traces name its own line.
            self.set_pos(start);
        }
        let bodies: Vec<Block> = clauses.iter().map(|_| self.b.new_block()).collect();
        let done = self.b.new_block();
        let default = clauses.iter().position(|c| c.comm.is_none());
        let ok = self.choose(&comms, &bodies, default.map(|n| bodies[n]));
        self.forget(mark);

        self.flow.targets.push(Target {
            label,
            brk: done,
            cont: None,
        });
        for (n, clause) in clauses.iter().enumerate() {
            self.b.seal_block(bodies[n]);
            self.b.switch_to(bodies[n]);
            if !self.b.is_unreachable() {
                if let Some(stmt) = clause.comm {
                    let comm = comms.iter().find(|c| c.clause == n);
                    self.assign_received(stmt, comm, ok);
                }
                self.stmts(clause.body);
            }
            if !self.b.is_terminated() {
                self.b.jump(done);
            }
            self.forget(mark);
        }
        self.flow.targets.pop();
        self.b.seal_block(done);
        self.b.switch_to(done);
    }

    /// The receive operation of a clause; `None` for a send.
    fn receive_of(&self, stmt: StmtId) -> Option<Receive<'_>> {
        let tree = self.src().tree;
        let (e, lhs, define): (ExprId, &[ExprId], bool) = match &tree.stmt[stmt].kind {
            StmtKind::Expr(e) => (*e, &[], false),
            StmtKind::Assign { lhs, rhs, .. } => {
                (*tree.exprs(*rhs).first()?, tree.exprs(*lhs), false)
            }
            StmtKind::Define { lhs, rhs, .. } => {
                (*tree.exprs(*rhs).first()?, tree.exprs(*lhs), true)
            }
            _ => return None,
        };
        match self.kind(self.unparen(e)) {
            ExprKind::Unary {
                op: UnaryOp::Recv,
                x,
            } => Some(Receive {
                chan: *x,
                lhs,
                define,
            }),
            _ => None,
        }
    }

    /// Evaluates the operands of a communication.
    fn communication(&mut self, clause: usize, stmt: StmtId) -> Comm {
        let tree = self.src().tree;
        self.at(tree.stmt[stmt].span.start);
        if let StmtKind::Send { chan, value, .. } = tree.stmt[stmt].kind {
            let (chan, elem) = self.send_operands(chan, value);
            return Comm {
                clause,
                chan,
                elem,
                kind: Kind::Send,
            };
        }
        let receive = self.receive_of(stmt);
        let receive = receive.map(|r| {
            let wanted = r.lhs.first().is_some_and(|&e| !self.is_blank(e));
            (r.chan, wanted)
        });
        let Some((chan, wanted)) = receive else {
            self.error("polkago: not a communication");
            let null = self.b.null();
            return Comm {
                clause,
                chan: null,
                elem: null,
                kind: Kind::Send,
            };
        };
        let t = self.chan_elem(self.typ(chan));
        let chan = self.expr1(chan);
        let elem = if wanted {
            self.chan_temp(t)
        } else {
            self.b.null()
        };
        Comm {
            clause,
            chan,
            elem,
            kind: Kind::Recv(t),
        }
    }

    /// Goes to the body of a case that can proceed. Gives whether a received value was sent, where one was received.
    fn choose(&mut self, comms: &[Comm], bodies: &[Block], default: Option<Block>) -> Value {
        let no = self.b.i32const(0);
        match (comms, default) {
            ([], None) => {
                self.rt("block", &[]);
                self.trap();
                no
            }
            ([], Some(default)) => {
                self.b.jump(default);
                no
            }
            ([comm], None) => {
                let args = [comm.chan, comm.elem];
                let ok = match comm.kind {
                    Kind::Send => {
                        self.rt("chansend1", &args);
                        no
                    }
                    Kind::Recv(_) => self.rt("chanrecv2", &args)[0],
                };
                self.b.jump(bodies[comm.clause]);
                ok
            }
            ([comm], Some(default)) => {
                let args = [comm.chan, comm.elem];
                let (selected, ok) = match comm.kind {
                    Kind::Send => (self.rt("selectnbsend", &args)[0], no),
                    Kind::Recv(_) => {
                        let results = self.rt("selectnbrecv", &args);
                        (results[0], results[1])
                    }
                };
                self.b.brif(selected, bodies[comm.clause], default);
                ok
            }
            _ => self.choose_of_many(comms, bodies, default),
        }
    }

    fn choose_of_many(
        &mut self,
        comms: &[Comm],
        bodies: &[Block],
        default: Option<Block>,
    ) -> Value {
        let count = comms.len() as u32;
        let refs = (0..count).flat_map(|n| [n * CASE_SIZE, n * CASE_SIZE + 4]);
        let slot = self.b.slot(StackSlotData {
            size: count * CASE_SIZE,
            align: 4,
            refs: refs.collect(),
        });
        let table = self.b.stack_addr(slot, 0);
        for (n, comm) in comms.iter().enumerate() {
            let at = n as u32 * CASE_SIZE;
            let send = self.bool(matches!(comm.kind, Kind::Send));
            self.b.store(MemType::Full(Type::Ref), table, at, comm.chan);
            self.b
                .store(MemType::Full(Type::Ref), table, at + 4, comm.elem);
            self.b.store(MemType::Full(Type::I32), table, at + 8, send);
        }
        let n = self.b.i32const(comms.len() as i32);
        let name = match default {
            Some(_) => "selectnb",
            None => "selectgo",
        };
        let results = self.rt(name, &[table, n]);
        let (chosen, ok) = (results[0], results[1]);
        let mut targets: Vec<Block> = comms.iter().map(|c| bodies[c.clause]).collect();
        let otherwise = match default {
            Some(default) => default,
            None => targets.pop().unwrap_or(bodies[0]),
        };
        match targets.as_slice() {
            [first] => {
                let zero = self.b.i32const(0);
                let is_first = self.b.binary(Op::Eq, chosen, zero);
                self.b.brif(is_first, *first, otherwise);
            }
            _ => self.b.br_table(chosen, &targets, otherwise),
        }
        ok
    }

    /// At the start of a clause's body: assigns what was received.
    fn assign_received(&mut self, stmt: StmtId, comm: Option<&Comm>, ok: Value) {
        let Some(Comm {
            kind: Kind::Recv(elem),
            elem: at,
            ..
        }) = comm
        else {
            return;
        };
        let Some(receive) = self.receive_of(stmt) else {
            return;
        };
        let (lhs, define) = (receive.lhs.to_vec(), receive.define);
        if lhs.is_empty() {
            return;
        }
        self.at(self.src().tree.stmt[stmt].span.start);
        let targets: Vec<_> = lhs.iter().map(|&e| self.target(e, define)).collect();
        let vals: Vals = if self.is_blank(lhs[0]) {
            Vals::new()
        } else {
            self.received(*elem, *at)
        };
        let bool_type = self.cx.basic(Basic::Bool);
        let values = [(vals, *elem), (Vals::from_slice(&[ok]), bool_type)];
        for (target, (vals, from)) in targets.iter().zip(values) {
            let Some(to) = self.target_type(target) else {
                continue;
            };
            let vals = self.implicit(vals, from, to);
            self.assign_target(target, &vals);
        }
    }
}
