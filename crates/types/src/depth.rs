//! How deep the checker may have to recurse: over expressions, where chains of operators may be long, over chains of
//! `else if`, and from a package-level declaration to those that it depends on.

use polkago_syntax::{ArrayLen, ExprId, ExprKind, File, StmtKind};

/// What may be deeper than this is checked on a thread with a stack made for it, unless there is one large enough.
const SHALLOW: usize = 200;

/// No stack is made for more levels than this.
const MAX_LEVELS: usize = 1 << 16;

/// At most this many package-level declarations are checked one inside of the other: the stack for [`MAX_LEVELS`] holds
/// as many.
pub(crate) const MAX_DECLARATIONS: usize = 50_000;

/// Stack for each level of nesting, in bytes: what unoptimised builds need, and some more.
const BYTES_PER_LEVEL: usize = 16 << 10;

/// No body of a package with deeper nesting is put off: whoever asks for it may have little stack.
pub(crate) const MAX_DEFERRED: usize = 64;

/// Runs `work`, which is told the depth of the deepest nesting, over these trees with enough stack for it. `stack` is
/// how many bytes of it this thread has for that, where it is known.
pub(crate) fn with_stack<'t, T: Send>(
    trees: impl Iterator<Item = &'t File>,
    stack: Option<usize>,
    work: impl FnOnce(usize) -> T + Send,
) -> T {
    let (mut deep, mut decls) = (0, 0);
    for tree in trees {
        deep = deep.max(deepest(tree) as usize).max(longest_else(tree));
        decls += tree.decls.len();
    }
    let depth = deep + decls;
    let size = (8 << 20) + depth.min(MAX_LEVELS) * BYTES_PER_LEVEL;
    if depth <= SHALLOW || stack.is_some_and(|stack| size <= stack) {
        return work(deep);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(size)
            .spawn_scoped(scope, || work(deep))
            .expect("the system gives address space for one thread");
        match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The depth of the deepest expression of a file. Operands are made before the expressions that they belong to, so
/// one pass over the arena is enough.
fn deepest(tree: &File) -> u32 {
    let mut depths: Vec<u32> = Vec::with_capacity(tree.expr.len());
    let mut deepest = 0;
    for expr in tree.expr.values() {
        let of = |e: ExprId| depths.get(e.as_u32() as usize).copied().unwrap_or(0);
        let list = |list| tree.exprs(list).iter().map(|&e| of(e)).max().unwrap_or(0);
        let inner = match &expr.kind {
            ExprKind::Bad
            | ExprKind::Ident(_)
            | ExprKind::BasicLit { .. }
            | ExprKind::FuncLit { .. }
            | ExprKind::FuncType(_) => 0,
            ExprKind::StructType(typ) => typ
                .fields
                .iter()
                .map(|field| of(field.typ))
                .max()
                .unwrap_or(0),
            ExprKind::InterfaceType(typ) => typ.elems.len().min(1) as u32,
            ExprKind::CompositeLit { typ, elems, .. } => typ.map_or(0, of).max(list(*elems)),
            ExprKind::KeyValue { key, value, .. } | ExprKind::MapType { key, value } => {
                of(*key).max(of(*value))
            }
            ExprKind::Paren(x)
            | ExprKind::Selector { x, .. }
            | ExprKind::Star(x)
            | ExprKind::Unary { x, .. }
            | ExprKind::SliceType(x)
            | ExprKind::ChanType { elem: x, .. }
            | ExprKind::Ellipsis(x) => of(*x),
            ExprKind::Index { x, indices, .. } => of(*x).max(list(*indices)),
            ExprKind::Slice { x, lo, hi, max, .. } => [*lo, *hi, *max]
                .into_iter()
                .flatten()
                .map(of)
                .fold(of(*x), u32::max),
            ExprKind::TypeAssert { x, typ } => of(*x).max(typ.map_or(0, of)),
            ExprKind::Call { fun, args, .. } => of(*fun).max(list(*args)),
            ExprKind::Binary { x, y, .. } => of(*x).max(of(*y)),
            ExprKind::ArrayType { len, elem } => match len {
                ArrayLen::Expr(len) => of(*len).max(of(*elem)),
                ArrayLen::Ellipsis(_) => of(*elem),
            },
        };
        depths.push(inner + 1);
        deepest = deepest.max(inner + 1);
    }
    deepest
}

/// The number of statements in the longest chain of `else if`. Like operands, what stands behind `else` is made before
/// the statement that it belongs to.
fn longest_else(tree: &File) -> usize {
    let mut lengths: Vec<u32> = Vec::with_capacity(tree.stmt.len());
    for stmt in tree.stmt.values() {
        let length = match stmt.kind {
            StmtKind::If { els: Some(els), .. } => {
                1 + lengths.get(els.as_u32() as usize).copied().unwrap_or(0)
            }
            _ => 0,
        };
        lengths.push(length);
    }
    lengths.into_iter().max().unwrap_or(0) as usize
}
