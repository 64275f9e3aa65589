//! Switch statements (*Switch statements*).
//!
//! Cases are tested in order; a switch over an integer with many constant cases close to each other is a table
//! jump. Where constants decide which clause is taken, the others are left out.

use crate::arith::Num;
use crate::flow::Target;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Block, Type, UnaryOp, Value};
use polkago_syntax::{BinaryOp, CaseClause, ExprId, StmtId};
use polkago_types::{Mode, TypeId, static_clause};
use rustc_hash::FxHashMap;
use smallvec::smallvec;

/// A table jump needs at least that many cases.
const MIN_TABLE: usize = 4;

impl FuncLowering<'_> {
    /// An expression switch.
    pub fn switch_stmt(
        &mut self,
        init: Option<StmtId>,
        tag: Option<ExprId>,
        clauses: &[CaseClause],
    ) {
        let label = self.flow.label.take();
        if let Some(init) = init {
            self.stmt(init);
        }
        let source = self.src();
        if let Some(target) = static_clause(source.tree, source.info, tag, clauses) {
            if let Some(i) = target {
                let (body, done) = (self.b.new_block(), self.b.new_block());
                self.b.jump(body);
                let mark = self.mark();
                self.case_bodies(label, &clauses[i..=i], &[body], done, |_, _| {});
                self.forget(mark);
            }
            return;
        }
        let mark = self.mark();
        let value = tag.map(|tag| {
            let t = self.typ(tag);
            let tree = self.src().tree;
            let lists = clauses.iter().filter_map(|clause| clause.exprs);
            let mut cases = lists.flat_map(|list| tree.exprs(list));
            // Nothing happens between constant cases that could change bytes.
            if self.bytes_as_string(tag).is_some()
                && cases.all(|&case| self.mode(case) == Mode::Constant)
            {
                (t, self.transient_to(tag, t))
            } else {
                (t, self.expr_kept(tag, t))
            }
        });
        let bodies: Vec<Block> = clauses.iter().map(|_| self.b.new_block()).collect();
        let done = self.b.new_block();
        let default = clauses.iter().position(|c| c.exprs.is_none());
        let default = default.map_or(done, |i| bodies[i]);
        match &value {
            Some((t, v)) if self.table_jump(*t, v, clauses, &bodies, default) => {}
            _ => self.case_tests(value, clauses, &bodies, default),
        }
        self.forget(mark);
        self.case_bodies(label, clauses, &bodies, done, |_, _| {});
        self.forget(mark);
    }

    /// Tests the cases one by one.
    fn case_tests(
        &mut self,
        value: Option<(TypeId, Vals)>,
        clauses: &[CaseClause],
        bodies: &[Block],
        default: Block,
    ) {
        let tree = self.src().tree;
        for (clause, &body) in clauses.iter().zip(bodies) {
            let Some(exprs) = clause.exprs else { continue };
            for &e in tree.exprs(exprs) {
                let next = self.b.new_block();
                self.at(self.expr_pos(e));
                match &value {
                    Some((t, v)) => {
                        let eq = self.case_equal(*t, v, e);
                        self.b.brif(eq, body, next);
                    }
                    None => self.condition(e, body, next),
                }
                self.b.seal_block(next);
                self.b.switch_to(next);
            }
        }
        if !self.b.is_terminated() {
            self.b.jump(default);
        }
    }

    /// Whether the tag equals a case.
    fn case_equal(&mut self, t: TypeId, tag: &[Value], e: ExprId) -> Value {
        if self.mode(e) == Mode::Nil {
            return self.b.unary(UnaryOp::Eqz, tag[0], Type::I32);
        }
        let case = self.typ(e);
        if self.cx.is_interface(case) && !self.cx.is_interface(t) {
            let v = self.expr(e);
            let tag = self.wrap_interface(Vals::from_slice(tag), t, case);
            return self.compare(BinaryOp::Eq, case, &tag, &v);
        }
        let v = self.expr_to(e, t);
        self.compare(BinaryOp::Eq, t, tag, &v)
    }

    /// Jumps through a table if the cases allow it.
    fn table_jump(
        &mut self,
        t: TypeId,
        tag: &[Value],
        clauses: &[CaseClause],
        bodies: &[Block],
        default: Block,
    ) -> bool {
        let Num::Int { bits, .. } = self.cx.num(t) else {
            return false;
        };
        if bits == 64 {
            return false;
        }
        let tree = self.src().tree;
        let mut cases: FxHashMap<i64, Block> = FxHashMap::default();
        for (clause, &body) in clauses.iter().zip(bodies) {
            let Some(exprs) = clause.exprs else { continue };
            for &e in tree.exprs(exprs) {
                match self.const_int(e) {
                    Some(n) => cases.entry(n).or_insert(body),
                    None => return false,
                };
            }
        }
        let (Some(&min), Some(&max)) = (cases.keys().min(), cases.keys().max()) else {
            return false;
        };
        let span = max - min + 1;
        if cases.len() < MIN_TABLE || span > 2 * cases.len() as i64 + 8 {
            return false;
        }
        let targets: Vec<Block> = (min..=max)
            .map(|n| cases.get(&n).copied().unwrap_or(default))
            .collect();
        let index = if min == 0 {
            tag[0]
        } else {
            let min = self.b.i32const(min as i32);
            self.b.binary(Op::Isub, tag[0], min)
        };
        self.b.br_table(index, &targets, default);
        true
    }

    /// The bodies of the clauses; `enter` runs at the start of each.
    fn case_bodies(
        &mut self,
        label: Option<polkago_syntax::Name>,
        clauses: &[CaseClause],
        bodies: &[Block],
        done: Block,
        mut enter: impl FnMut(&mut Self, usize),
    ) {
        let mark = self.mark();
        self.flow.targets.push(Target {
            label,
            brk: done,
            cont: None,
        });
        let outer = self.flow.fallthrough;
        for (i, clause) in clauses.iter().enumerate() {
            self.b.seal_block(bodies[i]);
            self.b.switch_to(bodies[i]);
            self.flow.fallthrough = bodies.get(i + 1).copied();
            if !self.b.is_unreachable() {
                enter(self, i);
                self.stmts(clause.body);
            }
            if !self.b.is_terminated() {
                self.b.jump(done);
            }
            self.forget(mark);
        }
        self.flow.fallthrough = outer;
        self.flow.targets.pop();
        self.b.seal_block(done);
        self.b.switch_to(done);
    }

    /// A type switch.
    pub fn type_switch(
        &mut self,
        s: StmtId,
        init: Option<StmtId>,
        x: ExprId,
        clauses: &[CaseClause],
    ) {
        let label = self.flow.label.take();
        if let Some(init) = init {
            self.stmt(init);
        }
        let mark = self.mark();
        let from = self.typ(x);
        let vals = self.expr(x);
        let typ = self.dynamic_type(from, vals[0]);
        let bodies: Vec<Block> = clauses.iter().map(|_| self.b.new_block()).collect();
        let done = self.b.new_block();
        let default = clauses.iter().position(|c| c.exprs.is_none());
        let default = default.map_or(done, |i| bodies[i]);
        // The type word of the one interface type of a clause is found by its test.
        let words: Vec<_> = clauses
            .iter()
            .map(|_| self.b.declare_var(Type::Ref))
            .collect();
        let tree = self.src().tree;
        for (i, clause) in clauses.iter().enumerate() {
            let Some(exprs) = clause.exprs else { continue };
            for &e in tree.exprs(exprs) {
                let next = self.b.new_block();
                let ok = if self.mode(e) == Mode::Nil {
                    self.b.unary(UnaryOp::Eqz, typ, Type::I32)
                } else {
                    let t = self.typ(e);
                    if self.cx.is_interface(t) {
                        let (word, ok) = self.implements(typ, t);
                        self.b.def_var(words[i], word);
                        ok
                    } else {
                        self.is_type(typ, t)
                    }
                };
                self.b.brif(ok, bodies[i], next);
                self.b.seal_block(next);
                self.b.switch_to(next);
            }
        }
        if !self.b.is_terminated() {
            self.b.jump(default);
        }
        self.forget(mark);
        self.case_bodies(label, clauses, &bodies, done, |f, i| {
            let Some(&obj) = f.src().info.clause_vars.get(&(s, i as u32)) else {
                return;
            };
            let t = f.obj_type(obj);
            let single = clauses[i]
                .exprs
                .map(|l| tree.exprs(l))
                .and_then(|l| match l {
                    [e] if f.mode(*e) != Mode::Nil => Some(*e),
                    _ => None,
                });
            let value = match single {
                Some(_) if f.cx.is_interface(t) => {
                    let word = f.b.use_var(words[i]);
                    smallvec![word, vals[1]]
                }
                Some(_) => f.data_word_value(t, vals[1]),
                None => vals.clone(),
            };
            f.declare_init(obj, &value);
        });
        self.forget(mark);
    }
}
