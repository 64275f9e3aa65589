//! Makes a program on which the compilers differ smaller: statements and declarations are left out as long as the
//! official compiler takes what remains and the difference stays.

use super::Program;
use super::code::{Decl, count, without};
use super::compare;
use super::program::Features;
use crate::mode::Mode;

/// How many smaller programs are tried: each costs a build.
const TRIES: usize = 300;

/// A smaller program that still shows a difference.
pub fn reduce(mode: Mode, program: &Program, features: Features) -> Program {
    let mut best = program.clone();
    let mut left = TRIES;
    let mut changed = true;
    while changed && left > 0 {
        changed = false;
        for at in (0..best.decls.len()).rev() {
            let mut smaller = best.clone();
            smaller.decls.remove(at);
            if differs(mode, &smaller, features, &mut left) {
                best = smaller;
                changed = true;
                continue;
            }
            let mut size = count(&best.decls[at].body);
            while size > 0 {
                let mut first = 0;
                while first < count(&best.decls[at].body) {
                    let smaller = remove(&best, at, first, first + size);
                    if differs(mode, &smaller, features, &mut left) {
                        best = smaller;
                        changed = true;
                    } else {
                        first += size;
                    }
                }
                size /= 2;
            }
        }
    }
    best
}

fn remove(program: &Program, at: usize, first: usize, end: usize) -> Program {
    let mut smaller = program.clone();
    let decl = &program.decls[at];
    smaller.decls[at] = Decl {
        body: without(&decl.body, first, end, &mut 0),
        ..decl.clone()
    };
    smaller
}

/// Whether the compilers differ on a program; not where it is no program any more, or all tries are used up.
fn differs(mode: Mode, program: &Program, features: Features, left: &mut usize) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    compare::batch(mode, std::slice::from_ref(program), features)
        .is_ok_and(|outcome| !outcome.differences.is_empty())
}
