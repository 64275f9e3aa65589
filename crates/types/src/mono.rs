//! Endless instantiation: a generic function or type that needs ever larger instances of itself cannot be compiled.
//!
//! A graph tells how types flow between type parameters. Its vertices are type parameters and types declared inside
//! generic functions. An instantiation adds an edge to each type parameter from the vertices that its type argument
//! contains: of weight 0 if the argument is that type itself, else 1. A local type has an edge of weight 1 from each
//! type parameter around it. A cycle of positive weight is an error. Found as by Bellman and Ford: heaviest paths are
//! made longer until nothing changes, or one has as many edges as there are vertices.

use crate::checker::{At, Checker, ErrorBuilder};
use crate::errors::Code;
use crate::{NamedId, ObjId, SrcPos, Store, TypeId, TypeKind, TypeParamId};
use rustc_hash::FxHashMap;

/// The graph of a package.
#[derive(Debug, Default)]
pub(crate) struct MonoGraph {
    vertices: Vec<Vertex>,
    edges: Vec<Edge>,
    /// The type parameter of the receiver's base type for each one that a method's receiver declares.
    canon: FxHashMap<TypeParamId, TypeParamId>,
    /// The vertex of each type parameter and local type; none for a local type outside generic functions.
    index: FxHashMap<ObjId, Option<usize>>,
}

/// A type parameter or local type.
#[derive(Debug)]
struct Vertex {
    /// Weight of the heaviest path found to it.
    weight: usize,
    /// The last edge of that path.
    previous: usize,
    /// Number of edges of that path.
    len: usize,
    /// Its type name.
    obj: ObjId,
}

/// A flow of a type.
#[derive(Debug)]
struct Edge {
    dst: usize,
    src: usize,
    weight: usize,
    pos: Option<SrcPos>,
    typ: TypeId,
}

impl MonoGraph {
    /// Notes which type parameter of the base type a receiver's type parameter stands for.
    pub(crate) fn record_canon(&mut self, method: TypeParamId, base: TypeParamId) {
        self.canon.insert(method, base);
    }

    /// The vertex of a type parameter.
    fn tparam_vertex(&mut self, store: &Store, tparam: TypeParamId) -> usize {
        let tparam = self.canon.get(&tparam).copied().unwrap_or(tparam);
        let obj = store.tparam(tparam).obj;
        if let Some(Some(vertex)) = self.index.get(&obj) {
            return *vertex;
        }
        let vertex = self.add_vertex(obj);
        self.index.insert(obj, Some(vertex));
        vertex
    }

    /// Adds a vertex.
    fn add_vertex(&mut self, obj: ObjId) -> usize {
        self.vertices.push(Vertex {
            weight: 0,
            previous: 0,
            len: 0,
            obj,
        });
        self.vertices.len() - 1
    }

    /// The vertex of a declared type, if it depends on type parameters around its declaration.
    fn named_vertex(&mut self, store: &Store, named: NamedId) -> Option<usize> {
        let named = store.named(store.origin_of(named));
        if named.outer.is_empty() {
            return None;
        }
        if let Some(known) = self.index.get(&named.obj) {
            return *known;
        }
        let vertex = self.add_vertex(named.obj);
        self.index.insert(named.obj, Some(vertex));
        for &tparam in &named.outer {
            let src = self.tparam_vertex(store, tparam);
            let (pos, typ) = (store.obj(named.obj).pos, store.tparam_type(tparam));
            self.edges.push(Edge {
                dst: vertex,
                src,
                weight: 1,
                pos,
                typ,
            });
        }
        Some(vertex)
    }

    /// Adds the edges of the types that `typ`, a part of the argument `targ` for `tparam`, contains.
    fn flow(
        &mut self,
        store: &Store,
        tparam: TypeParamId,
        pos: Option<SrcPos>,
        targ: TypeId,
        typ: TypeId,
    ) {
        let typ = store.unalias(typ);
        let edge = |graph: &mut Self, src: usize| {
            let dst = graph.tparam_vertex(store, tparam);
            let weight = usize::from(typ != store.unalias(targ));
            graph.edges.push(Edge {
                dst,
                src,
                weight,
                pos,
                typ: targ,
            });
        };
        match store.kind(typ) {
            TypeKind::TypeParam(id) => {
                let src = self.tparam_vertex(store, *id);
                edge(self, src);
            }
            TypeKind::Named(id) => {
                if let Some(src) = self.named_vertex(store, *id) {
                    edge(self, src);
                }
                for &arg in &store.named(*id).targs {
                    self.flow(store, tparam, pos, targ, arg);
                }
            }
            TypeKind::Basic(_) | TypeKind::Alias(_) | TypeKind::Union(_) => {}
            TypeKind::Pointer(elem)
            | TypeKind::Slice(elem)
            | TypeKind::Array { elem, .. }
            | TypeKind::Chan { elem, .. } => {
                self.flow(store, tparam, pos, targ, *elem);
            }
            TypeKind::Map { key, elem } => {
                self.flow(store, tparam, pos, targ, *key);
                self.flow(store, tparam, pos, targ, *elem);
            }
            TypeKind::Struct(fields) => {
                for field in fields.iter() {
                    self.flow(store, tparam, pos, targ, field.typ);
                }
            }
            TypeKind::Func(func) => {
                for &part in func.params.iter().chain(&func.results) {
                    self.flow(store, tparam, pos, targ, part);
                }
            }
            TypeKind::Tuple(types) => {
                for &part in types.iter() {
                    self.flow(store, tparam, pos, targ, part);
                }
            }
            TypeKind::Interface(id) => {
                for method in &store.interface_set(*id).methods {
                    self.flow(store, tparam, pos, targ, method.typ);
                }
            }
        }
    }
}

impl Checker<'_> {
    /// Notes that type parameters are instantiated with these arguments. Each argument's place is given where it is
    /// written, else `at`.
    pub(crate) fn record_instantiation(
        &mut self,
        at: impl At,
        tparams: &[TypeParamId],
        targs: &[TypeId],
        written: &[polkago_syntax::ExprId],
    ) {
        let default = at.place(self).map(|(pos, _)| pos);
        for (index, (&tparam, &targ)) in tparams.iter().zip(targs).enumerate() {
            // Cycles stay within a package: imported type parameters cannot be reached again.
            if self.store.obj(self.store.tparam(tparam).obj).pkg == self.pkg {
                let pos = written
                    .get(index)
                    .and_then(|e| e.place(self))
                    .map(|(pos, _)| pos)
                    .or(default);
                self.mono.flow(self.store, tparam, pos, targ, targ);
            }
        }
    }

    /// Reports endless instantiation.
    pub(crate) fn monomorph(&mut self) {
        let graph = &mut self.mono;
        let mut again = true;
        while again {
            again = false;
            for (index, edge) in graph.edges.iter().enumerate() {
                let weight = graph.vertices[edge.src].weight + edge.weight;
                let len = graph.vertices[edge.src].len + 1;
                let total = graph.vertices.len();
                let dst = &mut graph.vertices[edge.dst];
                if weight <= dst.weight {
                    continue;
                }
                dst.previous = index;
                dst.len = len;
                if len == total {
                    let start = edge.dst;
                    self.report_instance_loop(start);
                    return;
                }
                dst.weight = weight;
                again = true;
            }
        }
    }

    /// Reports the cycle that leads to a vertex.
    fn report_instance_loop(&mut self, start: usize) {
        let graph = &self.mono;
        let mut stack = Vec::new();
        let mut vertex = start;
        while !stack.contains(&vertex) {
            stack.push(vertex);
            vertex = graph.edges[graph.vertices[vertex].previous].src;
        }
        // What comes before the first vertex seen twice only leads to the cycle.
        let cycle_start = stack.iter().position(|&v| v == vertex).unwrap_or(0);
        let mut err = ErrorBuilder::new(Code::InvalidInstanceCycle);
        err.add(self, graph.vertices[vertex].obj, "instantiation cycle:");
        for &v in &stack[cycle_start..] {
            let edge = &graph.edges[graph.vertices[v].previous];
            let obj = graph.vertices[edge.dst].obj;
            let name = self.store.obj_name(obj);
            let typ = self.type_str(edge.typ);
            let is_tparam = self
                .store
                .obj_type(obj)
                .is_some_and(|t| self.store.is_tparam(t));
            let how = if is_tparam {
                "instantiated as"
            } else {
                "implicitly parameterized by"
            };
            let msg = format!("{name} {how} {typ}");
            match edge.pos {
                Some(pos) => err.add(self, pos, msg),
                None => err.add(self, obj, msg),
            }
        }
        err.report(self);
    }
}
