//! Making nodes: arenas, lists, and the heights that bound nesting.

use super::{MAX_NESTING, Parser};
use crate::ast::{
    Block, BlockId, DirectiveList, Expr, ExprId, ExprKind, ExprList, Ident, IdentId, Name, Pos,
    SigId, Signature, Span, Stmt, StmtId, StmtKind, StmtList,
};
use crate::directive::{self, Place};
use crate::error::ErrorCode;
use cranelift_entity::EntityRef as _;

impl Parser<'_> {
    /// An identifier occurrence.
    pub(super) fn new_ident(&mut self, name: Name, pos: Pos) -> IdentId {
        self.file.idents.push(Ident { name, pos })
    }

    /// What kind of expression `x` is.
    pub(super) fn kind(&self, x: ExprId) -> &ExprKind {
        &self.file.expr[x].kind
    }

    /// Where an expression starts.
    pub(super) fn start(&self, x: ExprId) -> Pos {
        self.file.expr[x].span.start
    }

    /// How many levels an expression has.
    pub(super) fn height(&self, x: ExprId) -> u32 {
        u32::from(self.heights[x.index()])
    }

    /// An expression of the given height, from `start` to the end of the last token read.
    pub(super) fn new_expr(&mut self, kind: ExprKind, start: Pos, height: u32) -> ExprId {
        self.expr_at(kind, self.span_from(start), height)
    }

    /// An expression of the given height and place.
    pub(super) fn expr_at(&mut self, kind: ExprKind, span: Span, height: u32) -> ExprId {
        let level = self.depth + height;
        self.deepest = self.deepest.max(level);
        if height > MAX_NESTING {
            self.too_deep();
        }
        self.heights.push(height.min(MAX_NESTING) as u16);
        self.file.expr.push(Expr { kind, span })
    }

    /// An expression without operands.
    pub(super) fn leaf(&mut self, kind: ExprKind, start: Pos) -> ExprId {
        self.new_expr(kind, start, 1)
    }

    /// An expression with one operand.
    pub(super) fn with_operand(&mut self, kind: ExprKind, start: Pos, x: ExprId) -> ExprId {
        let height = self.height(x) + 1;
        self.new_expr(kind, start, height)
    }

    /// An expression with two operands.
    pub(super) fn with_operands(
        &mut self,
        kind: ExprKind,
        start: Pos,
        x: ExprId,
        y: ExprId,
    ) -> ExprId {
        let height = self.height(x).max(self.height(y)) + 1;
        self.new_expr(kind, start, height)
    }

    /// An identifier as an expression.
    pub(super) fn ident_expr(&mut self, id: IdentId) -> ExprId {
        let ident = self.file.idents[id];
        let end = Pos(ident.pos.0 + self.file.names.text(ident.name).len() as u32);
        self.expr_at(
            ExprKind::Ident(id),
            Span {
                start: ident.pos,
                end,
            },
            1,
        )
    }

    /// What could not be read, at the current token.
    pub(super) fn bad_expr(&mut self) -> ExprId {
        let pos = self.pos();
        self.bad_expr_at(pos)
    }

    /// What could not be read, at `pos`.
    pub(super) fn bad_expr_at(&mut self, pos: Pos) -> ExprId {
        self.expr_at(
            ExprKind::Bad,
            Span {
                start: pos,
                end: pos,
            },
            1,
        )
    }

    /// The start of a list of expressions; those pushed to `self.exprs` from here on belong to it.
    pub(super) fn mark_exprs(&self) -> usize {
        self.exprs.len()
    }

    /// The list that has started at `mark`, with the height of its highest element.
    pub(super) fn take_exprs(&mut self, mark: usize) -> (ExprList, u32) {
        let height = self.exprs[mark..]
            .iter()
            .map(|&x| self.height(x))
            .max()
            .unwrap_or(0);
        let list = ExprList {
            start: self.file.expr_lists.len() as u32,
            len: (self.exprs.len() - mark) as u32,
        };
        self.file.expr_lists.extend_from_slice(&self.exprs[mark..]);
        self.exprs.truncate(mark);
        (list, height)
    }

    /// The statements pushed to `self.stmts` since `mark`, as a list.
    pub(super) fn take_stmts(&mut self, mark: usize) -> StmtList {
        let list = StmtList {
            start: self.file.stmt_lists.len() as u32,
            len: (self.stmts.len() - mark) as u32,
        };
        self.file.stmt_lists.extend_from_slice(&self.stmts[mark..]);
        self.stmts.truncate(mark);
        list
    }

    /// A statement from `start` to the end of the last token read.
    pub(super) fn new_stmt(&mut self, kind: StmtKind, start: Pos) -> StmtId {
        let span = self.span_from(start);
        self.file.stmt.push(Stmt { kind, span })
    }

    /// A block.
    pub(super) fn new_block(&mut self, stmts: StmtList, lbrace: Pos, rbrace: Pos) -> BlockId {
        self.file.blocks.push(Block {
            stmts,
            lbrace,
            rbrace,
        })
    }

    /// A signature.
    pub(super) fn new_sig(&mut self, sig: Signature) -> SigId {
        self.file.sigs.push(sig)
    }

    /// The directives read since this has last been called; they belong to what stands at `place`.
    pub(super) fn take_directives(&mut self, place: Place) -> DirectiveList {
        let start = self.pending_directives;
        let len = self.file.directives.len() as u32 - start;
        self.pending_directives += len;
        let list = DirectiveList { start, len };
        if len > 0 {
            directive::check_place(self, list, place, ErrorCode::Placement);
        }
        list
    }

    /// The directives read so far belong to no declaration.
    pub(super) fn drop_directives(&mut self) {
        let start = self.pending_directives;
        let len = self.file.directives.len() as u32 - start;
        self.pending_directives += len;
        if len > 0 {
            let list = DirectiveList { start, len };
            directive::check_place(self, list, Place::Other, ErrorCode::Directive);
        }
    }

    /// `x` without parentheses around it.
    pub(super) fn unparen(&self, mut x: ExprId) -> ExprId {
        while let ExprKind::Paren(inner) = *self.kind(x) {
            x = inner;
        }
        x
    }
}
