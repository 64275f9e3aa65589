//! Statements (*Statements*). Labels and the places of break, continue, goto and fallthrough are checked by the
//! syntax crate; range clauses are in `range.rs`, switches in `switch.rs`.

use crate::checker::{Checker, Env, ErrorBuilder, FuncSig};
use crate::errors::Code;
use crate::expr::ExprForm;
use crate::util::start_pos;
use crate::{Constant, DeclIdx, Mode, ObjId, ObjKind, TypeParamId, VarKind};
use polkago_syntax::{
    BinaryOp, BlockId, CommClause, ExprId, ExprKind, ExprList, Pos, StmtId, StmtKind, StmtList,
    UnaryOp,
};
use std::sync::Arc;

impl Checker<'_> {
    /// Checks the body of a function, declared or literal. `func` is the number of the body; `outer_tparams` are the
    /// type parameters in scope.
    pub(crate) fn func_body(
        &mut self,
        decl: Option<DeclIdx>,
        sig: Arc<FuncSig>,
        body: BlockId,
        iota: Option<Constant>,
        func: u32,
        outer_tparams: Arc<[TypeParamId]>,
    ) {
        let params: Vec<ObjId> = sig
            .recv
            .iter()
            .chain(&sig.params)
            .chain(&sig.results)
            .copied()
            .collect();
        self.info().func_params.insert(body, params);
        let has_results = !sig.results.is_empty();
        let env = Env {
            decl,
            scope: sig.scope,
            file: self.env.file,
            version: self.env.version,
            iota,
            errpos: None,
            in_tparam_list: false,
            sig: Some(sig),
            outer_tparams,
            has_label: false,
            has_call_or_recv: false,
            func,
        };
        let outer = std::mem::replace(&mut self.env, env);
        let first_local = self.locals.len();
        self.stmt_list(self.tree().blocks[body].stmts);
        if has_results && !self.is_terminating_block(body) {
            let at = self.tree().blocks[body].rbrace;
            self.error(at, Code::MissingReturn, "missing return");
        }
        self.unused_variables(first_local);
        self.env = outer;
    }

    /// Reports variables declared since there were `first` of them that are not used.
    fn unused_variables(&mut self, first: usize) {
        let store = self.store;
        let mut unused: Vec<_> = self
            .locals
            .drain(first..)
            .filter(|var| !self.used_vars.contains(var))
            .filter(|&var| {
                matches!(store.obj(var).kind, ObjKind::Var(VarKind::Local))
                    && store.obj_name(var) != "_"
            })
            .collect();
        unused.sort_by_key(|&var| store.obj(var).pos);
        for var in unused {
            let msg = format!("declared and not used: {}", store.obj_name(var));
            self.soft_error(var, Code::UnusedVar, msg);
        }
    }

    /// Checks statements in order.
    pub(crate) fn stmt_list(&mut self, list: StmtList) {
        for &stmt in self.tree().stmts(list) {
            self.stmt(stmt);
        }
    }

    /// Checks the statements of a block in a scope of its own.
    pub(crate) fn block(&mut self, block: BlockId) {
        let top = self.delayed_len();
        self.open_scope();
        self.stmt_list(self.tree().blocks[block].stmts);
        self.close_scope();
        self.process_delayed(top);
    }

    /// Checks a statement.
    pub(crate) fn stmt(&mut self, stmt: StmtId) {
        // Function literals in it are checked before what follows is declared.
        let top = self.delayed_len();
        self.stmt_internal(stmt);
        self.process_delayed(top);
    }

    /// One statement of [`Checker::stmt`].
    fn stmt_internal(&mut self, stmt: StmtId) {
        let tree = self.tree();
        match &tree.stmt[stmt].kind {
            StmtKind::Bad | StmtKind::Empty | StmtKind::Branch { .. } => {}
            StmtKind::Decl(decls) => self.decl_stmt(decls),
            StmtKind::Labeled { label: _, stmt } => {
                self.env.has_label = true;
                self.stmt(*stmt);
            }
            StmtKind::Expr(e) => self.expr_stmt(*e),
            StmtKind::Send {
                chan,
                value,
                arrow: _,
            } => {
                let chan = self.expr(None, *chan);
                let mut value = self.expr(None, *value);
                if !chan.is_invalid()
                    && !value.is_invalid()
                    && let Some(elem) = self.chan_elem(stmt, &chan, false)
                {
                    self.assignment(&mut value, Some(elem), "send");
                }
            }
            StmtKind::IncDec { x, inc, op_pos: _ } => self.inc_dec(*x, *inc),
            StmtKind::Assign {
                lhs,
                op: None,
                op_pos: _,
                rhs,
            } => {
                self.assign_vars(tree.exprs(*lhs), tree.exprs(*rhs));
            }
            StmtKind::Assign {
                lhs,
                op: Some(op),
                op_pos,
                rhs,
            } => {
                self.assign_op(*op_pos, tree.exprs(*lhs), *op, tree.exprs(*rhs));
            }
            StmtKind::Define { lhs, op_pos, rhs } => {
                self.short_var_decl(*op_pos, tree.exprs(*lhs), tree.exprs(*rhs));
            }
            StmtKind::Go(call) => self.suspended_call("go", Code::InvalidGo, *call),
            StmtKind::Defer(call) => self.suspended_call("defer", Code::InvalidDefer, *call),
            StmtKind::Return(results) => self.return_stmt(stmt, *results),
            StmtKind::Block(block) => self.block(*block),
            StmtKind::If {
                init,
                cond,
                then,
                els,
            } => {
                // Without a statement before the condition the scope would be empty, and in a long chain of else if
                // names would be looked for in all of them.
                if init.is_some() {
                    self.open_scope();
                }
                self.simple_stmt(*init);
                self.condition(*cond, "if");
                self.block(*then);
                if let Some(els) = els {
                    self.stmt(*els);
                }
                if init.is_some() {
                    self.close_scope();
                }
            }
            StmtKind::Switch {
                init, tag, clauses, ..
            } => {
                self.open_scope();
                self.simple_stmt(*init);
                self.switch_stmt(*tag, clauses);
                self.close_scope();
            }
            StmtKind::TypeSwitch {
                init,
                bind,
                x,
                clauses,
                ..
            } => {
                self.open_scope();
                self.simple_stmt(*init);
                self.type_switch_stmt(stmt, *bind, *x, clauses);
                self.close_scope();
            }
            StmtKind::Select { clauses, .. } => self.select_stmt(clauses),
            StmtKind::For {
                init,
                cond,
                post,
                body,
            } => {
                self.open_scope();
                self.simple_stmt(*init);
                self.condition(*cond, "for");
                self.simple_stmt(*post);
                // The parser has reported a declaration here: no further error about its variables.
                if let Some(StmtKind::Define { lhs, .. }) = post.map(|post| &tree.stmt[post].kind) {
                    self.use_exprs(tree.exprs(*lhs));
                }
                self.block(*body);
                self.close_scope();
            }
            StmtKind::Range {
                key,
                value,
                extra,
                define,
                op_pos: _,
                x,
                body,
            } => {
                let vars = [*key, *value, *extra];
                self.range_stmt(stmt, vars, *define, *x, *body);
            }
        }
    }

    /// Checks the statement before a condition or tag, if any.
    fn simple_stmt(&mut self, stmt: Option<StmtId>) {
        if let Some(stmt) = stmt {
            self.stmt(stmt);
        }
    }

    /// Checks a condition, if any.
    fn condition(&mut self, cond: Option<ExprId>, what: &str) {
        let Some(cond) = cond else { return };
        let x = self.expr(None, cond);
        if !x.is_invalid() && !self.store.all_boolean(x.typ) {
            self.error(
                cond,
                Code::InvalidCond,
                format!("non-boolean condition in {what} statement"),
            );
        }
    }

    /// An expression as a statement: a call or a receive operation (*Expression statements*).
    fn expr_stmt(&mut self, e: ExprId) {
        let (x, form) = self.raw_expr(None, e, None, false);
        let (code, msg) = match x.mode {
            Mode::Builtin(_) => (Code::UncalledBuiltin, "must be called"),
            Mode::Type => (Code::NotAnExpr, "is not an expression"),
            _ if form == ExprForm::Statement => return,
            _ => (Code::UnusedExpr, "is not used"),
        };
        if x.is_invalid() {
            return;
        }
        let msg = format!("{} {msg}", self.operand_str(&x));
        self.error(&x, code, msg);
    }

    /// `x++` or `x--`.
    fn inc_dec(&mut self, e: ExprId, inc: bool) {
        let mut x = self.expr(None, e);
        if x.is_invalid() {
            return;
        }
        if !self.store.all_numeric(x.typ) {
            let op = if inc { "++" } else { "--" };
            let msg = format!(
                "invalid operation: {}{op} (non-numeric type {})",
                self.expr_str(e),
                self.type_str(x.typ)
            );
            self.error(e, Code::NonNumericIncDec, msg);
            return;
        }
        self.assign_var(e, &mut x, "assignment");
    }

    /// `lhs op= rhs`.
    fn assign_op(&mut self, op_pos: Pos, lhs: &[ExprId], op: BinaryOp, rhs: &[ExprId]) {
        let ([lhs], [rhs]) = (lhs, rhs) else {
            let op = op.text();
            let msg = format!("assignment operation {op}= requires single-valued expressions");
            self.error(op_pos, Code::MultiValAssignOp, msg);
            return;
        };
        let mut x = self.binary(None, *lhs, *rhs, op);
        self.assign_var(*lhs, &mut x, "assignment");
    }

    /// The call of a go or defer statement.
    fn suspended_call(&mut self, keyword: &str, code: Code, call: ExprId) {
        if !matches!(self.tree().expr[call].kind, ExprKind::Call { .. }) {
            self.error(
                call,
                code,
                format!("expression in {keyword} must be function call"),
            );
            self.use_exprs(&[call]);
            return;
        }
        let (x, form) = self.raw_expr(None, call, None, false);
        let (code, what) = match form {
            ExprForm::Statement => return,
            ExprForm::Conversion => (code, "requires function call, not conversion"),
            ExprForm::Expression => (Code::UnusedResults, "discards result of"),
        };
        let msg = format!("{keyword} {what} {}", self.operand_str(&x));
        self.error(&x, code, msg);
    }

    /// A return statement.
    fn return_stmt(&mut self, stmt: StmtId, results: ExprList) {
        let Some(sig) = self.env.sig.clone() else {
            return;
        };
        let results = self.tree().exprs(results);
        for &result in &sig.results {
            if sig.named_results {
                self.note_result_set(result);
            }
        }
        if !results.is_empty() || !sig.named_results || sig.results.is_empty() {
            self.init_vars(&sig.results, results, Some(stmt));
            return;
        }
        for &result in &sig.results {
            let name = self.store.obj(result).name;
            if let Some(inner) = self.lookup(name).filter(|&found| found != result)
                && self.store.sym_text(name) != "_"
            {
                let text = self.store.sym_text(name);
                let mut err = ErrorBuilder::new(Code::OutOfScopeResult);
                err.add(
                    self,
                    stmt,
                    format!("result parameter {text} not in scope at return"),
                );
                err.add(
                    self,
                    inner,
                    format!("inner declaration of {}", self.object_str(inner)),
                );
                err.report(self);
            }
        }
    }

    /// An object as messages describe it: `var x int`.
    fn object_str(&self, obj: ObjId) -> String {
        let what = match self.store.obj(obj).kind {
            ObjKind::Const(_) => "const",
            ObjKind::TypeName => "type",
            ObjKind::Var(_) => "var",
            ObjKind::Func(_) => "func",
            ObjKind::PkgName(_) => "package",
            ObjKind::Builtin(_) => "builtin",
            ObjKind::Label => "label",
            ObjKind::Nil => "nil",
        };
        let typ = self
            .store
            .obj_type(obj)
            .map(|typ| format!(" {}", self.type_str(typ)))
            .unwrap_or_default();
        format!("{what} {}{typ}", self.store.obj_name(obj))
    }

    /// A select statement.
    fn select_stmt(&mut self, clauses: &[CommClause]) {
        let mut default: Option<Pos> = None;
        for clause in clauses.iter().filter(|clause| clause.comm.is_none()) {
            self.check_default(&mut default, clause.span.start);
        }
        for clause in clauses {
            if let Some(comm) = clause.comm
                && !self.is_communication(comm)
            {
                let msg = "select case must be send or receive (possibly with assignment)";
                let tree = self.tree();
                let at = match tree.stmt[comm].kind {
                    StmtKind::Expr(e) => self.node_pos(e),
                    StmtKind::Assign { lhs, .. } | StmtKind::Define { lhs, .. } => {
                        let first = tree.exprs(lhs).first();
                        first.map_or(tree.stmt[comm].span.start, |&e| start_pos(tree, e))
                    }
                    _ => tree.stmt[comm].span.start,
                };
                self.error(at, Code::InvalidSelectCase, msg);
                continue;
            }
            self.open_scope();
            if let Some(comm) = clause.comm {
                self.stmt(comm);
            }
            self.stmt_list(clause.body);
            self.close_scope();
        }
    }

    /// Reports a second default case.
    pub(crate) fn check_default(&mut self, first: &mut Option<Pos>, at: Pos) {
        match *first {
            None => *first = Some(at),
            Some(first) => {
                let first = self.pos_string(self.src_pos(first));
                self.error(
                    at,
                    Code::DuplicateDefault,
                    format!("multiple defaults (first at {first})"),
                );
            }
        }
    }

    /// Whether a statement may be the communication of a select case.
    fn is_communication(&self, stmt: StmtId) -> bool {
        let tree = self.tree();
        let received = match &tree.stmt[stmt].kind {
            StmtKind::Send { .. } => return true,
            StmtKind::Expr(e) => *e,
            StmtKind::Assign { op: None, rhs, .. } | StmtKind::Define { rhs, .. } => {
                match tree.exprs(*rhs) {
                    [only] => *only,
                    _ => return false,
                }
            }
            _ => return false,
        };
        matches!(
            self.unparen_kind(received),
            ExprKind::Unary {
                op: UnaryOp::Recv,
                ..
            }
        )
    }
}
