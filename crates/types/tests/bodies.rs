//! Bodies that are put off are checked as they are with their package (decision record 0022).

use polkago_syntax::{Decl, ParseOptions, parse_file};
use polkago_types::{
    CheckResult, FileInfo, ObjId, ObjKind, Package, PackageInput, PackageKind, Sizes, SourceFile,
    Store, VarFacts, check_declarations, check_package,
};
use std::fmt::Write as _;
use std::sync::Arc;

const SOURCE: &str = "package p
import \"unsafe\"
const big = 1 << 40
type list[T any] struct { head T; tail *list[T] }
func (l *list[T]) each(yield func(int, T) bool) { for i := 0; l != nil; i++ { if !yield(i, l.head) { return }; l = l.tail } }
type named struct{ n int; f float64 }
func (v named) Value() int { return v.n }
func (v *named) set(n int) (old int) { old, v.n = v.n, n; return }
func outer(a int, _ string) (res int) {
	type local struct { named; list[string] }
	var x local
	x.set(a + 1)
	y := func(z int) int { a++; return z + x.n }
	for i, s := range x.list.each { if i > 2 { return i }; res += len(s) }
	const c = 'a' + 1.0
	var f float32 = c << 2
	arr := [...]int{2: 1}
	sl := arr[:]
	switch v := any(f).(type) { case float32: _ = v + 1; case nil: }
	if big>>38 == 4 { res = y(1<<3) + sl[0] }
	return big >> 35 + int(unsafe.Sizeof(x))
}
func generic[T ~int | ~float64](vs ...T) (sum T) { for _, v := range vs { sum += v }; return sum * 2 }
func use() { _ = generic(1, 2) + generic[int](); _ = generic(1.5); defer recover(); v := named{}; g := v.Value; _ = g() }
func initial() int { return deep() }
func deep() int { return second + 1 }
var first = initial()
var second = method.set(3)
var method named
func unused() { return }
";

/// Checks a source, with bodies or without.
fn check(store: &Store, source: &str, put_off: bool) -> CheckResult {
    let parsed = parse_file(source.as_bytes(), &ParseOptions::default());
    assert_eq!(parsed.errors, []);
    let path: Arc<str> = "p.go".into();
    let file = SourceFile {
        stable_path: path.clone(),
        path,
        tree: Arc::new(parsed.file),
        overlay: false,
    };
    let input = PackageInput {
        path: "p".into(),
        files: vec![file],
        imports: Default::default(),
        go_version: 26,
        sizes: Sizes::WASM32,
        kind: PackageKind::Std,
    };
    if put_off {
        check_declarations(store, input, None)
    } else {
        check_package(store, input)
    }
}

/// All that is known of the nodes and variables of a body.
fn dump(
    store: &Store,
    package: &Package,
    func: ObjId,
    info: &FileInfo,
    facts: impl Fn(ObjId) -> VarFacts,
) -> String {
    let tree = &*package.files[0].tree;
    let ObjKind::Func(decl) = &store.obj(func).kind else {
        unreachable!("a function");
    };
    let Decl::Func(decl) = &tree.decls[decl.decl as usize] else {
        unreachable!("its declaration");
    };
    let Some(body) = decl.body.map(|body| &tree.blocks[body]) else {
        return String::new();
    };
    let inside = |pos| body.lbrace <= pos && pos <= body.rbrace;
    let name = |obj: ObjId| {
        let typ = store.obj_type(obj);
        let typ = typ.map(|t| store.type_string(t, &|_| String::new()));
        let facts = facts(obj);
        format!("{} {typ:?} {facts:?}", store.obj_name(obj))
    };
    let names = |objs: &[ObjId]| objs.iter().map(|&o| name(o)).collect::<Vec<_>>();
    let mut out = String::new();
    for (e, expr) in tree.expr.iter().filter(|(_, e)| inside(e.span.start)) {
        let known = info.exprs[e];
        let typ = known.typ.expand();
        let typ = typ.map(|t| store.type_string(t, &|_| String::new()));
        let selection = info
            .selections
            .get(&e)
            .map(|s| (s.kind, &s.path, s.indirect));
        let captures = info.captures.get(&e).map(|objs| names(objs));
        let at = expr.span.start;
        let value = info.consts.get(&e);
        let mode = known.mode;
        let _ = writeln!(
            out,
            "{at:?} {mode:?} {typ:?} {value:?} {selection:?} {captures:?}"
        );
    }
    for (id, ident) in tree.idents.iter().filter(|(_, i)| inside(i.pos)) {
        let objs = [info.defs[id], info.uses[id]].map(|o| o.expand().map(name));
        let targs = info.instances.get(&id).map(Vec::len);
        let _ = writeln!(out, "{:?} {objs:?} {targs:?}", ident.pos);
    }
    for (block, data) in tree.blocks.iter().filter(|(_, b)| inside(b.lbrace)) {
        let params = info.func_params.get(&block).map(|objs| names(objs));
        let captures = info.range_captures.get(&block).map(|objs| names(objs));
        let _ = writeln!(out, "{:?} {params:?} {captures:?}", data.lbrace);
    }
    out
}

#[test]
fn a_body_that_was_put_off_is_checked_the_same() {
    let stores = [Store::new(), Store::new()];
    let [whole, declarations] =
        [false, true].map(|put_off| check(&stores[usize::from(put_off)], SOURCE, put_off));
    assert_eq!((whole.errors, declarations.errors), (vec![], vec![]));
    let (whole, declarations) = (whole.package, declarations.package);
    assert_eq!(whole.funcs.len(), 9);
    let mut put_off = Vec::new();
    for (&eager, &late) in whole.funcs.iter().zip(&declarations.funcs) {
        assert!(whole.body(&stores[0], eager).is_none());
        let fact = |obj| whole.vars.get(&obj).copied().unwrap_or_default();
        let expected = dump(&stores[0], &whole, eager, &whole.info[0], fact);
        let found = match declarations.body(&stores[1], late) {
            Some(body) => {
                assert_eq!(body.errors, []);
                put_off.push(stores[1].obj_name(late).to_owned());
                let fact = |obj| body.vars.get(&obj).copied().unwrap_or_default();
                dump(&stores[1], &declarations, late, &body.info, fact)
            }
            None => {
                let fact = |obj| declarations.vars.get(&obj).copied().unwrap_or_default();
                let info = &declarations.info[0];
                dump(&stores[1], &declarations, late, info, fact)
            }
        };
        assert_eq!(found, expected, "{}", stores[0].obj_name(eager));
    }
    // Those that values of variables refer to are checked with the package, and the order follows from them.
    assert_eq!(
        put_off,
        ["each", "Value", "outer", "generic", "use", "unused"]
    );
    let order = |store: &Store, package: &Package| -> Vec<String> {
        let objs = package.init_order.iter().flat_map(|init| &init.lhs);
        objs.flatten()
            .map(|&o| store.obj_name(o).to_owned())
            .collect()
    };
    assert_eq!(order(&stores[1], &declarations), ["second", "first"]);
    assert_eq!(order(&stores[0], &whole), ["second", "first"]);
}

#[test]
fn what_is_wrong_with_a_body_is_told_to_those_who_ask() {
    let store = Store::new();
    let source =
        "package p\nfunc f() int { return missing }\nvar v = g()\nfunc g() int { return absent }\n";
    let CheckResult { package, errors } = check(&store, source, true);
    let texts: Vec<_> = errors.iter().map(|e| e.msg.as_str()).collect();
    assert_eq!(texts, ["undefined: absent"]);
    let f = store.lookup_in_pkg(package.id, "f").expect("declared");
    let body = package.body(&store, f).expect("put off");
    let texts: Vec<_> = body.errors.iter().map(|e| e.msg.as_str()).collect();
    assert_eq!(texts, ["undefined: missing"]);
}

#[test]
fn deep_bodies_are_not_put_off() {
    let store = Store::new();
    let deep = format!("{}1{}", "(".repeat(100), ")".repeat(100));
    let source = format!("package p\nfunc f() int {{ return {deep} }}\n");
    let CheckResult { package, errors } = check(&store, &source, true);
    assert_eq!(errors, []);
    let f = store.lookup_in_pkg(package.id, "f").expect("declared");
    assert!(package.body(&store, f).is_none());
}
