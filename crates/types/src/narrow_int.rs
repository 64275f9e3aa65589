//! Where code means something else with a 32-bit `int` than with a 64-bit one.
//!
//! The specification leaves the size of `int`, `uint` and `uintptr` to the implementation (*Numeric types*). A
//! program that was only ever run with 64 bits may rely on them without saying so; constants that do not fit are
//! errors, all else changes its meaning silently. The rules, each a [`NarrowKind`]:
//!
//! - a conversion to `int`, `uint` or `uintptr` from an integer type with larger values, or from a floating-point
//!   value made of one, that can lose bits;
//! - a shift of such a type by 32 or more, which leaves nothing;
//! - a multiplication of such a type by a constant with a product that easily leaves 32 bits;
//! - a limit such as `math.MaxInt` that becomes a 64-bit or floating-point value.
//!
//! So that warnings are worth reading, each value is bounded from below and above by what its expression shows: types
//! of operands, masks, remainders, shifts, `len`, `min`. Nothing is said where the bounds show that no bit is lost,
//! where the operand is a variable or field that the package compares with `<`, `<=`, `>` or `>=`, or with itself
//! converted to and fro (it is taken to be checked), and in branches of `if` statements that a constant condition switches off here.

use crate::{
    Basic, Builtin, FileInfo, FileRef, Mode, ObjKind, Package, Sizes, SrcPos, Store, TypeId,
};
use polkago_syntax::{BinaryOp, ExprId, ExprKind, File, Pos, Span, StmtId, StmtKind, UnaryOp};
use rustc_hash::FxHashSet;

/// The kinds of places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NarrowKind {
    /// A conversion that can lose bits.
    Conversion,
    /// A shift that leaves nothing.
    Shift,
    /// A product that leaves 32 bits.
    Arithmetic,
    /// A limit of `int` that stands for one of 64 bits.
    Limit,
}

impl NarrowKind {
    /// All kinds.
    pub const ALL: &[Self] = &[Self::Conversion, Self::Shift, Self::Arithmetic, Self::Limit];

    /// The stable code that tools and `polkago explain` use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Conversion => "NarrowConversion",
            Self::Shift => "NarrowShift",
            Self::Arithmetic => "NarrowArithmetic",
            Self::Limit => "NarrowLimit",
        }
    }
}

/// A place that means something else with 32 bits than with 64.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NarrowInt {
    /// Where.
    pub pos: SrcPos,
    /// One past its last byte.
    pub end: Pos,
    /// Which rule.
    pub kind: NarrowKind,
    /// What happens, in one line.
    pub msg: String,
    /// What to do.
    pub help: &'static str,
}

/// Factors from here on are taken to be units (a million microseconds, a billion nanoseconds) or hash multipliers.
const LARGE_FACTOR: i128 = 1_000_000;

/// Looks for such places in a package that has no errors, in source order. Nothing is found where `int` has 64 bits.
#[must_use]
pub fn narrow_int(store: &Store, package: &Package, sizes: Sizes) -> Vec<NarrowInt> {
    if sizes.word != 4 {
        return Vec::new();
    }
    let files = || package.files.iter().zip(&package.info).enumerate();
    let mut compared = FxHashSet::default();
    for (_, (file, info)) in files() {
        let file = View {
            store,
            tree: &file.tree,
            info,
        };
        file.collect_compared(&mut compared);
    }
    let mut found = Vec::new();
    for (index, (file, info)) in files() {
        let view = View {
            store,
            tree: &file.tree,
            info,
        };
        let bounds = view.all_bounds();
        let mut finder = Finder {
            view,
            file: FileRef {
                pkg: package.id,
                file: index as u32,
            },
            bounds,
            compared: &compared,
            dead: view.dead_branches(),
            found: Vec::new(),
        };
        finder.expressions();
        finder.statements();
        finder.found.sort_by_key(|n| n.pos);
        found.append(&mut finder.found);
    }
    found
}

/// The lowest and the highest value, both possible.
type Bounds = (i128, i128);

/// A variable, or a field path that starts at one: object and names.
type Path = Vec<u32>;

/// A file with what is known about it.
#[derive(Clone, Copy)]
struct View<'a> {
    store: &'a Store,
    tree: &'a File,
    info: &'a FileInfo,
}

impl View<'_> {
    fn kind(&self, e: ExprId) -> &ExprKind {
        &self.tree.expr[e].kind
    }

    fn typ(&self, e: ExprId) -> Option<TypeId> {
        self.info.exprs[e].typ.expand()
    }

    /// The basic type of an expression; `None` for type parameters and all that is no basic type.
    fn basic(&self, e: ExprId) -> Option<Basic> {
        self.store.basic_kind(self.typ(e)?)
    }

    fn is_const(&self, e: ExprId) -> bool {
        self.info.consts.contains_key(&e)
    }

    fn const_int(&self, e: ExprId) -> Option<i128> {
        let value = self.info.consts.get(&e)?.to_int();
        value
            .to_i64()
            .map(i128::from)
            .or(value.to_u64().map(i128::from))
    }

    /// The type and the operand, where an expression is a conversion.
    fn conversion(&self, e: ExprId) -> Option<(ExprId, ExprId)> {
        let ExprKind::Call { fun, args, .. } = *self.kind(e) else {
            return None;
        };
        let [arg] = *self.tree.exprs(args) else {
            return None;
        };
        (self.info.exprs[fun].mode == Mode::Type).then_some((fun, arg))
    }

    /// The variable or field that an expression names.
    fn path(&self, e: ExprId) -> Option<Path> {
        let mut names = Vec::new();
        let mut e = e;
        loop {
            match *self.kind(e) {
                ExprKind::Paren(x) | ExprKind::Star(x) => e = x,
                ExprKind::Selector { x, sel } => {
                    let name = self.tree.ident_text(sel);
                    names.push(self.store.sym(name).as_u32());
                    e = x;
                }
                ExprKind::Ident(ident) => {
                    let obj = self.info.uses[ident].expand();
                    let obj = obj.or_else(|| self.info.defs[ident].expand())?;
                    names.push(obj.as_u32());
                    return Some(names);
                }
                _ => return None,
            }
        }
    }

    /// Adds the variables and fields that are taken to be checked: those that an ordered comparison looks at,
    /// whatever they are converted to before; those that are compared with themselves after a conversion, as in
    /// `int64(int(x)) == x`; and those that `strconv` made of at most 32 bits.
    fn collect_compared(&self, compared: &mut FxHashSet<Path>) {
        for expr in self.tree.expr.values() {
            let ExprKind::Binary { op, x, y, .. } = expr.kind else {
                continue;
            };
            let paths = [x, y].map(|e| self.path(self.unconverted(e)));
            match op {
                BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => {
                    compared.extend(paths.into_iter().flatten());
                }
                BinaryOp::Eq | BinaryOp::Ne if paths[0] == paths[1] => {
                    compared.extend(paths.into_iter().flatten());
                }
                _ => {}
            }
        }
        for stmt in self.tree.stmt.values() {
            if let StmtKind::Define { lhs, rhs, .. } | StmtKind::Assign { lhs, rhs, .. } = stmt.kind
                && let [value, _] = *self.tree.exprs(lhs)
                && let [call] = *self.tree.exprs(rhs)
                && self.parses_32_bits(call)
            {
                compared.extend(self.path(value));
            }
        }
    }

    /// Whether an expression is `strconv.ParseInt(text, base, bits)`, or `ParseUint`, with at most 32 bits.
    fn parses_32_bits(&self, e: ExprId) -> bool {
        let ExprKind::Call { fun, args, .. } = *self.kind(e) else {
            return false;
        };
        let (&ExprKind::Selector { sel, .. }, [_, _, bits]) =
            (self.kind(fun), self.tree.exprs(args))
        else {
            return false;
        };
        let parses = matches!(self.tree.ident_text(sel), "ParseInt" | "ParseUint");
        let of_strconv = |obj| &*self.store.pkg(self.store.obj(obj).pkg).path == "strconv";
        let few = self.const_int(*bits).is_some_and(|n| (1..=32).contains(&n));
        parses && few && self.info.uses[sel].expand().is_some_and(of_strconv)
    }

    /// What is left of an expression without the conversions around it.
    fn unconverted(&self, mut e: ExprId) -> ExprId {
        loop {
            match (self.kind(e), self.conversion(e)) {
                (ExprKind::Paren(x), _) => e = *x,
                (_, Some((_, x))) => e = x,
                _ => return e,
            }
        }
    }

    /// The bounds of every integer expression, and of floating-point ones that are made of integers. Operands come
    /// before the expressions that they belong to, so one pass is enough.
    fn all_bounds(&self) -> Vec<Option<Bounds>> {
        let mut bounds: Vec<Option<Bounds>> = Vec::with_capacity(self.tree.expr.len());
        for e in self.tree.expr.keys() {
            let of_type = self.basic(e).and_then(type_bounds);
            let own = self.own_bounds(e, &bounds);
            let is_float = self.basic(e).is_some_and(is_float);
            // A constant may have kept its untyped type.
            let exact = is_float || self.is_const(e);
            bounds.push(match (own, of_type) {
                (Some((lo, hi)), Some((min, max))) if lo >= min && hi <= max => own,
                (_, Some(_)) => of_type,
                (own, None) if exact => own,
                (_, None) => None,
            });
        }
        bounds
    }

    /// What an expression's form says about its value, before it is cut to its type.
    fn own_bounds(&self, e: ExprId, known: &[Option<Bounds>]) -> Option<Bounds> {
        if self.is_const(e) {
            return self.const_int(e).map(|v| (v, v));
        }
        let of = |e: ExprId| known.get(e.as_u32() as usize).copied().flatten();
        if let Some((_, arg)) = self.conversion(e) {
            // A negative number becomes a large unsigned one on every machine, which is no concern of ours.
            let unsigned = self
                .basic(e)
                .and_then(type_bounds)
                .is_some_and(|b| b.0 == 0);
            return of(arg).map(|(lo, hi)| {
                if unsigned && hi >= 0 {
                    (lo.max(0), hi)
                } else {
                    (lo, hi)
                }
            });
        }
        match *self.kind(e) {
            ExprKind::Paren(x) => of(x),
            ExprKind::Unary {
                op: UnaryOp::Minus,
                x,
            } => of(x).map(|(lo, hi)| (-hi, -lo)),
            ExprKind::Binary { op, x, y, .. } => binary_bounds(op, of(x), of(y)),
            ExprKind::Call { fun, args, .. } => match self.info.exprs[fun].mode {
                Mode::Builtin(Builtin::Len | Builtin::Cap) => Some((0, i128::from(i32::MAX))),
                Mode::Builtin(Builtin::Min) => {
                    let args = self.tree.exprs(args);
                    let highest = args.iter().filter_map(|&e| of(e)).map(|b| b.1).min()?;
                    let lowest = args.iter().map(|&e| of(e).map(|b| b.0)).min()??;
                    Some((lowest, highest))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Where code stands that a constant condition switches off.
    fn dead_branches(&self) -> Vec<Span> {
        let mut dead = Vec::new();
        for stmt in self.tree.stmt.values() {
            let StmtKind::If {
                cond: Some(cond),
                then,
                els,
                ..
            } = stmt.kind
            else {
                continue;
            };
            match self.truth(cond) {
                Some(false) => {
                    let block = &self.tree.blocks[then];
                    dead.push(Span {
                        start: block.lbrace,
                        end: block.rbrace,
                    });
                }
                Some(true) => dead.extend(els.map(|e: StmtId| self.tree.stmt[e].span)),
                None => {}
            }
        }
        dead
    }

    /// The value of a condition, if it is constant or a constant decides it.
    fn truth(&self, cond: ExprId) -> Option<bool> {
        let mut e = cond;
        loop {
            if let Some(value) = self.info.consts.get(&e) {
                return value.as_bool();
            }
            match *self.kind(e) {
                ExprKind::Paren(x) => e = x,
                ExprKind::Binary {
                    op: BinaryOp::LogAnd,
                    x,
                    y,
                    ..
                } => {
                    let constant = |e| self.info.consts.get(&e).and_then(|v| v.as_bool());
                    if constant(x) == Some(false) || constant(y) == Some(false) {
                        return Some(false);
                    }
                    e = x;
                }
                _ => return None,
            }
        }
    }
}

/// The result of an operator on operands within bounds.
fn binary_bounds(op: BinaryOp, x: Option<Bounds>, y: Option<Bounds>) -> Option<Bounds> {
    let small = |n: i128| (0..=64).contains(&n).then_some(n as u32);
    match (op, x, y) {
        (BinaryOp::And, Some((xl, xh)), Some((yl, yh))) if xl >= 0 || yl >= 0 => {
            let masks = [(xl, xh), (yl, yh)];
            let of_mask = masks.iter().filter(|b| b.0 >= 0).map(|b| b.1);
            Some((0, of_mask.min()?))
        }
        (BinaryOp::And, Some((l, h)), None) | (BinaryOp::And, None, Some((l, h))) if l >= 0 => {
            Some((0, h))
        }
        (BinaryOp::AndNot, Some((l, h)), _) if l >= 0 => Some((0, h)),
        (BinaryOp::Or | BinaryOp::Xor, Some((xl, xh)), Some((yl, yh))) if xl >= 0 && yl >= 0 => {
            let bits = 128 - xh.max(yh).leading_zeros();
            Some((0, 1i128.checked_shl(bits)?.checked_sub(1)?))
        }
        (BinaryOp::Rem, x, Some((yl, yh))) => {
            let most = yl.abs().max(yh.abs()).checked_sub(1)?.max(0);
            match x {
                Some((l, h)) if l >= 0 => Some((0, h.min(most))),
                _ => Some((-most, most)),
            }
        }
        (BinaryOp::Div, Some((l, h)), Some((yl, _))) if yl > 0 => {
            Some(((l / yl).min(0), (h / yl).max(0)))
        }
        (BinaryOp::Shr, Some((l, h)), Some((yl, _))) => {
            let by = small(yl.min(64))?;
            Some(((l >> by).min(0), (h >> by).max(0)))
        }
        (BinaryOp::Shl, Some((l, h)), Some((_, yh))) => {
            let by = small(yh).filter(|&by| by < 63)?;
            Some((
                l.min(l.checked_mul(1 << by)?),
                h.max(h.checked_mul(1 << by)?),
            ))
        }
        (BinaryOp::Add, Some((xl, xh)), Some((yl, yh))) => {
            Some((xl.checked_add(yl)?, xh.checked_add(yh)?))
        }
        (BinaryOp::Sub, Some((xl, xh)), Some((yl, yh))) => {
            Some((xl.checked_sub(yh)?, xh.checked_sub(yl)?))
        }
        (BinaryOp::Mul, Some((xl, xh)), Some((yl, yh))) => {
            let products = [
                xl.checked_mul(yl)?,
                xl.checked_mul(yh)?,
                xh.checked_mul(yl)?,
                xh.checked_mul(yh)?,
            ];
            Some((*products.iter().min()?, *products.iter().max()?))
        }
        _ => None,
    }
}

/// The values of an integer type here.
fn type_bounds(basic: Basic) -> Option<Bounds> {
    let signed = |bits: u32| (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1);
    let unsigned = |bits: u32| (0, (1i128 << bits) - 1);
    Some(match basic {
        Basic::Int8 => signed(8),
        Basic::Int16 => signed(16),
        Basic::Int | Basic::Int32 => signed(32),
        Basic::Int64 => signed(64),
        Basic::Uint8 => unsigned(8),
        Basic::Uint16 => unsigned(16),
        Basic::Uint | Basic::Uint32 | Basic::Uintptr => unsigned(32),
        Basic::Uint64 => unsigned(64),
        _ => return None,
    })
}

fn is_word(basic: Basic) -> bool {
    matches!(basic, Basic::Int | Basic::Uint | Basic::Uintptr)
}

fn is_float(basic: Basic) -> bool {
    matches!(basic, Basic::Float32 | Basic::Float64)
}

fn name(basic: Basic) -> &'static str {
    match basic {
        Basic::Int => "int",
        Basic::Uint => "uint",
        Basic::Uintptr => "uintptr",
        Basic::Int64 => "int64",
        Basic::Uint64 => "uint64",
        Basic::Uint32 => "uint32",
        Basic::Float32 => "float32",
        Basic::Float64 => "float64",
        _ => "another type",
    }
}

struct Finder<'a> {
    view: View<'a>,
    file: FileRef,
    bounds: Vec<Option<Bounds>>,
    compared: &'a FxHashSet<Path>,
    dead: Vec<Span>,
    found: Vec<NarrowInt>,
}

impl Finder<'_> {
    fn bounds(&self, e: ExprId) -> Option<Bounds> {
        self.bounds.get(e.as_u32() as usize).copied().flatten()
    }

    /// Whether the package compares what an expression names.
    fn is_compared(&self, e: ExprId) -> bool {
        let inner = self.view.unconverted(e);
        self.view
            .path(inner)
            .is_some_and(|path| self.compared.contains(&path))
    }

    fn report(&mut self, span: Span, kind: NarrowKind, msg: String, help: &'static str) {
        let inside = |dead: &Span| dead.start <= span.start && span.end <= dead.end;
        if self.dead.iter().any(inside) {
            return;
        }
        self.found.push(NarrowInt {
            pos: SrcPos {
                file: self.file,
                pos: span.start,
            },
            end: span.end,
            kind,
            msg,
            help,
        });
    }

    fn expressions(&mut self) {
        let tree = self.view.tree;
        for (e, expr) in &tree.expr {
            if self.view.is_const(e) {
                continue;
            }
            if let Some((_, arg)) = self.view.conversion(e) {
                self.conversion(e, arg);
            } else if let ExprKind::Binary { op, x, y, .. } = expr.kind {
                self.operation(op, x, y, expr.span);
            }
        }
        self.limits();
    }

    /// `x op= y`.
    fn statements(&mut self) {
        let tree = self.view.tree;
        for stmt in tree.stmt.values() {
            let StmtKind::Assign {
                lhs,
                op: Some(op),
                rhs,
                ..
            } = stmt.kind
            else {
                continue;
            };
            if let ([x], [y]) = (tree.exprs(lhs), tree.exprs(rhs)) {
                self.operation(op, *x, *y, stmt.span);
            }
        }
    }

    fn conversion(&mut self, e: ExprId, arg: ExprId) {
        let (Some(to), Some(from)) = (self.view.basic(e), self.view.basic(arg)) else {
            return;
        };
        if !is_word(to) || self.view.is_const(arg) || self.is_compared(arg) {
            return;
        }
        let Some((min, max)) = type_bounds(to) else {
            return;
        };
        // From where 64 bits would keep the value; other conversions lose the same bits on every machine.
        let wider = match from {
            Basic::Int64 | Basic::Uint64 => true,
            Basic::Uint32 => to == Basic::Int,
            from => is_float(from),
        };
        let Some((lo, hi)) = self.bounds(arg).filter(|_| wider) else {
            return;
        };
        // A negative number becomes a large unsigned one on every machine.
        if hi <= max && (lo >= min || min == 0 && lo >= -(1 << 31)) {
            return;
        }
        let msg = format!(
            "conversion of {} to {} keeps 32 bits here, and 64 elsewhere",
            name(from),
            name(to)
        );
        let help = "keep the wider type, or check the value before";
        self.report(
            self.view.tree.expr[e].span,
            NarrowKind::Conversion,
            msg,
            help,
        );
    }

    fn operation(&mut self, op: BinaryOp, x: ExprId, y: ExprId, span: Span) {
        let Some(basic) = self.view.basic(x).filter(|&b| is_word(b)) else {
            return;
        };
        match op {
            BinaryOp::Shl | BinaryOp::Shr => {
                // What bounds the count is the count itself, not its type.
                let of_type = self.view.basic(y).and_then(type_bounds);
                let Some((_, most)) = self.bounds(y).filter(|b| Some(*b) != of_type) else {
                    return;
                };
                if (32..=63).contains(&most) {
                    let may = if self.view.is_const(y) {
                        "leaves nothing"
                    } else {
                        "can leave nothing"
                    };
                    let msg = format!(
                        "shift of {} by {most} {may} here: it has 32 bits",
                        name(basic)
                    );
                    let help = "shift an int64 or uint64";
                    self.report(span, NarrowKind::Shift, msg, help);
                }
            }
            BinaryOp::Mul => {
                let (factor, other) = match (self.view.const_int(x), self.view.const_int(y)) {
                    (None, Some(factor)) => (factor, x),
                    (Some(factor), None) => (factor, y),
                    _ => return,
                };
                let range = (self.bounds(other), type_bounds(basic));
                let (Some((lo, hi)), Some((min, max))) = range else {
                    return;
                };
                let fits = |n: i128| (min..=max).contains(&(n * factor));
                if factor.abs() >= LARGE_FACTOR
                    && !(fits(lo) && fits(hi))
                    && !self.is_compared(other)
                {
                    let most = max / factor.abs();
                    let msg = format!(
                        "product of {} and {factor} overflows here from {} on",
                        name(basic),
                        most + 1
                    );
                    let help = "multiply int64 or uint64 values";
                    self.report(span, NarrowKind::Arithmetic, msg, help);
                }
            }
            _ => {}
        }
    }

    /// Limits of `int` that get a 64-bit or floating-point type.
    fn limits(&mut self) {
        let tree = self.view.tree;
        // Comparing a 64-bit value with a limit is how a conversion is made safe.
        let mut in_comparison = FxHashSet::default();
        for expr in tree.expr.values() {
            if let ExprKind::Binary { op, x, y, .. } = expr.kind
                && !matches!(op, BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul)
            {
                in_comparison.extend([x, y].map(|e| self.view.unconverted(e)));
            }
        }
        for (e, expr) in &tree.expr {
            let ExprKind::Selector { sel, .. } = expr.kind else {
                continue;
            };
            if !self.view.is_const(e) || in_comparison.contains(&e) {
                continue;
            }
            let Some(limit) = self.limit_name(sel) else {
                continue;
            };
            let wide = |b| matches!(b, Basic::Int64 | Basic::Uint64) || is_float(b);
            if let Some(basic) = self.view.basic(e).filter(|&b| wide(b)) {
                let msg = format!(
                    "{limit} is a limit of 32 bits here, and becomes {}",
                    name(basic)
                );
                let help = "name the limit of the type that is meant, as math.MaxInt64";
                self.report(expr.span, NarrowKind::Limit, msg, help);
            }
        }
    }

    /// The name of a limit of std, if an identifier is one.
    fn limit_name(&self, sel: polkago_syntax::IdentId) -> Option<String> {
        let obj = self.view.info.uses[sel].expand()?;
        let object = self.view.store.obj(obj);
        let pkg = self.view.store.pkg(object.pkg);
        let text = self.view.tree.ident_text(sel);
        let is_limit = &*pkg.path == "math" && matches!(text, "MaxInt" | "MinInt" | "MaxUint");
        let is_const = matches!(object.kind, ObjKind::Const(_));
        (is_limit && is_const).then(|| format!("math.{text}"))
    }
}
