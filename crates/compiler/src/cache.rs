//! Modules that have been built before.
//!
//! A build depends on nothing but its sources, its settings and this program, so these make the key. Only what was
//! built without a warning is kept: whoever builds again sees the same as the first time.

use std::fmt::Debug;
use std::time::{Duration, UNIX_EPOCH};

use polkago_project::{BuildCache, ContentHash, Environment, Graph};

/// The cache.
pub(crate) struct Cache {
    kept: BuildCache,
    /// Names the program that is running.
    compiler: String,
}

/// Times of files from which nothing can be told: some packagers set all of them to a fixed one close to 1970.
const FIXED: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A name for the program that is running. Its version says too little while it is worked on, and to read all of it
/// takes longer than it should to find a module; whoever builds it anew changes its time.
fn running() -> Option<String> {
    let file = std::env::current_exe().and_then(std::fs::metadata).ok()?;
    let changed = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let (version, len) = (env!("CARGO_PKG_VERSION"), file.len());
    (changed > FIXED).then(|| format!("{version} {len} {}", changed.as_nanos()))
}

impl Cache {
    /// The cache, where there can be one.
    pub fn open(env: &Environment) -> Option<Self> {
        Some(Self {
            kept: BuildCache::new(env).ok()?,
            compiler: running()?,
        })
    }

    /// The key of a build; nothing where something is to be said about its sources. The text form of settings must
    /// tell all of them apart.
    pub fn key(&self, graph: &Graph, settings: &dyn Debug) -> Option<ContentHash> {
        if !graph.errors.is_empty() || !graph.warnings.is_empty() {
            return None;
        }
        let roots = format!("{:?}", graph.roots);
        let settings = format!("{} {settings:?}", self.compiler);
        let packages = graph.packages.values().map(|p| p.content_hash.0);
        let fields = [settings.into_bytes(), roots.into_bytes()];
        let fields = fields.into_iter().chain(packages.map(Vec::from));
        Some(ContentHash::of(fields))
    }

    /// A module.
    pub fn get(&self, key: &ContentHash) -> Option<Vec<u8>> {
        self.kept.get(key)
    }

    /// Keeps a module. That this fails costs time only.
    pub fn put(&self, key: &ContentHash, wasm: &[u8]) {
        self.kept.put(key, wasm);
    }
}
