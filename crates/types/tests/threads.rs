//! One store serves packages checked side by side (decision record 0006): whatever the threads do, types that are
//! identical are found to be, and no output depends on the order.

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{PackageInput, PackageKind, Sizes, SourceFile, Store, check_package};
use std::sync::Arc;

const SOURCE: &str = "package p
type List[T any] struct { head T; tail *List[T] }
func (l *List[T]) Map(f func(T) T) *List[T] { return &List[T]{f(l.head), l.tail.Map(f)} }
type Shape interface { Area() float64; Name() string }
type Square struct { Side float64 `json:\"side\"` }
func (s Square) Area() float64 { return s.Side * s.Side }
func (s *Square) Name() string { return \"square\" }
var shapes = map[string]Shape{\"a\": &Square{1}}
var lists = []List[List[int]]{{}}
func Sum[T ~int | ~float64](values ...T) (sum T) { for _, v := range values { sum += v }; return }
var total = Sum(1.5, 2) + Sum[float64]()
var result interface { Name() string; Area() float64 } = shapes[\"a\"]
";

#[test]
fn packages_are_checked_side_by_side() {
    let parsed = parse_file(SOURCE.as_bytes(), &ParseOptions::default());
    let tree = Arc::new(parsed.file);
    let store = Store::new();
    let check = |number: usize| {
        let path: Arc<str> = "p.go".into();
        let file = SourceFile {
            stable_path: path.clone(),
            path,
            tree: tree.clone(),
            overlay: false,
        };
        let input = PackageInput {
            path: format!("p{number}").into(),
            files: vec![file],
            imports: Default::default(),
            go_version: 26,
            sizes: Sizes::WASM32,
            kind: PackageKind::Plain,
        };
        let result = check_package(&store, input);
        assert_eq!(result.errors, []);
        let names = ["shapes", "lists", "total", "result"];
        names.map(|name| {
            let obj = store
                .lookup_in_pkg(result.package.id, name)
                .expect("declared");
            store.obj_type(obj).expect("checked")
        })
    };
    let types: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                scope.spawn(move || {
                    (0..20)
                        .map(|round| check(thread * 20 + round))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("no thread panics"))
            .collect()
    });
    let text = |typ| store.type_string(store.canon(typ), &|_| String::new());
    let first = types[0].map(text);
    for found in &types {
        assert_eq!(found.map(text), first);
        // Without declared types in it, a type is the same in all packages.
        assert!(store.identical(found[2], types[0][2]));
        assert_eq!(store.canon(found[3]), store.canon(types[0][3]));
        assert!(!store.identical(found[0], types[0][0]) || found[0] == types[0][0]);
    }
}
