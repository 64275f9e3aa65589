//! Content hashes: a name for everything that the result for a package can depend on.
//!
//! Covered are the target's tags, the package's path, name and language version, each file's stable path, role
//! and content, and the hashes of what it imports. Not covered are folders, times and the current folder, so
//! the same sources have the same hash on every machine.

use blake3::Hasher;

use crate::package::{ContentHash, ImportTarget, Package, PackageId};
use crate::target::Target;

/// Changes whenever the meaning of the hashed bytes does.
const FORMAT: &[u8] = b"polkago package 3";

impl ContentHash {
    /// The hash of some fields in order, which are kept apart.
    pub fn of(fields: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut hasher = Hasher::new();
        for bytes in fields {
            field(&mut hasher, &bytes);
        }
        Self(*hasher.finalize().as_bytes())
    }
}

fn field(hasher: &mut Hasher, bytes: &[u8]) {
    // The length keeps neighbouring fields apart.
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

/// The hash of a package, given those of the packages that it imports.
pub(crate) fn content_hash(
    target: &Target,
    package: &Package,
    imported: &dyn Fn(PackageId) -> ContentHash,
) -> ContentHash {
    let mut hasher = Hasher::new();
    let mut field = |bytes: &[u8]| field(&mut hasher, bytes);
    field(FORMAT);
    let tags: Vec<&str> = target.tags().collect();
    field(tags.join(",").as_bytes());
    field(package.import_path.as_bytes());
    field(package.name.as_bytes());
    field(package.for_test.as_deref().unwrap_or_default().as_bytes());
    field(package.go_version.to_string().as_bytes());
    field(package.assembly.join(",").as_bytes());
    for file in &package.files {
        field(file.stable_path.as_bytes());
        field(&[u8::from(file.overlay)]);
        field(&file.content);
    }
    for embed in &package.embeds {
        field(embed.pattern.as_bytes());
        for file in embed.files.iter().flatten() {
            field(file.name.as_bytes());
            field(&file.content);
        }
    }
    for import in &package.imports {
        field(import.path.as_bytes());
        match import.target {
            ImportTarget::Unsafe => field(b"unsafe"),
            ImportTarget::Missing => field(b"missing"),
            ImportTarget::Package(id) => field(&imported(id).0),
        }
    }
    ContentHash(*hasher.finalize().as_bytes())
}
