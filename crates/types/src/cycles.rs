//! Cycles of declarations.

use crate::checker::{Checker, ErrorBuilder};
use crate::errors::Code;
use crate::{NamedId, ObjId, ObjKind, SrcPos, TypeId, TypeKind};
use polkago_syntax::ExprKind;
use rustc_hash::FxHashMap;

impl Checker<'_> {
    /// Whether the cycle of declarations that starts with `obj`, which is on the path of objects being declared, is
    /// allowed; reports an error if not.
    pub(crate) fn valid_cycle(&mut self, obj: ObjId) -> bool {
        let start = self.obj_path_idx.get(&obj).copied().unwrap_or(0);
        let cycle = self.obj_path[start..].to_vec();
        let mut values = 0;
        let mut definitions = 0;
        for &obj in &cycle {
            let object = self.store.obj(obj);
            match object.kind {
                ObjKind::Const(_) | ObjKind::Var(_) => values += 1,
                ObjKind::TypeName => {
                    let typ = object.typ.get().copied();
                    // A cycle through a list of type parameters is fine.
                    if self.env.in_tparam_list && typ.is_some_and(|t| self.store.is_generic(t)) {
                        return true;
                    }
                    if !typ.is_some_and(|t| matches!(self.store.kind(t), TypeKind::Alias(_))) {
                        definitions += 1;
                    }
                }
                ObjKind::Func(_)
                | ObjKind::PkgName(_)
                | ObjKind::Builtin(_)
                | ObjKind::Label
                | ObjKind::Nil => {}
            }
        }
        // Cycles of values alone are found when the order of initialisation is computed. A cycle of types needs a
        // type definition: aliases alone would expand for ever.
        if values == cycle.len() || (values == 0 && definitions > 0) {
            return true;
        }
        self.object_cycle_error(&cycle);
        false
    }

    /// Reports a cycle of declared objects, starting with the one that stands first in the source.
    fn object_cycle_error(&mut self, cycle: &[ObjId]) {
        let cycle: Vec<_> = cycle
            .iter()
            .map(|&obj| (obj, self.store.obj(obj).pos))
            .collect();
        self.cycle_error(&cycle, first_in_source(&cycle));
    }

    /// A declared type on a cycle: an instance counts as declared where it is written.
    fn named_on_cycle(&self, named: NamedId) -> (ObjId, Option<SrcPos>) {
        let obj = self.store.named(named).obj;
        (
            obj,
            self.inst_pos
                .get(&named)
                .copied()
                .or(self.store.obj(obj).pos),
        )
    }

    /// Reports a cycle of declarations with their places, starting with the one at `start`.
    fn cycle_error(&mut self, cycle: &[(ObjId, Option<SrcPos>)], start: usize) {
        let name = |check: &Self, obj: ObjId| {
            let object = check.store.obj(obj);
            let pkg = check.qualify(object.pkg);
            let name = check.store.sym_text(object.name);
            if pkg.is_empty() {
                name.to_owned()
            } else {
                format!("{pkg}.{name}")
            }
        };
        let (obj, pos) = cycle[start];
        let pos = pos.unwrap_or_else(|| self.src_pos(polkago_syntax::Pos(0)));
        let is_type = matches!(self.store.obj(obj).kind, ObjKind::TypeName);
        // An alias on the cycle stands for nothing: no errors on top.
        if let Some(typ) = self.store.obj_type(obj)
            && let TypeKind::Alias(alias) = *self.store.kind(typ)
        {
            self.store.alias(alias).rhs.set(self.store.invalid());
        }
        let (what, own) = (
            if is_type {
                "invalid recursive type"
            } else {
                "invalid cycle in declaration"
            },
            name(self, obj),
        );
        if cycle.len() == 1 {
            self.error(
                pos,
                Code::InvalidDeclCycle,
                format!("{what}: {own} refers to itself"),
            );
            return;
        }
        let mut err = ErrorBuilder::new(Code::InvalidDeclCycle);
        let of = if is_type { "" } else { " of" };
        err.add(self, pos, format!("{what}{of} {own}"));
        let (mut current, mut current_pos) = (obj, pos);
        for step in 1..=cycle.len() {
            let (next, next_pos) = cycle[(start + step) % cycle.len()];
            err.add(
                self,
                current_pos,
                format!("{} refers to {}", name(self, current), name(self, next)),
            );
            (current, current_pos) = (next, next_pos.unwrap_or(current_pos));
        }
        err.report(self);
    }

    /// Finds cycles of package-level type declarations whose right sides are nothing but names, and makes their types
    /// invalid.
    pub(crate) fn direct_cycles(&mut self) {
        // Index on the current path; `None` for those done.
        let mut index: FxHashMap<ObjId, Option<usize>> = FxHashMap::default();
        let types: Vec<ObjId> = self.obj_map.keys().copied().collect();
        for obj in types {
            if matches!(self.store.obj(obj).kind, ObjKind::TypeName) {
                self.direct_cycle(obj, &mut index);
            }
        }
    }

    /// Follows the right sides of type declarations from one on.
    fn direct_cycle(&mut self, obj: ObjId, index: &mut FxHashMap<ObjId, Option<usize>>) {
        let mut path: Vec<ObjId> = Vec::new();
        let mut current = obj;
        loop {
            match index.get(&current) {
                Some(None) => break,
                Some(Some(start)) => {
                    self.set_type(current, self.store.invalid());
                    self.object_cycle_error(&path[*start..]);
                    break;
                }
                None => {}
            }
            index.insert(current, Some(path.len()));
            path.push(current);
            let (Some(info), Some(decl)) = (self.decl_of(current), self.type_decl_of(current))
            else {
                break;
            };
            let tree = &self.files[info.file as usize].tree;
            let ExprKind::Ident(rhs) = tree.expr[decl.typ].kind else {
                break;
            };
            let name = self.store.sym(tree.ident_text(rhs));
            let Some(next) = self.store.scope(self.store.pkg(self.pkg).scope).get(name) else {
                break;
            };
            if !matches!(self.store.obj(next).kind, ObjKind::TypeName) {
                break;
            }
            current = next;
        }
        for obj in path {
            index.insert(obj, None);
        }
    }

    /// Whether values of a type have a finite size; reports an error if not.
    pub(crate) fn finite_size(&mut self, t: TypeId) -> bool {
        let t = self.store.unalias(t);
        match self.store.kind(t) {
            TypeKind::Named(id) => self.finite_named(*id),
            TypeKind::Array { elem, .. } => self.finite_size(*elem),
            TypeKind::Struct(fields) => fields.iter().all(|field| self.finite_size(field.typ)),
            TypeKind::Basic(_)
            | TypeKind::Alias(_)
            | TypeKind::Pointer(_)
            | TypeKind::Slice(_)
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Func(_)
            | TypeKind::Interface(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => true,
        }
    }

    /// Whether values of a declared type have a finite size.
    fn finite_named(&mut self, id: NamedId) -> bool {
        let named = self.store.named(id);
        if let Some(&known) = self.finite.get(&id) {
            return known;
        }
        if self.store.obj(named.obj).pkg != self.pkg && named.targs.is_empty() {
            return true;
        }
        let on_path = self.finite_path.iter().position(|&other| other == id);
        let declared = if named.origin.is_none() {
            self.obj_path_idx.get(&named.obj).copied()
        } else {
            None
        };
        if on_path.is_some() || declared.is_some() {
            let mut cycle: Vec<_> = Vec::new();
            if let Some(start) = declared {
                cycle.extend(
                    self.obj_path[start..]
                        .iter()
                        .map(|&obj| (obj, self.store.obj(obj).pos)),
                );
            }
            let start = on_path.unwrap_or(0);
            cycle.extend(
                self.finite_path[start..]
                    .iter()
                    .map(|&id| self.named_on_cycle(id)),
            );
            self.cycle_error(&cycle, first_in_source(&cycle));
            return false;
        }
        // An instance that needs ever larger ones is reported as invalid where it is declared.
        if self.finite_path.len() > 100 {
            return false;
        }
        let Some(rhs) = self.store.named_rhs(id) else {
            return true;
        };
        self.finite_path.push(id);
        let finite = self.finite_size(rhs);
        self.finite_path.pop();
        self.finite.insert(id, finite);
        finite
    }

    /// Puts an object on the path of those being declared.
    pub(crate) fn push(&mut self, obj: ObjId) {
        self.obj_path_idx.insert(obj, self.obj_path.len());
        self.obj_path.push(obj);
    }

    /// Takes the last one off again.
    pub(crate) fn pop(&mut self) {
        if let Some(obj) = self.obj_path.pop() {
            self.obj_path_idx.remove(&obj);
        }
    }

    /// Checks that a declared type does not contain itself (*Struct types*, *Array types*: not recursive).
    pub(crate) fn valid_type(&mut self, named: NamedId) {
        let t = self.store.intern(TypeKind::Named(named));
        self.valid_type_in(t, &mut Vec::new(), &mut Vec::new());
    }

    /// Checks a type inside other declared types. `nest` are those that contain its memory, `path` all on the way to
    /// it. A type parameter stands for the argument of the innermost one of `nest`, and that argument is checked
    /// outside of it, where it was written: in `A[A[string]]`, the inner `A` is not inside the outer one.
    fn valid_type_in(
        &mut self,
        t: TypeId,
        nest: &mut Vec<NamedId>,
        path: &mut Vec<NamedId>,
    ) -> bool {
        let store = self.store;
        match store.kind(store.unalias(t)) {
            TypeKind::Array { elem, .. } => self.valid_type_in(*elem, nest, path),
            TypeKind::Struct(fields) => fields
                .iter()
                .all(|field| self.valid_type_in(field.typ, nest, path)),
            TypeKind::Union(terms) => terms
                .iter()
                .all(|term| self.valid_type_in(term.typ, nest, path)),
            TypeKind::Interface(id) => store
                .interface(*id)
                .embeddeds
                .iter()
                .all(|&embedded| self.valid_type_in(embedded, nest, path)),
            TypeKind::Named(id) => {
                let origin = store.origin_of(*id);
                // Types of other packages are valid, and so are their arguments' uses in them unless they contain
                // types of this package.
                if store.obj(store.named(origin).obj).pkg != self.pkg
                    && store.named(*id).targs.is_empty()
                {
                    return true;
                }
                if self.valid_types.contains(id) {
                    return true;
                }
                // Only instances of one type can be identical without being the same.
                let same = |other: &NamedId| {
                    *other == *id
                        || store.origin_of(*other) == origin
                            && store.identical(
                                store.intern(TypeKind::Named(*other)),
                                store.intern(TypeKind::Named(*id)),
                            )
                };
                if nest.iter().any(same) {
                    store.invalidate(*id);
                    if let Some(start) = path.iter().position(same) {
                        let cycle: Vec<_> = path[start..]
                            .iter()
                            .map(|&id| self.named_on_cycle(id))
                            .collect();
                        self.cycle_error(&cycle, 0);
                    }
                    return false;
                }
                let Some(rhs) = store.named_rhs(origin) else {
                    self.open_types += 1;
                    return true;
                };
                let open = self.open_types;
                nest.push(*id);
                path.push(*id);
                let valid = self.valid_type_in(rhs, nest, path);
                nest.pop();
                path.pop();
                // Without type arguments the answer is the same everywhere.
                let named = store.named(*id);
                let closed = named.targs.is_empty() && named.outer_args.is_empty();
                if valid && closed && open == self.open_types {
                    self.valid_types.insert(*id);
                }
                valid
            }
            TypeKind::TypeParam(tparam) => {
                let Some(inst) = nest.last().copied() else {
                    return true;
                };
                let at = store
                    .tparams_of(inst)
                    .iter()
                    .position(|other| other == tparam);
                let Some(&targ) = at.and_then(|at| store.named(inst).targs.get(at)) else {
                    return true;
                };
                nest.pop();
                let valid = self.valid_type_in(targ, nest, path);
                nest.push(inst);
                valid
            }
            TypeKind::Basic(_)
            | TypeKind::Alias(_)
            | TypeKind::Pointer(_)
            | TypeKind::Slice(_)
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Func(_)
            | TypeKind::Tuple(_) => true,
        }
    }
}

/// The index of the declaration that stands first in the source.
fn first_in_source(cycle: &[(ObjId, Option<SrcPos>)]) -> usize {
    (0..cycle.len()).min_by_key(|&at| cycle[at].1).unwrap_or(0)
}
