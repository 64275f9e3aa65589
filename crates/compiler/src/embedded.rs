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
