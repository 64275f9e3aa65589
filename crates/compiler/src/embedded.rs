//! The Go sources that come with the compiler: package `runtime`, the overlay of std, and the SDK.

use include_dir::{Dir, include_dir};
use polkago_project::MemoryFs;
use std::sync::{Arc, LazyLock};

static TREE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../go");

static FILES: LazyLock<Arc<MemoryFs>> = LazyLock::new(|| {
    let mut files = MemoryFs::new();
    add(&TREE, &mut files);
    Arc::new(files)
});

fn add(dir: &Dir<'_>, files: &mut MemoryFs) {
    for file in dir.files() {
        files.insert(file.path(), file.contents());
    }
    for sub in dir.dirs() {
        add(sub, files);
    }
}

/// The trees `runtime`, `overlay` and `sdk`.
pub(crate) fn files() -> Arc<MemoryFs> {
    FILES.clone()
}

/// The files of module `polkago.dev/sdk`, by path within it with slashes, sorted, without tests: a copy that a project
/// can have beside its own code.
#[must_use]
pub fn sdk_files() -> Vec<(String, &'static [u8])> {
    let mut files = vec![(
        "LICENSE".to_owned(),
        include_bytes!("../../../LICENSE").as_slice(),
    )];
    if let Some(sdk) = TREE.get_dir("sdk") {
        collect(sdk, &mut files);
    }
    files.sort();
    files
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        let parts: Vec<_> = file
            .path()
            .iter()
            .skip(1)
            .map(|p| p.to_string_lossy())
            .collect();
        let is_test = parts
            .iter()
            .any(|part| part == "testdata" || part.ends_with("_test.go"));
        if !is_test {
            files.push((parts.join("/"), file.contents()));
        }
    }
    for sub in dir.dirs() {
        collect(sub, files);
    }
}
