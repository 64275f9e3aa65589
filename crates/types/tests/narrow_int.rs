//! Warnings about code that means something else with a 32-bit `int`: which lines of a file get one, and which none.
//! A line that must get one ends in `// WARN code`.

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{
    PackageInput, PackageKind, Sizes, SourceFile, Store, check_package, narrow_int,
};
use std::collections::BTreeSet;
use std::sync::Arc;

const SOURCE: &str = r#"package p

type id int
type stamp int64

func conversions(a int64, b uint64, c uint32, d int32, e uint16, f float64, n int, s string) {
	_ = int(a)              // WARN NarrowConversion
	_ = id(stamp(a))        // WARN NarrowConversion
	_ = uint(b)             // WARN NarrowConversion
	_ = uintptr(b)          // WARN NarrowConversion
	_ = int(c)              // WARN NarrowConversion
	_ = uint(c)
	_ = int(d)
	_ = int(e)
	_ = uint(d)
	_ = int64(n)
	_ = int(int64(n))
	_ = int(uint64(len(s)))
	_ = int(f)
	_ = int(float64(a) * 2) // WARN NarrowConversion
	_ = int(float64(n))
	_ = int(a + 1)          // WARN NarrowConversion
	_ = int(uint8(a))
	_ = int32(a)
}

func bounded(a int64, b uint64, c uint32, n int) {
	_ = int(a & 0xffff)
	_ = int(b & 0xffffffff) // WARN NarrowConversion
	_ = uint(b & 0xffffffff)
	_ = int(b >> 33)
	_ = int(b >> 32)        // WARN NarrowConversion
	_ = int(a % 1000)
	_ = int(b % uint64(n))
	_ = int(b / 1_000_000_000_000)
	_ = int(c >> 1)
	_ = int(min(a, 100))    // WARN NarrowConversion
	_ = int(min(b, 100))
	_ = int(int64(n) * 2)   // WARN NarrowConversion
	_ = int(a&7 + 1)
	_ = int(a & 7 << 2)
}

type config struct{ size, limit int64 }

func compared(a, b int64, c config) int {
	if a > 1000 {
		return 0
	}
	if c.size < 100 {
		return int(c.size)
	}
	_ = int(c.limit) // WARN NarrowConversion
	_ = int(b)       // WARN NarrowConversion
	return int(a)
}

func returned(a, b int64) int {
	if int64(int(a)) != a {
		return 0
	}
	if int64(int(b)) != a { // WARN NarrowConversion
		return 0
	}
	return int(a)
}

const wide = 32<<(^uint(0)>>63) == 64

func dead(b uint64, u uint) int {
	if wide {
		return int(b)
	}
	if wide && u > 1 {
		return int(u >> 40)
	} else if !wide {
		return 1
	} else {
		return int(b)
	}
}

func shifts(n int, u uint, w uint64, k uint) {
	_ = n << 32       // WARN NarrowShift
	_ = u >> 33       // WARN NarrowShift
	_ = n << 31
	_ = w << 40
	_ = n << k
	_ = n << (k & 63) // WARN NarrowShift
	_ = n << (k & 31)
	n <<= 40          // WARN NarrowShift
	u >>= k % 64      // WARN NarrowShift
}

func products(n int, u uint, w int64, small uint8) {
	_ = n * 1_000_000_000 // WARN NarrowArithmetic
	_ = 1_000_000 * u     // WARN NarrowArithmetic
	_ = n * 1000
	_ = w * 1_000_000_000
	_ = (n & 1) * 1_000_000_000
	_ = int(small) * 1_000_000
	n *= 86_400_000       // WARN NarrowArithmetic
	const day = 24 * 3600 * 1000
	_ = n * day           // WARN NarrowArithmetic
}

func generic[T int | int64](v T) int { return int(v) }
"#;

#[test]
fn warned_lines() {
    let parsed = parse_file(SOURCE.as_bytes(), &ParseOptions::default());
    assert_eq!(parsed.errors, []);
    let path: Arc<str> = "p.go".into();
    let file = SourceFile {
        stable_path: path.clone(),
        path,
        tree: Arc::new(parsed.file),
        overlay: false,
    };
    let found = |sizes| {
        let store = Store::new();
        let input = PackageInput {
            path: "p".into(),
            files: vec![file.clone()],
            imports: Default::default(),
            kind: PackageKind::Plain,
            go_version: 26,
            sizes,
        };
        let result = check_package(&store, input);
        assert_eq!(result.errors, []);
        let lines = &result.package.files[0].tree.lines;
        narrow_int(&store, &result.package, sizes)
            .iter()
            .map(|n| (lines.line(n.pos.pos), n.kind.code().to_owned()))
            .collect::<BTreeSet<_>>()
    };
    let wanted: BTreeSet<(u32, String)> = SOURCE
        .lines()
        .zip(1..)
        .filter_map(|(text, line)| Some((line, text.split_once("// WARN ")?.1.to_owned())))
        .collect();
    let got = found(Sizes::WASM32);
    let missing: Vec<_> = wanted.difference(&got).collect();
    let extra: Vec<_> = got.difference(&wanted).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "missing {missing:?}, not wanted {extra:?}"
    );
    assert!(found(Sizes::AMD64).is_empty());
}
