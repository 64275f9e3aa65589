//! Function literals and closure objects (*Function literals*, decision record 0004).
//!
//! Word 0 of a closure object is the table index of its code; captures follow, each at its Go alignment: the value
//! of a variable that nobody assigns any more, else the address of its heap cell.

use crate::cx::Cx;
use crate::func::FuncLowering;
use crate::layout::align_up;
use crate::output::Output;
use crate::program::{Item, Lit};
use crate::scalars::{Context, Vals};
use crate::statics::Blob;
use crate::vars::Storage;
use polkago_ir::{MemType, Symbol, Type, Value};
use polkago_syntax::{ExprId, ExprKind};
use polkago_types::{Basic, ObjId, TypeId};
use smallvec::smallvec;

/// A value kept in a closure object.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    /// Its type.
    pub typ: TypeId,
    /// Its scalars.
    pub vals: Vals,
}

impl Cx<'_> {
    /// The offsets of captures of these types in a closure object, and behind them its size.
    pub fn closure_layout(&self, types: &[TypeId]) -> Vec<u32> {
        let mut at = 4u64;
        let mut offsets = Vec::with_capacity(types.len() + 1);
        for &t in types {
            let info = self.info(t);
            at = align_up(at, u64::from(info.align));
            offsets.push(at as u32);
            at += u64::from(info.size);
        }
        offsets.push(align_up(at, 4) as u32);
        offsets
    }

    /// The struct type with the layout of a closure object, whose descriptor tells the collector its pointers.
    pub fn closure_type(&self, types: &[TypeId]) -> TypeId {
        let field = |n: usize, typ: TypeId| polkago_types::Field {
            name: self.store.sym(&format!("F{n}")),
            pkg: None,
            typ,
            embedded: false,
            tag: "".into(),
        };
        let word = self.basic(Basic::Uintptr);
        let fields = std::iter::once(word)
            .chain(types.iter().copied())
            .enumerate()
            .map(|(n, t)| field(n, t))
            .collect();
        self.store.canon(self.store.struct_type(fields))
    }
}

impl FuncLowering<'_> {
    /// A closure object: in a slot of the frame if it is made at most once a call and does not outlive it, else on the
    /// heap.
    pub fn make_closure(&mut self, code: &Symbol, captures: &[Capture], in_frame: bool) -> Value {
        let types: Vec<TypeId> = captures.iter().map(|c| c.typ).collect();
        let offsets = self.cx.closure_layout(&types);
        let typ = self.cx.closure_type(&types);
        let object = if in_frame {
            self.temp(typ)
        } else {
            self.new_object(typ)
        };
        let index = self.b.func_index(code);
        self.b.store(MemType::Full(Type::I32), object, 0, index);
        for (capture, offset) in captures.iter().zip(offsets) {
            self.store(capture.typ, object, offset, &capture.vals);
        }
        object
    }

    /// What a function literal keeps of a variable: its cell, or its value.
    fn captured_type(&self, obj: ObjId) -> TypeId {
        if self.in_cell(obj) {
            self.cx.basic(Basic::UnsafePointer)
        } else {
            self.obj_type(obj)
        }
    }

    /// What a closure object holds of a variable now.
    pub fn capture(&mut self, obj: ObjId) -> Capture {
        let typ = self.captured_type(obj);
        let place = self.var_place(obj);
        let vals = if self.in_cell(obj) {
            smallvec![self.place_address(self.obj_type(obj), &place)]
        } else {
            self.read(typ, &place)
        };
        Capture { typ, vals }
    }

    /// A function literal as a value; `in_frame` as for [`Self::make_closure`].
    pub fn func_lit(&mut self, e: ExprId, in_frame: bool) -> Vals {
        let source = self.src();
        let lit = Lit {
            outer: self.outer.clone(),
            file: source.file,
            expr: e,
        };
        let objs: &[ObjId] = source.info.captures.get(&e).map_or(&[], |c| c);
        if objs.is_empty() {
            let symbol = self.need(Item::LitValue(lit));
            let v = self.b.sym_addr(&symbol, 0);
            self.know(v);
            return smallvec![v];
        }
        let captures: Vec<Capture> = objs.iter().map(|&obj| self.capture(obj)).collect();
        let code = self.need(Item::Lit(lit));
        smallvec![self.make_closure(&code, &captures, in_frame)]
    }

    /// Binds the captured variables of a function literal to the contents of its closure object, in which values of
    /// other types stand before them.
    pub fn bind_captures(&mut self, objs: &[ObjId], before: &[TypeId]) {
        let closure = self.b.params()[0];
        let mut types = before.to_vec();
        types.extend(objs.iter().map(|&o| self.captured_type(o)));
        let offsets = self.cx.closure_layout(&types).split_off(before.len());
        for ((&obj, t), offset) in objs.iter().zip(types.split_off(before.len())).zip(offsets) {
            let storage = if self.in_cell(obj) {
                let cell = self.load_ref(closure, offset);
                self.cell(cell)
            } else if self.cx.info(t).memory {
                let at = self.offset(closure, offset);
                self.cell(at)
            } else {
                let vars = self.declare_scalars(t);
                let vals = self.load(t, closure, offset);
                for (&var, &v) in vars.iter().zip(&vals) {
                    self.b.def_var(var, v);
                }
                Storage::Ssa(vars)
            };
            self.vars.insert(obj, storage);
        }
    }
}

/// Lowers the code of a function literal.
pub(crate) fn lower_lit(cx: &Cx<'_>, lit: &Lit) -> Output {
    let source = cx.outer_source(&lit.outer, lit.file);
    let ExprKind::FuncLit { body, .. } = &source.tree.expr[lit.expr].kind else {
        return Output::default();
    };
    let subst = cx.outer_subst(&lit.outer);
    let types = match source.info.exprs[lit.expr].typ.expand() {
        Some(t) => cx.func_types_of(cx.subst(t, &subst)),
        None => crate::scalars::FuncTypes::default(),
    };
    let sig = cx.signature(&types, Context::Closure);
    let name = cx.symbol(&Item::Lit(lit.clone()));
    let mut f = FuncLowering::new(cx, name, sig, Some(source), lit.outer.clone());
    f.lit = Some(lit.expr);
    f.note_arguments(&types);
    f.at(source.tree.expr[lit.expr].span.start);
    if let Some(objs) = source.info.captures.get(&lit.expr) {
        f.bind_captures(objs, &[]);
    }
    f.bind_params(*body, &types, Context::Closure);
    f.body(*body);
    f.finish()
}

/// Lowers the static closure object of a function literal that captures nothing.
pub(crate) fn static_lit(cx: &Cx<'_>, lit: &Lit) -> Output {
    let mut out = Output::default();
    let code = Item::Lit(lit.clone());
    let mut blob = Blob::zero(4);
    blob.put_func(0, cx.symbol(&code));
    out.needs.push(code);
    let name = cx.symbol(&Item::LitValue(lit.clone()));
    out.data.push(blob.into_data(name, 4, None));
    out
}
