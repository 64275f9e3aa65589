//! Places: what can be assigned to or has an address (*Address operators*, *Assignment statements*).
//!
//! Finding a place evaluates its operands. The last check on the way (nil pointer, index out of range) is left
//! pending, because an assignment does it only after its right side has been evaluated.

use crate::func::FuncLowering;
use crate::scalars::Vals;
use crate::vars::Storage;
use polkago_ir::{BinaryOp, Type, Value, Variable};
use polkago_syntax::{ExprId, ExprKind, IdentId, Pos};
use polkago_types::{Mode, ObjId, ObjKind, SelectionKind, TypeId, TypeKind, VarKind};
use smallvec::SmallVec;

/// The kinds of bounds errors, in the order of the runtime's numbers.
const BOUNDS_CODES: [&str; 8] = [
    "panicIndex",
    "panicSliceAlen",
    "panicSliceAcap",
    "panicSliceB",
    "panicSlice3Alen",
    "panicSlice3Acap",
    "panicSlice3B",
    "panicSlice3C",
];

/// A check that has to be done before a place is used.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pending {
    /// None.
    None,
    /// The base must not be null.
    Nil,
    /// The element number `index` of `len` ones of `size` bytes, from the base.
    Index {
        /// i32.
        index: Value,
        /// i32.
        len: Value,
        /// Bytes.
        size: u32,
        /// Whether the index is of a signed type.
        signed: bool,
        /// The opening bracket.
        lbrack: Option<Pos>,
    },
}

/// Where a value is kept.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// Nowhere: the blank identifier.
    Blank,
    /// In SSA variables, one a scalar.
    Ssa(SmallVec<[Variable; 4]>),
    /// In memory.
    Mem {
        /// The address.
        base: Value,
        /// Bytes added to it.
        offset: u32,
        /// What is to be checked first.
        pending: Pending,
    },
}

/// What a selector starts from: a place, or a value without one.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// A place.
    Place(Place),
    /// A value.
    Vals(Vals),
}

impl Place {
    /// A place in memory that needs no check.
    pub fn memory(base: Value, offset: u32) -> Self {
        Self::Mem {
            base,
            offset,
            pending: Pending::None,
        }
    }
}

impl FuncLowering<'_> {
    /// Whether an expression is a place: a variable, an element or field of one, or what a pointer points to.
    pub fn is_place(&self, e: ExprId) -> bool {
        self.mode(e) == Mode::Variable
    }

    /// The place of an addressable expression.
    pub fn place(&mut self, e: ExprId) -> Place {
        let before = self.at(self.expr_pos(e));
        let place = self.place_inner(e);
        self.set_pos(before);
        place
    }

    fn place_inner(&mut self, e: ExprId) -> Place {
        match self.kind(e) {
            ExprKind::Paren(x) => self.place(*x),
            ExprKind::Ident(id) => self.ident_place(*id),
            ExprKind::Star(x) => {
                let base = self.expr1(*x);
                Place::Mem {
                    base,
                    offset: 0,
                    pending: Pending::Nil,
                }
            }
            ExprKind::Selector { x, sel } => self.selector_place(e, *x, *sel),
            ExprKind::Index { x, indices, .. } => {
                let index = self.src().tree.exprs(*indices)[0];
                self.index_place(*x, index)
            }
            // `&T{...}`: a literal becomes a variable of its own.
            ExprKind::CompositeLit { .. } => {
                let t = self.typ(e);
                let base = self.new_object(t);
                self.expr_into(e, t, base, 0, true);
                Place::memory(base, 0)
            }
            _ => {
                let t = self.typ(e);
                let vals = self.expr(e);
                self.spill(t, &vals)
            }
        }
    }

    /// Evaluates an expression whose value nobody reads: of a variable only what may panic or has effects.
    pub fn evaluate(&mut self, e: ExprId) {
        if self.is_place(e) {
            let place = self.place(e);
            self.settle(place);
        } else {
            self.expr(e);
        }
    }

    /// A value as a place: in memory of the frame.
    pub fn spill(&mut self, t: TypeId, vals: &[Value]) -> Place {
        let base = self.temp(t);
        self.store(t, base, 0, vals);
        Place::memory(base, 0)
    }

    fn ident_place(&mut self, id: IdentId) -> Place {
        if self.src().tree.ident_text(id) == "_" {
            return Place::Blank;
        }
        let info = self.src().info;
        match info.uses[id].expand().or(info.defs[id].expand()) {
            Some(obj) => self.var_place(obj),
            None => Place::Blank,
        }
    }

    /// The place of a variable.
    pub fn var_place(&mut self, obj: ObjId) -> Place {
        if let ObjKind::Var(VarKind::Package) = self.cx.obj(obj).kind {
            let item = self.cx.var_item(obj);
            let symbol = self.need(item);
            let base = self.b.sym_addr(&symbol, 0);
            return Place::memory(base, 0);
        }
        match self.vars.get(&obj).cloned() {
            Some(storage) => self.storage_place(&storage),
            // Code that cannot be reached may use what was never declared.
            None => {
                let storage: Storage = self.declare(obj);
                self.storage_place(&storage)
            }
        }
    }

    fn selector_place(&mut self, e: ExprId, x: ExprId, sel: IdentId) -> Place {
        let info = self.src().info;
        let Some(selection) = info.selections.get(&e) else {
            // A qualified identifier.
            return match info.uses[sel].expand() {
                Some(obj) => self.var_place(obj),
                None => Place::Blank,
            };
        };
        debug_assert_eq!(selection.kind, SelectionKind::Field);
        let t = self.typ(x);
        let start = if self.cx.pointee(t).is_some() {
            Operand::Vals(self.expr(x))
        } else {
            Operand::Place(self.place(x))
        };
        let (operand, typ) = self.walk(start, t, &selection.path);
        match operand {
            Operand::Place(place) => place,
            Operand::Vals(vals) => self.spill(typ, &vals),
        }
    }

    /// An expression as the start of a selector.
    pub fn operand(&mut self, x: ExprId) -> Operand {
        if self.is_place(x) {
            Operand::Place(self.place(x))
        } else {
            Operand::Vals(self.expr(x))
        }
    }

    /// The value of an operand.
    pub fn operand_value(&mut self, t: TypeId, operand: Operand) -> Vals {
        match operand {
            Operand::Place(place) => self.read(t, &place),
            Operand::Vals(vals) => vals,
        }
    }

    /// What an operand of pointer type points to.
    pub fn deref(&mut self, t: TypeId, operand: Operand) -> Operand {
        let base = self.operand_value(t, operand)[0];
        Operand::Place(Place::Mem {
            base,
            offset: 0,
            pending: Pending::Nil,
        })
    }

    /// Goes along a path of fields, through pointers where there are some.
    pub fn walk(&mut self, start: Operand, t: TypeId, path: &[u32]) -> (Operand, TypeId) {
        let (mut operand, mut t) = (start, t);
        for &index in path {
            if let Some(elem) = self.cx.pointee(t) {
                operand = self.deref(t, operand);
                t = self.cx.store.canon(elem);
            }
            let TypeKind::Struct(fields) = self.cx.under(t) else {
                return (operand, t);
            };
            let typ = self.cx.store.canon(fields[index as usize].typ);
            operand = match operand {
                Operand::Place(place) => Operand::Place(self.field_place(&place, t, index).0),
                Operand::Vals(vals) if self.cx.info(t).memory => {
                    let place = Place::memory(vals[0], 0);
                    Operand::Place(self.field_place(&place, t, index).0)
                }
                Operand::Vals(vals) => {
                    let (start, count) = self.field_scalars(t, index);
                    Operand::Vals(vals[start..start + count].iter().copied().collect())
                }
            };
            t = typ;
        }
        (operand, t)
    }

    /// The place of a field.
    pub fn field_place(&mut self, place: &Place, t: TypeId, index: u32) -> (Place, TypeId) {
        let TypeKind::Struct(fields) = self.cx.under(t) else {
            return (place.clone(), t);
        };
        let typ = self.cx.store.canon(fields[index as usize].typ);
        let place = match place {
            Place::Blank => Place::Blank,
            Place::Ssa(vars) => {
                let (start, count) = self.field_scalars(t, index);
                Place::Ssa(vars[start..start + count].iter().copied().collect())
            }
            Place::Mem {
                base,
                offset,
                pending,
            } => Place::Mem {
                base: *base,
                offset: offset + self.cx.offsets(fields)[index as usize],
                pending: *pending,
            },
        };
        (place, typ)
    }

    /// Which scalars of a struct are those of a field: the first, and how many.
    pub fn field_scalars(&self, t: TypeId, index: u32) -> (usize, usize) {
        let TypeKind::Struct(fields) = self.cx.under(t) else {
            return (0, 0);
        };
        let index = index as usize;
        let before = fields[..index]
            .iter()
            .map(|f| self.cx.scalar_count(f.typ))
            .sum();
        (before, self.cx.scalar_count(fields[index].typ))
    }

    /// Does the pending check of a place.
    pub fn settle(&mut self, place: Place) -> Place {
        let Place::Mem {
            base,
            offset,
            pending,
        } = place
        else {
            return place;
        };
        match pending {
            Pending::None => place,
            Pending::Nil => {
                self.nil_check(base);
                Place::memory(base, offset)
            }
            Pending::Index {
                index,
                len,
                size,
                signed,
                lbrack,
            } => {
                let before = self.pos();
                self.set_pos(lbrack);
                let bad = self.b.binary(BinaryOp::GeU, index, len);
                let name = if signed { "panicIndex" } else { "panicIndexU" };
                self.panic_if_out(bad, name, index, len);
                let base = self.element(base, index, size);
                self.know(base);
                self.set_pos(before);
                Place::memory(base, offset)
            }
        }
    }

    /// The value at a place. Of a memory type the result is the place's address.
    pub fn read(&mut self, t: TypeId, place: &Place) -> Vals {
        match self.settle(place.clone()) {
            Place::Blank => self.zero(t),
            Place::Ssa(vars) => vars.iter().map(|&v| self.b.use_var(v)).collect(),
            Place::Mem { base, offset, .. } => self.load(t, base, offset),
        }
    }

    /// Assigns a value to a place.
    pub fn assign(&mut self, t: TypeId, place: &Place, vals: &[Value]) {
        match self.settle(place.clone()) {
            Place::Blank => {}
            Place::Ssa(vars) => {
                for (&var, &v) in vars.iter().zip(vals) {
                    self.b.def_var(var, v);
                }
            }
            Place::Mem { base, offset, .. } => self.store(t, base, offset, vals),
        }
    }

    /// The address of a place; one in SSA variables has none and gets a copy.
    pub fn place_address(&mut self, t: TypeId, place: &Place) -> Value {
        match self.settle(place.clone()) {
            Place::Mem { base, offset, .. } => {
                let address = self.offset(base, offset);
                self.know(address);
                address
            }
            place @ (Place::Blank | Place::Ssa(_)) => {
                let vals = self.read(t, &place);
                let at = self.new_object(t);
                self.store(t, at, 0, &vals);
                at
            }
        }
    }

    /// The address of an addressable expression, checked.
    pub fn address(&mut self, e: ExprId) -> Value {
        let t = self.typ(e);
        let place = self.place(e);
        self.place_address(t, &place)
    }

    /// An i32 from an index expression of any integer type, and whether its type is signed. An index that does not
    /// fit becomes -1, which no length exceeds.
    pub fn index_value(&mut self, e: ExprId) -> (Value, bool) {
        let t = self.typ(e);
        let signed = self.cx.is_signed(t);
        let v = self.expr1(e);
        if self.b.value_type(v) != Type::I64 {
            return (v, signed);
        }
        let low = self.b.unary(polkago_ir::UnaryOp::Wrap, v, Type::I32);
        if self.src().info.consts.contains_key(&e) {
            return (low, signed);
        }
        let thirty_one = self.b.i64const(31);
        let high = self.b.binary(BinaryOp::ShrU, v, thirty_one);
        let fits = self.b.unary(polkago_ir::UnaryOp::Eqz, high, Type::I32);
        let minus = self.b.i32const(-1);
        let index = self.b.select(fits, low, minus);
        self.wide_indices.insert(index, v);
        (index, signed)
    }

    /// Panics if an index is out of range, with the error of the runtime function `name`: `index` breaks `limit`.
    pub fn panic_if_out(&mut self, bad: Value, name: &'static str, index: Value, limit: Value) {
        // The message names an index of 64 bits as it was.
        let Some(&wide) = self.wide_indices.get(&index) else {
            self.panic_if(bad, name, &[index, limit]);
            return;
        };
        let unsigned = name.strip_suffix('U');
        let kind = unsigned.unwrap_or(name);
        let code = BOUNDS_CODES.iter().position(|&n| n == kind);
        let code = self.b.i32const(code.map_or(0, |n| n as i32));
        let signed = self.bool(unsigned.is_none());
        self.panic_if(bad, "outOfRange", &[wide, signed, limit, code]);
    }
}
