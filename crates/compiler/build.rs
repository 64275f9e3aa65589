//! The Go trees are embedded by a macro, which Cargo cannot see: build again when they change.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../go");
}
