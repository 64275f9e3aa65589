//! The same source gives the same bytes (decision record 0007): for one thread and for many, and from any folder.

use polkago_compiler::{BuildOptions, NoProgress, Profile, Session, render};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn build(dir: PathBuf, package: &str, profile: Profile) -> Vec<u8> {
    let session = Session::from_environment(dir, Arc::new(NoProgress));
    let options = BuildOptions {
        profile,
        strip: false,
    };
    match session.build(&[package.to_owned()], &options) {
        Ok(artifact) => artifact.wasm,
        Err(failure) => panic!("{}", render::plain(&failure.diagnostics)),
    }
}

fn with_threads<T: Send>(n: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build();
    pool.expect("threads").install(work)
}

#[test]
fn one_thread_or_many() {
    let hello = || build(repository(), "examples/hello", Profile::Polkadot);
    let one = with_threads(1, hello);
    assert!(!one.is_empty());
    for n in [2, 3, 8] {
        assert!(with_threads(n, hello) == one, "{n} threads");
    }
}

#[test]
fn generic_code_and_descriptors_too() {
    for program in ["generics", "interfaces", "closures"] {
        let path = format!("tests/programs/{program}.go");
        let build = || build(repository(), &path, Profile::Wasip1);
        assert!(
            with_threads(1, build) == with_threads(8, build),
            "{program}"
        );
    }
}

#[test]
fn any_folder() {
    let hello = repository().join("examples/hello");
    let inside = build(hello, ".", Profile::Polkadot);
    let outside = build(repository(), "examples/hello", Profile::Polkadot);
    assert!(inside == outside);
}
