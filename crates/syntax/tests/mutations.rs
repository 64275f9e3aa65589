//! Damaged files: the parser must not panic, and what it accepts must survive printing. The big loop over the
//! sources of a Go release is `cargo xtask conformance syntax --mutate N`.

use std::fs;
use std::path::Path;

use polkago_syntax::{ParseOptions, parse_file, print, same_tree};

/// Pieces that are put into files.
const PIECES: [&str; 40] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ":=",
    "=",
    "...",
    "<-",
    "*",
    "&",
    "~",
    "|",
    "func ",
    "type ",
    "struct",
    "interface",
    "chan ",
    "map",
    "range ",
    "if ",
    "else ",
    "switch ",
    "case ",
    "\"",
    "`",
    "'",
    "/*",
    "\n",
    "x",
    "1",
    "goto L;",
    "L:",
    "\u{0}",
    "\u{feff}",
    "é",
];

/// A small generator of random numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

#[test]
fn damaged_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder of test files")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    // Paragraphs, most of which are one declaration.
    let mut texts: Vec<String> = Vec::new();
    for path in paths {
        let text = fs::read_to_string(path).expect("a readable test file");
        texts.extend(
            text.split("\n\n")
                .map(|paragraph| format!("package p\n{paragraph}\n")),
        );
    }
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut accepted = 0;
    for _ in 0..3000 {
        let mut text = texts[random.below(texts.len())].clone().into_bytes();
        for _ in 0..random.below(3) {
            let at = random.below(text.len());
            match random.below(4) {
                0 => text[at] = random.below(256) as u8,
                1 => drop(text.drain(at..(at + random.below(10)).min(text.len()))),
                _ => {
                    let piece = PIECES[random.below(PIECES.len())];
                    text.splice(at..at, piece.bytes());
                }
            }
        }
        let first = parse_file(&text, &ParseOptions::default());
        let printed = print::print_file(&first.file);
        if first.errors.is_empty() {
            accepted += 1;
            let second = parse_file(printed.as_bytes(), &ParseOptions::default());
            assert_eq!(
                second.errors,
                [],
                "{}\n----\n{printed}",
                String::from_utf8_lossy(&text)
            );
            assert!(
                same_tree(&first.file, &second.file),
                "{}\n----\n{printed}",
                String::from_utf8_lossy(&text)
            );
        }
    }
    assert!(
        accepted > 500,
        "{accepted} accepted: the mutations are too wild"
    );
}
