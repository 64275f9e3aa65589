//! The arenas that all packages of a session share.
//!
//! Everything is append-only and reached through `&Store` from any thread. Types are interned: building the same
//! type literal twice gives the same [`TypeId`]. What is known only later than an entity is made (the right side of
//! a type definition, the bound of a type parameter) is a [`Slot`] that its package's checker fills.

use crate::intern::{Interner, Memo};
use crate::scope::Scope;
use crate::typeset::TypeSet;
use crate::universe::Universe;
use crate::{
    AliasId, Basic, Field, Func, InterfaceId, Method, NamedId, ObjId, Object, PkgId, ScopeId, Sym,
    Term, TypeId, TypeKind, TypeParamId,
};
use cranelift_entity::EntityRef as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

/// A type that becomes known later, and that an error may turn into the invalid type after that.
#[derive(Debug)]
pub(crate) struct Slot(AtomicU32);

impl Slot {
    /// Not known yet.
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(u32::MAX))
    }

    /// The type, if known.
    pub(crate) fn get(&self) -> Option<TypeId> {
        match self.0.load(Ordering::Acquire) {
            u32::MAX => None,
            id => Some(TypeId::from_u32(id)),
        }
    }

    /// Makes it known.
    pub(crate) fn set(&self, t: TypeId) {
        self.0.store(t.as_u32(), Ordering::Release);
    }
}

/// A declared type (*Type definitions*), or an instance of a generic one.
#[derive(Debug)]
pub struct Named {
    /// The type name; for an instance that of the generic type.
    pub obj: ObjId,
    /// For an instance, the type that it is an instance of.
    pub origin: Option<NamedId>,
    /// For an instance, the type arguments.
    pub targs: Vec<TypeId>,
    /// Type parameters of a generic type; empty for an instance. Read them with [`Store::tparams_of`].
    pub(crate) tparams: OnceLock<Vec<TypeParamId>>,
    /// For a type declared inside a generic function: the type parameters in scope there, on which it silently
    /// depends.
    pub outer: Vec<TypeParamId>,
    /// What replaces `outer` in a type that [`Store::subst`] made.
    pub outer_args: Vec<TypeId>,
    /// The right side of the declaration, or its substitution.
    pub(crate) rhs: Slot,
    /// The underlying type, once the chain of right sides is complete.
    pub(crate) under: Slot,
    /// The declared methods in source order; those of an instance are its origin's.
    pub(crate) methods: OnceLock<Vec<ObjId>>,
}

/// An alias (*Alias declarations*), or an instance of a generic one.
#[derive(Debug)]
pub struct Alias {
    /// The type name.
    pub obj: ObjId,
    /// For an instance, the alias that it is an instance of.
    pub origin: Option<AliasId>,
    /// For an instance, the type arguments.
    pub targs: Vec<TypeId>,
    /// Type parameters of a generic alias; empty for an instance.
    pub(crate) tparams: OnceLock<Vec<TypeParamId>>,
    /// The type that it stands for, possibly another alias.
    pub(crate) rhs: Slot,
}

/// A type parameter (*Type parameter declarations*).
#[derive(Debug)]
pub struct TypeParam {
    /// Its name.
    pub obj: ObjId,
    /// Its place in the list that declares it.
    pub index: u32,
    /// Its constraint, once checked.
    pub(crate) bound: Slot,
    /// The constraint as an interface type; see [`Store::constraint`].
    pub(crate) iface: Slot,
}

/// An interface type as written.
#[derive(Debug)]
pub struct Interface {
    /// The explicitly declared methods in source order.
    pub methods: Vec<Method>,
    /// The embedded elements in source order.
    pub embeddeds: Vec<TypeId>,
    /// Whether it is not written but wraps the constraint literal `~T` or `A|B`, or a constraint that is no interface.
    pub implicit: bool,
    /// Its type set, once all of its parts are complete.
    pub(crate) tset: OnceLock<TypeSet>,
}

/// The content by which interfaces are interned.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct InterfaceKey {
    methods: Vec<Method>,
    embeddeds: Vec<TypeId>,
    implicit: bool,
}

/// What instances are interned by: origin, arguments, arguments for the enclosing function's type parameters.
type InstanceKey = (NamedId, Vec<TypeId>, Vec<TypeId>);

/// What the session knows about a package before, while and after it is checked.
#[derive(Debug)]
pub struct PkgData {
    /// Its import path.
    pub path: Arc<str>,
    /// The name in its package clauses.
    pub name: Arc<str>,
    /// The package scope.
    pub scope: ScopeId,
    /// Directly imported packages, once known.
    pub imports: OnceLock<Vec<PkgId>>,
    /// Whether it stands for a package that could not be imported: names in it are never reported as missing.
    pub fake: bool,
}

/// The arenas of a session. See the module documentation.
#[derive(Debug)]
pub struct Store {
    types: boxcar::Vec<TypeKind>,
    type_ids: Interner<TypeKind>,
    named: boxcar::Vec<Named>,
    named_ids: Interner<InstanceKey>,
    aliases: boxcar::Vec<Alias>,
    alias_ids: Interner<(AliasId, Vec<TypeId>)>,
    tparams: boxcar::Vec<TypeParam>,
    interfaces: boxcar::Vec<Interface>,
    interface_ids: Interner<InterfaceKey>,
    objects: boxcar::Vec<Object>,
    pkgs: boxcar::Vec<PkgData>,
    scopes: boxcar::Vec<Scope>,
    syms: boxcar::Vec<Arc<str>>,
    sym_ids: Interner<Arc<str>>,
    /// Canonical ids found so far: see [`Store::canon`].
    pub(crate) canons: Memo<TypeId, TypeId>,
    universe: OnceLock<Universe>,
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

/// Turns an arena's index into the number in a typed id.
fn id(index: usize) -> u32 {
    u32::try_from(index).expect("a session has fewer than 2^32 entities of a kind")
}

impl Store {
    /// A session with nothing but the universe and package `unsafe`.
    #[must_use]
    pub fn new() -> Self {
        let store = Self {
            types: boxcar::Vec::new(),
            type_ids: Interner::new(),
            named: boxcar::Vec::new(),
            named_ids: Interner::new(),
            aliases: boxcar::Vec::new(),
            alias_ids: Interner::new(),
            tparams: boxcar::Vec::new(),
            interfaces: boxcar::Vec::new(),
            interface_ids: Interner::new(),
            objects: boxcar::Vec::new(),
            pkgs: boxcar::Vec::new(),
            scopes: boxcar::Vec::new(),
            syms: boxcar::Vec::new(),
            sym_ids: Interner::new(),
            canons: Memo::new(),
            universe: OnceLock::new(),
        };
        // The number of a predeclared type is its place in `Basic`.
        for basic in Basic::ALL {
            store.intern(TypeKind::Basic(basic));
        }
        let universe = Universe::new(&store);
        let _ = store.universe.set(universe);
        store
    }

    /// The predeclared objects and types.
    #[must_use]
    pub fn universe(&self) -> &Universe {
        self.universe.get().expect("set by the constructor")
    }

    // Types.

    /// The id of a type.
    pub fn intern(&self, kind: TypeKind) -> TypeId {
        TypeId::from_u32(
            self.type_ids
                .intern(kind, |kind| id(self.types.push(kind.clone()))),
        )
    }

    /// What a type is. Aliases are types of their own: see [`Store::unalias`].
    #[must_use]
    pub fn kind(&self, t: TypeId) -> &TypeKind {
        &self.types[t.index()]
    }

    /// The predeclared type.
    #[must_use]
    pub fn basic(&self, basic: Basic) -> TypeId {
        TypeId::from_u32(basic as u32)
    }

    /// The type of what had an error.
    #[must_use]
    pub fn invalid(&self) -> TypeId {
        self.basic(Basic::Invalid)
    }

    /// `*elem`.
    pub fn pointer(&self, elem: TypeId) -> TypeId {
        self.intern(TypeKind::Pointer(elem))
    }

    /// `[]elem`.
    pub fn slice(&self, elem: TypeId) -> TypeId {
        self.intern(TypeKind::Slice(elem))
    }

    /// `[len]elem`.
    pub fn array(&self, len: u64, elem: TypeId) -> TypeId {
        self.intern(TypeKind::Array { len, elem })
    }

    /// `map[key]elem`.
    pub fn map(&self, key: TypeId, elem: TypeId) -> TypeId {
        self.intern(TypeKind::Map { key, elem })
    }

    /// A channel type.
    pub fn chan(&self, dir: polkago_syntax::ChanDir, elem: TypeId) -> TypeId {
        self.intern(TypeKind::Chan { dir, elem })
    }

    /// A struct type.
    pub fn struct_type(&self, fields: Vec<Field>) -> TypeId {
        self.intern(TypeKind::Struct(fields.into()))
    }

    /// A function type.
    pub fn func(&self, func: Func) -> TypeId {
        self.intern(TypeKind::Func(Arc::new(func)))
    }

    /// The results of a call; one result is that type itself.
    pub fn tuple(&self, types: Vec<TypeId>) -> TypeId {
        match types.as_slice() {
            [single] => *single,
            _ => self.intern(TypeKind::Tuple(types.into())),
        }
    }

    /// A tuple type whatever the number of types, also one.
    pub fn tuple_of(&self, types: Vec<TypeId>) -> TypeId {
        self.intern(TypeKind::Tuple(types.into()))
    }

    /// A union of constraint terms.
    pub fn union(&self, terms: Vec<Term>) -> TypeId {
        self.intern(TypeKind::Union(terms.into()))
    }

    /// An interface type with these parts.
    pub fn interface_type(
        &self,
        methods: Vec<Method>,
        embeddeds: Vec<TypeId>,
        implicit: bool,
    ) -> TypeId {
        let key = InterfaceKey {
            methods,
            embeddeds,
            implicit,
        };
        let index = self.interface_ids.intern(key, |key| {
            id(self.interfaces.push(Interface {
                methods: key.methods.clone(),
                embeddeds: key.embeddeds.clone(),
                implicit,
                tset: OnceLock::new(),
            }))
        });
        self.intern(TypeKind::Interface(InterfaceId::from_u32(index)))
    }

    /// An interface type of its own id whatever its parts, for predeclared ones.
    pub(crate) fn distinct_interface(&self, tset: TypeSet) -> TypeId {
        let tset = OnceLock::from(tset);
        let index = self.interfaces.push(Interface {
            methods: Vec::new(),
            embeddeds: Vec::new(),
            implicit: false,
            tset,
        });
        self.intern(TypeKind::Interface(InterfaceId::from_u32(id(index))))
    }

    /// A new declared type. Its right side follows.
    pub(crate) fn new_named(&self, obj: ObjId, outer: Vec<TypeParamId>) -> NamedId {
        let outer_args = outer
            .iter()
            .map(|&p| self.intern(TypeKind::TypeParam(p)))
            .collect();
        let index = self.named.push(Named {
            obj,
            origin: None,
            targs: Vec::new(),
            tparams: OnceLock::new(),
            outer,
            outer_args,
            rhs: Slot::new(),
            under: Slot::new(),
            methods: OnceLock::new(),
        });
        NamedId::from_u32(id(index))
    }

    /// The instance of a declared type with these arguments; `outer_args` as in [`Named::outer_args`].
    pub(crate) fn named_instance(
        &self,
        origin: NamedId,
        targs: Vec<TypeId>,
        outer_args: Vec<TypeId>,
    ) -> NamedId {
        let index = self
            .named_ids
            .intern((origin, targs, outer_args), |(_, targs, outer_args)| {
                let of = self.named(origin);
                id(self.named.push(Named {
                    obj: of.obj,
                    origin: Some(origin),
                    targs: targs.clone(),
                    tparams: OnceLock::from(Vec::new()),
                    outer: of.outer.clone(),
                    outer_args: outer_args.clone(),
                    rhs: Slot::new(),
                    under: Slot::new(),
                    methods: OnceLock::new(),
                }))
            });
        NamedId::from_u32(index)
    }

    /// The type `origin[targs...]`, for a generic type declared at package level.
    #[must_use]
    pub fn instance(&self, origin: NamedId, targs: &[TypeId]) -> TypeId {
        let named = self.named_instance(origin, targs.to_vec(), Vec::new());
        self.intern(TypeKind::Named(named))
    }

    /// A declared type.
    #[must_use]
    pub fn named(&self, named: NamedId) -> &Named {
        &self.named[named.index()]
    }

    /// A new alias; what it stands for follows.
    pub(crate) fn new_alias(&self, obj: ObjId) -> AliasId {
        let index = self.aliases.push(Alias {
            obj,
            origin: None,
            targs: Vec::new(),
            tparams: OnceLock::new(),
            rhs: Slot::new(),
        });
        AliasId::from_u32(id(index))
    }

    /// The instance of a generic alias with these arguments.
    pub(crate) fn alias_instance(&self, origin: AliasId, targs: Vec<TypeId>) -> AliasId {
        let index = self.alias_ids.intern((origin, targs), |(_, targs)| {
            id(self.aliases.push(Alias {
                obj: self.alias(origin).obj,
                origin: Some(origin),
                targs: targs.clone(),
                tparams: OnceLock::from(Vec::new()),
                rhs: Slot::new(),
            }))
        });
        AliasId::from_u32(index)
    }

    /// An alias.
    #[must_use]
    pub fn alias(&self, alias: AliasId) -> &Alias {
        &self.aliases[alias.index()]
    }

    /// A new type parameter; its bound follows.
    pub(crate) fn new_tparam(&self, obj: ObjId, index: u32) -> TypeParamId {
        let at = self.tparams.push(TypeParam {
            obj,
            index,
            bound: Slot::new(),
            iface: Slot::new(),
        });
        TypeParamId::from_u32(id(at))
    }

    /// A type parameter.
    #[must_use]
    pub fn tparam(&self, tparam: TypeParamId) -> &TypeParam {
        &self.tparams[tparam.index()]
    }

    /// The type that a type parameter is.
    pub fn tparam_type(&self, tparam: TypeParamId) -> TypeId {
        self.intern(TypeKind::TypeParam(tparam))
    }

    /// An interface type.
    #[must_use]
    pub fn interface(&self, interface: InterfaceId) -> &Interface {
        &self.interfaces[interface.index()]
    }

    // Objects, names, packages, scopes.

    /// Adds an object.
    pub fn new_object(&self, object: Object) -> ObjId {
        ObjId::from_u32(id(self.objects.push(object)))
    }

    /// An object.
    #[must_use]
    pub fn obj(&self, obj: ObjId) -> &Object {
        &self.objects[obj.index()]
    }

    /// The type of an object, if its declaration has been checked.
    #[must_use]
    pub fn obj_type(&self, obj: ObjId) -> Option<TypeId> {
        self.obj(obj).typ.get().copied()
    }

    /// The name of an object.
    #[must_use]
    pub fn obj_name(&self, obj: ObjId) -> &str {
        self.sym_text(self.obj(obj).name)
    }

    /// The interned name.
    pub fn sym(&self, text: &str) -> Sym {
        if let Some(index) = self.sym_ids.get(text) {
            return Sym::from_u32(index);
        }
        Sym::from_u32(
            self.sym_ids
                .intern(text.into(), |text| id(self.syms.push(text.clone()))),
        )
    }

    /// The text of a name.
    #[must_use]
    pub fn sym_text(&self, sym: Sym) -> &str {
        &self.syms[sym.index()]
    }

    /// Whether a name is exported (*Exported identifiers*).
    #[must_use]
    pub fn is_exported(&self, sym: Sym) -> bool {
        is_exported(self.sym_text(sym))
    }

    /// Adds a package with an empty scope.
    pub fn new_pkg(&self, path: &str, name: &str) -> PkgId {
        self.add_pkg(path, name, false)
    }

    /// Adds a package that stands for one that could not be imported.
    pub fn new_fake_pkg(&self, path: &str, name: &str) -> PkgId {
        self.add_pkg(path, name, true)
    }

    /// Adds a package.
    fn add_pkg(&self, path: &str, name: &str, fake: bool) -> PkgId {
        // The universe's own package comes before there is a universe scope.
        let parent = self.universe.get().map(|universe| universe.scope);
        let scope = self.new_scope(parent);
        let data = PkgData {
            path: path.into(),
            name: name.into(),
            scope,
            imports: OnceLock::new(),
            fake,
        };
        PkgId::from_u32(id(self.pkgs.push(data)))
    }

    /// A package.
    #[must_use]
    pub fn pkg(&self, pkg: PkgId) -> &PkgData {
        &self.pkgs[pkg.index()]
    }

    /// Adds a scope.
    pub(crate) fn new_scope(&self, parent: Option<ScopeId>) -> ScopeId {
        ScopeId::from_u32(id(self.scopes.push(Scope::new(parent))))
    }

    /// A scope.
    #[must_use]
    pub fn scope(&self, scope: ScopeId) -> &Scope {
        &self.scopes[scope.index()]
    }

    /// The object that a package declares under a name.
    #[must_use]
    pub fn lookup_in_pkg(&self, pkg: PkgId, name: &str) -> Option<ObjId> {
        let sym = Sym::from_u32(self.sym_ids.get(name)?);
        self.scope(self.pkg(pkg).scope).get(sym)
    }
}

/// Whether a name starts with an upper-case letter.
pub(crate) fn is_exported(name: &str) -> bool {
    name.chars().next().is_some_and(|c| {
        if c.is_ascii() {
            c.is_ascii_uppercase()
        } else {
            is_upper(c)
        }
    })
}

/// Whether a character is of Unicode category Lu: titlecase letters do not count.
fn is_upper(c: char) -> bool {
    c.is_uppercase() && c.is_alphabetic()
}
