//! The universe scope and package `unsafe` (*Predeclared identifiers*, *Package unsafe*).

use crate::typeset::TypeSet;
use crate::{
    Basic, Builtin, Constant, ObjId, ObjKind, Object, PkgId, ScopeId, Store, TypeId, TypeKind,
};
use std::sync::OnceLock;

/// The predeclared objects that rules refer to.
#[derive(Debug)]
pub struct Universe {
    /// The universe scope.
    pub scope: ScopeId,
    /// The package that predeclared objects count as declared in.
    pub pkg: PkgId,
    /// Package `unsafe`.
    pub unsafe_pkg: PkgId,
    /// The alias `byte`.
    pub byte: TypeId,
    /// The alias `rune`.
    pub rune: TypeId,
    /// The alias `any`.
    pub any: TypeId,
    /// The empty interface that `any` stands for.
    pub empty_interface: TypeId,
    /// The type `error`.
    pub error: TypeId,
    /// The constraint `comparable`.
    pub comparable: TypeId,
    /// The object of `comparable`.
    pub comparable_obj: ObjId,
    /// The object of `any`.
    pub any_obj: ObjId,
    /// The object of `iota`.
    pub iota: ObjId,
}

impl Basic {
    /// All of them, in the order of their declaration.
    pub const ALL: [Basic; 26] = [
        Basic::Invalid,
        Basic::Bool,
        Basic::Int,
        Basic::Int8,
        Basic::Int16,
        Basic::Int32,
        Basic::Int64,
        Basic::Uint,
        Basic::Uint8,
        Basic::Uint16,
        Basic::Uint32,
        Basic::Uint64,
        Basic::Uintptr,
        Basic::Float32,
        Basic::Float64,
        Basic::Complex64,
        Basic::Complex128,
        Basic::String,
        Basic::UnsafePointer,
        Basic::UntypedBool,
        Basic::UntypedInt,
        Basic::UntypedRune,
        Basic::UntypedFloat,
        Basic::UntypedComplex,
        Basic::UntypedString,
        Basic::UntypedNil,
    ];

    /// Its name in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Basic::Invalid => "invalid type",
            Basic::Bool => "bool",
            Basic::Int => "int",
            Basic::Int8 => "int8",
            Basic::Int16 => "int16",
            Basic::Int32 => "int32",
            Basic::Int64 => "int64",
            Basic::Uint => "uint",
            Basic::Uint8 => "uint8",
            Basic::Uint16 => "uint16",
            Basic::Uint32 => "uint32",
            Basic::Uint64 => "uint64",
            Basic::Uintptr => "uintptr",
            Basic::Float32 => "float32",
            Basic::Float64 => "float64",
            Basic::Complex64 => "complex64",
            Basic::Complex128 => "complex128",
            Basic::String => "string",
            Basic::UnsafePointer => "unsafe.Pointer",
            Basic::UntypedBool => "untyped bool",
            Basic::UntypedInt => "untyped int",
            Basic::UntypedRune => "untyped rune",
            Basic::UntypedFloat => "untyped float",
            Basic::UntypedComplex => "untyped complex",
            Basic::UntypedString => "untyped string",
            Basic::UntypedNil => "untyped nil",
        }
    }

    /// Whether it is the type of an untyped constant or value.
    #[must_use]
    pub fn is_untyped(self) -> bool {
        self >= Basic::UntypedBool
    }

    /// Whether it is an integer type, untyped ones included.
    #[must_use]
    pub fn is_integer(self) -> bool {
        (Basic::Int..=Basic::Uintptr).contains(&self)
            || matches!(self, Basic::UntypedInt | Basic::UntypedRune)
    }

    /// Whether it is an unsigned integer type.
    #[must_use]
    pub fn is_unsigned(self) -> bool {
        (Basic::Uint..=Basic::Uintptr).contains(&self)
    }

    /// Whether it is a floating-point type, untyped ones included.
    #[must_use]
    pub fn is_float(self) -> bool {
        matches!(self, Basic::Float32 | Basic::Float64 | Basic::UntypedFloat)
    }

    /// Whether it is a complex type, untyped ones included.
    #[must_use]
    pub fn is_complex(self) -> bool {
        matches!(
            self,
            Basic::Complex64 | Basic::Complex128 | Basic::UntypedComplex
        )
    }

    /// Whether it is an integer, floating-point or complex type.
    #[must_use]
    pub fn is_numeric(self) -> bool {
        self.is_integer() || self.is_float() || self.is_complex()
    }

    /// Whether it is a string type.
    #[must_use]
    pub fn is_string(self) -> bool {
        matches!(self, Basic::String | Basic::UntypedString)
    }

    /// Whether it is a boolean type.
    #[must_use]
    pub fn is_boolean(self) -> bool {
        matches!(self, Basic::Bool | Basic::UntypedBool)
    }

    /// Whether its values are ordered.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        self.is_integer() || self.is_float() || self.is_string()
    }

    /// Whether constants may have it.
    #[must_use]
    pub fn is_const_type(self) -> bool {
        self.is_boolean() || self.is_numeric() || self.is_string()
    }
}

impl Builtin {
    /// Those of the universe, then those of package `unsafe`.
    const ALL: [(Builtin, &'static str); 26] = [
        (Builtin::Append, "append"),
        (Builtin::Cap, "cap"),
        (Builtin::Clear, "clear"),
        (Builtin::Close, "close"),
        (Builtin::Complex, "complex"),
        (Builtin::Copy, "copy"),
        (Builtin::Delete, "delete"),
        (Builtin::Imag, "imag"),
        (Builtin::Len, "len"),
        (Builtin::Make, "make"),
        (Builtin::Max, "max"),
        (Builtin::Min, "min"),
        (Builtin::New, "new"),
        (Builtin::Panic, "panic"),
        (Builtin::Print, "print"),
        (Builtin::Println, "println"),
        (Builtin::Real, "real"),
        (Builtin::Recover, "recover"),
        (Builtin::UnsafeAdd, "Add"),
        (Builtin::UnsafeAlignof, "Alignof"),
        (Builtin::UnsafeOffsetof, "Offsetof"),
        (Builtin::UnsafeSizeof, "Sizeof"),
        (Builtin::UnsafeSlice, "Slice"),
        (Builtin::UnsafeSliceData, "SliceData"),
        (Builtin::UnsafeString, "String"),
        (Builtin::UnsafeStringData, "StringData"),
    ];

    /// Its name, without package.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether package `unsafe` declares it.
    #[must_use]
    pub fn is_unsafe(self) -> bool {
        self as usize >= Builtin::UnsafeAdd as usize
    }
}

/// Declares predeclared objects.
struct Definer<'s> {
    store: &'s Store,
    pkg: PkgId,
    scope: ScopeId,
}

impl Definer<'_> {
    /// Declares an object of the universe with its type.
    fn define(&self, name: &str, kind: ObjKind, typ: Option<TypeId>) -> ObjId {
        let obj = self.object(name, kind, typ);
        self.store
            .scope(self.scope)
            .insert(self.store.obj(obj).name, obj);
        obj
    }

    /// Makes an object without declaring it.
    fn object(&self, name: &str, kind: ObjKind, typ: Option<TypeId>) -> ObjId {
        let slot = OnceLock::new();
        if let Some(typ) = typ {
            let _ = slot.set(typ);
        }
        self.store.new_object(Object {
            name: self.store.sym(name),
            pkg: self.pkg,
            pos: None,
            kind,
            typ: slot,
        })
    }

    /// Declares a type definition.
    fn named(&self, name: &str, underlying: TypeId) -> (ObjId, TypeId) {
        let obj = self.define(name, ObjKind::TypeName, None);
        let named = self.store.new_named(obj, Vec::new());
        let of = self.store.named(named);
        of.rhs.set(underlying);
        let _ = of.tparams.set(Vec::new());
        let _ = of.methods.set(Vec::new());
        let typ = self.store.intern(TypeKind::Named(named));
        let _ = self.store.obj(obj).typ.set(typ);
        (obj, typ)
    }

    /// Declares an alias.
    fn alias(&self, name: &str, of: TypeId) -> (ObjId, TypeId) {
        let obj = self.define(name, ObjKind::TypeName, None);
        let alias = self.store.new_alias(obj);
        self.store.alias(alias).rhs.set(of);
        let _ = self.store.alias(alias).tparams.set(Vec::new());
        let typ = self.store.intern(TypeKind::Alias(alias));
        let _ = self.store.obj(obj).typ.set(typ);
        (obj, typ)
    }

    /// Declares a constant.
    fn constant(&self, name: &str, typ: Basic, value: Constant) -> ObjId {
        self.define(
            name,
            ObjKind::Const(OnceLock::from(value)),
            Some(self.store.basic(typ)),
        )
    }
}

impl Universe {
    /// Declares everything in an empty store.
    pub(crate) fn new(store: &Store) -> Self {
        let pkg = store.new_pkg("", "");
        let scope = store.pkg(pkg).scope;
        let unsafe_pkg = store.new_pkg("unsafe", "unsafe");
        let def = Definer { store, pkg, scope };
        for basic in Basic::ALL {
            if basic != Basic::Invalid && basic != Basic::UnsafePointer && !basic.is_untyped() {
                def.define(basic.name(), ObjKind::TypeName, Some(store.basic(basic)));
            }
        }
        let (_, byte) = def.alias("byte", store.basic(Basic::Uint8));
        let (_, rune) = def.alias("rune", store.basic(Basic::Int32));
        let empty_interface = store.distinct_interface(TypeSet::all());
        let (any_obj, any) = def.alias("any", empty_interface);
        let string_result = store.func(crate::Func {
            results: vec![store.basic(Basic::String)],
            ..Default::default()
        });
        let error_method = crate::Method {
            name: store.sym("Error"),
            pkg: None,
            typ: string_result,
        };
        let (_, error) = def.named(
            "error",
            store.interface_type(vec![error_method], Vec::new(), false),
        );
        let (comparable_obj, comparable) = def.named(
            "comparable",
            store.distinct_interface(TypeSet::comparable()),
        );
        def.constant("true", Basic::UntypedBool, Constant::Bool(true));
        def.constant("false", Basic::UntypedBool, Constant::Bool(false));
        let iota = def.constant("iota", Basic::UntypedInt, Constant::int(0));
        def.define("nil", ObjKind::Nil, Some(store.basic(Basic::UntypedNil)));
        let in_unsafe = Definer {
            store,
            pkg: unsafe_pkg,
            scope: store.pkg(unsafe_pkg).scope,
        };
        for (builtin, name) in Builtin::ALL {
            let def = if builtin.is_unsafe() {
                &in_unsafe
            } else {
                &def
            };
            def.define(name, ObjKind::Builtin(builtin), Some(store.invalid()));
        }
        in_unsafe.define(
            "Pointer",
            ObjKind::TypeName,
            Some(store.basic(Basic::UnsafePointer)),
        );
        Self {
            scope,
            pkg,
            unsafe_pkg,
            byte,
            rune,
            any,
            empty_interface,
            error,
            comparable,
            comparable_obj,
            any_obj,
            iota,
        }
    }
}
