//! Relations between types: identity, instances, method sets, sizes, order of initialisation (decision record 0006).

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{
    MethodSource, ObjKind, Package, PackageInput, PackageKind, Sizes, SourceFile, Store, Subst,
    TypeId, TypeKind, check_package,
};
use std::sync::Arc;

/// A checked package without errors.
struct Checked {
    store: Store,
    package: Arc<Package>,
}

impl Checked {
    /// Checks a source text.
    fn new(source: &str) -> Self {
        let parsed = parse_file(source.as_bytes(), &ParseOptions::default());
        assert_eq!(parsed.errors, [], "{source}");
        let path: Arc<str> = "p.go".into();
        let file = SourceFile {
            stable_path: path.clone(),
            path,
            tree: Arc::new(parsed.file),
            overlay: false,
        };
        let store = Store::new();
        let input = PackageInput {
            path: "p".into(),
            files: vec![file],
            imports: Default::default(),
            go_version: 26,
            sizes: Sizes::WASM32,
            kind: PackageKind::Plain,
        };
        let result = check_package(&store, input);
        assert_eq!(result.errors, [], "{source}");
        Self {
            store,
            package: result.package,
        }
    }

    /// The type of a package-level object.
    fn typ(&self, name: &str) -> TypeId {
        let obj = self
            .store
            .lookup_in_pkg(self.package.id, name)
            .expect("declared");
        self.store.obj_type(obj).expect("checked")
    }

    /// A type without import paths.
    fn text(&self, typ: TypeId) -> String {
        self.store.type_string(typ, &|_| String::new())
    }
}

#[test]
fn identical_types_have_one_canonical_id() {
    let p = Checked::new(
        "package p
        type A = []byte
        type L[T any] struct { next *L[T] }
        var a map[string]A
        var b map[string][]uint8
        var c interface { M(x int); N() }
        var d interface { N(); M(y int) }
        var e struct { any }
        var f L[any]
        var g L[interface{}]
        var h func(x int, y ...string) (z error)
        var i func(int, ...string) error
        var j struct { x int `tag` }
        var k struct { x int }
        type T []int
        var l []int
        var m T
        ",
    );
    for (x, y) in [("a", "b"), ("c", "d"), ("f", "g"), ("h", "i")] {
        let (x, y) = (p.typ(x), p.typ(y));
        assert_ne!(x, y);
        assert!(p.store.identical(x, y));
        assert_eq!(p.store.canon(x), p.store.canon(y));
        assert_eq!(p.store.canon(p.store.canon(x)), p.store.canon(x));
    }
    for (x, y) in [("j", "k"), ("l", "m"), ("a", "l")] {
        let (x, y) = (p.typ(x), p.typ(y));
        assert!(!p.store.identical(x, y));
        assert_ne!(p.store.canon(x), p.store.canon(y));
    }
    assert!(p.store.identical_ignore_tags(p.typ("j"), p.typ("k")));
    let texts = ["c", "f", "h", "e"].map(|name| p.text(p.store.canon(p.typ(name))));
    assert_eq!(
        texts,
        [
            "interface{M(int); N()}",
            "L[interface{}]",
            "func(int, ...string) error",
            "struct{interface{}}"
        ]
    );
}

#[test]
fn instances_are_substituted_on_demand() {
    let p = Checked::new(
        "package p
        type Pair[K, V comparable] struct { key K; value V; next *Pair[V, K] }
        func (p *Pair[A, B]) Swap(x A) B { return p.value }
        var x Pair[int32, string]
        ",
    );
    let x = p.typ("x");
    assert_eq!(
        p.text(p.store.underlying(x)),
        "struct{key int32; value string; next *Pair[string, int32]}"
    );
    let pointer = p.store.pointer(x);
    let methods = p.store.method_set(pointer);
    assert_eq!(methods.len(), 1);
    assert_eq!(p.text(methods[0].typ), "func(x int32) string");
    assert!(p.store.method_set(x).is_empty());
    assert_eq!(Sizes::WASM32.sizeof(&p.store, x), Some(16));
}

#[test]
fn local_types_depend_on_the_function_around_them() {
    let p = Checked::new(
        "package p
        func f[T any](x T) any {
            type local struct { x T }
            return local{x}
        }
        ",
    );
    let ident = p.package.info[0]
        .defs
        .values()
        .filter_map(|obj| obj.expand());
    let local = ident
        .filter(|&obj| p.store.obj_name(obj) == "local")
        .find_map(|obj| p.store.obj_type(obj))
        .expect("the local type is defined");
    let f = p.store.lookup_in_pkg(p.package.id, "f").expect("declared");
    let ObjKind::Func(func) = &p.store.obj(f).kind else {
        panic!("f is a function")
    };
    let tparams = func.tparams.get().expect("checked");
    let int = p.store.basic(polkago_types::Basic::Int);
    let map = Subst::new(tparams, &[int]).expect("one parameter");
    let instance = p.store.subst(local, &map);
    assert_ne!(instance, local);
    assert_eq!(instance, p.store.subst(local, &map));
    assert_eq!(p.text(p.store.underlying(instance)), "struct{x int}");
}

#[test]
fn method_sets_follow_embedding() {
    let p = Checked::new(
        "package p
        type I interface { Get() int; hidden() }
        type Base struct{}
        func (Base) Value() {}
        func (*Base) Pointer() {}
        func (Base) shadowed() {}
        type T struct { *Base; I; other }
        func (T) shadowed() {}
        type other struct{}
        func (other) Value() {}
        type U struct { Base }
        ",
    );
    let names = |typ: TypeId| -> Vec<&str> {
        let methods = p.store.method_set(typ);
        methods
            .iter()
            .map(|method| p.store.sym_text(method.name))
            .collect()
    };
    // Value is there twice at the same depth.
    assert_eq!(names(p.typ("T")), ["Get", "Pointer", "hidden", "shadowed"]);
    assert_eq!(names(p.typ("U")), ["Value", "shadowed"]);
    assert_eq!(
        names(p.store.pointer(p.typ("U"))),
        ["Pointer", "Value", "shadowed"]
    );
    let methods = p.store.method_set(p.typ("T"));
    assert_eq!(methods[0].path, [1]);
    assert!(matches!(
        methods[0].source,
        MethodSource::Interface { index: 0, .. }
    ));
    assert_eq!(methods[1].path, [0]);
    assert!(methods[1].indirect);
    assert!(p.store.implements(p.typ("T"), p.typ("I")));
    assert!(!p.store.implements(p.typ("U"), p.typ("I")));
}

#[test]
fn variables_are_initialised_in_order_of_their_dependencies() {
    let p = Checked::new(
        "package p
        var a = c + b
        var b = f()
        var c, _ = g()
        var _ = 1
        func f() int { return d }
        func g() (int, int) { return d, 0 }
        var d = 3
        ",
    );
    let order: Vec<Vec<&str>> = p
        .package
        .init_order
        .iter()
        .map(|init| {
            init.lhs
                .iter()
                .map(|v| v.map_or("_", |v| p.store.obj_name(v)))
                .collect()
        })
        .collect();
    // What is ready comes in order of declaration.
    assert_eq!(
        order,
        [vec!["_"], vec!["d"], vec!["b"], vec!["c", "_"], vec!["a"]]
    );
}

#[test]
fn sizes_follow_the_target() {
    let p = Checked::new(
        "package p
        type T struct { a byte; b int64; c string; d struct{} }
        type E struct { a int32; b struct{} }
        type C [3]complex128
        ",
    );
    let sizes = |sizes: Sizes| {
        ["T", "E", "C"].map(|name| {
            let typ = p.typ(name);
            (sizes.sizeof(&p.store, typ), sizes.alignof(&p.store, typ))
        })
    };
    assert_eq!(
        sizes(Sizes::WASM32),
        [(Some(32), 8), (Some(8), 4), (Some(48), 8)]
    );
    assert_eq!(
        sizes(Sizes::I386),
        [(Some(24), 4), (Some(8), 4), (Some(48), 4)]
    );
    assert_eq!(
        sizes(Sizes::AMD64),
        [(Some(40), 8), (Some(8), 4), (Some(48), 8)]
    );
    let TypeKind::Struct(fields) = p.store.kind(p.store.underlying(p.typ("T"))) else {
        panic!("T is a struct")
    };
    assert_eq!(
        Sizes::WASM32.offsets(&p.store, fields),
        [Some(0), Some(8), Some(16), Some(24)]
    );
}
