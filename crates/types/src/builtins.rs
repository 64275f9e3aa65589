//! Calls of predeclared functions (*Built-in functions*). Those of package `unsafe` are in `unsafe_builtins.rs`.

use crate::checker::Checker;
use crate::constant::CompareOp;
use crate::errors::Code;
use crate::expr::ExprForm;
use crate::operand::Operand;
use crate::{Basic, Builtin, Constant, Func, Mode, TypeId, TypeKind};
use polkago_syntax::{ChanDir, ExprId};

/// The least number of arguments of a builtin, and whether it takes more.
fn arity(builtin: Builtin) -> (usize, bool) {
    match builtin {
        Builtin::Append | Builtin::Make | Builtin::Max | Builtin::Min => (1, true),
        Builtin::Print | Builtin::Println => (0, true),
        Builtin::Recover => (0, false),
        Builtin::Complex
        | Builtin::Copy
        | Builtin::Delete
        | Builtin::UnsafeAdd
        | Builtin::UnsafeSlice
        | Builtin::UnsafeString => (2, false),
        Builtin::Cap
        | Builtin::Clear
        | Builtin::Close
        | Builtin::Imag
        | Builtin::Len
        | Builtin::New
        | Builtin::Panic
        | Builtin::Real
        | Builtin::UnsafeAlignof
        | Builtin::UnsafeOffsetof
        | Builtin::UnsafeSizeof
        | Builtin::UnsafeSliceData
        | Builtin::UnsafeStringData => (1, false),
    }
}

/// Whether a call of a builtin may stand as a statement.
pub(crate) fn form_of(builtin: Builtin) -> ExprForm {
    match builtin {
        Builtin::Clear
        | Builtin::Close
        | Builtin::Copy
        | Builtin::Delete
        | Builtin::Panic
        | Builtin::Print
        | Builtin::Println
        | Builtin::Recover => ExprForm::Statement,
        Builtin::Append
        | Builtin::Cap
        | Builtin::Complex
        | Builtin::Imag
        | Builtin::Len
        | Builtin::Make
        | Builtin::Max
        | Builtin::Min
        | Builtin::New
        | Builtin::Real
        | Builtin::UnsafeAdd
        | Builtin::UnsafeAlignof
        | Builtin::UnsafeOffsetof
        | Builtin::UnsafeSizeof
        | Builtin::UnsafeSlice
        | Builtin::UnsafeSliceData
        | Builtin::UnsafeString
        | Builtin::UnsafeStringData => ExprForm::Expression,
    }
}

/// A call of a builtin.
pub(crate) struct BuiltinCall<'c> {
    /// The call expression.
    pub call: ExprId,
    /// What is called.
    pub fun: ExprId,
    /// The arguments as written.
    pub list: &'c [ExprId],
    /// Whether the last one is followed by `...`.
    pub dots: bool,
    /// Which builtin.
    pub builtin: Builtin,
}

impl Checker<'_> {
    /// Checks a call of a builtin; `None` after an error.
    pub(crate) fn builtin(
        &mut self,
        call: ExprId,
        fun: ExprId,
        list: &[ExprId],
        dots: bool,
        builtin: Builtin,
    ) -> Option<Operand> {
        let c = BuiltinCall {
            call,
            fun,
            list,
            dots,
            builtin,
        };
        if dots && builtin != Builtin::Append {
            let msg = format!(
                "invalid operation: invalid use of ... with built-in {}",
                builtin.name()
            );
            self.error(call, Code::InvalidDotDotDot, msg);
            self.use_exprs(list);
            return None;
        }
        // For len and cap it matters whether the argument calls or receives.
        let outer = self.env.has_call_or_recv;
        let measures = matches!(builtin, Builtin::Len | Builtin::Cap);
        if measures {
            self.env.has_call_or_recv = false;
        }
        let result = self.builtin_call(&c);
        if measures {
            self.env.has_call_or_recv = outer;
        }
        if result.as_ref().is_some_and(|x| !x.is_invalid()) {
            self.record_builtin(fun, Mode::Builtin(builtin));
        }
        result
    }

    /// Evaluates the arguments and checks the call.
    fn builtin_call(&mut self, c: &BuiltinCall<'_>) -> Option<Operand> {
        let mut args = Vec::new();
        let count = if matches!(
            c.builtin,
            Builtin::Make | Builtin::New | Builtin::UnsafeOffsetof
        ) {
            c.list.len()
        } else {
            args = self.expr_list(c.list);
            if args.iter().any(Operand::is_invalid) {
                return None;
            }
            args.len()
        };
        let (want, more) = arity(c.builtin);
        if count < want || count > want && !more {
            let qualifier = if count < want {
                "not enough"
            } else {
                "too many"
            };
            let msg = format!(
                "invalid operation: {qualifier} arguments for {} (expected {want}, found {count})",
                self.expr_str(c.call)
            );
            self.error(c.call, Code::WrongArgCount, msg);
            return None;
        }
        match c.builtin {
            Builtin::Append => self.builtin_append(c, args),
            Builtin::Cap | Builtin::Len => self.builtin_len(c, args),
            Builtin::Clear => self.builtin_clear(c, args),
            Builtin::Close => self.builtin_close(c, args),
            Builtin::Complex => self.builtin_complex(c, args),
            Builtin::Copy => self.builtin_copy(c, args),
            Builtin::Delete => self.builtin_delete(c, args),
            Builtin::Imag | Builtin::Real => self.builtin_part(c, args),
            Builtin::Make => self.builtin_make(c),
            Builtin::Max | Builtin::Min => self.builtin_extreme(c, args),
            Builtin::New => self.builtin_new(c),
            Builtin::Panic => self.builtin_panic(c, args),
            Builtin::Print | Builtin::Println => self.builtin_print(c, args),
            Builtin::Recover => Some(Operand::value(
                self.store.interface_type(Vec::new(), Vec::new(), false),
                c.call,
            )),
            Builtin::UnsafeAdd
            | Builtin::UnsafeAlignof
            | Builtin::UnsafeOffsetof
            | Builtin::UnsafeSizeof
            | Builtin::UnsafeSlice
            | Builtin::UnsafeSliceData
            | Builtin::UnsafeString
            | Builtin::UnsafeStringData => self.unsafe_builtin(c, args),
        }
    }

    /// The result of a builtin without value.
    fn no_value(&self, c: &BuiltinCall<'_>) -> Option<Operand> {
        Some(Operand::new(
            Mode::NoValue,
            self.store.invalid(),
            Some(c.call),
        ))
    }

    /// The element type of a slice operand, or what is wrong with it.
    fn slice_elem(&self, x: &Operand) -> Result<TypeId, String> {
        let store = self.store;
        let not_slice = || {
            if x.is_nil() {
                "argument must be a slice; have untyped nil".to_owned()
            } else {
                format!("argument must be a slice; have {}", self.operand_str(x))
            }
        };
        let mut common: Option<TypeId> = None;
        for (_, under) in store.specific_types(x.typ).ok_or_else(not_slice)? {
            let TypeKind::Slice(elem) = store.kind(under) else {
                return Err(not_slice());
            };
            match common {
                None => common = Some(*elem),
                Some(first) if !store.identical(first, *elem) => {
                    return Err(format!(
                        "mismatched slice element types {} and {} in {}",
                        self.type_str(first),
                        self.type_str(*elem),
                        self.operand_str(x)
                    ));
                }
                Some(_) => {}
            }
        }
        common.ok_or_else(not_slice)
    }

    /// Whether each type of an operand is a string or byte slice type, and whether one is a string type.
    fn is_bytes_or_string(&self, x: &Operand) -> (bool, bool) {
        let store = self.store;
        let byte = store.basic(Basic::Uint8);
        let mut has_string = false;
        let Some(types) = store.specific_types(x.typ) else {
            return (false, false);
        };
        for (_, under) in types {
            match store.kind(under) {
                TypeKind::Slice(elem) if store.identical(*elem, byte) => {}
                TypeKind::Basic(basic) if basic.is_string() => has_string = true,
                _ => return (false, false),
            }
        }
        (true, has_string)
    }

    /// Gives a constant string argument the type string.
    fn make_string(&mut self, x: &mut Operand) {
        if self.store.is_untyped(x.typ) {
            self.convert_untyped(x, self.store.basic(Basic::String));
        }
    }

    /// `append(s, values...)`.
    fn builtin_append(&mut self, c: &BuiltinCall<'_>, mut args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        let slice = args.first()?.clone();
        let elem = match self.slice_elem(&slice) {
            Ok(elem) => elem,
            Err(cause) => {
                self.error(
                    &slice,
                    Code::InvalidAppend,
                    format!("invalid append: {cause}"),
                );
                return None;
            }
        };
        // append([]byte, string...)
        if let [_, text] = args.as_mut_slice()
            && c.dots
            && self.is_assignable(&slice, store.slice(store.basic(Basic::Uint8)))
            && self.is_bytes_or_string(text) == (true, true)
        {
            self.make_string(text);
            return Some(Operand::value(slice.typ, c.call));
        }
        let sig = store.func(Func {
            params: vec![slice.typ, store.slice(elem)],
            results: vec![slice.typ],
            variadic: true,
            ..Func::default()
        });
        let mut arguments = crate::call::Arguments {
            values: args,
            targs: Vec::new(),
        };
        self.arguments(c.call, sig, Vec::new(), &[], &mut arguments);
        Some(Operand::value(slice.typ, c.call))
    }

    /// `cap(x)` or `len(x)`.
    fn builtin_len(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        let len = c.builtin == Builtin::Len;
        let x = args.into_iter().next()?;
        let int = store.basic(Basic::Int);
        let constant =
            |value: u64| Some(Operand::constant(int, Constant::int(value), Some(c.call)));
        let value = Some(Operand::value(int, c.call));
        let measurable =
            |check: &Self, under: TypeId| match store.kind(check.array_ptr_deref(under)) {
                TypeKind::Basic(basic) => basic.is_string() && len,
                TypeKind::Array { .. } | TypeKind::Slice(_) | TypeKind::Chan { .. } => true,
                TypeKind::Map { .. } => len,
                _ => false,
            };
        let under = self.array_ptr_deref(store.underlying(x.typ));
        let ok = if store.is_tparam(x.typ) {
            store
                .specific_types(x.typ)
                .is_some_and(|types| types.iter().all(|&(_, under)| measurable(self, under)))
        } else {
            measurable(self, under)
        };
        if !ok {
            if store.is_valid(store.underlying(x.typ)) {
                let code = if len {
                    Code::InvalidLen
                } else {
                    Code::InvalidCap
                };
                let msg = format!(
                    "invalid argument: {} for built-in {}",
                    self.operand_str(&x),
                    c.builtin.name()
                );
                self.error(&x, code, msg);
            }
            return None;
        }
        match store.kind(under) {
            TypeKind::Basic(_) if x.is_const() => match x.const_val().as_bytes() {
                Some(bytes) => constant(bytes.len() as u64),
                None => Some(Operand::constant(int, Constant::Unknown, Some(c.call))),
            },
            // The length of an array is constant unless evaluating the array does something.
            TypeKind::Array { len, .. } if !self.env.has_call_or_recv => constant(*len),
            _ => value,
        }
    }

    /// `clear(x)`.
    fn builtin_clear(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        let x = args.into_iter().next()?;
        self.verify_version(c.fun, 21, "clear");
        let ok = store.all_underlying(x.typ, |under| {
            matches!(store.kind(under), TypeKind::Map { .. } | TypeKind::Slice(_))
        });
        if !ok {
            let msg = format!(
                "invalid argument: cannot clear {}: argument must be (or constrained by) map or slice",
                self.operand_str(&x)
            );
            self.error(&x, Code::InvalidClear, msg);
            return None;
        }
        self.no_value(c)
    }

    /// `close(c)`.
    fn builtin_close(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        let x = args.into_iter().next()?;
        let types = store.specific_types(x.typ);
        let mut problem = if types.is_none() {
            Some("non-channel")
        } else {
            None
        };
        for (_, under) in types.into_iter().flatten() {
            problem = match store.kind(under) {
                TypeKind::Chan {
                    dir: ChanDir::Recv, ..
                } => Some("receive-only channel"),
                TypeKind::Chan { .. } => continue,
                _ => Some("non-channel"),
            };
            break;
        }
        if let Some(problem) = problem {
            let msg = format!(
                "invalid operation: cannot close {problem} {}",
                self.operand_str(&x)
            );
            self.error(&x, Code::InvalidClose, msg);
            return None;
        }
        self.no_value(c)
    }

    /// `complex(re, im)`.
    fn builtin_complex(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        let mut args = args.into_iter();
        let (mut x, mut y) = (args.next()?, args.next()?);
        match (store.is_untyped(x.typ), store.is_untyped(y.typ)) {
            (false, false) => {}
            (true, false) => self.convert_untyped(&mut x, y.typ),
            (false, true) => self.convert_untyped(&mut y, x.typ),
            (true, true) if x.is_const() && y.is_const() => {
                for part in [&mut x, &mut y] {
                    if store.is_numeric(part.typ) && part.const_val().imag().sign() == 0 {
                        part.typ = store.basic(Basic::UntypedFloat);
                    }
                }
            }
            (true, true) => {
                // One is a shift: that it cannot be a float is reported here.
                self.convert_untyped(&mut x, store.basic(Basic::Float64));
                self.convert_untyped(&mut y, store.basic(Basic::Float64));
            }
        }
        if x.is_invalid() || y.is_invalid() {
            return None;
        }
        if !store.identical(x.typ, y.typ) {
            let msg = format!(
                "invalid operation: {} (mismatched types {} and {})",
                self.expr_str(c.call),
                self.type_str(x.typ),
                self.type_str(y.typ)
            );
            self.error(&x, Code::InvalidComplex, msg);
            return None;
        }
        let result = self.map_type(&x, c.builtin, Code::InvalidComplex, |basic| match basic {
            Basic::Float32 => Some(Basic::Complex64),
            Basic::Float64 => Some(Basic::Complex128),
            Basic::UntypedFloat => Some(Basic::UntypedComplex),
            _ => None,
        });
        let Some(typ) = result else {
            let msg = format!(
                "invalid argument: arguments have type {}, expected floating-point",
                self.type_str(x.typ)
            );
            self.error(&x, Code::InvalidComplex, msg);
            return None;
        };
        if x.is_const() && y.is_const() {
            let value = Constant::complex(x.const_val().to_float(), y.const_val().to_float());
            return Some(Operand::constant(typ, value, Some(c.call)));
        }
        Some(Operand::value(typ, c.call))
    }

    /// `imag(x)` or `real(x)`.
    fn builtin_part(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        let real = c.builtin == Builtin::Real;
        let mut x = args.into_iter().next()?;
        if store.is_untyped(x.typ) {
            if x.is_const() {
                if store.is_numeric(x.typ) {
                    x.typ = store.basic(Basic::UntypedComplex);
                }
            } else {
                self.convert_untyped(&mut x, store.basic(Basic::Complex128));
                if x.is_invalid() {
                    return None;
                }
            }
        }
        let code = if real {
            Code::InvalidReal
        } else {
            Code::InvalidImag
        };
        let result = self.map_type(&x, c.builtin, code, |basic| match basic {
            Basic::Complex64 => Some(Basic::Float32),
            Basic::Complex128 => Some(Basic::Float64),
            Basic::UntypedComplex => Some(Basic::UntypedFloat),
            _ => None,
        });
        let Some(typ) = result else {
            let msg = format!(
                "invalid argument: argument has type {}, expected complex type",
                self.type_str(x.typ)
            );
            self.error(&x, code, msg);
            return None;
        };
        if x.is_const() {
            let value = if real {
                x.const_val().real()
            } else {
                x.const_val().imag()
            };
            return Some(Operand::constant(typ, value, Some(c.call)));
        }
        Some(Operand::value(typ, c.call))
    }

    /// The result type of `complex`, `real` and `imag` for an operand. Type parameters are not supported, as in the
    /// official compiler.
    fn map_type(
        &mut self,
        x: &Operand,
        builtin: Builtin,
        code: Code,
        map: impl Fn(Basic) -> Option<Basic>,
    ) -> Option<TypeId> {
        let store = self.store;
        if !store.is_tparam(x.typ) {
            return store
                .basic_kind(x.typ)
                .and_then(map)
                .map(|basic| store.basic(basic));
        }
        let terms = store.specific_types(x.typ)?;
        let results: Option<Vec<Basic>> = terms
            .iter()
            .map(|&(_, under)| store.basic_kind(under).and_then(&map))
            .collect();
        let first = *results?.first()?;
        let msg = format!(
            "{} not supported as argument to built-in {} for go1.18 (see go.dev/issue/50937)",
            self.operand_str(x),
            builtin.name()
        );
        self.soft_error(x, code, msg);
        Some(store.basic(first))
    }

    /// `copy(dst, src)`.
    fn builtin_copy(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        let mut args = args.into_iter();
        let (x, mut y) = (args.next()?, args.next()?);
        let result = Some(Operand::value(store.basic(Basic::Int), c.call));
        if self.is_assignable(&x, store.slice(store.basic(Basic::Uint8)))
            && self.is_bytes_or_string(&y).0
        {
            self.make_string(&mut y);
            return result;
        }
        let dst = match self.slice_elem(&x) {
            Ok(elem) => elem,
            Err(cause) => {
                self.error(&x, Code::InvalidCopy, format!("invalid copy: {cause}"));
                return None;
            }
        };
        let src = match self.slice_elem(&y) {
            Ok(elem) => elem,
            Err(_) if store.all_string(y.typ) => store.universe().byte,
            Err(cause) => {
                self.error(&y, Code::InvalidCopy, format!("invalid copy: {cause}"));
                return None;
            }
        };
        if !store.identical(dst, src) {
            let msg = format!(
                "invalid copy: arguments {} and {} have different element types {} and {}",
                self.operand_str(&x),
                self.operand_str(&y),
                self.type_str(dst),
                self.type_str(src)
            );
            self.error(&x, Code::InvalidCopy, msg);
            return None;
        }
        result
    }

    /// `delete(map, key)`.
    fn builtin_delete(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        let mut args = args.into_iter();
        let (map, mut key) = (args.next()?, args.next()?);
        let mut key_type: Option<TypeId> = None;
        let types = store.specific_types(map.typ).unwrap_or_default();
        let mut problem = if types.is_empty() { Some(false) } else { None };
        for (_, under) in types {
            match store.kind(under) {
                TypeKind::Map { key, .. }
                    if key_type.is_none_or(|first| store.identical(first, *key)) =>
                {
                    key_type = Some(*key);
                }
                other => {
                    problem = Some(matches!(other, TypeKind::Map { .. }));
                    break;
                }
            }
        }
        if let Some(different) = problem {
            let operand = self.operand_str(&map);
            let msg = if different {
                format!("invalid argument: maps of {operand} must have identical key types")
            } else {
                format!("invalid argument: {operand} is not a map")
            };
            self.error(&map, Code::InvalidDelete, msg);
            return None;
        }
        self.assignment(&mut key, key_type, "argument to delete");
        if key.is_invalid() {
            None
        } else {
            self.no_value(c)
        }
    }

    /// `make(T, sizes...)`.
    fn builtin_make(&mut self, c: &BuiltinCall<'_>) -> Option<Operand> {
        let store = self.store;
        let &first = c.list.first()?;
        let typ = self.var_type(first);
        if !store.is_valid(typ) {
            return None;
        }
        let under = self.common_under(typ, |_, _, under| {
            match under.map(|under| store.kind(under)) {
                Some(TypeKind::Slice(_) | TypeKind::Map { .. } | TypeKind::Chan { .. }) => None,
                Some(_) => Some("type must be slice, map, or channel".to_owned()),
                None => Some("no specific type".to_owned()),
            }
        });
        let under = match under {
            Ok(under) => under,
            Err(cause) => {
                let msg = format!(
                    "invalid argument: cannot make {}: {cause}",
                    self.expr_str(first)
                );
                self.error(first, Code::InvalidMake, msg);
                return None;
            }
        };
        let min = if matches!(store.kind(under), TypeKind::Slice(_)) {
            2
        } else {
            1
        };
        let count = c.list.len();
        if count < min || min + 1 < count {
            let msg = format!(
                "invalid operation: {} expects {min} or {} arguments; found {count}",
                self.expr_str(c.call),
                min + 1
            );
            self.error(c.call, Code::WrongArgCount, msg);
            return None;
        }
        let sizes: Vec<_> = c.list[1..]
            .iter()
            .filter_map(|&arg| self.index(arg, None).1)
            .collect();
        if let [len, cap] = sizes.as_slice()
            && len > cap
        {
            self.error(
                c.list[1],
                Code::SwappedMakeArgs,
                "invalid argument: length and capacity swapped",
            );
        }
        Some(Operand::value(typ, c.call))
    }

    /// `max(values...)` or `min(values...)`.
    fn builtin_extreme(&mut self, c: &BuiltinCall<'_>, mut args: Vec<Operand>) -> Option<Operand> {
        let store = self.store;
        self.verify_version(c.fun, 21, &format!("built-in {}", c.builtin.name()));
        let compare = if c.builtin == Builtin::Max {
            CompareOp::Gt
        } else {
            CompareOp::Lt
        };
        let mut best = args.first()?.clone();
        for (i, arg) in args.iter_mut().enumerate() {
            if !store.all_ordered(arg.typ) {
                let msg = format!(
                    "invalid argument: {} cannot be ordered",
                    self.operand_str(arg)
                );
                self.error(&*arg, Code::InvalidMinMaxOperand, msg);
                return None;
            }
            if i == 0 {
                continue;
            }
            self.match_types(&mut best, arg);
            if best.is_invalid() {
                return None;
            }
            if !store.identical(best.typ, arg.typ) {
                let msg = format!(
                    "invalid argument: mismatched types {} (previous argument) and {} (type of {})",
                    self.type_str(best.typ),
                    self.type_str(arg.typ),
                    self.operand_expr_str(arg)
                );
                self.error(&*arg, Code::MismatchedTypes, msg);
                return None;
            }
            if best.is_const() && arg.is_const() {
                if arg.const_val().compare(compare, best.const_val()) {
                    best = arg.clone();
                }
            } else {
                best.mode = Mode::Value;
                best.val = None;
            }
        }
        if !best.is_const() {
            best.mode = Mode::Value;
            let context = format!("argument to built-in {}", c.builtin.name());
            self.assignment(&mut best, Some(store.universe().empty_interface), &context);
            if best.is_invalid() {
                return None;
            }
        }
        for arg in &args {
            if let Some(e) = arg.expr {
                self.update_expr_type(e, best.typ, true);
            }
        }
        Some(best)
    }

    /// `new(T)` or `new(value)`.
    fn builtin_new(&mut self, c: &BuiltinCall<'_>) -> Option<Operand> {
        let store = self.store;
        let &arg = c.list.first()?;
        let mut x = self.expr_or_type(arg, false);
        self.exclude_builtin(&mut x);
        match x.mode {
            Mode::Invalid => return None,
            Mode::Type => {
                self.valid_var_type(arg, x.typ);
            }
            _ => {
                if store.is_untyped(x.typ) {
                    self.assignment(&mut x, None, "argument to new");
                    if x.is_invalid() {
                        return None;
                    }
                }
                let what = format!("new({})", self.expr_str(arg));
                self.verify_version(c.fun, 26, &what);
            }
        }
        Some(Operand::value(store.pointer(x.typ), c.call))
    }

    /// `panic(value)`.
    fn builtin_panic(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        self.panic_calls.insert((self.env.file, c.call));
        let mut x = args.into_iter().next()?;
        self.assignment(
            &mut x,
            Some(self.store.universe().empty_interface),
            "argument to panic",
        );
        if x.is_invalid() {
            None
        } else {
            self.no_value(c)
        }
    }

    /// `print(values...)` or `println(values...)`.
    fn builtin_print(&mut self, c: &BuiltinCall<'_>, args: Vec<Operand>) -> Option<Operand> {
        let context = format!("argument to built-in {}", c.builtin.name());
        for mut arg in args {
            self.assignment(&mut arg, None, &context);
            if arg.is_invalid() {
                return None;
            }
        }
        self.no_value(c)
    }
}
